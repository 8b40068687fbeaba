"""Requests to evidence: what each source gives, file by file."""

from collections.abc import Iterator
from dataclasses import replace

from gate.collect.binding import Binding
from gate.collect.files import Files
from gate.collect.folders import Folders
from gate.collect.gaps import SHOWN, Gaps
from gate.collect.git import Git
from gate.collect.names import announces, is_plainly_no_report
from gate.collect.places import Places
from gate.collect.read import Library, Reading
from gate.collect.reports import Reporter
from gate.collect.search import PATTERNS, Search
from gate.collect.walk import Match, find
from gate.collect.workspace import Workspace, shown
from gate.formats import BY_ID, FORMATS
from gate.formats.base import Format
from gate.model.document import Document
from gate.model.evidence import Report, SourceEvidence
from gate.model.glob import matches_any
from gate.model.limits import Limits
from gate.model.problem import Problem, Slug
from gate.model.request import SourceRequest


class Collector:
    """Collects the sources of one run; a file that several sources match is read once."""

    def __init__(self, workspace: Workspace, binding: Binding, limits: Limits) -> None:
        """Collect from this workspace, about these commits, within these limits."""
        self.folders = Folders(workspace)
        self._workspace = workspace
        self._binding = binding
        self._limits = limits
        self._git = Git(workspace.root)
        self._library = Library(files := Files(workspace, limits))
        self._search = Search(workspace, self.folders, files, limits)
        self._places = Places(workspace, binding.repository)
        self._gaps = Gaps(workspace, self.folders)

    def source(self, request: SourceRequest) -> SourceEvidence:
        """Everything that one source gives, and what it lacks."""
        patterns = tuple(map(self._workspace.from_base, PATTERNS if request.patterns is None else request.patterns))
        matches = self._matches(request, patterns)
        reports, not_reports = self._reports(request, matches)
        return SourceEvidence(
            name=request.name,
            reports=reports,
            gaps=tuple(self._missing(request, patterns, matches, reports, not_reports)),
            not_reports=not_reports,
            patterns=patterns,
            accepts=request.accepts,
            honours_suppressions=request.honours_suppressions,
            searched=request.searched,
        )

    def _missing(
        self,
        request: SourceRequest,
        patterns: tuple[str, ...],
        matches: tuple[Match, ...],
        reports: tuple[Report, ...],
        others: tuple[str, ...],
    ) -> Iterator[Problem]:
        """What the source lacks; in a search also the knowledge which of the files are committed."""
        searched = request.patterns is None
        untold = next((shown(match.path) for match in matches if self._is_committed(match) is None), "")
        if searched and (untold or self._git.tracked is None):
            what = f"whether {untold} is committed" if untold else "which files are committed"
            hint = "check out the repository anew, with git where the gate runs, or name the reports with `files`"
            yield Problem(Slug.NO_EVIDENCE, f"source `{request.name}`: git cannot tell {what}", request.at, hint)
        elif searched and not reports and (passed_over := self._committed_reports(patterns)):
            some = ", ".join(map(shown, passed_over[:SHOWN])) + (", …" if len(passed_over) > SHOWN else "")
            message = f"source `{request.name}`: the default places hold committed reports only ({some})"
            hint = "let this run write its reports, or name the committed ones with `files`"
            yield Problem(Slug.NO_EVIDENCE, message, request.at, hint)
            return
        yield from self._gaps.of(request, patterns, reports, others)

    def _committed_reports(self, patterns: tuple[str, ...]) -> list[str]:
        """The files that a default search passes over although their names announce reports: git tracks them."""
        tracked = self._git.tracked or frozenset()
        return sorted(path for path in tracked if announces(path) and matches_any(path, patterns))

    def _matches(self, request: SourceRequest, patterns: tuple[str, ...]) -> tuple[Match, ...]:
        exclude = tuple(map(self._workspace.from_base, request.exclude))
        if request.patterns is None:
            # Where git cannot tell, a file is found, and a gap keeps it from deciding in favour.
            return self._search.find(lambda match: self._is_committed(match) is True, exclude)
        every_pattern = request.key.shape is Document
        return find(self.folders, self._limits, patterns, exclude=exclude, every_pattern=every_pattern)

    def _reports(
        self, request: SourceRequest, matches: tuple[Match, ...]
    ) -> tuple[tuple[Report, ...], tuple[str, ...]]:
        """The reports among the matches, and the paths of those that are none."""
        asked = _format_of(request)
        commits = self._git.last_commits(match.path for match in matches) if request.history else {}
        reporter = Reporter(request, self._places, self._binding)
        reports: list[Report] = []
        not_reports: list[str] = []
        for match in matches:
            reading = Reading(faults=(match.fault,)) if match.fault else self._library.reading(match.real, asked)
            if asked is None and _is_no_report(match, reading, request):
                not_reports.append(shown(match.path))
                continue
            committed, commit = self._is_committed(match), commits.get(match.path)
            report = reporter.report(match.path, reading, committed=committed, commit=commit)
            reports.append(replace(report, file=self.folders.identity(match.real)))
        return tuple(reports), tuple(not_reports)

    def _is_committed(self, match: Match) -> bool | None:
        """Whether git tracks the file, or the one that it links to; None where git cannot tell."""
        return self._git.tracks(match.path, match.real)


def _format_of(request: SourceRequest) -> Format | None:
    """The format that a source asks for: by name, or because its kind reads any text as what it wants."""
    if request.format:
        return BY_ID[request.format]
    shape = request.key.shape
    if shape is None:
        return None
    return next(known for known in FORMATS if not known.signature and shape in known.proves)


def _is_no_report(match: Match, reading: Reading, request: SourceRequest) -> bool:
    """Whether the file only lies beside reports. What a pattern names, or cannot be reached, is never passed over."""
    if match.fault or reading.format or not match.wildcard:
        return False
    unknown = bool(reading.hollow) or any(fault.slug is Slug.UNKNOWN_FORMAT for fault in reading.faults)
    if request.patterns is None and unknown:
        return not announces(match.path)
    return is_plainly_no_report(match.path)

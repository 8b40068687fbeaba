"""What is missing from a source: files, reports, tools."""

from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from gate.collect.folders import Folders, Node
from gate.collect.walk import ANY_DEPTH, find
from gate.collect.workspace import Workspace, shown
from gate.model.evidence import Report
from gate.model.glob import fixed_prefix, matches, matches_name
from gate.model.limits import Limit, Limits
from gate.model.problem import Problem, Slug
from gate.model.request import SourceRequest
from gate.model.toolname import is_tool
from gate.model.words import number_of

SHOWN = 3
_NEARBY = Limits(files=Limit(20_000, ""), entries=Limit(20_000, ""))


class Gaps:
    """Tells what is missing, and what is there instead."""

    def __init__(self, workspace: Workspace, folders: Folders) -> None:
        """Look for what is near in this workspace."""
        self._workspace = workspace
        self._folders = folders

    def of(
        self,
        request: SourceRequest,
        patterns: tuple[str, ...],
        reports: tuple[Report, ...],
        not_reports: tuple[str, ...],
    ) -> Iterator[Problem]:
        """Everything that the source lacks; nothing where its absence is what is asked for."""
        if request.absence_allowed and not reports:
            return
        if not reports:
            message = f"source `{request.name}`: {self._absence(request, patterns, not_reports)}"
            yield Problem(Slug.NO_EVIDENCE, message, request.at, self._hint(request, patterns))
        elif len(reports) < request.min_files:
            message = f"source `{request.name}`: {number_of(len(reports), 'files')}, {request.min_files} expected"
            yield Problem(
                Slug.TOO_FEW_FILES, message, request.at, "run the steps that write the others before the gate"
            )
        present = tuple(dict.fromkeys(tool for report in reports for tool in report.tools))
        for tool in request.tools:
            if not any(is_tool(name, tool) for name in present):
                message = f"source `{request.name}`: no report of {tool} (only {', '.join(present) or 'none'})"
                yield Problem(Slug.MISSING_TOOL, message, request.at, f"run {tool} before the gate, or correct `tools`")

    @staticmethod
    def _absence(request: SourceRequest, patterns: tuple[str, ...], not_reports: tuple[str, ...]) -> str:
        looked = ", ".join(patterns)
        if request.patterns is None:
            return f"no report is in the default places ({looked})"
        if not not_reports:
            return f"no file matches {looked}"
        more = ", …" if len(not_reports) > SHOWN else ""
        return f"only files that are no reports match {looked}: {', '.join(not_reports[:SHOWN])}{more}"

    def _hint(self, request: SourceRequest, patterns: tuple[str, ...]) -> str:
        if request.patterns is None:
            return "run the tools that write reports before the gate, or name the reports with `files`"
        if any(self._workspace.holds_own_reports(fixed_prefix(pattern)) for pattern in patterns):
            return f"{self._workspace.report_dir} is where the gate writes its own reports: choose another folder"
        near = tuple(islice(dict.fromkeys(path for pattern in patterns for path in self._near(pattern)), SHOWN))
        if near:
            return f"{', '.join(near)} is there: correct the pattern"
        return "run the tool that writes it before the gate, or correct the pattern"

    def _near(self, pattern: str) -> Iterator[str]:
        """Files that the pattern may have meant: those inside a folder of that name, with other capitals, elsewhere."""
        yield from (path for path in self._paths if path.startswith(f"{pattern}/"))
        yield from (path for path in self._paths if matches(path.lower(), pattern.lower()))
        name = pattern.rpartition("/")[2]
        if name.strip("*?"):
            yield from (path for path in self._paths if matches_name(path.rpartition("/")[2], name))

    @cached_property
    def _paths(self) -> tuple[str, ...]:
        """The files of the workspace, as far as a short look goes."""
        found = find(self._folders, _NEARBY, (ANY_DEPTH,), skip=_is_installed)
        return tuple(shown(match.path) for match in found if not match.fault)


def _is_installed(folder: Node) -> bool:
    return folder.path.rpartition("/")[2] in ("node_modules", "site-packages")

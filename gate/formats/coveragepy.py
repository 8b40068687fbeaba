"""coverage.py's JSON report (`coverage json`)."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, field

from gate.errors import EvidenceError
from gate.formats.base import Format, Head
from gate.formats.markup import Fields, read_json
from gate.formats.measured import Measured, SourceFiles
from gate.model.coverage import CoverageFile
from gate.model.evidence import Statement
from gate.model.moment import moment, zoneless
from gate.model.problem import Problem, Slug
from gate.model.ratio import Ratio

NEWEST = 3
"""The greatest known `meta.format`; coverage.py raises it when the structure changes."""

_Whole = Annotated[int, Meta(ge=0)]


class _Summary(Fields, frozen=True):
    covered_lines: _Whole
    num_statements: _Whole
    num_branches: _Whole = 0
    covered_branches: _Whole | None = None

    @property
    def lines(self) -> Ratio:
        return Ratio(self.covered_lines, self.num_statements)

    @property
    def branches(self) -> Ratio | None:
        """Old versions state how many branches there are, and not how many were taken."""
        return None if self.covered_branches is None else Ratio(self.covered_branches, self.num_branches)


class _Function(Fields, frozen=True):
    summary: _Summary


class _File(Fields, frozen=True):
    executed_lines: list[int]
    missing_lines: list[int]
    summary: _Summary
    executed_branches: tuple[tuple[int, int], ...] = ()
    missing_branches: tuple[tuple[int, int], ...] = ()
    functions: dict[str, _Function] = field(default_factory=dict)

    def contradicts_itself(self) -> bool:
        """Whether the lists cannot be those of the summary.

        `executed_lines` may hold lines that are no statements (docstrings, lines that continue one), `missing_lines`
        holds statements only.
        """
        executed, missing, lines = set(self.executed_lines), set(self.missing_lines), self.summary.lines
        branches = self.summary.branches or Ratio()
        return (
            bool(executed & missing)
            or len(executed) < lines.covered
            or len(missing) != lines.valid - lines.covered
            or branches.covered > branches.valid
        )

    def fill(self, measured: Measured) -> None:
        """Add what goes beyond the lines. Where lists hold more or less than was counted, the summary counts."""
        lines, branches = self.summary.lines, self.summary.branches
        if len(set(self.executed_lines)) != lines.covered:
            measured.line_total = lines
        taken = {**dict.fromkeys(self.missing_branches, False), **dict.fromkeys(self.executed_branches, True)}
        measured.count_branches((line, reached) for (line, _), reached in taken.items())
        if branches and Ratio.total(measured.branches.values()) != branches:
            measured.branch_total = branches
        functions = [entry.summary for name, entry in self.functions.items() if name and entry.summary.num_statements]
        measured.functions = Ratio(sum(entry.covered_lines > 0 for entry in functions), len(functions))


class _Meta(Fields, frozen=True):
    version: str
    timestamp: str = ""
    format: int = 1


class _Document(Fields, frozen=True):
    meta: _Meta
    files: dict[str, _File]
    totals: _Summary


def recognises(head: Head) -> bool:
    """`meta`, `files` and `totals` with coverage.py's own members; of a file that is cut off, what its head shows."""
    totals = head.members.get("totals")
    if head.has("meta", "files") and totals is not None:
        return b'"covered_lines"' in bytes(totals)
    return head.has("meta", "files", "branch_coverage", "show_contexts")


def read(content: bytes) -> Iterator[Statement | CoverageFile]:
    """Yield one record a source file; then the statement. The module level is no function."""
    document = read_json(content, _Document)
    if document.meta.format > NEWEST:
        message = f"format {document.meta.format} of coverage.py's JSON report is not known, {NEWEST} and older are"
        raise EvidenceError.of(message, slug=Slug.UNSUPPORTED_VERSION, hint="update the gate")
    files = SourceFiles()
    for path, file in document.files.items():
        files.add_lines(path, file.executed_lines + file.missing_lines, file.executed_lines)
        file.fill(files[path])
    yield from files.records()
    yield Statement(
        "coverage.py",
        FORMAT.proves,
        version=document.meta.version,
        made_at=moment(document.meta.timestamp),
        faults=tuple(_faults(document)),
        remarks=tuple(_remarks(document.meta)),
    )


def _faults(document: _Document) -> Iterator[Problem]:
    wrong = [path for path, file in document.files.items() if file.contradicts_itself()]
    if wrong:
        message = f"the lists and the summary of {len(wrong)} files contradict each other, first: {wrong[0][:200]}"
        yield Problem(Slug.CONTRADICTION, message, hint=_HINT)
    summaries = [file.summary for file in document.files.values()]
    for noun, stated, counted in (
        ("lines", document.totals.lines, Ratio.total(summary.lines for summary in summaries)),
        ("branches", document.totals.branches, Ratio.total(summary.branches or Ratio() for summary in summaries)),
    ):
        if stated is not None and stated != counted:
            yield Problem(Slug.CONTRADICTION, f"the totals say {stated} {noun}, its files {counted}", hint=_HINT)


_HINT = "write the report anew with `coverage json`"


def _remarks(meta: _Meta) -> Iterator[Problem]:
    if zoneless(meta.timestamp):
        yield Problem(Slug.NOT_STATED, "its time states no zone, and counts as UTC")


FORMAT = Format(
    id="coveragepy",
    title="coverage.py JSON",
    proves=frozenset({CoverageFile}),
    recognises=recognises,
    read=read,
    tools="coverage.py, pytest-cov",
    specification="https://coverage.readthedocs.io/en/latest/commands/cmd_json.html",
)

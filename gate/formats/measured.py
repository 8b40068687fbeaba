"""What a coverage report says of each source file, gathered while it is read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gate.errors import EvidenceError
from gate.model.coverage import CoverageFile
from gate.model.lines import mark
from gate.model.location import Location
from gate.model.ratio import Ratio

MAX_SPAN = 1 << 28
"""How far the lines of all files together may reach: sets of lines take a bit a line, so that a few bytes of a
hostile report (one line, numbered two million, in each of its files) could otherwise ask for gigabytes."""


@dataclass(slots=True)
class Measured:
    """One source file. What is said of it more than once is merged by maximum: reached once is reached.

    `branches` maps a line to its branches. The totals are what the report states where it lists nothing to count.
    """

    executable: bytearray = field(default_factory=bytearray)
    covered: bytearray = field(default_factory=bytearray)
    branches: dict[int, Ratio] = field(default_factory=dict)
    functions: Ratio = Ratio()
    line_total: Ratio | None = None
    branch_total: Ratio | None = None

    def branch(self, line: int, ratio: Ratio) -> None:
        """Branches at a line."""
        known = self.branches.get(line, Ratio())
        self.branches[line] = Ratio(max(known.covered, ratio.covered), max(known.valid, ratio.valid))

    def count_branches(self, taken: Iterable[tuple[int, bool]]) -> None:
        """All branches of the file: of each its line, and whether it was taken."""
        counts: dict[int, tuple[int, int]] = {}
        for line, was_taken in taken:
            covered, valid = counts.get(line, (0, 0))
            counts[line] = covered + was_taken, valid + 1
        self.branches = {line: Ratio(*count) for line, count in counts.items()}

    def record(self, path: str) -> CoverageFile:
        """The record of the file that the report calls `path`."""
        return CoverageFile(
            at=Location(path),
            executable=int.from_bytes(self.executable, "little"),
            covered=int.from_bytes(self.covered, "little"),
            branches=self.branches,
            functions=self.functions,
            line_total=self.line_total,
            branch_total=self.branch_total,
        )


class SourceFiles:
    """The source files of one report, by the names that it gives them."""

    def __init__(self) -> None:
        """No file yet."""
        self._files: dict[str, Measured] = {}
        self._span = 0

    def __getitem__(self, path: str) -> Measured:
        """The file of this name, which need not have been named before."""
        return self._files.setdefault(path, Measured())

    def add_lines(self, path: str, executable: Sequence[int], covered: Sequence[int]) -> None:
        """Lines of a file that can be executed, and those among them that were.

        Raises EvidenceError for a line number that no source file has.
        """
        file = self[path]
        self._span -= len(file.executable)
        try:
            mark(file.executable, executable)
            mark(file.covered, covered)
        except ValueError as error:
            raise EvidenceError.of(f"{path[:200]}: {error}") from error
        self._span += len(file.executable)
        if self._span * 8 > MAX_SPAN:
            raise EvidenceError.of(f"the files together reach beyond {MAX_SPAN} lines: more than any project has")

    def records(self) -> Iterator[CoverageFile]:
        """One record a file, in the order in which they were first named."""
        for path, file in self._files.items():
            yield file.record(path)


def reached(hits: str) -> bool:
    """Whether a hit count, which may be of any size, is above zero.

    A negative count is a counter that ran over. genhtml takes it as 0, and so does the gate: in doubt a line is not
    covered. Raises EvidenceError for what is no whole number.
    """
    if not hits.removeprefix("-").isdigit() or not hits.isascii():
        raise EvidenceError.of(f"`{hits[:60]}` is no count of hits")
    return hits[0] != "-" and bool(hits.strip("0"))

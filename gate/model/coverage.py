"""Coverage of one source file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gate.model.location import Location
from gate.model.ratio import Ratio


@dataclass(frozen=True, slots=True)
class CoverageFile:
    """What the tests reached of one source file.

    `executable` and `covered` are sets of lines (see `lines.py`); `branches` maps a line to covered and existing
    branches. A report that states totals only (no lines) leaves the sets empty and fills `line_total`.
    """

    at: Location
    executable: int = 0
    covered: int = 0
    branches: Mapping[int, Ratio] = field(default_factory=dict)
    functions: Ratio = Ratio()
    line_total: Ratio | None = None
    branch_total: Ratio | None = None

    @property
    def path(self) -> str:
        """The file, as the report or the workspace calls it."""
        return self.at.path

    @property
    def lines(self) -> Ratio:
        """Covered and executable lines."""
        return self.line_total or Ratio(self.covered.bit_count(), self.executable.bit_count())

    @property
    def branch_ratio(self) -> Ratio:
        """Covered and existing branches."""
        return self.branch_total or Ratio.total(self.branches.values())

    @property
    def missed(self) -> int:
        """The executable lines that no test reached, as a set of lines."""
        return self.executable & ~self.covered

    def merged(self, other: "CoverageFile") -> "CoverageFile":
        """Both measurements of the same file: a line counts as covered when either reached it."""
        if self.line_total or other.line_total:
            return max(self, other, key=lambda file: (file.lines.valid, file.lines.covered))
        branches = dict(self.branches)
        for line, ratio in other.branches.items():
            mine = branches.get(line, Ratio())
            branches[line] = Ratio(max(mine.covered, ratio.covered), max(mine.valid, ratio.valid))
        functions = max(self.functions, other.functions, key=_extent)
        branch_total = max(self.branch_ratio, other.branch_ratio, key=_extent)
        return CoverageFile(
            at=self.at,
            executable=self.executable | other.executable,
            covered=self.covered | other.covered,
            branches=branches,
            functions=functions,
            branch_total=branch_total if self.branch_total or other.branch_total else None,
        )


def _extent(ratio: Ratio) -> tuple[int, int]:
    """The order in which one measurement says more than another."""
    return ratio.valid, ratio.covered

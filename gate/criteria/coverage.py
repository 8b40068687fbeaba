"""`coverage`: enough of the code is covered."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from gate.criteria.base import SourceCriterion
from gate.criteria.fields import Count, PathPatterns, Percent
from gate.errors import DemandError
from gate.model.coverage import CoverageFile
from gate.model.evidence import Evidence, Record
from gate.model.glob import matches_any
from gate.model.lines import ranges
from gate.model.location import Location
from gate.model.problem import Problem, Slug
from gate.model.ratio import Ratio, percent
from gate.model.verdict import Breach, Judgement, Observation, Tally
from gate.model.words import number_of

MEASURES = ("lines", "branches", "functions")
SHOWN_RANGES = 5


class Coverage(SourceCriterion):
    """At least this share of the code is reached by tests."""

    wants: ClassVar[type[Record] | None] = CoverageFile
    own_keys: ClassVar[frozenset[str]] = frozenset({"exclude"})

    kind: Literal["coverage"]
    lines: Percent | None = Field(None, description="Share of executable lines, over all files together.")
    branches: Percent | None = Field(None, description="Share of branches.")
    functions: Percent | None = Field(None, description="Share of functions.")
    per_file: Percent | None = Field(None, description="Share of lines that every single file must reach.")
    paths: PathPatterns | None = Field(None, description="Only these source files.")
    exclude: PathPatterns | None = Field(None, description="Not these source files.")
    min_lines: Count | None = Field(None, description="How many executable lines must be measured at least.")

    @model_validator(mode="after")
    def _demands_something(self) -> "Coverage":
        if all(getattr(self, name) == 0 for name in self.model_fields_set & {*MEASURES, "per_file", "min_lines"}):
            message = "demands nothing: set lines, branches, functions, per_file or min_lines above 0"
            raise DemandError(Slug.NO_DEMAND, message)
        return self

    def judge(self, evidence: Evidence) -> Judgement:
        """Merge the measurements of each file, choose, add up, compare."""
        read = evidence.records(CoverageFile)
        chosen = [file for file in read if self._chosen(file.path)]
        files = _merged(chosen)
        totals = {
            "lines": Ratio.total(file.lines for file in files),
            "branches": Ratio.total(file.branch_ratio for file in files),
            "functions": Ratio.total(file.functions for file in files),
        }
        breaches = tuple(self._breaches(files, totals))
        left_out = {"filtered": len(read) - len(chosen), "measured again": len(chosen) - len(files)}
        return Judgement(
            observed=", ".join(f"{totals[name]} {name}" for name in self._measures()),
            demanded=self._demanded(),
            margin="; ".join(self._margins(totals)) or "; ".join(breach.message for breach in breaches),
            breaches=breaches,
            doubts=tuple(self._doubts(chosen, totals)),
            observations=tuple(self._observations(files)) if breaches else (),
            tally=Tally("files", len(read), len(files), {why: count for why, count in left_out.items() if count}),
        )

    def _chosen(self, path: str) -> bool:
        return (self.paths is None or matches_any(path, self.paths)) and (
            self.exclude is None or not matches_any(path, self.exclude)
        )

    def _measures(self) -> list[str]:
        """What is demanded; lines are always worth showing."""
        return [name for name in MEASURES if name == "lines" or getattr(self, name) is not None]

    def _demands(self) -> Iterator[tuple[str, Fraction]]:
        for name in MEASURES:
            if (demanded := getattr(self, name)) is not None:
                yield name, demanded

    def _demanded(self) -> str:
        texts = [f"{percent(demanded)} of {name}" for name, demanded in self._demands()]
        if self.per_file is not None:
            texts.append(f"{percent(self.per_file)} of lines in every file")
        if self.min_lines is not None:
            texts.append(f"{self.min_lines} lines measured")
        return ", ".join(texts)

    def _breaches(self, files: list[CoverageFile], totals: dict[str, Ratio]) -> Iterator[Breach]:
        """None is final: another shard of the same tests may reach more."""
        for name, demanded in self._demands():
            share = totals[name].fraction
            if share is not None and share < demanded:
                yield Breach(f"{percent(share)} of {name}, {percent(demanded)} demanded", final=False)
        short = sum(_is_short(file, self.per_file) for file in files)
        if short:
            yield Breach(
                f"{number_of(short, 'files')} below {percent(self.per_file or Fraction())} of lines", final=False
            )
        if self.min_lines is not None and totals["lines"].valid < self.min_lines:
            yield Breach(f"{totals['lines'].valid} lines measured, {self.min_lines} demanded", final=False)

    def _margins(self, totals: dict[str, Ratio]) -> Iterator[str]:
        for name, demanded in self._demands():
            if missing := totals[name].missing_to(demanded):
                yield f"cover {missing} more {name}"

    def _doubts(self, chosen: list[CoverageFile], totals: dict[str, Ratio]) -> Iterator[Problem]:
        if not chosen and (self.paths or self.exclude):
            yield Problem(
                Slug.NOTHING_MATCHED,
                "no measured file passes `paths` and `exclude`",
                hint="correct the patterns; they are matched against paths from the workspace root",
            )
            return
        wanted = {name for name, _ in self._demands()} | ({"lines"} if self.per_file is not None else set())
        for name in MEASURES:
            if name in wanted and not totals[name].valid:
                yield Problem(
                    Slug.NOT_STATED,
                    f"no {name} are measured (0 of 0)",
                    hint=_HOW_TO_MEASURE.get(name, "measure a run that imports the code"),
                )

    def _observations(self, files: list[CoverageFile]) -> Iterator[Observation]:
        """The files short of what is demanded, those that lack most first."""
        floor = self.per_file if self.per_file is not None else self.lines
        short = [file for file in files if floor is None or _is_short(file, floor)]
        for file in sorted(short, key=lambda file: (file.lines.covered - file.lines.valid, file.path)):
            yield _short_file(file)


_HOW_TO_MEASURE = {
    "branches": "measure branches too (coverage.py: `--cov-branch`), or remove `branches`",
    "functions": "write a report that lists functions (LCOV, Cobertura), or remove `functions`",
}


def _merged(files: Iterable[CoverageFile]) -> list[CoverageFile]:
    """One entry a file; a line that any report covers is covered."""
    merged: dict[str, CoverageFile] = {}
    for file in files:
        merged[file.path] = merged[file.path].merged(file) if file.path in merged else file
    return list(merged.values())


def _is_short(file: CoverageFile, demanded: Fraction | None) -> bool:
    share = file.lines.fraction
    return demanded is not None and share is not None and share < demanded


def _short_file(file: CoverageFile) -> Observation:
    missed = list(islice(ranges(file.missed), SHOWN_RANGES + 1))
    shown = ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in missed[:SHOWN_RANGES])
    more = ", …" if len(missed) > SHOWN_RANGES else ""
    where = f"; not covered: {shown}{more}" if shown else ""
    at = Location(file.path, missed[0][0], None, missed[0][1], file.at.placed) if missed else file.at
    return Observation(f"{file.path}: {file.lines} lines{where}", at)

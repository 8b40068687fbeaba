"""`tests`: the tests ran, and they passed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from gate.criteria.base import SourceCriterion
from gate.criteria.fields import Count, CountOrPercent, Duration, Texts
from gate.errors import DemandError
from gate.model.evidence import Evidence, Record
from gate.model.glob import matches_name
from gate.model.problem import Problem, Slug
from gate.model.ratio import percent
from gate.model.testcase import TestCase, TestOutcome
from gate.model.verdict import Breach, Judgement, Observation, Tally


@dataclass(frozen=True, slots=True)
class _Test:
    """All entries of one test in one report. Repeated entries are attempts, or a teardown that failed."""

    entries: tuple[TestCase, ...]
    rerun: bool

    @property
    def broken(self) -> int:
        """The entries that failed: each counts, so that no failure hides behind a name that is used twice."""
        return sum(entry.outcome.broken for entry in self.entries)

    @property
    def executed(self) -> int:
        """How many tests these entries stand for."""
        return max(self.broken, int(any(entry.outcome is not TestOutcome.SKIPPED for entry in self.entries)))

    @property
    def skipped(self) -> int:
        """The entries that did not run: none hides behind another of its name that did."""
        return sum(entry.outcome is TestOutcome.SKIPPED for entry in self.entries)

    @property
    def flaky(self) -> bool:
        """It passed in the end, after an attempt that failed."""
        return not self.broken and (self.rerun or any(entry.failed_attempts for entry in self.entries))


class Tests(SourceCriterion):
    """The tests ran and passed; without further fields: none failed, at least one was executed."""

    __test__: ClassVar[bool] = False
    wants: ClassVar[type[Record] | None] = TestCase

    kind: Literal["tests"]
    max_failed: Count | None = Field(None, description="How many may fail (default 0, unless `min_passed` is given).")
    min_passed: CountOrPercent | None = Field(None, description="How many must pass: a number, or % of the executed.")
    min_executed: Annotated[int, Field(ge=1)] = Field(1, description="How many must run at least.")
    max_skipped: Count | None = Field(None, description="How many may be skipped.")
    max_duration: Duration | None = Field(None, description="How long the chosen tests may take, added up.")
    flaky: Literal["allow", "fail"] = Field("allow", description="Whether a test may pass only on a second attempt.")
    suites: Texts | None = Field(None, description="Only tests of these suites (globs).")
    cases: Texts | None = Field(None, description="Only these tests (globs over the full name).")

    @model_validator(mode="after")
    def _demands_something(self) -> "Tests":
        if self.min_passed is not None and not self.min_passed:
            message = "`min_passed` of nothing demands nothing, and would allow every failure: remove it"
            raise DemandError(Slug.NO_DEMAND, message)
        return self

    def judge(self, evidence: Evidence) -> Judgement:
        """Group the entries by test, choose, count, compare."""
        grouped = list(_grouped(evidence))
        chosen = [test for test in grouped if self._chosen(test.entries[0])]
        broken, executed = sum(test.broken for test in chosen), sum(test.executed for test in chosen)
        skipped = sum(test.skipped for test in chosen)
        flaky = [test for test in chosen if test.flaky]
        breaches = tuple(self._breaches(chosen, executed, broken, skipped, len(flaky)))
        return Judgement(
            observed=_observed(executed, broken, skipped, len(flaky)),
            demanded=self._demanded(),
            margin="; ".join(breach.message for breach in breaches),
            breaches=breaches,
            doubts=tuple(self._doubts(chosen)),
            observations=tuple(_observations(chosen, with_flaky=self.flaky == "fail")),
            tally=_tally(grouped, chosen),
        )

    def _chosen(self, case: TestCase) -> bool:
        return (self.suites is None or _any_name(case.suite, self.suites)) and (
            self.cases is None or _any_name(case.full_name, self.cases) or _any_name(case.name, self.cases)
        )

    @property
    def _allowed_failures(self) -> int | None:
        if self.max_failed is None and self.min_passed is None:
            return 0
        return self.max_failed

    def _breaches(self, chosen: list[_Test], executed: int, broken: int, skipped: int, flaky: int) -> Iterator[Breach]:
        allowed = self._allowed_failures
        if allowed is not None and broken > allowed:
            yield Breach(f"{broken} failed, {allowed} allowed")
        if executed < self.min_executed:
            yield Breach(f"{executed} executed, {self.min_executed} demanded", final=False)
        yield from self._too_few_passed(executed, broken)
        if self.max_skipped is not None and skipped > self.max_skipped:
            yield Breach(f"{skipped} skipped, {self.max_skipped} allowed")
        if self.flaky == "fail" and flaky:
            yield Breach(f"{flaky} passed only on a later attempt")
        took = _seconds(chosen)
        if self.max_duration is not None and took is not None and took > self.max_duration.total_seconds():
            yield Breach(f"took {took:g} s, {self.max_duration.total_seconds():g} s allowed")

    def _too_few_passed(self, executed: int, broken: int) -> Iterator[Breach]:
        passed = executed - broken
        if isinstance(self.min_passed, Fraction):
            if executed and Fraction(passed, executed) < self.min_passed:
                share = percent(Fraction(passed, executed))
                yield Breach(
                    f"{share} passed ({passed} of {executed}), {percent(self.min_passed)} demanded",
                    final=False,
                )
        elif self.min_passed is not None and passed < self.min_passed:
            yield Breach(f"{passed} passed, {self.min_passed} demanded", final=False)

    def _doubts(self, chosen: list[_Test]) -> Iterator[Problem]:
        """Patterns that choose no executed test, and a duration that no report states."""
        executed = [test.entries[0] for test in chosen if test.executed]
        for pattern in self.suites or ():
            if not any(matches_name(case.suite, pattern) for case in executed):
                yield _nothing_matched("suites", pattern)
        for pattern in self.cases or ():
            if not any(matches_name(name, pattern) for case in executed for name in (case.full_name, case.name)):
                yield _nothing_matched("cases", pattern)
        if self.max_duration is not None and executed and _seconds(chosen) is None:
            yield Problem(
                Slug.NOT_STATED,
                "not every test states how long it took, so `max_duration` cannot be judged",
                hint="let the test runner write the `time` of each test, or remove `max_duration`",
            )

    def _demanded(self) -> str:
        demands = []
        allowed = self._allowed_failures
        if allowed is not None:
            demands.append(f"at most {allowed} failed" if allowed else "none failed")
        if isinstance(self.min_passed, Fraction):
            demands.append(f"{percent(self.min_passed)} passed")
        elif self.min_passed is not None:
            demands.append(f"{self.min_passed} passed")
        demands.append(f"at least {self.min_executed} executed")
        if self.max_skipped is not None:
            demands.append(f"at most {self.max_skipped} skipped")
        if self.max_duration is not None:
            demands.append(f"at most {self.max_duration.total_seconds():g} s")
        if self.flaky == "fail":
            demands.append("none flaky")
        return ", ".join(demands)


def _grouped(evidence: Evidence) -> Iterator[_Test]:
    """The tests of every report; the same name in two reports is two tests (two legs of a matrix)."""
    for report in evidence.reports_of(TestCase):
        groups: dict[tuple[str, str], list[TestCase]] = {}
        for record in report.records:
            if isinstance(record, TestCase):
                groups.setdefault(record.identity, []).append(record)
        # pytest's names are unique: a second entry that passed is pytest-rerunfailures' earlier, failed attempt.
        unique = any(tool.casefold().startswith("pytest") for tool in report.tools)
        for entries in groups.values():
            yield _Test(tuple(entries), rerun=unique and len(entries) > 1)


def _observations(chosen: list[_Test], *, with_flaky: bool) -> Iterator[Observation]:
    for test in chosen:
        for entry in test.entries:
            if entry.outcome.broken:
                detail = f": {entry.message}" if entry.message else ""
                yield Observation(f"{entry.full_name} {_WORDS[entry.outcome]}{detail}", entry.at)
        if with_flaky and test.flaky:
            yield Observation(f"{test.entries[0].full_name} passed only on a later attempt", test.entries[0].at)


_WORDS = {TestOutcome.FAILED: "failed", TestOutcome.ERROR: "ended in an error"}


def _observed(executed: int, broken: int, skipped: int, flaky: int) -> str:
    text = f"{executed - broken} of {executed} executed passed"
    extras = [
        f"{count} {word}" for count, word in ((broken, "failed"), (skipped, "skipped"), (flaky, "flaky")) if count
    ]
    return ", ".join([text, *extras])


def _tally(grouped: list[_Test], chosen: list[_Test]) -> Tally:
    """Entries in; out come tests that ran, and entries that were skipped."""
    read = sum(len(test.entries) for test in grouped)
    kept = sum(len(test.entries) for test in chosen)
    counted = sum(test.executed + test.skipped for test in chosen)
    left_out = Counter({"filtered": read - kept, "further entries of the same test": kept - counted})
    return Tally("tests", read, counted, {reason: count for reason, count in left_out.items() if count})


def _seconds(chosen: list[_Test]) -> float | None:
    """The time of all entries that ran, or nothing where one does not state it."""
    times = [e.seconds for test in chosen for e in test.entries if e.outcome is not TestOutcome.SKIPPED]
    return None if None in times else sum(time for time in times if time is not None)


def _any_name(name: str, patterns: tuple[str, ...]) -> bool:
    return any(matches_name(name, pattern) for pattern in patterns)


def _nothing_matched(key: str, pattern: str) -> Problem:
    return Problem(
        Slug.NOTHING_MATCHED,
        f"no executed test matches `{key}: {pattern}`",
        hint="correct the pattern, or run the tests that it means; `gate check` lists what was read",
    )

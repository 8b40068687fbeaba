"""The walk through a JUnit document."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gate.errors import EvidenceError
from gate.formats.junit.case import ATTEMPTS, MARKS, WORDS, Case, first_line, message_of, seconds_of
from gate.formats.junit.suite import Count, Suite
from gate.model.testcase import TestCase, TestOutcome

if TYPE_CHECKING:
    from gate.model.problem import Problem

SUITES = frozenset({"testsuites", "testsuite"})
_DETAILS = frozenset({"properties", "property", "system-out", "system-err", "stackTrace"})


class Walk:
    """Gathers the cases of all suites, and what the suites say of themselves.

    `names` are those of suites and properties, `times` all timestamps, `timeless` counts cases whose duration is
    none, `stranger` is the first element that the format does not know.
    """

    texts = frozenset({*MARKS, "system-err"})

    def __init__(self) -> None:
        """Nothing is open yet."""
        self.cases: list[TestCase] = []
        self.faults: list[Problem] = []
        self.names: dict[str, None] = {}
        self.times: list[str] = []
        self.timeless = 0
        self.stranger = ""
        self._suites: list[Suite] = []
        self._case: Case | None = None
        self._mark: Mapping[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Suites hold suites and cases, cases hold marks."""
        if name in SUITES:
            self._begin_suite(attributes)
        elif not self._suites:
            raise EvidenceError.of(f"the root element `{name[:40]}` is not JUnit's")
        elif name == "testcase":
            self._begin_case(attributes)
        elif name in MARKS:
            self._mark = attributes
        elif name in ATTEMPTS and self._case:
            self._case.attempt(name)
        elif name == "property":
            self.names[attributes.get("name", "")] = None
        elif name not in _DETAILS:
            self.stranger = self.stranger or name
            if self._case and name.lower() in WORDS:
                self._case.worsen(WORDS[name.lower()])

    def end(self, name: str, text: str) -> None:
        """What an element means is known when it ends."""
        if name in SUITES:
            self._end_suite()
        elif name == "testcase" and self._case:
            self._end_case(self._case)
        elif name in MARKS:
            self._end_mark(name, text)
        elif name == "system-err" and not self._case:
            self._suites[-1].complaint = first_line(text)

    def _begin_suite(self, attributes: Mapping[str, str]) -> None:
        if self._case:
            raise EvidenceError.of("a test suite inside a test case")
        suite = Suite.of(attributes)
        self.names[suite.name] = None
        self._time(attributes)
        self._suites.append(suite)

    def _end_suite(self) -> None:
        suite = self._suites.pop()
        if suite.failed_unseen:
            message = f"the suite says that it failed ({suite.claims.broken} failures and errors), and lists no test"
            self._add_own_failure(suite, TestOutcome.ERROR, message)
        self.faults.extend(suite.faults())
        if self._suites:
            self._suites[-1].take(suite)

    def _begin_case(self, attributes: Mapping[str, str]) -> None:
        if self._case:
            raise EvidenceError.of("a test case inside a test case")
        self._case = Case.of(attributes)
        self._time(attributes)

    def _end_case(self, case: Case) -> None:
        self._case = None
        suite = self._suites[-1]
        suite.add(case.count)
        attributes = case.attributes
        self.cases.append(
            TestCase(
                suite=self._suite_of(attributes),
                name=attributes.get("name", ""),
                outcome=case.outcome,
                seconds=self._seconds(attributes.get("time", "")),
                message=case.message,
                at=case.location(suite.file, first=0 if self._is_pytest else 1),
                failed_attempts=case.attempts,
            )
        )

    @property
    def _is_pytest(self) -> bool:
        return "pytest" in self.names or "pytest tests" in self.names

    def _suite_of(self, attributes: Mapping[str, str]) -> str:
        """The class, else the suite. node gives every test the class `test`, which says nothing."""
        stated = attributes.get("classname") or attributes.get("class") or ""
        if stated == "test" and not self._is_pytest:
            return self._around() or stated
        return stated or self._around()

    def _time(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("timestamp"):
            self.times.append(attributes["timestamp"])

    def _seconds(self, text: str) -> float | None:
        seconds = seconds_of(text)
        self.timeless += seconds is None and bool(text.strip())
        return seconds

    def _end_mark(self, name: str, text: str) -> None:
        """A mark directly in a suite is an error of the suite itself; no case carries it, and it counts as one."""
        outcome = MARKS[name]
        if self._case:
            self._case.mark(name, self._mark, text)
        elif outcome.broken:
            self._suites[-1].add(Count(1, 1))
            self._add_own_failure(self._suites[-1], outcome, message_of(self._mark, text))

    def _add_own_failure(self, suite: Suite, outcome: TestOutcome, message: str) -> None:
        self.cases.append(TestCase(self._around(suite), suite.name, outcome, message=message))

    def _around(self, inner: Suite | None = None) -> str:
        """The name of the innermost open suite around `inner` that has one."""
        return next((suite.name for suite in reversed(self._suites) if suite.name and suite is not inner), "")

"""Test cases: how they ended, where they are, how long they took."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gate.formats.junit.suite import Count
from gate.model.location import Location
from gate.model.testcase import TestOutcome

LONGEST_MESSAGE = 500
LONGEST_TIME = 1e8
"""Seconds, some three years; what claims more is no duration (a few writers count nanoseconds)."""

MARKS = {"error": TestOutcome.ERROR, "failure": TestOutcome.FAILED, "skipped": TestOutcome.SKIPPED}
ATTEMPTS = {
    "rerunError": TestOutcome.ERROR,
    "rerunFailure": TestOutcome.FAILED,
    "flakyError": TestOutcome.PASSED,
    "flakyFailure": TestOutcome.PASSED,
}
"""Surefire's failed attempts, and how the test ended: with `rerun…` it never passed, with `flaky…` it did at last."""

_WORDS = {
    **dict.fromkeys(("notrun", "disabled", "suppressed", "skipped", "ignored", "pending"), TestOutcome.SKIPPED),
    **dict.fromkeys(("failed", "failure", "fail"), TestOutcome.FAILED),
    **dict.fromkeys(("error", "errored", "broken", "crashed", "aborted", "timeout", "timedout"), TestOutcome.ERROR),
}
"""What the attributes `status` and `result` of GoogleTest, CTest, Boost and others mean; other words say nothing."""
_WORST_LAST = (TestOutcome.PASSED, TestOutcome.SKIPPED, TestOutcome.FAILED, TestOutcome.ERROR)
_SECONDS = re.compile(r"(?:\d{1,12}|[1-9]\d?\d?(?:,\d{3}){1,3})?(?:\.\d{0,30})?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_LINE = re.compile(r"\d{1,9}", re.ASCII)


@dataclass(slots=True)
class Case:
    """An open test case. Of several marks the worst counts: a failed `todo` of node is both skipped and failed."""

    attributes: Mapping[str, str]
    outcome: TestOutcome = TestOutcome.PASSED
    message: str = ""
    place: tuple[str, str] = ("", "")
    failures: int = 0
    skipped: bool = False
    attempts: int = 0

    @classmethod
    def of(cls, attributes: Mapping[str, str]) -> "Case":
        """The case that an element begins; some writers say in an attribute how it ended."""
        case = cls(attributes)
        for name in ("status", "result"):
            if outcome := _WORDS.get(attributes.get(name, "").lower()):
                case.worsen(outcome)
        return case

    def mark(self, name: str, attributes: Mapping[str, str], message: str) -> None:
        """`error`, `failure` or `skipped` inside the case."""
        outcome = MARKS[name]
        if outcome.broken:
            self.failures += 1
            self.place = (attributes.get("file", ""), attributes.get("line", ""))
        self.worsen(outcome, message)

    def attempt(self, name: str) -> None:
        """An attempt that failed."""
        self.attempts += 1
        self.worsen(ATTEMPTS[name])

    def worsen(self, outcome: TestOutcome, message: str = "") -> None:
        """One more word on how the case ended."""
        self.skipped = self.skipped or outcome is TestOutcome.SKIPPED
        rank = _WORST_LAST.index(outcome) - _WORST_LAST.index(self.outcome)
        if rank > 0 or (rank == 0 and not self.message):
            self.outcome, self.message = outcome, message

    @property
    def count(self) -> Count:
        """What writers count for it: each attempt as a test, each mark as a failure."""
        broken = max(self.failures, int(self.outcome.broken))
        return Count(1 + self.attempts, broken + self.attempts, int(self.skipped))

    def location(self, suite_file: str, first: int) -> Location | None:
        """Where the case is, else where it failed, else the file of its suite; the writer's lines begin at `first`."""
        file, line = self.attributes.get("file", ""), self.attributes.get("line", "")
        if not file:
            file, line = self.place if self.place[0] else (suite_file, "")
        number = int(line) + 1 - first if _LINE.fullmatch(line) else 0
        return Location(file, number or None) if file else None


def seconds_of(text: str) -> float | None:
    """`0.25`, `9.2E-05`, and Surefire's `1,234.5`; nothing for what is no duration."""
    if not text.strip(".") or not _SECONDS.fullmatch(text):
        return None
    seconds = float(text.replace(",", ""))
    return seconds if seconds <= LONGEST_TIME else None


def first_line(text: str) -> str:
    """The first line that says something, cut to a length that a message may have."""
    return text.lstrip().partition("\n")[0].rstrip()[:LONGEST_MESSAGE]

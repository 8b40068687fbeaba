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

WORDS = {
    **dict.fromkeys(("notrun", "disabled", "suppressed", "skipped", "ignored", "pending"), TestOutcome.SKIPPED),
    **dict.fromkeys(("failed", "failure", "fail"), TestOutcome.FAILED),
    **dict.fromkeys(("error", "errored", "broken", "crashed", "aborted", "timeout", "timedout"), TestOutcome.ERROR),
}
"""What GoogleTest, CTest, Boost and others say in `status` or `result`, or in elements of their own; other words say
nothing."""
_WORST_LAST = (TestOutcome.PASSED, TestOutcome.SKIPPED, TestOutcome.FAILED, TestOutcome.ERROR)
_SECONDS = re.compile(r"(?:\d{1,12}|[1-9]\d?\d?(?:,\d{3}){1,3})?(?:\.\d{0,30})?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_LINE = re.compile(r"\d{1,9}", re.ASCII)
_TRACED = re.compile(r"^[ \t]{0,20}([\w./\\-]{1,200}\.[A-Za-z]{1,4}):(\d{1,9}):(?:\s|\Z)", re.ASCII | re.MULTILINE)
"""`tests/test_app.py:25: AssertionError`, as pytest ends the account of a frame, the test's own frame first."""


@dataclass(slots=True)
class Case:
    """An open test case. Of several marks the worst counts: a failed `todo` of node is both skipped and failed."""

    attributes: Mapping[str, str]
    outcome: TestOutcome = TestOutcome.PASSED
    message: str = ""
    place: tuple[str, str] = ("", "")
    traced: bool = False
    failures: int = 0
    skipped: bool = False
    attempts: int = 0

    @classmethod
    def of(cls, attributes: Mapping[str, str]) -> "Case":
        """The case that an element begins; some writers say in an attribute how it ended."""
        case = cls(attributes)
        for name in ("status", "result"):
            if outcome := WORDS.get(attributes.get(name, "").lower()):
                case.worsen(outcome)
        return case

    def mark(self, name: str, attributes: Mapping[str, str], text: str) -> None:
        """`error`, `failure` or `skipped` inside the case; its message, and a trace in its text."""
        outcome = MARKS[name]
        if outcome.broken:
            self.failures += 1
            traced = _TRACED.search(text)
            told = (attributes.get("file", ""), attributes.get("line", ""))
            self.place = told if told[0] or not traced else (traced[1], traced[2])
            self.traced = not told[0]
        self.worsen(outcome, message_of(attributes, text))

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
            first = 1 if self.traced else first
        number = int(line) + 1 - first if _LINE.fullmatch(line) else 0
        return Location(file, number or None) if file else None


def seconds_of(text: str) -> float | None:
    """`0.25`, `9.2E-05`, and Surefire's `1,234.5`; nothing for what is no duration."""
    if not text.strip(".") or not _SECONDS.fullmatch(text):
        return None
    seconds = float(text.replace(",", ""))
    return seconds if seconds <= LONGEST_TIME else None


def message_of(attributes: Mapping[str, str], text: str) -> str:
    """What a mark says: its message, else the first line of its text."""
    return (attributes.get("message") or first_line(text))[:LONGEST_MESSAGE]


def first_line(text: str) -> str:
    """The first line that says something, cut to a length that a message may have."""
    return text.lstrip().partition("\n")[0].rstrip()[:LONGEST_MESSAGE]

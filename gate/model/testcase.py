"""Test cases."""

from dataclasses import dataclass
from enum import StrEnum

from gate.model.location import Location


class TestOutcome(StrEnum):
    """How one test ended. Whatever is none of these in a report is an error, never a pass."""

    __test__ = False

    PASSED = "passed"
    SKIPPED = "skipped"
    FAILED = "failed"
    ERROR = "error"

    @property
    def broken(self) -> bool:
        """Whether the test counts as failed."""
        return self in (TestOutcome.FAILED, TestOutcome.ERROR)


@dataclass(frozen=True, slots=True)
class TestCase:
    """One test case as its report lists it; a case that was run again is listed again.

    `suite` is the class or suite name, `seconds` the wall time if stated, `failed_attempts` the number of earlier
    attempts that the report itself records inside the case (Surefire's `rerunFailure` and `flakyFailure`).
    """

    __test__ = False

    suite: str
    name: str
    outcome: TestOutcome
    seconds: float | None = None
    message: str = ""
    at: Location | None = None
    failed_attempts: int = 0

    @property
    def identity(self) -> tuple[str, str]:
        """What makes two entries the same test."""
        return self.suite, self.name

    @property
    def full_name(self) -> str:
        """Suite and name, as a person would search for them."""
        return f"{self.suite}.{self.name}" if self.suite else self.name

"""What can go wrong, and who must act.

GateError
|-- PolicyError      the policy's author: it cannot judge (exit 2)
|-- UsageError       whoever runs the gate: inputs, options, report directory (exit 2)
|-- EvidenceError    the producer of a report: becomes a state of that report, and judging goes on
`-- PublishError     the platform: shown, and never changes the verdict
"""

from collections.abc import Iterable
from dataclasses import replace

from gate.model.location import Location
from gate.model.problem import Problem, Slug


class GateError(Exception):
    """A problem, or several, as an exception. Anything else that is raised is a defect of the gate (exit 3)."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        """Keep the problems; there is always at least one."""
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class PolicyError(GateError):
    """The policy is missing, unreadable, or demands what cannot be; nothing was judged."""


class DemandError(ValueError):
    """Raised by the validators of a criterion where its fields are right one by one and make no demand together.

    `policy.load` turns it into a problem with this slug, at the criterion's line.
    """

    def __init__(self, slug: Slug, message: str) -> None:
        """Keep the slug beside the message."""
        super().__init__(message)
        self.slug = slug


class UsageError(GateError):
    """An input, an option or the report directory is wrong; nothing was judged."""


class EvidenceError(GateError):
    """A report cannot be understood. Readers raise it with `EvidenceError.of`; `collect` adds the path."""

    @classmethod
    def of(
        cls, message: str, *, line: int | None = None, slug: Slug = Slug.BROKEN_REPORT, hint: str = ""
    ) -> "EvidenceError":
        """The usual case: one message, and the line of the report where it is known."""
        at = Location("", line) if line is not None else None
        return cls(Problem(slug, message, at, hint))

    def at_line(self, line: int) -> "EvidenceError":
        """The same, with the line of the report for whatever has no place yet."""
        at = Location("", line)
        return EvidenceError(replace(problem, at=problem.at or at) for problem in self.problems)


class PublishError(GateError):
    """Something could not be published. Never a failed step, never another verdict."""

"""Outcomes and the verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from gate.model.evidence import SourceEvidence
from gate.model.finding import Finding
from gate.model.location import Location
from gate.model.problem import Problem
from gate.model.severity import Severity


class Outcome(StrEnum):
    """How one criterion came out. `unknown`: the evidence does not allow an answer (SARIF: `open`)."""

    PASS = "pass"  # noqa: S105 - the word of the policy language
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "notApplicable"


class Level(StrEnum):
    """How binding a criterion is (RFC 2119). Only `must` decides the verdict."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Effect(StrEnum):
    """What a result does, and how loud it is: it shuts the gate, warns, notes, or is silent."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Breach:
    """A demand that does not hold. `final`: no further evidence could undo it (a limit exceeded)."""

    message: str
    final: bool = True


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing that a criterion counted: a finding, a failed test, a file short of coverage, a missing heading."""

    message: str
    at: Location | None = None
    severity: Severity | None = None
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of every record that was read: counted, or left out for a named reason. It adds up.

    `unit` is the plural noun: findings, tests, files, components, items.
    """

    unit: str
    read: int = 0
    counted: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def total(cls, tallies: Iterable["Tally | None"]) -> "Tally | None":
        """The sum of several tallies of the same unit; nothing when there are none."""
        known = [tally for tally in tallies if tally]
        if not known:
            return None
        left_out: dict[str, int] = {}
        for tally in known:
            for reason, count in tally.left_out.items():
                left_out[reason] = left_out.get(reason, 0) + count
        return cls(known[0].unit, sum(t.read for t in known), sum(t.counted for t in known), left_out)

    @property
    def adds_up(self) -> bool:
        """Conservation: nothing read was lost."""
        return self.read == self.counted + sum(self.left_out.values())


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a criterion says about evidence, before states, time and level are weighed.

    `observed` and `demanded` are short texts, `margin` what is lacking or to spare. `doubts` are the reasons why
    no answer can be given. `empty` says that there was nothing to judge, so that it cannot pass.
    """

    observed: str
    demanded: str
    margin: str = ""
    breaches: tuple[Breach, ...] = ()
    doubts: tuple[Problem, ...] = ()
    observations: tuple[Observation, ...] = ()
    remarks: tuple[Problem, ...] = ()
    tally: Tally | None = None
    excluded: tuple[Observation, ...] = ()
    not_applicable: str = ""
    score: "Score | None" = None


@dataclass(frozen=True, slots=True)
class Score:
    """A weighted readiness score: the exact share of weight that passed, and the grade if the policy names any."""

    share: Fraction
    text: str
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One criterion, judged. `effect` is what it does to the gate; `at` is its line in the policy.

    `votes` is false for a member of `group` that counts there only.
    """

    id: str
    kind: str
    title: str
    level: Level
    outcome: Outcome
    effect: Effect
    judgement: Judgement
    at: Location
    reason: str = ""
    problems: tuple[Problem, ...] = ()
    sources: tuple[str, ...] = ()
    group: str = ""
    controls: tuple[str, ...] = ()
    category: str = ""
    help: str = ""
    votes: bool = True

    @property
    def standing(self) -> str:
        """Its level, and that it only warns where it does less than its level says; `member` without a vote."""
        if not self.votes:
            return "member"
        softened = self.level is Level.MUST and self.effect in (Effect.WARNING, Effect.NOTICE)
        return f"{self.level.value}, warns" if softened else self.level.value

    @property
    def blocks(self) -> bool:
        """Whether this result alone keeps the gate shut."""
        return self.effect is Effect.ERROR


@dataclass(frozen=True, slots=True)
class PolicyIdentity:
    """Which policy judged: its name, where it came from, and the sha256 of its text."""

    name: str
    title: str
    path: str
    sha256: str = ""
    origin: str = "the workspace"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The policy's answer, with all that led to it. `advise`: a failed verdict does not shut the gate."""

    outcome: Outcome
    policy: PolicyIdentity
    results: tuple[Result, ...]
    sources: tuple[SourceEvidence, ...]
    made_at: datetime
    name: str
    problems: tuple[Problem, ...] = ()
    advise: bool = False
    as_of: bool = False
    commit: str = ""
    repository: str = ""
    gate_version: str = ""

    @property
    def nothing_applied(self) -> bool:
        """Whether not a single criterion applied."""
        return all(result.outcome is Outcome.NOT_APPLICABLE for result in self.results)

    def count(self, outcome: Outcome) -> int:
        """How many criteria came out so."""
        return sum(result.outcome is outcome for result in self.results)

    @property
    def score(self) -> Score | None:
        """The score of the first `score` criterion, if the policy has one."""
        return next((result.judgement.score for result in self.results if result.judgement.score), None)

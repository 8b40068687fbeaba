"""`quorum`: enough of these criteria pass."""

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from gate.criteria.base import GroupCriterion
from gate.criteria.fields import CountOrPercent, Text, many
from gate.errors import DemandError
from gate.model.problem import Problem, Slug
from gate.model.ratio import percent
from gate.model.verdict import Breach, Judgement, Observation, Outcome, Result, Tally

Least = Annotated[
    Literal["all", "any"] | CountOrPercent,
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": ["all", "any"]},
                {"type": "integer", "minimum": 1},
                {"type": "string", "pattern": r"^\d{1,3}(\.\d+)?\s?%$"},
            ]
        }
    ),
]


class Quorum(GroupCriterion):
    """Passes when enough members passed, fails when enough no longer can."""

    kind: Literal["quorum"]
    of: Annotated[tuple[Text, ...], BeforeValidator(many), Field(min_length=1)] = Field(description="Criteria by id.")
    min: Least = Field(description="How many must pass: all, any, a number, or a percentage.")

    @model_validator(mode="after")
    def _possible(self) -> "Quorum":
        if len(set(self.of)) != len(self.of):
            message = "`of` names a criterion twice"
            raise ValueError(message)
        if isinstance(self.min, int) and self.min > len(self.of):
            message = f"`min` asks for {self.min} of {len(self.of)}, which can never be"
            raise DemandError(Slug.IMPOSSIBLE_DEMAND, message)
        if not isinstance(self.min, str) and self.min <= 0:
            raise DemandError(Slug.NO_DEMAND, "`min` of nothing demands nothing")
        return self

    def named(self) -> tuple[str, ...]:
        """The criteria of `of`."""
        return self.of

    def judge(self, results: Mapping[str, Result]) -> Judgement:
        """Count the members that apply."""
        applicable = {name: r for name, r in results.items() if r.outcome is not Outcome.NOT_APPLICABLE}
        passed = sum(result.outcome is Outcome.PASS for result in applicable.values())
        unknown = sum(result.outcome is Outcome.UNKNOWN for result in applicable.values())
        needed = self._needed(len(applicable))
        short = f"{passed} of {len(applicable)} passed, {needed} demanded"
        out_of_reach = passed + unknown < needed
        return Judgement(
            observed=f"{passed} of {len(applicable)} passed" + (f", {unknown} unknown" if unknown else ""),
            demanded=f"{self._text()} of {len(self.of)}",
            margin="" if passed >= needed else f"{needed - passed} more must pass",
            breaches=(Breach(short),) if applicable and out_of_reach else (),
            doubts=(_undecided(applicable, short),) if passed < needed and not out_of_reach else (),
            observations=tuple(
                Observation(f"{name}: {result.outcome}" + (f" ({result.reason})" if result.reason else ""), result.at)
                for name, result in applicable.items()
                if result.outcome is not Outcome.PASS
            ),
            tally=Tally("criteria", len(results), len(applicable), _left(len(results) - len(applicable))),
            not_applicable="" if applicable else "none of its members applies",
        )

    def _needed(self, applicable: int) -> int:
        if self.min == "all":
            return applicable
        if self.min == "any":
            return 1
        return math.ceil(self.min * applicable) if isinstance(self.min, Fraction) else int(self.min)

    def _text(self) -> str:
        return percent(self.min) if isinstance(self.min, Fraction) else str(self.min)


def _left(count: int) -> dict[str, int]:
    return {"not applicable": count} if count else {}


def _undecided(applicable: Mapping[str, Any], short: str) -> Problem:
    names = ", ".join(name for name, result in applicable.items() if result.outcome is Outcome.UNKNOWN)
    return Problem(Slug.MEMBER_UNKNOWN, f"{short}, and it depends on {names}", hint="mend the evidence of these first")

"""`score`: weighted readiness. Unmeasured counts as zero, and a failed must is never averaged away."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, model_validator

from gate.criteria.base import GroupCriterion
from gate.criteria.fields import Percent, Text
from gate.errors import DemandError
from gate.model.problem import Slug
from gate.model.ratio import percent
from gate.model.verdict import Breach, Judgement, Observation, Outcome, Result, Score, Tally

Weight = Annotated[int, Field(ge=1, le=1_000_000)]


class ScoreCriterion(GroupCriterion):
    """The share of weight that passed, of what applies."""

    kind: Literal["score"]
    weights: Annotated[dict[Text, Weight], Field(min_length=1)] | None = Field(None, description="Weight by criterion.")
    categories: Annotated[dict[Text, Weight], Field(min_length=1)] | None = Field(
        None, description="Weight by category; its criteria share it equally."
    )
    min: Percent | None = Field(None, description="Share of the weight that must have passed.")
    floors: Annotated[dict[Text, Percent], Field(min_length=1)] | None = Field(
        None, description="Share that single categories must reach."
    )
    grades: Annotated[dict[Text, Percent], Field(min_length=1)] | None = Field(
        None, description="Least share for each grade."
    )

    @model_validator(mode="after")
    def _demands_something(self) -> "ScoreCriterion":
        if (self.weights is None) == (self.categories is None):
            message = "give either `weights` (by criterion) or `categories` (by category)"
            raise ValueError(message)
        if not self.min and not any((self.floors or {}).values()):
            raise DemandError(Slug.NO_DEMAND, "demands nothing: set `min` or `floors` above 0")
        return self

    def named(self) -> tuple[str, ...]:
        """The weighted criteria. Those of a category are not named one by one, and keep their votes."""
        return tuple(self.weights or ())

    def members(self, categories: Mapping[str, str]) -> tuple[str, ...]:
        """The weighted criteria, or every criterion of a weighted category."""
        weighted = self.categories or {}
        return self.named() + tuple(name for name, category in categories.items() if category in weighted)

    def named_categories(self) -> tuple[str, ...]:
        """The weighted categories, and those with a floor."""
        return tuple(dict.fromkeys((*(self.categories or ()), *(self.floors or ()))))

    def judge(self, results: Mapping[str, Result]) -> Judgement:
        """Add up the weight of what passed."""
        applicable = {name: r for name, r in results.items() if r.outcome is not Outcome.NOT_APPLICABLE}
        share = self._share(applicable)
        if share is None:
            return Judgement("", self._demanded(), not_applicable="none of its members applies")
        grade = self._grade(share)
        text = percent(share) + (f", grade {grade}" if grade else "")
        breaches = tuple(self._breaches(share, applicable))
        return Judgement(
            observed=text,
            demanded=self._demanded(),
            margin="; ".join(breach.message for breach in breaches),
            breaches=breaches,
            observations=tuple(
                Observation(f"{name}: {result.outcome}, counts as zero", result.at)
                for name, result in applicable.items()
                if result.outcome is not Outcome.PASS
            ),
            tally=Tally("criteria", len(results), len(applicable), _left(len(results) - len(applicable))),
            score=Score(share, text, grade),
        )

    def _share(self, applicable: Mapping[str, Result]) -> Fraction | None:
        """The share of weight that passed; a category's weight is shared equally by its members."""
        if self.weights is not None:
            total = sum(self.weights[name] for name in applicable)
            passed = sum(self.weights[name] for name, r in applicable.items() if r.outcome is Outcome.PASS)
            return Fraction(passed, total) if total else None
        shares = {
            name: (weight, share)
            for name, weight in (self.categories or {}).items()
            if (share := _passed(_of_category(applicable, name))) is not None
        }
        total = sum(weight for weight, _ in shares.values())
        return sum((weight * share for weight, share in shares.values()), Fraction()) / total if total else None

    def _breaches(self, share: Fraction, applicable: Mapping[str, Result]) -> Iterable[Breach]:
        if self.min is not None and share < self.min:
            yield Breach(f"{percent(share)}, {percent(self.min)} demanded")
        for category, floor in (self.floors or {}).items():
            reached = _passed(_of_category(applicable, category))
            if reached is not None and reached < floor:
                yield Breach(f"{category}: {percent(reached)}, {percent(floor)} demanded")

    def _grade(self, share: Fraction) -> str:
        """The best grade whose least share is reached, or `none`."""
        if not self.grades:
            return ""
        best_first = sorted(self.grades.items(), key=lambda grade: grade[1], reverse=True)
        return next((name for name, least in best_first if share >= least), "none")

    def _demanded(self) -> str:
        least = [percent(self.min)] if self.min is not None else []
        return ", ".join(least + [f"{name}: {percent(floor)}" for name, floor in (self.floors or {}).items()])


def _of_category(results: Mapping[str, Result], category: str) -> list[Result]:
    return [result for result in results.values() if result.category == category]


def _passed(results: list[Result]) -> Fraction | None:
    """The share of results that passed, or nothing for 0 of 0."""
    return Fraction(sum(result.outcome is Outcome.PASS for result in results), len(results)) if results else None


def _left(count: int) -> dict[str, int]:
    return {"not applicable": count} if count else {}

"""`quorum` and `score`: judging by the outcomes of others."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from gate.criteria.quorum import Quorum
from gate.criteria.score import ScoreCriterion
from gate.model.location import Location
from gate.model.verdict import Effect, Judgement, Level, Outcome, Result
from tests.conftest import valid

P, F, U, N = Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE


def a_result(name: str, outcome: Outcome, category: str = "") -> Result:
    """A member's result."""
    judgement = Judgement("", "")
    return Result(
        name, "findings", name, Level.MUST, outcome, Effect.NONE, judgement, Location("p.yml"), category=category
    )


def results(*outcomes: Outcome) -> dict[str, Result]:
    """Members a, b, c … with these outcomes."""
    return {name: a_result(name, outcome) for name, outcome in zip("abcdefghij", outcomes, strict=False)}


def quorum_of(minimum: Any, *outcomes: Outcome) -> Judgement:
    """The judgement of a quorum over members with these outcomes."""
    return valid(Quorum, kind="quorum", of=list("abcdefghij")[: len(outcomes)], min=minimum).judge(results(*outcomes))


@pytest.mark.parametrize(
    ("minimum", "outcomes", "expected"),
    [
        ("all", (P, P), P),
        ("all", (P, F), F),
        ("all", (P, U), U),
        ("all", (P, N), P),
        ("any", (F, P), P),
        ("any", (F, U), U),
        ("any", (F, F), F),
        ("any", (N, N), N),
        (2, (P, P, F), P),
        (2, (P, U, F), U),
        (2, (P, F, F), F),
        (2, (P, N), F),
        ("60%", (P, P, P, F, F), P),
        ("60%", (P, P, F, F), F),
        ("60%", (P, P, U, F), U),
    ],
)
def test_a_quorum_passes_fails_or_waits(minimum: Any, outcomes: tuple[Outcome, ...], expected: Outcome) -> None:
    """Passes when enough passed, fails when enough no longer can, else unknown; what does not apply leaves."""
    judgement = quorum_of(minimum, *outcomes)
    assert _outcome(judgement) is expected


def _outcome(judgement: Judgement) -> Outcome:
    if judgement.breaches:
        return F
    if judgement.doubts:
        return U
    return N if judgement.not_applicable else P


@pytest.mark.parametrize(
    "fields",
    [
        {"of": [], "min": "all"},
        {"of": ["a"], "min": 2},
        {"of": ["a"], "min": 0},
        {"of": ["a"], "min": "0%"},
        {"of": ["a"], "min": "some"},
        {"of": ["a"], "min": True},
        {"of": ["a", "a"], "min": "all"},
        {"of": ["a"]},
    ],
)
def test_a_quorum_of_nothing_or_of_too_many_is_refused(fields: dict[str, Any]) -> None:
    """7 of 6 can never be; 0 of 6 always is."""
    with pytest.raises(ValidationError):
        valid(Quorum, kind="quorum", **fields)


def scored(members: dict[str, Result], **fields: Any) -> Judgement:
    """The judgement of a score over these members."""
    return valid(ScoreCriterion, kind="score", **fields).judge(members)


def test_a_score_is_the_share_of_weight_that_passed() -> None:
    """3 of 4 by weight; the bound is inclusive."""
    members = results(P, F)
    assert not scored(members, weights={"a": 3, "b": 1}, min="75%").breaches
    assert scored(members, weights={"a": 3, "b": 1}, min="75.1%").breaches


def test_unknown_counts_as_zero_and_is_listed() -> None:
    """An honest denominator."""
    judgement = scored(results(P, U), weights={"a": 1, "b": 1}, min="60%")
    assert judgement.observed == "50 %"
    assert [observation.message for observation in judgement.observations] == ["b: unknown, counts as zero"]


def test_what_does_not_apply_leaves_the_denominator() -> None:
    """The weight of applicable members only."""
    assert scored(results(P, N), weights={"a": 1, "b": 9}, min="100%").observed == "100 %"
    assert scored(results(N, N), weights={"a": 1, "b": 9}, min="1%").not_applicable


def test_a_category_shares_its_weight_among_its_members() -> None:
    """Security (3): 1 of 2 passed; docs (1): 1 of 1; so 2.5 of 4."""
    members = {
        "a": a_result("a", P, "security"),
        "b": a_result("b", F, "security"),
        "c": a_result("c", P, "docs"),
    }
    judgement = scored(members, categories={"security": 3, "docs": 1}, min="50%", grades={"A": "90%", "C": "60%"})
    assert judgement.observed == "62.5 %, grade C"


def test_a_floor_holds_for_its_category_alone() -> None:
    """A good average does not lift a weak category."""
    members = {"a": a_result("a", F, "security"), "b": a_result("b", P, "docs")}
    judgement = scored(members, categories={"security": 1, "docs": 99}, floors={"security": "90%"})
    assert [breach.message for breach in judgement.breaches] == ["security: 0 %, 90 % demanded"]


def test_below_the_last_grade_is_no_grade() -> None:
    """`none` is said, not the lowest that was named."""
    judgement = scored(results(F), weights={"a": 1}, min="1%", grades={"A": "90%"})
    assert judgement.score is not None
    assert judgement.score.grade == "none"


@pytest.mark.parametrize(
    "fields",
    [
        {"weights": {"a": 1}},
        {"weights": {}, "min": "50%"},
        {"weights": {"a": 0}, "min": "50%"},
        {"weights": {"a": 1}, "categories": {"b": 1}, "min": "50%"},
        {"min": "50%"},
        {"weights": {"a": 1}, "min": "0%"},
        {"weights": {"a": 1}, "floors": {"docs": 0}},
        {"weights": {"a": 1}, "min": "0%", "floors": {"docs": "0%"}},
        {"weights": {"a": 1}, "min": Decimal("0.75")},
    ],
)
def test_a_score_that_demands_nothing_is_refused(fields: dict[str, Any]) -> None:
    """It could never fail."""
    with pytest.raises(ValidationError):
        valid(ScoreCriterion, kind="score", **fields)


def test_a_named_member_is_told_apart_from_a_category() -> None:
    """Only what is named one by one loses its vote; see the section on members of the policy language."""
    by_name = valid(ScoreCriterion, kind="score", weights={"a": 1}, min="50%")
    by_category = valid(ScoreCriterion, kind="score", categories={"docs": 1}, min="50%")
    assert by_name.named() == ("a",)
    assert by_category.named() == ()
    assert by_category.members({"a": "docs", "b": "other"}) == ("a",)

"""Criteria in the order in which people read them."""

from gate.model.verdict import Outcome
from gate.reports.order import in_groups
from tests.reports.builders import a_result


def _order(*pairs: tuple[str, str]) -> list[tuple[int, str]]:
    results = [a_result(Outcome.PASS, id=name, group=group) for name, group in pairs]
    return [(depth, result.id) for depth, result in in_groups(results)]


def test_members_stand_below_their_group() -> None:
    """Wherever the policy writes them, and groups may nest."""
    pairs = (("a", "top"), ("top", ""), ("b", "inner"), ("inner", "top"), ("last", ""))
    assert _order(*pairs) == [(0, "top"), (1, "a"), (1, "inner"), (2, "b"), (0, "last")]


def test_no_criterion_is_lost() -> None:
    """A group that is not there, or that is its own member, hides nothing."""
    assert sorted(_order(("a", "gone"), ("b", "b"), ("c", "d"), ("d", "c"))) == [(0, "a"), (0, "b"), (0, "c"), (1, "d")]

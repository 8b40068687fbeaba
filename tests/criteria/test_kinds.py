"""The table of kinds."""

from typing import get_args

import pytest

from gate.criteria.base import EvidenceCriterion, GroupCriterion, SourceCriterion
from gate.criteria.kinds import KINDS, LATER_KINDS, class_of


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_class_that_calls_itself_so(kind: str) -> None:
    """The word of the policy is a literal of the class, and the class can judge."""
    judge = class_of(kind)
    assert get_args(judge.model_fields["kind"].annotation) == (kind,)
    assert issubclass(judge, EvidenceCriterion | GroupCriterion)
    assert not judge.__abstractmethods__
    assert judge.__doc__


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_that_judges_files_says_which_records(kind: str) -> None:
    """And gives a meaning of its own only to keys that it has."""
    judge = class_of(kind)
    if issubclass(judge, SourceCriterion):
        assert judge.wants is None or isinstance(judge.wants, type)
        assert judge.own_keys <= set(judge.model_fields)


def test_a_kind_is_there_or_comes_later() -> None:
    """Never both."""
    assert LATER_KINDS.isdisjoint(KINDS)

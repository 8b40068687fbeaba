"""Counts that add up."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.model.ratio import Ratio, percent

shares = st.builds(lambda valid, part: Fraction(part % (valid + 1), valid), st.integers(1, 10**9), st.integers(0))


def test_sum_adds_counts_and_not_percentages() -> None:
    """1 of 1 and 0 of 9 are 10 %, not the mean of 100 % and 0 %."""
    assert Ratio.total([Ratio(1, 1), Ratio(0, 9)]).fraction == Fraction(1, 10)


def test_nothing_of_nothing_has_no_share() -> None:
    """0 of 0 is not 100 %, and not 0 % either: it is no measurement."""
    assert Ratio.total([]).fraction is None
    assert str(Ratio()) == "0 of 0"


def test_share_is_exact() -> None:
    """A third stays a third."""
    assert Ratio(1, 3).fraction == Fraction(1, 3)


def test_text_names_share_and_counts() -> None:
    """A reader can check the percentage."""
    assert str(Ratio(849, 1000)) == "84.9 % (849 of 1000)"


@given(st.integers(0, 10**6), st.integers(0, 10**6), shares)
def test_missing_is_the_smallest_step_that_reaches_the_demand(covered: int, rest: int, demanded: Fraction) -> None:
    """With so many more it is reached; with one less it is not."""
    ratio = Ratio(covered, covered + rest)
    missing = ratio.missing_to(demanded)
    assert covered + missing >= demanded * ratio.valid
    assert missing == 0 or covered + missing - 1 < demanded * ratio.valid


def test_nothing_is_missing_at_exactly_the_demand() -> None:
    """Bounds are inclusive."""
    assert Ratio(9, 10).missing_to(Fraction(9, 10)) == 0
    assert Ratio(8, 10).missing_to(Fraction(9, 10)) == 1


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(0), "0 %"),
        (Fraction(1), "100 %"),
        (Fraction(1, 2), "50 %"),
        (Fraction(2, 3), "66.7 %"),
        (Fraction(9994, 10_000), "99.9 %"),
        (Fraction(99_999, 100_000), "99.9 %"),
        (Fraction(1, 100_000), "0.1 %"),
    ],
)
def test_percentage_is_never_rounded_to_a_limit_that_is_not_true(share: Fraction, text: str) -> None:
    """100 % and 0 % are said only where they hold exactly."""
    assert percent(share) == text


@given(shares)
def test_percentage_says_all_or_nothing_only_where_it_is(share: Fraction) -> None:
    """For every share there is."""
    assert (percent(share) == "100 %") == (share == 1)
    assert (percent(share) == "0 %") == (share == 0)

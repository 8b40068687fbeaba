"""The value types of the policy language, where they refuse what could mean something else."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from gate.criteria.fields import Percent

PERCENT: TypeAdapter[Fraction] = TypeAdapter(Percent)


@pytest.mark.parametrize(
    ("written", "share"),
    [
        (70, Fraction(7, 10)),
        ("70%", Fraction(7, 10)),
        (Decimal("70.5"), Fraction(705, 1000)),
        (1, Fraction(1, 100)),
        (Decimal("1.0"), Fraction(1, 100)),
        ("0.7%", Fraction(7, 1000)),
        (0, Fraction(0)),
        (Decimal("0.0"), Fraction(0)),
    ],
)
def test_a_percentage_is_a_number_or_has_its_sign(written: Any, share: Fraction) -> None:
    """Both are the same share, exactly."""
    assert PERCENT.validate_python(written) == share


@pytest.mark.parametrize("written", [Decimal("0.7"), Decimal("0.75"), Decimal("0.999"), Decimal("1e-30")])
def test_a_number_between_0_and_1_is_no_percentage(written: Decimal) -> None:
    """`lines: 0.7` is meant as 70 %, and would be taken as 0.7 %."""
    with pytest.raises(ValidationError, match="write 70% or 70"):
        PERCENT.validate_python(written)

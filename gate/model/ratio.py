"""Counts that add up: a ratio is two whole numbers until it becomes text."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of so many. Adds up; compares as an exact fraction."""

    covered: int = 0
    valid: int = 0

    def __add__(self, other: "Ratio") -> "Ratio":
        """The ratio of both together."""
        return Ratio(self.covered + other.covered, self.valid + other.valid)

    @property
    def fraction(self) -> Fraction | None:
        """The exact share, or nothing for 0 of 0."""
        return Fraction(self.covered, self.valid) if self.valid else None

    @classmethod
    def total(cls, ratios: Iterable["Ratio"]) -> "Ratio":
        """The sum of all."""
        return sum(ratios, cls())

    def missing_to(self, demanded: Fraction) -> int:
        """How many more must be covered before `demanded` is reached (0 when it is)."""
        return max(
            0,
            -((self.covered * demanded.denominator - demanded.numerator * self.valid) // demanded.denominator),
        )

    def __str__(self) -> str:
        """`84.9 % (849 of 1000)`."""
        share = self.fraction
        return f"0 of {self.valid}" if share is None else f"{percent(share)} ({self.covered} of {self.valid})"


def percent(share: Fraction) -> str:
    """A share as text with one decimal, never rounded up to a 100 or down to a 0 that is not true."""
    tenths = round(share * 1000)
    if tenths == 1000 and share < 1:  # noqa: PLR2004 - a thousand tenths of a percent
        tenths = 999
    if tenths == 0 and share > 0:
        tenths = 1
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest} %" if rest else f"{whole} %"

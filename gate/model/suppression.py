"""Marks that a report itself sets on a finding (SARIF `suppressions`, inline comments, VEX)."""

from dataclasses import dataclass

_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Hangul fillers: letters to Unicode, and nothing to the eye."""


def is_said(reason: str) -> bool:
    """Whether a reason has at least one letter or digit; spaces, signs and what nobody can see give none."""
    return any(character.isalnum() and character not in _BLANK_LETTERS for character in reason)


@dataclass(frozen=True, slots=True)
class Suppression:
    """One mark: who says that the finding need not count, and why.

    `status` follows SARIF 2.1.0, section 3.35.3: `accepted` (also when absent), `underReview` or `rejected`.
    """

    kind: str
    status: str = "accepted"
    justification: str = ""
    by: str = ""

    @property
    def can_be_honoured(self) -> bool:
        """Whether a policy that honours suppressions may follow this one: accepted, and with a reason."""
        return self.status == "accepted" and is_said(self.justification)

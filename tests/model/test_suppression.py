"""Marks inside reports: what a reason is."""

import pytest

from gate.model.suppression import Suppression, is_said


@pytest.mark.parametrize("reason", ["", " ", " \u200b", "\u3164", "\uffa0\u1160", "\u2800", "-", "…", "!?"])
def test_what_nobody_can_read_is_no_reason(reason: str) -> None:
    """Spaces, signs, and letters that show nothing; a mark with such a justification is not honoured."""
    assert not is_said(reason)
    assert not Suppression("inSource", justification=reason).can_be_honoured


@pytest.mark.parametrize("reason", ["x", "\u200b7", "checked by hand", "確認済み", "проверено"])
def test_a_letter_or_a_digit_of_any_script_is_a_reason(reason: str) -> None:
    """How good it is, people judge."""
    assert Suppression("inSource", justification=reason).can_be_honoured

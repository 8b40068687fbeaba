"""What every criterion can say, whatever its kind."""

import pytest
from pydantic import ValidationError

from gate.criteria.findings import Findings
from tests.conftest import valid


@pytest.mark.parametrize(
    "reason", ["no", "No", " off ", "on", "yes", "false", "TRUE", "none", "null", "", " ", "\u200b", "-", False, True]
)
def test_a_criterion_is_not_disabled_without_a_reason(reason: object) -> None:
    """`disabled: no` is text in YAML 1.2, and whoever writes it means the opposite of switching off."""
    with pytest.raises(ValidationError):
        valid(Findings, kind="findings", disabled=reason)


@pytest.mark.parametrize("reason", ["no scanner for this language", "off until the move", "SEC-7"])
def test_a_reason_may_begin_with_any_word(reason: str) -> None:
    """Only the bare word says nothing."""
    assert valid(Findings, kind="findings", disabled=reason).disabled == reason

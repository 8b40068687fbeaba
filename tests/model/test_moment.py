"""Times as reports write them."""

from datetime import UTC, datetime

import pytest

from gate.model.moment import moment, zoneless


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22T12:00:00Z", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("2026-11-22T13:00:00.5+01:00", datetime(2026, 11, 22, 12, 0, 0, 500_000, tzinfo=UTC)),
        (" 2026-11-22 12:00:00 ", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("2026-11-22", datetime(2026, 11, 22, tzinfo=UTC)),
    ],
)
def test_time_is_read_in_utc(text: str, expected: datetime) -> None:
    """Whatever its zone; without one it is UTC."""
    assert moment(text) == expected


@pytest.mark.parametrize("text", ["", "now", "22 Nov 2026", "2026-13-01", "0001-01-01T00:00+23:00", "1700000000.5"])
def test_what_is_no_time_is_nothing(text: str) -> None:
    """Nor is one that lies before the calendar, once it is in UTC."""
    assert moment(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22T12:00:00", True),
        ("2026-11-22", True),
        ("2026-11-22T12:00:00Z", False),
        ("2026-11-22T12:00-05:00", False),
    ],
)
def test_time_without_a_zone_is_known_as_such(text: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """So that the gate can say that it took it as UTC."""
    assert zoneless(text) is expected


def test_what_is_no_time_lacks_no_zone() -> None:
    """There is nothing to say about it."""
    assert not zoneless("now")
    assert not zoneless("")

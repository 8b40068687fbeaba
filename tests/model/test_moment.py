"""Times as reports write them."""

from datetime import UTC, datetime

import pytest

from gate.model.moment import moment, zoneless


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22T12:00:00Z", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        (" 2026-11-22T12:00:00+02:00\n", datetime(2026, 11, 22, 10, tzinfo=UTC)),
        ("2026-11-22 12:00:00.123456789Z", datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)),
        ("2026-11-22T12:00:00", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("2026-11-22", datetime(2026, 11, 22, tzinfo=UTC)),
        ("22 November 2026", None),
        ("1763812800", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("2026-13-01", None),
        ("", None),
        ("\0", None),
    ],
)
def test_time_is_iso_8601_or_none(text: str, expected: datetime | None) -> None:
    """In UTC, also where no zone is stated; a time that no calendar has is none."""
    assert moment(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("2026-11-22T12:00:00", True), ("2026-11-22T12:00:00Z", False), ("soon", False), ("", False)]
)
def test_time_without_a_zone_is_known_as_such(text: str, expected: bool) -> None:  # noqa: FBT001 - a table of cases
    """Whoever reads it says that it counted as UTC."""
    assert zoneless(text) is expected

"""Times as reports write them."""

from datetime import UTC, datetime


def moment(text: str) -> datetime | None:
    """The time that an ISO 8601 text states, in UTC; nothing where it is no such text. Without a zone it is UTC."""
    try:
        stated = datetime.fromisoformat(text.strip())
        return stated.replace(tzinfo=UTC) if stated.tzinfo is None else stated.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def zoneless(text: str) -> bool:
    """Whether it is a time without a zone, which counts as UTC; whoever reads it says so."""
    try:
        return datetime.fromisoformat(text.strip()).tzinfo is None
    except ValueError:
        return False

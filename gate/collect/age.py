"""How old a report is, by its own words; the date of the file says nothing, for a checkout resets it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from gate.model.evidence import Statement
from gate.model.problem import Problem, Slug

CLOCK_SKEW = timedelta(minutes=10)
"""How far ahead a producer's clock may be."""

_LET_IT_SAY = "let the tool write the time of its run into the report, with its zone"


def from_the_future(statements: tuple[Statement, ...], now: datetime) -> Iterator[Problem]:
    """A time that has not come yet: something is wrong with a clock, or with the report."""
    ends = (statement.made_until or statement.made_at for statement in statements)
    latest = max(filter(None, ends), default=now)
    if latest - now > CLOCK_SKEW:
        yield Problem(
            Slug.FUTURE_REPORT, f"it says that it was made at {latest}, which is yet to come", hint=_LET_IT_SAY
        )


def stale(statements: tuple[Statement, ...], max_age: timedelta, now: datetime) -> Iterator[Problem]:
    """Why the report is older than `max_age`, by the oldest time that it states, or may be: one run without a time."""
    yield from from_the_future(statements, now)
    oldest = min((statement.made_at for statement in statements if statement.made_at), default=None)
    if oldest is None or not all(statement.made_at for statement in statements):
        message = f"it does not say when it was made, and the source allows {_span(max_age)}"
        yield Problem(Slug.UNDATED_REPORT, message, hint=_LET_IT_SAY)
    elif now - oldest > max_age:
        message = f"it was made at {oldest}, {_span(now - oldest)} ago, and the source allows {_span(max_age)}"
        yield Problem(Slug.STALE_REPORT, message, hint="produce it again in this run")


def _span(time: timedelta) -> str:
    """A length of time in its largest whole unit, rounded down."""
    seconds = time // timedelta(seconds=1)
    for unit, length in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit}"
    return f"{seconds} seconds"

"""The value types of the policy language, each with its JSON Schema.

Values come from `policy.yaml`: text, whole numbers, `Decimal`, booleans, lists and mappings. Nothing is coerced.
"""

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

DURATION_UNITS = {
    "ms": timedelta(milliseconds=1),
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s?(ms|s|m|h|d|w)", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,9})?)\s?%", re.ASCII)
MAX_PERCENT = 100


def _percent(value: object) -> Fraction:
    """`70%`, `70` or `70.5`: the exact share. `0.7` may mean two things, and is refused."""
    if isinstance(value, Fraction):
        return value
    found = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    number = found[1] if found else value
    if (
        isinstance(number, bool)
        or not isinstance(number, int | Decimal | str)
        or (number is value and isinstance(value, str))
    ):
        message = "expected a percentage such as 70% or 70"
        raise ValueError(message)
    if not found and 0 < Decimal(number) < 1:
        message = "a number between 0 and 1 may be meant as a fraction: write 70% or 70 (0.7% where that is meant)"
        raise ValueError(message)
    share = Fraction(number) / MAX_PERCENT
    if not 0 <= share <= 1:
        message = "a percentage lies between 0% and 100%"
        raise ValueError(message)
    return share


def _duration(value: object) -> timedelta:
    """`7d`, `12h`, `300ms`: a number and its unit."""
    if isinstance(value, timedelta):
        return value
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if not found:
        message = f"expected a duration with its unit ({', '.join(DURATION_UNITS)}), such as 7d"
        raise ValueError(message)
    try:
        return float(found[1]) * DURATION_UNITS[found[2]]
    except OverflowError as error:
        message = f"{found[0]} is longer than time itself is counted here"
        raise ValueError(message) from error


def _date(value: object) -> date:
    """`2026-11-22`."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        message = "expected a date such as 2026-11-22"
        raise ValueError(message)
    return date.fromisoformat(value)


def many(value: object) -> object:
    """One text stands for a list of one."""
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) else value


def _pattern(value: str) -> str:
    """A path pattern stays inside the workspace."""
    segments = value.split("/")
    if value.startswith("/") or re.match(r"[A-Za-z]:", value) or ".." in segments or "\\" in value or "\0" in value:
        message = "a path is relative to the workspace, without '..' and with forward slashes"
        raise ValueError(message)
    if not value or "" in segments[:-1] or value.endswith("/"):
        message = "a path names files, such as evidence/*.sarif"
        raise ValueError(message)
    return value.removeprefix("./")


def _count_or_percent(value: object) -> int | Fraction:
    """A whole number, or a share with its per cent sign."""
    if isinstance(value, str):
        return _percent(value)
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        message = "expected a whole number such as 6, or a percentage such as 60%"
        raise ValueError(message)
    return value


def _non_empty(value: tuple[Any, ...]) -> tuple[Any, ...]:
    if not value:
        message = "an empty list demands nothing; name at least one, or leave the key out"
        raise ValueError(message)
    return value


_TEXTS_SCHEMA: dict[str, Any] = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]
}

Percent = Annotated[
    Fraction,
    BeforeValidator(_percent),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^\d{1,3}(\.\d+)?\s?%$"},
                {"type": "number", "minimum": 1, "maximum": 100},
                {"const": 0},
            ],
            "description": "A percentage, such as 70% or 70.",
        }
    ),
]
"""A share between 0 and 1, exact."""

Duration = Annotated[
    timedelta,
    BeforeValidator(_duration),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d+(\.\d+)?\s?(ms|s|m|h|d|w)$",
            "description": "A duration, such as 7d or 300ms.",
        }
    ),
]
"""A length of time; the unit is always written."""

Day = Annotated[
    date,
    BeforeValidator(_date),
    WithJsonSchema({"type": "string", "format": "date", "description": "A date, such as 2026-11-22."}),
]
"""A calendar day (UTC)."""

Count = Annotated[int, Field(ge=0)]
"""A whole number, 0 or more."""

CountOrPercent = Annotated[
    int | Fraction,
    BeforeValidator(_count_or_percent),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 0},
                {"type": "string", "pattern": r"^\d{1,3}(\.\d+)?\s?%$"},
            ]
        }
    ),
]
"""A whole number, or a share between 0 and 1 where the per cent sign is written."""

Text = Annotated[str, Field(min_length=1)]
"""Text that says something."""

Texts = Annotated[tuple[Text, ...], BeforeValidator(many), AfterValidator(_non_empty), WithJsonSchema(_TEXTS_SCHEMA)]
"""One text, or a list of at least one."""

PathPattern = Annotated[str, AfterValidator(_pattern)]

PathPatterns = Annotated[
    tuple[PathPattern, ...], BeforeValidator(many), AfterValidator(_non_empty), WithJsonSchema(_TEXTS_SCHEMA)
]
"""One path pattern, or a list of at least one; see `model/glob.py` for what wildcards mean."""

"""Regular expressions that take linear time on any text."""

import pytest
from pydantic import TypeAdapter, ValidationError

from gate.criteria.patterns import Expressions, compiled
from tests.conftest import no_hang

EXPRESSIONS: TypeAdapter[tuple[str, ...]] = TypeAdapter(Expressions)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("^b$", "a\nb\nc", True),
        ("a.b", "a\nb", False),
        ("(?i)password", "PASSWORD", True),
        ("é", "café", True),
        ("a|b$", "xb\ny", True),
        (r"\bkey\b", "a key", True),
    ],
)
def test_expression_is_searched_line_by_line(pattern: str, text: str, found: bool) -> None:  # noqa: FBT001 - a table
    """As `grep` does; flags may be written in it."""
    assert bool(compiled(pattern).search(text)) is found


@pytest.mark.parametrize("value", ["a", ["a", "b"]])
def test_one_expression_or_several(value: object) -> None:
    """A single text stands for a list of one."""
    assert EXPRESSIONS.validate_python(value) == tuple(value if isinstance(value, list) else [value])


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(?=x)", "invalid perl operator"),
        ("(?<!x)y", "invalid perl operator"),
        (r"(a)\1", "invalid escape sequence"),
        ("(", "missing"),
        ("a)(?:b", "unexpected"),
        ("a{1001}", "repetition"),
        ("((a{100}){100}){100}", "."),
    ],
)
def test_expression_that_re2_does_not_know_is_refused(pattern: str, reason: str) -> None:
    """Look-around and back-references cannot be matched in linear time; the message says what is wrong."""
    with pytest.raises(ValidationError, match=reason):
        EXPRESSIONS.validate_python(pattern)


@pytest.mark.parametrize("pattern", ["a*", "", ".*", "x?", "^", "()"])
def test_expression_that_everything_matches_is_refused(pattern: str) -> None:
    """It would demand nothing, or forbid every file."""
    with pytest.raises(ValidationError):
        EXPRESSIONS.validate_python(pattern)


def test_hostile_text_is_searched_in_linear_time() -> None:
    """The classic that takes a backtracking engine for ever."""
    with no_hang():
        assert not compiled("(a|a)*b(a+)+$").search("a" * 200_000)

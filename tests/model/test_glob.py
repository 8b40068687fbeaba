"""Path patterns: what they match, and that no pattern makes them slow."""

import fnmatch
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.model.glob import fixed_prefix, is_pattern, matches, matches_any, matches_name


@pytest.mark.parametrize(
    ("path", "pattern", "expected"),
    [
        ("a/b.xml", "a/*.xml", True),
        ("a/b/c.xml", "a/*.xml", False),
        ("a/b/c.xml", "a/**/*.xml", True),
        ("a/c.xml", "a/**/*.xml", True),
        ("a/b/c", "**", True),
        ("x/y/a", "**/a", True),
        ("a", "**/a", True),
        ("xa", "**/a", False),
        ("a/b", "a/**", True),
        ("a", "a/**", True),
        ("a/.hidden", "a/*", True),
        ("A/b", "a/b", False),
        ("report-7.xml", "report-[0-9].xml", True),
        ("report-x.xml", "report-[!0-9].xml", True),
        ("a]b", "a[]]b", True),
        ("a[b", "a[b", True),
        ("a/b", "a?b", False),
        ("", "*", True),
        ("a**b", "a**b", True),
        ("abcb", "a**b", True),
    ],
)
def test_a_pattern_matches_whole_paths(path: str, pattern: str, expected: bool) -> None:  # noqa: FBT001
    """Stars stay within a segment, two stars span segments, case counts, dots are letters."""
    assert matches(path, pattern) is expected


def test_any_pattern_suffices() -> None:
    """And none of none does not."""
    assert matches_any("a", ("b", "a"))
    assert not matches_any("a", ())


@pytest.mark.parametrize(
    ("pattern", "prefix"), [("a/b/*.xml", "a/b"), ("*.xml", ""), ("a/b.xml", "a"), ("a/*/c/d", "a"), ("a", "")]
)
def test_a_walk_starts_where_the_wildcards_begin(pattern: str, prefix: str) -> None:
    """No folder is looked at that cannot hold a match."""
    assert fixed_prefix(pattern) == prefix


def test_only_wildcards_make_a_pattern() -> None:
    """Braces and tildes are letters."""
    assert is_pattern("a*")
    assert not is_pattern("a{b}~")


@given(st.text("ab*?", max_size=12), st.text("ab", max_size=12))
def test_names_match_as_the_standard_library_says(pattern: str, name: str) -> None:
    """`fnmatch` is the oracle where its patterns mean the same."""
    assert matches_name(name, pattern) is bool(re.fullmatch(fnmatch.translate(pattern), name))


def test_a_pattern_of_many_stars_is_not_slow() -> None:
    """A backtracking matcher would need more steps than there are atoms."""
    assert not matches("a" * 3000 + "/c", "*a" * 40 + "b/**/**/**/c")

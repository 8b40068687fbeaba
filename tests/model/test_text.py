"""Text from outside loses its power, and stays readable."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.model.text import LONGEST, inert, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text, ümläut, 漢字, ✅", "plain text, ümläut, 漢字, ✅"),
        ("two\nlines\r\n", r"two\nlines\r\n"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("\x9b31m\x00", r"\x9b31m\x00"),
        ("\u202eevil", r"\u202eevil"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("line\u2028separator", r"line\u2028separator"),
        ("half \ud800", r"half \ud800"),
        ("tag \U000e0041", r"tag \U000e0041"),
        ("filler \u3164", r"filler \u3164"),
        ("84.9\u00a0%", "84.9 %"),
    ],
)
def test_what_acts_or_hides_becomes_an_escape(text: str, shown: str) -> None:
    """Letters and signs stay; special spaces become plain ones."""
    assert visible(text) == shown


def test_no_control_or_format_character_of_unicode_gets_through() -> None:
    """Every one, not those only that somebody thought of."""
    unseen = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    through = [c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) in unseen and c in visible(c)]
    assert through == []


def test_a_text_at_the_limit_is_whole_and_a_longer_one_says_what_is_missing() -> None:
    """The limit itself is allowed."""
    assert visible("x" * LONGEST) == "x" * LONGEST
    assert visible("x" * (LONGEST + 7)) == "x" * LONGEST + "… (7 more characters)"


@pytest.mark.parametrize("line", ["::error::x", "  ::error::x", "\u3000::error::x", "a\n\t::error::x"])
def test_no_line_starts_with_a_command(line: str) -> None:
    """White space before it does not help."""
    assert all(not part.strip().startswith("::") for part in inert(line).split("\n"))
    assert "error" in inert(line)


def test_the_legacy_command_is_broken_wherever_it_stands() -> None:
    """The runner looks for it anywhere in a line."""
    assert inert("a ##[error]b") == r"a ##\[error]b"


def test_text_without_commands_stays_as_it_is() -> None:
    """A double colon within a line is nothing to the runner."""
    text = "std::vector\n  name::other # [x]"
    assert inert(text) == text


@given(st.text())
def test_any_text_becomes_one_printable_line(text: str) -> None:
    """Whatever a report holds."""
    assert visible(text).isprintable()
    assert len(visible(text).splitlines()) <= 1


@given(st.lists(st.text(alphabet=":# [x\t\u3000"), max_size=5))
def test_no_mixture_of_blanks_and_signs_makes_a_command(lines: list[str]) -> None:
    """Also where the replacement of one sign could make another."""
    for line in inert("\n".join(lines)).split("\n"):
        assert not line.strip().startswith("::")
        assert "##[" not in line

"""What people write in headings and cells, reduced to what they mean."""

import pytest

from gate.criteria.wording import contains_words, is_heading, meaning, mended, plain, signs, without_number, words
from tests.conftest import no_hang


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Bold** and `code`", "Bold and code"),
        ("[Runbook](docs/r.md)", "Runbook"),
        ("![alt](a.png) text", "alt text"),
        ("a<br>b", "a b"),
        ("~~gone~~", "gone"),
        ("_word_ snake_case", "word snake_case"),
        ("  two\n lines ", "two lines"),
        ("1 < 2 > 0", "1 < 2 > 0"),
        ("âœ… Done", "✅ Done"),
    ],
)
def test_plain_text_is_what_a_reader_sees(text: str, expected: str) -> None:
    """Without markup, on one line, in its own encoding."""
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Done ⚠️", ("⚠",)),
        ("❌Done✅", ("❌", "✅")),
        ("âœ… **yes**", ("✅",)),
        ("in-progress (1/2), café", ()),
    ],
)
def test_signs_are_what_is_neither_word_nor_ascii(text: str, expected: tuple[str, ...]) -> None:
    """One by one, wherever they stand."""
    assert signs(text) == expected


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("âœ…", "✅"),
        ("\u201aúÖ", "✅"),
        ("ğŸ”\u00b4", "🔴"),
        ("\u201aö†Ô∏è", "⚠\ufe0f"),
        ("Controlâ†\u2019Evidence", "Control→Evidence"),
        ("CafÃ©", "Café"),
        ("Café", "Café"),
        ("готово", "готово"),
        ("完了", "完了"),
        ("plain", "plain"),
    ],
)
def test_text_read_in_the_wrong_encoding_is_turned_back(broken: str, whole: str) -> None:
    """From Windows, Turkish and old Macintosh encodings; what is right stays."""
    assert mended(broken) == whole


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("✅ Complete", "complete"),
        ("**COMPLETE**", "complete"),
        ("In-Progress", "in progress"),
        ("✅", "✅"),
        ("âœ…", "✅"),
        ("⚠️", "⚠"),
        ("⚠️ Partial", "partial"),
        ("N/A", "n a"),
        ("—", "—"),
        ("", ""),
        ("Done (pending)", "done pending"),
        ("готово", "готово"),
    ],
)
def test_words_say_what_a_status_means_and_signs_where_there_are_no_words(cell: str, expected: str) -> None:
    """An emoji beside a word says nothing of its own."""
    assert meaning(cell) == expected


@pytest.mark.parametrize(
    ("heading", "wanted", "found"),
    [
        ("1. Recovery Steps ✅", "recovery steps", True),
        ("The recovery steps, in short", "Recovery Steps", True),
        ("Recovery and steps", "Recovery Steps", False),
        ("Recovery", "Recovery Steps", False),
        ("Recoverys steps", "Recovery steps", False),
        ("**Recovery** `steps`", "recovery steps", True),
    ],
)
def test_words_stand_together_and_in_order(heading: str, wanted: str, found: bool) -> None:  # noqa: FBT001 - a table
    """Whole words, whatever stands around them."""
    assert contains_words(heading, wanted) is found


@pytest.mark.parametrize(
    ("heading", "wanted", "same"),
    [
        ("1. Security Audit", "Security Audit", True),
        ("1. Security Audit", "1. Security Audit", True),
        ("1.2 Scope", "scope", True),
        ("📋 Checklist", "Checklist", True),
        ("Security Audit", "Security", False),
        ("Security Audit", "Security*", True),
        ("1.1 Sign-in ✅ COMPLETE", "Sign-in*", True),
        ("🎯 1. Sign-in", "sign-?n", True),
        ("2024 Review", "Review", False),
    ],
)
def test_heading_is_known_by_its_words_or_by_a_glob(heading: str, wanted: str, same: bool) -> None:  # noqa: FBT001
    """Its number and its emoji do not matter; a part of it is another heading."""
    assert is_heading(heading, wanted) is same


@pytest.mark.parametrize(
    ("heading", "expected"), [("1.2 Scope", "Scope"), ("3) Plan", "Plan"), ("2024 Review", "2024 Review"), ("A", "A")]
)
def test_number_of_a_heading_has_a_dot_or_a_bracket(heading: str, expected: str) -> None:
    """A year is a word."""
    assert without_number(heading) == expected


@pytest.mark.parametrize(
    "text",
    [
        "_" * 200_000,
        "a" + "_" * 200_000 + "b",
        "[" * 200_000,
        "[x](" * 50_000,
        "<a" * 100_000,
        "1." * 100_000,
        "é" * 200_000,
    ],
    ids=range(7),
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    """Cells and headings are a stranger's text."""
    with no_hang():
        assert isinstance(meaning(text), str)
        assert isinstance(words(text), tuple)
        assert not is_heading(text, "x*y")

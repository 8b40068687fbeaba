"""Words in messages."""

import pytest

from gate.model.words import did_you_mean, number_of, on_one_line, shown

KNOWN = ("findings", "tests", "coverage", "of", "min")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("findngs", "findings"),
        ("fidnings", "findings"),
        ("Findings", "findings"),
        ("findings-x", "findings"),
        ("mim", "min"),
        ("fo", "of"),
        ("tests", "tests"),
        ("covrge", "coverage"),
    ],
)
def test_the_nearest_word_is_proposed(word: str, meant: str) -> None:
    """Letters lost, doubled, changed or swapped, whatever their case."""
    assert did_you_mean(word, KNOWN) == f"did you mean '{meant}'?"


@pytest.mark.parametrize("word", ["", "x", "policy", "cvgxxrag", "a" * 61])
def test_a_far_word_is_not_guessed_at(word: str) -> None:
    """A wrong proposal is worse than none."""
    assert did_you_mean(word, KNOWN) == ""


def test_swapped_letters_are_nearer_than_any_others() -> None:
    """`form` is a slip for `from`, and no stump of `format`."""
    assert did_you_mean("form", ("format", "from")) == "did you mean 'from'?"


def test_without_known_words_there_is_nothing_to_propose() -> None:
    """Not even for the shortest word."""
    assert did_you_mean("a", ()) == ""


def test_the_order_of_known_words_does_not_matter() -> None:
    """The same mistake always gets the same answer."""
    assert did_you_mean("bat", ("cat", "hat", "bar")) == did_you_mean("bat", ("hat", "bar", "cat"))


def test_what_fits_on_a_line_stays_as_it_is() -> None:
    """Everything else is escaped, and cut where it is too long."""
    assert on_one_line("at most 5, not 'é'") == "at most 5, not 'é'"
    assert on_one_line("a\n\u202eb") == r"a\n\u202eb"
    assert (on_one_line("abc", 3), on_one_line("abcd", 3)) == ("abc", "abc…")


def test_a_strangers_text_stays_on_one_line_and_short() -> None:
    """Whatever it holds, it cannot begin a line of its own."""
    assert shown("a\nb\x1b[31m") == r"'a\nb\x1b[31m'"
    assert shown("x" * 500) == "'" + "x" * 59 + "…'"
    assert shown("x" * 58) == "'" + "x" * 58 + "'"


@pytest.mark.parametrize(("count", "text"), [(0, "0 files"), (1, "1 file"), (2, "2 files")])
def test_one_is_singular(count: int, text: str) -> None:
    """Everything else is plural."""
    assert number_of(count, "files") == text

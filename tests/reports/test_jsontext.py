"""JSON that may be printed anywhere."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.reports.jsontext import dumps

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(VALUES)
def test_a_value_comes_back_as_it_was(value: object) -> None:
    """Escapes change the text, never the value."""
    assert json.loads(dumps(value)) == value


def test_members_keep_their_order() -> None:
    """So that two runs can be compared line by line."""
    assert dumps({"b": 1, "a": [2]}) == '{\n  "b": 1,\n  "a": [\n    2\n  ]\n}\n'


@pytest.mark.parametrize("character", ["\x1b", "\x7f", "\x9b", "\u202e", "\u200b", "\ufeff", "\u2028", "\U000e0041"])
@pytest.mark.parametrize("before", ["", "ü"])
def test_what_acts_or_hides_stands_as_an_escape(character: str, before: str) -> None:
    """In pure ASCII and beside other letters."""
    text = dumps([before + character])
    assert character not in text
    assert json.loads(text) == [before + character]


def test_letters_stay_readable() -> None:
    """Only what acts is escaped."""
    assert dumps("Übung 84 %") == '"Übung 84 %"\n'


def test_half_of_a_surrogate_pair_is_spelt() -> None:
    """Hardly a reader accepts it, and no encoding can write it."""
    assert dumps({"x\ud800": "y\udcff"}) == '{\n  "x\\\\ud800": "y\\\\udcff"\n}\n'
    assert json.loads(dumps("\ud800")) == r"\ud800"

"""What a policy may say about a source."""

import pytest
from pydantic import ValidationError

from gate.criteria.source import Source
from tests.conftest import valid


@pytest.mark.parametrize(
    "words",
    [
        {"error": "high", "ERROR": "none"},
        {"very_high": "critical", "Very High": "low"},
        {"error": "high", " error ": "high"},
    ],
)
def test_a_word_has_one_meaning(words: dict[str, str]) -> None:
    """Case and joints do not count when a word is looked up, so the last of two spellings would win unseen."""
    with pytest.raises(ValidationError, match="the same word"):
        valid(Source, files="a", severity=words)


def test_different_words_may_mean_the_same() -> None:
    """And `prefer` is no word of the tool."""
    words = {"error": "high", "failure": "high", "prefer": "tool"}
    assert valid(Source, files="a", severity=words).severity == words

"""One scale of severity."""

import pytest

from gate.model.severity import WORDS, Rating, RatingSource, Scale, Severity

COMMON = Scale({})
SCORE, LEVEL, TOOL = RatingSource.SCORE, RatingSource.LEVEL, RatingSource.TOOL


@pytest.mark.parametrize(
    ("score", "severity"),
    [
        ("10", Severity.CRITICAL),
        ("9.0", Severity.CRITICAL),
        ("8.9", Severity.HIGH),
        (7.0, Severity.HIGH),
        (6.9, Severity.MEDIUM),
        ("4.0", Severity.MEDIUM),
        ("3.9", Severity.LOW),
        ("0.1", Severity.LOW),
        ("0.09", Severity.NONE),
        (0, Severity.NONE),
        (" 7.5 ", Severity.HIGH),
    ],
)
def test_scores_fall_into_the_bands_of_cvss(score: str | float, severity: Severity) -> None:
    """CVSS v3.1, section 5: lower bounds included."""
    assert COMMON.meaning(Rating("security-severity", score, SCORE)) is severity


@pytest.mark.parametrize(
    "value", ["10.1", "-0.1", "nan", "inf", "1e400", "", "\N{ARABIC-INDIC DIGIT SEVEN}", "seven", "7,5", "1_0"]
)
def test_what_is_no_score_is_unrated(value: str) -> None:
    """A number that means nothing may be the worst of all."""
    assert COMMON.meaning(Rating("security-severity", value, SCORE)) is Severity.UNRATED


@pytest.mark.parametrize(
    ("word", "severity"),
    [
        ("error", Severity.HIGH),
        ("warning", Severity.MEDIUM),
        ("note", Severity.LOW),
        ("none", Severity.NONE),
        ("CRITICAL", Severity.CRITICAL),
        ("Moderate", Severity.MEDIUM),
        ("very_high", Severity.CRITICAL),
        ("Very High", Severity.CRITICAL),
        ("recommendation", Severity.LOW),
        ("informational", Severity.NONE),
        ("unknown", Severity.UNRATED),
        ("purple", Severity.UNRATED),
    ],
)
def test_words_are_common_to_all_tools(word: str, severity: Severity) -> None:
    """SARIF's levels and the usual words, in any case and however joined."""
    assert COMMON.meaning(Rating("level", word, LEVEL)) is severity


def test_every_common_word_is_written_as_it_is_looked_up() -> None:
    """A word with a capital or an underscore would never be found."""
    assert all(COMMON.meaning(Rating("word", word)) is severity for word, severity in WORDS.items())


def test_the_worst_field_decides_and_is_named() -> None:
    """Level and score disagree freely: a warning with 9.8 is critical."""
    ratings = [Rating("level", "warning", LEVEL), Rating("security-severity", "9.8", SCORE)]
    assert COMMON.decide(ratings) == (Severity.CRITICAL, "security-severity: 9.8")
    assert COMMON.decide(reversed(ratings)) == (Severity.CRITICAL, "security-severity: 9.8")


def test_unrated_ranks_highest() -> None:
    """A word that nobody knows outranks a critical one."""
    ratings = [Rating("level", "critical", LEVEL), Rating("severity", "purple", TOOL)]
    assert COMMON.decide(ratings) == (Severity.UNRATED, "severity: purple")
    assert max(Severity) is Severity.UNRATED


def test_no_rating_is_unrated() -> None:
    """And it says why."""
    assert COMMON.decide([]) == (Severity.UNRATED, "no field rates it")


def test_a_preferred_field_decides_where_it_is_there() -> None:
    """Even when another is worse; without it the worst of the others decides."""
    scale = Scale({}, prefer=TOOL)
    ratings = [Rating("level", "error", LEVEL), Rating("issue_severity", "LOW", TOOL)]
    assert scale.decide(ratings)[0] is Severity.LOW
    assert scale.decide(ratings[:1])[0] is Severity.HIGH
    two = [*ratings, Rating("impact severity", "medium", TOOL)]
    assert scale.decide(two)[0] is Severity.MEDIUM


def test_own_words_come_first_and_say_whose_they_are() -> None:
    """A scale's own word, then that of the scale beneath, then the common one."""
    beneath = Scale({"error": Severity.LOW, "warning": Severity.LOW}, name="the table")
    scale = Scale({"error": Severity.MEDIUM}, name="the policy", beneath=beneath)
    assert scale.decide([Rating("level", "error")]) == (Severity.MEDIUM, "level: error, by the policy")
    assert scale.decide([Rating("level", "warning")]) == (Severity.LOW, "level: warning, by the table")
    assert scale.decide([Rating("level", "note")]) == (Severity.LOW, "level: note")


def test_a_tool_that_never_rates_has_a_severity_for_what_it_leaves_unstated() -> None:
    """A rating that is there comes before it."""
    scale = Scale({}, name="the table", unstated=Severity.HIGH)
    assert scale.decide([]) == (Severity.HIGH, "no field rates it, by the table")
    assert scale.decide([Rating("level", "note")])[0] is Severity.LOW


def test_labels_are_the_words_of_the_policy_language() -> None:
    """As `limits` writes them."""
    assert [severity.label for severity in Severity] == ["none", "low", "medium", "high", "critical", "unrated"]

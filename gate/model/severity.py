"""One scale of severity, and the only place where a finding's severity is decided.

A finding carries every rating its report states. The worst of them decides, and the field that decided is kept,
so that a person can follow the number back into the report. What the words of a tool mean is in `tools.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum


class Severity(IntEnum):
    """The scale. Unrated ranks highest: what nobody has rated may be the worst of all."""

    NONE = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4
    UNRATED = 5

    @property
    def label(self) -> str:
        """The word of the policy language."""
        return self.name.lower()


class RatingSource(Enum):
    """Which sort of field a rating comes from; a policy may prefer one."""

    SCORE = "score"
    LEVEL = "level"
    TOOL = "tool"


@dataclass(frozen=True, slots=True)
class Rating:
    """One field that speaks of severity, as the report has it: a word, or a CVSS score from 0 to 10."""

    field: str
    value: str | float
    source: RatingSource = RatingSource.TOOL


WORDS: Mapping[str, Severity] = {
    "critical": Severity.CRITICAL,
    "blocker": Severity.CRITICAL,
    "very-high": Severity.CRITICAL,
    "fatal": Severity.CRITICAL,
    "high": Severity.HIGH,
    "important": Severity.HIGH,
    "severe": Severity.HIGH,
    "error": Severity.HIGH,
    "major": Severity.HIGH,
    "medium": Severity.MEDIUM,
    "moderate": Severity.MEDIUM,
    "warning": Severity.MEDIUM,
    "warn": Severity.MEDIUM,
    "low": Severity.LOW,
    "minor": Severity.LOW,
    "note": Severity.LOW,
    "recommendation": Severity.LOW,
    "convention": Severity.LOW,
    "style": Severity.LOW,
    "refactor": Severity.LOW,
    "negligible": Severity.LOW,
    "very-low": Severity.LOW,
    "info": Severity.NONE,
    "information": Severity.NONE,
    "informational": Severity.NONE,
    "none": Severity.NONE,
}

CVSS_BANDS = ((9.0, Severity.CRITICAL), (7.0, Severity.HIGH), (4.0, Severity.MEDIUM), (0.1, Severity.LOW))
"""Lower bounds of the qualitative bands of CVSS v3.1 (section 5) and v4.0."""

CVSS_MAX = 10.0


@dataclass(frozen=True, slots=True)
class Scale:
    """What ratings mean: words of its own, those of the scale `beneath`, then the common words.

    `prefer` is the sort of field that decides where there is one, instead of the worst. `unstated` is the severity
    of a finding that no field rates. `name` says whose meaning it is, and stands behind what it decided.
    """

    words: Mapping[str, Severity]
    prefer: RatingSource | None = None
    name: str = ""
    unstated: Severity = Severity.UNRATED
    beneath: "Scale | None" = None

    def decide(self, ratings: Iterable[Rating]) -> tuple[Severity, str]:
        """The worst of the ratings, and the field that decided; `unstated` when there are none."""
        all_of_them = tuple(ratings)
        if not all_of_them:
            return self.unstated, _named("no field rates it", self._name_of_unstated())
        preferred = tuple(rating for rating in all_of_them if rating.source is self.prefer) or all_of_them
        worst = max(preferred, key=self.meaning)
        return self.meaning(worst), _named(f"{worst.field}: {worst.value}", self.look_up(_word(worst))[1])

    def meaning(self, rating: Rating) -> Severity:
        """What one rating says on the scale; a word or a number that means nothing is unrated."""
        word = _word(rating)
        known, _ = self.look_up(word)
        return known if known is not None else _of_score(word)

    def look_up(self, word: str) -> tuple[Severity | None, str]:
        """What a word means, and whose meaning that is."""
        if word in self.words:
            return self.words[word], self.name
        return self.beneath.look_up(word) if self.beneath else (WORDS.get(word), "")

    def _name_of_unstated(self) -> str:
        if self.unstated is Severity.UNRATED:
            return ""
        return self.beneath.name if self.beneath else self.name


def as_word(text: str) -> str:
    """A word of a scale as it is looked up: case does not count, nor whether it is joined by `_`, `-` or a space."""
    return text.strip().lower().replace("_", "-").replace(" ", "-")


def _word(rating: Rating) -> str:
    return as_word(str(rating.value))


def _named(decided: str, name: str) -> str:
    return f"{decided}, by {name}" if name else decided


def _of_score(text: str) -> Severity:
    """The band of a CVSS score; a negative one, one above 10 or no number at all is unrated."""
    try:
        score = float(text) if text.isascii() else -1.0
    except ValueError:
        return Severity.UNRATED
    if not 0.0 <= score <= CVSS_MAX:
        return Severity.UNRATED
    return next((severity for bound, severity in CVSS_BANDS if score >= bound), Severity.NONE)

"""Words in messages: how a stranger's text is quoted, and which known word was probably meant."""

from collections.abc import Iterable

_LONGEST = 60
_NEAR = 0.66
"""How alike two words are that mean the same, as `difflib` measures it."""


def shown(text: object) -> str:
    """A stranger's text in quotes, on one line, and cut where it is long."""
    written = repr(str(text))
    return written if len(written) <= _LONGEST else f"{written[:_LONGEST]}…'"


def on_one_line(text: str, longest: int = _LONGEST) -> str:
    """A text as it is, if it fits on a line; otherwise quoted or cut."""
    written = text if text.isprintable() else repr(text)[1:-1]
    return written if len(written) <= longest else f"{written[:longest]}…"


def number_of(count: int, plural: str) -> str:
    """`1 finding`, `2 findings`."""
    return f"{count} {plural.removesuffix('s') if count == 1 else plural}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean 'limits'?`, or nothing where no known word is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake pays for it

    by_lower = {other.lower(): str(other) for other in sorted(known)}
    letters = sorted(word.lower())
    # Swapped letters come first: to `difflib`, `form` is nearer to `format` than to `from`.
    swapped = [other for other in by_lower if sorted(other) == letters]
    near = swapped or get_close_matches(word[:_LONGEST].lower(), by_lower, n=1, cutoff=_NEAR)
    return f"did you mean {by_lower[near[0]]!r}?" if near else ""

"""What people write in headings and cells, reduced to what they mean: no markup, no emoji, no broken encoding."""

import re

from gate.model.glob import is_pattern, matches_name

ENCODINGS = ("cp1252", "cp1254", "mac_roman")
"""What UTF-8 is most often mistaken for; `âœ…` was `✅`."""

_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_MARKUP = re.compile(r"[*`~]+")
_WORD = re.compile(r"[^\W_]+")
_SIGN = re.compile(r"[^\w\s\x00-\x7f]")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_NUMBERING = re.compile(r"(?:\d{1,4}[.)])+\s+|\d{1,4}(?:\.\d{1,4})+\s+")
_LEADING_SIGNS = re.compile(r"^[\W_]+")
_INVISIBLE = str.maketrans("", "", "\ufe0e\ufe0f\u200d\u200b\ufeff")


def plain(text: str) -> str:
    """The text as a reader sees it: links by their text, without emphasis, code marks and tags, on one line."""
    unlinked = _TAG.sub(" ", _LINK.sub(r"\1", mended(text)))
    return " ".join(token.strip("_") or token for token in _MARKUP.sub("", unlinked).split())


def words(text: str) -> tuple[str, ...]:
    """The words of the text in lower case. Emoji, punctuation and markup are none."""
    return tuple(_WORD.findall(plain(text).casefold()))


def meaning(text: str) -> str:
    """What a short cell says: its words, or its signs where it has no words."""
    spoken = " ".join(words(text))
    return spoken or "".join(plain(text).translate(_INVISIBLE).split())


def signs(text: str) -> tuple[str, ...]:
    """The signs of the text, one by one: emoji, ticks and the like, wherever they stand. Punctuation is none."""
    return tuple(_SIGN.findall(plain(text).translate(_INVISIBLE)))


def without_number(heading: str) -> str:
    """`1.2 Scope` as `Scope`."""
    return _NUMBERING.sub("", heading, count=1) if _NUMBERING.match(heading) else heading


def is_heading(text: str, wanted: str) -> bool:
    """Whether a heading is the wanted one: the same words, or a glob over its text. Emoji and a number are ignored."""
    shown = _LEADING_SIGNS.sub("", plain(text), count=1)
    bare = without_number(shown)
    if is_pattern(wanted):
        return any(matches_name(one.casefold(), wanted.casefold()) for one in (shown, bare))
    return words(wanted) in (words(shown), words(bare))


def contains_words(text: str, wanted: str) -> bool:
    """Whether the words of `wanted` stand in the text, together and in order."""
    here, sought = words(text), words(wanted)
    return any(here[at : at + len(sought)] == sought for at in range(len(here) - len(sought) + 1))


def mended(text: str) -> str:
    """The text with every run that is UTF-8 read as something else turned back."""
    return text if text.isascii() else _FOREIGN.sub(lambda run: _mended_run(run[0]), text)


def _mended_run(run: str) -> str:
    for encoding in ENCODINGS:
        try:
            return b"".join(_byte(character, encoding) for character in run).decode()
        except UnicodeError:
            continue
    return run


def _byte(character: str, encoding: str) -> bytes:
    """The byte that was read as this character; those that the encoding leaves undefined stand for themselves."""
    try:
        return character.encode(encoding)
    except UnicodeEncodeError:
        return character.encode("latin-1")

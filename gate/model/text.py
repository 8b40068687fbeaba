"""Text from outside: made visible before a person or a log sees it.

Whatever comes out of a report, a file name, a branch or a title is hostile. Here it loses the power to hide, to move
the cursor, to reverse a line, or to begin a line that the runner obeys. What single sinks ask beyond that is theirs.
"""

import re
import unicodedata

LONGEST = 1000
"""How many characters of one stranger's text are shown; the whole text is in the report that it comes from."""

# Letters and marks that print nothing, although Unicode calls them printable.
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\U000e0100-\U000e01ef]")
_COMMAND = re.compile(r"^([^\S\n]*)::", re.MULTILINE)


def visible(text: str, longest: int = LONGEST) -> str:
    r"""The text on one line, without anything that acts or hides: such characters become escapes (`\n`, `\x1b`).

    A text longer than `longest` characters is cut, and says how much is missing. Special spaces become plain ones.
    """
    clipped = text if len(text) <= longest else f"{text[:longest]}… ({len(text) - longest} more characters)"
    if clipped.isprintable() and not _BLANK.search(clipped):
        return clipped
    return "".join(map(_shown, clipped))


def inert(text: str) -> str:
    """Lines of a log in which the runner finds no workflow command: no line starts with `::`, none holds `##[`.

    The lines end in line feeds; strangers' parts of them have gone through `visible`.
    """
    return _COMMAND.sub(r"\1\\::", text.replace("##[", r"##\["))


def _shown(character: str) -> str:
    """The character, a plain space for a special one, or an escape."""
    if character.isprintable() and not _BLANK.match(character):
        return character
    return " " if unicodedata.category(character) == "Zs" else ascii(character)[1:-1]

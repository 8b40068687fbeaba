"""Markdown as far as the gate reads it: blocks, headings, links and front matter.

Blocks follow CommonMark 0.31 with the tables of GitHub; inline text is left as it is written. markdown-it is loaded
when the first text is parsed.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_NESTING = 80
"""How deeply lists and quotes may nest; markdown-it passes over what lies deeper."""
MAX_CHARACTERS = 4 << 20
"""Longest text that is parsed; a document that people read is far below."""
FRONT_MATTER_LINES = 200

_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_ENTRY = re.compile(r"""([A-Za-z][\w-]*)\s*[:=]\s*["']?(.*?)["']?\s*""")
_TARGET = re.compile(
    r"\]\(\s*(?:<([^<>\n]*)>|((?:[^()\s<>]|\([^()\s]*\))+))|^ {0,3}\[[^\]\n]+\]:[ \t]*<?([^\s<>]+)", re.MULTILINE
)
_CODE = re.compile(r"`[^`\n]*`")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
# An address in angle brackets is no tag: its scheme ends in a colon that no name follows.
_TAG = re.compile(r"<[/!?]?[A-Za-z][\w.-]*(?::[A-Za-z][\w.-]*)?(?:[\s/][^<>]*)?>")
_FENCE = re.compile(r"^[ \t>]*(?:`{3,}[^`\n]*|~{3,}[^\n]*)$", re.MULTILINE)
_DEFINITION = re.compile(r"""^ {0,3}\[[^\]\n^][^\]\n]*\]:[ \t]*\S+(?:[ \t]+["'(][^\n]*)?$""", re.MULTILINE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_FILLERS = str.maketrans("", "", "\u115f\u1160\u3164\uffa0")
"""Letters of Hangul that show nothing; Unicode counts them as letters, other invisible characters not."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it is written, its level from 1 to 6, and its line."""

    text: str
    level: int
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a file of the workspace, as the document writes it without query and fragment."""

    target: str
    line: int


def blocks(text: str) -> "list[Token]":
    """The block tokens of the text; front matter is none of them, and lines keep their numbers."""
    return _parser().parse("\n".join(body(text)))


def headings(text: str) -> Iterator[Heading]:
    """All headings in order."""
    for token, content in pairwise(blocks(text)):
        if token.type == "heading_open":
            yield Heading(content.content, int(token.tag[1]), (token.map or [0])[0] + 1)


def links(text: str) -> Iterator[Link]:
    """The links and pictures that lead to files, those of reference definitions included; code is passed over."""
    for first, chunk in _prose(text):
        masked = _CODE.sub(lambda code: "`" * len(code[0]), chunk)
        line, counted = first, 0
        for found in _TARGET.finditer(masked):
            line, counted = line + masked.count("\n", counted, found.start()), found.start()
            written = next(filter(None, found.groups()), "")
            target = unquote(re.split("[?#]", written, maxsplit=1)[0])
            if target and not target.startswith("//") and not _SCHEME.match(target):
                yield Link(target, line)


def front_matter(text: str) -> Mapping[str, str]:
    """The `key: value` lines at the top of the document, between `---` (or `+++`) lines; keys in lower case."""
    entries = (_ENTRY.fullmatch(line) for line in lines_of(text)[1 : _end_of_front_matter(text)])
    return {found[1].lower().replace("-", "_"): found[2] for found in entries if found}


def visible(text: str) -> str:
    """What a reader of the rendered document sees: neither front matter nor comments."""
    text = "\n".join(body(text))
    shown = []
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        shown.append(text[at:start])
        end = text.find("-->", start)
        at = end + 3 if end >= 0 else len(text)
    return " ".join([*shown, text[at:]])


def legible(text: str) -> str:
    """What of the visible text can be words: no tags, marks of code blocks, reference definitions, and fillers."""
    shown = visible(text)
    for unseen in (_FENCE, _DEFINITION, _TAG):
        shown = unseen.sub(" ", shown)
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), shown).translate(_FILLERS)


def body(text: str) -> list[str]:
    """The lines of the text, those of the front matter emptied."""
    lines = lines_of(text)
    end = _end_of_front_matter(text)
    return [""] * (end + 1) + lines[end + 1 :] if end else lines


def lines_of(text: str) -> list[str]:
    """The lines of the text, whichever line ends it has."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _end_of_front_matter(text: str) -> int:
    """The index of the line that closes the front matter, 0 where there is none."""
    lines = lines_of(text[: FRONT_MATTER_LINES * 200])[:FRONT_MATTER_LINES]
    ends = _FENCES.get(lines[0].rstrip(), ())
    return next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() in ends), 0)


def _prose(text: str) -> Iterator[tuple[int, str]]:
    """The text outside of code blocks, in chunks with the number of their first line.

    Reference definitions are no tokens, so what no code block covers is prose.
    """
    lines = body(text)
    start = 0
    for token in blocks(text):
        if token.type in ("fence", "code_block") and token.map:
            yield start + 1, "\n".join(lines[start : token.map[0]])
            start = token.map[1]
    yield start + 1, "\n".join(lines[start:])


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - a run without documents does not pay for it

    return MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table").disable("inline")

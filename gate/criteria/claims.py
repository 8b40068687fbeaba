"""Where people say that the proof is: paths in a cell or a task, among prose, links and notes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from gate.criteria.tree import Tree, seen_from
from gate.model.glob import is_pattern

SUFFIXES = frozenset(
    {"adoc", "cfg", "conf", "csv", "docx", "html", "ini", "json", "log", "md", "pdf", "png", "py", "rst", "sarif", "sh"}
    | {"svg", "tf", "toml", "txt", "xlsx", "xml", "yaml", "yml"}
)
"""Endings that make a bare word the name of a file; `Node.js` and `example.com` are none."""

_LINK = re.compile(r"!?\[[^\[\]]*\]\(([^()]*)\)")
_TICKS = re.compile(r"`+")
_CODE = re.compile(r"`([^`]+)`")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s)>]*|mailto:\S+")
_ASIDE = re.compile(r"\(([^()]*)\)")
_LINE = re.compile(r"(?:#.*|:\d+(?:[-:]\d+)?)$")
_SEPARATOR = re.compile(r"[\s,;]+|<br ?/?>")


@dataclass(frozen=True, slots=True)
class Claim:
    """The paths that a text names, whether it names places outside of the workspace, and its notes in parentheses."""

    paths: tuple[str, ...]
    elsewhere: bool
    asides: tuple[str, ...]


def claim_of(text: str, tree: Tree) -> Claim:
    """What the text claims. Links and code spans count first; of the prose only what is plainly a path."""
    text = _TICKS.sub("`", text)
    targets = [(found[1].split() or [""])[0].strip("<>") for found in _LINK.finditer(text)]
    text = _LINK.sub(" ", text)
    code = [found[1].strip() for found in _CODE.finditer(text)]
    text = _CODE.sub(" ", text)
    elsewhere = any(map(_URL.match, targets + code)) or bool(_URL.search(text))
    text = _URL.sub(" ", text)
    paths = [target for target in targets if not _URL.match(target)]
    paths += [one for one in code if not _URL.match(one) and _is_path(one, tree)]
    asides = tuple(found[1] for found in _ASIDE.finditer(text))
    words = (word.strip("*_'\".:!()[]") for word in _SEPARATOR.split(_ASIDE.sub(" ", text)))
    paths.extend(word for word in words if _is_bare_path(word, tree))
    cleaned = (unquote(_LINE.sub("", path.strip())) for path in paths)
    return Claim(tuple(dict.fromkeys(filter(None, cleaned))), elsewhere, asides)


def unproved(claim: Claim, document: str, tree: Tree) -> Iterator[str]:
    """The paths of the claim that name nothing, or nothing that holds a byte.

    A path is seen from the root or from the document: both are customary.
    """
    for path in claim.paths:
        if not any(tree.is_filled(seen) for seen in _readings(path, document)):
            yield path


def _readings(path: str, document: str) -> tuple[str, str]:
    return seen_from("", path), seen_from(document, path)


def _is_path(code: str, tree: Tree) -> bool:
    """Whether a code span is a path: it has a slash or a suffix and no space, or names what is there."""
    return tree.has(code) or (not any(map(str.isspace, code)) and ("/" in code or _suffix(code) in SUFFIXES))


def _is_bare_path(word: str, tree: Tree) -> bool:
    """Whether a word of the prose is a path. `CSP/COOP` is none, unless there is a folder `CSP`."""
    first, slash, _ = word.partition("/")
    if not slash:
        return _suffix(word) in SUFFIXES
    return bool(_suffix(word)) or word.endswith("/") or is_pattern(word) or tree.has(first)


def _suffix(word: str) -> str:
    """What follows the last dot of the file's name."""
    stem, dot, suffix = word.rpartition("/")[2].rpartition(".")
    return suffix.lower() if dot and (stem or "/" in word) and suffix.isalnum() else ""

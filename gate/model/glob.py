"""Path patterns, matched in time proportional to pattern times path, whatever the pattern.

`*` and `?` stay within one segment, `**` spans any number of segments, `[abc]` and `[!abc]` are classes. Case
counts. A segment that starts with a dot is matched like any other.
"""

import re
from functools import lru_cache

MAGIC = frozenset("*?[")
_RANGE = re.compile(r"(.)-(.)")
_CLASS = re.compile(r"\[(!?)(\]?[^\]]*)\]")


def is_pattern(text: str) -> bool:
    """Whether the text has any wildcard."""
    return not MAGIC.isdisjoint(text)


def fixed_prefix(pattern: str) -> str:
    """The leading folders of the pattern that have no wildcard, where a walk may start; empty for the root."""
    segments = pattern.split("/")
    fixed = []
    for segment in segments[:-1]:
        if is_pattern(segment):
            break
        fixed.append(segment)
    return "/".join(fixed)


def matches(path: str, pattern: str) -> bool:
    """Whether the whole path matches the pattern."""
    here = {0}
    segments = tuple(pattern.split("/"))
    for name in path.split("/"):
        here = _closure(here, segments)
        step = set()
        for at in here:
            if at < len(segments):
                if segments[at] == "**":
                    step.add(at)
                elif matches_name(name, segments[at]):
                    step.add(at + 1)
        here = step
        if not here:
            return False
    return len(segments) in _closure(here, segments)


def matches_any(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether the path matches at least one of the patterns."""
    return any(matches(path, pattern) for pattern in patterns)


def _closure(positions: set[int], segments: tuple[str, ...]) -> set[int]:
    """The positions reachable without a segment of the path: `**` may stand for nothing."""
    reachable = set(positions)
    for at, segment in enumerate(segments):
        if segment == "**" and at in reachable:
            reachable.add(at + 1)
    return reachable


def matches_name(name: str, pattern: str) -> bool:
    """Whether a text matches a pattern in which `/` means nothing (a rule id, a test name, one path segment).

    Greedy with one point to return to, the last star: never more than name times pattern steps.
    """
    pieces = _pieces(pattern)
    at, piece, star, retry = 0, 0, -1, 0
    while at < len(name):
        if piece < len(pieces) and pieces[piece] == "*":
            star, retry, piece = piece, at, piece + 1
        elif piece < len(pieces) and _fits(name[at], pieces[piece]):
            at, piece = at + 1, piece + 1
        elif star >= 0:
            retry += 1
            at, piece = retry, star + 1
        else:
            return False
    return all(rest == "*" for rest in pieces[piece:])


@lru_cache(maxsize=512)
def _pieces(pattern: str) -> tuple[str, ...]:
    """The pattern as single characters, `*`, `?`, and classes with their brackets; a literal is prefixed by NUL."""
    pieces: list[str] = []
    at = 0
    while at < len(pattern):
        found = _CLASS.match(pattern, at) if pattern[at] == "[" else None
        if found and found[2]:
            pieces.append(found[0])
            at = found.end()
            continue
        character = pattern[at]
        if character != "*" or pieces[-1:] != ["*"]:
            pieces.append(character if character in "*?" else "\0" + character)
        at += 1
    return tuple(pieces)


def _fits(character: str, piece: str) -> bool:
    """Whether one character fits one piece of a pattern that is no star."""
    if piece == "?":
        return True
    if piece[0] == "\0":
        return character == piece[1]
    negated, members = piece[1] == "!", piece[1:-1].removeprefix("!")
    in_range = any(low <= character <= high for low, high in _RANGE.findall(members))
    return (in_range or character in _RANGE.sub("", members)) is not negated

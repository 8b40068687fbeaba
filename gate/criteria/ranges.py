"""Version ranges as package ecosystems write them, turned into plain comparisons.

npm: github.com/npm/node-semver; cargo: doc.rust-lang.org/cargo/reference/specifying-dependencies; gem and hex: the
pessimistic `~>`; composer: getcomposer.org/doc/articles/versions; maven and nuget: intervals in brackets. Python's own
specifiers are read by packaging. Comparisons (`>=1.2, <2`) and exact versions are understood for every ecosystem.
"""

import re
from collections.abc import Callable, Iterator, Mapping

Comparison = tuple[str, str]
"""A sign (`<`, `<=`, `=`, `!=`, `>=`, `>`) and a version."""

PARTIAL = frozenset({"npm", "cargo"})
"""Ecosystems in which `1.2` is short for all of 1.2.x."""
BRACKETS = frozenset({"maven", "nuget"})

_TERM = re.compile(r"(<=|>=|!=|==|~>|=|<|>|\^|~)?\s*([^\s,<>=!^~]+)\s*,?\s*")
_HYPHEN = re.compile(r"(\S+)\s+-\s+(\S+)")
_INTERVAL = re.compile(r"\s*([\[(])\s*([^,\[\]()\s]*)\s*(,?)\s*([^,\[\]()\s]*)\s*([\])])\s*,?")
_NUMBERS = re.compile(r"v?(\d{1,9}(?:\.\d{1,9})*)(?:\.[xX*])*")
_VERSION = re.compile(r"[0-9A-Za-z][\w.+~:-]*")


def alternatives(text: str, ecosystem: str) -> list[list[Comparison]]:
    """The range as alternatives, of each of which all comparisons must hold; raises ValueError if it is no range."""
    if ecosystem in BRACKETS and text.lstrip()[:1] in ("[", "("):
        return list(_intervals(text))
    return [list(_comparisons(part.strip(), ecosystem)) for part in text.split("||")]


def _comparisons(text: str, ecosystem: str) -> Iterator[Comparison]:
    hyphen = _HYPHEN.fullmatch(text) if ecosystem == "npm" else None
    if hyphen:
        yield ">=", _lowest(hyphen[1])
        yield from _partial("<=", hyphen[2])
        return
    if not text:
        raise ValueError("it names no version")
    at = 0
    while at < len(text):
        found = _TERM.match(text, at)
        if not found:
            raise ValueError(f"{text[at : at + 20]!r} is not understood")
        if not found[1] and found.span() != (0, len(text)):
            raise ValueError(f"{found[2]!r} lacks its comparison sign")
        yield from _term(found[1] or "", found[2], ecosystem)
        at = found.end()


def _term(sign: str, version: str, ecosystem: str) -> Iterator[Comparison]:
    """One comparison, with the shorthands of the ecosystem written out."""
    sign = "=" if sign == "==" else sign
    shorthand = _SHORTHANDS.get((ecosystem, sign))
    if shorthand:
        yield ">=", _lowest(version)
        yield "<", shorthand(_numbers(version))
    elif sign in ("^", "~", "~>"):
        raise ValueError(f"{sign!r} has no meaning there")
    elif ecosystem in PARTIAL or version.endswith((".x", ".X", ".*")):
        yield from _partial(sign or "=", version)
    elif _VERSION.fullmatch(version):
        yield sign or "=", version
    else:
        raise ValueError(f"{version!r} is no version")


def _partial(sign: str, version: str) -> Iterator[Comparison]:
    """A comparison with `1.2` or `1.2.x`, which stands for every 1.2.z; one with a full version is left as it is."""
    numbers = _numbers(version)
    after = _next(numbers, len(numbers) - 1)
    if len(numbers) >= 3 and not version.endswith(("x", "X", "*")):  # noqa: PLR2004 - major, minor, patch
        yield sign, version
    elif sign == "=":
        yield from ((">=", _lowest(version)), ("<", after))
    elif sign in ("<=", ">"):
        yield {"<=": "<", ">": ">="}[sign], after
    elif sign in ("<", ">="):
        yield sign, _lowest(version)
    else:
        raise ValueError(f"{sign}{version} leaves a gap: write the two sides of it")


def _intervals(text: str) -> Iterator[list[Comparison]]:
    """`[1.0,2.0)`, `(,1.0]`, `[1.0]`, and several of them with commas between."""
    at = 0
    while at < len(text):
        found = _INTERVAL.match(text, at)
        if not found or not (found[2] or found[4]):
            raise ValueError(f"{text[at : at + 20]!r} is no interval")
        if found[3]:
            low = [(">=" if found[1] == "[" else ">", found[2])] if found[2] else []
            high = [("<=" if found[5] == "]" else "<", found[4])] if found[4] else []
            yield low + high
        else:
            yield [("=", found[2] + found[4])]
        at = found.end()


def _numbers(version: str) -> list[int]:
    """The numbers that a version or a shorthand starts with."""
    found = _NUMBERS.match(version)
    if not found or version[found.end() : found.end() + 1] not in ("", "-", "+"):
        raise ValueError(f"{version!r} is no version")
    return [int(number) for number in found[1].split(".")]


def _lowest(version: str) -> str:
    """`1.2.x` as 1.2.0; a full version as it is."""
    numbers = _numbers(version)
    if len(numbers) >= 3 and not version.endswith(("x", "X", "*")):  # noqa: PLR2004 - major, minor, patch
        return version.removeprefix("v")
    return _dotted(numbers)


def _next(numbers: list[int], index: int) -> str:
    """The first version in which the number at `index` is one higher."""
    return _dotted([*numbers[:index], numbers[index] + 1])


def _dotted(numbers: list[int]) -> str:
    return ".".join(map(str, [*numbers, 0, 0][: max(3, len(numbers))]))


def _caret(numbers: list[int]) -> str:
    """Up to a change of the leftmost number that is not zero."""
    first = next((index for index, number in enumerate(numbers) if number), len(numbers) - 1)
    return _next(numbers, first)


def _tilde(numbers: list[int]) -> str:
    """Up to the next minor version, or the next major one where no minor is named."""
    return _next(numbers, min(1, len(numbers) - 1))


def _pessimistic(numbers: list[int]) -> str:
    """Up to a change of the number before the last."""
    return _next(numbers, max(0, len(numbers) - 2))


_SHORTHANDS: Mapping[tuple[str, str], Callable[[list[int]], str]] = {
    ("npm", "^"): _caret,
    ("npm", "~"): _tilde,
    ("cargo", ""): _caret,
    ("cargo", "^"): _caret,
    ("cargo", "~"): _tilde,
    ("composer", "^"): _caret,
    ("composer", "~"): _pessimistic,
    ("hex", "~>"): _pessimistic,
    ("gem", "~>"): _pessimistic,
}

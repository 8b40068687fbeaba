"""Versions of packages, and ranges of them.

univers and packaging know how each ecosystem orders its versions; they are loaded when a policy names a range.
"""

import operator
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from gate.criteria.ranges import alternatives

MAX_LENGTH = 200
"""Longest version that is compared; univers takes quadratic time for some ecosystems."""

_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "!=": operator.ne,
    "==": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}
_RANGE = re.compile(r"^[~^<>=!]|[*,|\s\[\]()$]|\.x(?:\.|$)", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]")
_MOVING = frozenset({"latest", "next", "main", "master", "head", "any", "dev", "unknown", "unspecified", "none"})

Range = Callable[[str], bool]
"""Whether a version is in the range. Raises ValueError where the version cannot be compared."""


def is_exact(version: str) -> bool:
    """Whether the text is one version, and neither empty, a range, nor a moving name."""
    moves = version.lower() in _MOVING or version.lower().endswith("-snapshot")
    return bool(version) and not moves and not _RANGE.search(version)


def _is_comparable(version: str) -> bool:
    """Whether the text is one version that has a number. Some ecosystems put any text into an order."""
    return len(version) <= MAX_LENGTH and bool(_NUMBER.search(version)) and not _RANGE.search(version.strip())


@lru_cache(maxsize=256)
def range_of(text: str, ecosystem: str) -> Range:
    """The range that a policy names for packages of a purl type; raises ValueError where it cannot be understood."""
    written = text.strip()
    if written == "*":
        return lambda _: True
    if written.startswith("vers:"):
        return _vers(written)
    if ecosystem == "pypi":
        return _pypi(written)
    order = _order(ecosystem)
    try:
        bounds = [[(sign, order(bound)) for sign, bound in part] for part in alternatives(written, ecosystem)]
    except ValueError as error:
        raise ValueError(
            f"{written!r} is no range of {ecosystem} versions: {error}; "
            f"write comparisons such as '>=1.2, <2', or 'vers:{ecosystem}/>=1.2|<2'"
        ) from error

    def contains(version: str) -> bool:
        found = order(version)
        return any(all(_OPERATORS[sign](found, bound) for sign, bound in part) for part in bounds)

    return contains


def _order(ecosystem: str) -> Callable[[str], Any]:
    """What turns a text into a version that can be compared."""
    from univers.version_range import RANGE_CLASS_BY_SCHEMES  # noqa: PLC0415 - costs 0.15 s

    scheme: Any = RANGE_CLASS_BY_SCHEMES.get(ecosystem)
    if scheme is None:
        raise ValueError(
            f"the order of {ecosystem} versions is not known; 'vers:generic/<2' compares them as semver does"
        )

    def ordered(version: str) -> Any:  # noqa: ANN401 - univers has no types
        if not _is_comparable(version):
            raise ValueError(f"{version[:40]!r} is no {ecosystem} version")
        try:
            return scheme.version_class(version)
        except Exception as error:
            raise ValueError(f"{version[:40]!r} is no {ecosystem} version") from error

    return ordered


def _vers(text: str) -> Range:
    """`vers:pypi/>=1.2|<2`, whose scheme need not be that of the package."""
    from univers.version_range import VersionRange  # noqa: PLC0415 - costs 0.15 s

    from_string: Callable[[str], Any] = VersionRange.from_string
    try:
        found = from_string(text)
    except Exception as error:
        raise ValueError(f"{text!r} is no version range: {error}") from error
    order = _order(found.scheme)
    return lambda version: order(version) in found


def _pypi(text: str) -> Range:
    """Specifiers of Python packages (PEP 440); a bare version is that version."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: PLC0415 - paid for where it is needed
    from packaging.version import Version  # noqa: PLC0415 - the same

    try:
        specifiers = SpecifierSet(f"=={text}" if text[:1].isalnum() else text or "==")
    except InvalidSpecifier as error:
        raise ValueError(f"{text!r} is no range of pypi versions such as '>=1.2, <2' (PEP 440)") from error

    def contains(version: str) -> bool:
        if len(version) > MAX_LENGTH:
            raise ValueError(f"{version[:40]!r} is no pypi version")
        return specifiers.contains(Version(version), prereleases=True)

    return contains

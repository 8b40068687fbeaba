"""SPDX licence expressions, judged by lists of allowed and denied licences.

The list of SPDX identifiers comes from license-expression, which is loaded when the first licence is judged.
"""

from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from typing import Any, NoReturn

from gate.model.glob import is_pattern, matches_name
from gate.model.words import did_you_mean

MAX_LENGTH = 2000
"""Longest expression that is parsed; real ones have a few dozen characters."""
REFERENCES = ("licenseref-", "documentref-")


class Standing(IntEnum):
    """How a licence stands to the lists, best first."""

    GOOD = 0
    UNKNOWN = 1
    BAD = 2


def allowable(entry: str) -> str:
    """An entry of `allow`: what `deniable` takes, and any other licence name that SBOMs use.

    Raises ValueError where an identifier was meant: it is cut short, has swapped letters or spaces for hyphens.
    """
    return _refuse(entry, _suggestion(entry)) if not _is_on_the_list(entry) and _is_a_slip(entry) else entry


def deniable(entry: str) -> str:
    """An entry of `deny`: an SPDX identifier, one with an exception (`… WITH …`), a glob over them, or a `LicenseRef-`.

    Raises ValueError for anything else: it would never match, and nobody would notice. Licences by other names are
    unknown, which `unknown: fail` refuses anyway.
    """
    return entry if _is_on_the_list(entry) else _refuse(entry, _suggestion(entry))


def _is_on_the_list(entry: str) -> bool:
    """Whether SPDX knows the entry, or knows identifiers that it matches."""
    folded = entry.casefold()
    if folded.startswith(REFERENCES):
        return True
    if is_pattern(entry):
        return any(matches_name(identifier.casefold(), folded) for identifier in _identifiers())
    symbol = _parsed(entry)
    return _is_known(symbol) or getattr(symbol, "key", None) in _licensing().known_symbols


def _refuse(entry: str, suggestion: str) -> NoReturn:
    raise ValueError(f"{entry!r} is no SPDX licence identifier" + (f"; {suggestion}" if suggestion else ""))


def _is_a_slip(entry: str) -> bool:
    """Whether the entry is nearly an identifier, or several of them."""
    folded = entry.casefold()
    near = (one.casefold() for one in _identifiers())
    return (
        not _is_one(entry)
        or _is_known(_hyphenated(entry))
        or any(one.startswith(folded) or sorted(one) == sorted(folded) for one in near)
    )


def _is_one(entry: str) -> bool:
    """Whether the entry is no expression of several licences."""
    expression = _parsed(entry)
    return expression is None or bool(expression.isliteral)


def _hyphenated(entry: str) -> Any:  # noqa: ANN401
    """The licence that is meant by `Apache 2.0`."""
    return _parsed("-".join(entry.split()))


def _suggestion(entry: str) -> str:
    """What was probably meant."""
    if not _is_one(entry):
        return "name one licence an entry"
    meant = _hyphenated(entry)
    return f"did you mean {str(meant)!r}?" if _is_known(meant) else did_you_mean(entry, _identifiers())


def standing(license_: str, allow: Iterable[str] | None, deny: Iterable[str]) -> Standing:
    """How a licence or an expression stands: of `OR` the best choice counts, of `AND` the worst part.

    What is neither an SPDX identifier nor on a list by its own name is unknown, and so is what cannot be parsed.
    """
    allowed = None if allow is None else tuple(map(_spelled, allow))
    denied = tuple(map(_spelled, deny))
    expression = _parsed(license_)
    if expression is None:
        return Standing.GOOD if allowed is not None and _spelled(license_) in allowed else Standing.UNKNOWN
    return _standing(expression, allowed, denied)


def _standing(expression: Any, allowed: tuple[str, ...] | None, denied: tuple[str, ...]) -> Standing:  # noqa: ANN401 - license-expression has no types
    """The same of a parsed expression."""
    if expression.isliteral:
        return _standing_of_one(expression, allowed, denied)
    parts = [_standing(part, allowed, denied) for part in expression.args]
    return min(parts) if expression.operator.strip() == "OR" else max(parts)


def _standing_of_one(symbol: Any, allowed: tuple[str, ...] | None, denied: tuple[str, ...]) -> Standing:  # noqa: ANN401
    """One licence, maybe with an exception. To deny a licence denies it with exceptions too; to allow it does not."""
    name = str(symbol).casefold()
    spellings = {name, _licence_of(symbol).key.casefold()}
    if allowed is not None and name in allowed and len(spellings) > 1:
        return Standing.GOOD
    if any(matches_name(spelling, entry) for entry in denied for spelling in spellings):
        return Standing.BAD
    known = _is_known(symbol)
    if allowed is not None and any(
        matches_name(name, entry) for entry in allowed if known or not is_pattern(entry) or entry.startswith(REFERENCES)
    ):
        return Standing.GOOD
    if not known:
        return Standing.UNKNOWN
    return Standing.GOOD if allowed is None else Standing.BAD


def _spelled(entry: str) -> str:
    """The entry as SPDX spells it today (`GPL-2.0+` is `GPL-2.0-or-later`), in lower case, or as it stands."""
    symbol = None if is_pattern(entry) else _parsed(entry)
    text = str(symbol) if symbol is not None else entry
    return " ".join(text.casefold().split())


def _licence_of(symbol: Any) -> Any:  # noqa: ANN401
    """The licence without its exception."""
    return getattr(symbol, "license_symbol", symbol)


def _is_known(symbol: Any) -> bool:  # noqa: ANN401
    """Whether it is one licence of the SPDX list, with an exception of that list if it has any."""
    if symbol is None or not symbol.isliteral:
        return False
    exception = getattr(symbol, "exception_symbol", None)
    licence = _licence_of(symbol)
    known = _licensing().known_symbols
    return (
        licence.key in known
        and not licence.key.casefold().startswith(REFERENCES)
        and not licence.is_exception
        and (exception is None or (exception.key in known and exception.is_exception))
    )


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Any:  # noqa: ANN401
    """The expression as a tree, or None."""
    if len(text) > MAX_LENGTH:
        return None
    try:
        return _licensing().parse(text)
    except Exception:  # noqa: BLE001 - besides its own errors it raises IndexError and AssertionError, for `()` and the like
        return None


@lru_cache(maxsize=1)
def _licensing() -> Any:  # noqa: ANN401
    from license_expression import get_spdx_licensing  # noqa: PLC0415 - a run without licences does not pay for it

    return get_spdx_licensing()


@lru_cache(maxsize=1)
def _identifiers() -> tuple[str, ...]:
    """The identifiers of the SPDX list, without the aliases and references that license-expression knows besides."""
    return tuple(str(symbol) for symbol in _licensing().known_symbols.values() if _is_known(symbol))

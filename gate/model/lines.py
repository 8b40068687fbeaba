"""Sets of line numbers, one bit a line: small, and their union is one operation."""

from collections.abc import Iterable, Iterator, Sequence

MAX_LINE = 2_000_000
"""Longest file whose lines are kept; a line number beyond it is a broken report, not a long file."""


def lines_of(numbers: Iterable[int]) -> int:
    """The set of these line numbers as bits (bit n for line n).

    Raises ValueError for a line below 0 or beyond `MAX_LINE`.
    """
    bits = bytearray()
    mark(bits, tuple(numbers))
    return int.from_bytes(bits, "little")


def mark(bits: bytearray, numbers: Sequence[int]) -> None:
    """Add line numbers to a set that is still growing: the same bits, lowest byte first.

    Raises ValueError as `lines_of` does.
    """
    for number in (min(numbers, default=0), max(numbers, default=0)):
        if not 0 <= number <= MAX_LINE:
            message = f"line number {number} is out of range"
            raise ValueError(message)
    bits.extend(bytes(max(0, (max(numbers, default=-1) >> 3) + 1 - len(bits))))
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)


def ranges(lines: int) -> Iterator[tuple[int, int]]:
    """The set as runs of consecutive lines, first and last included, in order."""
    number = 0
    while lines:
        gap = (lines & -lines).bit_length() - 1
        lines >>= gap
        length = (~lines & (lines + 1)).bit_length() - 1
        yield number + gap, number + gap + length - 1
        lines >>= length
        number += gap + length

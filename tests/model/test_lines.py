"""Sets of line numbers."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.model.lines import MAX_LINE, lines_of, mark, ranges

numbers = st.sets(st.integers(0, 500))


@given(numbers)
def test_set_holds_exactly_the_lines_it_was_given(lines: set[int]) -> None:
    """Bit n stands for line n, and no other bit is set."""
    assert {line for line in range(502) if lines_of(lines) >> line & 1} == lines
    assert lines_of(lines).bit_count() == len(lines)


@given(numbers, numbers)
def test_union_is_one_operation(one: set[int], two: set[int]) -> None:
    """What two shards of a test run cover together is their sets combined bit by bit."""
    assert lines_of(one) | lines_of(two) == lines_of(one | two)


@given(numbers, numbers)
def test_marking_adds_to_what_is_there(one: set[int], two: set[int]) -> None:
    """A set may grow in any number of steps, and in any order."""
    bits = bytearray()
    mark(bits, tuple(one))
    mark(bits, tuple(two))
    assert int.from_bytes(bits, "little") == lines_of(one | two)


def test_same_line_counts_once() -> None:
    """A line that a report lists twice is one line."""
    assert lines_of([7, 7, 7]) == 1 << 7


@pytest.mark.parametrize("line", [0, 1, 7, 8, MAX_LINE])
def test_longest_file_is_within_the_limit(line: int) -> None:
    """The limit itself is allowed."""
    assert lines_of([line]) == 1 << line


@pytest.mark.parametrize("line", [-1, MAX_LINE + 1, 10**12])
def test_line_that_no_file_has_is_refused(line: int) -> None:
    """A hostile line number must not cost memory; nothing is marked before it is refused."""
    bits = bytearray()
    with pytest.raises(ValueError, match="out of range"):
        mark(bits, [1, line])
    assert bits == b""


@given(numbers)
def test_ranges_list_every_line_once_in_order(lines: set[int]) -> None:
    """Runs neither touch nor overlap, and together they are the set."""
    runs = list(ranges(lines_of(lines)))
    assert [line for first, last in runs for line in range(first, last + 1)] == sorted(lines)
    assert all(last + 1 < first for (_, last), (first, _) in pairwise(runs))


def test_ranges_of_nothing_are_none() -> None:
    """No line, no run."""
    assert list(ranges(0)) == []

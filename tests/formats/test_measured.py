"""What a coverage report says of each source file, gathered while it is read."""

import pytest

from gate.errors import EvidenceError
from gate.formats.measured import MAX_SPAN, SourceFiles, reached
from gate.model.lines import MAX_LINE, lines_of
from gate.model.ratio import Ratio


def test_files_keep_the_order_in_which_they_were_named() -> None:
    """And each is there once, however often it is named."""
    files = SourceFiles()
    for path in ("b.c", "a.c", "b.c"):
        files.add_lines(path, [1], [])
    assert [record.path for record in files.records()] == ["b.c", "a.c"]


def test_line_reached_once_is_reached() -> None:
    """Merging is by maximum, whatever the order."""
    files = SourceFiles()
    files.add_lines("a.c", [1, 2], [1])
    files.add_lines("a.c", [1, 2, 3], [3])
    (record,) = files.records()
    assert record.executable == lines_of([1, 2, 3])
    assert record.covered == lines_of([1, 3])


def test_branches_of_a_line_merge_by_maximum() -> None:
    """The same line in two classes is the same line."""
    files = SourceFiles()
    files["a.c"].branch(3, Ratio(1, 2))
    files["a.c"].branch(3, Ratio(0, 4))
    (record,) = files.records()
    assert record.branches == {3: Ratio(1, 4)}


def test_listed_branches_are_counted_line_by_line() -> None:
    """Each is taken or not."""
    files = SourceFiles()
    files["a.c"].count_branches([(3, True), (3, False), (5, False)])
    (record,) = files.records()
    assert record.branches == {3: Ratio(1, 2), 5: Ratio(0, 1)}


@pytest.mark.parametrize("line", [-1, MAX_LINE + 1, 10**12])
def test_line_that_no_file_has_is_refused_with_its_file(line: int) -> None:
    """Whoever wrote it finds it."""
    with pytest.raises(EvidenceError, match=r"a\.c: line number"):
        SourceFiles().add_lines("a.c", [line], [])


def test_lines_of_all_files_together_are_limited() -> None:
    """A short line for each of many files must not ask for gigabytes; exactly the limit is allowed."""
    files = SourceFiles()
    for number in range(MAX_SPAN // MAX_LINE):
        files.add_lines(f"{number}.c", [MAX_LINE - 1], [])
    with pytest.raises(EvidenceError, match="more than any project has"):
        files.add_lines("one-more.c", [MAX_LINE], [])


@pytest.mark.parametrize("hits", ["1", "10", "0001", "2147483648", "18446744073709551616", "9" * 5000])
def test_count_of_any_size_is_reached(hits: str) -> None:
    """Counters run beyond 32 and 64 bits."""
    assert reached(hits)


@pytest.mark.parametrize("hits", ["0", "000", "-1", "-2147483648"])
def test_zero_and_counters_that_ran_over_are_not_reached(hits: str) -> None:
    """In doubt a line is not covered."""
    assert not reached(hits)


@pytest.mark.parametrize("hits", ["", "-", "--1", "+1", "1.0", "1e3", " 1", "NaN", "٣", "true", "²"])
def test_what_is_no_count_is_refused(hits: str) -> None:
    """It could mean anything."""
    with pytest.raises(EvidenceError, match="is no count of hits"):
        reached(hits)

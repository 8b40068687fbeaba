"""Coverage of one source file, and what several measurements of it say together."""

from gate.model.coverage import CoverageFile
from gate.model.lines import lines_of
from gate.model.location import Location
from gate.model.ratio import Ratio
from tests.conftest import a_coverage_file


def test_lines_are_counted_from_the_sets() -> None:
    """What is covered and what is missed add up to what can be executed."""
    file = a_coverage_file(8, 10)
    assert file.lines == Ratio(8, 10)
    assert file.missed == lines_of([9, 10])
    assert file.missed.bit_count() + file.lines.covered == file.lines.valid


def test_totals_count_where_no_lines_are_listed() -> None:
    """A summary without line numbers is a measurement, too."""
    file = a_coverage_file(0, 0, line_total=Ratio(19, 27), branch_total=Ratio(1, 4))
    assert (file.lines, file.branch_ratio) == (Ratio(19, 27), Ratio(1, 4))


def test_branches_add_up_over_the_lines() -> None:
    """Each line has branches of its own."""
    assert a_coverage_file(branches={3: Ratio(1, 2), 5: Ratio(3, 4)}).branch_ratio == Ratio(4, 6)


def test_merged_measurements_cover_what_either_reached() -> None:
    """Two shards of a test run complete each other."""
    one = CoverageFile(Location("a.py"), executable=lines_of([1, 2, 3]), covered=lines_of([1]))
    two = CoverageFile(Location("a.py"), executable=lines_of([2, 3, 4]), covered=lines_of([3]))
    assert one.merged(two).lines == Ratio(2, 4)
    assert one.merged(two).missed == lines_of([2, 4])


def test_merging_twice_changes_nothing() -> None:
    """The same report under two names does not count double."""
    file = a_coverage_file(branches={1: Ratio(1, 2)}, functions=Ratio(2, 3))
    assert file.merged(file) == file


def test_merged_branches_keep_the_better_measurement_of_each_line() -> None:
    """Which branch was taken is not known, so that two halves do not become a whole."""
    one = a_coverage_file(branches={3: Ratio(1, 2), 5: Ratio(0, 2)})
    two = a_coverage_file(branches={3: Ratio(1, 2), 5: Ratio(2, 2), 9: Ratio(0, 1)})
    assert one.merged(two).branches == {3: Ratio(1, 2), 5: Ratio(2, 2), 9: Ratio(0, 1)}


def test_branch_totals_survive_merging() -> None:
    """A report that states how many branches there are, and not where, keeps its count."""
    stated = a_coverage_file(branch_total=Ratio(3, 4))
    assert stated.merged(a_coverage_file()).branch_ratio == Ratio(3, 4)
    assert a_coverage_file(branches={1: Ratio(1, 8)}).merged(stated).branch_ratio == Ratio(1, 8)


def test_totals_are_never_added() -> None:
    """Of two summaries the one that measures more counts: nobody knows what they have in common."""
    small = a_coverage_file(0, 0, line_total=Ratio(5, 5))
    large = a_coverage_file(0, 0, line_total=Ratio(4, 9))
    assert small.merged(large).lines == large.merged(small).lines == Ratio(4, 9)


def test_path_is_that_of_its_place() -> None:
    """A file is called as its location says."""
    assert a_coverage_file(at=Location("src/cart.py")).path == "src/cart.py"

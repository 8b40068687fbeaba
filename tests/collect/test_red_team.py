"""What others tried, to have the gate judge less than is there, or its own words."""

import pytest

from gate.collect.places import LOOK_UPS, Places
from gate.collect.workspace import Workspace
from gate.model.coverage import CoverageFile
from gate.model.evidence import Record, State
from gate.model.finding import Finding
from gate.model.location import Location
from gate.model.testcase import TestCase
from tests.collect.desk import Desk, sarif
from tests.collect.test_git import git
from tests.conftest import no_hang

JUNIT = '<testsuite name="s" tests="1"><testcase classname="c" name="n"/></testsuite>'


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("b.sarif", Finding),
        ("b.sarif.json", Finding),
        ("my-junit-2.xml", TestCase),
        ("TEST-a.xml", TestCase),
        ("lcov.info", CoverageFile),
    ],
)
@pytest.mark.parametrize("content", ["", "null", "<html>502 Bad Gateway</html>", "Error: no such option"])
def test_a_name_that_announces_a_report_is_not_passed_over(
    desk: Desk, name: str, about: type[Record], content: str
) -> None:
    """A crashed scan beside a clean one is found by the default search too, and is what its name says."""
    desk.put(f"evidence/{name}", content)
    report = desk.report()
    assert report.state in {State.EMPTY, State.UNREADABLE}
    assert about in report.about


def test_content_counts_before_a_name(desk: Desk) -> None:
    """A report that is called like a log is a report, in a default search as well."""
    desk.put("evidence/out.log", sarif())
    desk.put("evidence/other.log", "nothing to see")
    assert [report.path for report in desk.source().reports] == ["evidence/out.log"]


def test_blank_lines_do_not_hide_a_report(desk: Desk) -> None:
    """However many stand before it."""
    desk.put("evidence/tests.xml", "\n" * 10_000 + JUNIT)
    assert [report.format for report in desk.source().reports] == ["junit"]


def test_what_a_gate_wrote_is_no_evidence(desk: Desk) -> None:
    """Neither in its own folder nor in that of another gate, for a search or for a pattern."""
    desk.put("reports/sec/verdict.json", '{"schema": "gate-verdict/v1"}')
    desk.put("reports/sec/gate.junit.xml", JUNIT)
    assert desk.source().reports == ()
    assert desk.source("**/*.xml").reports == ()
    desk.put("reports/sec/verdict.json", '{"schema": "something else"}')
    assert len(desk.source("**/*.xml").reports) == 1


def test_one_file_counts_once_by_however_many_patterns(desk: Desk) -> None:
    """A link to its folder makes no second test run of it."""
    desk.put("reports/junit.xml", JUNIT)
    (desk.root / "again").symlink_to("reports")
    assert len(desk.source("reports/*.xml", "again/*.xml", "**/*.xml").reports) == 1


def test_a_search_that_git_cannot_help_finds_nothing(desk: Desk) -> None:
    """A committed report would pass for one of this run; the gap says what is wrong."""
    git(desk.root, "init", "--quiet")
    desk.put("reports/junit.xml", JUNIT)
    git(desk.root, "add", "--all")
    (desk.root / ".git" / "index").write_bytes(b"broken")
    source = desk.source()
    assert source.reports == ()
    assert "git cannot tell" in source.gaps[0].message


def test_committed_reports_are_named_where_nothing_else_is_there(desk: Desk) -> None:
    """A newcomer sees the reports in the folder, and has to be told why they are no evidence."""
    git(desk.root, "init", "--quiet")
    desk.put("evidence/a.sarif", sarif())
    git(desk.root, "add", "--all")
    (gap,) = desk.source().gaps
    assert "committed reports only (evidence/a.sarif)" in gap.message


def test_hostile_paths_cost_a_bounded_number_of_look_ups(desk: Desk) -> None:
    """Millions of candidates are not looked up; what is left is not placed."""
    places = Places(Workspace(desk.root))
    deep = "/".join(f"d{number}" for number in range(60))
    with no_hang():
        placed = [places.place(Location(f"/x{number}/{deep}/a.py")).placed for number in range(LOOK_UPS // 50)]
    assert not any(placed)

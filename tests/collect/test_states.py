"""Every state of a report but `missing`, from the outside: a file, a source, and what collect says of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gate.collect.binding import Binding
from gate.collect.states import Contents, flaws
from gate.model.component import Component
from gate.model.coverage import CoverageFile
from gate.model.evidence import Record, State, Statement
from gate.model.finding import Finding
from gate.model.problem import Problem, Slug
from gate.model.testcase import TestCase, TestOutcome
from tests.collect.desk import COMMIT, Desk, a_request, about, lcov, made, result, sarif, sbom
from tests.conftest import NOW, a_component, a_coverage_file, a_finding, a_test

PATH = "evidence/x"
WEEK = timedelta(days=7)


def test_clean_scan_is_ok(desk: Desk) -> None:
    """A finished scan that found nothing is evidence, not emptiness."""
    desk.put(PATH, sarif())
    report = desk.report("evidence/*")
    assert (report.state, report.problems, report.records) == (State.OK, (), ())
    assert report.proves(Finding)


@pytest.mark.parametrize("content", [b"", b" \n\t", "null", "[]", "{}", "[ \n ]", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_hollow_file_is_empty(desk: Desk, content: str | bytes) -> None:
    """Zero bytes, white space and JSON without content are `empty`, and say what to do."""
    desk.put(PATH, content)
    report = desk.report("evidence/*")
    assert report.state is State.EMPTY
    (problem,) = report.problems
    assert problem.slug is Slug.EMPTY_REPORT
    assert problem.hint
    assert str(problem.at) == PATH


@pytest.mark.parametrize(
    ("content", "wants"),
    [
        (sbom(), Component),
        (lcov("src/app.py", lines=0), CoverageFile),
        ({"version": "2.1.0", "runs": []}, Finding),
    ],
)
def test_report_without_content_is_empty(desk: Desk, content: object, wants: type[Record]) -> None:
    """An SBOM without components, coverage of 0 lines, a SARIF log without runs."""
    desk.put(PATH, content)
    report = desk.report("evidence/*", wants=frozenset({wants}))
    assert (report.state, report.accepted) == (State.EMPTY, False)


def test_accepted_state_is_marked(desk: Desk) -> None:
    """The source's `accept` lets the report be used, and the state stays visible."""
    desk.put(PATH, "")
    report = desk.report("evidence/*", accepts=frozenset({State.EMPTY}))
    assert (report.state, report.accepted, report.usable) == (State.EMPTY, True, True)


def test_failed_run_is_incomplete(desk: Desk) -> None:
    """The tool says that it failed; its findings stay."""
    desk.put(PATH, sarif(result(), invocations=[{"executionSuccessful": False}]))
    report = desk.report("evidence/*")
    assert (report.state, len(report.records)) == (State.INCOMPLETE, 1)
    assert report.problems[0].slug is Slug.FAILED_RUN


@pytest.mark.parametrize(
    ("seconds", "state"),
    [(0, State.OK), (1, State.STALE), (-1, State.OK)],
)
def test_age_is_judged_to_the_second(desk: Desk, seconds: int, state: State) -> None:
    """Exactly as old as allowed is ok; a second more is stale."""
    end = NOW - WEEK - timedelta(seconds=seconds)
    desk.put(PATH, sarif(**made(end.strftime("%Y-%m-%dT%H:%M:%SZ"))))
    report = desk.report("evidence/*", max_age=WEEK)
    assert report.state is state
    assert [problem.slug for problem in report.problems] == [Slug.STALE_REPORT] * (state is State.STALE)


@pytest.mark.parametrize(
    ("age", "allowed", "said"),
    [
        (timedelta(days=9), WEEK, "9 days ago, and the source allows 7 days"),
        (timedelta(hours=47, minutes=59), timedelta(hours=12), "47 hours ago, and the source allows 12 hours"),
        (timedelta(minutes=90), timedelta(minutes=2), "90 minutes ago, and the source allows 2 minutes"),
        (timedelta(seconds=119), timedelta(0), "119 seconds ago, and the source allows 0 seconds"),
    ],
)
def test_age_is_told_in_its_largest_unit(age: timedelta, allowed: timedelta, said: str) -> None:
    """Rounded down, so that nothing is called older than it is."""
    found = flaws(Contents((a_statement(made_at=NOW - age),), (a_test(),)), a_request(max_age=allowed), Binding(NOW))
    assert [flaw.state for flaw in found] == [State.STALE]
    assert said in found[0].problem.message


def test_undated_report_is_stale_where_age_is_limited(desk: Desk) -> None:
    """A report that does not say when it was made cannot be young enough."""
    desk.put(PATH, sarif())
    report = desk.report("evidence/*", max_age=WEEK)
    assert report.state is State.STALE
    assert report.problems[0].slug is Slug.UNDATED_REPORT
    assert "write the time" in report.problems[0].hint


@pytest.mark.parametrize(("ahead", "state"), [(600, State.OK), (601, State.STALE)])
def test_report_from_the_future_is_stale(desk: Desk, ahead: int, state: State) -> None:
    """Ten minutes are a producer's clock; more is a lie about the age."""
    end = NOW + timedelta(seconds=ahead)
    desk.put(PATH, sarif(**made(end.strftime("%Y-%m-%dT%H:%M:%SZ"))))
    report = desk.report("evidence/*", max_age=WEEK)
    assert report.state is state
    if state is State.STALE:
        assert report.problems[0].slug is Slug.FUTURE_REPORT


def test_future_report_is_only_remarked_where_age_does_not_matter(desk: Desk) -> None:
    """Without `max_age` a wrong clock decides nothing, and is shown."""
    desk.put(PATH, sarif(**made("2027-01-01T00:00:00Z")))
    report = desk.report("evidence/*")
    assert report.state is State.OK
    assert [remark.slug for remark in report.remarks] == [Slug.FUTURE_REPORT]


def test_oldest_run_decides_the_age(desk: Desk) -> None:
    """A fresh run beside an old one in the same file does not make the old one young."""
    old = sarif(**made("2026-10-01T00:00:00Z"))["runs"]
    desk.put(PATH, {"version": "2.1.0", "runs": sarif(**made("2026-11-22T11:00:00Z"))["runs"] + old})
    assert desk.report("evidence/*", max_age=WEEK).state is State.STALE


def test_a_run_without_a_time_makes_the_report_undated(desk: Desk) -> None:
    """Beside a dated one too: it may be of any age."""
    dated = sarif(**made("2026-11-22T11:00:00Z"))["runs"]
    desk.put(PATH, {"version": "2.1.0", "runs": dated + sarif()["runs"]})
    report = desk.report("evidence/*", max_age=WEEK)
    assert (report.state, report.problems[0].slug) == (State.STALE, Slug.UNDATED_REPORT)


@pytest.mark.parametrize(
    ("stated", "state"),
    [
        (COMMIT, State.OK),
        (COMMIT.upper(), State.OK),
        (COMMIT[:7], State.OK),
        ("0" * 40, State.FOREIGN),
        ("deadbeef", State.FOREIGN),
        ("main", State.OK),
        ("", State.OK),
    ],
)
def test_report_about_another_commit_is_foreign(desk: Desk, stated: str, state: State) -> None:
    """A stated commit must be one of those that are judged; a word that is no commit id counts as none."""
    desk.bind(commits=frozenset({COMMIT, "a" * 40}))
    desk.put(PATH, sarif(**about(stated)))
    report = desk.report("evidence/*")
    assert report.state is state
    assert [problem.slug for problem in report.problems] == [Slug.FOREIGN_COMMIT] * (state is State.FOREIGN)


@pytest.mark.parametrize(("stated", "slug"), [("", Slug.UNBOUND_REPORT), ("main", Slug.UNBOUND_REPORT), (COMMIT, None)])
def test_source_may_demand_a_commit(desk: Desk, stated: str, slug: Slug | None) -> None:
    """`commit: required` makes a report without one foreign."""
    desk.bind(commits=frozenset({COMMIT}))
    desk.put(PATH, sarif(**about(stated)))
    report = desk.report("evidence/*", commit_required=True)
    assert report.state is (State.FOREIGN if slug else State.OK)
    assert {problem.slug for problem in report.problems} == ({slug} if slug else set())


def test_one_unbound_run_makes_the_file_foreign(desk: Desk) -> None:
    """Every run of the file has to state the commit that the source demands."""
    desk.bind(commits=frozenset({COMMIT}))
    desk.put(PATH, {"version": "2.1.0", "runs": sarif(**about(COMMIT))["runs"] + sarif()["runs"]})
    assert desk.report("evidence/*", commit_required=True).state is State.FOREIGN


@pytest.mark.parametrize(
    ("stated", "foreign"),
    [
        ("https://github.com/Octo/Service.git", False),
        ("https://github.com/octo/service/", False),
        ("https://github.com/octo/service/tree/main", False),
        ("git@github.com:octo/service.git", False),
        ("octo/service", False),
        ("ssh://git@example.org:22/octo/service", False),
        ("file:///home/me/other/place", False),
        ("/home/me/other", False),
        ("https://github.com/", False),
        ("https://github.com/octo/other", True),
        ("git@github.com:evil/service.git", True),
        ("evil/service", True),
    ],
)
def test_report_about_another_repository_is_foreign(stated: str, foreign: bool) -> None:  # noqa: FBT001
    """Owner and name are compared, however they are written; what names no repository is not compared."""
    statement = Statement("Bandit", frozenset({Finding}), repository=stated)
    found = flaws(Contents((statement,)), a_request(), Binding(NOW, repository="octo/service"))
    assert [flaw.problem.slug for flaw in found] == [Slug.FOREIGN_REPOSITORY] * foreign


def test_coverage_of_files_elsewhere_is_unmapped(desk: Desk) -> None:
    """Not one of the measured files is in the workspace."""
    desk.put(PATH, lcov("src/gone.py", "lib/gone.py"))
    report = desk.report("evidence/*")
    assert report.state is State.UNMAPPED
    assert report.problems[0].slug is Slug.UNMAPPED_REPORT
    assert "src/gone.py" in report.problems[0].message


def test_coverage_with_one_file_here_is_mapped(desk: Desk) -> None:
    """One file that is here shows that the paths are right."""
    desk.put("src/app.py")
    desk.put(PATH, lcov("src/app.py", "src/gone.py"))
    assert desk.report("evidence/*").state is State.OK


FAULT = Problem(Slug.FAILED_RUN, "the tool failed")
OLD = datetime(2020, 1, 1, tzinfo=UTC)


def a_statement(**over: Any) -> Statement:
    """What a test report says of itself."""
    return Statement(**{"tool": "pytest", "proves": frozenset({TestCase})} | over)


def states_of(*statements: Statement, records: tuple[Record, ...] = (), **asked: Any) -> list[State]:
    """The states that such a report is in, the decisive one first."""
    binding = Binding(NOW, frozenset({COMMIT}))
    found = flaws(Contents(statements, records), a_request(**asked), binding)
    return list(dict.fromkeys(flaw.state for flaw in found))


def test_states_have_an_order() -> None:
    """Foreign before incomplete before empty before stale: the first explains the others."""
    statement = a_statement(commit="0" * 40, faults=(FAULT,), made_at=OLD)
    expected = [State.FOREIGN, State.INCOMPLETE, State.EMPTY, State.STALE]
    assert states_of(statement, max_age=WEEK) == expected


def test_accepted_state_never_covers_one_that_is_not() -> None:
    """`accept: [empty]` does not let a failed run pass because it is empty as well."""
    statement = a_statement(faults=(FAULT,))
    assert states_of(statement, accepts=frozenset({State.EMPTY})) == [State.INCOMPLETE, State.EMPTY]
    assert states_of(statement, accepts=frozenset({State.INCOMPLETE})) == [State.EMPTY, State.INCOMPLETE]


def test_one_hollow_run_beside_others_is_incomplete() -> None:
    """The other runs' records still count, so the file is not empty; all hollow is empty."""
    hollow = a_statement(hollow="it has no results")
    assert states_of(a_statement(), hollow, records=(a_test(),)) == [State.INCOMPLETE]
    assert states_of(hollow, hollow) == [State.EMPTY]


def test_report_that_proves_nothing_is_empty() -> None:
    """A file that tells of no run, or of one that is evidence of nothing."""
    assert states_of() == [State.EMPTY]
    assert states_of(a_statement(proves=frozenset())) == [State.EMPTY]


@pytest.mark.parametrize(
    ("records", "empty"),
    [
        ((), True),
        ((a_test(outcome=TestOutcome.SKIPPED),), True),
        ((a_test(outcome=TestOutcome.SKIPPED), a_test()), False),
        ((a_test(outcome=TestOutcome.ERROR),), False),
    ],
)
def test_tests_that_did_not_run_are_empty(records: tuple[Record, ...], empty: bool) -> None:  # noqa: FBT001
    """Zero tests executed, whether none is listed or all were skipped."""
    assert states_of(a_statement(), records=records) == [State.EMPTY] * empty


@pytest.mark.parametrize(
    ("wants", "records", "empty"),
    [
        ({Component}, (a_finding(),), True),
        ({Component, Finding}, (a_finding(),), False),
        ({Finding}, (), False),
        ((), (), False),
        ({Component}, (a_component(),), False),
    ],
)
def test_emptiness_is_judged_by_what_is_wanted(
    wants: set[type[Record]],
    records: tuple[Record, ...],
    empty: bool,  # noqa: FBT001
) -> None:
    """A report about components and vulnerabilities hides neither behind the lack of the other."""
    statement = a_statement(proves=frozenset({Component, Finding}))
    assert states_of(statement, records=records, wants=frozenset(wants)) == [State.EMPTY] * empty


def test_coverage_without_lines_is_empty_and_not_unmapped_first() -> None:
    """0 of 0 lines is no coverage."""
    statement = a_statement(proves=frozenset({CoverageFile}))
    assert states_of(statement, records=(a_coverage_file(0, 0),)) == [State.EMPTY]


def test_what_is_accepted_beside_a_refused_state_is_a_remark(desk: Desk) -> None:
    """The problems say what must change; what the source accepts is shown beside them."""
    desk.put(PATH, sarif(invocations=[{"executionSuccessful": False}]))
    accepts = frozenset({State.INCOMPLETE})
    report = desk.report("evidence/*", accepts=accepts, max_age=WEEK)
    assert (report.state, report.accepted) == (State.STALE, False)
    assert [problem.slug for problem in report.problems] == [Slug.UNDATED_REPORT]
    assert [remark.slug for remark in report.remarks] == [Slug.FAILED_RUN]

"""JUnit XML."""

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.errors import EvidenceError
from gate.formats.base import Head
from gate.formats.junit import FORMAT, MAX_FAULTS
from gate.formats.junit.case import LONGEST_MESSAGE, LONGEST_TIME, seconds_of
from gate.model.location import Location
from gate.model.problem import Slug
from gate.model.testcase import TestCase, TestOutcome
from tests.conftest import no_hang
from tests.formats.readings import cases_of, refused, statement_of

FIXTURES = Path(__file__).parent / "junit"
PASSED, SKIPPED, FAILED, ERROR = TestOutcome


def fixture(name: str) -> bytes:
    """A report that a real tool wrote."""
    return (FIXTURES / name).read_bytes()


def case(marks: str = "", name: str = "t", **attributes: str) -> str:
    """A test case with its marks."""
    more = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<testcase name="{name}"{more}>{marks}</testcase>'


def suite(*inside: str, name: str = "s", **attributes: object) -> str:
    """A test suite."""
    more = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<testsuite name="{name}"{more}>{"".join(inside)}</testsuite>'


def suites(*inside: str, **attributes: object) -> str:
    """The root around suites."""
    more = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<testsuites{more}>{''.join(inside)}</testsuites>"


def only(content: str) -> TestCase:
    """The one case."""
    (one,) = cases_of(FORMAT, content)
    return one


def outcomes(content: str | bytes) -> dict[str, int]:
    """How many cases ended how."""
    return dict(Counter(one.outcome.value for one in cases_of(FORMAT, content)))


def faults(content: str | bytes) -> list[str]:
    """Why the report is incomplete."""
    return [fault.message for fault in statement_of(FORMAT, content).faults]


# ------------------------------------------------------------------------------------------------------- recognising


@pytest.mark.parametrize(
    "content",
    [
        "<testsuites/>",
        "<testsuite tests='0'/>",
        '<?xml version="1.0"?>\n<!-- c -->\n<testsuites xmlns="urn:x">',
        "<j:testsuites xmlns:j='urn:x'/>",
    ],
)
def test_junit_is_recognised_by_its_root(content: str) -> None:
    """With a namespace or without."""
    assert FORMAT.recognises(Head(content.encode()))


@pytest.mark.parametrize("content", ["<test-run/>", "<assemblies/>", "<TestRun/>", "<testcase/>", "testsuites", "{}"])
def test_other_test_reports_are_not(content: str) -> None:
    """NUnit, xUnit.net and TRX know more outcomes than JUnit."""
    assert not FORMAT.recognises(Head(content.encode()))


# -------------------------------------------------------------------------------------------------------- real files


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pytest.xml", {"passed": 2, "skipped": 2, "failed": 4, "error": 3}),
        ("pytest-xunit1.xml", {"passed": 2, "skipped": 2, "failed": 4, "error": 3}),
        ("pytest-reruns.xml", {"passed": 14, "skipped": 2, "failed": 3, "error": 3}),
        ("pytest-collection-error.xml", {"error": 1}),
        ("pytest-nothing-selected.xml", {}),
        ("node-test.xml", {"passed": 2, "skipped": 1, "failed": 3}),
        ("vitest.xml", {"passed": 1, "skipped": 2, "failed": 2}),
        ("jest-junit.xml", {"passed": 2, "skipped": 1, "failed": 1}),
        ("surefire.xml", {"passed": 2, "skipped": 1, "failed": 1, "error": 1}),
    ],
)
def test_real_report_is_read_whole(name: str, expected: dict[str, int]) -> None:
    """Every case once, and nothing in doubt."""
    assert outcomes(fixture(name)) == expected
    assert faults(fixture(name)) == []


def test_teardown_error_of_pytest_is_a_case_of_its_own() -> None:
    """It has the name of the test, which may have failed before."""
    twice = [one.outcome for one in cases_of(FORMAT, fixture("pytest.xml")) if one.name == "test_fails_and_leaks"]
    assert twice == [FAILED, ERROR]


def test_expected_failure_of_pytest_is_skipped() -> None:
    """It did not fail, and it did not pass either."""
    (known,) = (one for one in cases_of(FORMAT, fixture("pytest.xml")) if one.name == "test_known")
    assert (known.outcome, known.message) == (SKIPPED, "known")


def test_lines_of_pytest_are_counted_from_one() -> None:
    """For pytest they begin at 0; `def test_total` stands in line 22."""
    (total,) = (one for one in cases_of(FORMAT, fixture("pytest-xunit1.xml")) if one.name == "test_total")
    assert total.at == Location("tests/test_cart.py", 22)


def test_subtests_of_pytest_leave_the_report_incomplete() -> None:
    """It counts them and does not list them: whether a test got lost, nobody can tell. The hint says so."""
    (fault,) = statement_of(FORMAT, fixture("pytest-subtests.xml")).faults
    assert fault.message == "suite `pytest` says 4 tests, 1 are there"
    assert "subtests" in fault.hint


def test_failed_todo_of_node_is_failed() -> None:
    """It is marked as skipped and as failed: the worst counts."""
    (todo,) = (one for one in cases_of(FORMAT, fixture("node-test.xml")) if one.name.startswith("to do"))
    assert (todo.outcome, todo.message) == (FAILED, "not yet")


def test_suites_of_node_name_its_tests() -> None:
    """Its class is always `test`."""
    assert {one.suite for one in cases_of(FORMAT, fixture("node-test.xml"))} == {"test", "total"}


def test_control_characters_of_jest_do_not_hide_the_failure() -> None:
    """jest-junit writes them as they come."""
    content = fixture("jest-junit.xml")
    assert b"\x01" in content
    assert any(one.outcome is FAILED for one in cases_of(FORMAT, content))
    assert Slug.RECOVERED in {remark.slug for remark in statement_of(FORMAT, content).remarks}


def test_attempts_of_surefire_are_counted() -> None:
    """A flaky test passed in the end, a rerun one never did; the suite counts each attempt."""
    attempts = {one.name: (one.outcome, one.failed_attempts) for one in cases_of(FORMAT, fixture("surefire.xml"))}
    assert attempts["isFlaky"] == (PASSED, 1)
    assert attempts["fails"] == (FAILED, 2)
    assert attempts["breaks"] == (ERROR, 2)
    assert attempts["adds"] == (PASSED, 0)


@pytest.mark.parametrize(
    ("name", "tool"),
    [
        ("pytest.xml", "pytest"),
        ("node-test.xml", "node:test"),
        ("vitest.xml", "Vitest"),
        ("jest-junit.xml", "jest-junit"),
        ("surefire.xml", "Surefire"),
    ],
)
def test_writer_is_known_by_what_it_writes(name: str, tool: str) -> None:
    """The format has no place for its name."""
    assert statement_of(FORMAT, fixture(name)).tool == tool


# ---------------------------------------------------------------------------------------------------------- outcomes


@pytest.mark.parametrize(
    ("marks", "outcome"),
    [
        ("", PASSED),
        ("<system-out>error</system-out>", PASSED),
        ("<skipped/>", SKIPPED),
        ("<failure/>", FAILED),
        ("<error/>", ERROR),
        ("<skipped/><failure/>", FAILED),
        ("<failure/><error/>", ERROR),
        ("<error/><failure/>", ERROR),
        ("<error/><skipped/>", ERROR),
        ("<x:failure/>", FAILED),
        ("<flakyFailure/>", PASSED),
        ("<flakyError/><skipped/>", SKIPPED),
        ("<rerunFailure/>", FAILED),
        ("<rerunError/>", ERROR),
        ("<Failure/>", FAILED),
        ("<timeout/>", ERROR),
        ("<ignored/>", SKIPPED),
        ("<attachment/>", PASSED),
    ],
)
def test_worst_mark_decides(marks: str, outcome: TestOutcome) -> None:
    """In whatever order they stand."""
    assert only(suite(case(marks))).outcome is outcome


@pytest.mark.parametrize(
    ("attribute", "word", "outcome"),
    [
        ("status", "run", PASSED),
        ("status", "passed", PASSED),
        ("status", "whatever", PASSED),
        ("result", "completed", PASSED),
        ("status", "notrun", SKIPPED),
        ("status", "disabled", SKIPPED),
        ("result", "suppressed", SKIPPED),
        ("result", "skipped", SKIPPED),
        ("status", "Failed", FAILED),
        ("status", "errored", ERROR),
        ("result", "timeout", ERROR),
    ],
)
def test_attribute_may_say_how_a_case_ended(attribute: str, word: str, outcome: TestOutcome) -> None:
    """GoogleTest and others; other words say nothing."""
    assert only(suite(case(**{attribute: word}))).outcome is outcome


def test_attribute_never_improves_on_a_mark() -> None:
    """Nor does a mark on an attribute."""
    assert only(suite(case("<failure/>", status="notrun"))).outcome is FAILED
    assert only(suite(case("<skipped/>", status="failed"))).outcome is FAILED


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        ('<failure message="no"/>', "no"),
        ('<failure message="no">trace</failure>', "no"),
        ('<failure message="">\n\n  first\nsecond</failure>', "first"),
        ("<failure><![CDATA[first]]></failure>", "first"),
        (f'<failure message="{"x" * 1000}"/>', "x" * LONGEST_MESSAGE),
        (f"<failure>{'x' * 1000}</failure>", "x" * LONGEST_MESSAGE),
        ('<skipped message="later"/>', "later"),
        ('<failure/><failure message="second"/>', "second"),
        ('<failure message="first"/><failure message="second"/>', "first"),
        ('<error message="worse"/><failure message="bad"/>', "worse"),
    ],
)
def test_message_is_that_of_the_worst_mark(mark: str, message: str) -> None:
    """Its attribute, else the first line of its text that says something."""
    assert only(suite(case(mark))).message == message


# ---------------------------------------------------------------------------------------------------- where and when


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (suite(case(classname="C")), "C"),
        (suite(case(**{"class": "C"})), "C"),
        (suite(case()), "s"),
        (suite(case(classname="")), "s"),
        (suites(suite(suite(case(), name=""), name="outer")), "outer"),
        (suites(case()), ""),
        (suite(case(classname="test")), "s"),
        (suites(case(classname="test")), "test"),
        (suite(case(classname="test"), name="pytest"), "test"),
    ],
)
def test_suite_is_the_class_else_the_innermost_name(content: str, name: str) -> None:
    """`test` is node's class for everything; under pytest it is a module."""
    assert only(content).suite == name


@pytest.mark.parametrize(
    ("content", "at"),
    [
        (suite(case()), None),
        (suite(case(file="a.c")), Location("a.c")),
        (suite(case(file="a.c", line="7")), Location("a.c", 7)),
        (suite(case(file="a.c", line="0")), Location("a.c")),
        (suite(case(file="a.c", line="-7")), Location("a.c")),
        (suite(case(file="a.c", line="x")), Location("a.c")),
        (suite(case(line="7")), None),
        (suite(case(), file="b.c"), Location("b.c")),
        (suite(case('<failure file="c.c" line="9"/>'), file="b.c"), Location("c.c", 9)),
        (suite(case('<failure file="c.c" line="9"/>', file="a.c")), Location("a.c")),
        (suite(case('<skipped file="c.c" line="9"/>')), None),
        (suite(case(file="a.c", line="0"), name="pytest"), Location("a.c", 1)),
    ],
)
def test_place_is_that_of_the_case_the_failure_or_the_suite(content: str, at: Location | None) -> None:
    """As far as any of them says it."""
    assert only(content).at == at


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0.0),
        ("0.25", 0.25),
        ("0.", 0.0),
        (".5", 0.5),
        ("9.7E-05", 9.7e-05),
        ("1,234.5", 1234.5),
        ("1,234,567", 1_234_567.0),
        (str(LONGEST_TIME), LONGEST_TIME),
        ("100000001", None),
        *(
            (nonsense, None)
            for nonsense in ("", ".", "-1", "NaN", "inf", "1e400", "0,25", "12,34", "1_0", " 1", "x", "1s")
        ),
    ],
)
def test_duration_is_read_strictly(text: str, seconds: float | None) -> None:
    """Finite seconds, with the thousands of Surefire; anything else is no duration."""
    assert seconds_of(text) == seconds
    assert only(suite(case(time=text))).seconds == seconds


def test_what_is_no_duration_is_told() -> None:
    """One that is not stated is not."""
    remarks = statement_of(FORMAT, suite(case(time="x"), case(time=""), case(), case(time="-1"))).remarks
    assert [remark.message for remark in remarks] == ["the `time` of 2 test cases is no duration in seconds"]


def test_report_is_as_old_as_its_oldest_time() -> None:
    """In UTC, and with its newest; that a time has no zone is told, and what is no time is passed over."""
    late = suite(case(timestamp="2026-11-22T13:00:00+01:00"), name="late", timestamp="2026-11-22T11:00:00Z")
    statement = statement_of(FORMAT, suites(late, suite(timestamp="7.045"), timestamp="2026-11-21T00:00:00Z"))
    assert statement.made_at == datetime(2026, 11, 21, tzinfo=UTC)
    assert statement.made_until == datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert not statement.remarks
    naive = statement_of(FORMAT, suite(timestamp="2026-11-22T12:00:00"))
    assert naive.made_at == datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert [remark.slug for remark in naive.remarks] == [Slug.NOT_STATED]


@pytest.mark.parametrize(
    "nonsense", ["", "yesterday", "0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00", "2" * 5000]
)
def test_what_is_no_time_is_none(nonsense: str) -> None:
    """Also at the edge of the calendar."""
    assert statement_of(FORMAT, suite(timestamp=nonsense)).made_at is None


# ------------------------------------------------------------------------------------------------------------ suites


def test_cases_count_at_every_depth() -> None:
    """Directly under the root, and in suites of suites."""
    inner = case("<error/>")
    for depth in range(40):
        inner = suite(inner, case(), name=f"s{depth}")
    assert outcomes(suites(case("<failure/>"), inner)) == {"failed": 1, "error": 1, "passed": 40}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (suite(case(), tests=2), "suite `s` says 2 tests, 1 are there"),
        (suite(case(), failures=1), "suite `s` says 1 failures and errors, 0 are there"),
        (suite(case(), errors=1), "suite `s` says 1 failures and errors, 0 are there"),
        (suite(case("<failure/>"), failures=1, errors=1), "suite `s` says 2 failures and errors, 1 are there"),
        (suite(case(), skipped=1), "suite `s` says 1 skipped tests, 0 are there"),
        (suite(case(), disabled=1), "suite `s` says 1 skipped tests, 0 are there"),
        (suites(suite(case()), tests=9, name="r"), "suite `r` says 9 tests, 1 are there"),
        (suites(suite(suite(case(), name="in", tests=7), tests=7), tests=7), "suite `in` says 7 tests, 1 are there"),
        (suite(tests=3), "suite `s` says 3 tests, 0 are there"),
        (suite(case(), tests="many"), "suite `s` says tests=`many`, which is no number"),
        (suite(case(), tests=-1), "suite `s` says tests=`-1`, which is no number"),
        (suite(case(), failures=10**30), f"suite `s` says failures=`{str(10**30)[:20]}`, which is no number"),
        (
            suite("<system-err>cannot link\n</system-err>"),
            "suite `s` lists no test, and wrote to standard error: cannot link",
        ),
    ],
)
def test_suite_that_claims_more_than_is_there_is_a_fault(content: str, message: str) -> None:
    """Once, at the narrowest suite where it shows."""
    assert faults(content) == [message]


@pytest.mark.parametrize(
    "content",
    [
        suite(case(), case(), tests=1),
        suite(case("<failure/>"), failures=0),
        suite(case("<failure/>"), failures=0, errors=1),
        suite(case("<error/><failure/>"), tests=1, failures=1, errors=1),
        suite(case("<skipped/>"), skipped=1, disabled=1),
        suite(case(status="notrun"), tests=1, disabled=1),
        suite(case("<skipped/><failure/>"), skipped=1, failures=1),
        suite(case("<failure/><rerunFailure/><rerunFailure/>"), tests=3, failures=3),
        suite(case("<flakyFailure/>"), tests=2, failures=1),
        suites(suite(case(), tests=1), suite(case(), tests=1), tests=2),
        suites(suite(suite(case()), case(), tests=1), tests=1),
        suite(case(), tests=""),
        suite(case("<system-err>warning</system-err>"), "<system-err>warning</system-err>"),
        suite("<system-err> \n </system-err>", tests=0),
    ],
)
def test_suite_that_claims_as_much_or_less_is_none(content: str) -> None:
    """Writers count attempts and marks, some leave out nested suites, some count errors as failures."""
    assert faults(content) == []


def test_error_of_a_suite_is_a_failure_that_no_case_carries() -> None:
    """A fixture of the class broke, or the file could not be loaded."""
    content = suites(suite(case()), suite('<error message="cannot load"/>', name="broken", errors=1, tests=1))
    assert [(one.name, one.outcome, one.message) for one in cases_of(FORMAT, content)] == [
        ("t", PASSED, ""),
        ("broken", ERROR, "cannot load"),
    ]
    assert faults(content) == []


@pytest.mark.parametrize("content", [suite(errors=1, tests=0), suite(failures=2), suites(suite(suite(errors=1)))])
def test_suite_that_failed_without_a_case_is_an_error(content: str) -> None:
    """Its number is all there is; one error stands for it, and the report is incomplete besides."""
    one = only(content)
    assert (one.name, one.outcome) == ("s", ERROR)
    assert "lists no test" in one.message
    assert len(faults(content)) == 1


def test_skipped_suite_is_no_failure() -> None:
    """A mark that breaks nothing."""
    assert outcomes(suites(suite("<skipped/>"), suite(case()))) == {"passed": 1}


def test_faults_are_limited_and_their_number_told() -> None:
    """A report may have as many as it has suites."""
    found = faults(suites(*(suite(case(), tests=2) for _ in range(MAX_FAULTS + 5))))
    assert len(found) == MAX_FAULTS + 1
    assert found[-1] == "and 5 more contradictions"
    assert len(faults(suites(*(suite(case(), tests=2) for _ in range(MAX_FAULTS))))) == MAX_FAULTS


@pytest.mark.parametrize("content", ["<testsuites/>", suites(), suites(suite(tests=0, failures=0))])
def test_run_without_tests_has_a_statement_and_no_record(content: str) -> None:
    """That it is hollow, `collect` sees."""
    assert cases_of(FORMAT, content) == []
    assert statement_of(FORMAT, content).proves == {TestCase}
    assert faults(content) == []


# ---------------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("<testsuites>", "broken XML"),
        ("<report/>", "`report` is not JUnit's"),
        (
            '<testsuites xmlns="urn:check"><suite><test result="failure"/></suite></testsuites>',
            "holds `suite` and no test case",
        ),
        (suite(case(case())), "a test case inside a test case"),
        (suite(case(suite())), "a test suite inside a test case"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><testsuites>&b;</testsuites>', "entities"),
        ("<testsuite>" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_junit_is_refused(content: str, says: str) -> None:
    """Read as JUnit it would be a run without a failure."""
    assert says in refused(FORMAT, content).message


def test_elements_that_the_format_does_not_know_are_passed_over() -> None:
    """Writers add their own; a case is there all the same."""
    assert outcomes(suite("<extra><deep/></extra>", case("<extra/>"))) == {"passed": 1}


REAL = ["pytest.xml", "node-test.xml", "surefire.xml", "vitest.xml"]
ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')


@given(st.sampled_from(REAL), st.data())
def test_truncated_report_is_refused(name: str, data: st.DataObject) -> None:
    """Cut anywhere, it is no XML."""
    content = fixture(name).rstrip()
    refused(FORMAT, content[: data.draw(st.integers(0, len(content) - 1))])


@given(st.sampled_from(REAL), st.data())
def test_changed_attributes_never_hide_a_failure(name: str, data: st.DataObject) -> None:
    """Whatever stands in an attribute: no other exception, never fewer failures, never fewer cases."""
    content = fixture(name)
    root = content.index(b"<testsuite")
    start, end = data.draw(st.sampled_from([found.span(2) for found in ATTRIBUTE.finditer(content, root)]))
    junk = data.draw(
        st.sampled_from([b"", b"-1", b"1e999", b"NaN", b"x", b"9" * 50, b"true", b"passed", b"skipped", b"&#0;"])
    )
    before, after = outcomes(content), outcomes(content[:start] + junk + content[end:])
    assert sum(after.values()) >= sum(before.values())
    assert after.get("failed", 0) + after.get("error", 0) >= before.get("failed", 0) + before.get("error", 0)


@given(st.binary(max_size=60))
def test_anything_in_a_report_is_read_or_refused(junk: bytes) -> None:
    """No other exception, and the failure that is there is there."""
    content = b"<testsuite><testcase><failure/>" + junk + b"</testcase></testsuite>"
    try:
        found = outcomes(content)
    except EvidenceError:
        return
    assert found.get("failed", 0) + found.get("error", 0) >= 1


def test_hostile_report_takes_time_in_proportion_to_its_size() -> None:
    """Many suites that contradict themselves, many marks in one case, a long message, many timestamps."""
    contents = [
        suites(*(suite(tests=9, name=str(number)) for number in range(15_000))),
        suite(case("<failure/>" * 60_000)),
        suite(case(f"<failure>{' ' * 5_000_000}x</failure>")),
        suite(*(case(timestamp=f"2026-11-22T00:00:{number % 60:02}", time="1," * 20) for number in range(15_000))),
        suite(case(time="1" * 1_000_000), case(line="1" * 1_000_000, file="a")),
    ]
    with no_hang():
        for content in contents:
            assert statement_of(FORMAT, content).tool == "JUnit"


def test_a_failure_without_a_place_is_where_its_trace_begins() -> None:
    """As pytest ends every frame with its place, the test's own first; its lines count from one there."""
    trace = "def test_a():\n>   f()\n\ntests/test_a.py:25: \n_ _ _\n\nsrc/a.py:7: ValueError"
    case = f'<testcase classname="tests.test_a" name="a"><failure>{trace}</failure></testcase>'
    xml = f'<testsuite name="pytest">{case}</testsuite>'
    cases = [record for record in FORMAT.read(xml.encode()) if isinstance(record, TestCase)]
    assert [case.at for case in cases] == [Location("tests/test_a.py", 25)]

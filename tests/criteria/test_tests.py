"""`tests`: what ran, what passed, and what hides behind a name that is used twice."""

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from gate.criteria.tests import Tests
from gate.model.problem import Slug
from gate.model.testcase import TestCase, TestOutcome
from gate.model.verdict import Judgement
from tests.conftest import a_report, a_test, evidence_of, valid


def judged(*cases: TestCase, tool: str = "JUnit", **fields: Any) -> Judgement:
    """The judgement of a criterion with these fields over one report with these cases."""
    return valid(Tests, kind="tests", **fields).judge(evidence_of(a_report(*cases, proves=TestCase, tool=tool)))


def numbered(count: int, outcome: TestOutcome = TestOutcome.PASSED, **over: Any) -> list[TestCase]:
    """So many different tests with the same outcome."""
    return [a_test(name=f"{outcome}_{number}", outcome=outcome, **over) for number in range(count)]


@pytest.mark.parametrize("outcome", [TestOutcome.FAILED, TestOutcome.ERROR])
def test_by_default_no_test_may_fail(outcome: TestOutcome) -> None:
    """A failure and an error are both failed tests, and no later report can undo them."""
    judgement = judged(*numbered(3), *numbered(1, outcome))
    assert [(breach.message, breach.final) for breach in judgement.breaches] == [("1 failed, 0 allowed", True)]
    assert judgement.observed == "3 of 4 executed passed, 1 failed"


def test_by_default_at_least_one_test_runs() -> None:
    """Skipped tests were not executed."""
    assert judged(*numbered(5, TestOutcome.SKIPPED)).breaches
    assert not judged(*numbered(1)).breaches


def test_a_demanded_share_is_exact_and_inclusive() -> None:
    """90 % of 10 is 9; of 11 it is 9.9, so 9 are too few and nothing is rounded."""
    assert not judged(*numbered(9), *numbered(1, TestOutcome.FAILED), min_passed="90%").breaches
    assert judged(*numbered(9), *numbered(2, TestOutcome.FAILED), min_passed="90%").breaches


def test_a_share_replaces_the_default_limit_of_failures() -> None:
    """Whoever demands 50 % passed allows failures, unless they also say `max_failed`."""
    cases = [*numbered(1), *numbered(1, TestOutcome.FAILED)]
    assert not judged(*cases, min_passed="50%").breaches
    assert judged(*cases, min_passed="50%", max_failed=0).breaches


@pytest.mark.parametrize(("least", "holds"), [(3, True), (4, False)])
def test_a_number_of_passed_tests_can_be_demanded(least: int, holds: bool) -> None:  # noqa: FBT001
    """The bound is inclusive."""
    assert (not judged(*numbered(3), min_passed=least).breaches) is holds


@pytest.mark.parametrize(("allowed", "holds"), [(2, True), (1, False)])
def test_skipped_tests_have_a_limit(allowed: int, holds: bool) -> None:  # noqa: FBT001
    """The bound is inclusive."""
    cases = [*numbered(1), *numbered(2, TestOutcome.SKIPPED)]
    assert (not judged(*cases, max_skipped=allowed).breaches) is holds


def test_failures_do_not_hide_behind_one_name() -> None:
    """Three failed entries of the same name are three failures, whatever the framework means by it."""
    assert judged(*[a_test(outcome=TestOutcome.FAILED)] * 3, max_failed=2).breaches


def test_a_skipped_entry_does_not_hide_behind_a_name_that_ran() -> None:
    """One entry that passed and one that was skipped under the same name: one test ran, and one was skipped."""
    cases = [a_test(), a_test(outcome=TestOutcome.SKIPPED)]
    judgement = judged(*cases, max_skipped=0)
    assert [breach.message for breach in judgement.breaches] == ["1 skipped, 0 allowed"]
    assert judgement.tally is not None
    assert (judgement.tally.adds_up, judgement.tally.counted) == (True, 2)
    assert not judged(*cases, max_skipped=1).breaches


def test_a_teardown_error_fails_the_test_that_passed() -> None:
    """Pytest lists the error as a second case of the same name: one test, and it failed."""
    judgement = judged(a_test(), a_test(outcome=TestOutcome.ERROR))
    assert judgement.observed == "0 of 1 executed passed, 1 failed"


def test_repeated_passes_count_once() -> None:
    """They are attempts of one test."""
    assert judged(a_test(), a_test()).observed == "1 of 1 executed passed"


@pytest.mark.parametrize(
    ("cases", "tool"), [([a_test(failed_attempts=1)], "surefire"), ([a_test(), a_test()], "pytest")]
)
def test_a_pass_on_a_later_attempt_is_flaky(cases: list[TestCase], tool: str) -> None:
    """Surefire says so inside the case; pytest lists the case again, and its names are unique."""
    assert judged(*cases, tool=tool, flaky="fail").breaches
    assert not judged(*cases, tool=tool).breaches


def test_suites_and_cases_choose_the_tests() -> None:
    """All other fields speak of the chosen tests only."""
    cases = [a_test(suite="unit", outcome=TestOutcome.FAILED), a_test(suite="e2e")]
    judgement = judged(*cases, suites="e2e")
    assert not judgement.breaches
    assert judgement.tally is not None
    assert judgement.tally.left_out == {"filtered": 1}
    assert judgement.tally.adds_up


@pytest.mark.parametrize("fields", [{"suites": ["unit", "e2e"]}, {"cases": "test_two"}])
def test_each_pattern_must_match_an_executed_test(fields: dict[str, Any]) -> None:
    """A renamed suite must not turn a demand into nothing; a skipped test does not count as a match."""
    cases = [a_test(suite="unit"), a_test(suite="e2e", name="test_two", outcome=TestOutcome.SKIPPED)]
    assert [doubt.slug for doubt in judged(*cases, **fields).doubts] == [Slug.NOTHING_MATCHED]


@pytest.mark.parametrize(("seconds", "holds"), [(30.0, True), (30.1, False)])
def test_the_time_of_the_chosen_tests_is_added_up(seconds: float, holds: bool) -> None:  # noqa: FBT001
    """One minute for two tests."""
    cases = [a_test(name="a", seconds=30.0), a_test(name="b", seconds=seconds)]
    assert (not judged(*cases, max_duration="1m").breaches) is holds


def test_a_duration_that_is_not_stated_is_a_doubt() -> None:
    """Unknown, not zero."""
    assert [doubt.slug for doubt in judged(a_test(), max_duration="1m").doubts] == [Slug.NOT_STATED]


def test_every_entry_is_accounted_for() -> None:
    """Conservation over tests, attempts and filters."""
    cases = [a_test(), a_test(), *numbered(2, TestOutcome.SKIPPED), a_test(suite="other")]
    tally = judged(*cases, suites="tests.*").tally
    assert tally is not None
    assert tally.adds_up
    assert tally.read == 5


@pytest.mark.parametrize(
    "fields",
    [
        {"min_passed": "101%"},
        {"min_passed": 1.5},
        {"min_passed": 0},
        {"min_passed": "0%"},
        {"min_passed": 0, "max_failed": 0},
        {"min_executed": 0},
        {"suites": []},
    ],
)
def test_a_demand_that_means_nothing_is_refused(fields: dict[str, Any]) -> None:
    """Each would make the criterion weaker than its author believes."""
    with pytest.raises(ValidationError):
        valid(Tests, kind="tests", **fields)


def test_a_percentage_is_exact() -> None:
    """No float stands between the policy and the comparison."""
    assert valid(Tests, kind="tests", min_passed="33.3%").min_passed == Fraction(333, 1000)

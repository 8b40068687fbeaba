"""All problems of a verdict: none is lost, and none is told twice."""

from dataclasses import replace

import pytest

from gate.model.evidence import State, Statement
from gate.model.finding import Finding
from gate.model.location import Location
from gate.model.problem import Problem, Slug
from gate.model.verdict import Judgement, Outcome
from gate.reports import problems
from tests.conftest import a_report, a_source
from tests.reports.builders import a_result, a_verdict, full_verdict


def test_a_problem_of_a_statement_is_told_at_its_report_and_once() -> None:
    """Whether or not the report repeats it."""
    fault = Problem(Slug.FAILED_RUN, "the tool failed", Location("", 3))
    stamped = replace(fault, at=Location("x.sarif", 3))
    statement = Statement("Bandit", frozenset({Finding}), faults=(fault,))
    assert problems.of_report(a_report(path="x.sarif", statements=(statement,))) == (stamped,)
    assert problems.of_report(a_report(path="x.sarif", statements=(statement,), problems=(stamped,))) == (stamped,)


def test_a_problem_that_a_criterion_tells_is_not_told_again_of_the_evidence() -> None:
    """Two reports with the same trouble are two problems."""
    one, two = (Problem(Slug.BROKEN_REPORT, "broken", Location(path)) for path in ("a.json", "b.json"))
    reports = (a_report(path=p.at.path, problems=(p,)) for p in (one, two) if p.at)
    verdict = a_verdict(a_result(Outcome.UNKNOWN, problems=(one,)), sources=(a_source(*reports),))
    assert problems.of_evidence(verdict) == (two,)


@pytest.mark.parametrize("state", [State.EMPTY, State.STALE])
def test_what_the_policy_accepts_is_said_to_be_accepted(state: State) -> None:
    """Of the problem that explains the state, and of no remark."""
    fault, remark = Problem(Slug.STALE_REPORT, "too old"), Problem(Slug.NOT_STATED, "no zone")
    report = a_report(path="x", state=state, problems=(fault,), remarks=(remark,), accepted=True)
    told = problems.of_source(a_source(report))
    assert [problem.message for problem in told] == [f"too old ({state}, accepted by the policy)", "no zone"]
    assert problems.of_report(report)[0].message == "too old"


def test_a_criterion_tells_its_remarks_and_each_problem_once() -> None:
    """Several sources may lack the same."""
    gap, remark = Problem(Slug.NO_EVIDENCE, "gone"), Problem(Slug.RECOVERED, "mended")
    result = a_result(Outcome.UNKNOWN, problems=(gap, gap), judgement=Judgement("", "", remarks=(remark,)))
    assert problems.of_result(result) == (gap, remark)


def test_all_problems_of_a_verdict_are_gathered() -> None:
    """Of the run first, then of criteria, then of the evidence."""
    slugs = [problem.slug.value for problem in problems.of_verdict(full_verdict())]
    assert slugs == ["skippable-gate", "no-evidence", "stale-report", "broken-report", "recovered"]

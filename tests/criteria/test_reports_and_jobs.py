"""`reports` and `jobs`: the evidence is there, and its producers ran."""

from typing import Any

import pytest
from pydantic import ValidationError

from gate.criteria.jobs import Jobs
from gate.criteria.reports import Reports
from gate.model.evidence import Evidence
from gate.model.job import Job
from gate.model.problem import Slug
from gate.model.verdict import Judgement
from tests.conftest import NOW, a_finding, a_report, evidence_of, valid


def test_a_report_is_enough() -> None:
    """No number is read."""
    assert not valid(Reports, kind="reports").judge(evidence_of(a_report(a_finding()))).doubts


def test_no_report_is_a_doubt() -> None:
    """Nothing is never a pass."""
    assert [d.slug for d in valid(Reports, kind="reports").judge(evidence_of()).doubts] == [Slug.NO_EVIDENCE]


def test_each_named_tool_must_have_reported() -> None:
    """A report of another tool does not stand in."""
    criterion = valid(Reports, kind="reports", tools=["bandit", "CodeQL"])
    (doubt,) = criterion.judge(evidence_of(a_report(a_finding()))).doubts
    assert doubt.slug is Slug.MISSING_TOOL
    assert "CodeQL" in doubt.message


@pytest.mark.parametrize(("least", "holds"), [(1, True), (2, False)])
def test_a_number_of_reports_can_be_demanded(least: int, holds: bool) -> None:  # noqa: FBT001
    """The bound is inclusive."""
    judgement = valid(Reports, kind="reports", min_reports=least).judge(evidence_of(a_report(a_finding())))
    assert (not judgement.breaches) is holds


def jobs(*pairs: tuple[str, str], **fields: Any) -> Judgement:
    """The judgement over these jobs; `all` are required unless said otherwise."""
    criterion = valid(Jobs, kind="jobs", **{"require": "all"} | fields)
    return criterion.judge(Evidence(NOW, jobs=tuple(Job(*pair) for pair in pairs)))


def test_a_successful_job_is_enough() -> None:
    """Its evidence is judged elsewhere."""
    judgement = jobs(("unit", "success"))
    assert (judgement.breaches, judgement.doubts) == ((), ())


def test_a_failed_job_is_a_breach() -> None:
    """Unless the policy allows it."""
    assert jobs(("unit", "failure")).breaches
    assert not jobs(("unit", "failure"), allow_failed="unit").breaches


@pytest.mark.parametrize("result", ["skipped", "cancelled", "something-new"])
def test_a_job_that_did_not_run_is_missing_evidence(result: str) -> None:
    """GitHub counts it as passed; the gate does not."""
    assert [doubt.slug for doubt in jobs(("unit", result)).doubts] == [Slug.JOB_MISSING]
    assert not jobs(("unit", result), allow_skipped="unit").doubts


def test_jobs_that_were_not_handed_over_are_a_doubt() -> None:
    """Neither an absent context nor an empty one proves anything."""
    criterion = valid(Jobs, kind="jobs", require="all")
    assert [d.slug for d in criterion.judge(Evidence(NOW)).doubts] == [Slug.JOB_MISSING]
    assert [d.slug for d in criterion.judge(Evidence(NOW, jobs=())).doubts] == [Slug.JOB_MISSING]


def test_a_required_job_that_is_not_needed_is_a_doubt() -> None:
    """A job that was renamed must not vanish from the demand."""
    judgement = jobs(("unit", "success"), require=["unit", "e2e"])
    assert [doubt.slug for doubt in judgement.doubts] == [Slug.JOB_MISSING]


def test_jobs_that_are_not_required_do_not_count() -> None:
    """They are told as left out."""
    judgement = jobs(("unit", "success"), ("deploy", "failure"), require="unit")
    assert not judgement.breaches
    assert judgement.tally is not None
    assert judgement.tally.adds_up


def test_jobs_without_a_demand_are_refused() -> None:
    """`require` says which jobs matter."""
    with pytest.raises(ValidationError):
        valid(Jobs, kind="jobs")

"""gate.junit.xml, read back by a reader that is not ours."""

import subprocess
import sys

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from gate.model.verdict import Judgement, Outcome, Verdict
from gate.reports import junit
from tests.reports.builders import a_result, a_verdict, full_verdict, seen


def _suite(verdict: Verdict) -> TestSuite:
    (suite,) = JUnitXml.fromstring(junit.render(verdict).encode())
    return suite


def _cases(verdict: Verdict) -> dict[str, TestCase]:
    return {case.name: case for case in _suite(verdict)}


def test_every_criterion_is_a_test_case() -> None:
    """Failure for fail, error for unknown, skipped for not applicable, nothing for pass."""
    cases = _cases(full_verdict())
    assert list(cases) == [result.id for result in full_verdict().results]
    kinds = {name: [type(entry) for entry in case.result] for name, case in cases.items()}
    assert kinds["no-high-findings"] == [Failure]
    assert kinds["dynamic-scan"] == [Error]
    assert kinds["release-notes"] == [Skipped]
    assert kinds["unit-coverage"] == []


def test_the_totals_are_those_of_the_verdict() -> None:
    """For viewers that show nothing else."""
    suite = _suite(full_verdict())
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (9, 4, 1, 1)
    assert suite.name == "production-readiness"


def test_a_failure_says_why_and_what_to_do() -> None:
    """In its message and its text; the type is the level."""
    (failure,) = _cases(full_verdict())["no-high-findings"].result
    assert failure.message == "No HIGH severity unmitigated findings: 14 high or worse, 0 allowed"
    assert failure.type == "must"
    for words in ("observed: 1 critical, 13 high", "src/app.py:1: B602: subprocess", "help: Fix it"):
        assert words in failure.text


def test_a_pass_says_what_was_observed() -> None:
    """In the output of the case."""
    assert "observed: 84.9 % (849 of 1000) lines" in _cases(full_verdict())["unit-coverage"].system_out


def test_an_outcome_without_any_word_is_still_that_outcome() -> None:
    """junit-xml drops a failure without message and output."""
    silent = {"title": "", "reason": "", "help": "", "judgement": Judgement("", "")}
    results = [a_result(outcome, id=outcome.value, **silent) for outcome in (Outcome.FAIL, Outcome.UNKNOWN)]
    assert {name: len(case.result) for name, case in _cases(a_verdict(*results)).items()} == {"fail": 1, "unknown": 1}


def test_the_first_fifty_observations_are_listed() -> None:
    """And how many more there are."""
    many = Judgement("", "", observations=tuple(seen() for _ in range(51)))
    (failure,) = _cases(a_verdict(a_result(judgement=many)))["no-high"].result
    assert failure.text.count("B602") == 50
    assert "and 1 more: see verdict.json" in failure.text


def test_the_library_is_loaded_only_for_the_report() -> None:
    """It costs a tenth of the start-up of the gate."""
    code = "import sys, gate.reports; print('junit_xml' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert shown.stdout.strip() == "False"

"""gate-full.sarif: all outcomes by SARIF's own words."""

import json
from typing import Any

import pytest

from gate.model.suppression import Suppression
from gate.model.verdict import Judgement, Observation, Outcome, Tally, Verdict
from gate.reports import sarif_full
from tests.conftest import a_finding
from tests.reports.builders import a_result, a_verdict, full_verdict, seen


def _results(verdict: Verdict) -> Any:
    return json.loads(sarif_full.render(verdict))["runs"][0]["results"]


@pytest.mark.parametrize(
    ("outcome", "kind", "level"),
    [
        (Outcome.PASS, "pass", "none"),
        (Outcome.FAIL, "fail", "error"),
        (Outcome.UNKNOWN, "open", "none"),
        (Outcome.NOT_APPLICABLE, "notApplicable", "none"),
    ],
)
def test_every_outcome_has_its_kind(outcome: Outcome, kind: str, level: str) -> None:
    """A result that is no failure has the level `none` (SARIF 2.1.0, section 3.27.10)."""
    result = _results(a_verdict(a_result(outcome)))[0]
    assert (result["kind"], result["level"]) == (kind, level)


def test_all_criteria_and_all_findings_are_in_it() -> None:
    """Those without a place, those of criteria that passed, and those that did not count."""
    passed = a_result(Outcome.PASS, judgement=Judgement("1 low", "no high", observations=(seen(),)))
    assert len(_results(a_verdict(passed))) == 2
    results = _results(full_verdict())
    assert sum("kind" in result for result in results) == 9
    assert sum(result["ruleId"] == "no-high-findings" for result in results) == 16


def test_a_finding_elsewhere_has_a_logical_place() -> None:
    """An image is no file of the repository."""
    image = _results(full_verdict())[1]
    assert image["locations"] == [{"logicalLocations": [{"fullyQualifiedName": "acme/service:1.2 (debian 13)"}]}]


def test_what_has_no_place_stands_at_its_criterion() -> None:
    """Every result has a location."""
    judgement = Judgement("", "", observations=(Observation("job `unit`: skipped"),))
    result = _results(a_verdict(a_result(judgement=judgement)))[1]
    assert result["locations"] == [{"logicalLocations": [{"fullyQualifiedName": "no-high"}]}]


def test_marks_of_the_report_are_suppressions() -> None:
    """In the words of SARIF, with the reason why the finding did not count."""
    marked = next(result for result in _results(full_verdict()) if "suppressions" in result)
    assert marked["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": "checked by hand"}]
    assert marked["properties"] == {"leftOut": "suppressed"}


def test_a_mark_in_other_words_is_external_and_under_review() -> None:
    """A word that SARIF does not know never becomes an acceptance."""
    finding = a_finding(suppressions=(Suppression("nosec", "yes please"),))
    judgement = Judgement("", "", excluded=(Observation("filtered", finding.at, finding.severity, finding),))
    marked = _results(a_verdict(a_result(judgement=judgement)))[1]
    assert marked["suppressions"] == [{"kind": "external", "status": "underReview"}]


def test_the_tally_is_a_property() -> None:
    """Read, counted, and left out for which reason."""
    result = _results(a_verdict(a_result(judgement=Judgement("", "", tally=Tally("tests", 3, 2, {"filtered": 1})))))[0]
    expected = {"unit": "tests", "read": 3, "counted": 2, "leftOut": {"filtered": 1}}
    assert result["properties"] == {"effect": "error", "group": "", **expected}

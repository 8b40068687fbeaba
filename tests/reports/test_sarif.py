"""gate.sarif: what code scanning takes, and nothing that it would refuse."""

import json
from dataclasses import replace
from typing import Any

import pytest

from gate.model.location import Location
from gate.model.problem import Problem, Slug
from gate.model.severity import Severity
from gate.model.verdict import Effect, Judgement, Level, Observation, Outcome, Verdict
from gate.reports import sarif
from tests.conftest import a_finding
from tests.reports.builders import a_result, a_verdict, full_verdict, seen
from tests.reports.hostile import PAYLOADS, poisoned


def _run(verdict: Verdict) -> Any:
    (run,) = json.loads(sarif.render(verdict))["runs"]
    return run


def _uri(result: Any) -> str:
    uri: str = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    return uri


def test_only_criteria_without_a_pass_and_their_placed_findings_are_results() -> None:
    """What passed would be shown as an alert; what has no place in the repository cannot be."""
    results = _run(full_verdict())["results"]
    by_rule = {rule: sum(result["ruleId"] == rule for result in results) for rule in {r["ruleId"] for r in results}}
    assert by_rule == {"no-high-findings": 14, "unit-tests": 1, "dynamic-scan": 1, "alerts": 1, "readiness": 1}


def test_every_criterion_is_a_rule() -> None:
    """Results point to it by id and by index."""
    run = _run(full_verdict())
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [result.id for result in full_verdict().results]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert rules[0]["help"]["text"] == "Fix it, or add a waiver that has an owner and an end."
    assert rules[0]["properties"]["tags"] == ["gate", "findings", "must", "SOC2/CC7.1", "NIST-800-53/RA-5"]


def test_a_criterion_stands_at_its_line_of_the_policy() -> None:
    """The message says how it came out, and why."""
    result = _run(full_verdict())["results"][1]
    assert result["ruleId"] == "unit-tests"
    assert _uri(result) == ".github/gate.yml"
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 21, "startColumn": 3}
    assert result["message"]["text"].startswith("Unit tests pass: fail: 1 failed, 0 allowed; observed ")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_every_result_has_what_code_scanning_needs(payload: str) -> None:
    """A rule, a message that ends with a period, a relative and encoded path, a line, a fingerprint."""
    for result in _run(poisoned(payload))["results"]:
        text = result["message"]["text"]
        assert text.endswith((".", "!", "?"))
        artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert artifact["uriBaseId"] == "%SRCROOT%"
        assert artifact["uri"].isascii()
        assert not set(artifact["uri"]) & set(' :\\"<>`{}|^\n')
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1
        assert len(result["partialFingerprints"]["gateResult/v1"]) == 64


def test_the_level_is_what_the_result_does_to_the_gate() -> None:
    """With advice nothing is an error: a required scan would shut what the gate leaves open."""
    effects = (Effect.ERROR, Effect.WARNING, Effect.NOTICE, Effect.NONE)
    verdict = a_verdict(*(a_result(id=f"c{effect}", effect=effect, judgement=Judgement("", "")) for effect in effects))
    levels = {result["ruleId"]: result["level"] for result in _run(verdict)["results"]}
    assert levels == {"cerror": "error", "cwarning": "warning", "cnotice": "note", "cnone": "note"}
    assert _run(replace(verdict, advise=True))["results"][0]["level"] == "warning"


def test_a_fingerprint_survives_moved_lines() -> None:
    """And tells equal findings of a file, other messages and other criteria apart."""
    here, moved = (a_finding(at=Location("a.py", line, placed=True)) for line in (1, 99))
    other = replace(here, message="another")
    prints = [_prints(here), _prints(moved)]
    assert prints[0] == prints[1]
    assert len(set(_prints(here, here, other))) == 4
    assert not set(_prints(here)) & set(_prints(here, criterion="c2"))


def _prints(*findings: Any, criterion: str = "c") -> list[str]:
    judgement = Judgement("", "", observations=tuple(seen(finding) for finding in findings))
    results = _run(a_verdict(a_result(id=criterion, judgement=judgement)))["results"]
    return [result["partialFingerprints"]["gateResult/v1"] for result in results]


def test_a_failed_test_is_no_alert() -> None:
    """It has its own report; the criterion stands for it."""
    judgement = Judgement("", "", observations=(Observation("test_one failed", Location("t.py", 1, placed=True)),))
    assert len(_run(a_verdict(a_result(judgement=judgement)))["results"]) == 1


def test_the_most_severe_come_first_within_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Criteria before findings, errors before warnings; what is beyond the limit is the least."""
    monkeypatch.setattr(sarif, "RESULTS", 4)
    findings = [seen(rule=s.label, severity=s) for s in (Severity.LOW, Severity.CRITICAL, Severity.HIGH)]
    judgement = Judgement("", "", observations=tuple(findings))
    warning = a_result(id="warns", effect=Effect.WARNING, level=Level.SHOULD, judgement=judgement)
    results = _run(a_verdict(warning, a_result(id="blocks", judgement=judgement)))["results"]
    assert [result["ruleId"] for result in results] == ["blocks"] * 4
    assert [result["message"]["text"].partition(":")[0] for result in results[1:]] == ["critical", "high", "low"]


def test_the_limit_is_that_of_the_platform() -> None:
    """25,000 results a run, and 20 tags a rule."""
    assert sarif.RESULTS == 25_000
    many = a_result(controls=tuple(f"C/{n}" for n in range(50)))
    assert len(_run(a_verdict(many))["tool"]["driver"]["rules"][0]["properties"]["tags"]) == 20


def test_gates_of_one_commit_are_told_apart() -> None:
    """By the name of the gate, which ends with a slash as GitHub asks."""
    assert _run(a_verdict(a_result(), name="nightly"))["automationDetails"]["id"] == "nightly/"


def test_a_policy_that_is_not_in_the_workspace_has_a_place_too() -> None:
    """A shipped policy is called by the name that people know."""
    shipped = a_result(at=Location("policies/default.yml", 9), judgement=Judgement("", ""))
    assert _uri(_run(a_verdict(shipped))["results"][0]) == "policies/default.yml"


def test_a_path_is_percent_encoded() -> None:
    """Blanks, signs and letters beyond ASCII (RFC 3986)."""
    at = Location("src/a b/ü#1%.py", 3, placed=True)
    results = _run(a_verdict(a_result(judgement=Judgement("", "", observations=(seen(at=at),)))))["results"]
    assert _uri(results[1]) == "src/a%20b/%C3%BC%231%25.py"


def test_problems_are_notifications_with_their_remedy() -> None:
    """At their place, if that is in the repository; otherwise by its name."""
    placed = Problem(Slug.SKIPPABLE_GATE, "can be skipped", Location("ci.yml", 4, placed=True), "write `if: always()`")
    named = Problem(Slug.BROKEN_REPORT, "broken", Location("x.json", 3))
    (invocation,) = _run(a_verdict(a_result(Outcome.PASS), problems=(placed, named)))["invocations"]
    first, second = invocation["toolExecutionNotifications"]
    assert first["descriptor"] == {"id": "skippable-gate"}
    assert first["message"]["text"] == "can be skipped; write `if: always()`."
    assert first["locations"][0]["physicalLocation"]["region"]["startLine"] == 4
    assert second["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "x.json:3"

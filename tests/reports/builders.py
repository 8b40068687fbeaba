"""Verdicts for the tests of reports: builders, and one that has something of everything."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

from gate.model.component import Component
from gate.model.evidence import SourceEvidence, State, Statement
from gate.model.finding import Finding
from gate.model.location import Location
from gate.model.problem import Problem, Slug
from gate.model.severity import Severity
from gate.model.suppression import Suppression
from gate.model.testcase import TestCase
from gate.model.verdict import (
    Breach,
    Effect,
    Judgement,
    Level,
    Observation,
    Outcome,
    PolicyIdentity,
    Result,
    Score,
    Tally,
    Verdict,
)
from tests.conftest import NOW, a_component, a_finding, a_report, a_source, a_test

POLICY = ".github/gate.yml"


def seen(finding: Finding | None = None, **over: Any) -> Observation:
    """A finding as a criterion observes it."""
    found = finding or a_finding(**over)
    return Observation(found.message, found.at, found.severity, found)


def a_result(outcome: Outcome = Outcome.FAIL, **over: Any) -> Result:
    """A must criterion with this outcome; failed by one high finding where nothing else is said."""
    effect = Effect.ERROR if outcome in (Outcome.FAIL, Outcome.UNKNOWN) else Effect.NONE
    grounds: dict[str, Any] = {"breaches": (Breach("1 high or worse, 0 allowed"),), "observations": (seen(),)}
    fields: dict[str, Any] = {
        "id": "no-high",
        "kind": "findings",
        "title": "No HIGH severity findings",
        "level": Level.MUST,
        "outcome": outcome,
        "effect": effect,
        "judgement": Judgement("1 high", "no high or worse", **(grounds if outcome is Outcome.FAIL else {})),
        "at": Location(POLICY, 12, 3, placed=True),
        "reason": "1 high or worse, 0 allowed" if outcome is Outcome.FAIL else "",
        "sources": ("sast",),
    }
    return Result(**fields | over)


def a_verdict(*results: Result, **over: Any) -> Verdict:
    """A verdict on these results, without evidence unless it is given."""
    blocked = any(result.blocks for result in results)
    fields: dict[str, Any] = {
        "outcome": Outcome.FAIL if blocked else Outcome.PASS,
        "policy": PolicyIdentity("production-readiness", "Production readiness", POLICY, "ab" * 32),
        "results": results,
        "sources": (),
        "made_at": NOW,
        "name": "production-readiness",
        "commit": "c0ffee" * 6 + "abcd",
        "repository": "acme/service",
        "gate_version": "1.2.0",
    }
    return Verdict(**fields | over)


def full_verdict(**over: Any) -> Verdict:
    """All outcomes, levels, states and kinds of problems in one failed verdict."""
    return a_verdict(*_results(), **{"sources": _sources(), "problems": (_skippable(),)} | over)


def _results() -> tuple[Result, ...]:
    quorum = a_result(
        Outcome.PASS,
        id="should-have",
        kind="quorum",
        title="Should have 1 of 2",
        level=Level.SHOULD,
        judgement=Judgement("1 of 2 passed", "1 of 2", score=None, tally=Tally("criteria", 2, 2)),
        at=Location(POLICY, 60, 3, placed=True),
    )
    member = {"group": "should-have", "effect": Effect.NONE, "level": Level.MUST}
    return (
        _failed_findings(),
        _failed_tests(),
        _unknown(),
        a_result(
            Outcome.PASS,
            id="unit-coverage",
            kind="coverage",
            title="Unit coverage",
            judgement=Judgement("84.9 % (849 of 1000) lines", "70 % of lines", tally=Tally("files", 12, 12)),
        ),
        a_result(
            Outcome.NOT_APPLICABLE,
            id="release-notes",
            kind="documents",
            title="Release notes",
            level=Level.MAY,
            judgement=Judgement("", ""),
            reason="applies to the stage release, this is pr",
        ),
        quorum,
        a_result(Outcome.PASS, id="runbook", title="A runbook", judgement=Judgement("1 document", "exists"), **member),
        a_result(
            Outcome.FAIL,
            id="alerts",
            title="Alerts are configured",
            judgement=Judgement("no match", "contains `alert:`", breaches=(Breach("`alert:` is not there"),)),
            reason="`alert:` is not there; counts in should-have only",
            **member,
        ),
        a_result(
            Outcome.FAIL,
            id="readiness",
            kind="score",
            title="Readiness",
            level=Level.SHOULD,
            effect=Effect.WARNING,
            judgement=Judgement(
                "66.7 %, grade C",
                "75 %",
                margin="66.7 %, 75 % demanded",
                breaches=(Breach("66.7 %, 75 % demanded"),),
                score=Score(Fraction(2, 3), "66.7 %, grade C", "C"),
            ),
            reason="66.7 %, 75 % demanded",
        ),
    )


def _failed_findings() -> Result:
    many = tuple(seen(message=f"subprocess call with shell=True, number {n}", at=_at(n)) for n in range(1, 13))
    secret = seen(
        rule="aws-key", message="", tool="Kingfisher", at=Location("config/dev.env", 3, placed=True), secret=True
    )
    image = seen(
        rule="CVE-2026-1234",
        message="openssl: buffer overflow\nin the parser",
        tool="Trivy",
        at=Location("acme/service:1.2 (debian 13)"),
        severity=Severity.CRITICAL,
        severity_from="CVSS: 9.8",
    )
    marked = a_finding(
        rule="B101", severity=Severity.LOW, suppressions=(Suppression("inSource", "accepted", "checked by hand", "jo"),)
    )
    return a_result(
        judgement=Judgement(
            "1 critical, 13 high",
            "no high or worse",
            margin="14 high or worse, 0 allowed",
            breaches=(Breach("14 high or worse, 0 allowed"),),
            observations=(image, *many, secret),
            excluded=(Observation("suppressed", marked.at, marked.severity, marked),),
            tally=Tally("findings", 15, 14, {"suppressed": 1}),
        ),
        id="no-high-findings",
        title="No HIGH severity unmitigated findings",
        reason="14 high or worse, 0 allowed",
        controls=("SOC2/CC7.1", "NIST-800-53/RA-5"),
        help="Fix it, or add a waiver that has an owner and an end.",
    )


def _failed_tests() -> Result:
    return a_result(
        id="unit-tests",
        kind="tests",
        title="Unit tests pass",
        judgement=Judgement(
            "41 of 42 executed passed, 1 failed",
            "at most 0 failed, at least 1 executed",
            breaches=(Breach("1 failed, 0 allowed"),),
            observations=(
                Observation(
                    "tests.test_app.test_login failed: assert 401 == 200",
                    Location("tests/test_app.py", 33, placed=True),
                ),
            ),
            tally=Tally("tests", 43, 42, {"filtered": 1}),
        ),
        reason="1 failed, 0 allowed",
        at=Location(POLICY, 21, 3, placed=True),
    )


def _unknown() -> Result:
    gap = Problem(
        Slug.NO_EVIDENCE, "source `zap`: no file matches evidence/dast/zap-*.json", hint="run the tool before the gate"
    )
    return a_result(
        Outcome.UNKNOWN,
        id="dynamic-scan",
        title="The running service was scanned",
        judgement=Judgement("none", "no medium or worse", doubts=(gap,)),
        problems=(gap,),
        reason=gap.message,
        at=Location(POLICY, 30, 3, placed=True),
        sources=("zap",),
    )


def _sources() -> tuple[SourceEvidence, ...]:
    stale = Problem(Slug.STALE_REPORT, "made 12 d ago, 7 d allowed", Location("evidence/zap.json"), "scan again")
    broken = Problem(Slug.BROKEN_REPORT, "broken JSON: Expecting value at column 1", Location("evidence/x.json", 3))
    recovered = Problem(Slug.RECOVERED, "control characters were passed over", Location("reports/junit.xml"))
    made = NOW - timedelta(hours=3)
    bandit = Statement("Bandit", frozenset({Finding}), "1.9.4", made, "c0ffee" * 6 + "abcd", "acme/service")
    ok: dict[str, Any] = {
        "path": "evidence/bandit.sarif",
        "sha256": "12" * 32,
        "statements": (bandit,),
        "committed": True,
        "source": "sast",
    }
    old = Statement("ZAP", frozenset({Finding}), "2.16.0", NOW - timedelta(days=12))
    return (
        a_source(
            a_report(*[a_finding() for _ in range(14)], **ok),
            a_report(
                path="evidence/zap.json",
                state=State.STALE,
                problems=(stale,),
                accepted=True,
                statements=(old,),
                source="sast",
            ),
            a_report(path="evidence/x.json", state=State.UNREADABLE, problems=(broken,), statements=(), source="sast"),
            name="sast",
            not_reports=("evidence/README.md",),
            accepts=frozenset({State.STALE}),
        ),
        a_source(
            a_report(
                a_test(), proves=TestCase, tool="pytest", path="reports/junit.xml", remarks=(recovered,), source="unit"
            ),
            name="unit",
        ),
        a_source(a_report(a_component(), proves=Component, tool="syft", path="sbom.json", source="sbom"), name="sbom"),
        a_source(
            name="zap",
            patterns=("evidence/dast/zap-*.json",),
            gaps=(
                Problem(
                    Slug.NO_EVIDENCE,
                    "source `zap`: no file matches evidence/dast/zap-*.json",
                    hint="run the tool before the gate",
                ),
            ),
        ),
    )


def _skippable() -> Problem:
    at = Location(".github/workflows/ci.yml", 40, placed=True)
    return Problem(Slug.SKIPPABLE_GATE, "the job of the gate can be skipped", at, "add `if: always()`")


def _at(line: int) -> Location:
    return Location("src/app.py" if line < 9 else "src/jobs.py", line, placed=True)

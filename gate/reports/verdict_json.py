"""`verdict.json`: the whole verdict for machines. Its schema is `verdict.schema.json`; numbers are exact."""

from collections.abc import Iterable
from typing import Any

from gate.model.evidence import RECORD_NAMES, Report, SourceEvidence, Statement
from gate.model.finding import Finding
from gate.model.location import Location
from gate.model.problem import Problem
from gate.model.verdict import Judgement, Observation, Outcome, Result, Verdict
from gate.reports import phrases, problems
from gate.reports.jsontext import dumps

SCHEMA = "gate-verdict/v1"


def render(verdict: Verdict) -> str:
    """The verdict as JSON. Of a secret there are only rule, place and severity."""
    return dumps(_verdict(verdict))


def _verdict(verdict: Verdict) -> dict[str, Any]:
    policy = verdict.policy
    return {
        "schema": SCHEMA,
        "verdict": verdict.outcome.value,
        "mode": "advise" if verdict.advise else "enforce",
        "headline": phrases.headline(verdict),
        "gate": {"name": verdict.name, "version": verdict.gate_version},
        "made_at": verdict.made_at.isoformat(),
        "as_of": verdict.as_of,
        "repository": verdict.repository,
        "commit": verdict.commit,
        "policy": {
            "name": policy.name,
            "title": policy.title,
            "path": policy.path,
            "sha256": policy.sha256,
            "origin": policy.origin,
        },
        "counts": {outcome.value: verdict.count(outcome) for outcome in Outcome},
        "shut_by": list(phrases.shut_by(verdict)),
        "score": _score(verdict),
        "results": [_result(result) for result in verdict.results],
        "sources": [_source(source) for source in verdict.sources],
        "problems": _problems(verdict.problems),
    }


def _score(verdict: Verdict) -> dict[str, Any] | None:
    """The exact share as a numerator and a denominator, and how it is shown."""
    score = verdict.score
    if score is None:
        return None
    return {"passed": score.share.numerator, "of": score.share.denominator, "text": score.text, "grade": score.grade}


def _result(result: Result) -> dict[str, Any]:
    return {
        "id": result.id,
        "kind": result.kind,
        "title": result.title,
        "level": result.level.value,
        "votes": result.votes,
        "outcome": result.outcome.value,
        "effect": result.effect.value,
        "reason": result.reason,
        "at": _location(result.at),
        "group": result.group,
        "category": result.category,
        "controls": list(result.controls),
        "sources": list(result.sources),
        "help": result.help,
        **_judgement(result.judgement),
        "problems": _problems(result.problems),
    }


def _judgement(judgement: Judgement) -> dict[str, Any]:
    tally = judgement.tally
    return {
        "observed": judgement.observed,
        "demanded": judgement.demanded,
        "margin": judgement.margin,
        "breaches": [{"message": breach.message, "final": breach.final} for breach in judgement.breaches],
        "tally": tally
        and {"unit": tally.unit, "read": tally.read, "counted": tally.counted, "left_out": dict(tally.left_out)},
        "observations": [_observation(seen) for seen in judgement.observations],
        "excluded": [_observation(seen) | {"left_out": seen.message} for seen in judgement.excluded],
        "remarks": _problems(judgement.remarks),
    }


def _observation(seen: Observation) -> dict[str, Any]:
    """What was observed; members that say nothing are left out, for there may be a hundred thousand."""
    finding = seen.finding
    told: dict[str, Any] = {
        "message": phrases.saying(seen) if finding is None or finding.secret else finding.message or seen.message,
        "at": _location(seen.at),
        "severity": None if seen.severity is None else seen.severity.label,
        "severity_from": phrases.decided_by(seen),
    }
    return {name: value for name, value in (told | _finding(finding)).items() if value not in (None, "", [])}


def _finding(finding: Finding | None) -> dict[str, Any]:
    if finding is None:
        return {}
    if finding.secret:
        return {"rule": finding.rule, "secret": True}
    return {
        "rule": finding.rule,
        "tool": finding.tool,
        "aliases": list(finding.aliases),
        "cwe": list(finding.cwe),
        "tags": list(finding.tags),
        "purl": finding.purl,
        "fixed_in": finding.fixed_in,
        "fingerprint": finding.fingerprint,
        "help_uri": finding.help_uri,
        "suppressions": [
            {"kind": mark.kind, "status": mark.status, "justification": mark.justification, "by": mark.by}
            for mark in finding.suppressions
        ],
    }


def _source(source: SourceEvidence) -> dict[str, Any]:
    return {
        "name": source.name,
        "state": source.state.value,
        "patterns": list(source.patterns),
        "searched": source.searched,
        "accepts": sorted(state.value for state in source.accepts),
        "honours_suppressions": source.honours_suppressions,
        "reports": [_report(report) for report in source.reports],
        "not_reports": list(source.not_reports),
        "gaps": _problems(source.gaps),
    }


def _report(report: Report) -> dict[str, Any]:
    kinds = {type(record) for record in report.records}.union(*(said.proves for said in report.statements))
    return {
        "path": report.path,
        "format": report.format,
        "state": report.state.value,
        "accepted": report.accepted,
        "committed": report.committed,
        "sha256": report.sha256,
        "size": report.size,
        "records": {
            name: sum(isinstance(record, kind) for record in report.records)
            for kind, name in RECORD_NAMES.items()
            if kind in kinds
        },
        "statements": [_statement(said) for said in report.statements],
        "problems": _problems(problems.of_report(report)),
    }


def _statement(said: Statement) -> dict[str, Any]:
    return {
        "tool": said.tool,
        "version": said.version,
        "made_at": said.made_at and said.made_at.isoformat(),
        "commit": said.commit,
        "repository": said.repository,
        "left_out": dict(said.left_out),
    }


def _problems(told: Iterable[Problem]) -> list[dict[str, Any]]:
    return [
        {"slug": problem.slug.value, "message": problem.message, "at": _location(problem.at), "hint": problem.hint}
        for problem in told
    ]


def _location(at: Location | None) -> dict[str, Any] | None:
    """The place as far as it is known; `placed` says that the path is a file of the workspace."""
    if at is None:
        return None
    known = {"path": at.path, "line": at.line, "column": at.column, "end_line": at.end_line}
    return {name: value for name, value in known.items() if value is not None} | {"placed": at.placed}

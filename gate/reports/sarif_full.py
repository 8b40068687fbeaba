"""`gate-full.sarif`: all outcomes by SARIF's own kinds, all findings, and the marks of those that did not count.

It is made to be kept and read by tools, not to be uploaded: code scanning would show what passed as an alert.
"""

from collections.abc import Iterator

from gate.model.location import Location
from gate.model.suppression import Suppression
from gate.model.verdict import Observation, Outcome, Result, Verdict
from gate.reports import phrases, sarif_parts
from gate.reports.jsontext import dumps
from gate.reports.sarif_parts import Json
from gate.reports.text import sarif_safe

KINDS = {
    Outcome.PASS: "pass",
    Outcome.FAIL: "fail",
    Outcome.UNKNOWN: "open",
    Outcome.NOT_APPLICABLE: "notApplicable",
}
_STATUSES = ("accepted", "underReview", "rejected")


def render(verdict: Verdict) -> str:
    """The whole verdict as SARIF."""
    results = [told for index, result in enumerate(verdict.results) for told in _results(verdict, result, index)]
    return dumps(sarif_parts.document(verdict, results))


def _results(verdict: Verdict, result: Result, index: int) -> Iterator[Json]:
    """The criterion, what it counted, and what it left out."""
    # SARIF 2.1.0, section 3.27.10: a result that is no failure has the level `none`.
    failed = result.outcome is Outcome.FAIL
    level = sarif_parts.LEVELS[phrases.loudness(verdict, result)] if failed else "none"
    yield {
        "ruleId": result.id,
        "ruleIndex": index,
        "kind": KINDS[result.outcome],
        "level": level,
        "message": sarif_parts.message(sarif_parts.of_criterion(result)),
        "locations": [sarif_parts.physical(result.at)],
        "partialFingerprints": sarif_parts.fingerprints(result.id),
        "properties": {"effect": result.effect.value, "group": result.group, **_counted(result)},
    }
    for observation in result.judgement.observations:
        yield _of_observation(result, index, observation, level if failed else "note")
    for observation in result.judgement.excluded:
        yield _of_observation(result, index, observation, "note") | _left_out(observation)


def _counted(result: Result) -> Json:
    tally = result.judgement.tally
    if tally is None:
        return {}
    return {"unit": tally.unit, "read": tally.read, "counted": tally.counted, "leftOut": dict(tally.left_out)}


def _of_observation(result: Result, index: int, observation: Observation, level: str) -> Json:
    """What was seen at its place; what has none stands at its criterion."""
    at = observation.at if observation.at and observation.at.path else Location(result.id)
    return {
        "ruleId": result.id,
        "ruleIndex": index,
        "level": level,
        "message": sarif_parts.message(sarif_parts.of_observation(observation)),
        "locations": [sarif_parts.physical(at) if at.placed else sarif_parts.logical(at)],
    }


def _left_out(observation: Observation) -> Json:
    """Why it did not count; marks that the report itself sets stand as SARIF's suppressions."""
    finding = observation.finding
    marks = finding.suppressions if finding and not finding.secret else ()
    told: Json = {"properties": {"leftOut": sarif_safe(observation.message)}}
    return told | ({"suppressions": [_suppression(mark) for mark in marks]} if marks else {})


def _suppression(mark: Suppression) -> Json:
    """A mark in the words of SARIF, section 3.35; a status that it does not know counts as under review."""
    return {
        "kind": "inSource" if mark.kind == "inSource" else "external",
        "status": mark.status if mark.status in _STATUSES else "underReview",
        **({"justification": sarif_safe(mark.justification)} if mark.justification else {}),
    }

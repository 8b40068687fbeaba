"""`gate.sarif`: what code scanning may show. Findings that decide, and criteria that failed or have no answer.

Within the limits of GitHub: a location for every result, 25,000 results of which the most severe come first, 20 tags.
"""

from collections import Counter
from collections.abc import Iterator

from gate.model.finding import Finding
from gate.model.location import Location
from gate.model.severity import Severity
from gate.model.verdict import Observation, Outcome, Result, Verdict
from gate.reports import phrases, sarif_parts
from gate.reports.jsontext import dumps
from gate.reports.sarif_parts import Json

RESULTS = 25_000
"""How many results of a run GitHub takes."""

_LOUDEST_FIRST = ("error", "warning", "note")


def render(verdict: Verdict) -> str:
    """The verdict as SARIF for code scanning."""
    ranked = sorted(_results(verdict), key=lambda pair: pair[0])
    results = [result for _, result in ranked[:RESULTS]]
    return dumps(sarif_parts.document(verdict, results))


def _results(verdict: Verdict) -> Iterator[tuple[tuple[int, int], Json]]:
    """Every result with its rank: loud before quiet, criteria before findings, severe before harmless."""
    for index, result in enumerate(verdict.results):
        if result.outcome not in (Outcome.FAIL, Outcome.UNKNOWN):
            continue
        level = sarif_parts.LEVELS[phrases.loudness(verdict, result)]
        loudness = _LOUDEST_FIRST.index(level)
        common = {"ruleId": result.id, "ruleIndex": index, "level": level}
        yield (loudness, -Severity.UNRATED - 1), common | _of_criterion(result)
        occurrences: Counter[tuple[str, ...]] = Counter()
        for observation in result.judgement.observations:
            finding, at = observation.finding, observation.at
            if finding and at and at.placed:
                yield (
                    (loudness, -finding.severity),
                    common | _of_finding(result.id, observation, finding, at, occurrences),
                )


def _of_criterion(result: Result) -> Json:
    """The criterion itself, at its line of the policy."""
    return {
        "message": sarif_parts.message(sarif_parts.of_criterion(result)),
        "locations": [sarif_parts.physical(result.at)],
        "partialFingerprints": sarif_parts.fingerprints(result.id),
    }


def _of_finding(
    criterion: str, observation: Observation, finding: Finding, at: Location, occurrences: Counter[tuple[str, ...]]
) -> Json:
    """A finding that counted. Equal ones in a file are told apart by their number, not by their line."""
    text = sarif_parts.of_observation(observation)
    identity = (criterion, finding.rule, at.path, text)
    occurrences[identity] += 1
    return {
        "message": sarif_parts.message(text),
        "locations": [sarif_parts.physical(at)],
        "partialFingerprints": sarif_parts.fingerprints(*identity, str(occurrences[identity])),
    }

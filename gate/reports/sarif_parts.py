"""The parts of SARIF 2.1.0 that both SARIF reports of the gate are made of."""

from hashlib import sha256
from typing import Any
from urllib.parse import quote

from gate.model.location import Location
from gate.model.problem import Problem
from gate.model.text import visible
from gate.model.verdict import Effect, Observation, Result, Verdict
from gate.reports import phrases, problems
from gate.reports.text import sarif_safe

Json = dict[str, Any]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Effect.ERROR: "error", Effect.WARNING: "warning", Effect.NOTICE: "note", Effect.NONE: "note"}
TAGS = 20
"""How many tags of a rule GitHub takes."""

# RFC 3986, section 3.3: what a path may hold besides letters and digits. A colon could start a scheme.
_PATH = "/-._~!$&'()*+,;=@"
_NAME = 100
_FINGERPRINT = "gateResult/v1"


def document(verdict: Verdict, results: list[Json]) -> Json:
    """One run of the gate with these results; the criteria are its rules."""
    run = {
        "tool": {"driver": _driver(verdict)},
        "automationDetails": {"id": f"{quote(visible(verdict.name, _NAME), safe=_PATH)}/"},
        "invocations": [
            {
                "executionSuccessful": True,
                "endTimeUtc": f"{verdict.made_at:%Y-%m-%dT%H:%M:%SZ}",
                "toolExecutionNotifications": [_notification(problem) for problem in problems.of_verdict(verdict)],
            }
        ],
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {
            "verdict": verdict.outcome.value,
            "advise": verdict.advise,
            "asOf": verdict.as_of,
            "outcomes": {result.id: result.outcome.value for result in verdict.results},
        },
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def message(text: str) -> Json:
    """A plain message, which ends with a period as SARIF asks."""
    said = sarif_safe(text)
    return {"text": said if said.endswith((".", "!", "?")) else f"{said}."}


def of_criterion(result: Result) -> str:
    """The criterion, how it came out, and why."""
    judgement = result.judgement
    grounds = [*phrases.reasons(result), *(str(problem) for problem in result.problems)]
    if judgement.demanded:
        grounds.append(f"observed {judgement.observed}, demanded {judgement.demanded}")
    return f"{result.title}: {phrases.WORDS[result.outcome]}" + (f": {'; '.join(grounds)}" if grounds else "")


def of_observation(observation: Observation) -> str:
    """What is observed, by which tool, and how severe it is."""
    finding = observation.finding
    tool = finding.tool if finding and not finding.secret else ""
    marks = ", ".join(filter(None, (tool, phrases.rating(observation))))
    return phrases.saying(observation) + (f" ({marks})" if marks else "")


def physical(at: Location) -> Json:
    """A place in a file of the repository; the first line where none is known."""
    region: Json = {"startLine": max(at.line or 1, 1)}
    if at.line and at.column and at.column > 0:
        region["startColumn"] = at.column
    if at.line and at.end_line and at.end_line > at.line:
        region["endLine"] = at.end_line
    uri = quote(at.path, safe=_PATH, errors="surrogatepass")
    return {"physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}, "region": region}}


def fingerprints(*identity: str) -> Json:
    """What a result is recognised by in the next run: nothing in it changes when lines move."""
    text = "\0".join(identity).encode(errors="backslashreplace")
    return {_FINGERPRINT: sha256(text).hexdigest()}


def _driver(verdict: Verdict) -> Json:
    driver = {"name": "gate", "rules": [_rule(result) for result in verdict.results]}
    if verdict.gate_version:
        driver |= {"version": verdict.gate_version, "semanticVersion": verdict.gate_version}
    return driver


def _rule(result: Result) -> Json:
    """A criterion as a rule: what it demands, and what to do."""
    help_text = result.help or f"It demands: {result.judgement.demanded or 'nothing here'}"
    tags = dict.fromkeys(("gate", result.kind, result.level.value, *filter(None, (result.category,)), *result.controls))
    return {
        "id": result.id,
        "shortDescription": message(result.title),
        "fullDescription": message(f"{result.title} ({result.kind}, {result.standing})"),
        "help": message(help_text),
        "defaultConfiguration": {"level": LEVELS[Effect.ERROR if result.level == "must" else Effect.WARNING]},
        "properties": {"tags": [sarif_safe(tag, 200) for tag in tags][:TAGS]},
    }


def _notification(problem: Problem) -> Json:
    """A problem as a notification of the run, with its remedy."""
    told: Json = {
        "descriptor": {"id": problem.slug.value},
        "level": "warning",
        "message": message(f"{problem.message}; {problem.hint}" if problem.hint else problem.message),
    }
    if problem.at and problem.at.path:
        told["locations"] = [physical(problem.at) if problem.at.placed else logical(problem.at)]
    return told


def logical(at: Location) -> Json:
    """A place that is no file of the repository: an image, a page, a package."""
    return {"logicalLocations": [{"fullyQualifiedName": sarif_safe(str(at))}]}

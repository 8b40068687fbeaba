"""SARIF logs that tests build, and what the reader makes of them."""

import json
from typing import Any

from gate.errors import EvidenceError
from gate.formats.base import Reader
from gate.formats.sarif import read
from gate.model.evidence import Statement
from gate.model.finding import Finding
from gate.model.severity import Rating


def a_result(**over: Any) -> dict[str, Any]:
    """An error at line 3 of a file, of rule R1."""
    place = {"artifactLocation": {"uri": "src/app.py"}, "region": {"startLine": 3}}
    fields = {
        "ruleId": "R1",
        "level": "error",
        "message": {"text": "a message"},
        "locations": [{"physicalLocation": place}],
    }
    return {name: value for name, value in {**fields, **over}.items() if value is not ...}


def a_place(uri: str | None = "src/app.py", region: Any = None, **location: Any) -> list[dict[str, Any]]:
    """Locations that name one file; keywords are members of the artifactLocation."""
    artifact = {"uri": uri, **location} if uri is not None else location
    return [{"physicalLocation": {"artifactLocation": artifact, "region": region}}]


def a_run(*results: dict[str, Any], rules: Any = (), driver: Any = None, **over: Any) -> dict[str, Any]:
    """A run of the tool Tester with these results and rules."""
    component = {"name": "Tester", "rules": list(rules), **(driver or {})}
    run = {"tool": {"driver": component}, "results": list(results), **over}
    return {name: value for name, value in run.items() if value is not ...}


def a_log(*runs: dict[str, Any], **over: Any) -> bytes:
    """A SARIF 2.1.0 log with these runs."""
    log = {"version": "2.1.0", "runs": list(runs), **over}
    return json.dumps({name: value for name, value in log.items() if value is not ...}).encode()


def findings_in(content: bytes) -> list[Finding]:
    """The findings that are read."""
    return [record for record in read(content) if isinstance(record, Finding)]


def statements_in(content: bytes) -> list[Statement]:
    """The statements that are read."""
    return [record for record in read(content) if isinstance(record, Statement)]


def unless_refused(reader: Reader, content: bytes) -> tuple[list[Finding], list[Statement]] | None:
    """Findings and statements; nothing where the reader refuses the content, which it does by EvidenceError only."""
    try:
        records = list(reader(content))
    except EvidenceError:
        return None
    findings = [record for record in records if isinstance(record, Finding)]
    return findings, [record for record in records if isinstance(record, Statement)]


def finding_of(result: dict[str, Any], **run: Any) -> Finding:
    """What one result becomes."""
    (finding,) = findings_in(a_log(a_run(result, **run)))
    return finding


def ratings_of(result: dict[str, Any], **run: Any) -> dict[str, str | float]:
    """The ratings of one result: field to value."""
    return as_dict(finding_of(result, **run).ratings)


def as_dict(ratings: tuple[Rating, ...]) -> dict[str, str | float]:
    """Field to value."""
    return {rating.field: rating.value for rating in ratings}


def statement_of(*results: dict[str, Any], **run: Any) -> Statement:
    """What a run with these results says of itself."""
    (statement,) = statements_in(a_log(a_run(*results, **run)))
    return statement

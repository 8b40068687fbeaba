"""verdict.json: complete, exact, and as its schema says."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

import gate.reports
from gate.model.verdict import Judgement, Outcome, Verdict
from gate.reports import verdict_json
from tests.reports.builders import a_result, a_verdict, full_verdict, seen
from tests.reports.hostile import PAYLOADS, poisoned

SCHEMA = json.loads((Path(gate.reports.__file__).parent / "verdict.schema.json").read_text())


def _read(verdict: Verdict) -> Any:
    return json.loads(verdict_json.render(verdict))


def _closed(schema: Any) -> Any:
    """The schema with every object closed: whatever it does not describe is a mistake."""
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(value) for name, value in schema.items()}
    return closed | {"additionalProperties": False} if "properties" in closed else closed


VERDICTS = {
    "full": full_verdict(),
    "advice": full_verdict(advise=True, as_of=True),
    "nothing": a_verdict(a_result(Outcome.NOT_APPLICABLE)),
    **{f"hostile {number}": poisoned(payload) for number, payload in enumerate(PAYLOADS) if len(payload) < 1000},
}


@pytest.mark.parametrize("name", VERDICTS)
def test_it_is_as_its_schema_says(name: str) -> None:
    """And the schema describes every member."""
    validator = jsonschema_rs.Draft202012Validator(_closed(SCHEMA), validate_formats=True)
    assert [str(error) for error in validator.iter_errors(_read(VERDICTS[name]))] == []


def test_the_schema_refuses_what_is_no_verdict() -> None:
    """Otherwise the test above could not fail."""
    document = _read(full_verdict())
    for member in ("schema", "verdict", "counts", "results", "sources"):
        broken = deepcopy(document)
        del broken[member]
        assert not jsonschema_rs.is_valid(SCHEMA, broken)
    assert not jsonschema_rs.is_valid(SCHEMA, document | {"verdict": "maybe"})


def test_the_version_comes_first() -> None:
    """A reader, and the gate itself, know the file by its beginning."""
    assert verdict_json.render(full_verdict()).startswith('{\n  "schema": "gate-verdict/v1",\n')
    assert SCHEMA["properties"]["schema"]["const"] == verdict_json.SCHEMA


def test_two_runs_give_the_same_text() -> None:
    """Byte by byte."""
    assert verdict_json.render(full_verdict()) == verdict_json.render(full_verdict())


def test_numbers_are_exact() -> None:
    """Counts are whole numbers and shares fractions; nothing in the document is a rounded number."""
    document = _read(full_verdict())
    assert document["counts"] == {"pass": 3, "fail": 4, "unknown": 1, "notApplicable": 1}
    assert document["score"] == {"passed": 2, "of": 3, "text": "66.7 %, grade C", "grade": "C"}
    assert document["results"][0]["tally"] == {
        "unit": "findings",
        "read": 15,
        "counted": 14,
        "left_out": {"suppressed": 1},
    }
    json.loads(verdict_json.render(full_verdict()), parse_float=pytest.fail)


def test_every_observation_is_in_it() -> None:
    """The other reports cut, and point to this one."""
    many = Judgement("", "", observations=tuple(seen(message=str(n)) for n in range(1000)))
    document = _read(a_verdict(a_result(judgement=many)))
    assert [told["message"] for told in document["results"][0]["observations"]] == [str(n) for n in range(1000)]


def test_an_observation_has_its_finding() -> None:
    """Rule, tool, place, severity and the field that decided; what it does not say is absent."""
    document = _read(full_verdict())
    assert document["results"][0]["observations"][1] == {
        "message": "subprocess call with shell=True, number 1",
        "at": {"path": "src/app.py", "line": 1, "placed": True},
        "severity": "high",
        "severity_from": "level: error",
        "rule": "B602",
        "tool": "Bandit",
    }


def test_what_did_not_count_is_in_it_with_the_reason() -> None:
    """And with the marks that the report itself sets."""
    (excluded,) = _read(full_verdict())["results"][0]["excluded"]
    assert excluded["left_out"] == "suppressed"
    assert excluded["message"] == "subprocess call with shell=True"
    mark = {"kind": "inSource", "status": "accepted", "justification": "checked by hand", "by": "jo"}
    assert excluded["suppressions"] == [mark]


def test_of_a_secret_there_is_rule_place_and_severity() -> None:
    """Nothing that could hold the secret."""
    secret = _read(full_verdict())["results"][0]["observations"][-1]
    assert secret == {
        "message": "aws-key: a secret",
        "at": {"path": "config/dev.env", "line": 3, "placed": True},
        "severity": "high",
        "rule": "aws-key",
        "secret": True,
    }


def test_texts_are_whole_and_exact() -> None:
    """Here a machine reads: a line feed is a line feed."""
    document = _read(full_verdict())
    assert document["results"][0]["observations"][0]["message"] == "openssl: buffer overflow\nin the parser"
    long = "x" * 100_000
    assert _read(a_verdict(a_result(reason=long)))["results"][0]["reason"] == long


def test_every_report_is_in_it() -> None:
    """With its state, what was read from it, and what it says of itself."""
    sast = _read(full_verdict())["sources"][0]
    assert [(report["path"], report["state"], report["accepted"]) for report in sast["reports"]] == [
        ("evidence/bandit.sarif", "ok", False),
        ("evidence/zap.json", "stale", True),
        ("evidence/x.json", "unreadable", False),
    ]
    assert sast["reports"][0]["records"] == {"findings": 14}
    assert sast["reports"][1]["records"] == {"findings": 0}
    assert sast["reports"][0]["statements"][0]["made_at"] == "2026-11-22T09:00:00+00:00"
    assert sast["not_reports"] == ["evidence/README.md"]

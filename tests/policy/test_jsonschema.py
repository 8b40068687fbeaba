"""The JSON Schema: in step with what is committed, and with what loading accepts."""

import json
from decimal import Decimal
from pathlib import Path

import jsonschema_rs
import pytest

from gate.criteria.kinds import KINDS, class_of
from gate.policy.jsonschema import policy_schema
from gate.policy.yaml import compose
from tests.policy.desk import HEAD
from tests.policy.test_load import WHOLE

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "docs" / "policy.schema.json"


def as_json(text: str) -> object:
    """The policy as the language server of an editor sees it."""
    return json.loads(json.dumps(compose(text, "policy.yml").plain(), default=lambda number: float(Decimal(number))))


def accepts(text: str) -> bool:
    """Whether an editor would show no mistake."""
    return bool(jsonschema_rs.validator_for(policy_schema()).is_valid(as_json(text)))


def test_the_schema_is_a_schema() -> None:
    """Of the dialect that it names."""
    jsonschema_rs.meta.validate(policy_schema())


def test_the_committed_copy_is_in_step() -> None:
    """Mend it with `gate schema > docs/policy.schema.json`."""
    assert COMMITTED.read_text() == json.dumps(policy_schema(), indent=2) + "\n"


@pytest.mark.parametrize("path", sorted((ROOT / "policies").glob("*.yml")), ids=lambda path: path.stem)
def test_every_shipped_policy_is_valid(path: Path) -> None:
    """What an editor says about it is what the gate says."""
    assert accepts(path.read_text())


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        "criteria: {a: {kind: findings}}",
        "criteria: {a: {kind: quorum, of: b, min: 60%}, b: {kind: tests}}",
        "evidence: {s: {files: x, accept: empty}}\ncriteria: {a: {kind: tests, from: s}}",
        "criteria: {a: {kind: coverage, lines: 70.5}}",
        "extends: base",
        "extends: [base, ./team.yml]\nevidence: {s: {max_age: 7d}}\ncriteria: {a: {level: should}}",
    ],
)
def test_it_accepts_what_loading_accepts(text: str) -> None:
    """Also the parts of a policy that inherits the rest."""
    assert accepts(text if text is WHOLE else HEAD + text)


@pytest.mark.parametrize(
    "text",
    [
        "title: x",
        "criteria: {}",
        "criteria: {a: {kind: findngs}}",
        "criteria: {a: {level: should}}",
        "criteria: {A: {kind: findings}}",
        "criteria: {a: {kind: findings, limts: {high: 0}}}",
        "criteria: {a: {kind: findings, limits: {high: x}}}",
        "criteria: {a: {kind: findings, help: }}",
        "criteria: {a: {kind: coverage, lines: 170}}",
        "criteria: {a: {kind: coverage, lines: 0.7}}",
        "criteria: {a: {kind: findings, cwe: CWE-0}}",
        "evidence: {s: {max_age: 7d}}\ncriteria: {a: {kind: tests}}",
        "waivers: {}\ncriteria: {a: {kind: tests}}",
        "extends: base\ncriteria: {a: {levle: should}}",
    ],
)
def test_it_shows_an_author_the_mistake_while_typing(text: str) -> None:
    """Unknown keys and kinds, wrong values, missing parts."""
    assert not accepts(HEAD + text)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_every_kind_is_described(kind: str) -> None:
    """An editor shows the description beside the key."""
    definitions = policy_schema()["$defs"]
    described = definitions[class_of(kind).__name__]
    assert described["properties"]["kind"] == {"const": kind, "type": "string"}
    assert described["additionalProperties"] is False
    for key, said in described["properties"].items():
        named = definitions.get(said.get("$ref", "").removeprefix("#/$defs/"), {})
        assert key == "kind" or said.get("description") or named.get("description"), key

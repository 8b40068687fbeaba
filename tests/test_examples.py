"""The examples: the flawed service stays out for the right reasons, the ready one gets in."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from gate.cli import main

ROOT = Path(__file__).parent.parent
AS_OF = "2026-11-22"


@pytest.fixture(scope="module", params=["service", "service-ready"])
def judged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, int, dict[str, Any]]:
    """The name of the example, the exit code, and verdict.json."""
    workspace = tmp_path_factory.mktemp("examples") / request.param
    shutil.copytree(ROOT / "examples" / request.param, workspace, ignore=shutil.ignore_patterns("gate-report"))
    code = main(["--workspace", str(workspace), "--policy", "production-readiness", "--as-of", AS_OF])
    return request.param, code, json.loads((workspace / "gate-report/verdict.json").read_text())


SEEDED = {
    "no-high-findings": "high or worse",
    "headers-backend": "content-security-policy",
    "headers-frontend": "unsafe-inline",
    "no-static-secrets": "1 finding",
    "objectives-defined": "TODO",
    "telemetry-operational": "requests_total",
    "runbooks": "DR-RUNBOOK.md",
    "compliance-mapping": "without evidence",
    "staging-scan": "high or worse",
    "signed-or-planned": "0 of 2 passed",
    "unit-tests": "1 failed",
    "coverage": "74.8 %",
    "checklist": "items",
    "readiness": "90 %",
}
"""What is wrong with the flawed service, and a word of the reason for each."""


def test_the_flawed_stays_out_and_the_ready_gets_in(judged: tuple[str, int, dict[str, Any]]) -> None:
    """As `make gate` shows."""
    name, code, verdict = judged
    assert code == (1 if name == "service" else 0)
    assert verdict["verdict"] == ("fail" if name == "service" else "pass")


def test_every_seeded_flaw_is_found_for_its_reason(judged: tuple[str, int, dict[str, Any]]) -> None:
    """Each of the eight gate criteria goes red in the one and green in the other."""
    name, _, verdict = judged
    results = {result["id"]: result for result in verdict["results"]}
    for criterion, reason in SEEDED.items():
        result = results[criterion]
        if name == "service":
            assert result["outcome"] in {"fail", "unknown"}, criterion
            assert reason in json.dumps(result), criterion
        else:
            assert result["outcome"] == "pass", criterion


def test_every_number_adds_up(judged: tuple[str, int, dict[str, Any]]) -> None:
    """Conservation: what was read was counted, or left out for a named reason."""
    tallies = [result["tally"] for result in judged[2]["results"] if result["tally"]]
    assert tallies
    assert all(tally["read"] == tally["counted"] + sum(tally["left_out"].values()) for tally in tallies)

"""Whole runs through the real entrypoint: a policy, a workspace, and what the gate prints.

Every folder beside this file is one scenario. `policy.yml` is the policy (absent where the run has none of its own),
`workspace.yml` says which files there are: copies of reports that real tools wrote, as they are, `cut` after so many
bytes, with a `replace`d text, or a short `text`. `expected.txt` is what is printed, with the exit code. UPDATE=1
writes it anew, for a person to review.
"""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from gate.cli import main

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SCENARIOS = sorted(path.parent for path in HERE.glob("*/workspace.yml"))
AS_OF = "2026-11-22"


def lay_out(workspace: Path, scenario: dict[str, Any]) -> None:
    """Make the files of the scenario."""
    for name, made_of in scenario.get("files", {}).items():
        path = workspace / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(made_of))
    if committed := scenario.get("committed"):
        git = ["git", "-C", str(workspace), "-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run([*git, "init", "--quiet"], check=True)
        subprocess.run([*git, "add", "--", *committed], check=True)
        subprocess.run([*git, "commit", "--quiet", "--no-gpg-sign", "-m", "x"], check=True)


def content(made_of: dict[str, Any]) -> bytes:
    """One file: a text, or a copy that is cut or altered."""
    if "text" in made_of:
        return str(made_of["text"]).encode()
    copied = (ROOT / made_of["copy"]).read_bytes()
    for old, new in made_of.get("replace", {}).items():
        assert old.encode() in copied, f"{made_of['copy']} does not contain {old!r}"
        copied = copied.replace(old.encode(), new.encode())
    return copied[: made_of.get("cut", len(copied))]


@pytest.mark.parametrize("folder", SCENARIOS, ids=lambda path: path.name)
def test_scenario(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The gate prints what is expected, and returns the expected code."""
    scenario = yaml.safe_load((folder / "workspace.yml").read_text())
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    lay_out(workspace, scenario)
    if (folder / "policy.yml").exists():
        (workspace / "policy.yml").write_bytes((folder / "policy.yml").read_bytes())
        scenario["arguments"] = ["--policy", "policy.yml", *scenario.get("arguments", [])]
    outputs = tmp_path / "outputs"
    for name, value in scenario.get("environment", {}).items():
        monkeypatch.setenv(name, value)
    if "GITHUB_ACTIONS" in scenario.get("environment", {}):
        monkeypatch.setenv("GITHUB_OUTPUT", str(outputs))
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    monkeypatch.chdir(workspace)
    code = main(["check", "--as-of", scenario.get("as-of", AS_OF), *scenario.get("arguments", [])])
    printed = capsys.readouterr()
    seen = f"{printed.out}{printed.err}exit code {code}\n"
    expected = folder / "expected.txt"
    if os.environ.get("UPDATE") == "1":
        expected.write_text(seen)
    assert seen == expected.read_text()
    assert code == scenario["exit-code"]


def test_every_state_has_a_scenario() -> None:
    """Each row of the table of states turns red somewhere, with its state named."""
    printed = "\n".join((folder / "expected.txt").read_text() for folder in SCENARIOS)
    states = ("missing", "unreadable", "empty", "incomplete", "stale", "foreign", "unmapped")
    assert [state for state in states if f"\n  {state} " not in printed] == []

"""The command line and the composition root, as a user and a runner meet them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gate import __version__, app
from gate.cli import main

CLEAN = '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Scanner"}}, "results": []}]}'
HIGH = (
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Scanner"}}, "results":'
    ' [{"ruleId": "R1", "level": "error", "message": {"text": "bad"}}]}]}'
)
POLICY = "schema: gate/v1\ncriteria:\n  no-high: {kind: findings, files: evidence/*.sarif}\n"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a policy and a clean report, which is also the current folder."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "a.sarif").write_text(CLEAN)
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "gate.yml").write_text(POLICY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def runner(workspace: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same on a runner: its folder of command files."""
    files = tmp_path_factory.mktemp("runner")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(workspace))
    monkeypatch.setenv("GITHUB_OUTPUT", str(files / "output"))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(files / "summary"))
    return files


def test_check_is_the_default_command(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With its options, and with the policy of the repository."""
    assert main([]) == 0
    assert main(["--policy", ".github/gate.yml", "--report-dir", "out"]) == 0
    written = {path.name for path in (workspace / "out").iterdir()}
    assert written == {"verdict.json", "gate.sarif", "gate-full.sarif", "gate.junit.xml", "summary.md"}
    assert "The gate opens" in capsys.readouterr().out


def test_a_failed_verdict_is_exit_code_1(workspace: Path) -> None:
    """A verdict, not an error."""
    (workspace / "evidence/a.sarif").write_text(HIGH)
    assert main([]) == 1
    assert main(["--mode", "advise"]) == 0
    assert json.loads((workspace / "gate-report/verdict.json").read_text())["verdict"] == "fail"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--policy", "gone.yml"],
        ["--policy", "/etc/passwd"],
        ["--policy", "../x.yml"],
        ["--workspace", "/nonexistent"],
        ["--workspace", "x" * 5000],
        ["--report-dir", "/etc"],
        ["--report-dir", "."],
        ["--as-of", "tomorrow"],
        ["--mode", "lenient"],
        ["--evidence", "unit: a.xml"],
        ["--needs", "[]"],
        ["explain", "nothing-of-the-kind"],
    ],
)
@pytest.mark.usefixtures("workspace")
def test_what_cannot_be_judged_is_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """With a message that ends in its slug, and never a traceback."""
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert said.startswith("gate: ")
    assert said.rstrip().endswith(")")
    assert "Traceback" not in said


@pytest.mark.parametrize("arguments", [["chek"], ["--polcy", "x"], ["check", "extra"]])
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    """As argparse has it; options are not abbreviated, so that a new one cannot change what an old one means."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_a_wrong_argument_is_repeated_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    """It cannot speak to the runner that reads the log."""
    with pytest.raises(SystemExit):
        main(["check", "x\n::set-env name=A::b"])
    assert "\n::" not in capsys.readouterr().err


@pytest.mark.usefixtures("workspace")
def test_the_last_day_of_the_calendar_can_be_judged() -> None:
    """No arithmetic with time overflows."""
    assert main(["--as-of", "9999-12-31"]) == 0


@pytest.mark.usefixtures("workspace")
def test_a_report_directory_is_named_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    """Its name comes from a workflow, and may be made to speak to the runner."""
    assert main(["--report-dir", "##[error]x"]) == 0
    assert "##[" not in capsys.readouterr().out


def test_a_broken_policy_is_annotated_at_its_line(runner: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On a runner the author of the policy sees it beside the line."""
    Path(".github/gate.yml").write_text(POLICY.replace("kind", "knid"))
    assert main([]) == 2
    assert "::error title=gate%3A cannot judge,file=.github/gate.yml,line=3" in capsys.readouterr().out
    assert not list(runner.iterdir())


def test_a_runner_gets_outputs_and_a_summary(runner: Path) -> None:
    """The switches take the summary and the annotations away, never the outputs."""
    assert main([]) == 0
    assert "verdict<<" in (runner / "output").read_text()
    assert "The gate opens" in (runner / "summary").read_text()


def test_switches_silence_what_they_name(
    runner: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And only that."""
    Path("evidence/a.sarif").write_text(HIGH)
    monkeypatch.setenv("INPUT_SUMMARY", "false")
    monkeypatch.setenv("INPUT_ANNOTATIONS", "false")
    assert main([]) == 1
    assert not (runner / "summary").exists()
    assert (runner / "output").exists()
    assert "::error" not in capsys.readouterr().out


def test_what_cannot_be_published_changes_nothing(
    runner: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The verdict stands, and a warning says what is missing."""
    monkeypatch.setenv("GITHUB_OUTPUT", str(runner / "no" / "such" / "folder"))
    assert main([]) == 0
    assert "::warning title=gate%3A not published::" in capsys.readouterr().out


def test_evidence_of_an_input_replaces_that_of_the_policy(workspace: Path) -> None:
    """A source by its name; bare patterns for a policy without sources."""
    (workspace / "high.sarif").write_text(HIGH)
    Path("p.yml").write_text(
        "schema: gate/v1\nevidence: {sast: {files: evidence/*.sarif}}\ncriteria: {a: {kind: findings, from: sast}}\n"
    )
    assert main(["--policy", "p.yml"]) == 0
    assert main(["--policy", "p.yml", "--evidence", "sast: high.sarif"]) == 1
    Path("p.yml").write_text("schema: gate/v1\ncriteria: {a: {kind: findings}}\n")
    assert main(["--policy", "p.yml", "--evidence", "evidence/*.sarif"]) == 0
    assert main(["--policy", "p.yml", "--evidence", "high.sarif"]) == 1


@pytest.mark.usefixtures("runner")
def test_a_gate_that_can_be_skipped_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the workflow file of its own job."""
    Path(".github/workflows").mkdir()
    Path(".github/workflows/ci.yml").write_text("jobs:\n  gate:\n    needs: unit\n    steps: []\n")
    monkeypatch.setenv("GITHUB_WORKFLOW_REF", "octo/app/.github/workflows/ci.yml@refs/heads/main")
    monkeypatch.setenv("GITHUB_JOB", "gate")
    assert main([]) == 0
    assert "skippable-gate" in capsys.readouterr().out


@pytest.mark.usefixtures("workspace")
def test_a_defect_is_exit_code_3(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A short message; the traceback only where it is asked for, as lines that no runner obeys."""

    def broken(*_: object) -> None:
        raise KeyError("::error::x")

    monkeypatch.setattr(app, "judge", broken)
    assert main([]) == 3
    said = capsys.readouterr().err
    assert "a defect of the gate itself" in said
    assert "Traceback" not in said
    monkeypatch.setenv("RUNNER_DEBUG", "1")
    assert main([]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_a_workspace_cannot_take_the_gates_place(workspace: Path) -> None:
    """Law 10: isolated, a folder `gate/` and PYTHONPATH of the workspace mean nothing."""
    (workspace / "gate").mkdir()
    (workspace / "gate/__init__.py").write_text("raise SystemExit(0)")
    (workspace / "gate/__main__.py").write_text("raise SystemExit(0)")
    (workspace / "evidence/a.sarif").write_text(HIGH)
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(workspace)}
    ran = subprocess.run(
        [sys.executable, "-I", "-m", "gate"],
        cwd=workspace,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "The gate stays shut" in ran.stdout


def test_a_reader_who_goes_away_is_no_verdict(workspace: Path) -> None:
    """A closed pipe ends in no traceback, and never in a pass that nobody read."""
    command = f"{sys.executable} -I -m gate check | head -c 1 >/dev/null; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", command], cwd=workspace, capture_output=True, text=True, check=False)
    assert "Traceback" not in ran.stderr
    assert ran.returncode in {0, 3}


@pytest.mark.usefixtures("workspace")
def test_the_pages_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """A criterion of the policy, a kind, a slug, the formats, the schema."""
    for arguments, word in [
        (["explain", "no-high"], "looks for no-high: evidence/*.sarif"),
        (["explain", "findings"], "limits"),
        (["explain", "stale-report"], "State `stale`"),
        (["formats"], "sarif"),
        (["schema"], '"$schema"'),
    ]:
        assert main(arguments) == 0
        assert word in capsys.readouterr().out


def test_the_version_is_printed_without_loading_the_gate() -> None:
    """Start-up counts: neither pydantic nor YAML is imported for it."""
    code = """
import sys
from gate.cli import main
try:
    main(["--version"])
except SystemExit:
    print([name for name in ("pydantic", "yaml", "msgspec") if name in sys.modules])
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split("\n")[:2] == [f"gate {__version__}", "[]"]


def test_a_run_imports_only_what_it_needs(workspace: Path) -> None:
    """Neither the network, nor Markdown, licences or versions for a policy that asks for none of them."""
    heavy = (
        "requests",
        "markdown_it",
        "license_expression",
        "univers",
        "re2",
        "lxml",
        "jsonschema",
    )
    code = f"import sys; from gate.cli import main\nmain([])\nprint([m for m in {heavy} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], cwd=workspace, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"

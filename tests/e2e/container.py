"""The image, run as the runner of GitHub runs it: its layout, its variables, its files; and more tightly than that."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.e2e.machine import expect, run
from tests.e2e.saw import Saw, expect_reports, expect_verdict, read_commands, read_outputs

AS_OF = "2026-11-22"
"""The day of the examples' evidence: without it, the examples would go stale."""

INPUTS = {
    "COMMAND": "check", "NAME": "", "POLICY": "production-readiness", "EVIDENCE": "", "REPORT-DIR": "gate-report",
    "MODE": "enforce", "STAGE": "", "SUMMARY": "true", "ANNOTATIONS": "true",
}  # fmt: skip


def check_examples(image: str, workspace: Path, work: Path, sha: str) -> None:
    """The flawed example ends with 1, the ready one with 0."""
    for example, verdict in (("examples/service", "fail"), ("examples/service-ready", "pass")):
        print(f"podman run: {example} must {verdict}")
        code, saw = _judge(image, workspace, work, sha, {"INPUT_WORKING-DIRECTORY": example})
        expect(code == (verdict == "fail"), f"the exit code is {code}")
        expect_verdict(saw, verdict, workspace)
        expect_reports(saw.outputs, workspace)
        expect(_changed(workspace) <= {"gate-report/"}, "nothing else in the workspace was touched")


def check_not_replaced(image: str, workspace: Path, work: Path, sha: str) -> None:
    """A workspace cannot take the gate's place: its folders `gate/` and `yaml.py`, or PYTHON* variables."""
    print("podman run: a workspace that would rather be the gate itself")
    liar = "import os\nos.write(1, b'replaced\\n')\nos._exit(0)\n"
    planted = [workspace / "gate" / "__init__.py", workspace / "yaml.py", workspace / "sitecustomize.py"]
    kept = {path: path.read_text() for path in planted if path.exists()}
    for path in planted:
        path.parent.mkdir(exist_ok=True)
        path.write_text(liar)
    hostile = {
        "INPUT_WORKING-DIRECTORY": "examples/service",
        "PYTHONPATH": "/github/workspace",
        "PYTHONSTARTUP": "/github/workspace/yaml.py",
        "PYTHONHOME": "/github/workspace",
        "GIT_DIR": "/github/workspace/examples",
        "HTTPS_PROXY": "http://192.0.2.1:9",
        "LC_ALL": "POSIX",
    }
    code, saw = _judge(image, workspace, work, sha, hostile)
    expect(code == 1 and saw.outputs.get("verdict") == "fail", "the gate of the image judged, and stayed shut")
    for path in planted:
        path.unlink()
    for path, text in kept.items():
        path.write_text(text)


def check_usage(image: str, workspace: Path, work: Path, sha: str) -> None:
    """A misspelt input is refused: exit 2, never a pass."""
    print("podman run: a misspelt input")
    code, saw = _judge(image, workspace, work, sha, {"INPUT_POLICEY": "default"})
    expect(code == 2, "the exit code is 2", shown=code)
    expect(saw.outputs.get("verdict", "") != "pass", "and no output says pass", shown=dict(saw.outputs))


def _judge(image: str, workspace: Path, work: Path, sha: str, more: Mapping[str, str]) -> tuple[int, Saw]:
    """Run the image once in GitHub's layout and read what the runner would."""
    commands, flow, home = (work / name for name in ("file_commands", "workflow", "home"))
    for folder in (commands, flow, home):
        folder.mkdir(exist_ok=True)
    files = {name: commands / name for name in ("set_output_1", "step_summary_1", "set_env_1", "add_path_1")}
    for file in files.values():
        file.write_text("")
    (flow / "event.json").write_text(json.dumps(event(sha)))
    environment = {**variables(sha), **{f"INPUT_{name}": value for name, value in INPUTS.items()}, **more}
    done = run(
        [
            *("podman", "run", "--rm", "--pull=never", "--read-only", "--read-only-tmpfs=false", "--network=none"),
            *("--workdir=/github/workspace", f"--volume={workspace}:/github/workspace"),
            *(f"--volume={flow}:/github/workflow", f"--volume={commands}:/github/file_commands"),
            *(f"--volume={home}:/github/home",),
            *(f"--env={name}={value}" for name, value in environment.items()),
            *(image, "check", "--as-of", AS_OF),
        ],
        may_fail=True,
    )
    log = done.stdout + "\n" + done.stderr
    (work / "container.log").write_text(log)
    expect(done.returncode < 125, "the container started", shown=log[-2000:])
    expect("Traceback" not in log, "no traceback is in the log", shown=log[-4000:])
    expect(not files["set_env_1"].read_text() + files["add_path_1"].read_text(), "the job's environment is left alone")
    saw = Saw(
        succeeded=done.returncode == 0,
        annotations=read_commands(log),
        outputs=read_outputs(files["set_output_1"].read_text()),
        summary=files["step_summary_1"].read_text(),
    )
    return done.returncode, saw


def variables(sha: str) -> dict[str, str]:
    """The variables that a Docker action finds on GitHub."""
    return {
        "CI": "true",
        "HOME": "/github/home",
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION": "gate",
        "GITHUB_API_URL": "https://api.github.com",
        "GITHUB_BASE_REF": "main",
        "GITHUB_ENV": "/github/file_commands/set_env_1",
        "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_EVENT_PATH": "/github/workflow/event.json",
        "GITHUB_HEAD_REF": "topic",
        "GITHUB_JOB": "gate",
        "GITHUB_OUTPUT": "/github/file_commands/set_output_1",
        "GITHUB_PATH": "/github/file_commands/add_path_1",
        "GITHUB_REF": "refs/pull/7/merge",
        "GITHUB_REPOSITORY": "octocat/app",
        "GITHUB_RUN_ATTEMPT": "1",
        "GITHUB_RUN_ID": "1",
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_SHA": sha,
        "GITHUB_STEP_SUMMARY": "/github/file_commands/step_summary_1",
        "GITHUB_WORKFLOW": "end to end",
        "GITHUB_WORKFLOW_REF": "octocat/app/.github/workflows/e2e.yml@refs/pull/7/merge",
        "GITHUB_WORKSPACE": "/github/workspace",
        "RUNNER_OS": "Linux",
        "RUNNER_TEMP": "/github/runner_temp",
    }


def event(sha: str) -> dict[str, object]:
    """The little of a pull_request event that a gate may look at."""
    return {
        "action": "synchronize",
        "number": 7,
        "pull_request": {
            "number": 7,
            "title": "A change",
            "head": {"ref": "topic", "sha": sha, "repo": {"full_name": "octocat/app"}},
            "base": {"ref": "main", "sha": sha, "repo": {"full_name": "octocat/app"}},
        },
        "repository": {"full_name": "octocat/app", "default_branch": "main"},
    }


def _changed(workspace: Path) -> set[str]:
    command: Sequence[str] = ("git", "-c", f"safe.directory={workspace}", "status", "--porcelain")
    return {line[3:] for line in run(command, cwd=workspace).stdout.splitlines()}

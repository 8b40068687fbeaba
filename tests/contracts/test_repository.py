"""The files that make the repository usable keep what they promise: Makefile, action, image, wheel, CI."""

import json
import os
import re
import stat
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from gate.criteria.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()
PROJECT: Mapping[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def read_yaml(path: Path) -> Any:
    """Load YAML with every scalar as text, so that `on` stays a word."""
    return yaml.load(path.read_text(), Loader=yaml.BaseLoader)  # noqa: S506 - it builds text only


# ------------------------------------------------------------------------------------------------ Makefile and CI


@pytest.mark.parametrize(
    "target", ["gate", "test", "check", "image", "bench", "e2e", "evidence", "self", "lock", "help"]
)
def test_every_promised_target_is_there_and_in_the_help(target: str) -> None:
    """Each target that a document names exists, is phony and is explained by `make help`."""
    assert f".PHONY: {target}\n" in MAKEFILE
    assert re.search(rf"^{target}:.*## \S", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize("target", ["gate", "test", "check"])
def test_the_entrances_set_themselves_up(target: str) -> None:
    """Whoever enters by one of these needs nothing installed: the environment is a prerequisite."""
    prerequisites = re.search(rf"^{target}:(.*)##", MAKEFILE, re.MULTILINE)
    assert prerequisites
    assert ".done" in prerequisites[1]


def test_an_old_python_is_refused_with_a_remedy(tmp_path: Path) -> None:
    """A Python below 3.11 ends the set-up with a sentence that says what to do, and makes nothing."""
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = "--version" ] && echo "Python 3.9.18" || exit 1\n')
    old.chmod(0o755)
    made = tmp_path / "venv"
    done = subprocess.run([ROOT / ".ci/venv", old, made], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Python 3.11 or newer is needed, and there is: Python 3.9.18" in done.stderr
    assert "PYTHON=" in done.stderr
    assert not made.exists()


def test_ci_runs_the_checks_and_the_tests() -> None:
    """`.ci/run` stops at the first failure, and runs both."""
    script = (ROOT / ".ci/run").read_text()
    assert "set -euo pipefail" in script
    assert re.findall(r"^make .*?(\w+)$", script, re.MULTILINE) == ["check", "test"]


@pytest.mark.parametrize("script", [".ci/run", ".ci/venv", ".ci/self", ".ci/image", "examples/judge.sh"])
def test_scripts_are_executable_and_parse(script: str) -> None:
    """A script can be started as the Makefile starts it, and its shell understands it."""
    path = ROOT / script
    assert path.stat().st_mode & stat.S_IXUSR
    shell = path.read_text().splitlines()[0].removeprefix("#!").split()[-1]
    assert subprocess.run([shell, "-n", path], check=False).returncode == 0


def test_every_kind_is_in_the_contract_of_independence() -> None:
    """A new kind is told to import-linter too: its list of modules is the table of kinds."""
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    listed = next(contract["modules"] for contract in contracts if contract["name"].startswith("Criteria know"))
    assert listed == sorted({place.partition(":")[0] for place in KINDS.values()})


# ---------------------------------------------------------------------------------------------- action and image


def test_action_is_valid() -> None:
    """action.yml and every workflow satisfy the schemas that check-jsonschema carries."""
    for schema, files in (("vendor.github-actions", [ROOT / "action.yml"]), ("vendor.github-workflows", WORKFLOWS)):
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_action_says_what_each_input_and_output_is() -> None:
    """Every input and output has one sentence, every input a default, and no expression stands in action.yml."""
    action = read_yaml(ROOT / "action.yml")
    assert "${{" not in (ROOT / "action.yml").read_text(), "the runner would try to evaluate it"
    assert set(action["inputs"]) & {"args", "entrypoint"} == set(), "these two never reach the container"
    for entry in [*action["inputs"].values(), *action["outputs"].values()]:
        assert entry["description"].rstrip().endswith(".")
    for name, entry in action["inputs"].items():
        assert "default" in entry, name
        assert "required" not in entry, f"{name}: the runner does not enforce it"


def test_action_is_built_from_the_dockerfile() -> None:
    """A Docker action without arguments of its own: what it does comes from the inputs."""
    assert read_yaml(ROOT / "action.yml")["runs"] == {"using": "docker", "image": "Dockerfile"}


def test_entrypoint_cannot_be_taken_over() -> None:
    """Exec form, absolute, isolated; no shell, no USER, no variable that reaches git or Python."""
    instructions = [line.split()[0] for line in DOCKERFILE.splitlines() if re.match(r"[A-Z]+ ", line)]
    assert instructions.count("ENTRYPOINT") == 1
    assert not {"USER", "CMD", "ENV", "VOLUME", "SHELL", "HEALTHCHECK"} & set(instructions)
    words = json.loads(next(line for line in DOCKERFILE.splitlines() if line.startswith("ENTRYPOINT"))[10:])
    assert words[0].startswith("/")
    assert words[1] == "-I"
    assert words[-2:] == ["-m", "gate"]


def test_image_installs_only_what_is_pinned_by_hash() -> None:
    """The base is an argument, wheels are checked by hash, and the second stage asks no registry."""
    assert DOCKERFILE.count("FROM ${BASE}") == 2
    build, final = DOCKERFILE.split("FROM ${BASE}")[1:]
    assert build.count("--require-hashes") == build.count("--only-binary :all:") == 2
    assert "--no-index" in final
    for lock in ("requirements.txt", "requirements-build.txt"):
        pins = [line for line in (ROOT / lock).read_text().splitlines() if re.match(r"\w", line)]
        assert pins
        assert all(re.fullmatch(r"[\w.-]+==\S+( ; .*)? \\", pin) for pin in pins)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_ask_for_little(workflow: Path) -> None:
    """Read-only by default, every action of others by full commit, every job with a time limit."""
    document = read_yaml(workflow)
    assert document["permissions"] == {"contents": "read"}
    for name, job in document["jobs"].items():
        assert "timeout-minutes" in job, name
        for step in job["steps"]:
            uses = step.get("uses", "./")
            assert uses == "./" or re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", uses), uses


def test_the_gate_of_ci_cannot_be_skipped() -> None:
    """The job `gate` runs always, needs every other job, has the whole history, and is told how they ended."""
    jobs = read_yaml(ROOT / ".github/workflows/ci.yml")["jobs"]
    gate = jobs["gate"]
    assert gate["if"] == "always()"
    assert set(gate["needs"]) == set(jobs) - {"gate"}
    assert gate["steps"][0]["with"]["fetch-depth"] == "0"
    assert gate["steps"][-1]["with"]["needs"] == "${{ toJSON(needs) }}"


# ------------------------------------------------------------------------------------------- package and its locks


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built from the checkout as it is."""
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"})
    assert done.returncode == 0, done.stdout + done.stderr
    return zipfile.ZipFile(next(target.glob("*.whl")))


def test_wheel_holds_the_policies(wheel: zipfile.ZipFile) -> None:
    """Every shipped policy is beside the package, and so is the licence."""
    shipped = {path.name for path in (ROOT / "policies").glob("*.yml")}
    assert shipped
    names = set(wheel.namelist())
    assert {f"gate/policies/{name}" for name in shipped} <= names
    assert {"LICENSE", "NOTICE"} <= {name.rsplit("/", 1)[-1] for name in names}


def test_wheel_holds_the_package_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    """Every module is in, and no test, example or cache is."""
    inside = {name for name in wheel.namelist() if name.startswith("gate/") and name.endswith(".py")}
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "gate").rglob("*.py")}
    assert inside == modules
    assert {name.split("/")[0].split("-")[0] for name in wheel.namelist()} == {"gate", "policy_evidence_gate"}


def requirements(group: str) -> list[Requirement]:
    """The requirements of a dependency group, or of the project itself."""
    entries = PROJECT["project"]["dependencies"] if group == "" else PROJECT["dependency-groups"][group]
    return [Requirement(entry) for entry in entries if isinstance(entry, str)]


def pins(lock: str) -> dict[str, str]:
    """The versions that a lock file pins."""
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize(
    ("group", "lock"), [("", "requirements.txt"), ("build", "requirements-build.txt"), ("dev", "requirements-dev.txt")]
)
def test_locks_satisfy_the_ranges(group: str, lock: str) -> None:
    """Each requirement is pinned, within its range: `make lock` was not forgotten."""
    pinned = pins(lock)
    for requirement in requirements(group):
        assert requirement.specifier.contains(pinned[requirement.name.lower()]), requirement


def test_development_runs_on_what_the_image_installs() -> None:
    """The versions that are tested are the versions that are shipped."""
    tested = pins("requirements-dev.txt")
    assert {name: tested.get(name) for name in pins("requirements.txt")} == pins("requirements.txt")


def test_runtime_requirements_are_bounded() -> None:
    """Each has a lower and an upper bound."""
    for requirement in requirements(""):
        assert {specifier.operator for specifier in requirement.specifier} == {">=", "<"}, requirement


def test_every_dependency_has_its_reason() -> None:
    """docs/dependencies.md has a row for each direct dependency, and none for another."""
    page = (ROOT / "docs/dependencies.md").read_text()
    run, _, tools = page.partition("### Looked at and left out")
    tools = tools.partition("## To build, check and test")[2]

    def rows(text: str) -> set[str]:
        return set(re.findall(r"^\| ([a-z0-9.-]+) \|", text, re.MULTILINE)) - {"distribution"}

    assert rows(run) == {requirement.name for requirement in requirements("")}
    wanted = {requirement.name for group in ("build", "dev") for requirement in requirements(group)}
    assert rows(tools) == wanted


def test_no_file_names_this_machine() -> None:
    """No committed file of ours names a package registry's host or a developer's folder."""
    command = ["git", "ls-files", "-z", "--cached", "--", ":!examples", ":!tests"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if not listed.stdout:
        pytest.skip("not a git checkout")
    forbidden = re.compile(r"files\.pythonhosted|registry\.npmjs|deb\.debian\.org|/root/|/home/\w")
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file():
            assert not forbidden.search(path.read_text(errors="replace")), name

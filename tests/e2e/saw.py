"""What the runner saw of one run of the gate, and what must be true of it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.machine import CheckError, expect

MAX_ANNOTATIONS = 10
MAX_SUMMARY = 1024 * 1024
COUNTS = ("passed", "failed", "unknown", "not-applicable")
PATHS = ("report", "sarif", "junit", "summary")


@dataclass(frozen=True, slots=True)
class Annotation:
    """One workflow command that annotates, as the runner reads it."""

    level: str
    message: str
    properties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Saw:
    """The end of the step, its annotations, its outputs and its summary."""

    succeeded: bool
    annotations: tuple[Annotation, ...]
    outputs: Mapping[str, str]
    summary: str


def expect_verdict(saw: Saw, verdict: str, workspace: Path) -> None:
    """The step ended by the verdict, and everything that it told the runner agrees."""
    expect(saw.succeeded is (verdict == "pass"), f"the step {'passes' if verdict == 'pass' else 'fails'}")
    expect(saw.outputs.get("verdict") == verdict, f"output `verdict` is {verdict}", shown=dict(saw.outputs))
    counts = {name: saw.outputs.get(name, "") for name in COUNTS}
    expect(all(count.isdigit() for count in counts.values()), "the counts of outcomes are numbers", shown=counts)
    shut = int(counts["failed"]) + int(counts["unknown"])
    expect(shut > 0 or verdict == "pass", f"the counts agree with the verdict: {counts}")
    _expect_annotations(saw, verdict, workspace)
    expect(saw.summary.strip(), f"the summary is written ({len(saw.summary.encode()):,} bytes)")
    expect(len(saw.summary.encode()) < MAX_SUMMARY, "the summary is below the limit of the platform")
    expect(verdict in saw.summary.lower(), "the summary names the verdict", shown=saw.summary[:500])


def _expect_annotations(saw: Saw, verdict: str, workspace: Path) -> None:
    errors = [annotation for annotation in saw.annotations if annotation.level == "error"]
    expect(bool(errors) is (verdict == "fail"), f"{len(errors)} errors are annotated", shown=errors)
    for level in ("error", "warning", "notice"):
        found = sum(annotation.level == level for annotation in saw.annotations)
        expect(found <= MAX_ANNOTATIONS, f"{found} of kind {level} are within the runner's budget")
    placed = [annotation.properties for annotation in saw.annotations if "file" in annotation.properties]
    for place in placed:
        lines = _lines(workspace / place["file"])
        line = int(place.get("line", "1"))
        if not 1 <= line <= max(lines, 1):
            raise CheckError(f"{place['file']}:{line} is annotated, and that file has {lines} lines")
    expect(placed or verdict == "pass", f"{len(placed)} annotations name a place, and it is there")


def _lines(path: Path) -> int:
    return len(path.read_text(errors="replace").splitlines()) if path.is_file() else 0


def expect_reports(outputs: Mapping[str, str], workspace: Path) -> None:
    """Every report that the outputs name is there, is what it claims, and belongs to the workspace's owner."""
    owner = workspace.stat().st_uid
    for name in PATHS:
        path = workspace / outputs.get(name, "")
        expect(path.is_file() and not path.is_symlink(), f"output `{name}` names a file: {outputs.get(name)}")
        expect(path.stat().st_uid == owner, f"and it belongs to the owner of the workspace ({owner})")
    verdict = json.loads((workspace / outputs["report"]).read_text())
    expect(verdict.get("outcome", verdict.get("verdict")) == outputs["verdict"], "verdict.json says the same")
    runs = json.loads((workspace / outputs["sarif"]).read_text())["runs"]
    expect(len(runs) >= 1, "gate.sarif has a run")


def read_commands(log: str) -> tuple[Annotation, ...]:
    """The annotations in a log, read by the rules of the runner; any other command is a mistake."""
    annotations = []
    for line in re.split(r"\r\n|\r|\n", log):
        if "##[" in line:
            raise CheckError(f"a legacy command is in the log: {line!r}")
        command = re.match(r"\s*::([a-z-]+)(?: ([^:]*))?::(.*)", line)
        if not command:
            continue
        level, properties, message = command.groups()
        if level in ("group", "endgroup", "debug"):
            continue
        if level not in ("error", "warning", "notice"):
            raise CheckError(f"a command that annotates nothing is in the log: {line!r}")
        pairs = (pair.partition("=") for pair in filter(None, (properties or "").split(",")))
        annotations.append(
            Annotation(level, _unescape(message), {key: _unescape(value, "%3A:", "%2C,") for key, _, value in pairs})
        )
    return tuple(annotations)


def _unescape(text: str, *more: str) -> str:
    for pair in (*more, "%0A\n", "%0D\r", "%25%"):
        text = text.replace(pair[:3], pair[3:])
    return text


def read_outputs(text: str) -> dict[str, str]:
    """The file GITHUB_OUTPUT, by the rules of the runner: `name=value` or a heredoc."""
    outputs: dict[str, str] = {}
    lines = iter(text.splitlines())
    for line in lines:
        if "<<" in line and "=" not in line.split("<<")[0]:
            name, _, delimiter = line.partition("<<")
            value = []
            for inner in lines:
                if inner == delimiter:
                    break
                value.append(inner)
            else:
                raise CheckError(f"the heredoc of output `{name}` does not end")
            outputs[name] = "\n".join(value)
        elif line:
            name, equals, found = line.partition("=")
            expect(equals, "every line of GITHUB_OUTPUT is an output", shown=line)
            outputs[name] = found
    return outputs

"""A whole workflow, run by act: `uses: ./` builds the Dockerfile, and the job stands or falls with our exit code."""

import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.e2e.container import event
from tests.e2e.machine import act, expect, run
from tests.e2e.saw import Annotation, Saw, expect_verdict

Record = Mapping[str, Any]
"""One line of what `act --json` prints."""


def check_workflow(base: str, workspace: Path, work: Path, sha: str) -> None:
    """The flawed example fails its job, the ready one does not, and the runner saw why."""
    print("act: a workflow with `uses: ./`")
    (work / "event.json").write_text(json.dumps(event(sha)))
    with _podman_service(work) as socket:
        done = run(
            [
                *(
                    act(),
                    "pull_request",
                    "--json",
                    "--workflows=.github/workflows/e2e.yml",
                    f"--eventpath={work}/event.json",
                ),
                *(f"--platform=ubuntu-latest={base}", "--pull=false", "--rm", "--no-cache-server"),
                *("--container-daemon-socket=-", "--env=GITHUB_REPOSITORY=octocat/app"),
            ],
            environment={"DOCKER_HOST": socket, "XDG_CACHE_HOME": str(work / "cache"), "HOME": str(work / "home")},
            cwd=workspace,
            may_fail=True,
        )
    (work / "act.ndjson").write_text(done.stdout + done.stderr)
    records = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    expect(done.returncode == 1, "the workflow fails", shown=(done.stdout + done.stderr)[-3000:])
    for job, verdict in (("flawed", "fail"), ("ready", "pass")):
        print(f"act: the job `{job}` must {verdict}")
        mine = [record for record in records if record.get("jobID") == job]
        results = [record["jobResult"] for record in mine if "jobResult" in record]
        expect(results == ["success" if verdict == "pass" else "failure"], f"the job ended in {results}")
        saw = _saw([record for record in mine if record.get("stepID") == ["gate"]])
        expect_verdict(saw, verdict, workspace)
        expect(_echoed(mine) == dict(saw.outputs), "a later step reads the same outputs", shown=_echoed(mine))


def _saw(step: list[Record]) -> Saw:
    """What act, which reads commands and files on its own, took from the step."""
    annotations = [
        Annotation(record["command"], record["arg"], record.get("kvPairs") or {})
        for record in step
        if record.get("command") in ("error", "warning", "notice")
    ]
    return Saw(
        succeeded=any(record.get("stepResult") == "success" for record in step),
        annotations=tuple(annotations),
        outputs={record["name"]: record["arg"] for record in step if record.get("command") == "set-output"},
        summary="".join(record["content"] for record in step if record.get("command") == "summary"),
    )


def _echoed(job: list[Record]) -> dict[str, str]:
    """The outputs as the step after the gate printed them."""
    said = "".join(record["msg"] for record in job if record.get("raw_output"))
    _, found, printed = said.rpartition("outputs=")
    outputs: dict[str, str] = json.JSONDecoder().raw_decode(printed)[0] if found else {}
    return outputs


@contextmanager
def _podman_service(work: Path) -> Iterator[str]:
    """Podman's service, which speaks Docker's API, for as long as act needs it."""
    socket = work / "podman.sock"
    with (work / "podman.log").open("wb") as log:
        service = subprocess.Popen(
            ["podman", "system", "service", "--time=0", f"unix://{socket}"], stdout=log, stderr=log, env=os.environ
        )
    try:
        for _ in range(100):
            if socket.exists():
                break
            time.sleep(0.1)
        expect(socket.exists(), "podman's service is up")
        yield f"unix://{socket}"
    finally:
        service.terminate()
        service.wait(timeout=30)

"""What the runner says about this run: the environment and the event file, read once, frozen."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gate.model.problem import Problem, Slug

EVENT_LIMIT = 32 << 20
"""Bytes of an event file; GitHub's webhooks stop at 25 MB."""

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_QUEUE = "gh-readonly-queue/"
_HEADS = "refs/heads/"
_HEAD_COMMITS = (("pull_request", "head", "sha"), ("merge_group", "head_sha"), ("workflow_run", "head_sha"))


@dataclass(frozen=True, slots=True)
class Context:
    """One run on GitHub; every field is empty where there is none.

    `commits` are those that evidence may state, `sha` (GITHUB_SHA) is the first of them. `head` is the commit that a
    person means: of a pull request its head, not the test merge. `branch` is the target of a pull request or of a
    merge group, else the branch that was pushed; a tag has none.
    """

    event: str = ""
    repository: str = ""
    sha: str = ""
    head: str = ""
    commits: tuple[str, ...] = ()
    branch: str = ""
    run_id: str = ""
    run_attempt: str = ""
    job: str = ""
    workflow_ref: str = ""
    actor: str = ""
    server_url: str = ""
    workspace: str = ""
    debug: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def run_url(self) -> str:
        """The page of this run, or nothing outside of GitHub."""
        if not (self.server_url and self.repository and self.run_id):
            return ""
        return f"{self.server_url}/{self.repository}/actions/runs/{self.run_id}"


def read_context(environment: Mapping[str, str]) -> Context:
    """The context of this run. An event file that is absent or broken is a problem of the context, never an error."""
    path = environment.get("GITHUB_EVENT_PATH", "")
    payload, problems = _event(Path(path)) if path else ({}, ())
    heads = tuple(_commits(payload))
    sha = _commit(environment.get("GITHUB_SHA"))
    return Context(
        event=environment.get("GITHUB_EVENT_NAME", ""),
        repository=environment.get("GITHUB_REPOSITORY", ""),
        sha=sha,
        head=heads[0] if heads else sha,
        commits=tuple(dict.fromkeys(filter(None, (sha, *heads)))),
        branch=_branch(environment, payload),
        run_id=environment.get("GITHUB_RUN_ID", ""),
        run_attempt=environment.get("GITHUB_RUN_ATTEMPT", ""),
        job=environment.get("GITHUB_JOB", ""),
        workflow_ref=environment.get("GITHUB_WORKFLOW_REF", ""),
        actor=environment.get("GITHUB_ACTOR", ""),
        server_url=environment.get("GITHUB_SERVER_URL", "").rstrip("/"),
        workspace=environment.get("GITHUB_WORKSPACE", ""),
        debug=environment.get("RUNNER_DEBUG") == "1",
        problems=problems,
    )


def _event(path: Path) -> tuple[Any, tuple[Problem, ...]]:
    """The payload of the event; an empty one with a problem where the file is not what a runner writes."""
    try:
        with path.open("rb") as stream:
            content = stream.read(EVENT_LIMIT + 1)
        if len(content) > EVENT_LIMIT:
            return {}, (_bad_event(f"is larger than {EVENT_LIMIT >> 20} MiB"),)
        return json.loads(content), ()
    except OSError as error:
        return {}, (_bad_event(f"cannot be read: {error.strerror}"),)
    except (ValueError, RecursionError):
        return {}, (_bad_event("is not JSON"),)


def _bad_event(why: str) -> Problem:
    hint = "evidence may state GITHUB_SHA only, and `when: branches` holds for every branch that is not known"
    return Problem(Slug.BAD_EVENT, f"the event file of the runner {why}", hint=hint)


def _at(payload: Any, *keys: str) -> str:  # noqa: ANN401 - any JSON value
    """The text at the end of a path of members; nothing where the payload has another shape."""
    for key in keys:
        payload = payload.get(key) if isinstance(payload, dict) else None
    return payload if isinstance(payload, str) else ""


def _commits(payload: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    """The commits of the event that evidence may state besides GITHUB_SHA."""
    for keys in _HEAD_COMMITS:
        if commit := _commit(_at(payload, *keys)):
            yield commit


def _commit(text: str | None) -> str:
    """A full commit id (SHA-1 or SHA-256) in lower case; nothing for any other text."""
    lower = (text or "").lower()
    return lower if _COMMIT.fullmatch(lower) else ""


def _branch(environment: Mapping[str, str], payload: Any) -> str:  # noqa: ANN401 - any JSON value
    """The branch that a `when` means. Of workflow_run it is the default branch: the other a fork may name."""
    target = (
        environment.get("GITHUB_BASE_REF", "")
        or _at(payload, "pull_request", "base", "ref")
        or _at(payload, "merge_group", "base_ref").removeprefix(_HEADS)
    )
    ref = environment.get("GITHUB_REF", "")
    pushed = ref.removeprefix(_HEADS) if ref.startswith(_HEADS) else ""
    return target or ("" if pushed.startswith(_QUEUE) else pushed)

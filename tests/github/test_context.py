"""What the runner says of a run, and what a broken event file cannot do."""

import json
from pathlib import Path
from typing import Any

import pytest

from gate.github.context import EVENT_LIMIT, Context, read_context

MERGE, HEAD, OTHER = "a" * 40, "b" * 40, "c" * 40


@pytest.fixture
def run(tmp_path: Path) -> Any:
    """The context of a run with this event and environment."""

    def context(event: object = None, **environment: str) -> Context:
        file = tmp_path / "event.json"
        file.write_text(json.dumps(event))
        return read_context({"GITHUB_SHA": MERGE, "GITHUB_EVENT_PATH": str(file)} | environment)

    return context


def test_outside_of_github_everything_is_empty() -> None:
    """And that is no problem."""
    assert read_context({}) == Context()


def test_a_push(run: Any) -> None:
    """The commit and the branch that were pushed."""
    context = run({"before": "0" * 40}, GITHUB_EVENT_NAME="push", GITHUB_REF="refs/heads/feature/x")
    assert (context.event, context.branch, context.head, context.commits) == ("push", "feature/x", MERGE, (MERGE,))


def test_a_tag_has_no_branch(run: Any) -> None:
    """A `when` with branches holds there."""
    assert run({}, GITHUB_REF="refs/tags/v1").branch == ""


def test_a_pull_request(run: Any) -> None:
    """Evidence may state the head or the test merge; the branch is the target."""
    event = {"pull_request": {"head": {"sha": HEAD, "ref": "main"}, "base": {"sha": OTHER, "ref": "release"}}}
    context = run(event, GITHUB_EVENT_NAME="pull_request", GITHUB_REF="refs/pull/7/merge")
    assert (context.head, context.commits, context.branch) == (HEAD, (MERGE, HEAD), "release")
    assert run(event, GITHUB_BASE_REF="main").branch == "main"


def test_a_merge_group(run: Any) -> None:
    """Its branch is the target, not the queue's own."""
    queue = "refs/heads/gh-readonly-queue/main/pr-7-abc"
    event = {"merge_group": {"head_sha": HEAD, "base_sha": OTHER, "base_ref": "refs/heads/main", "head_ref": queue}}
    context = run(event, GITHUB_REF=queue)
    assert (context.head, context.commits, context.branch) == (HEAD, (MERGE, HEAD), "main")
    assert run({}, GITHUB_REF=queue).branch == ""


def test_a_workflow_run(run: Any) -> None:
    """Its head commit counts; the name of its branch is a fork's choice and does not."""
    event = {"workflow_run": {"head_sha": HEAD, "head_branch": "main", "pull_requests": []}}
    context = run(event, GITHUB_REF="refs/heads/trunk")
    assert (context.commits, context.branch) == ((MERGE, HEAD), "trunk")


def test_commits_are_compared_in_lower_case(run: Any) -> None:
    """And each stands once."""
    assert run({"pull_request": {"head": {"sha": MERGE.upper()}}}).commits == (MERGE,)


@pytest.mark.parametrize("sha", ["main", "a" * 39, "a" * 41, HEAD + "\n", f"x{HEAD[1:]}", 7, None, [], {"sha": HEAD}])
def test_what_is_no_commit_is_none(run: Any, sha: object) -> None:
    """Evidence cannot be bound to a branch name."""
    assert run({"pull_request": {"head": {"sha": sha}}}).commits == (MERGE,)


def test_a_commit_of_sha_256_counts(run: Any) -> None:
    """Repositories may use either."""
    assert run({"merge_group": {"head_sha": "d" * 64}}).head == "d" * 64


@pytest.mark.parametrize(
    "event",
    [
        None,
        [],
        7,
        "text",
        {"pull_request": None},
        {"pull_request": []},
        {"pull_request": {"head": 7, "base": {"ref": []}}},
    ],
)
def test_an_event_of_another_shape_says_nothing(run: Any, event: object) -> None:
    """An absent object means that there is none."""
    context = run(event)
    assert (context.commits, context.branch, context.problems) == ((MERGE,), "", ())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is not JSON"),
        (b"{", "is not JSON"),
        (b"\xff\xfe\x00", "is not JSON"),
        (b"[" * 200_000, "is not JSON"),
        (b"9" * 10_000, "is not JSON"),
        (b" " * (EVENT_LIMIT + 1), "is larger than 32 MiB"),
    ],
)
def test_a_broken_event_is_a_problem_and_no_error(tmp_path: Path, content: bytes, why: str) -> None:
    """The run goes on with what the environment says."""
    file = tmp_path / "event.json"
    file.write_bytes(content)
    context = read_context({"GITHUB_EVENT_PATH": str(file), "GITHUB_SHA": MERGE})
    (problem,) = context.problems
    assert (problem.slug, problem.message) == ("bad-event", f"the event file of the runner {why}")
    assert context.commits == (MERGE,)


def test_a_missing_event_file_is_a_problem(tmp_path: Path) -> None:
    """Its name was given, and it is not there."""
    (problem,) = read_context({"GITHUB_EVENT_PATH": str(tmp_path / "gone")}).problems
    assert problem.message == "the event file of the runner cannot be read: No such file or directory"


def test_the_page_of_the_run(run: Any) -> None:
    """On whatever server GitHub runs; none outside of it."""
    where = {"GITHUB_SERVER_URL": "https://ghe.example/", "GITHUB_REPOSITORY": "acme/service", "GITHUB_RUN_ID": "7"}
    assert run({}, **where).run_url == "https://ghe.example/acme/service/actions/runs/7"
    assert run({}).run_url == ""


def test_the_rest_of_the_environment(run: Any) -> None:
    """As the runner names it."""
    names = ("RUN_ID", "RUN_ATTEMPT", "JOB", "WORKFLOW_REF", "ACTOR", "WORKSPACE", "REPOSITORY")
    context = run({}, RUNNER_DEBUG="1", **{f"GITHUB_{name}": name for name in names})
    assert context.debug
    assert [getattr(context, name.lower()) for name in names] == list(names)


def test_the_runner_of_these_tests_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the environment that is handed over."""
    monkeypatch.setenv("GITHUB_SHA", OTHER)
    assert read_context({}).sha == ""

"""When a criterion applies, and what could never be meant."""

from typing import Any

import pytest
from pydantic import ValidationError

from gate.criteria.when import When, is_stage
from tests.conftest import valid


@pytest.mark.parametrize("events", ["push", ["pull_request", "merge_group"], "pull_request*", "*", "workflow_ru[mn]"])
def test_events_are_those_of_github_or_patterns_over_them(events: Any) -> None:
    """Each entry is or matches at least one."""
    assert valid(When, events=events).events


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ("pull_reqest", "did you mean 'pull_request'"),
        ("Pull_Request", "did you mean 'pull_request'"),
        ("pull-request", "did you mean 'pull_request'"),
        (["push", "pul_*"], "pul_"),
        ("merge", "no run of a workflow has the event 'merge'"),
        ("workflow_call", "no run of a workflow has the event"),
    ],
)
def test_an_event_that_never_comes_is_refused(events: Any, told: str) -> None:
    """The criterion would never apply, and the gate would open."""
    with pytest.raises(ValidationError, match=told):
        valid(When, events=events)


@pytest.mark.parametrize("branches", ["refs/heads/main", ["main", "refs/heads/release/*"], "refs/tags/v*"])
def test_a_ref_is_no_branch(branches: Any) -> None:
    """GitHub tells the short name, which such a pattern never matches."""
    with pytest.raises(ValidationError, match="write the branch alone"):
        valid(When, branches=branches)


def test_branches_may_be_patterns() -> None:
    """Also of a branch whose name merely resembles a ref."""
    assert valid(When, branches=["main", "release/*", "references"]).branches


@pytest.mark.parametrize(
    ("stage", "pattern", "same"),
    [("pr", "PR", True), ("Production", "prod*", True), ("staging", "production", False)],
)
def test_the_case_of_a_stage_does_not_count(stage: str, pattern: str, same: bool) -> None:  # noqa: FBT001
    """A stage is a word of people, written by two of them in two files."""
    assert is_stage(stage, pattern) is same


def test_a_when_that_says_nothing_is_refused() -> None:
    """It would apply always."""
    with pytest.raises(ValidationError):
        valid(When)

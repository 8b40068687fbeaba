"""When a criterion applies: the event, the branch, the stage, the day."""

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from gate.criteria.fields import Day, Texts
from gate.criteria.source import PolicyModel
from gate.model.glob import matches_name
from gate.model.words import did_you_mean, shown

EVENTS = frozenset(
    {
        "branch_protection_rule",
        "check_run",
        "check_suite",
        "create",
        "delete",
        "deployment",
        "deployment_status",
        "discussion",
        "discussion_comment",
        "fork",
        "gollum",
        "image_version",
        "issue_comment",
        "issues",
        "label",
        "merge_group",
        "milestone",
        "page_build",
        "project",
        "project_card",
        "project_column",
        "public",
        "pull_request",
        "pull_request_review",
        "pull_request_review_comment",
        "pull_request_target",
        "push",
        "registry_package",
        "release",
        "repository_dispatch",
        "schedule",
        "status",
        "watch",
        "workflow_dispatch",
        "workflow_run",
    }
)
"""The events that a run of a workflow can have. `workflow_call` is none: a called workflow has its caller's."""


def is_stage(stage: str, pattern: str) -> bool:
    """Whether the stage is one that the pattern means; case does not count."""
    return matches_name(stage.casefold(), pattern.casefold())


def _events(patterns: Texts) -> Texts:
    """Each pattern is or matches an event of GitHub; with any other the criterion would never apply."""
    for pattern in patterns:
        if not any(matches_name(event, pattern) for event in EVENTS):
            near = did_you_mean(pattern, EVENTS) or "see GitHub's list of events that trigger workflows"
            message = f"no run of a workflow has the event {shown(pattern)}: {near}"
            raise ValueError(message)
    return patterns


def _branches(patterns: Texts) -> Texts:
    """A branch is written by its short name, as GitHub shows it."""
    for pattern in patterns:
        if pattern.startswith("refs/"):
            message = f"{shown(pattern)} is a ref, and no branch is called so: write the branch alone, such as main"
            raise ValueError(message)
    return patterns


class When(PolicyModel):
    """When a criterion applies; otherwise it is `notApplicable`, with the reason."""

    events: Annotated[Texts, AfterValidator(_events)] | None = Field(
        None, description="GitHub events, such as pull_request."
    )
    branches: Annotated[Texts, AfterValidator(_branches)] | None = Field(
        None, description="Globs over the target branch, or the branch of a push."
    )
    stage: Texts | None = Field(None, description="Stages, compared with the input `stage`; case does not count.")
    until: Day | None = Field(None, description="The last day on which it applies.")

    @model_validator(mode="after")
    def _says_something(self) -> "When":
        if not self.model_fields_set:
            message = "`when` needs at least one of events, branches, stage, until"
            raise ValueError(message)
        return self

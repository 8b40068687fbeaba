"""The frame of a policy file. What stands under `criteria` is validated by the class of each kind."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from gate.criteria.fields import Text, Texts
from gate.criteria.source import PolicyModel, Source
from gate.errors import DemandError
from gate.model.problem import Slug

KEBAB = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LONGEST_NAME = 80
SCHEMA = "gate/v1"
"""The version of the policy language that this gate speaks."""

Name = Annotated[str, StringConstraints(pattern=KEBAB, max_length=LONGEST_NAME)]
"""A name in kebab-case: of a policy, a source, a criterion."""


def _some(criteria: dict[Name, Any]) -> dict[Name, Any]:
    if not criteria:
        raise DemandError(Slug.NO_CRITERIA, "no criterion is left to judge")
    return criteria


class PolicyFile(PolicyModel):
    """A policy, as its author writes it."""

    schema_: Literal["gate/v1"] = Field(alias="schema", description="The version of the policy language.")
    name: Name | None = Field(None, description="What the policy is called; by default its file name.")
    title: Text | None = Field(None, description="The policy in a few words.")
    description: Text | None = Field(None, description="What it is for.")
    gate_version: Text | None = Field(
        None, description='Releases of the gate that may judge by it, such as ">=1.2,<2".'
    )
    extends: Texts | None = Field(None, description="Policies it builds on: shipped names, or files beside this one.")
    evidence: dict[Name, Source] = Field(default_factory=dict, description="Named sources of evidence.")
    suppressions: Literal["show", "honour"] = Field(
        "show", description="What marks inside reports do, where a source does not say."
    )
    criteria: Annotated[dict[Name, Any], AfterValidator(_some)] = Field(description="What must hold, by id.")

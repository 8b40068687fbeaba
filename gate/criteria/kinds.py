"""The kinds of criteria: the one table. A kind is imported when a policy names it, and not before."""

from collections.abc import Mapping
from importlib import import_module

from gate.criteria.base import Criterion

KINDS: Mapping[str, str] = {
    "findings": "gate.criteria.findings:Findings",
    "tests": "gate.criteria.tests:Tests",
    "coverage": "gate.criteria.coverage:Coverage",
    "components": "gate.criteria.components:Components",
    "documents": "gate.criteria.documents:Documents",
    "files": "gate.criteria.files:Files",
    "checklist": "gate.criteria.checklist:Checklist",
    "reports": "gate.criteria.reports:Reports",
    "jobs": "gate.criteria.jobs:Jobs",
    "quorum": "gate.criteria.quorum:Quorum",
    "score": "gate.criteria.score:ScoreCriterion",
}
"""Kind to the class that judges it, as `module:name`."""

LATER_KINDS = frozenset(
    {"attestations", "control_mapping", "headers", "measurements", "scorecard", "signoffs", "slos", "value"}
)
"""Kinds of the policy language that a later release brings; a policy that asks for one is refused by name."""


def class_of(kind: str) -> type[Criterion]:
    """The class of a kind that the table has."""
    module, _, name = KINDS[kind].partition(":")
    loaded: type[Criterion] = getattr(import_module(module), name)
    return loaded

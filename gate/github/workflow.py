"""The workflow file of the gate's own job, and whether that job can be skipped and so count as passed."""

import re

from gate.errors import PolicyError
from gate.model.problem import Problem, Slug
from gate.policy.tree import Node
from gate.policy.yaml import compose

_REFERENCE = re.compile(r"[^/]+/[^/]+/(\.github/workflows/[^@]+)@.*", re.DOTALL)
_ALWAYS = re.compile(r"\balways\(\s*\)")


def path_of(reference: str) -> str:
    """The path of a workflow in its repository, out of GITHUB_WORKFLOW_REF (`o/r/.github/workflows/…@ref`)."""
    found = _REFERENCE.fullmatch(reference)
    return found[1] if found else ""


def skippable_gate(text: str, path: str, job: str) -> Problem | None:
    """A warning where the job may be skipped: it has an `if` without `always()`, or needs jobs and has no `if`.

    Nothing where the file has no such job (a reusable workflow) or is not YAML that the gate reads: GitHub runs it.
    """
    try:
        jobs = compose(text, path).get("jobs")
    except PolicyError:
        return None
    mine = jobs.get(job) if jobs else None
    if mine is None or not _may_be_skipped(mine):
        return None
    return Problem(
        Slug.SKIPPABLE_GATE,
        f"job `{job}` can be skipped, and GitHub counts a skipped required check as passed",
        (mine.get("if") or mine).at,
        "write `if: always()` at the job",
    )


def _may_be_skipped(job: Node) -> bool:
    condition = job.get("if")
    if condition is None:
        return job.get("needs") is not None
    return not _ALWAYS.search(str(condition.value))

"""The input `evidence`: other patterns for the sources of a policy, as this run names them."""

from collections.abc import Mapping
from dataclasses import replace

from gate.criteria.base import SourceCriterion
from gate.errors import UsageError
from gate.model.problem import Problem, Slug
from gate.model.words import did_you_mean, shown
from gate.policy.load import Policy

UNNAMED = ""
"""Under this name stand bare patterns, for a policy that declares no sources."""


def with_evidence(policy: Policy, patterns: Mapping[str, tuple[str, ...]]) -> Policy:
    """The policy with these patterns by source; bare ones take the place of the default search.

    Raises UsageError for a source that the policy does not declare, and for bare patterns that nothing would use.
    """
    problems = [problem for name in patterns for problem in _refusals(policy, name)]
    if problems:
        raise UsageError(problems)
    requests = dict(policy.requests)
    for key, request in policy.requests.items():
        told = patterns.get(UNNAMED) if request.searched else None
        if key.name in policy.sources:
            told = patterns.get(key.name)
        if told:
            requests[key] = replace(request, patterns=told)
    return replace(policy, requests=requests)


def _refusals(policy: Policy, name: str) -> list[Problem]:
    if name == UNNAMED:
        return _bare_refusals(policy)
    if name in policy.sources:
        return []
    hint = did_you_mean(name, policy.sources) or f"its sources are {', '.join(sorted(policy.sources)) or 'none'}"
    return [Problem(Slug.BAD_INPUT, f"`evidence`: the policy has no source {shown(name)}", hint=hint)]


def _bare_refusals(policy: Policy) -> list[Problem]:
    if policy.sources:
        hint = f"write `source: pattern`; the sources are {', '.join(sorted(policy.sources))}"
        message = "`evidence`: a pattern without a source, and the policy names sources"
        return [Problem(Slug.BAD_INPUT, message, hint=hint)]
    criteria = [demand.criterion for demand in policy.demands.values()]
    if any(isinstance(criterion, SourceCriterion) and criterion.files is None for criterion in criteria):
        return []
    message = "`evidence`: every criterion of the policy says itself where its evidence is"
    return [Problem(Slug.BAD_INPUT, message, hint="remove the input, or the `files` of a criterion")]

"""What `gate schema`, `gate formats` and `gate explain` print."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from gate.app import load_policy
from gate.criteria.kinds import KINDS
from gate.errors import PolicyError, UsageError
from gate.evaluate import Situation
from gate.explain import explain_criterion, explain_kind, explain_slug, known_subjects, table_of_formats
from gate.model.problem import Problem, Slug
from gate.model.words import did_you_mean, shown
from gate.policy.jsonschema import policy_schema
from gate.policy.load import Policy
from gate.settings import read_settings
from gate.slugs import SLUGS


def page(command: str, given: Mapping[str, str], environment: Mapping[str, str], here: Path) -> str:
    """The page of a command. Raises UsageError for a subject that nobody knows."""
    if command == "schema":
        return json.dumps(policy_schema(), indent=2) + "\n"
    if command == "formats":
        return table_of_formats()
    return _explained(given, environment, here)


def _explained(given: Mapping[str, str], environment: Mapping[str, str], here: Path) -> str:
    """A criterion of the policy, a kind, or a problem; the policy is asked first, for its names are the author's."""
    subject = given["subject"]
    options = {name: value for name, value in given.items() if name != "subject"}
    settings = read_settings(options, environment, here, datetime.now(UTC))
    policy, refused = None, None
    try:
        policy = load_policy(settings, Situation(settings.now.date()))
    except PolicyError as error:
        refused = error
    if policy and subject in policy.demands:
        return explain_criterion(policy.demands[subject], policy.requests)
    if subject in KINDS:
        return explain_kind(subject)
    slug = next((slug for slug in SLUGS if slug == subject), None)
    if slug is not None:
        return explain_slug(slug, SLUGS[slug])
    raise refused or _nobody_knows(subject, policy)


def _nobody_knows(subject: str, policy: Policy | None) -> UsageError:
    hint = did_you_mean(subject, known_subjects(policy.demands if policy else {}))
    known = f"criteria of the policy, kinds ({', '.join(KINDS)}) and slugs can be explained"
    return UsageError(Problem(Slug.UNKNOWN_NAME, f"nothing is called {shown(subject)}", hint=hint or known))

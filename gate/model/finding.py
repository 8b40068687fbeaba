"""Findings: problems that a tool reports."""

from dataclasses import dataclass

from gate.model.location import Location
from gate.model.severity import Rating, Severity
from gate.model.suppression import Suppression


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem that a tool reports: a SARIF result of kind fail, open or review, an alert, a vulnerability.

    A reader fills what the report says. `severity`, `severity_from`, `secret` and the final place in `at` are
    stamped by `collect`, and a finding from a secret scanner arrives there without its message. `fixed_in` is the
    fix that the report names, `no_fix` says that it states there is none; with neither, it does not speak of fixes.
    """

    rule: str
    message: str
    ratings: tuple[Rating, ...] = ()
    tool: str = ""
    at: Location | None = None
    fingerprint: str = ""
    aliases: tuple[str, ...] = ()
    cwe: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    purl: str = ""
    fixed_in: str = ""
    no_fix: bool = False
    suppressions: tuple[Suppression, ...] = ()
    help_uri: str = ""
    severity: Severity = Severity.UNRATED
    severity_from: str = ""
    secret: bool = False

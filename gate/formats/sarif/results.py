"""From a SARIF result to a finding."""

from collections.abc import Iterator, Mapping, Sequence

from gate.formats.sarif.bags import aliases_in, facts_of
from gate.formats.sarif.levels import Levels
from gate.formats.sarif.messages import fix_in, message_in, text_of
from gate.formats.sarif.places import Places
from gate.formats.sarif.rules import Rules
from gate.formats.sarif.shapes import Mark, Result, Run
from gate.model.finding import Finding
from gate.model.suppression import Suppression

NO_FINDINGS: Mapping[str, str] = {
    "pass": "passed",
    "notApplicable": "not applicable",
    "informational": "informational",
}
"""Kinds (3.27.9) that are no findings, and how they are counted. Any other kind is one, also one unheard of."""
ABSENT = "absent since the baseline"
IN_THE_REPORT = "a fix in the report"
"""What fixes a result that brings its fix along (3.27.30)."""
REQUIRES_LOGIN = "requires login"
"""What one scanner writes in place of every fingerprint."""


class Results:
    """The results of one run, each as a finding, or as the reason why it is none; `places` knows where they are."""

    def __init__(self, run: Run, rules: Rules) -> None:
        """Look up once what all results share."""
        self._run = run
        self._rules = rules
        self.places = Places(run)
        self._levels = Levels(run, rules)
        driver = run.tool.driver if run.tool else None
        self._tool = (driver.name or "") if driver else ""

    def __iter__(self) -> Iterator[Finding | str]:
        """Every result, in the order of the run."""
        for result in self._run.results or ():
            yield _why_no_finding(result) or self._finding(result)

    def _finding(self, result: Result) -> Finding:
        rule = self._rules.of(result)
        own = facts_of("result", result.properties, result.taxa or ())
        shared = rule.facts if rule else facts_of("rule", None)
        rule_id = result.rule_id or (result.rule and result.rule.id) or (rule.id if rule else "")
        text = text_of(result.message, rule, self._run.tool)
        fixed_in = IN_THE_REPORT if result.fixes else fix_in(text)
        return Finding(
            rule=rule_id,
            message=message_in(text),
            ratings=(*own.ratings, *shared.ratings, *self._levels.of(result, rule)),
            tool=self._tool,
            at=self.places.first_of(result.locations),
            fingerprint=_fingerprint(result),
            aliases=tuple(dict.fromkeys((*aliases_in((rule_id,)), *own.aliases, *shared.aliases))),
            cwe=tuple(dict.fromkeys(own.cwe + shared.cwe)),
            tags=tuple(dict.fromkeys(own.tags + shared.tags)),
            purl=_only(own.purls or shared.purls),
            fixed_in=fixed_in or "",
            no_fix=fixed_in == "",
            suppressions=tuple(_suppression(mark) for mark in result.suppressions or ()),
            help_uri=(rule.descriptor.help_uri or "") if rule else "",
        )


def _why_no_finding(result: Result) -> str:
    """Why a result is no finding, or nothing. A passed one with an error contradicts itself, and counts."""
    if result.baseline_state == "absent":
        return ABSENT
    contradicts = result.level in ("error", "warning")
    return "" if contradicts else NO_FINDINGS.get(result.kind or "", "")


def _suppression(mark: Mark) -> Suppression:
    return Suppression(
        kind=mark.kind or "external",
        status=mark.status or mark.state or "accepted",
        justification=mark.justification or "",
    )


def _only(purls: Sequence[str]) -> str:
    """The package, where the report leaves no doubt which."""
    return purls[0] if len(purls) == 1 else ""


def _fingerprint(result: Result) -> str:
    """What identifies the result from run to run, as far as the tool tells."""
    line_hash = (result.partial_fingerprints or {}).get("primaryLocationLineHash")
    if isinstance(line_hash, str) and line_hash:
        return line_hash
    stable = (result.fingerprints or {}).items()
    found = [text for _, text in sorted(stable) if isinstance(text, str) and text and text != REQUIRES_LOGIN]
    return found[-1] if found else ""

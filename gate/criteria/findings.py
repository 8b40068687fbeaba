"""`findings`: not more findings than this."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from gate.criteria.base import SourceCriterion
from gate.criteria.fields import Count, PathPatterns, Texts, many
from gate.criteria.source import PolicyModel
from gate.model.evidence import Evidence, Record, Report
from gate.model.finding import Finding
from gate.model.glob import is_pattern, matches_any, matches_name
from gate.model.location import Location
from gate.model.problem import Problem, Slug
from gate.model.severity import Severity
from gate.model.toolname import is_tool
from gate.model.verdict import Breach, Judgement, Observation, Tally
from gate.model.words import number_of


def _cwe(value: object) -> object:
    """`CWE-79`, `79`: the number. What is neither is left for pydantic to refuse."""
    if isinstance(value, str) and (found := re.fullmatch(r"(?:CWE-)?(\d{1,6})", value, re.ASCII)):
        return int(found[1])
    return value


Cwe = Annotated[
    int,
    BeforeValidator(_cwe),
    Field(ge=1),
    WithJsonSchema(
        {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": r"^(CWE-)?0*[1-9]\d*$"}]}
    ),
]
"""A number of the Common Weakness Enumeration."""


_CLASS = re.compile(r"\[!?\]?[^\]]*\]")


def _not_everything(patterns: Texts | None) -> Texts | None:
    """A pattern names at least one letter or digit beside its wildcards and classes: `[!~]*` is every rule."""
    for pattern in patterns or ():
        if is_pattern(pattern) and not any(map(str.isalnum, _CLASS.sub("", pattern))):
            message = "a pattern that leaves out every rule leaves nothing to judge: name a part of the rules"
            raise ValueError(message)
    return patterns


class Limits(PolicyModel):
    """How many findings are allowed. Each limit counts its severity and worse; `total` counts all."""

    critical: Count | None = None
    high: Count | None = None
    medium: Count | None = None
    low: Count | None = None
    total: Count | None = None
    unrated: Count | None = Field(None, description="A limit of its own for findings that nobody has rated.")

    @model_validator(mode="after")
    def _says_something(self) -> "Limits":
        if not self.model_fields_set:
            message = "set at least one of critical, high, medium, low, total, unrated"
            raise ValueError(message)
        return self

    @property
    def counted(self) -> frozenset[Severity]:
        """Every severity that some limit counts."""
        return frozenset().union(*(severities for _, severities, _ in self.counts()))

    def counts(self) -> Iterator[tuple[str, frozenset[Severity], int]]:
        """Every limit: its name, the severities that it counts, and the number allowed."""
        rated = [severity for severity in Severity if severity is not Severity.UNRATED]
        always = frozenset({Severity.UNRATED}) if self.unrated is None else frozenset[Severity]()
        floors = {
            "critical": Severity.CRITICAL,
            "high": Severity.HIGH,
            "medium": Severity.MEDIUM,
            "low": Severity.LOW,
        }
        for name, floor in floors.items():
            if (allowed := getattr(self, name)) is not None:
                yield name, frozenset(severity for severity in rated if severity >= floor) | always, allowed
        if self.total is not None:
            yield "total", frozenset(rated) | always, self.total
        if self.unrated is not None:
            yield "unrated", frozenset({Severity.UNRATED}), self.unrated


class Findings(SourceCriterion):
    """Not more findings than the limits allow; without `limits`, none that is high or worse."""

    wants: ClassVar[type[Record] | None] = Finding
    own_keys: ClassVar[frozenset[str]] = frozenset({"tools"})

    kind: Literal["findings"]
    limits: Limits = Field(Limits(high=0), description="How many findings are allowed, by severity and worse.")
    scope: Literal["all"] = Field("all", description="Which findings count.")
    tools: Texts | None = Field(None, description="Only findings of these tools; each must have a report.")
    rules: Texts | None = Field(None, description="Only findings of these rules (globs).")
    exclude_rules: Annotated[Texts | None, AfterValidator(_not_everything)] = Field(
        None, description="Not findings of these rules (globs)."
    )
    paths: PathPatterns | None = Field(
        None, description="Only findings in these files; one that cannot be placed counts."
    )
    cwe: Annotated[tuple[Cwe, ...], BeforeValidator(many), Field(min_length=1)] | None = Field(
        None, description="Only findings with one of these CWE numbers."
    )
    tags: Texts | None = Field(None, description="Only findings with one of these tags (globs).")
    hosts: Texts | None = Field(None, description="Only findings on these hosts (globs); one without a place counts.")
    fixable_only: bool = Field(default=False, description="Only findings for which the report names a fix.")

    @property
    def needs_places(self) -> bool:
        """`paths` means nothing where no finding can be placed."""
        return self.paths is not None

    def judge(self, evidence: Evidence) -> Judgement:
        """Count what passes the filters against each limit."""
        fates = list(self._fates(evidence))
        counted = sorted(
            (finding for finding, fate in fates if not fate),
            key=lambda finding: (-finding.severity, str(finding.at or ""), finding.rule),
        )
        breaches = tuple(self._breaches(counted))
        return Judgement(
            observed=_by_severity(counted),
            demanded=", ".join(_demand(name, allowed) for name, _, allowed in self.limits.counts()),
            margin="; ".join(breach.message for breach in breaches),
            breaches=breaches,
            doubts=tuple(self._doubts(evidence)),
            observations=tuple(_observation(finding, finding.message) for finding in counted),
            excluded=tuple(_observation(finding, fate) for finding, fate in fates if fate),
            tally=Tally("findings", len(fates), len(counted), Counter(fate for _, fate in fates if fate)),
        )

    def _fates(self, evidence: Evidence) -> Iterator[tuple[Finding, str]]:
        """Every finding with the reason why it does not count; no reason where it does."""
        limited = self.limits.counted
        for source in evidence.sources:
            for report in source.reports:
                for finding in report.records:
                    if isinstance(finding, Finding):
                        yield finding, self._fate(finding, source.honours_suppressions, limited)

    def _fate(self, finding: Finding, honours_suppressions: bool, limited: frozenset[Severity]) -> str:  # noqa: FBT001
        if not self._chosen(finding) or (self.fixable_only and not finding.fixed_in):
            return "filtered"
        if honours_suppressions and _is_suppressed(finding):
            return "suppressed"
        return "" if finding.severity in limited else "below the limit"

    def _chosen(self, finding: Finding) -> bool:
        """Whether the finding passes every filter, save `fixable_only`."""
        return (
            (self.tools is None or any(is_tool(finding.tool, tool) for tool in self.tools))
            and (self.rules is None or _any_name(finding.rule, self.rules))
            and (self.exclude_rules is None or not _any_name(finding.rule, self.exclude_rules))
            and (self.cwe is None or not set(self.cwe).isdisjoint(finding.cwe))
            and (self.tags is None or any(_any_name(tag, self.tags) for tag in finding.tags))
            and self._placed_well(finding)
        )

    def _placed_well(self, finding: Finding) -> bool:
        """Whether the place passes `paths` and `hosts`. A finding without a place always does."""
        at = finding.at
        if at is None:
            return True
        if self.paths is not None and not self._in_paths(at):
            return False
        return self.hosts is None or (at.is_url and _any_name(_host(at.path), self.hosts))

    def _in_paths(self, at: Location) -> bool:
        """Whether `paths` choose the place. A file that is not placed may be any file, so it is chosen."""
        return not at.is_url and (not at.placed or matches_any(at.path, self.paths or ()))

    def _breaches(self, counted: list[Finding]) -> Iterator[Breach]:
        for name, severities, allowed in self.limits.counts():
            count = sum(finding.severity in severities for finding in counted)
            if count > allowed:
                worse = "" if name in ("total", "unrated", "critical") else " or worse"
                what = number_of(count, "findings") if name == "total" else f"{count} {name}{worse}"
                yield Breach(f"{what}, {allowed} allowed")

    def _doubts(self, evidence: Evidence) -> Iterator[Problem]:
        """Filters that name what is not there (a tool, a rule, a fix), or leave out all there is."""
        reports = evidence.reports_of(Finding)
        present = {tool for report in reports for tool in report.tools}
        for tool in self.tools or ():
            if reports and not any(is_tool(name, tool) for name in present):
                yield Problem(
                    Slug.MISSING_TOOL,
                    f"no report of {tool} is there (only {', '.join(sorted(present)) or 'none'})",
                    hint=f"run {tool} before the gate, or correct `tools`",
                )
        catalogue = _catalogue(reports)
        for rule in self.rules or ():
            if catalogue and not any(matches_name(known, rule) for known in catalogue):
                yield Problem(
                    Slug.NOTHING_MATCHED,
                    f"no rule `{rule}` in the rule lists of {', '.join(sorted(present))}",
                    hint="correct `rules`" if not is_pattern(rule) else "correct the pattern in `rules`",
                )
        if self.exclude_rules and catalogue and all(_any_name(known, self.exclude_rules) for known in catalogue):
            yield Problem(
                Slug.NOTHING_MATCHED,
                f"`exclude_rules` leaves out every rule of {', '.join(sorted(present))}: nothing is judged",
                hint="name fewer rules in `exclude_rules`",
            )
        if self.fixable_only:
            yield from self._silent_on_fixes(reports)

    def _silent_on_fixes(self, reports: Iterable[Report]) -> Iterator[Problem]:
        """Reports with findings that would count, of which not one names a fix, or says that there is none."""
        for report in reports:
            findings = [record for record in report.records if isinstance(record, Finding)]
            if any(finding.fixed_in or finding.no_fix for finding in findings):
                continue
            if any(finding.severity in self.limits.counted and self._chosen(finding) for finding in findings):
                yield Problem(
                    Slug.NOT_STATED,
                    "the report names no fix at all, so what is fixable is not known",
                    Location(report.path),
                    "let the tool write a report that names fixes, or remove `fixable_only`",
                )


def _catalogue(reports: Iterable[Report]) -> frozenset[str]:
    """The rules that the tools say they have; nothing where a tool lists only the rules that it triggered."""
    known: set[str] = set()
    for report in reports:
        triggered = {record.rule for record in report.records if isinstance(record, Finding)}
        for statement in report.statements:
            if not statement.rules - triggered:
                return frozenset()
            known |= statement.rules | triggered
    return frozenset(known)


def _any_name(name: str, patterns: Iterable[str]) -> bool:
    return any(matches_name(name, pattern) for pattern in patterns)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_suppressed(finding: Finding) -> bool:
    """SARIF 2.1.0, section 3.27.23: suppressed unless a mark is under review or rejected; ours needs a reason too."""
    marks = finding.suppressions
    return all(mark.status == "accepted" for mark in marks) and any(mark.can_be_honoured for mark in marks)


def _observation(finding: Finding, message: str) -> Observation:
    return Observation(message, finding.at, finding.severity, finding)


def _demand(name: str, allowed: int) -> str:
    if name == "total":
        return f"at most {number_of(allowed, 'findings')}" if allowed else "no findings"
    at_most = f"at most {allowed}" if allowed else "no"
    return f"{at_most} {name}" if name in ("unrated", "critical") else f"{at_most} {name} or worse"


def _by_severity(findings: Iterable[Finding]) -> str:
    counts = Counter(finding.severity for finding in findings)
    worst_first = sorted(counts, reverse=True)
    return ", ".join(f"{counts[severity]} {severity.label}" for severity in worst_first) or "none"

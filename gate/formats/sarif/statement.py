"""What a SARIF run says of itself: tool, time, commit, and whether it can be believed."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from gate.formats.sarif.messages import said
from gate.formats.sarif.rules import Rules
from gate.formats.sarif.shapes import Component, Invocation, Notification, RuleReference, Run, VersionControl
from gate.model.evidence import Statement
from gate.model.finding import Finding
from gate.model.moment import moment
from gate.model.problem import Problem, Slug
from gate.model.words import shown

HARMLESS = frozenset({None, "none", "note", "warning"})
"""Levels of a notification that leave the run whole; absent means warning (3.58.6). Any other is an error."""


def statement_of(
    run: Run, rules: Rules, left_out: Mapping[str, int], roots: tuple[str, ...], remarks: tuple[Problem, ...]
) -> Statement:
    """The statement of one run; `left_out` counts its results that are no findings."""
    driver = (run.tool.driver if run.tool else None) or Component()
    scanned = (run.version_control_provenance or [VersionControl()])[0]
    hollow = (
        ""
        if run.results is not None
        else f"a run of {driver.name or 'an unnamed tool'} without `results`: it states no scan"
    )
    return Statement(
        tool=driver.name or "",
        proves=frozenset({Finding}),
        version=driver.semantic_version or driver.version or "",
        made_at=_made_at(run),
        commit=scanned.revision_id or "",
        repository=scanned.repository_uri or "",
        faults=tuple(_faults(run)),
        hollow=hollow,
        remarks=(*remarks, *_disagreements(run, rules)),
        left_out=left_out,
        rules=rules.ids,
        roots=roots,
    )


def _made_at(run: Run) -> datetime | None:
    """When the last invocation ended, else when it started."""
    for invocation in reversed(run.invocations or ()):
        for text in (invocation.end_time_utc, invocation.start_time_utc):
            if time := moment(text or ""):
                return time
    return None


def _faults(run: Run) -> Iterator[Problem]:
    """The invocations that failed, and what the tool itself calls an error."""
    invocations = run.invocations or []
    failed = [invocation for invocation in invocations if invocation.execution_successful is False]
    if failed:
        yield Problem(
            Slug.FAILED_RUN,
            f"the tool says that its run failed (executionSuccessful: false{_exit(failed[0])})",
            hint="see the tool's log, mend the cause and run it again",
        )
    running = [one for invocation in invocations for one in invocation.tool_execution_notifications or ()]
    yield from _errors("while running", running)
    configuring = [one for invocation in invocations for one in invocation.tool_configuration_notifications or ()]
    yield from _errors("in its configuration", configuring)


def _exit(invocation: Invocation) -> str:
    code = f", exit code {invocation.exit_code}" if invocation.exit_code is not None else ""
    return f"{code}, {shown(invocation.exit_code_description)}" if invocation.exit_code_description else code


def _errors(when: str, notifications: list[Notification]) -> Iterator[Problem]:
    """One problem for all errors of a sort, with the words of the first."""
    errors = [one for one in notifications if one.level not in HARMLESS]
    if errors:
        descriptor = errors[0].descriptor or RuleReference()
        first = said(errors[0].message) or descriptor.id or "no message"
        how_many = "an error" if len(errors) == 1 else f"{len(errors)} errors, the first"
        yield Problem(
            Slug.FAILED_RUN,
            f"the tool reports {how_many} {when}: {shown(first)}",
            hint="what it could not look at may hold findings: mend the cause and run it again",
        )


def _disagreements(run: Run, rules: Rules) -> Iterator[Problem]:
    """Results whose index leads to another rule than their id, or to none."""
    count = sum(rules.disagrees(result) for result in run.results or ())
    if count:
        yield Problem(Slug.CONTRADICTION, f"`ruleId` and `ruleIndex` disagree in {count} results: the id was followed")

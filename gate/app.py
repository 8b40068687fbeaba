"""The composition root: settings -> load -> collect -> evaluate -> render -> publish."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from gate import __version__
from gate.collect import Binding, Workspace, collect
from gate.collect.git import Git
from gate.errors import PublishError, UsageError
from gate.evaluate import Situation, evaluate, verdict_of
from gate.formats import FORMATS
from gate.github import commands, files, workflow
from gate.github.context import Context, read_context
from gate.guard import OPEN, SHUT
from gate.model.evidence import Evidence
from gate.model.problem import Problem, Slug
from gate.model.text import inert, visible
from gate.model.verdict import Outcome, Result, Verdict
from gate.model.words import shown
from gate.policy.load import Policy, load
from gate.policy.override import with_evidence
from gate.reportdir import ReportDir
from gate.reports import REPORTS, annotations, console, outputs
from gate.settings import Settings, read_settings

_INSTALLED, _CHECKOUT = (Path(__file__).resolve().parents[up] / "policies" for up in (0, 1))
SHIPPED = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
"""The policies that come with the gate: inside the installed package, or in the checkout beside it."""

WIDTH_OF_A_LOG = 140
"""Characters of a line where the output is no terminal."""


def check(options: Mapping[str, str], environment: Mapping[str, str], here: Path) -> int:
    """Judge, write the reports, and return 0 where the gate opens and 1 where it stays shut."""
    settings = read_settings(options, environment, here, datetime.now(UTC))
    if not _is_folder(settings.workspace):
        message = f"workspace {shown(settings.workspace)} is no folder"
        raise UsageError(Problem(Slug.BAD_INPUT, message, hint="check out the repository, or correct --workspace"))
    reports = ReportDir(settings.workspace, settings.report_dir)
    verdict = judge(settings, read_context(environment))
    rendered = {name: render(verdict) for name, render in REPORTS.items()}
    reports.write(rendered)
    publish(verdict, rendered, reports.path, settings, environment)
    return SHUT if verdict.outcome is Outcome.FAIL and not settings.advise else OPEN


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        # A name that is too long for any file system.
        return False


def judge(settings: Settings, context: Context) -> Verdict:
    """Load the policy, collect the evidence that it asks for, and evaluate."""
    situation = Situation(settings.now.date(), context.event, context.branch, settings.stage)
    policy = load_policy(settings, situation)
    names = frozenset(REPORTS)
    workspace = Workspace(settings.workspace, settings.working_directory, settings.report_dir, report_names=names)
    commits = frozenset(context.commits or filter(None, (Git(settings.workspace).head,)))
    binding = Binding(settings.now, commits, context.repository)
    collected = collect(policy.requests.values(), workspace, binding, settings.limits, inventory=policy.needs_inventory)
    evidence = Evidence(settings.now, inventory=collected.inventory, jobs=settings.jobs)
    results = evaluate(policy.demands, collected.sources, evidence, situation)
    return Verdict(
        outcome=verdict_of(results),
        policy=policy.identity,
        results=results,
        sources=tuple(collected.sources.values()),
        made_at=settings.now,
        name=settings.name or policy.identity.name,
        problems=(*policy.warnings, *context.problems, *collected.problems, *_warnings(settings, context, results)),
        advise=settings.advise,
        as_of=settings.as_of,
        commit=context.head,
        repository=context.repository,
        gate_version=__version__,
    )


def load_policy(settings: Settings, situation: Situation) -> Policy:
    """The policy of this run, with the evidence that an input puts in the place of its own."""
    policy = load(
        settings.policy,
        workspace=settings.workspace,
        shipped=SHIPPED,
        situation=situation,
        formats=frozenset(known.id for known in FORMATS),
    )
    return with_evidence(policy, settings.evidence)


def _warnings(settings: Settings, context: Context, results: tuple[Result, ...]) -> Iterator[Problem]:
    """What the run itself should know."""
    if all(result.outcome is Outcome.NOT_APPLICABLE for result in results):
        yield Problem(
            Slug.NOTHING_APPLIED, "no criterion applied: nothing was judged", hint="look at `when` and `disabled`"
        )
    path = workflow.path_of(context.workflow_ref)
    text = _text_of(settings.workspace / path) if path and context.job else ""
    if text and (problem := workflow.skippable_gate(text, path, context.job)):
        yield problem


def _text_of(path: Path) -> str:
    """A small text file; nothing where there is none."""
    try:
        return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    except OSError:
        return ""


def publish(
    verdict: Verdict, rendered: Mapping[str, str], report_dir: str, settings: Settings, environment: Mapping[str, str]
) -> None:
    """Tell people, and the steps that follow. What cannot be published is told, and changes nothing."""
    colour = sys.stdout.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDTH_OF_A_LOG
    sys.stdout.write(console.render(verdict, colour=colour, width=width))
    folder = report_dir if settings.on_runner else os.path.relpath(settings.workspace / report_dir)
    sys.stdout.write(inert(f"reports: {visible(folder)}/\n"))
    if not settings.on_runner:
        return
    if settings.annotations:
        sys.stdout.write(commands.annotations(annotations.render(verdict)))
    try:
        if path := environment.get("GITHUB_OUTPUT"):
            files.set_outputs(Path(path), outputs.render(verdict, report_dir))
        if settings.summary and (path := environment.get("GITHUB_STEP_SUMMARY")):
            files.append_summary(Path(path), rendered["summary.md"])
    except PublishError as error:
        for problem in error.problems:
            sys.stdout.write(commands.command("warning", str(problem), {"title": "gate: not published"}) + "\n")

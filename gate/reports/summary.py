"""The job summary: Markdown that GitHub renders below the run, and whoever opens the file."""

from collections.abc import Iterable, Iterator

from gate.model.location import Location
from gate.model.problem import Problem
from gate.model.verdict import Effect, Observation, Outcome, Result, Verdict
from gate.reports import phrases, problems
from gate.reports.order import in_groups
from gate.reports.text import code_safe, markdown_safe

LIMIT = 512 << 10
"""Bytes after which the summary is cut at a line. GitHub drops a summary above 1 MiB as a whole."""

OBSERVATIONS = 20
"""How many observations of a criterion are shown."""

REPORTS = 100
"""How many reports are shown; what is not ok comes first."""

_CELL = 200
_SIGNS = {Outcome.PASS: "✅", Outcome.FAIL: "❌", Outcome.UNKNOWN: "❓", Outcome.NOT_APPLICABLE: "⚪"}
_CUT = "\n_The summary is cut here, for GitHub takes no more: the whole is in verdict.json._\n"


def render(verdict: Verdict) -> str:
    """The whole verdict, what matters first, so that a cut takes the least."""
    parts = (_head(verdict), _criteria(verdict), _grounds(verdict), _problems_of(verdict), _evidence(verdict))
    return cut("".join(f"{line}\n" for part in parts for line in part), LIMIT)


def cut(text: str, limit: int) -> str:
    """As many whole lines as fit into so many bytes, and a word about it where some are missing."""
    content = text.encode(errors="backslashreplace")
    if len(content) <= limit:
        return text
    end = content.rfind(b"\n", 0, limit - len(_CUT.encode()))
    return content[: end + 1].decode() + _CUT


def _head(verdict: Verdict) -> Iterator[str]:
    yield f"# {_SIGNS[_shown_outcome(verdict)]} {phrases.headline(verdict)}"
    yield ""
    if blockers := phrases.shut_by(verdict):
        would = "Enforce would be shut by" if verdict.advise else "Shut by"
        yield f"{would} {', '.join(map(code_safe, blockers))}."
        yield ""
    yield from _facts(verdict)
    yield ""


def _shown_outcome(verdict: Verdict) -> Outcome:
    if verdict.nothing_applied:
        return Outcome.NOT_APPLICABLE
    return Outcome.UNKNOWN if verdict.advise and verdict.outcome is Outcome.FAIL else verdict.outcome


def _facts(verdict: Verdict) -> Iterator[str]:
    """What was judged, by which policy, and when."""
    policy = verdict.policy
    origin = f"{code_safe(policy.path)} ({markdown_safe(policy.origin)})"
    yield f"- policy: {markdown_safe(policy.title or policy.name)}, {origin}"
    if policy.sha256:
        yield f"- sha256 of the policy: `{policy.sha256}`"
    if verdict.name != policy.name:
        yield f"- gate: {code_safe(verdict.name)}"
    if verdict.repository or verdict.commit:
        yield f"- judged: {' at '.join(filter(None, (code_safe(verdict.repository), code_safe(verdict.commit))))}"
    chosen = ", the time that `--as-of` chose" if verdict.as_of else ""
    version = f", by gate {code_safe(verdict.gate_version)}" if verdict.gate_version else ""
    yield f"- as of {verdict.made_at:%Y-%m-%d %H:%M} UTC{chosen}{version}"
    if verdict.score:
        yield f"- score: {markdown_safe(verdict.score.text)}"


def _criteria(verdict: Verdict) -> Iterator[str]:
    """One row a criterion, members below their group."""
    yield "| outcome | criterion | level | observed | demanded |"
    yield "|:--|:--|:--|:--|:--|"
    for depth, result in in_groups(verdict.results):
        name = "↳ " * depth + code_safe(result.id)
        title = f" {markdown_safe(result.title)}" if result.title not in ("", result.id) else ""
        seen, demanded = (markdown_safe(text, _CELL) for text in (phrases.observed(result), result.judgement.demanded))
        yield f"| {_sign(result)} | {name}{title} | {result.standing} | {seen} | {demanded} |"
    yield ""


def _sign(result: Result) -> str:
    return f"{_SIGNS[result.outcome]} {phrases.WORDS[result.outcome]}"


def _grounds(verdict: Verdict) -> Iterator[str]:
    """All about each criterion that did not pass, those that shut the gate first; of the others only their problems."""
    rows = sorted((result for _, result in in_groups(verdict.results)), key=lambda result: not result.blocks)
    for result in rows:
        whole = result.outcome in (Outcome.FAIL, Outcome.UNKNOWN)
        if whole or problems.of_result(result):
            yield from _ground(result, whole=whole)


def _ground(result: Result, *, whole: bool) -> Iterator[str]:
    yield f"## {_SIGNS[result.outcome]} {markdown_safe(result.title)}"
    yield ""
    if whole:
        effect = {Effect.ERROR: "shuts the gate", Effect.WARNING: "warns", Effect.NOTICE: "is noted"}.get(result.effect)
        yield f"- {code_safe(result.id)}, {code_safe(result.kind)}, {result.standing}" + (
            f": {effect}" if effect else ""
        )
        if result.judgement.observed:
            yield f"- observed: {markdown_safe(result.judgement.observed)}"
        if result.judgement.demanded:
            yield f"- demanded: {markdown_safe(result.judgement.demanded)}"
        yield from (f"- why: {markdown_safe(reason)}" for reason in phrases.reasons(result))
        if counted := phrases.left_out(result):
            yield f"- counted: {markdown_safe(counted)}"
        if result.controls:
            yield f"- controls: {', '.join(map(code_safe, result.controls))}"
        if result.help:
            yield f"- help: {markdown_safe(result.help)}"
        yield f"- policy: {code_safe(str(result.at))}"
    yield from _problem_list(problems.of_result(result))
    yield ""
    if whole and result.judgement.observations:
        yield from _observations(result.judgement.observations)


def _observations(seen: tuple[Observation, ...]) -> Iterator[str]:
    yield "| severity | place | observed |"
    yield "|:--|:--|:--|"
    for observation in seen[:OBSERVATIONS]:
        rating = markdown_safe(phrases.rating(observation), 200)
        yield f"| {rating} | {_place(observation.at)} | {markdown_safe(phrases.saying(observation), 500)} |"
    yield ""
    if len(seen) > OBSERVATIONS:
        yield f"… {phrases.more(len(seen) - OBSERVATIONS)}"
        yield ""


def _place(at: Location | None) -> str:
    return code_safe(str(at), 300) if at and at.path else ""


def _problems_of(verdict: Verdict) -> Iterator[str]:
    """The problems that belong to no single criterion."""
    if told := (*verdict.problems, *problems.of_evidence(verdict)):
        yield "## Problems"
        yield ""
        yield from _problem_list(told)
        yield ""


def _problem_list(told: Iterable[Problem]) -> Iterator[str]:
    for problem in told:
        place = f"{_place(problem.at)}: " if _place(problem.at) else ""
        hint = f" → {markdown_safe(problem.hint)}" if problem.hint else ""
        yield f"- problem `{problem.slug}`: {place}{markdown_safe(problem.message)}{hint}"


def _evidence(verdict: Verdict) -> Iterator[str]:
    """Every report, what is not ok first, and every source that gave none."""
    rows = phrases.reports(verdict)
    if not verdict.sources:
        return
    yield "## Evidence"
    yield ""
    yield "| state | source | report | tool | read | made | commit | sha256 |"
    yield "|:--|:--|:--|:--|:--|:--|:--|:--|"
    for name, report in rows[:REPORTS]:
        made = f"{report.made_at:%Y-%m-%d %H:%M} ({phrases.age(report, verdict.made_at)})" if report.made_at else ""
        what = (phrases.state(report), code_safe(name), code_safe(report.path, 300))
        facts = (markdown_safe(phrases.tools(report), 200), phrases.record_counts(report), made)
        marks = (code_safe(report.commit[:12]), code_safe(report.sha256[:12]))
        yield f"| {' | '.join(what + facts + marks)} |"
    for name, patterns in phrases.without_reports(verdict):
        where = ", ".join(map(code_safe, patterns[:OBSERVATIONS]))
        yield f"| missing | {code_safe(name)} | no file in {where} |  |  |  |  |  |"
    others = phrases.not_reports(verdict)
    for name, path in others[:OBSERVATIONS]:
        yield f"| not a report | {code_safe(name)} | {code_safe(path, 300)} |  |  |  |  |  |"
    yield ""
    hidden = max(len(rows) - REPORTS, 0) + max(len(others) - OBSERVATIONS, 0)
    if hidden:
        yield f"… {phrases.more(hidden)}"

"""The console: what a person reads in a terminal or in the log of a step."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gate.model.evidence import Report
from gate.model.problem import Problem
from gate.model.text import inert, visible
from gate.model.verdict import Level, Outcome, Result, Verdict
from gate.reports import phrases, problems
from gate.reports.order import in_groups

OBSERVATIONS = 10
"""How many observations of a criterion are shown."""

REPORTS = 30
"""How many reports are shown; what is not ok comes first."""

_SHOWN = 500
_COLOURS = {Outcome.PASS: "32", Outcome.FAIL: "31", Outcome.UNKNOWN: "33", Outcome.NOT_APPLICABLE: "2"}
_BOLD, _FAINT = "1", "2"
_LABEL = 10


@dataclass(frozen=True, slots=True)
class Page:
    """How wide the lines are, in characters, and whether they have colour."""

    width: int
    colour: bool

    def paint(self, text: str, style: str) -> str:
        """The text in an ANSI style, where there is colour at all."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and text else text

    def wrap(self, text: str, indent: int, label: str = "") -> Iterator[str]:
        """Strangers' text as lines of this width below each other, cut where it is long; a label may stand before."""
        start = f"{'':{indent}}{label:<{_LABEL}}" if label else " " * indent
        yield from textwrap.wrap(
            visible(text, _SHOWN),
            width=max(self.width, indent + _LABEL + 20),
            initial_indent=start,
            subsequent_indent=" " * len(start),
            break_on_hyphens=False,
        )


def render(verdict: Verdict, *, colour: bool = False, width: int = 100) -> str:
    """The whole verdict: table, grounds of all that did not pass, evidence, and the verdict in a sentence."""
    page = Page(max(width, 60), colour)
    parts = (_head(verdict, page), _table(verdict, page), _grounds(verdict, page), _evidence(verdict, page))
    text = "\n\n".join("\n".join(part) for part in (*map(list, parts), list(_close(verdict, page))) if part)
    return inert(text) + "\n"


def _head(verdict: Verdict, page: Page) -> Iterator[str]:
    policy = verdict.policy
    names = dict.fromkeys((verdict.name, policy.title or policy.name))
    yield page.paint(visible(": ".join(names)), _BOLD)
    when = f"{verdict.made_at:%Y-%m-%d %H:%M} UTC" + (" (chosen with --as-of)" if verdict.as_of else "")
    judged = " at ".join(filter(None, (verdict.repository, verdict.commit[:12])))
    origin = f"policy {policy.path} ({policy.origin}), sha256 {policy.sha256[:12]}"
    yield from page.wrap(", ".join(filter(None, (origin, judged, f"judged {when}"))), 0)


def _table(verdict: Verdict, page: Page) -> Iterator[str]:
    """One line a criterion, members below their group."""
    rows = list(in_groups(verdict.results))
    names = max((len(result.id) + 2 * depth for depth, result in rows), default=0)
    standings = {result.standing for _, result in rows}
    level_width = max(map(len, standings), default=0) + 2 if standings - {Level.MUST.value} else 0
    name_width = min(max(names, len("criterion")), page.width // 3)
    room = page.width - 2 - 9 - level_width - name_width - 4
    seen_width = min(max((len(phrases.observed(result)) for _, result in rows), default=0), room * 55 // 100)
    seen_width = max(seen_width, len("observed"))
    widths = (9, level_width, name_width + 2, seen_width + 2, room - seen_width)
    titles = ("", "level" if level_width else "", "criterion", "observed", "demanded")
    yield page.paint("  " + "".join(map(_cell, titles, widths)).rstrip(), _FAINT)
    for depth, result in rows:
        mark = f"{phrases.SYMBOLS[result.outcome]} {phrases.WORDS[result.outcome]:<9}"
        texts = (result.standing, "  " * depth + result.id, phrases.observed(result), result.judgement.demanded)
        columns = widths[1:] if texts[-1] else (*widths[1:3], sum(widths[3:]), 0)
        yield page.paint(mark, _COLOURS[result.outcome]) + "".join(map(_cell, texts, columns)).rstrip()


def _cell(text: str, width: int) -> str:
    """Strangers' text in a column; two blanks part it from the next, and an ellipsis says that it is cut."""
    shown = visible(text, 4 * width) if width else ""
    return f"{shown:<{width}}" if len(shown) <= max(width - 2, 0) else f"{shown[: max(width - 3, 0)]}…  "[:width]


def _grounds(verdict: Verdict, page: Page) -> Iterator[str]:
    """What there is to say about each criterion that did not pass, and about those with a problem or a remark."""
    first = True
    for _, result in in_groups(verdict.results):
        open_questions = result.outcome in (Outcome.FAIL, Outcome.UNKNOWN)
        if not open_questions and not problems.of_result(result):
            continue
        if not first:
            yield ""
        first = False
        yield from _ground(result, page, whole=open_questions)


def _ground(result: Result, page: Page, *, whole: bool) -> Iterator[str]:
    mark = f"{phrases.SYMBOLS[result.outcome]} {visible(result.id)}"
    title = f"  {visible(result.title)}" if result.title not in ("", result.id) else ""
    yield page.paint(mark, f"{_BOLD};{_COLOURS[result.outcome]}") + title
    if whole:
        yield from page.wrap(result.judgement.observed, 2, "observed")
        yield from page.wrap(result.judgement.demanded, 2, "demanded")
        for reason in phrases.reasons(result):
            yield from page.wrap(reason, 2, "why")
        yield from page.wrap(phrases.left_out(result), 2, "counted")
        yield from _observations(result, page)
    yield from _problems(problems.of_result(result), page, 2)
    if whole:
        yield from page.wrap(result.help, 2, "help")
        yield from page.wrap(str(result.at), 2, "policy")


def _observations(result: Result, page: Page) -> Iterator[str]:
    seen = result.judgement.observations
    for observation in seen[:OBSERVATIONS]:
        place = f"{observation.at}  " if observation.at and observation.at.path else ""
        decided = phrases.decided_by(observation)
        text = place + visible(phrases.saying(observation), _SHOWN // 2) + (f"  ({decided})" if decided else "")
        yield from page.wrap(text, 4, observation.severity.label if observation.severity is not None else "-")
    if len(seen) > OBSERVATIONS:
        yield f"    {phrases.more(len(seen) - OBSERVATIONS)}"


def _problems(told: Iterable[Problem], page: Page, indent: int) -> Iterator[str]:
    for problem in told:
        place = f"{problem.at}: " if problem.at and problem.at.path else ""
        yield from page.wrap(f"{place}{problem.message} ({problem.slug})", indent, "problem")
        yield from page.wrap(problem.hint, indent, "remedy")


def _evidence(verdict: Verdict, page: Page) -> Iterator[str]:
    """Every report with its state, what is not ok first; then the problems that no criterion has told."""
    rows = [(phrases.state(report), name, report) for name, report in phrases.reports(verdict)]
    shown, rest = rows[:REPORTS], len(rows) - REPORTS
    lines = [(state, name, _told(report, verdict)) for state, name, report in shown]
    lines += [("missing", name, f"no file in {', '.join(where)}") for name, where in phrases.without_reports(verdict)]
    if others := phrases.not_reports(verdict):
        lines.append(("no report", "", _some([path for _, path in others])))
    if lines:
        yield page.paint("evidence", _BOLD)
    state_width, name_width = (min(max((len(line[n]) for line in lines), default=0), 32) + 2 for n in (0, 1))
    for state, name, told in lines:
        label = _cell(state, state_width) + _cell(name, name_width)
        yield from page.wrap(told, 2, label)
    if rest > 0:
        yield f"  {phrases.more(rest)}"
    yield from _problems((*verdict.problems, *problems.of_evidence(verdict)), page, 2)


def _told(report: Report, verdict: Verdict) -> str:
    facts = (report.path, phrases.tools(report), phrases.record_counts(report), phrases.age(report, verdict.made_at))
    return ", ".join(filter(None, facts))


def _some(paths: list[str]) -> str:
    """The first few of many paths."""
    rest = len(paths) - OBSERVATIONS
    return ", ".join([*paths[:OBSERVATIONS], *([phrases.more(rest)] if rest > 0 else [])])


def _close(verdict: Verdict, page: Page) -> Iterator[str]:
    style = _COLOURS[Outcome.UNKNOWN if verdict.advise and verdict.outcome is Outcome.FAIL else verdict.outcome]
    yield page.paint(phrases.headline(verdict), f"{_BOLD};{style}")
    if blockers := phrases.shut_by(verdict):
        yield from page.wrap(", ".join(blockers), 0, "shut by")

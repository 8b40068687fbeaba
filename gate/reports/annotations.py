"""Annotations: what GitHub shows beside the lines of the change, within the budget that it gives a step."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gate.model.annotation import Annotation
from gate.model.location import Location
from gate.model.problem import Problem
from gate.model.severity import Severity
from gate.model.text import visible
from gate.model.verdict import Effect, Observation, Outcome, Result, Verdict
from gate.reports import phrases, problems

BUDGET = 10
"""How many errors, warnings and notices each GitHub shows of one step."""

_LONGEST = 600
_TITLE = 200
_NAMED = 3
_LOUDEST_FIRST = (Effect.ERROR, Effect.WARNING, Effect.NOTICE)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An annotation that asks for a slot: how severe it is, and the how-manieth of its criterion it is."""

    annotation: Annotation
    severity: Severity = Severity.UNRATED
    turn: int = 0


def render(verdict: Verdict, budget: int = BUDGET) -> tuple[Annotation, ...]:
    """At most `budget` annotations of each level, errors first, the most severe first.

    Where there are more, every criterion has its most severe one before any has a second, and the last slot says how
    many are missing.
    """
    candidates = _once(_candidates(verdict))
    return tuple(
        annotation
        for level in _LOUDEST_FIRST
        for annotation in _within([one for one in candidates if one.annotation.level is level], budget)
    )


def _within(candidates: list[_Candidate], budget: int) -> Iterator[Annotation]:
    """The chosen ones of one level, the most severe first."""
    chosen = candidates
    if len(candidates) > budget:
        chosen = sorted(candidates, key=lambda one: (one.turn, -one.severity))[: budget - 1]
    yield from (one.annotation for one in sorted(chosen, key=lambda one: -one.severity))
    if rest := len(candidates) - len(chosen):
        level = candidates[0].annotation.level
        message = f"{rest} more {level}s are not shown here: see the job summary, and all of them in verdict.json."
        yield Annotation(level, message, "gate: and more")


def _candidates(verdict: Verdict) -> Iterator[_Candidate]:
    tracked = frozenset(report.path for _, report in phrases.reports(verdict) if report.committed)
    if verdict.advise and verdict.outcome is Outcome.FAIL:
        yield _Candidate(Annotation(Effect.NOTICE, phrases.headline(verdict), "gate: advice only"))
    for result in verdict.results:
        level = phrases.loudness(verdict, result)
        if level is not Effect.NONE:
            for turn, one in enumerate(sorted(_of_result(result, level, tracked), key=lambda one: -one.severity)):
                yield replace(one, turn=turn)
        for remark in result.judgement.remarks:
            yield _Candidate(_of_problem(remark, Effect.WARNING, result.id, result.at, tracked))
    for problem in verdict.problems:
        yield _Candidate(_of_problem(problem, Effect.WARNING, problem.slug, None, tracked))
    for problem in problems.of_evidence(verdict):
        yield _Candidate(_of_problem(problem, Effect.NOTICE, problem.slug, None, tracked), Severity.NONE)


def _of_result(result: Result, level: Effect, tracked: frozenset[str]) -> Iterator[_Candidate]:
    """What keeps it from an answer, what it counted at places of the workspace, and the rest at its line."""
    for problem in result.problems:
        yield _Candidate(_of_problem(problem, level, result.id, result.at, tracked))
    seen = result.judgement.observations
    placed = [observation for observation in seen if observation.at and observation.at.placed]
    elsewhere = [observation for observation in seen if not (observation.at and observation.at.placed)]
    for observation, others in phrases.grouped(placed):
        yield _Candidate(_of_observation(observation, others, level, result.id), _severity(observation))
    if elsewhere or not (placed or result.problems):
        worst = max(map(_severity, elsewhere), default=Severity.UNRATED)
        yield _Candidate(_at(result.at, level, _whole(result, elsewhere), result.id), worst)


def _severity(observation: Observation) -> Severity:
    """Its severity; a failed test and the like weigh as much as a high finding."""
    return Severity.HIGH if observation.severity is None else observation.severity


def _of_observation(observation: Observation, others: int, level: Effect, subject: str) -> Annotation:
    rating = phrases.rating(observation)
    text = phrases.saying(observation) + (f" [{rating}]" if rating else "")
    return _at(observation.at, level, text, subject, f" (and {others} more here)" if others else "")


def _whole(result: Result, elsewhere: list[Observation]) -> str:
    """The criterion in a sentence, with the first of what it counted and no file of the workspace has."""
    named = "; ".join(f"{one.at}: {phrases.saying(one)}".removeprefix("None: ") for one in elsewhere[:_NAMED])
    if len(elsewhere) > _NAMED:
        named += f"; {phrases.more(len(elsewhere) - _NAMED)}"
    judgement = result.judgement
    compared = f"Observed {judgement.observed}, demanded {judgement.demanded}" if judgement.demanded else ""
    parts = (result.title, "; ".join(phrases.reasons(result)), compared, named, result.help)
    return ". ".join(part.rstrip(".") for part in parts if part)


def _of_problem(
    problem: Problem, level: Effect, subject: str, policy_line: Location | None, tracked: frozenset[str]
) -> Annotation:
    """A problem at its place, if that is a file of the repository; else at the line of the policy that met it."""
    hint = f" ({problem.hint})" if problem.hint else ""
    text = f"{problem.message}{hint}"
    if problem.at and (problem.at.placed or problem.at.path in tracked):
        return _at(replace(problem.at, placed=True), level, text, subject)
    place = f"{problem.at}: " if problem.at and problem.at.path else ""
    return _at(policy_line, level, place + text, subject)


def _at(at: Location | None, level: Effect, text: str, subject: str, suffix: str = "") -> Annotation:
    """An annotation at a place; a place that is no file of the workspace is left out."""
    message, title = visible(text, _LONGEST) + suffix, f"gate: {visible(subject, _TITLE)}"
    if at is None or not at.placed:
        return Annotation(level, message, title)
    return Annotation(level, message, title, at.path, at.line, at.end_line)


def _once(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """The same message at the same line once, at its loudest, with the names of all criteria that say it."""
    unique: dict[tuple[str, int | None, str], list[_Candidate]] = {}
    for one in candidates:
        told = one.annotation
        unique.setdefault((told.path, told.line, told.message), []).append(one)
    return [_joined(same) for same in unique.values()]


def _joined(same: list[_Candidate]) -> _Candidate:
    loudest = min(same, key=lambda one: (_LOUDEST_FIRST.index(one.annotation.level), one.turn))
    subjects = dict.fromkeys(one.annotation.title.removeprefix("gate: ") for one in same)
    return replace(
        loudest, annotation=replace(loudest.annotation, title=f"gate: {visible(', '.join(subjects), _TITLE)}")
    )

"""Policy and evidence to results: states first, then numbers, then what an outcome does to the gate."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from gate.criteria.base import Criterion, EvidenceCriterion, GroupCriterion, SourceCriterion
from gate.criteria.when import is_stage
from gate.model.evidence import RECORD_NAMES, Evidence, Record, Report, SourceEvidence, SourceKey, State
from gate.model.finding import Finding
from gate.model.glob import matches_name
from gate.model.location import Location
from gate.model.problem import Problem, Slug
from gate.model.verdict import Effect, Judgement, Level, Outcome, Result, Tally


@dataclass(frozen=True, slots=True)
class Situation:
    """When and where the gate judges: the day (UTC), the GitHub event, the branch, and the stage that was named."""

    today: date
    event: str = ""
    branch: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """One criterion of a policy with its id, its line, its sources, and the group that it is a member of."""

    id: str
    criterion: Criterion
    at: Location
    sources: tuple[SourceKey, ...] = ()
    members: tuple[str, ...] = ()
    group: str = ""

    @property
    def level(self) -> Level:
        """How binding it is; `must` where nothing is said."""
        return self.criterion.level or Level.MUST

    @property
    def votes(self) -> bool:
        """Whether it counts by itself, and not only in its group."""
        return self.criterion.level is not None or not self.group


def evaluate(
    demands: Mapping[str, Demand],
    sources: Mapping[SourceKey, SourceEvidence],
    evidence: Evidence,
    situation: Situation,
) -> tuple[Result, ...]:
    """Judge every criterion, in the order of the policy. Groups have no cycles; the policy was checked for them."""
    results: dict[str, Result] = {}

    def result_of(name: str) -> Result:
        if name not in results:
            demand = demands[name]
            members = {member: result_of(member) for member in demand.members}
            results[name] = _result(demand, members, sources, evidence, situation)
        return results[name]

    return tuple(result_of(name) for name in demands)


def verdict_of(results: tuple[Result, ...]) -> Outcome:
    """Fail when any result shuts the gate."""
    return Outcome.FAIL if any(result.blocks for result in results) else Outcome.PASS


def _result(
    demand: Demand,
    members: Mapping[str, Result],
    sources: Mapping[SourceKey, SourceEvidence],
    evidence: Evidence,
    situation: Situation,
) -> Result:
    """One criterion: does it apply, what does it say, and what does that do."""
    excuse = why_not_applicable(demand.criterion, situation)
    if excuse:
        answer = _Answer(Outcome.NOT_APPLICABLE, Judgement("", ""), excuse)
    elif isinstance(demand.criterion, GroupCriterion):
        answer = _answer(demand.criterion.judge(members), ())
    elif isinstance(demand.criterion, SourceCriterion):
        answer = _judge_sources(demand.criterion, [sources[key] for key in demand.sources], evidence)
    elif isinstance(demand.criterion, EvidenceCriterion):
        answer = _answer(demand.criterion.judge(evidence), ())
    else:
        raise TypeError(type(demand.criterion))
    effect, note = _effect(demand, answer.outcome, situation)
    return Result(
        id=demand.id,
        kind=demand.criterion.kind,
        title=demand.criterion.title or demand.id,
        level=demand.level,
        outcome=answer.outcome,
        effect=effect,
        judgement=answer.judgement,
        at=demand.at,
        reason="; ".join(filter(None, (answer.reason or _first_doubt(demand, answer), note))),
        problems=answer.problems,
        sources=tuple(key.name for key in demand.sources),
        group=demand.group,
        controls=demand.criterion.controls or (),
        category=demand.criterion.category or "",
        help=demand.criterion.help or "",
        votes=demand.votes,
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    """An outcome with its grounds."""

    outcome: Outcome
    judgement: Judgement
    reason: str = ""
    problems: tuple[Problem, ...] = ()


def _first_doubt(demand: Demand, answer: _Answer) -> str:
    """Why the answer is unknown, with the file that is to blame where it is not the policy."""
    if answer.outcome is not Outcome.UNKNOWN:
        return ""
    first = answer.problems[0]
    elsewhere = first.at is not None and first.at.path != demand.at.path
    return f"{first.at.path}: {first.message}" if first.at and elsewhere else first.message


def why_not_applicable(criterion: Criterion, situation: Situation) -> str:
    """The reason why the criterion does not apply now, or nothing."""
    if criterion.disabled:
        return f"disabled: {criterion.disabled}"
    when = criterion.when
    if when is None:
        return ""
    if when.until and situation.today > when.until:
        return f"applied until {when.until}"
    facts = (
        ("event", situation.event, when.events, matches_name),
        ("branch", situation.branch, when.branches, matches_name),
        ("stage", situation.stage, when.stage, is_stage),
    )
    for name, value, wanted, matches in facts:
        if wanted and value and not any(matches(value, pattern) for pattern in wanted):
            return f"applies to the {name} {' or '.join(wanted)}, this is {value}"
    return ""


def _effect(demand: Demand, outcome: Outcome, situation: Situation) -> tuple[Effect, str]:
    """What an outcome does to the gate, and a note where it does less than its level says."""
    if outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE):
        return Effect.NONE, ""
    if not demand.votes:
        return Effect.NONE, ""
    effect = _full_effect(demand, outcome)
    starts = demand.criterion.enforce_from
    if effect is Effect.ERROR and starts and situation.today < starts:
        return Effect.WARNING, f"enforced from {starts}: until then it warns"
    return effect, ""


def _full_effect(demand: Demand, outcome: Outcome) -> Effect:
    """What the level and `on_unknown` say."""
    if outcome is Outcome.FAIL:
        return {Level.MUST: Effect.ERROR, Level.SHOULD: Effect.WARNING, Level.MAY: Effect.NOTICE}[demand.level]
    if demand.level is not Level.MUST:
        return Effect.WARNING
    return {"fail": Effect.ERROR, "warn": Effect.WARNING, "pass": Effect.NOTICE}[demand.criterion.on_unknown]


def _judge_sources(criterion: SourceCriterion, sources: list[SourceEvidence], evidence: Evidence) -> _Answer:
    """The union of the sources, or with `each: source` every one alone: the worst answer is the answer."""
    if criterion.each is None:
        return _judge_union(criterion, sources, evidence)
    answers = {source.name: _judge_union(criterion, [source], evidence) for source in sources}
    worst = min(answers.values(), key=lambda answer: _WORST_FIRST.index(answer.outcome))
    texts = [f"{name}: {answer.judgement.observed or answer.reason}" for name, answer in answers.items()]
    judgement = replace(
        worst.judgement,
        observed="; ".join(texts),
        breaches=tuple(
            replace(breach, message=f"{name}: {breach.message}")
            for name, answer in answers.items()
            for breach in answer.judgement.breaches
        ),
        observations=tuple(seen for answer in answers.values() for seen in answer.judgement.observations),
        excluded=tuple(seen for answer in answers.values() for seen in answer.judgement.excluded),
        tally=Tally.total(answer.judgement.tally for answer in answers.values()),
    )
    problems = tuple(problem for answer in answers.values() for problem in answer.problems)
    return replace(worst, judgement=judgement, problems=problems)


_WORST_FIRST = (Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS, Outcome.NOT_APPLICABLE)


def _judge_union(criterion: SourceCriterion, sources: list[SourceEvidence], evidence: Evidence) -> _Answer:
    """Judge what may be counted, then weigh the states of everything that was asked for."""
    seen = [_for_criterion(source, criterion) for source in sources]
    countable = list(_countable(seen))
    judgement = criterion.judge(evidence.only(countable))
    problems = tuple(problem for source in seen for problem in _state_problems(source, criterion))
    reports = [report for source in seen for report in source.reports]
    if problems and criterion.wants and not any(report.proves(criterion.wants) for report in reports):
        # What a criterion says about nothing (0 of 0, none) would only hide that nothing is there.
        judgement = replace(judgement, observed="no evidence", margin="", breaches=(), doubts=())
    if not problems and reports and all(report.state is State.EMPTY for report in reports):
        judgement = replace(
            judgement,
            breaches=(),
            doubts=(),
            not_applicable="the evidence is empty, which the source accepts",
        )
    return _answer(judgement, problems)


def _countable(sources: list[SourceEvidence]) -> Iterator[SourceEvidence]:
    """The sources with what may be counted; a file that several of them match counts once, if they read it alike."""
    counted: dict[str, list[tuple[bool, tuple[Record, ...]]]] = {}
    for source in sources:
        may_count = [report for report in source.reports if report.accepted or report.state.shows_breaches]
        honours = source.honours_suppressions
        fresh = (one for one in may_count if (honours, one.records) not in counted.get(one.file or one.path, ()))
        yield replace(source, reports=tuple(fresh))
        for report in may_count:
            counted.setdefault(report.file or report.path, []).append((honours, report.records))


def _answer(judgement: Judgement, problems: tuple[Problem, ...]) -> _Answer:
    """A proved breach fails; any doubt is unknown; then the demand decides."""
    proved = [breach.message for breach in judgement.breaches if breach.final]
    doubts = problems + judgement.doubts
    if proved:
        return _Answer(Outcome.FAIL, judgement, "; ".join(proved), doubts)
    if doubts:
        return _Answer(Outcome.UNKNOWN, judgement, "", doubts)
    if judgement.not_applicable:
        return _Answer(Outcome.NOT_APPLICABLE, judgement, judgement.not_applicable)
    if judgement.breaches:
        return _Answer(Outcome.FAIL, judgement, "; ".join(breach.message for breach in judgement.breaches))
    return _Answer(Outcome.PASS, judgement)


def _for_criterion(source: SourceEvidence, criterion: SourceCriterion) -> SourceEvidence:
    """The source as this criterion sees it: of a default search its kind only, and with places where it needs them."""
    reports = source.reports
    wants = criterion.wants
    if source.searched and wants is not None:
        reports = tuple(report for report in reports if wants in report.about)
    if criterion.needs_places:
        reports = tuple(map(_unmapped_if_unplaced, reports))
    return replace(source, reports=reports)


def _unmapped_if_unplaced(report: Report) -> Report:
    """Findings in files of which not one is in the workspace: the criterion asks for places, and there are none."""
    places = [
        record.at for record in report.records if isinstance(record, Finding) and record.at and not record.at.is_url
    ]
    if report.state is not State.OK or not places or any(place.placed for place in places):
        return report
    problem = Problem(
        Slug.UNMAPPED_REPORT,
        f"none of the {len(places)} places that it names is a file of the workspace, first: {places[0].path}",
        Location(report.path),
        "run the scanner in the checked-out workspace, or let it write relative paths",
    )
    return replace(report, state=State.UNMAPPED, problems=(problem,))


def _state_problems(source: SourceEvidence, criterion: SourceCriterion) -> Iterator[Problem]:
    """Everything about one source that keeps a criterion from passing."""
    wants = criterion.wants
    yield from source.gaps
    for report in source.reports:
        if not report.usable:
            yield from report.problems
    if source.gaps or wants is None or any(r.proves(wants) or not r.usable for r in source.reports):
        return
    if source.reports and all(report.state is State.EMPTY for report in source.reports):
        return
    if criterion.allows_absence and not source.reports:
        return
    yield _no_report_of(wants, source)


def _no_report_of(wants: type[Record], source: SourceEvidence) -> Problem:
    """The source is there, and none of its reports is about what is asked."""
    name = RECORD_NAMES[wants]
    formats = sorted({report.format for report in source.reports})
    held = f"holds no {name} (only {', '.join(formats)})" if formats else f"holds no report with {name}"
    looked = f" in {', '.join(source.patterns)}" if source.patterns else ""
    return Problem(
        Slug.NO_REPORT_OF_KIND if formats else Slug.NO_EVIDENCE,
        f"source `{source.name}` {held}{looked}",
        hint=f"run the tool that writes {name} before the gate, or correct the path patterns of the source",
    )

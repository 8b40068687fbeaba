"""From states and numbers to outcomes, and from outcomes to what they do to the gate."""

from datetime import date
from typing import Any

import pytest

from gate.criteria.base import Criterion
from gate.criteria.findings import Findings
from gate.criteria.quorum import Quorum
from gate.criteria.tests import Tests
from gate.evaluate import Demand, Situation, evaluate, verdict_of
from gate.model.evidence import Evidence, Report, SourceEvidence, SourceKey, State
from gate.model.finding import Finding
from gate.model.location import Location
from gate.model.problem import Problem, Slug
from gate.model.severity import Severity
from gate.model.suppression import Suppression
from gate.model.testcase import TestCase
from gate.model.verdict import Effect, Outcome, Result
from tests.conftest import NOW, TODAY, a_finding, a_report, a_source, a_test, valid

HERE = Location("gate.yml", 3, 3)
PR = Situation(TODAY, "pull_request", "main", "pr")


def judged(criterion: Criterion, *sources: SourceEvidence, situation: Situation = PR) -> Result:
    """The result of one criterion over these sources."""
    keys = tuple(SourceKey(source.name) for source in sources)
    demand = Demand("it", criterion, HERE, keys)
    (result,) = evaluate({"it": demand}, dict(zip(keys, sources, strict=True)), Evidence(NOW), situation)
    return result


def in_state(state: State, *records: Finding, **over: Any) -> Report:
    """A report in a state, with the problem that explains it."""
    problem = Problem(Slug.BROKEN_REPORT, f"it is {state}")
    return a_report(*records, proves=Finding, state=state, problems=(problem,), **over)


def no_high(**fields: Any) -> Findings:
    """The criterion that most tests judge."""
    return valid(Findings, kind="findings", **fields)


BAD_STATES = [state for state in State if state not in (State.OK, State.MISSING)]


@pytest.mark.parametrize("state", BAD_STATES)
def test_no_state_but_ok_passes(state: State) -> None:
    """Every other state of any report makes a criterion unknown, whatever the numbers say."""
    result = judged(no_high(), a_source(a_report(proves=Finding), in_state(state)))
    assert (result.outcome, result.effect) == (Outcome.UNKNOWN, Effect.ERROR)
    assert result.reason == f"it is {state}"


def test_a_gap_makes_a_criterion_unknown() -> None:
    """Missing evidence is no evidence."""
    gap = Problem(Slug.NO_EVIDENCE, "no file matches evidence/*.sarif")
    assert judged(no_high(), a_source(gaps=(gap,))).outcome is Outcome.UNKNOWN


def test_no_report_at_all_is_unknown() -> None:
    """Law 4: not even where nobody noticed a gap."""
    assert judged(no_high(), a_source()).outcome is Outcome.UNKNOWN


def test_a_source_without_a_report_of_the_kind_is_missing() -> None:
    """Coverage proves nothing about findings."""
    result = judged(no_high(), a_source(a_report(a_test(), tool="pytest")))
    assert [problem.slug for problem in result.problems] == [Slug.NO_REPORT_OF_KIND]
    assert result.outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("state", [State.OK, State.INCOMPLETE, State.STALE])
def test_a_proved_breach_fails_whatever_else_is_wrong(state: State) -> None:
    """No further evidence can undo a limit that is exceeded."""
    result = judged(no_high(), a_source(in_state(state, a_finding())), a_source(in_state(State.UNREADABLE), name="b"))
    assert result.outcome is Outcome.FAIL


@pytest.mark.parametrize("state", [State.FOREIGN, State.UNREADABLE, State.EMPTY])
def test_a_breach_in_a_report_about_something_else_is_not_proved(state: State) -> None:
    """A report of another commit shows nothing about this one."""
    assert judged(no_high(), a_source(in_state(state, a_finding()))).outcome is Outcome.UNKNOWN


def test_a_breach_that_more_evidence_could_undo_waits_for_it() -> None:
    """Too few tests in an incomplete run: unknown, not failed."""
    broken = a_report(
        proves=TestCase, state=State.INCOMPLETE, problems=(Problem(Slug.CONTRADICTION, "7 of 10 are there"),)
    )
    assert judged(valid(Tests, kind="tests"), a_source(broken)).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("state", [State.INCOMPLETE, State.STALE])
def test_an_accepted_state_counts_like_ok(state: State) -> None:
    """The policy has said that it knows."""
    clean = in_state(state, accepted=True)
    assert judged(no_high(), a_source(clean)).outcome is Outcome.PASS
    assert judged(no_high(), a_source(in_state(state, a_finding(), accepted=True))).outcome is Outcome.FAIL


def test_accepted_empty_evidence_is_never_a_pass() -> None:
    """A criterion left with accepted-empty sources only does not apply."""
    empty = a_report(state=State.EMPTY, accepted=True, statements=(), about=frozenset({Finding}))
    assert judged(no_high(), a_source(empty)).outcome is Outcome.NOT_APPLICABLE
    assert judged(valid(Tests, kind="tests"), a_source(empty)).outcome is Outcome.NOT_APPLICABLE


def test_accepted_empty_evidence_does_not_stand_for_another_kind() -> None:
    """An empty file that is accepted, and a test report: still nothing about findings."""
    empty = a_report(state=State.EMPTY, accepted=True, statements=(), about=frozenset({Finding}))
    result = judged(no_high(), a_source(empty, a_report(a_test(), tool="pytest")))
    assert (result.outcome, result.judgement.observed) == (Outcome.UNKNOWN, "no evidence")


def test_a_default_search_sees_only_its_kind() -> None:
    """An empty test report found by chance does not keep findings from passing."""
    stray = a_report(state=State.EMPTY, problems=(Problem(Slug.EMPTY_REPORT, "no tests"),), about=frozenset({TestCase}))
    source = a_source(a_report(proves=Finding), stray, searched=True)
    assert judged(no_high(), source).outcome is Outcome.PASS


def test_paths_without_a_single_placed_finding_are_unmapped() -> None:
    """A filter on places over findings that have none would count nothing for ever."""
    lost = a_finding(at=Location("/build/src/app.py", 3), severity=Severity.LOW)
    result = judged(no_high(paths="src/**"), a_source(a_report(lost)))
    assert [problem.slug for problem in result.problems] == [Slug.UNMAPPED_REPORT]
    assert judged(no_high(), a_source(a_report(lost))).outcome is Outcome.PASS


def test_a_file_of_two_sources_counts_once() -> None:
    """Two names for the same evidence do not make it more."""
    report = a_report(a_test(), tool="pytest", path="reports/junit.xml")
    sources = [a_source(report, name="one"), a_source(report, name="two")]
    assert judged(valid(Tests, kind="tests", min_executed=2), *sources).outcome is Outcome.FAIL
    assert judged(valid(Tests, kind="tests", min_executed=1), *sources).outcome is Outcome.PASS


def test_another_name_of_a_file_does_not_make_it_two() -> None:
    """Links and hard links lead to one file, whatever the path."""
    reports = [a_report(a_test(), tool="pytest", path=path, file="real.xml") for path in ("a.xml", "b.xml")]
    sources = [a_source(report, name=report.path) for report in reports]
    assert judged(valid(Tests, kind="tests", min_executed=2), *sources).outcome is Outcome.FAIL


def test_a_file_that_two_sources_read_differently_counts_as_each_reads_it() -> None:
    """A source that takes a finding for less, or honours its suppression, does not speak for another one."""
    mild = a_source(a_report(a_finding(severity=Severity.LOW)), name="mild")
    assert judged(no_high(), mild, a_source(a_report(a_finding()), name="strict")).outcome is Outcome.FAIL
    hidden = a_finding(suppressions=(Suppression("inSource", "accepted", "reviewed"),))
    honouring = a_source(a_report(hidden), name="honouring", honours_suppressions=True)
    assert judged(no_high(), honouring).outcome is Outcome.PASS
    assert judged(no_high(), honouring, a_source(a_report(hidden), name="strict")).outcome is Outcome.FAIL


def test_each_source_is_judged_alone_when_asked() -> None:
    """The worst answer is the answer, and every source is told."""
    sources = [a_source(a_report(proves=Finding), name="clean"), a_source(a_report(a_finding()), name="dirty")]
    result = judged(no_high(each="source", limits={"high": 1}), *sources)
    assert result.outcome is Outcome.PASS
    strict = judged(no_high(each="source"), *sources)
    assert strict.outcome is Outcome.FAIL
    assert strict.judgement.observed == "clean: none; dirty: 1 high"
    assert strict.judgement.tally is not None
    assert strict.judgement.tally.read == 1


@pytest.mark.parametrize(
    ("level", "on_unknown", "failed", "unknown"),
    [
        ("must", "fail", Effect.ERROR, Effect.ERROR),
        ("must", "warn", Effect.ERROR, Effect.WARNING),
        ("must", "pass", Effect.ERROR, Effect.NOTICE),
        ("should", "fail", Effect.WARNING, Effect.WARNING),
        ("may", "fail", Effect.NOTICE, Effect.WARNING),
    ],
)
def test_level_and_on_unknown_decide_the_effect(level: str, on_unknown: str, failed: Effect, unknown: Effect) -> None:
    """Only must shuts the gate; an unknown is never silent."""
    criterion = no_high(level=level, on_unknown=on_unknown)
    assert judged(criterion, a_source(a_report(a_finding()))).effect is failed
    assert judged(criterion, a_source(in_state(State.UNREADABLE))).effect is unknown


@pytest.mark.parametrize(("starts", "effect"), [("2026-11-23", Effect.WARNING), ("2026-11-22", Effect.ERROR)])
def test_enforcement_begins_on_its_day(starts: str, effect: Effect) -> None:
    """The day before it warns, and shows what it would have said."""
    result = judged(no_high(enforce_from=starts), a_source(a_report(a_finding())))
    assert (result.outcome, result.effect) == (Outcome.FAIL, effect)


@pytest.mark.parametrize(
    ("when", "applies"),
    [
        ({"events": "push"}, False),
        ({"events": ["push", "pull_*"]}, True),
        ({"branches": "release/*"}, False),
        ({"branches": "main"}, True),
        ({"stage": "production"}, False),
        ({"stage": ["pr", "production"]}, True),
        ({"stage": "PR"}, True),
        ({"until": "2026-11-22"}, True),
        ({"until": "2026-11-21"}, False),
    ],
)
def test_when_says_whether_a_criterion_applies(when: dict[str, Any], applies: bool) -> None:  # noqa: FBT001
    """What does not apply says why, and is not judged."""
    result = judged(no_high(when=when), a_source(a_report(a_finding())))
    assert result.outcome is (Outcome.FAIL if applies else Outcome.NOT_APPLICABLE)
    assert result.reason


def test_a_stage_that_nobody_named_applies() -> None:
    """Without the input every stage applies, so that a forgotten input does not open the gate."""
    situation = Situation(date(2026, 11, 22))
    criterion = no_high(when={"stage": "production", "branches": "main", "events": "push"})
    assert judged(criterion, a_source(a_report(a_finding())), situation=situation).outcome is Outcome.FAIL


def test_a_disabled_criterion_tells_its_reason() -> None:
    """It is shown, not hidden."""
    result = judged(no_high(disabled="no scanner for this language"), a_source())
    assert (result.outcome, result.reason) == (Outcome.NOT_APPLICABLE, "disabled: no scanner for this language")


def members(level: str | None) -> tuple[Result, ...]:
    """A quorum of one failed and one passed member; the failed one has this level."""
    demands = {
        "one-of-two": Demand(
            "one-of-two", valid(Quorum, kind="quorum", of=["a", "b"], min="any"), HERE, members=("a", "b")
        ),
        "a": Demand("a", no_high(level=level), HERE, (SourceKey("bad"),), group="one-of-two"),
        "b": Demand("b", no_high(), HERE, (SourceKey("good"),), group="one-of-two"),
    }
    sources = {
        SourceKey("bad"): a_source(a_report(a_finding()), name="bad"),
        SourceKey("good"): a_source(a_report(proves=Finding), name="good"),
    }
    return evaluate(demands, sources, Evidence(NOW), PR)


def test_a_member_without_a_level_has_no_vote() -> None:
    """It is judged and shown, and counts in its group only; the order is that of the policy."""
    results = members(None)
    assert [result.id for result in results] == ["one-of-two", "a", "b"]
    assert results[1].outcome is Outcome.FAIL
    assert verdict_of(results) is Outcome.PASS


def test_a_member_with_a_level_also_counts_by_itself() -> None:
    """A must that failed is never averaged away."""
    assert verdict_of(members("must")) is Outcome.FAIL

"""Annotations: at the right lines, within the budget, the most severe first."""

from dataclasses import replace
from typing import Any

import pytest

from gate.model.annotation import Annotation
from gate.model.location import Location
from gate.model.problem import Problem, Slug
from gate.model.severity import Severity
from gate.model.verdict import Effect, Judgement, Level, Observation, Outcome
from gate.reports import annotations
from tests.conftest import a_report, a_source
from tests.reports.builders import POLICY, a_result, a_verdict, full_verdict, seen


def _at(path: str, line: int = 1) -> Location:
    return Location(path, line, placed=True)


def _failed(*observations: Observation, **over: Any) -> Any:
    return a_result(judgement=Judgement("seen", "asked", observations=observations), **over)


def _findings(count: int, severity: Severity = Severity.HIGH) -> list[Observation]:
    return [seen(at=_at(f"{severity.label}-{n}.py"), severity=severity) for n in range(count)]


def test_a_finding_is_annotated_at_its_place() -> None:
    """Path, first and last line; the title names the criterion, the message the rule and who rated it."""
    at = Location("src/app.py", 12, 5, 14, placed=True)
    (told,) = annotations.render(a_verdict(_failed(seen(at=at))))
    message = "B602: subprocess call with shell=True [high (level: error)]"
    assert told == Annotation(Effect.ERROR, message, "gate: no-high", "src/app.py", 12, 14)


@pytest.mark.parametrize("effect", [Effect.ERROR, Effect.WARNING, Effect.NOTICE])
def test_the_level_is_the_effect(effect: Effect) -> None:
    """A must is an error, should a warning, may a notice; on_unknown and enforce_from may soften it."""
    (told,) = annotations.render(a_verdict(_failed(seen(), effect=effect)))
    assert told.level is effect


def test_what_does_nothing_to_the_gate_is_not_annotated() -> None:
    """What passed, what did not apply, and what counts in its group only."""
    results = [a_result(Outcome.PASS), a_result(Outcome.NOT_APPLICABLE), a_result(effect=Effect.NONE)]
    assert annotations.render(a_verdict(*results)) == ()


def test_advice_has_no_error_and_says_so() -> None:
    """Errors become warnings; one notice tells what enforce would have done."""
    told = annotations.render(full_verdict(advise=True))
    assert {one.level for one in told} == {Effect.WARNING, Effect.NOTICE}
    notices = [one.message for one in told if one.title == "gate: advice only"]
    assert notices == [
        "The gate only advises, and opens; enforce would have kept it shut: 4 of 9 criteria fail, 1 unknown."
    ]


def test_advice_on_an_open_gate_needs_no_notice() -> None:
    """There is nothing that enforce would have done."""
    assert annotations.render(a_verdict(a_result(Outcome.PASS), advise=True)) == ()


def test_repeats_are_one_annotation() -> None:
    """The same rule in the same file: the first, and how many more."""
    lines = [seen(at=_at("a.py", line)) for line in (3, 9, 27)]
    other = seen(at=_at("a.py", 4), rule="B1", message="other")
    told = annotations.render(a_verdict(_failed(*lines, other)))
    assert [(one.line, one.message.partition("(and")[2]) for one in told] == [(3, " 2 more here)"), (4, "")]


def test_what_has_no_place_is_told_at_the_line_of_the_policy() -> None:
    """Images, hosts and packages are no files of the change; the message names them."""
    image = seen(at=Location("acme/service:1.2"), rule="CVE-1", message="bad")
    (told,) = annotations.render(a_verdict(_failed(image, help="Update it.")))
    assert (told.path, told.line) == (POLICY, 12)
    assert "Observed seen, demanded asked" in told.message
    assert "acme/service:1.2: CVE-1: bad" in told.message
    assert told.message.endswith("Update it")


def test_of_many_without_a_place_the_first_are_named() -> None:
    """In one annotation, which says how many more there are."""
    images = [seen(at=Location(f"image-{n}"), message=f"bad {n}") for n in range(5)]
    (told,) = annotations.render(a_verdict(_failed(*images)))
    assert "image-2: B602: bad 2; and 2 more: see verdict.json" in told.message
    assert "image-3" not in told.message


def test_a_criterion_without_observations_is_told_at_its_line() -> None:
    """Each that fails has at least one annotation."""
    (told,) = annotations.render(a_verdict(_failed()))
    assert (told.path, told.line, told.title) == (POLICY, 12, "gate: no-high")


def test_a_shipped_policy_is_no_file_of_the_change() -> None:
    """The annotation stands without a place."""
    (told,) = annotations.render(a_verdict(_failed(at=Location("policies/default.yml", 3))))
    assert (told.path, told.line) == ("", None)


def test_missing_evidence_is_told_with_its_remedy() -> None:
    """At the line of the criterion that needs it."""
    gap = Problem(Slug.NO_EVIDENCE, "no file matches", hint="run the tool")
    (told,) = annotations.render(a_verdict(a_result(Outcome.UNKNOWN, problems=(gap,), judgement=Judgement("", ""))))
    assert (told.path, told.line, told.message) == (POLICY, 12, "no file matches (run the tool)")


@pytest.mark.parametrize(("committed", "path", "line"), [(True, "evidence/x.json", 3), (False, POLICY, 12)])
def test_a_broken_report_is_annotated_where_git_has_it(committed: bool, path: str, line: int) -> None:  # noqa: FBT001
    """A report that a job made is no file of the repository."""
    broken = Problem(Slug.BROKEN_REPORT, "broken JSON", Location("evidence/x.json", 3))
    report = a_report(path="evidence/x.json", committed=committed, problems=(broken,))
    unknown = a_result(Outcome.UNKNOWN, problems=(broken,), judgement=Judgement("", ""))
    (told,) = annotations.render(a_verdict(unknown, sources=(a_source(report),)))
    assert (told.path, told.line) == (path, line)
    assert told.message == ("broken JSON" if committed else "evidence/x.json:3: broken JSON")


def test_one_problem_of_several_criteria_is_told_once() -> None:
    """With the names of both, as loud as the louder one."""
    skip = Problem(Slug.JOB_MISSING, "job skipped", _at("ci.yml", 4))
    unknown = a_result(Outcome.UNKNOWN, problems=(skip,), judgement=Judgement("", ""))
    quiet = replace(unknown, id="quiet", effect=Effect.WARNING)
    (told,) = annotations.render(a_verdict(quiet, unknown))
    assert (told.level, told.title) == (Effect.ERROR, "gate: quiet, no-high")


def test_problems_of_the_run_are_warnings_and_of_unused_reports_notices() -> None:
    """Neither changes the verdict."""
    run, report = Problem(Slug.NO_MUST, "no must"), Problem(Slug.RECOVERED, "recovered")
    verdict = a_verdict(a_result(Outcome.PASS), problems=(run,), sources=(a_source(a_report(remarks=(report,))),))
    levels = [(one.level, one.title) for one in annotations.render(verdict)]
    assert levels == [(Effect.WARNING, "gate: no-must"), (Effect.NOTICE, "gate: recovered")]


def test_exactly_the_budget_needs_no_word_about_more() -> None:
    """Ten of ten are shown."""
    told = annotations.render(a_verdict(_failed(*_findings(10))))
    assert len(told) == 10
    assert all("more" not in one.title for one in told)


def test_beyond_the_budget_the_last_slot_says_how_many_more() -> None:
    """Nine and a word about the other two."""
    told = annotations.render(a_verdict(_failed(*_findings(11))))
    assert len(told) == 10
    assert told[-1].title == "gate: and more"
    assert told[-1].message.startswith("2 more errors are not shown here: see the job summary")


def test_each_level_has_its_own_budget() -> None:
    """Ten errors, ten warnings, ten notices."""
    effects = (Effect.NOTICE, Effect.WARNING, Effect.ERROR)
    results = [_failed(*(seen(at=_at(f"{e}{n}")) for n in range(20)), effect=e, id=e.value) for e in effects]
    levels = [one.level for one in annotations.render(a_verdict(*results))]
    assert levels == [Effect.ERROR] * 10 + [Effect.WARNING] * 10 + [Effect.NOTICE] * 10


def test_the_most_severe_are_kept_and_come_first() -> None:
    """Whatever the order of the report."""
    observations = _findings(8, Severity.LOW) + _findings(8, Severity.CRITICAL) + _findings(1, Severity.UNRATED)
    told = annotations.render(a_verdict(_failed(*observations)))
    assert [one.path.partition("-")[0] for one in told[:-1]] == ["unrated"] + ["critical"] * 8


def test_no_criterion_is_silenced_by_another() -> None:
    """Fifty critical findings leave room for one failed test, at its rank."""
    many = _failed(*_findings(50, Severity.CRITICAL))
    test = _failed(Observation("test_one failed", _at("test_app.py")), id="unit-tests")
    told = annotations.render(a_verdict(many, test))
    assert [one.title for one in told] == ["gate: no-high"] * 8 + ["gate: unit-tests", "gate: and more"]


def test_a_remark_of_a_criterion_warns() -> None:
    """It decides nothing, and somebody should know."""
    remark = Problem(Slug.SKIPPABLE_GATE, "can be skipped")
    passed = a_result(Outcome.PASS, level=Level.MAY, judgement=Judgement("", "", remarks=(remark,)))
    (told,) = annotations.render(a_verdict(passed))
    assert (told.level, told.title, told.path) == (Effect.WARNING, "gate: no-high", POLICY)

"""The words that all reports share."""

from dataclasses import replace
from datetime import timedelta

import pytest

from gate.model.component import Component
from gate.model.evidence import State, Statement
from gate.model.finding import Finding
from gate.model.location import Location
from gate.model.problem import Problem, Slug
from gate.model.severity import Severity
from gate.model.verdict import Breach, Effect, Judgement, Observation, Outcome, Tally
from gate.reports import phrases
from tests.conftest import NOW, a_finding, a_report, a_source
from tests.reports.builders import a_result, a_verdict, seen

PASS, FAIL, UNKNOWN, APART = Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("outcomes", "sentence"),
    [
        ((FAIL, FAIL, UNKNOWN, PASS), "The gate stays shut: 2 of 4 criteria fail, 1 unknown."),
        ((FAIL, PASS), "The gate stays shut: 1 of 2 criteria fails."),
        ((UNKNOWN,), "The gate stays shut: 1 of 1 criterion unknown."),
        ((PASS, PASS, APART), "The gate opens: 2 of 3 criteria pass, 1 not applicable."),
        ((PASS,), "The gate opens: 1 of 1 criterion passes."),
        ((APART, APART), "Nothing applied: not one of 2 criteria was judged, and the gate opens."),
    ],
)
def test_the_verdict_in_a_sentence(outcomes: tuple[Outcome, ...], sentence: str) -> None:
    """How it came out, and the counts behind it."""
    assert phrases.headline(a_verdict(*map(a_result, outcomes))) == sentence


def test_advice_says_what_enforce_would_have_said() -> None:
    """Nobody takes an advice for an open gate."""
    sentence = phrases.headline(a_verdict(a_result(), advise=True))
    assert sentence == "The gate only advises, and opens; enforce would have kept it shut: 1 of 1 criterion fails."


def test_an_open_gate_tells_what_only_warned() -> None:
    """A failed `should` is counted, although the gate opens."""
    sentence = phrases.headline(a_verdict(a_result(effect=Effect.WARNING), a_result(PASS)))
    assert sentence == "The gate opens: 1 of 2 criteria passes, 1 fails, which shuts nothing."


def test_with_advice_nothing_is_louder_than_a_warning() -> None:
    """An error annotation beside exit 0 would contradict it."""
    blocking, noted = a_result(), a_result(effect=Effect.NOTICE)
    assert phrases.loudness(a_verdict(blocking), blocking) is Effect.ERROR
    assert phrases.loudness(a_verdict(blocking, advise=True), blocking) is Effect.WARNING
    assert phrases.loudness(a_verdict(noted, advise=True), noted) is Effect.NOTICE


def test_reasons_name_every_breach_once() -> None:
    """The reason, then what it does not already say."""
    judgement = Judgement("", "", margin="cover 3 more", breaches=(Breach("too low"), Breach("too few", final=False)))
    result = a_result(judgement=judgement, reason="too low; enforced from 2027-01-01")
    assert list(phrases.reasons(result)) == ["too low; enforced from 2027-01-01", "too few", "cover 3 more"]


def test_a_reason_that_a_problem_tells_is_not_repeated() -> None:
    """An unknown outcome has its problem, with a remedy, for a reason."""
    gap = Problem(Slug.NO_EVIDENCE, "nothing there")
    assert list(phrases.reasons(a_result(UNKNOWN, reason="nothing there", problems=(gap,)))) == []


def test_of_a_reason_that_a_problem_tells_the_rest_is_told() -> None:
    """Why it does less than its level says is in no problem."""
    gap = Problem(Slug.NO_EVIDENCE, "nothing there")
    result = a_result(UNKNOWN, reason="nothing there; counts in quorum only", problems=(gap,))
    assert list(phrases.reasons(result)) == ["counts in quorum only"]


def test_what_was_left_out_is_counted_by_reason() -> None:
    """So that the numbers add up for whoever reads."""
    tally = Tally("findings", 10, 3, {"filtered": 2, "suppressed": 5, "waived": 0})
    told = phrases.left_out(a_result(judgement=Judgement("", "", tally=tally)))
    assert told == "10 findings read, 3 counted; left out: 2 filtered, 5 suppressed"
    assert phrases.left_out(a_result(judgement=Judgement("", ""))) == ""


def test_a_finding_is_told_with_its_rule_once() -> None:
    """Some tools begin the message with the rule."""
    assert phrases.saying(seen(rule="B602", message="shell")) == "B602: shell"
    assert phrases.saying(seen(rule="B602", message="B602 shell")) == "B602 shell"
    assert phrases.saying(Observation("a test failed")) == "a test failed"


def test_a_place_is_told_once() -> None:
    """Some messages begin with the path that stands before them."""
    assert phrases.saying(Observation("a.py: 19 % covered", Location("a.py"))) == "19 % covered"


def test_a_finding_that_was_left_out_is_told_by_its_own_message() -> None:
    """Its observation carries the reason instead."""
    finding = a_finding(rule="B602", message="shell")
    assert phrases.saying(Observation("suppressed", finding.at, finding.severity, finding)) == "B602: shell"


def test_a_severity_is_told_with_the_field_that_decided() -> None:
    """So that a person can follow it back into the report."""
    assert phrases.rating(seen(severity_from="CVSS: 9.8", severity=Severity.CRITICAL)) == "critical (CVSS: 9.8)"
    assert phrases.rating(seen(severity_from="")) == "high"
    assert phrases.rating(Observation("no severity")) == ""


def test_repeats_of_a_rule_in_a_file_are_one_group() -> None:
    """Another rule, another file, or something that is no finding stands alone."""
    here, there = Location("a.py", 1, placed=True), Location("b.py", 1, placed=True)
    first, again = seen(at=here), seen(at=replace(here, line=9))
    others = (seen(at=there), seen(at=here, rule="B1"), Observation("x", here), Observation("x", here))
    assert phrases.grouped((first, again, *others)) == [(first, 1), *((other, 0) for other in others)]


@pytest.mark.parametrize(
    ("passed", "age"),
    [
        (timedelta(seconds=30), "now"),
        (timedelta(minutes=2), "2 min"),
        (timedelta(minutes=119), "119 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=47), "47 h"),
        (timedelta(days=2), "2 d"),
        (timedelta(minutes=-10), "now"),
        (timedelta(minutes=-11), "in the future"),
    ],
)
def test_the_age_of_a_report(passed: timedelta, age: str) -> None:
    """In the largest unit of which there are two."""
    report = a_report(statements=(Statement("Bandit", frozenset({Finding}), made_at=NOW - passed),))
    assert phrases.age(report, NOW) == age


def test_a_report_without_a_time_has_no_age() -> None:
    """The date of the file is nothing to go by."""
    assert phrases.age(a_report(), NOW) == ""


def test_counts_of_records_show_a_clean_scan() -> None:
    """Zero findings of a scanner differ from no scanner."""
    assert phrases.record_counts(a_report(proves=Finding)) == "0 findings"
    assert phrases.record_counts(a_report(a_finding())) == "1 finding"
    assert phrases.record_counts(a_report(a_finding(), a_finding(), Component("x"))) == "2 findings, 1 component"


def test_marks_of_a_report() -> None:
    """Its state, that the policy accepts it, that git tracks it."""
    assert phrases.state(a_report()) == "ok"
    assert phrases.state(a_report(state=State.STALE, accepted=True, committed=True)) == "stale, accepted, committed"


def test_what_is_not_ok_comes_first_among_the_reports() -> None:
    """And the order of the sources stays otherwise."""
    a, b, c = a_report(path="a"), a_report(path="b", state=State.EMPTY), a_report(path="c")
    verdict = a_verdict(sources=(a_source(a, b, name="x"), a_source(c, name="y")))
    assert [(name, report.path) for name, report in phrases.reports(verdict)] == [("x", "b"), ("x", "a"), ("y", "c")]


def test_default_searches_are_one_source() -> None:
    """They all look at the same files; a named source stands for itself."""
    same = a_report(path="a")
    other = replace(same, state=State.UNMAPPED)
    searches = [a_source(report, name=name, searched=True) for name, report in (("x", same), ("y", same), ("z", other))]
    rows = phrases.reports(a_verdict(sources=(*searches, a_source(same, name="named"))))
    shown = [(name, phrases.state(report)) for name, report in rows]
    assert shown == [(phrases.SEARCH, "unmapped"), (phrases.SEARCH, "ok"), ("named", "ok")]


def test_a_source_without_reports_is_named_with_its_patterns() -> None:
    """And so are files that are plainly no reports."""
    empty = a_source(name="zap", patterns=("a/*", "b/*"), not_reports=("a/README.md",))
    verdict = a_verdict(sources=(empty, a_source(a_report(), name="sast")))
    assert phrases.without_reports(verdict) == [("zap", ("a/*", "b/*"))]
    assert phrases.not_reports(verdict) == [("zap", "a/README.md")]

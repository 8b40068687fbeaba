"""The console: a table that a person likes to read, and the grounds below it."""

import re
from dataclasses import replace

import pytest

from gate.model.location import Location
from gate.model.verdict import Effect, Judgement, Level, Outcome
from gate.reports import console
from tests.conftest import a_finding, a_report, a_source
from tests.reports.builders import a_result, a_verdict, full_verdict, seen

ESCAPE = re.compile("\x1b\\[[0-9;]*m")


def _rows(text: str) -> list[str]:
    """The lines of the table, without its head."""
    return text.split("\n\n")[1].splitlines()[1:]


def test_every_criterion_has_one_line() -> None:
    """Symbol, outcome, id, observed, demanded; members indented below their group."""
    rows = _rows(console.render(full_verdict(), width=120))
    assert len(rows) == 9
    assert rows[0].split(maxsplit=4)[:4] == ["✗", "fail", "must", "no-high-findings"]
    assert "84.9 % (849 of 1000) lines" in rows[3]
    assert "70 % of lines" in rows[3]
    assert rows[4].startswith("- n/a")
    assert "applies to the stage release, this is pr" in rows[4]
    assert rows[6].index("runbook") == rows[5].index("should-have") + 2


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """Long texts are wrapped, and cut in the table."""
    assert max(map(len, console.render(full_verdict(), width=width).splitlines())) <= width


def test_levels_are_shown_only_where_they_differ() -> None:
    """A policy of musts needs no column for it."""
    assert " must " not in "\n".join(_rows(console.render(a_verdict(a_result()))))
    both = a_verdict(a_result(), a_result(Outcome.PASS, id="b", level=Level.SHOULD))
    assert " must " in "\n".join(_rows(console.render(both)))


def test_a_failure_is_explained() -> None:
    """Why, what lacks, what was seen and where, who decided the severity, what to do, which line demands it."""
    text = console.render(full_verdict())
    for words in (
        "why       14 high or worse, 0 allowed",
        "15 findings read, 14 counted; left out: 1 suppressed",
        "high      src/app.py:1  B602: subprocess call with shell=True, number 1  (level: error)",
        "help      Fix it, or add a waiver that has an owner and an end.",
        "policy    .github/gate.yml:12:3",
        "remedy    run the tool before the gate",
    ):
        assert words in text


def test_many_observations_are_counted_not_listed() -> None:
    """The first ten, and how many more there are."""
    ten, eleven = (Judgement("", "", observations=tuple(seen() for _ in range(n))) for n in (10, 11))
    assert "more: see" not in console.render(a_verdict(a_result(judgement=ten)))
    assert "and 1 more: see verdict.json" in console.render(a_verdict(a_result(judgement=eleven)))


def test_what_passed_is_only_in_the_table() -> None:
    """The eye finds what needs work."""
    text = console.render(a_verdict(a_result(Outcome.PASS, title="All is well")))
    assert "All is well" not in text
    assert text.count("no-high") == 1


def test_evidence_is_listed_with_state_tool_counts_and_age() -> None:
    """What is not ok first, and what is missing too."""
    text = console.render(full_verdict(), width=120)
    evidence = text[text.index("\nevidence\n") :].splitlines()
    assert evidence[2] == "  stale, accepted  sast  evidence/zap.json, ZAP 2.16.0, 0 findings, 12 d"
    assert "ok, committed    sast  evidence/bandit.sarif, Bandit 1.9.4, 14 findings, 3 h" in text
    assert "missing          zap   no file in evidence/dast/zap-*.json" in text
    assert "no report              evidence/README.md" in text


def test_many_reports_are_counted_not_listed() -> None:
    """The first thirty; whatever is not ok is among them."""
    reports = [a_report(path=f"evidence/{n}.sarif") for n in range(31)]
    text = console.render(a_verdict(a_result(Outcome.PASS), sources=(a_source(*reports),)))
    assert "evidence/29.sarif" in text
    assert "evidence/30.sarif" not in text
    assert "and 1 more: see verdict.json" in text


def test_the_last_lines_are_the_verdict() -> None:
    """What a person looks for first stands where the cursor is."""
    lines = console.render(full_verdict()).splitlines()
    assert lines[-2] == "The gate stays shut: 4 of 9 criteria fail, 1 unknown."
    assert lines[-1].split(maxsplit=2)[2] == "no-high-findings, unit-tests, dynamic-scan"
    assert console.render(a_verdict(a_result(Outcome.PASS))).splitlines()[-1].startswith("The gate opens: ")


def test_a_chosen_time_is_said() -> None:
    """An old verdict cannot pass as one of today."""
    assert "(chosen with --as-of)" in console.render(full_verdict(as_of=True), width=200)
    assert "--as-of" not in console.render(full_verdict())


def test_colour_only_where_it_is_asked_for() -> None:
    """And it changes nothing but the colour."""
    plain, coloured = console.render(full_verdict()), console.render(full_verdict(), colour=True)
    assert not ESCAPE.search(plain)
    assert ESCAPE.search(coloured)
    assert ESCAPE.sub("", coloured) == plain


def test_the_lines_of_a_message_read_on_in_one() -> None:
    """They can end no line of ours."""
    assert "openssl: buffer overflow in the parser" in console.render(full_verdict())


def test_an_effect_that_is_softened_is_explained() -> None:
    """A member that counts in its group only, a criterion that is not enforced yet."""
    text = console.render(a_verdict(a_result(effect=Effect.NONE, reason="1 high; counts in should-have only")))
    assert "counts in should-have only" in text


def test_a_line_without_a_place_needs_none() -> None:
    """Findings in images and packages have their own place, others none at all."""
    bare = replace(a_finding(), at=None)
    image = replace(a_finding(), at=Location("acme/service:1.2"))
    text = console.render(a_verdict(a_result(judgement=Judgement("", "", observations=(seen(bare), seen(image))))))
    assert "high      B602: subprocess" in text
    assert "high      acme/service:1.2  B602: subprocess" in text

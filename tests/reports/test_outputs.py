"""The outputs of the action."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from gate.model.verdict import Judgement, Outcome, Score
from gate.reports import outputs
from tests.reports.builders import a_result, a_verdict, full_verdict

ACTION = Path(__file__).parents[2] / "action.yml"


def test_the_outputs_are_words_numbers_and_paths() -> None:
    """Each a text that an expression of a workflow can compare."""
    assert outputs.render(full_verdict(), "gate-report") == {
        "verdict": "fail",
        "passed": "3",
        "failed": "4",
        "unknown": "1",
        "not-applicable": "1",
        "score": "66.7",
        "grade": "C",
        "report-dir": "gate-report",
        "report": "gate-report/verdict.json",
        "sarif": "gate-report/gate.sarif",
        "junit": "gate-report/gate.junit.xml",
        "summary": "gate-report/summary.md",
    }


def test_advice_keeps_the_true_verdict() -> None:
    """A later step can still act on it."""
    assert outputs.render(full_verdict(advise=True), "out")["verdict"] == "fail"


def test_without_a_score_there_is_none() -> None:
    """Empty, not zero."""
    told = outputs.render(a_verdict(a_result(Outcome.PASS)), "out")
    assert (told["score"], told["grade"]) == ("", "")


@pytest.mark.parametrize(
    ("share", "text"), [(Fraction(1), "100"), (Fraction(9999, 10000), "99.9"), (Fraction(1, 10000), "0.1")]
)
def test_a_score_is_never_rounded_to_what_is_not_true(share: Fraction, text: str) -> None:
    """No 100 that is not one, and no 0."""
    result = a_result(Outcome.PASS)
    scored = replace(result, judgement=Judgement("", "", score=Score(share, "")))
    assert outputs.render(a_verdict(scored), "out")["score"] == text


def test_the_names_are_those_of_the_action() -> None:
    """What action.yml promises is what is written."""
    promised = ACTION.read_text().partition("\noutputs:\n")[2].partition("\nruns:")[0]
    assert re.findall(r"^  ([\w-]+):$", promised, re.MULTILINE) == list(outputs.render(full_verdict(), "out"))

"""Workflow commands that say what they mean, and nothing that a stranger means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.github import commands
from gate.model.annotation import Annotation
from gate.model.verdict import Effect
from tests.reports.hostile import PAYLOADS, runner_commands


def test_a_command_is_one_line() -> None:
    """Name, properties, data."""
    assert commands.command("notice", "ready", {"title": "gate"}) == "::notice title=gate::ready"
    assert commands.command("endgroup", "") == "::endgroup::"


def test_signs_of_the_grammar_are_escaped() -> None:
    """The per cent sign first, so that no escape is escaped again; in properties also colon and comma."""
    line = commands.command("error", "84 %, a: b", {"file": "a,b:c%.py"})
    assert line == "::error file=a%2Cb%3Ac%25.py::84 %25, a: b"


def test_an_annotation_has_file_and_lines() -> None:
    """As GitHub names them."""
    told = Annotation(Effect.ERROR, "bad", "gate: x", "src/app.py", 3, 5)
    assert commands.annotation(told) == "::error title=gate%3A x,file=src/app.py,line=3,endLine=5::bad"


def test_an_annotation_may_mean_a_whole_file() -> None:
    """A finding without a line is still at its file."""
    told = Annotation(Effect.WARNING, "bad", "x", "go.sum")
    assert commands.annotation(told) == "::warning title=x,file=go.sum::bad"


@pytest.mark.parametrize(("line", "end", "expected"), [(3, None, "3"), (3, 2, "3"), (3, 4, "4")])
def test_the_last_line_is_never_before_the_first(line: int, end: int | None, expected: str) -> None:
    """GitHub drops an annotation whose lines run backwards."""
    ((_, properties, _),) = runner_commands(commands.annotation(Annotation(Effect.ERROR, "", "", "a", line, end)))
    assert properties["endLine"] == expected


def test_an_annotation_without_a_file_has_no_line() -> None:
    """The runner takes a line only together with a file."""
    ((_, properties, _),) = runner_commands(commands.annotation(Annotation(Effect.NOTICE, "x", "t", "", 3)))
    assert properties == {"title": "t"}


def test_a_message_stays_below_the_limit_of_the_runner() -> None:
    """Also where every character becomes an escape of ten."""
    for text in ("x" * 100_000, "\U000e0041" * 100_000):
        ((_, _, data),) = runner_commands(commands.command("error", text))
        assert len(data) <= commands.MESSAGE_LIMIT


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_makes_no_second_command(payload: str) -> None:
    """In the message, in the title and in the path at once."""
    lines = commands.annotations([Annotation(Effect.WARNING, payload, payload, payload, 1)] * 2)
    found = list(runner_commands(lines))
    assert [name for name, _, _ in found] == ["warning", "warning"]
    assert all(set(properties) <= {"title", "file", "line", "endLine"} for _, properties, _ in found)
    assert all(properties["line"] == "1" for _, properties, _ in found)


@given(st.text())
def test_the_runner_reads_what_was_meant(text: str) -> None:
    """Whatever it is, as far as it is visible."""
    ((name, properties, data),) = runner_commands(commands.command("error", text, {"title": text}))
    assert (name, list(properties)) == ("error", ["title"])
    assert data.strip() == properties["title"].strip()

"""What holds for every report, console and annotations included: nothing is hidden, and nothing hostile acts."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from gate.github import commands
from gate.model.evidence import State
from gate.model.problem import Problem, Slug
from gate.model.verdict import Outcome, Verdict
from gate.reports import REPORTS, annotations, console, outputs, problems
from tests.conftest import a_report, a_source, no_hang
from tests.reports.builders import a_result, a_verdict, full_verdict
from tests.reports.hostile import PAYLOADS, markdown_tokens, messages, plain, poisoned, runner_commands


def _annotated(verdict: Verdict) -> str:
    return commands.annotations(annotations.render(verdict, budget=1000))


SINKS: dict[str, Callable[[Verdict], str]] = {**REPORTS, "console": console.render, "annotations": _annotated}
LOGS = ("console", "annotations")
ids = [f"{number}-{payload[:12]!r}" for number, payload in enumerate(PAYLOADS)]


def _everything(name: str, verdict: Verdict) -> str:
    text = SINKS[name](verdict)
    if name == "annotations":
        return " ".join(f"{' '.join(properties.values())} {data}" for _, properties, data in runner_commands(text))
    return plain(name, text)


@pytest.mark.parametrize("name", SINKS)
def test_every_problem_is_shown(name: str) -> None:
    """Of the policy, of criteria, of reports and of sources that are missing."""
    verdict = full_verdict()
    expected = {problem.message for problem in verdict.problems}
    expected |= {problem.message for result in verdict.results for problem in problems.of_result(result)}
    expected |= {problem.message for source in verdict.sources for problem in source.gaps}
    expected |= {p.message for source in verdict.sources for r in source.reports for p in (*r.problems, *r.remarks)}
    assert len(expected) == 5
    shown = _everything(name, verdict)
    assert [message for message in expected if message not in shown] == []


@pytest.mark.parametrize("name", SINKS)
def test_a_remark_of_a_passed_criterion_is_shown(name: str) -> None:
    """What decides nothing is still said."""
    remark = Problem(Slug.RECOVERED, "read with care", hint="write it well")
    passed = a_result(Outcome.PASS)
    verdict = a_verdict(replace(passed, judgement=replace(passed.judgement, remarks=(remark,))))
    assert "read with care" in _everything(name, verdict)


@pytest.mark.parametrize("state", [State.EMPTY, State.INCOMPLETE, State.STALE, State.UNMAPPED])
@pytest.mark.parametrize("name", SINKS)
def test_every_accepted_state_is_shown(name: str, state: State) -> None:
    """A state that the policy lets pass is named, with the fact that it was accepted."""
    problem = Problem(Slug.STALE_REPORT, "not quite in order")
    source = a_source(a_report(state=state, accepted=True, problems=(problem,)))
    shown = _everything(name, a_verdict(a_result(Outcome.PASS), sources=(source,)))
    assert state in shown
    assert "accepted" in shown


@pytest.mark.parametrize("name", REPORTS)
def test_every_outcome_is_shown(name: str) -> None:
    """Every criterion by its id, and the outcome in the words of that report."""
    shown = _everything(name, full_verdict())
    assert [result.id for result in full_verdict().results if result.id not in shown] == []


@pytest.mark.parametrize("name", SINKS)
def test_a_secret_is_rule_and_place_only(name: str) -> None:
    """Neither the message nor any other member of a finding of a secret scanner reaches a sink."""
    words = ("hunter2-message", "hunter2-from", "hunter2-print", "hunter2-alias", "hunter2-uri")
    message, decided, fingerprint, alias, uri = words
    finding = poisoned("x").results[0].judgement.observations[0].finding
    assert finding is not None
    leaky = replace(
        finding,
        rule="aws-key",
        message=message,
        severity_from=decided,
        fingerprint=fingerprint,
        aliases=(alias,),
        help_uri=uri,
        secret=True,
    )
    failed = a_result()
    seen = replace(failed.judgement.observations[0], message=message, finding=leaky)
    judgement = replace(failed.judgement, observations=(seen,), excluded=(replace(seen, message="filtered"),))
    text = SINKS[name](a_verdict(replace(failed, judgement=judgement)))
    assert "aws-key" in text
    assert [word for word in words if word in text] == []


@pytest.mark.parametrize("payload", PAYLOADS, ids=ids)
def test_no_log_holds_a_foreign_command(payload: str) -> None:
    """A runner that reads console and annotations obeys the gate's own commands and no other."""
    verdict = poisoned(payload)
    assert list(runner_commands(console.render(verdict, colour=False))) == []
    assert list(runner_commands(console.render(verdict, colour=True, width=60))) == []
    told = annotations.render(verdict)
    found = list(runner_commands(commands.annotations(told)))
    assert [name for name, _, _ in found] == [annotation.level.value for annotation in told]
    for (_, properties, _), annotation in zip(found, told, strict=True):
        expected = {"title", "file", "line", "endLine"} if annotation.path else {"title"}
        assert set(properties) == expected
        assert properties.get("line", "7") in ("7", "3")


@pytest.mark.parametrize("payload", PAYLOADS, ids=ids)
@pytest.mark.parametrize("name", SINKS)
def test_no_report_holds_characters_that_act(name: str, payload: str) -> None:
    """No escape sequence, no reversed or invisible text, no half of a surrogate pair, wherever a report is printed."""
    text = SINKS[name](poisoned(payload))
    text.encode()
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]", text) == []


@pytest.mark.parametrize("payload", PAYLOADS, ids=ids)
def test_markdown_holds_no_foreign_markup(payload: str) -> None:
    """No HTML, link, image, emphasis or code block; no mention that would call anybody; the tables keep their shape."""
    tokens = markdown_tokens(REPORTS["summary.md"](poisoned(payload)))
    kinds = {kind for kind, _, _ in tokens}
    assert kinds <= MARKUP, kinds - MARKUP
    assert [text for _, text, inert in tokens if not inert and re.search(r"[@#]\w", text)] == []
    harmless = [kind for kind, _, _ in markdown_tokens(REPORTS["summary.md"](poisoned("harmless")))]
    structure = [kind for kind, _, _ in tokens if kind.endswith("_open")]
    assert structure == [kind for kind in harmless if kind.endswith("_open")]


MARKUP = {"text", "text_special", "code_inline"} | {
    f"{kind}_{end}"
    for kind in ("heading", "paragraph", "bullet_list", "list_item", "table", "thead", "tbody", "tr", "th", "td")
    for end in ("open", "close")
}


@pytest.mark.parametrize("payload", PAYLOADS, ids=ids)
def test_structured_reports_parse(payload: str) -> None:
    """JSON, SARIF and XML stay whole, and the verdict in them is the gate's."""
    verdict = poisoned(payload)
    assert json.loads(REPORTS["verdict.json"](verdict))["verdict"] == "fail"
    for name in ("gate.sarif", "gate-full.sarif"):
        run = json.loads(REPORTS[name](verdict))["runs"][0]
        assert run["properties"]["verdict"] == "fail"
        assert [text for text in messages(run) if re.search(r"(?<!\\)\]\(", text)] == []
    root = ET.fromstring(REPORTS["gate.junit.xml"](verdict))  # noqa: S314 - as above: our own
    assert [child.tag for child in root.iter() if child.tag not in JUNIT] == []
    assert len(list(root.iter("testcase"))) == len(verdict.results)


JUNIT = {"testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out", "system-err"}


@pytest.mark.parametrize("name", SINKS)
def test_a_megabyte_is_no_trouble(name: str) -> None:
    """One very long text in every field neither hangs a report nor, apart from the complete one, swells it."""
    with no_hang():
        text = SINKS[name](poisoned("x::" * 350_000))
    assert name == "verdict.json" or len(text) < 1_000_000


def test_every_output_is_the_path_of_a_report() -> None:
    """What the action promises to have written is in the table of reports."""
    assert set(outputs.FILES.values()) <= set(REPORTS)

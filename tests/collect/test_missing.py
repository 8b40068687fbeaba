"""What a source lacks, and what the message offers instead."""

import pytest

from gate.model.document import Document
from gate.model.evidence import SourceEvidence, SourceKey, State
from gate.model.problem import Slug
from tests.collect.desk import ASKED_AT, Desk, sarif


def slugs(source: SourceEvidence) -> list[Slug]:
    """The gaps of a source."""
    return [gap.slug for gap in source.gaps]


def test_no_file_is_a_gap_at_the_line_that_asks(desk: Desk) -> None:
    """The source, the patterns, the line of the policy, and a remedy."""
    source = desk.source("evidence/sast/*.sarif", "reports/*.sarif", key=SourceKey("sast"))
    (gap,) = source.gaps
    assert (gap.slug, gap.at) == (Slug.NO_EVIDENCE, ASKED_AT)
    assert "`sast`" in gap.message
    assert "evidence/sast/*.sarif, reports/*.sarif" in gap.message
    assert gap.hint
    assert source.reports == ()


def test_only_files_that_are_no_reports_are_a_gap(desk: Desk) -> None:
    """A README where the report should be is not evidence."""
    desk.put("evidence/README.md", "# words")
    source = desk.source("evidence/*")
    assert slugs(source) == [Slug.NO_EVIDENCE]
    assert "evidence/README.md" in source.gaps[0].message


def test_unreadable_file_is_no_gap(desk: Desk) -> None:
    """It is there, and its state says what is wrong."""
    desk.put("evidence/x.json", "words")
    assert slugs(desk.source("evidence/*")) == []


def test_absence_is_no_gap_where_it_is_asked_for(desk: Desk) -> None:
    """`absent: true` is about files that must not be there."""
    assert slugs(desk.source("secrets/*", absence_allowed=True)) == []


@pytest.mark.parametrize("content", ["", "x", b"\xff\0"])
def test_file_that_must_be_absent_is_there_whatever_it_holds(desk: Desk, content: str | bytes) -> None:
    """An empty `.env` is a proved breach, not a hollow document."""
    desk.put("conf/.env", content)
    report = desk.report("conf/*", key=SourceKey("conf", Document), absence_allowed=True)
    assert (report.state, len(report.records), report.proves(Document)) == (State.OK, 1, True)


@pytest.mark.parametrize(
    ("there", "pattern", "hint"),
    [
        ("evidence/Trivy.json", "evidence/trivy.json", "evidence/Trivy.json is there"),
        ("reports/deep/trivy.json", "evidence/trivy.json", "reports/deep/trivy.json is there"),
        ("evidence/sast/x.sarif", "evidence/*.sarif", "evidence/sast/x.sarif is there"),
    ],
)
def test_what_is_near_is_offered(desk: Desk, there: str, pattern: str, hint: str) -> None:
    """Other capitals, another folder, a folder further down."""
    desk.put(there, sarif())
    (gap,) = desk.source(pattern).gaps
    assert hint in gap.hint


def test_at_most_three_near_files_are_offered(desk: Desk) -> None:
    """A hint is no listing."""
    for number in range(9):
        desk.put(f"out/{number}.sarif")
    (gap,) = desk.source("evidence/*.sarif").gaps
    assert gap.hint.count(".sarif") == 3


def test_nothing_far_is_offered_for_a_pattern_that_names_nothing(desk: Desk) -> None:
    """`evidence/*` is near to no file in particular."""
    desk.put("src/app.py")
    (gap,) = desk.source("evidence/*").gaps
    assert "app.py" not in gap.hint


def test_own_reports_are_explained(desk: Desk) -> None:
    """Who looks for evidence where the gate writes is told so."""
    desk.put("gate-report/gate.sarif", sarif())
    (gap,) = desk.source("gate-report/*.sarif").gaps
    assert "gate-report" in gap.hint
    assert "own reports" in gap.hint


@pytest.mark.parametrize(("files", "expected"), [(2, [Slug.TOO_FEW_FILES]), (3, [])])
def test_fewer_files_than_demanded_are_a_gap(desk: Desk, files: int, expected: list[Slug]) -> None:
    """`min_files` counts what could be a report, not what lies beside."""
    desk.put("evidence/README.md", "words")
    for number in range(files):
        desk.put(f"evidence/{number}.sarif", sarif())
    source = desk.source("evidence/*", min_files=3)
    assert slugs(source) == expected
    if expected:
        assert "2 files, 3 expected" in source.gaps[0].message


def test_each_absent_tool_is_named(desk: Desk) -> None:
    """A tool is known by its name or the words that begin it, in any case; each that is not there is a gap."""
    desk.put("evidence/x.sarif", sarif(tool="CodeQL command-line toolchain"))
    source = desk.source("evidence/*", tools=("codeql", "Bandit", "Semgrep", "Code"))
    assert slugs(source) == [Slug.MISSING_TOOL] * 3
    assert [tool for gap in source.gaps for tool in ("Bandit", "Semgrep", "Code") if f"of {tool} " in gap.message]
    assert "only CodeQL command-line toolchain" in source.gaps[0].message


def test_unreadable_report_is_of_no_tool(desk: Desk) -> None:
    """What cannot be read may be of any tool, so the expected one is missing as well."""
    desk.put("evidence/bandit.sarif", "{")
    assert slugs(desk.source("evidence/*", tools=("Bandit",))) == [Slug.MISSING_TOOL]

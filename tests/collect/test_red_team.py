"""What others tried, to have the gate judge less than is there, or its own words."""

import os
import shutil
from collections.abc import Callable
from typing import Any

import pytest

from gate.collect.places import Places
from gate.collect.workspace import Workspace
from gate.model.coverage import CoverageFile
from gate.model.document import Document
from gate.model.evidence import Record, SourceKey, State
from gate.model.finding import Finding
from gate.model.location import Location
from gate.model.problem import Slug
from gate.model.testcase import TestCase
from tests.collect.desk import Desk, sarif
from tests.collect.test_git import git
from tests.conftest import no_hang

JUNIT = '<testsuite name="s" tests="1"><testcase classname="c" name="n"/></testsuite>'


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("b.sarif", Finding),
        ("b.sarif.json", Finding),
        ("my-junit-2.xml", TestCase),
        ("TEST-a.xml", TestCase),
        ("lcov.info", CoverageFile),
    ],
)
@pytest.mark.parametrize("content", ["", "null", "<html>502 Bad Gateway</html>", "Error: no such option"])
def test_a_name_that_announces_a_report_is_not_passed_over(
    desk: Desk, name: str, about: type[Record], content: str
) -> None:
    """A crashed scan beside a clean one is found by the default search too, and is what its name says."""
    desk.put(f"evidence/{name}", content)
    report = desk.report()
    assert report.state in {State.EMPTY, State.UNREADABLE}
    assert about in report.about


def test_content_counts_before_a_name(desk: Desk) -> None:
    """A report that is called like a log is a report, in a default search as well."""
    desk.put("evidence/out.log", sarif())
    desk.put("evidence/other.log", "nothing to see")
    assert [report.path for report in desk.source().reports] == ["evidence/out.log"]


def test_blank_lines_do_not_hide_a_report(desk: Desk) -> None:
    """However many stand before it, and however long a comment is."""
    desk.put("evidence/tests.xml", "\n" * 10_000 + JUNIT)
    desk.put("evidence/told.xml", f"<?xml version='1.0'?><!--{'x' * 70_000}-->\n<!-- --> {JUNIT}")
    assert [report.format for report in desk.source().reports] == ["junit", "junit"]


def test_what_a_gate_wrote_is_no_evidence(desk: Desk) -> None:
    """Neither in its own folder nor in that of another gate, for a search or a pattern that does not name the file."""
    desk.put("reports/sec/verdict.json", '{"schema": "gate-verdict/v1"}')
    desk.put("reports/sec/gate.junit.xml", JUNIT)
    assert desk.source().reports == ()
    assert desk.source("**/*.xml").reports == ()
    assert len(desk.source("reports/sec/gate.junit.xml").reports) == 1
    desk.put("reports/sec/verdict.json", '{"schema": "something else"}')
    assert len(desk.source("**/*.xml").reports) == 1


def test_the_mark_of_a_gate_hides_no_report_of_a_tool(desk: Desk) -> None:
    """Whoever plants it beside a failed scan hides nothing."""
    desk.put("evidence/b/verdict.json", '{"schema":"gate-verdict/v1"}')
    desk.put("evidence/b/scan.sarif", sarif())
    assert [report.path for report in desk.source("evidence/**/*.sarif").reports] == ["evidence/b/scan.sarif"]
    assert [report.path for report in desk.source().reports] == ["evidence/b/scan.sarif"]


def test_one_file_counts_once_by_however_many_patterns(desk: Desk) -> None:
    """A link to its folder makes no second test run of it."""
    desk.put("reports/junit.xml", JUNIT)
    (desk.root / "again").symlink_to("reports")
    assert len(desk.source("reports/*.xml", "again/*.xml", "**/*.xml").reports) == 1


def test_hard_links_are_one_file(desk: Desk) -> None:
    """For one source, and for two by what they say of the file."""
    (desk.root / "b.xml").hardlink_to(desk.put("a.xml", JUNIT))
    assert [report.path for report in desk.source("*.xml").reports] == ["a.xml"]
    assert desk.report("a.xml").file == desk.report("b.xml").file
    assert desk.report("a.xml").file != desk.put("c.xml", JUNIT).name


def test_document_may_have_two_names(desk: Desk) -> None:
    """Each pattern of documents has its file, also where one is a link to another; no file is there twice for that."""
    desk.put("AGENTS.md", "# Words")
    (desk.root / "CLAUDE.md").symlink_to("AGENTS.md")
    key = SourceKey("docs", Document)
    names = [report.path for report in desk.source("AGENTS.md", "CLAUDE.md", "*.md", key=key).reports]
    assert names == ["AGENTS.md", "CLAUDE.md"]
    assert [report.path for report in desk.source("*.md", "AGENTS.md", key=key).reports] == ["AGENTS.md"]


@pytest.mark.parametrize("broken", [".git/index", ".git/HEAD"])
def test_a_search_that_git_cannot_help_lacks_something(desk: Desk, broken: str) -> None:
    """A committed report could pass for one of this run: it may prove a breach, and the gap keeps it from more."""
    git(desk.root, "init", "--quiet")
    desk.put("reports/junit.xml", JUNIT)
    git(desk.root, "add", "--all")
    (desk.root / broken).write_bytes(b"broken")
    source = desk.source()
    assert [report.state for report in source.reports] == [State.OK]
    (gap,) = source.gaps
    assert "git cannot tell" in gap.message
    assert "`files`" in gap.hint


def test_a_search_without_git_lacks_something(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a repository the program has to be there; outside of one nothing is committed."""
    desk.put("reports/junit.xml", JUNIT)
    monkeypatch.setenv("PATH", str(desk.root.parent))
    assert desk.source().gaps == ()
    desk.put(".git/HEAD")
    assert [gap.slug for gap in desk.source().gaps] == [Slug.NO_EVIDENCE]


@pytest.fixture
def nested(desk: Desk) -> Desk:
    """A repository in the workspace, with a committed report and a new one."""
    desk.put("evidence/lib/old.xml", JUNIT)
    git(desk.root / "evidence/lib", "init", "--quiet")
    git(desk.root / "evidence/lib", "add", "--all")
    git(desk.root / "evidence/lib", "commit", "--quiet", "-m", "one")
    desk.put("evidence/lib/new.xml", JUNIT)
    return desk


@pytest.mark.parametrize("is_submodule", [False, True])
def test_what_a_nested_repository_tracks_is_committed(nested: Desk, is_submodule: bool) -> None:  # noqa: FBT001
    """Each repository is asked about its own files, whether it is a submodule or only lies there."""
    if is_submodule:
        git(nested.root, "init", "--quiet")
        git(nested.root, "add", "evidence/lib")
    assert [report.path for report in nested.source().reports] == ["evidence/lib/new.xml"]
    refused = nested.source("evidence/**/*.xml", committed_refused=True)
    assert [report.state for report in refused.reports] == [State.OK, State.FOREIGN]


def test_file_of_a_submodule_that_is_no_repository_is_committed(nested: Desk) -> None:
    """Without its repository nobody knows what is new in it."""
    git(nested.root, "init", "--quiet")
    git(nested.root, "add", "evidence/lib")
    shutil.rmtree(nested.root / "evidence/lib/.git")
    assert nested.source().reports == ()


def test_nested_repository_that_is_broken_leaves_a_gap(nested: Desk) -> None:
    """The repository around it is not asked in its place."""
    git(nested.root, "init", "--quiet")
    (nested.root / "evidence/lib/.git/HEAD").write_text("broken")
    (gap,) = nested.source().gaps
    assert "evidence/lib/new.xml" in gap.message
    assert [report.state for report in nested.source("evidence/**", committed_refused=True).reports] == [
        State.FOREIGN,
        State.FOREIGN,
    ]


def test_linked_folder_that_git_tracks_may_lead_to_new_files(desk: Desk) -> None:
    """The link is committed, what it leads to is not."""
    desk.put("build/out/x.xml", JUNIT)
    (desk.root / "reports").symlink_to("build/out")
    git(desk.root, "init", "--quiet")
    git(desk.root, "add", "reports")
    assert [report.path for report in desk.source().reports] == ["build/out/x.xml"]
    assert not desk.report("reports/*.xml").committed


def test_committed_reports_are_named_where_nothing_else_is_there(desk: Desk) -> None:
    """A newcomer sees the reports in the folder, and has to be told why they are no evidence."""
    git(desk.root, "init", "--quiet")
    desk.put("evidence/a.sarif", sarif())
    git(desk.root, "add", "--all")
    (gap,) = desk.source().gaps
    assert "committed reports only (evidence/a.sarif)" in gap.message


@pytest.mark.parametrize("deep", ["/".join(f"d{number}" for number in range(60)), "/".join(["src", "src"] * 30)])
def test_hostile_paths_cost_few_looks_at_the_disk(desk: Desk, deep: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Millions of candidates are ruled out by how they begin; what is there is found all the same."""
    desk.put("src/app.py")
    places = Places(Workspace(desk.root))
    looked_at: list[str] = []
    lstat, scandir = os.lstat, os.scandir

    def watched(look: Callable[[str], Any]) -> Callable[[str], Any]:
        def looked(path: str) -> Any:
            looked_at.append(path)
            return look(path)

        return looked

    monkeypatch.setattr(os, "lstat", watched(lstat))
    monkeypatch.setattr(os, "scandir", watched(scandir))
    roots = tuple(f"/r{number}" for number in range(16))
    with no_hang():
        placed = [places.place(Location(f"x{number}/{deep}/a.py"), roots).placed for number in range(200)]
    assert not any(placed)
    assert len(looked_at) < 2 * len(placed)
    assert places.place(Location(f"/x/{deep}/src/app.py"), roots).path == "src/app.py"

"""The default search: where it looks, and what it takes for a report."""

import codecs
import json
import os
from pathlib import Path

import pytest

from gate.collect.reports import ANYTHING
from gate.collect.search import PATTERNS
from gate.model.component import Component
from gate.model.coverage import CoverageFile
from gate.model.evidence import SourceKey, State
from gate.model.finding import Finding
from gate.model.problem import Slug
from tests.collect.desk import Desk, as_nobody, lcov, sarif, sbom
from tests.collect.test_git import git


def test_reports_are_found_in_the_usual_places(desk: Desk) -> None:
    """The root itself, and the named folders with all that is below them."""
    inside = [
        "x.sarif",
        "evidence/deep/er/x.sarif",
        "reports/x.sarif",
        "test-results/x.sarif",
        "coverage/x.sarif",
        "target/site/x.sarif",
        "build/x.sarif",
    ]
    for path in [*inside, "src/x.sarif", "other/evidence/x.sarif"]:
        desk.put(path, sarif())
    source = desk.source()
    assert [report.path for report in source.reports] == sorted(inside)
    assert source.searched
    assert source.patterns == PATTERNS


def test_each_report_says_what_it_is_about(desk: Desk) -> None:
    """So that a criterion sees only those of its kind."""
    desk.put("reports/a.sarif", sarif())
    desk.put("reports/b.info", lcov("src/app.py"))
    desk.put("reports/c.json", sbom("flask"))
    abouts = [report.about for report in desk.source().reports]
    assert abouts == [{Finding}, {CoverageFile}, {Component, Finding}]


@pytest.mark.parametrize("folder", ["reports/node_modules/pkg", "reports/env/lib", ".git", "gate-report", "build/.git"])
def test_others_files_are_not_looked_at(desk: Desk, folder: str) -> None:
    """Installed packages, virtual environments, git, and the gate's own reports."""
    desk.put("reports/env/pyvenv.cfg")
    desk.put(f"{folder}/x.sarif", sarif())
    assert desk.source().reports == ()


def test_tracked_files_are_not_evidence_by_themselves(desk: Desk) -> None:
    """What is in the repository says nothing about this run, unless a source names it. Ignored files are new."""
    git(desk.root, "init", "-q", ".")
    desk.put("evidence/old.sarif", sarif())
    desk.put(".gitignore", "evidence/\n")
    git(desk.root, "add", "-f", ".")
    desk.put("evidence/new.sarif", sarif())
    (desk.root / "evidence/link.sarif").symlink_to("old.sarif")
    assert [report.path for report in desk.source().reports] == ["evidence/new.sarif"]
    assert [report.path for report in desk.source("evidence/old.sarif").reports] == ["evidence/old.sarif"]


@pytest.mark.parametrize(
    "content", ["words", "", "[]", "null", '{"name": "x"}', "<html/>", '{"error": "x"}', b"\x7fELF"]
)
def test_unknown_file_is_no_report(desk: Desk, content: str | bytes) -> None:
    """In a search nothing was promised: only what is known counts."""
    desk.put("reports/x.json", content)
    source = desk.source()
    assert source.reports == ()
    assert [gap.slug for gap in source.gaps] == [Slug.NO_EVIDENCE]


def test_what_looked_like_a_report_and_is_none_is_listed(desk: Desk) -> None:
    """JSON and XML in no known format; not every file that lies around."""
    desk.put("reports/package-lock.json", '{"name": "x"}')
    desk.put("reports/binary", b"\x7fELF")
    assert desk.source().not_reports == ("reports/package-lock.json",)


@pytest.mark.parametrize(
    "content",
    [
        "  \n" + json.dumps(sarif()),
        codecs.BOM_UTF8 + json.dumps(sarif()).encode(),
        codecs.BOM_UTF16_LE + json.dumps(sarif()).encode("utf-16-le"),
        json.dumps(sarif()).encode("utf-16-be"),
        lcov("src/app.py"),
    ],
)
def test_first_bytes_suffice_to_look_further(desk: Desk, content: str | bytes) -> None:
    """White space, byte-order marks and formats of plain text are no obstacle."""
    desk.put("reports/x", content)
    assert len(desk.source().reports) == 1


def test_broken_report_is_unreadable_in_a_search_too(desk: Desk) -> None:
    """A log that was cut off is not passed over."""
    desk.put("reports/x.sarif", json.dumps(sarif())[:-3])
    report = desk.report()
    assert (report.state, report.about) == (State.UNREADABLE, frozenset({Finding}))


def test_file_too_large_could_be_evidence_for_anything(desk: Desk) -> None:
    """What is over a limit keeps every criterion of the search from passing."""
    file = desk.put("reports/x.json", "{")
    os.truncate(file, 100)
    desk.limit(file_bytes=99)
    report = desk.report()
    assert (report.state, report.about) == (State.UNREADABLE, ANYTHING)


def test_search_that_is_cut_off_keeps_everything_from_passing(desk: Desk) -> None:
    """There may be more than was seen."""
    desk.put("reports/x.json", sarif())
    desk.put("reports/y.json", sarif())
    desk.limit(entries=2)
    cut = [report for report in desk.source().reports if report.state is State.UNREADABLE]
    assert {problem.slug for report in cut for problem in report.problems} == {Slug.OVER_LIMIT}
    assert all(report.about == ANYTHING for report in cut)


def test_many_other_files_are_no_obstacle(desk: Desk) -> None:
    """The limit on files is one on reports; a build folder holds more than that."""
    desk.limit(files=2)
    for number in range(5):
        desk.put(f"build/{number}.o", b"\x7fELF")
    desk.put("build/x.sarif", sarif())
    assert desk.report().state is State.OK


def test_link_that_leads_out_is_shown(desk: Desk, tmp_path: Path) -> None:
    """It is no evidence for anything, and not hidden."""
    (tmp_path / "x.json").write_text(json.dumps(sarif()))
    (desk.root / "x.json").symlink_to(tmp_path / "x.json")
    report = desk.report()
    assert (report.state, report.about) == (State.UNREADABLE, frozenset())


def test_file_that_may_not_be_read_is_shown(open_desk: Desk) -> None:
    """The same for one that the gate cannot open."""
    open_desk.put("x.json", sarif()).chmod(0o000)
    with as_nobody():
        report = open_desk.report()
    assert (report.state, report.about) == (State.UNREADABLE, frozenset())


def test_nothing_found_says_what_to_do(desk: Desk) -> None:
    """The gap names the places, and the key that names others."""
    (gap,) = desk.source().gaps
    assert "reports/**" in gap.message
    assert "`files`" in gap.hint


def test_search_starts_in_the_working_directory(desk: Desk) -> None:
    """Patterns, those of the search too, are relative to it; paths stay relative to the root."""
    desk.base = "services/a"
    desk.put("services/a/reports/x.sarif", sarif())
    desk.put("reports/y.sarif", sarif())
    assert [report.path for report in desk.source().reports] == ["services/a/reports/x.sarif"]
    assert [report.path for report in desk.source("reports/*").reports] == ["services/a/reports/x.sarif"]


def test_patterns_of_an_input_are_promises(desk: Desk) -> None:
    """A search that an input gives other patterns reads what they match, and an unknown file may be anything."""
    desk.put("out/x.json", '{"name": "x"}')
    source = desk.source("out/*", searched=True, key=SourceKey("criterion"))
    (report,) = source.reports
    assert (report.state, report.about, source.searched) == (State.UNREADABLE, ANYTHING, True)

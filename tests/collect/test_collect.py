"""Collecting as a whole: several sources, hostile names, the inventory."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from gate.collect.read import Library, Reading
from gate.collect.reports import ANYTHING
from gate.formats import FORMATS
from gate.model.checklist import ChecklistItem
from gate.model.document import Document
from gate.model.evidence import SourceKey, State, Statement
from gate.model.finding import Finding
from gate.model.problem import Slug
from tests.collect.desk import ASKED_AT, Desk, a_request, result, sarif
from tests.conftest import NOW


def test_every_request_is_answered(desk: Desk) -> None:
    """Each key has its source, with what the policy says about it."""
    desk.put("a.sarif", sarif())
    one = a_request("a.sarif", key=SourceKey("one"), accepts=frozenset({State.EMPTY}), honours_suppressions=True)
    two = a_request("b.sarif", key=SourceKey("two"))
    sources = desk.collect(one, two).sources
    assert list(sources) == [one.key, two.key]
    first = sources[one.key]
    assert (first.name, first.accepts) == ("one", frozenset({State.EMPTY}))
    assert (first.honours_suppressions, first.searched) == (True, False)
    assert first.patterns == ("a.sarif",)


def test_same_source_may_be_read_as_reports_and_as_text(desk: Desk) -> None:
    """The shape of the key says what a criterion wants to see."""
    desk.put("docs/list.md", "- [x] one\n- [ ] two\n")
    shapes = (None, Document, ChecklistItem)
    requests = [a_request("docs/list.md", key=SourceKey("docs", shape)) for shape in shapes]
    reports = [source.reports[0] for source in desk.collect(*requests).sources.values()]
    assert [report.state for report in reports] == [State.UNREADABLE, State.OK, State.OK]
    assert [len(report.records) for report in reports] == [0, 1, 2]


@pytest.mark.parametrize("content", ["{}", "[]", "null", '{"error": "x"}', "<html/>", "key: value"])
def test_document_may_have_any_syntax(desk: Desk, content: str) -> None:
    """For documents and files there is no unknown format, and an empty object is a text like any other."""
    desk.put("conf/x.json", content)
    (document,) = desk.report("conf/*", key=SourceKey("conf", Document)).records
    assert isinstance(document, Document)
    assert document.text == content


def test_wildcard_over_documents_takes_readmes(desk: Desk) -> None:
    """What is no report may well be a document."""
    desk.put("docs/README.md", "# words")
    assert desk.report("docs/*", key=SourceKey("docs", Document)).state is State.OK


@pytest.mark.parametrize("content", ["", " \n"])
def test_empty_document_is_empty(desk: Desk, content: str) -> None:
    """Zero bytes are nothing in any syntax."""
    desk.put("docs/x.md", content)
    assert desk.report("docs/*", key=SourceKey("docs", Document)).state is State.EMPTY


HOSTILE = [
    "a\nb",
    "::error::x",
    "\x1b[31mred",
    "a\rb",
    "\u202egnp",
    "%0A",
    "a,b:c",
    " ",
    "-x",
    "~",
    "$(id)",
    "`id`",
    "<b>",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_name_is_a_name(desk: Desk, name: str) -> None:
    """Found, read, and handed on as it is: the writers of the sinks escape."""
    desk.put(f"evidence/{name}.json", sarif(result()))
    report = desk.report("evidence/*.json")
    assert (report.path, report.state, len(report.records)) == (f"evidence/{name}.json", State.OK, 1)
    desk.put(f"evidence/{name}.json", "words")
    assert desk.report("evidence/*.json").problems[0].at == replace(ASKED_AT, path=report.path, line=None, placed=True)


def test_name_that_is_not_utf_8_is_shown_escaped(desk: Desk) -> None:
    """The file is read by its bytes, and its name can be written anywhere."""
    folder = os.fsencode(desk.root) + b"/evid\xe9nce"
    Path(os.fsdecode(folder)).mkdir()
    Path(os.fsdecode(folder + b"/\xff.json")).write_text(json.dumps(sarif()))
    report = desk.report("*/*.json")
    assert (report.path, report.state) == (r"evid\xe9nce/\xff.json", State.OK)
    report.path.encode()
    collected = desk.collect(inventory=True)
    assert list(collected.inventory.sizes) == [report.path]


def test_time_without_a_zone_is_utc_and_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader may hand on what the report says; the age is judged all the same."""
    statement = Statement("x", frozenset({Finding}), made_at=NOW.replace(tzinfo=None))
    reading = Reading("0" * 64, 1, FORMATS[0], (statement,))
    monkeypatch.setattr(Library, "reading", lambda *_: reading)
    desk.put("x.sarif", "x")
    report = desk.report("x.sarif", max_age=NOW - NOW)
    assert (report.state, report.made_at) == (State.OK, NOW)
    assert [remark.slug for remark in report.remarks] == [Slug.NOT_STATED]


def test_inventory_lists_all_files_with_sizes(desk: Desk, tmp_path: Path) -> None:
    """Links inside have the size of their file, under every name; git, own reports and what leads out are not there."""
    desk.put("a", "12345")
    desk.put("b/c", "")
    desk.put(".git/config", "x")
    desk.put("gate-report/gate.sarif", "x")
    (tmp_path / "outside").write_text("x")
    (desk.root / "out").symlink_to(tmp_path / "outside")
    (desk.root / "link").symlink_to("a")
    (desk.root / "linked").symlink_to("b")
    (desk.root / "gone").symlink_to("nowhere")
    os.mkfifo(desk.root / "pipe")
    collected = desk.collect(inventory=True)
    assert dict(collected.inventory.sizes) == {"a": 5, "b/c": 0, "link": 5, "linked/c": 0}
    assert collected.problems == ()


def test_inventory_is_not_made_unless_asked(desk: Desk) -> None:
    """It costs a walk through everything."""
    desk.put("a", "x")
    assert desk.collect().inventory.sizes == {}


def test_inventory_over_a_limit_is_a_problem(desk: Desk) -> None:
    """A path that is not listed may be there all the same: the run says so."""
    for number in range(5):
        desk.put(f"{number}/x")
    desk.limit(entries=7)
    problems = desk.collect(inventory=True).problems
    assert {problem.slug for problem in problems} == {Slug.OVER_LIMIT}


def test_anything_is_every_kind_of_record() -> None:
    """What a format can prove is among what an unknown file may be."""
    assert frozenset().union(*(known.proves for known in FORMATS)) == ANYTHING


def test_bytes_of_the_run_are_counted_over_all_sources(desk: Desk) -> None:
    """A file that was read for another source costs nothing again."""
    size = desk.put("a.json", sarif()).stat().st_size
    desk.put("b.json", sarif())
    desk.limit(total_bytes=size)
    requests = [a_request("a.json", key=SourceKey(name)) for name in ("one", "two")]
    sources = desk.collect(*requests, a_request("b.json", key=SourceKey("three"))).sources.values()
    assert [source.reports[0].state for source in sources] == [State.OK, State.OK, State.UNREADABLE]


@pytest.mark.parametrize("base", ["sub", "./sub", "sub/", "./sub/."])
def test_working_directory_may_be_written_in_any_way(desk: Desk, base: str) -> None:
    """Only its segments count."""
    desk.base = base
    desk.put("sub/x.sarif", sarif())
    source = desk.source("./x.sarif")
    assert [report.path for report in source.reports] == ["sub/x.sarif"]
    assert source.patterns == ("sub/x.sarif",)


def test_workspace_may_be_reached_by_a_link(desk: Desk, tmp_path: Path) -> None:
    """The root is resolved once; what lies in it is inside."""
    desk.put("x.sarif", sarif(result(uri=f"{desk.root}/src/app.py")))
    desk.put("src/app.py")
    (tmp_path / "link").symlink_to(desk.root)
    desk.root = tmp_path / "link"
    (finding,) = desk.report("*.sarif").records
    assert isinstance(finding, Finding)
    assert finding.at
    assert finding.at.placed

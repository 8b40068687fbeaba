"""`documents`: the document is there, and it is real."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from gate.criteria.documents import Documents
from gate.model.document import Document
from gate.model.evidence import Evidence, Inventory, Report
from gate.model.problem import Slug
from gate.model.verdict import Judgement
from tests.conftest import NOW, a_report, a_source, no_hang

PATH = "docs/runbook.md"


def criterion(**fields: Any) -> Documents:
    """The criterion that a policy writes so."""
    return Documents.model_validate({"kind": "documents", "files": [PATH]} | fields)


def a_document(text: str = "# Recovery\n\nRestore the snapshot.\n", path: str = PATH, **over: Any) -> Report:
    """A file with this text."""
    return a_report(Document(text, **over), path=path, format="text")


def evidence_of(*reports: Report, patterns: tuple[str, ...] = (PATH,), files: tuple[str, ...] = ()) -> Evidence:
    """Evidence from one source with these patterns, in a workspace with these files."""
    source = a_source(*reports, patterns=patterns)
    return Evidence(NOW, (source,), Inventory(dict.fromkeys(files, 1)))


def judged(text: str, files: tuple[str, ...] = (), **fields: Any) -> Judgement:
    """What the criterion says about one document."""
    return criterion(**fields).judge(evidence_of(a_document(text), files=files))


def complaints(judgement: Judgement) -> list[str]:
    """What is observed."""
    return [observation.message for observation in judgement.observations]


def test_written_document_without_placeholders_holds() -> None:
    """Nothing more is demanded where nothing more is said."""
    judgement = judged("# Recovery\n\nRestore the snapshot.\n")
    assert (judgement.breaches, judgement.doubts) == ((), ())
    assert judgement.observed == "1 document"
    assert judgement.tally
    assert judgement.tally.adds_up


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\u00a0",
        "<!-- nothing -->",
        "---\ntitle: x\n---\n",
        "---",
        "***",
        "# \n",
        "\u200b\ufeff\u2800\u3164",
        "&nbsp;",
        "<div class='wide'></div>",
        "```\n```",
        "~~~text\n~~~",
        "[//]: # (x)",
        "✅",
    ],
)
def test_document_without_a_word_is_not_written(text: str) -> None:
    """Whatever the file holds: its reader sees nothing, with and without further demands."""
    for judgement in (judged(text), judged(text, forbid=[])):
        (breach,) = judgement.breaches
        assert (breach.message, breach.final) == (f"{PATH}: no word that a reader sees", True)


@pytest.mark.parametrize(
    "text", ["a", "7", "```\ncode\n```", "<p>a</p>", "<https://example.org>", "恢", "{a: 1}", "&lt;a&gt;"]
)
def test_one_word_is_something_written(text: str) -> None:
    """How many are enough, `min_words` says; in any syntax, code included."""
    assert judged(text).breaches == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("TODO", [1]),
        ("# a\n\n- TBD: who\n- FIXME\n", [3, 4]),
        ("Lorem  Ipsum dolor", [1]),
        ("lorem\nipsum", [1]),
        ("TODO and TODO", [1]),
        ("```\n# TODO\n```", [2]),
        ("a <!-- TODO -->", [1]),
        ("_TODO_ __TODO__ **TODO**", [1]),
        ("_TODO later_\n_later: TODO_", [1, 2]),
        ("(TODO)", [1]),
        ("todo lists are nice", []),
        ("TODOS and MYTODO and TODO_LIST and MY_TODO and _MY__TODO_ and _TODO__LIST_", []),
        ("lorem and ipsum", []),
    ],
)
def test_placeholder_breaks_at_its_line(text: str, lines: list[int]) -> None:
    """Whole words; `TODO` in capitals only, for `todo` is a word; code and comments are part of the document."""
    judgement = judged(text)
    assert [one.at.line for one in judgement.observations if one.at] == lines
    assert [breach.final for breach in judgement.breaches] == [True] * bool(lines)


def test_long_emphasis_is_searched_in_linear_time() -> None:
    """Underscores without end are looked at once."""
    with no_hang():
        assert judged("a " + "_" * 200_000 + "x" + "TODO_" * 50_000 + "x").breaches == ()


def test_placeholders_can_be_others_or_none() -> None:
    """A list replaces the customary one."""
    assert complaints(judged("TODO, as agreed", forbid=["as agreed"])) == ["holds 'as agreed'"]
    assert complaints(judged("TODO", forbid=[])) == []


def test_many_placeholders_are_counted() -> None:
    """The first lines are shown; none is forgotten."""
    judgement = judged("TODO\n" * 50)
    assert len(judgement.observations) == 21
    assert complaints(judgement)[-1] == "holds 'TODO' on 30 more lines"


@pytest.mark.parametrize(
    ("headings", "lacking"),
    [
        (["Recovery steps"], []),
        (["recovery STEPS", "contacts"], []),
        ("Escalation", ["no heading 'Escalation'"]),
        (["Steps recovery"], ["no heading 'Steps recovery'"]),
        (["code"], ["no heading 'code'"]),
    ],
)
def test_headings_are_found_by_their_words(headings: Any, lacking: list[str]) -> None:
    """At any level, with any number, emoji or case; a comment in code is no heading."""
    text = "# Runbook\n\n## 2. Recovery steps ✅\n\n```\n# code\n```\n\nContacts\n--------\nAnn\n"
    assert complaints(judged(text, headings=headings)) == lacking


@pytest.mark.parametrize(("demanded", "enough"), [(4, True), (5, False)])
def test_words_are_counted_as_a_reader_counts(demanded: int, enough: bool) -> None:  # noqa: FBT001 - a table of cases
    """Neither front matter nor comments nor dashes are words."""
    text = "---\ntitle: a b c d\n---\n<!-- e f g -->\n# One two\n\n- three-\n---\n| 4 |\n"
    judgement = judged(text, min_words=demanded)
    assert (judgement.breaches == ()) is enough
    if not enough:
        assert complaints(judgement) == ["4 words, 5 demanded"]


def test_scripts_without_spaces_have_words_too() -> None:
    """A character is a word in Chinese, Japanese and Korean."""
    assert judged("从最新快照恢复数据库", min_words=10).breaches == ()


@pytest.mark.parametrize(
    ("phrase", "there"),
    [
        ("restore the", True),
        ("Restore  the", True),
        ("RTO", True),
        ("rto", True),
        ("rt", False),
        ("快照", True),
        ("SLO", False),
    ],
)
def test_phrases_are_found_as_whole_words(phrase: str, there: bool) -> None:  # noqa: FBT001 - a table of cases
    """In any case unless written in capitals, over line ends, and not in comments."""
    text = "Restore\nthe snapshot. The RTO is 1 h. 最新快照恢复 <!-- SLO -->"
    assert (judged(text, contains=phrase).breaches == ()) is there


def test_phrase_in_capitals_is_meant_so() -> None:
    """`RTO` is not `rto`."""
    assert judged("the rto", contains="RTO").breaches


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("[a](other.md)", []),
        ("[a](../README.md) [b](/README.md)", []),
        ("[a](./other.md#part) ![b](img/a.png)", []),
        ("[a](img) [a](img/) [a](.) [a](..)", []),
        ("[a](Other.md)", ["Other.md"]),
        ("[a](../../README.md)", ["../../README.md"]),
        ("[a](README.md)", ["README.md"]),
        ("See [r].\n\n[r]: nowhere.md", ["nowhere.md"]),
        ("[a](https://example.org/x.md) [b](#part)", []),
    ],
)
def test_links_lead_to_files_and_folders_of_the_workspace(text: str, dead: list[str]) -> None:
    """Seen from the document, or from the root with a slash; other hosts are not looked at."""
    judgement = judged(text, files=("README.md", "docs/other.md", "docs/img/a.png"), links=True)
    assert complaints(judgement) == [f"link to {target!r}, which is not there" for target in dead]


def test_dead_link_has_its_line() -> None:
    """So that an annotation stands beside it."""
    (observation,) = judged("# a\n\n[a](x.md)\n", links=True).observations
    assert str(observation.at) == "docs/runbook.md:3"


def dated(days: float, **over: Any) -> Judgement:
    """What is said about a document that was committed so many days ago, where 90 are allowed."""
    report = a_document(committed_at=NOW - timedelta(days=days), **over)
    return criterion(max_age="90d").judge(evidence_of(report))


@pytest.mark.parametrize(("days", "young"), [(0, True), (90, True), (90.001, False), (400, False)])
def test_age_is_counted_from_the_last_commit(days: float, young: bool) -> None:  # noqa: FBT001 - a table of cases
    """The bound is inclusive, and an old document stays old."""
    judgement = dated(days)
    assert [breach.final for breach in judgement.breaches] == [True] * (not young)
    assert judgement.doubts == ()


@pytest.mark.parametrize(
    ("matter", "young"),
    [
        ("date: 2026-11-20", True),
        ("date: 2026-01-01", False),
        ("date: 2020-01-01\nlast_reviewed: 2026-11-20", True),
        ("Last-Updated: '2026-11-20T10:00:00Z'", True),
        ("reviewed: 2026-11-23", True),
    ],
)
def test_front_matter_dates_a_document_before_its_commit_does(matter: str, young: bool) -> None:  # noqa: FBT001
    """The latest of its dates counts; somewhere tomorrow has begun."""
    judgement = dated(400 if young else 0, text=f"---\n{matter}\n---\n# a\n")
    assert (judgement.breaches == ()) is young
    assert judgement.doubts == ()


def committed(at: datetime | None, text: str = "# a", *, cut: bool = False) -> Judgement:
    """What is said about the age of a document with this commit."""
    report = a_document(text, committed_at=at, history_cut=cut)
    return criterion(max_age="90d").judge(evidence_of(report))


@pytest.mark.parametrize(
    ("judgement", "slug", "remedy"),
    [
        (committed(None), Slug.UNDATED_REPORT, "last_updated"),
        (committed(NOW, cut=True), Slug.UNDATED_REPORT, "fetch-depth: 0"),
        (committed(NOW + timedelta(minutes=11)), Slug.FUTURE_REPORT, "correct the date"),
        (committed(NOW, "---\ndate: 2026-11-25\n---\n# a"), Slug.FUTURE_REPORT, "correct the date"),
        (committed(NOW, "---\ndate: February 6, 2026\n---\n# a"), Slug.NOT_STATED, "2026-11-22"),
    ],
    ids=["no commit", "shallow clone", "commit ahead", "date ahead", "no date"],
)
def test_age_that_nobody_knows_is_a_doubt(judgement: Judgement, slug: Slug, remedy: str) -> None:
    """Never a pass, and the remedy is said."""
    assert judgement.breaches == ()
    (doubt,) = judgement.doubts
    assert (doubt.slug, remedy in doubt.hint) == (slug, True)
    assert str(doubt.at) == PATH


def test_old_boundary_of_a_shallow_clone_is_old_enough() -> None:
    """The last commit lies there or before it: in both cases the document is too old."""
    judgement = committed(NOW - timedelta(days=91), cut=True)
    assert len(judgement.breaches) == 1


def test_commit_a_few_minutes_ahead_is_a_clock_that_is() -> None:
    """Ten minutes are forgiven."""
    judgement = committed(NOW + timedelta(minutes=10))
    assert (judgement.breaches, judgement.doubts) == ((), ())


def test_every_pattern_must_match_a_document() -> None:
    """One runbook of two is one too few."""
    patterns = ("docs/runbook.md", "docs/incident*.md")
    judgement = criterion(files=list(patterns)).judge(evidence_of(a_document(), patterns=patterns))
    (doubt,) = judgement.doubts
    assert doubt.slug is Slug.NOTHING_MATCHED
    assert "docs/incident*.md" in doubt.message


def test_any_lets_one_pattern_suffice() -> None:
    """`SECURITY.md` stands in one of three places."""
    patterns = ("docs/runbook.md", "docs/incident*.md")
    judgement = criterion(files=list(patterns), any=True).judge(evidence_of(a_document(), patterns=patterns))
    assert judgement.doubts == ()


@pytest.mark.parametrize(("demanded", "enough"), [(2, True), (3, False)])
def test_documents_are_counted_over_all_patterns(demanded: int, enough: bool) -> None:  # noqa: FBT001 - a table
    """Too few are missing evidence."""
    reports = (a_document(path="docs/a.md"), a_document(path="docs/b.md"))
    judgement = criterion(min_files=demanded).judge(evidence_of(*reports, patterns=("docs/*.md",)))
    assert [doubt.slug for doubt in judgement.doubts] == ([] if enough else [Slug.TOO_FEW_FILES])


def test_no_document_at_all_is_a_doubt() -> None:
    """An empty list fulfils every demand on each of its members."""
    for fields in ({}, {"any": True}):
        assert criterion(**fields).judge(Evidence(NOW)).doubts


@pytest.mark.parametrize("text", ["%PDF-1.7 ...", "PK\x03\x04\0\0"])
def test_file_that_is_no_text_is_a_doubt(text: str) -> None:
    """No placeholder can be found in it, which proves nothing."""
    judgement = judged(text)
    assert judgement.breaches == ()
    assert judgement.doubts[0].slug is Slug.UNKNOWN_FORMAT
    assert "kind: files" in judgement.doubts[0].hint


def test_each_document_is_judged_alone() -> None:
    """All that is wrong with one stands in one sentence."""
    reports = (a_document("# A\n\nTODO\n", path="docs/a.md"), a_document("# Goal\n", path="docs/b.md"))
    judgement = criterion(headings="Goal").judge(evidence_of(*reports, patterns=("docs/*.md",)))
    assert [breach.message for breach in judgement.breaches] == ["docs/a.md: no heading 'Goal'; holds 'TODO'"]


@pytest.mark.parametrize(
    "fields",
    [
        {"files": None},
        {"headings": []},
        {"headings": ["---"]},
        {"contains": ["  "]},
        {"forbid": [""]},
        {"min_words": 0},
        {"max_age": "90"},
        {"min_files": 0},
        {"heading": "x"},
    ],
)
def test_demand_that_is_none_is_refused(fields: dict[str, Any]) -> None:
    """When the policy is loaded."""
    given = {name: value for name, value in ({"files": [PATH]} | fields).items() if value is not None}
    with pytest.raises(ValidationError):
        Documents.model_validate({"kind": "documents"} | given)


def test_it_asks_for_history_and_inventory_only_where_it_needs_them() -> None:
    """Both cost time to collect."""
    assert (criterion().needs_history, criterion().needs_inventory) == (False, False)
    assert criterion(max_age="1d").needs_history
    assert criterion(links=True).needs_inventory


def test_age_and_number_are_demands_of_its_own() -> None:
    """They may stand beside `from`, for they are not the source's."""
    fields = {"kind": "documents", "from": ["docs"], "max_age": "90d", "min_files": 2}
    assert Documents.model_validate(fields).in_place().model_fields_set == set()

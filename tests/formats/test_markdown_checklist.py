"""Checklists in Markdown."""

from pathlib import Path

import pytest

from gate.errors import EvidenceError
from gate.formats.base import Head
from gate.formats.markdown_checklist import FORMAT, MAX_FAULTS, read, recognises
from gate.model.checklist import ChecklistItem
from gate.model.evidence import Statement
from gate.model.problem import Slug
from tests.conftest import no_hang

FOLDER = Path(__file__).parent / "markdown-checklist"


def items_in(text: str) -> list[ChecklistItem]:
    """The items that are read."""
    return [record for record in read(text.encode()) if isinstance(record, ChecklistItem)]


def statement_in(text: str) -> Statement:
    """What the reader says of the file."""
    return next(record for record in read(text.encode()) if isinstance(record, Statement))


def tasks_in(text: str) -> list[tuple[str, bool | None]]:
    """Text and box of every task."""
    return [(item.text, item.ticked) for item in items_in(text) if item.cells is None]


def cells_in(text: str) -> list[list[str]]:
    """The cells of every row."""
    return [list(item.cells.values()) for item in items_in(text) if item.cells is not None]


def line_of(item: ChecklistItem) -> int | None:
    """The line of an item."""
    return item.at.line if item.at else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- [ ] one", ("one", False)),
        ("- [x] one", ("one", True)),
        ("* [X] one", ("one", True)),
        ("+ [x]   one", ("one", True)),
        ("1. [x] one", ("one", True)),
        ("2) [ ] one", ("one", False)),
        ("> - [ ] one", ("one", False)),
        ("- [✓] one", ("one", True)),
        ("- [-] one", ("one", False)),
        ("- [~] one", ("one", False)),
        ("- [] one", ("one", False)),
        ("- [ x] one", ("one", False)),
        ("- [âœ“] one", ("one", False)),
        ("- [ ]", ("", False)),
        ("- [x]", ("", True)),
    ],
)
def test_list_item_with_a_box_is_a_task(line: str, expected: tuple[str, bool]) -> None:
    """Only an x or a tick alone in the box is ticked."""
    assert tasks_in(line) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "[ ] no list",
        "- [1] a reference",
        "- [a](link.md)",
        "- [x](link.md)",
        "- text [ ] behind",
        "```\n- [ ] code\n```",
        "    - [ ] code",
        "<!--\n- [ ] comment\n-->",
        "- plain",
    ],
)
def test_what_only_looks_like_a_task_is_none(text: str) -> None:
    """References, links, code and comments."""
    assert tasks_in(text) == []


def test_nested_tasks_are_tasks_of_their_own() -> None:
    """At their own lines, with all of their own text and none of their children's."""
    items = items_in("- [x] outer\n  goes on\n  - [ ] inner\n\n    - [x] innermost\n")
    assert [(item.text, item.ticked, line_of(item)) for item in items] == [
        ("outer goes on", True, 1),
        ("inner", False, 3),
        ("innermost", True, 5),
    ]


def test_item_knows_the_headings_above_it() -> None:
    """Outermost first; a heading ends those of its level and below; both styles of headings count."""
    text = "Top\n===\n## A\n### B\n- [ ] one\n## C\n- [ ] two\n# Other\n- [ ] three\n"
    assert [item.section for item in items_in(text)] == [("Top", "A", "B"), ("Top", "C"), ("Other",)]


def test_same_heading_twice_is_two_sections() -> None:
    """Items below both are kept."""
    assert [item.section for item in items_in("# A\n- [ ] one\n# A\n- [ ] two")] == [("A",), ("A",)]


def test_row_has_its_cells_by_header() -> None:
    """The text is the first cell; the line is that of the row."""
    (item,) = items_in("# H\n\n| Control | Status |\n|---|:-:|\n| Logs | Done |\n")
    assert item.cells == {"Control": "Logs", "Status": "Done"}
    assert (item.text, item.ticked, item.section, line_of(item)) == ("Logs", None, ("H",), 5)


def test_cell_keeps_its_markup() -> None:
    """What code, links and notes mean is the criterion's affair."""
    assert cells_in("|a|b|\n|-|-|\n|`x` (pending)|**[l](p.md)**|") == [["`x` (pending)", "**[l](p.md)**"]]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| x |", ["x", ""]),
        ("| x | y | z |", ["x", "y"]),
        ("x | y", ["x", "y"]),
        (r"| x \| y | z |", ["x | y", "z"]),
        ("| `a|b` | Done |", ["`a|b`", "Done"]),
        ("| ``a|`b`` | Done |", ["``a|`b``", "Done"]),
        (r"| `a\|b` | Done |", ["`a|b`", "Done"]),
        ("| `a | Done |", ["`a", "Done"]),
        ("| `a|b | Done |", ["`a", "b"]),
    ],
)
def test_pipe_in_code_moves_no_cell(row: str, expected: list[str]) -> None:
    """GitHub splits there and drops the last cell, so that a status would stand in another column."""
    assert cells_in(f"|h1|h2|\n|-|-|\n{row}\n") == [expected]


def test_pipe_in_code_is_seen_in_a_quoted_table_too() -> None:
    """The marks of the quote are no part of the row."""
    assert cells_in("> |h1|h2|\n> |-|-|\n> |`a|b`|Done|\n") == [["`a|b`", "Done"]]


def test_columns_of_the_same_name_do_not_hide_each_other() -> None:
    """The first keeps the name; a nameless one gets its number."""
    (item,) = items_in("|Status|Status||\n|-|-|-|\n|Done|Open|x|")
    assert item.cells == {"Status": "Done", "Status (2)": "Open", "column 3": "x"}


def test_table_that_is_none_is_a_fault() -> None:
    """A header with too many cells makes a paragraph of the table, and its rows would be lost in silence."""
    (fault,) = statement_in("- [x] one\n\n|a|`b|c`|\n|---|---|\n|x|Open|\n").faults
    assert fault.slug is Slug.CONTRADICTION
    assert fault.at
    assert fault.at.line == 4


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- [x] one\n- [ ]two", 2),
        ("- [x] one\n-[ ] two", 2),
        ("- [x] one\n\n-[ ] two", 3),
        ("- [x] one\n• [ ] two", 2),
        ("- [x] one\n- \\[ ] two", 2),
        ("- [x] one\n- \\[ \\] two", 2),
        ("- [x] one\n- ☐ two", 2),
        ("- [x] one\n\n☐ two", 3),
        ("- [x] one\n  [ ] two", 2),
        ("- [x] one\n- []two", 2),
        ("- [x] one\n- **[ ]** two", 2),
        ("- [x] one\n- [ ](later) two", 2),
        ("- [x] one\n1.[ ] two", 2),
        ("- [x] one\na) [ ] two", 2),
        ("- [x] one\n  - [x] in\n  - [ ]two", 3),
        ("- [x] one\n> -[ ] two", 2),
        ("- [x] one\n## [ ] two", 2),
        ("---\ntitle: x\n---\n- [x] one\n- [\u00a0]two", 5),
    ],
)
def test_open_box_that_is_no_task_is_a_fault(text: str, line: int) -> None:
    """Its author meant an open item, which would be lost in silence beside those that are done."""
    (fault,) = statement_in(text).faults
    assert fault.slug is Slug.CONTRADICTION
    assert fault.at
    assert fault.at.line == line
    assert "- [ ] " in fault.hint


def test_faults_without_end_are_told_up_to_a_bound() -> None:
    """The first ones; one would be enough to make the checklist incomplete."""
    faults = statement_in("-[ ] a\n" * (MAX_FAULTS + 1)).faults
    assert [fault.at.line for fault in faults if fault.at] == list(range(1, MAX_FAULTS + 1))


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] two\n- [] three\n- [ ]\n> - [-] four\n  - [~] five",
        "- [x]two",
        "- text [ ] behind",
        "prose about `[ ]`\n`- [ ]` is open",
        "```\n-[ ] code\n```",
        "<!--\n-[ ] comment\n-->",
        "[](#anchor) text\n[]: x",
        "![ ](picture.png)",
        "| a | b |\n|---|---|\n| [ ] | ☐ |",
        "[…] goes on\n[a](b.md) [1]",
    ],
)
def test_what_is_a_task_or_no_open_box_is_no_fault(text: str) -> None:
    """Tasks, boxes in prose, code, comments and cells, anchors, pictures, references."""
    assert statement_in(f"- [x] one\n\n{text}\n").faults == ()


def test_rule_below_a_paragraph_is_no_broken_table() -> None:
    """As little as prose with a pipe in it."""
    assert statement_in("- [ ] one\n\na | b\nc | d\n\ntext\n---\n").faults == ()


def test_front_matter_is_no_heading_and_lines_keep_their_numbers() -> None:
    """CommonMark alone would take `title: x` for a heading above the line of dashes."""
    (item,) = items_in("---\ntitle: x\n---\n- [ ] one\n")
    assert (item.section, line_of(item)) == ((), 4)


def test_line_ends_do_not_matter() -> None:
    """A file from Windows has the same items at the same lines."""
    text = "# H\n\n|a|b|\n|-|-|\n|`x|y`|z|\n- [ ] t\n"
    assert items_in(text.replace("\n", "\r\n")) == items_in(text)


@pytest.mark.parametrize("text", ["", "# Title\n\nprose\n", "|a|b|\n|-|-|\n"])
def test_file_without_items_is_hollow(text: str) -> None:
    """No task and no row: nothing is claimed."""
    assert statement_in(text).hollow
    assert statement_in(text).proves == {ChecklistItem}


def test_nesting_that_the_parser_would_pass_over_is_refused() -> None:
    """Better no checklist than half of one."""
    deep = "".join("  " * depth + "- [x] a\n" for depth in range(60)) + "  " * 60 + "- [ ] lost\n"
    with pytest.raises(EvidenceError) as refusal:
        items_in(deep)
    assert refusal.value.problems[0].slug is Slug.OVER_LIMIT


def test_nesting_that_people_write_is_read() -> None:
    """Twenty levels are more than anybody needs."""
    assert len(items_in("".join("  " * depth + "- [x] a\n" for depth in range(20)))) == 20


def test_text_beyond_all_measure_is_refused() -> None:
    """Parsing it would take minutes."""
    with pytest.raises(EvidenceError):
        items_in("- [ ] a\n" * 600_000)


def test_bytes_that_are_no_utf_8_cost_no_item() -> None:
    """They become replacement characters."""
    items = [record for record in read(b"- [ ] caf\xe9\n- [x] two\n") if isinstance(record, ChecklistItem)]
    assert [(item.text, item.ticked) for item in items] == [("caf\ufffd", False), ("two", True)]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "> " * 50_000 + "a",
        "- " * 50_000 + "a",
        "|a" * 20_000 + "\n" + "|-" * 20_000 + "\n|a\n",
        "|a|\n|-|\n|" + "".join("`" * length + "|" for length in range(1, 400)) + "\n",
        "|a|\n|-|\n" + "|`a|\n" * 10_000,
        "`" * 100_000,
        "- [" * 50_000,
        "*" * 100_000 + "a",
        "a\n" + "_ " * 50_000 + "1. " + "* " * 50_000,
        "[" + " " * 100_000,
    ],
    ids=range(11),
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    """Each of these is some hundred kilobytes; a quadratic reader would take minutes."""
    with no_hang():
        try:
            items_in(text)
        except EvidenceError as refusal:
            assert refusal.problems[0].slug is Slug.OVER_LIMIT  # noqa: PT017 - one of two allowed answers


def test_it_is_tried_only_where_it_is_asked_for() -> None:
    """Any text may hold a checklist, and no binary does."""
    assert not FORMAT.signature
    assert recognises(Head(b"words"))
    assert not recognises(Head(b"\x89PNG\0"))


def test_readiness_checklist_is_read_as_a_person_reads_it() -> None:
    """Paths with notes, several paths, a link, mojibake, a pipe in code, nested tasks, the same heading twice."""
    items = items_in((FOLDER / "readiness.md").read_text(encoding="utf-8"))
    rows = [item for item in items if item.cells]
    assert [(row.cells or {})["Status"] for row in rows] == [
        "NEW",
        "BASE",
        "PARTIAL",
        "COMPLETE",
        "âœ… COMPLETE",
        "COMPLETE",
    ]
    assert (rows[5].cells or {})["Control"] == 'Filter `grep "a|b"`'
    assert [(item.text, item.ticked) for item in items if not item.cells] == [
        ("Rotate the key.", False),
        ("Add a limit (in memory)", True),
        ("and one that lasts", False),
        ("Write the plan", True),
        ("Dropped", False),
        ("quoted", False),
    ]

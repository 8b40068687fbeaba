"""Checklists in Markdown: task lists and tables."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

from gate.criteria.markdown import MAX_CHARACTERS, MAX_NESTING, blocks, body
from gate.errors import EvidenceError
from gate.formats.base import Format, Head
from gate.model.checklist import ChecklistItem
from gate.model.evidence import Record, Statement
from gate.model.location import Location
from gate.model.problem import Problem, Slug

if TYPE_CHECKING:
    from markdown_it.token import Token

TICKS = frozenset("✓✔☑✅")
"""Signs that people put into a box instead of an x."""
MAX_FAULTS = 100
"""How many faults are told; a single one makes the checklist incomplete."""

_BOX = re.compile(r"\[([^\[\]]{0,3})\](?:\s+|$)")
# What comes before a box at the start of a line: marks of lists, quotes, cells and emphasis, and a number.
_OPEN_BOX = re.compile(
    r"[-\u2013\u2014*+_~>|•‣◦▪●○·\s]*(?:[0-9A-Za-z]{1,3}[.)][*_~\s]*)?"
    r"(?:\\?\[(?:\s+\\?\]|\\?\](?![(\[:{]))|[☐⬜🔲□▢◻])"
)
_MARK = re.compile(r"`+|\\\||\|")


def recognises(head: Head) -> bool:
    """Any text may hold a checklist, which is why it is read as one only where that is asked for."""
    return b"\0" not in head.start


def read(content: bytes) -> Iterator[Statement | Record]:
    """Yield each task, nested ones too, and each row of each table, in document order; `at` is its first line."""
    text = content.decode("utf-8", "replace")
    if len(text) > MAX_CHARACTERS:
        raise EvidenceError.of(f"longer than {MAX_CHARACTERS} characters", slug=Slug.OVER_LIMIT)
    tokens = blocks(text)
    if any(token.level >= MAX_NESTING - 1 for token in tokens):
        raise EvidenceError.of(f"lists or quotes nest deeper than {MAX_NESTING} levels", slug=Slug.OVER_LIMIT)
    items = list(_items(tokens, body(text)))
    yield from items
    yield Statement(
        tool="",
        proves=frozenset({ChecklistItem}),
        faults=tuple(islice(chain(_broken_tables(tokens), _near_tasks(tokens)), MAX_FAULTS)),
        hollow="" if items else "it has no task and no table row",
    )


def _items(tokens: "Sequence[Token]", lines: Sequence[str]) -> Iterator[ChecklistItem]:
    """Walk the blocks, and keep the headings above and the header of the table around."""
    headings: dict[int, str] = {}
    header: list[str] = []
    cells: list[str] = []
    for index, token in enumerate(tokens):
        opener = tokens[index - 1]
        if token.type == "inline" and opener.type == "heading_open":
            level = int(opener.tag[1])
            headings = {above: text for above, text in headings.items() if above < level} | {level: token.content}
        elif token.type == "inline" and opener.type in ("th_open", "td_open"):
            cells.append(token.content)
        elif token.type == "inline" and tokens[index - 2].type == "list_item_open":
            yield from _task(token, tuple(headings.values()))
        elif token.type == "tr_close" and opener.type == "th_close":
            header, cells = _distinct(cells), []
        elif token.type == "tr_close":
            line = _first_line(tokens[index - 2])
            cells = _cells_with_code(lines[line - 1], len(header)) or cells
            yield ChecklistItem(
                cells[0], tuple(headings.values()), None, dict(zip(header, cells, strict=False)), Location("", line)
            )
            cells = []


def _first_line(token: "Token") -> int:
    return (token.map or [0])[0] + 1


def _task(token: "Token", section: tuple[str, ...]) -> Iterator[ChecklistItem]:
    """The list item as a task, if it starts with a box.

    Only an x or a tick is ticked; any other sign, and a box without its space, leaves it open. A box around a letter
    or a number is a reference.
    """
    found = _BOX.match(token.content)
    if not found:
        return
    inside = found[1].strip()
    ticked = found[1] in ("x", "X") or inside in TICKS
    if ticked or inside in ("x", "X") or not inside.isalnum():
        text = " ".join(token.content[found.end() :].split())
        yield ChecklistItem(text, section, ticked, None, Location("", _first_line(token)))


def _distinct(header: Sequence[str]) -> list[str]:
    """The header cells, each with a name of its own, so that no column hides another."""
    seen: dict[str, int] = defaultdict(int)
    names = []
    for number, name in enumerate(header, 1):
        seen[name] += 1
        plain = name or f"column {number}"
        names.append(plain if seen[name] == 1 or not name else f"{plain} ({seen[name]})")
    return names


def _cells_with_code(line: str, width: int) -> list[str]:
    """The cells of a row whose pipes in code spans are meant as text; nothing where that reading does not fit.

    GitHub splits at such pipes too, and drops the cells that are then too many: what stood behind moves into a wrong
    column. The reading that gives the row as many cells as the header has is the one its author had in mind.
    """
    row = line.lstrip(" \t>").rstrip()
    inner = row.removeprefix("|")
    if "`" not in inner:
        return []
    cells = _split(inner)
    if inner.endswith("|") and not cells[-1]:
        cells.pop()
    return cells if len(cells) == width else []


def _split(row: str) -> list[str]:
    r"""Split at the pipes outside of code spans; `\|` is a pipe inside a cell."""
    marks = list(_MARK.finditer(row))
    last_run = {mark[0]: mark.start() for mark in marks}
    cells, start, code = [], 0, ""
    for mark in marks:
        if mark[0].startswith("`"):
            if code == mark[0]:
                code = ""
            elif not code and last_run[mark[0]] > mark.start():
                code = mark[0]
        elif mark[0] == "|" and not code:
            cells.append(row[start : mark.start()])
            start = mark.end()
    return [cell.replace("\\|", "|").strip() for cell in [*cells, row[start:]]]


def _broken_tables(tokens: "Sequence[Token]") -> Iterator[Problem]:
    """Tables that are meant and are none, because header and delimiter row differ: their rows are lost."""
    for token in tokens:
        if token.type != "inline":
            continue
        for offset, line in enumerate(token.content.split("\n")[1:], 1):
            if "|" in line and "---" in line and not line.strip("|:- \t"):
                yield Problem(
                    Slug.CONTRADICTION,
                    "this is no table, because its header row and the line below have different numbers of cells",
                    Location("", _first_line(token) + offset),
                    r"give both the same number of cells; a pipe inside a header cell is written `\|`",
                )


def _near_tasks(tokens: "Sequence[Token]") -> Iterator[Problem]:
    """Lines that start with an open box and are no tasks: what they leave undone is lost.

    An empty pair of brackets before an address is an anchor; cells of tables are their columns' affair.
    """
    for index, token in enumerate(tokens):
        if token.type != "inline" or tokens[index - 1].type in ("th_open", "td_open"):
            continue
        is_task = tokens[index - 2].type == "list_item_open" and _BOX.match(token.content)
        for offset, line in enumerate(token.content.split("\n")):
            if _OPEN_BOX.match(line) and not (is_task and offset == 0):
                yield Problem(
                    Slug.CONTRADICTION,
                    "this starts with an open box and is no task",
                    Location("", _first_line(token) + offset),
                    "write a list item with spaces around the box: `- [ ] …`",
                )


FORMAT = Format(
    "markdown-checklist",
    "Markdown task lists and tables",
    frozenset({ChecklistItem}),
    recognises,
    read,
    tools="people",
    specification="CommonMark, with tables and task lists of GitHub Flavored Markdown",
    signature=False,
)

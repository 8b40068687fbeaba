"""Rows of checklists, as a Markdown file has them."""

from collections.abc import Mapping
from dataclasses import dataclass

from gate.model.location import Location


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One task or one table row.

    `section` are the headings above it, outermost first. A task (`- [x] …`) has its text in `text` and its box in
    `ticked`; a table row has `cells` by header, `text` is its first cell, and `ticked` is None.
    """

    text: str
    section: tuple[str, ...] = ()
    ticked: bool | None = None
    cells: Mapping[str, str] | None = None
    at: Location | None = None

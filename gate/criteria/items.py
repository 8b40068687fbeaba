"""How a single item of a checklist stands: by its box or its status, and by the proof that it names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from pydantic import model_validator

from gate.criteria.claims import claim_of, unproved
from gate.criteria.fields import Text, Texts
from gate.criteria.source import PolicyModel
from gate.criteria.tree import Tree
from gate.criteria.wording import meaning, plain, signs, words
from gate.model.checklist import ChecklistItem
from gate.model.words import shown

ITEM_WORDS = frozenset({"item", "control", "criterion", "criteria", "requirement", "check", "task"})
STATUS_WORDS = frozenset({"status", "state"})
EVIDENCE_WORDS = frozenset({"evidence", "path", "paths", "link", "links", "proof", "artifact", "artefact"})


class Standing(Enum):
    """How an item stands. `UNPROVED`: it is said to be done, and the proof is not there."""

    DONE = "done"
    OPEN = "open"
    NOT_APPLICABLE = "not applicable"
    UNKNOWN = "unknown"
    UNPROVED = "unproved"
    NO_ITEM = "no item"


CUSTOMARY: Mapping[Standing, tuple[str, ...]] = {
    Standing.DONE: (
        *("done", "complete", "completed", "closed", "finished", "implemented", "pass", "passed", "yes"),
        *("✅", "✔", "✓", "☑"),
    ),
    Standing.OPEN: (
        *("open", "todo", "to do", "pending", "new", "partial", "in progress", "planned", "no", "fail", "failed"),
        *("incomplete", "not started", "not done", "missing", "blocked", "draft", "wip", "tbd"),
        *("❌", "✗", "✘", "✖", "☐", "⬜", "⚠", "🔴", "🟠", "🟡", "⛔", "🚫", "🚧", "⏳"),
    ),
    Standing.NOT_APPLICABLE: ("not applicable", "n/a", "na"),
}
"""What statuses mean where the policy does not say."""
_PENDING = frozenset(map(meaning, CUSTOMARY[Standing.OPEN]))
"""Notes behind a path that make its row open, whatever the policy says about statuses."""
_FAVOURABLE = frozenset({Standing.DONE, Standing.NOT_APPLICABLE})
_BOXES = {"[x]": Standing.DONE, "[ ]": Standing.OPEN, "[]": Standing.OPEN}
_OPEN_BOX = re.compile(r"\[\s*\](?!\()")


class Columns(PolicyModel):
    """The headers of the table columns that matter; otherwise they are known by their words."""

    item: Text | None = None
    status: Text | None = None
    evidence: Text | None = None


class Statuses(PolicyModel):
    """What the words and signs of a status column mean. A list replaces the customary one."""

    done: Texts | None = None
    open: Texts | None = None
    not_applicable: Texts | None = None

    @model_validator(mode="after")
    def _mean_one_thing(self) -> "Statuses":
        seen: dict[str, Standing] = {}
        for standing, listed in self._listed().items():
            for word in map(meaning, listed):
                if not word:
                    raise ValueError("a status has a word or a sign")
                if seen.setdefault(word, standing) is not standing:
                    raise ValueError(f"{word!r} cannot mean both {seen[word].value} and {standing.value}")
        return self

    def _listed(self) -> Mapping[Standing, tuple[str, ...]]:
        lists = {
            Standing.DONE: self.done,
            Standing.OPEN: self.open,
            Standing.NOT_APPLICABLE: self.not_applicable,
        }
        return {standing: listed for standing, listed in lists.items() if listed}

    def meanings(self) -> Mapping[str, Standing]:
        """Every known status; what the policy lists wins over what is customary."""
        listed = self._listed()
        meant: dict[str, Standing] = {}
        for statuses in ({kind: CUSTOMARY[kind] for kind in CUSTOMARY if kind not in listed}, listed):
            meant |= {meaning(word): kind for kind, words_ in statuses.items() for word in words_}
        return meant


class Stand(NamedTuple):
    """How an item stands, why unless it is done, and what helps where that is unknown."""

    standing: Standing
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """Which columns of a table say what; several where each of them could, none where none does."""

    item: str
    status: tuple[str, ...]
    evidence: tuple[str, ...]


class ItemReader:
    """Tells how items stand. With a tree, whoever says done must name evidence that is in it."""

    def __init__(self, columns: Columns, statuses: Statuses, tree: Tree | None) -> None:
        """Read items as the policy says."""
        self._columns = columns
        self._statuses = statuses
        self._tree = tree

    @cached_property
    def _meanings(self) -> Mapping[str, Standing]:
        return self._statuses.meanings()

    def text(self, item: ChecklistItem) -> str:
        """What the item is called."""
        return plain(item.text if item.cells is None else item.cells[self._header(item.cells).item])

    def standing(self, item: ChecklistItem, document: str) -> Stand:
        """How the item stands; `document` is the path of the checklist."""
        if item.cells is None:
            said = Stand(Standing.DONE) if item.ticked else Stand(Standing.OPEN, "not ticked")
            return self._tried(said, item.text, document)
        header = self._header(item.cells)
        said = self._said(item.cells, header)
        proofs = [item.cells[name] for name in header.evidence] or [""]
        return _agreed("evidence", header.evidence, [self._tried(said, proof, document) for proof in proofs])

    def _said(self, cells: Mapping[str, str], header: Header) -> Stand:
        """What the status column says; without one, that there is evidence is the status."""
        if not any(cell.strip() for cell in cells.values()):
            return Stand(Standing.NO_ITEM, "empty row")
        if header.status:
            return _agreed("status", header.status, [self._status(cells[name]) for name in header.status])
        if self._tree is not None and header.evidence:
            return Stand(Standing.DONE)
        return Stand(Standing.NO_ITEM, "no status column")

    def _status(self, cell: str) -> Stand:
        """What one status means: its words, unless a sign or a box beside them means open."""
        standing = _BOXES.get(cell.strip().lower()) or self._meanings.get(meaning(cell))
        if standing is None:
            return Stand(
                Standing.UNKNOWN, f"status {shown(plain(cell))} is in no list", "say in `statuses` what it means"
            )
        if _OPEN_BOX.search(cell) or any(map(self._means_open, signs(cell))):
            standing = Standing.OPEN
        return Stand(standing, "" if standing is Standing.DONE else plain(cell))

    def _means_open(self, sign: str) -> bool:
        """Whether the sign alone means open: in the policy, and where that does not say otherwise, by custom."""
        return self._meanings.get(sign, Standing.OPEN if sign in _PENDING else None) is Standing.OPEN

    def _tried(self, said: Stand, proof: str, document: str) -> Stand:
        """What is said, and where evidence is asked for, what remains of it."""
        if self._tree is None or said.standing not in (Standing.DONE, Standing.OPEN):
            return said
        return self._proved(said, proof, document, self._tree)

    def _proved(self, said: Stand, proof: str, document: str, tree: Tree) -> Stand:
        """What remains of the claim after a look at its evidence."""
        claim = claim_of(proof, tree)
        if any(
            meaning(aside) in _PENDING or self._meanings.get(meaning(aside)) is Standing.OPEN for aside in claim.asides
        ):
            return Stand(Standing.OPEN, "its evidence is pending")
        if said.standing is Standing.OPEN:
            return said
        lacking = [
            f"{shown(path)} is {'empty' if tree.has(path) else 'not there'}" for path in unproved(claim, document, tree)
        ]
        if lacking:
            return Stand(Standing.UNPROVED, ", ".join(lacking))
        if claim.paths:
            return said
        if claim.elsewhere:
            reason = "its evidence lies outside of the workspace, where nobody looks"
            return Stand(Standing.UNKNOWN, reason, "name a file of the workspace")
        return Stand(Standing.UNPROVED, "it names no evidence")

    def _header(self, cells: Mapping[str, str]) -> Header:
        """The columns of the table that the row is from."""
        headers = tuple(cells)
        status = _columns(headers, self._columns.status, STATUS_WORDS)
        evidence = _columns(headers, self._columns.evidence, EVIDENCE_WORDS)
        others = [header for header in headers if header not in (*status[:1], *evidence[:1])] or list(headers)
        item = _columns(others, self._columns.item, ITEM_WORDS) or others
        return Header(item[0], status, evidence)


def _columns(headers: Iterable[str], named: str | None, known: frozenset[str]) -> tuple[str, ...]:
    """The header that the policy names; without one, all that have a known word."""
    if named:
        return tuple(header for header in headers if meaning(header) == meaning(named))[:1]
    return tuple(header for header in headers if not known.isdisjoint(words(header)))


def _agreed(column: str, headers: tuple[str, ...], readings: list[Stand]) -> Stand:
    """What the first of the columns says, unless it is in favour of the item and another one says something else."""
    first, *others = readings
    if first.standing in _FAVOURABLE and any(other.standing is not first.standing for other in others):
        listed = ", ".join(map(shown, headers))
        return Stand(
            Standing.UNKNOWN,
            f"columns {listed} differ, and each of them could be its {column}",
            f"name the column that counts: `columns: {{{column}: {plain(headers[0])}}}`",
        )
    return first

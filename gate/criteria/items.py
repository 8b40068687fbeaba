"""How a single item of a checklist stands: by its box or its status, and by the proof that it names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from pydantic import model_validator

from gate.criteria.claims import claim_of, unproved
from gate.criteria.fields import Text, Texts
from gate.criteria.source import PolicyModel
from gate.criteria.tree import Tree
from gate.criteria.wording import meaning, plain, words
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
        *("❌", "✗", "✘", "☐", "⬜", "⚠"),
    ),
    Standing.NOT_APPLICABLE: ("not applicable", "n/a", "na"),
}
"""What statuses mean where the policy does not say."""
_PENDING = frozenset(map(meaning, CUSTOMARY[Standing.OPEN]))
"""Notes behind a path that make its row open, whatever the policy says about statuses."""
_BOXES = {"[x]": Standing.DONE, "[ ]": Standing.OPEN, "[]": Standing.OPEN}


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


@dataclass(frozen=True, slots=True)
class Header:
    """Which columns of a table say what; None where no column does."""

    item: str
    status: str | None
    evidence: str | None


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

    def standing(self, item: ChecklistItem, document: str) -> tuple[Standing, str]:
        """How the item stands, and why unless it is done; `document` is the path of the checklist."""
        if item.cells is None:
            proof: str | None = item.text
            said = (Standing.DONE, "") if item.ticked else (Standing.OPEN, "not ticked")
        else:
            header = self._header(item.cells)
            proof = item.cells[header.evidence] if header.evidence else None
            said = self._said(item.cells, header)
        if self._tree is None or said[0] not in (Standing.DONE, Standing.OPEN):
            return said
        return self._proved(said, proof or "", document, self._tree)

    def _said(self, cells: Mapping[str, str], header: Header) -> tuple[Standing, str]:
        """What the status column says; without one, that there is evidence is the status."""
        if not any(cell.strip() for cell in cells.values()):
            return Standing.NO_ITEM, "empty row"
        if header.status is None:
            if self._tree is not None and header.evidence:
                return Standing.DONE, ""
            return Standing.NO_ITEM, "no status column"
        cell = cells[header.status]
        standing = _BOXES.get(cell.strip().lower()) or self._meanings.get(meaning(cell))
        if standing is None:
            return Standing.UNKNOWN, f"status {shown(plain(cell))} is in no list"
        return standing, "" if standing is Standing.DONE else plain(cell)

    def _proved(self, said: tuple[Standing, str], proof: str, document: str, tree: Tree) -> tuple[Standing, str]:
        """What remains of the claim after a look at its evidence."""
        claim = claim_of(proof, tree)
        if any(
            meaning(aside) in _PENDING or self._meanings.get(meaning(aside)) is Standing.OPEN for aside in claim.asides
        ):
            return Standing.OPEN, "its evidence is pending"
        if said[0] is Standing.OPEN:
            return said
        lacking = [
            f"{shown(path)} is {'empty' if tree.has(path) else 'not there'}" for path in unproved(claim, document, tree)
        ]
        if lacking:
            return Standing.UNPROVED, ", ".join(lacking)
        if claim.paths:
            return said
        if claim.elsewhere:
            return Standing.UNKNOWN, "its evidence lies outside of the workspace, where nobody looks"
        return Standing.UNPROVED, "it names no evidence"

    def _header(self, cells: Mapping[str, str]) -> Header:
        """The columns of the table that the row is from."""
        headers = tuple(cells)
        status = _column(headers, self._columns.status, STATUS_WORDS)
        evidence = _column(headers, self._columns.evidence, EVIDENCE_WORDS)
        others = [header for header in headers if header not in (status, evidence)] or list(headers)
        item = _column(others, self._columns.item, ITEM_WORDS) or others[0]
        return Header(item, status, evidence)


def _column(headers: Iterable[str], named: str | None, known: frozenset[str]) -> str | None:
    """The header that the policy names; without one, the first that has a known word."""
    for header in headers:
        if meaning(header) == meaning(named) if named else not known.isdisjoint(words(header)):
            return header
    return None

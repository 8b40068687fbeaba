"""`checklist`: the boxes are ticked, and the claims hold."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from gate.criteria.base import SourceCriterion
from gate.criteria.fields import CountOrPercent, Texts
from gate.criteria.items import Columns, ItemReader, Standing, Statuses
from gate.criteria.tree import Tree
from gate.criteria.wording import is_heading
from gate.model.checklist import ChecklistItem
from gate.model.evidence import Evidence, Record, Report
from gate.model.glob import matches_name
from gate.model.location import Location
from gate.model.problem import Problem, Slug
from gate.model.ratio import percent
from gate.model.verdict import Breach, Judgement, Observation, Tally
from gate.model.words import number_of, shown

SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of the checklist, how it stands, and why."""

    text: str
    at: Location
    standing: Standing
    reason: str
    remedy: str


class Checklist(SourceCriterion):
    """The items of task lists and status tables are done, and where it is asked for, their evidence exists.

    Tables without a status column are no checklists; with `evidence: true` an evidence column suffices.
    """

    wants: ClassVar[type[Record] | None] = ChecklistItem
    searches: ClassVar[bool] = False

    kind: Literal["checklist"]
    section: Texts | None = Field(None, description="Headings, by their words or as globs: only the items below them.")
    items: Texts | None = Field(None, description="Globs over the text of items: only these.")
    done: Literal["all"] | CountOrPercent = Field("all", description="How many of the applicable items are done.")
    columns: Columns = Field(Columns(), description="The headers of the columns that matter.")
    statuses: Statuses = Field(
        Statuses(), description="What statuses mean; a list replaces the customary one (done, complete, yes, pass, …)."
    )
    evidence: bool = Field(default=False, description="Every path that a done item names exists and is not empty.")

    @model_validator(mode="after")
    def _demands_something(self) -> "Checklist":
        if self.done == 0:
            raise ValueError("`done: 0` demands nothing")
        return self

    @property
    def needs_inventory(self) -> bool:
        """Evidence is looked up in it."""
        return self.evidence

    def judge(self, evidence: Evidence) -> Judgement:
        """Choose the items, see how each stands, and compare."""
        read = [
            (report, item) for report in evidence.reports for item in report.records if isinstance(item, ChecklistItem)
        ]
        reader = ItemReader(self.columns, self.statuses, Tree(evidence.inventory) if self.evidence else None)
        chosen = [(report, item) for report, item in read if self._chooses(item, reader)]
        judged = [_judged(report, item, reader) for report, item in chosen]
        items = [item for item in judged if item.standing not in (Standing.NOT_APPLICABLE, Standing.NO_ITEM)]
        left_out = Counter(item.reason for item in judged if item.standing is Standing.NO_ITEM)
        left_out["not applicable"] = sum(item.standing is Standing.NOT_APPLICABLE for item in judged)
        left_out["filtered"] = len(read) - len(chosen)
        breaches, unknown = tuple(self._breaches(items)), tuple(_unknown(items))
        return Judgement(
            observed=f"{_count(items, Standing.DONE)} of {number_of(len(items), 'items')} done",
            demanded=self._demanded(),
            margin="; ".join(breach.message for breach in breaches),
            breaches=breaches,
            doubts=(*self._unmatched(read, items, reader), *(unknown if self._unknown_decides(items) else ())),
            remarks=() if self._unknown_decides(items) else unknown,
            observations=tuple(
                Observation(f"{item.text}: {item.reason}", item.at)
                for item in items
                if item.standing is not Standing.DONE
            ),
            tally=Tally("items", len(read), len(items), {why: count for why, count in left_out.items() if count}),
        )

    def _chooses(self, item: ChecklistItem, reader: ItemReader) -> bool:
        """Whether the item lies in a wanted section and has a wanted text."""
        in_section = self.section is None or any(_is_below(item, heading) for heading in self.section)
        return in_section and (self.items is None or any(_is_called(item, text, reader) for text in self.items))

    def _breaches(self, items: list[_Item]) -> Iterator[Breach]:
        """An open item of `all` and a claim without proof stay what they are; a count could be met elsewhere."""
        lacking = _count(items, Standing.UNPROVED)
        if lacking:
            yield Breach(f"{number_of(lacking, 'items')} said to be done without evidence")
        still_open = _count(items, Standing.OPEN)
        if self.done == "all":
            if still_open:
                yield Breach(f"{number_of(still_open, 'items')} open")
        elif not self._suffices(_count(items, Standing.DONE) + _count(items, Standing.UNKNOWN), len(items)):
            yield Breach(
                f"{_count(items, Standing.DONE)} of {number_of(len(items), 'items')} done, {self._demanded()}",
                final=False,
            )

    def _suffices(self, done: int, total: int) -> bool:
        if self.done == "all":
            return done >= total
        return done >= (self.done * total if isinstance(self.done, Fraction) else self.done)

    def _demanded(self) -> str:
        if self.done == "all":
            return "all done" + (", with evidence" if self.evidence else "")
        least = percent(self.done) if isinstance(self.done, Fraction) else self.done
        return f"at least {least} done" + (", with evidence" if self.evidence else "")

    def _unknown_decides(self, items: list[_Item]) -> bool:
        """Whether it depends on the items of unknown standing if enough are done."""
        done, unknown = _count(items, Standing.DONE), _count(items, Standing.UNKNOWN)
        return self._suffices(done + unknown, len(items)) and not self._suffices(done, len(items))

    def _unmatched(
        self, read: list[tuple[Report, ChecklistItem]], items: list[_Item], reader: ItemReader
    ) -> Iterator[Problem]:
        """Nothing to judge; or sections and globs that no item meets: what they were written for is not judged."""
        if not items:
            hint = "an item is a task (`- [ ] …`) or a row of a table with a status; correct section, items, columns"
            yield Problem(Slug.NOTHING_MATCHED, "no applicable item is there", hint=hint)
        for heading in self.section or ():
            if not any(_is_below(item, heading) for _, item in read):
                yield Problem(Slug.NOTHING_MATCHED, f"no item stands below a heading {heading!r}")
        for text in self.items or ():
            if not any(_is_called(item, text, reader) for _, item in read):
                yield Problem(Slug.NOTHING_MATCHED, f"no item is called {text!r}")


def _unknown(items: list[_Item]) -> Iterator[Problem]:
    """The items of unknown standing, those with the same reason together."""
    by_reason: dict[str, list[_Item]] = defaultdict(list)
    for item in items:
        if item.standing is Standing.UNKNOWN:
            by_reason[item.reason].append(item)
    for reason, same in by_reason.items():
        names = ", ".join(shown(item.text) for item in same[:SHOWN])
        more = f" and {len(same) - SHOWN} more" if len(same) > SHOWN else ""
        yield Problem(Slug.NOT_STATED, f"{names}{more}: {reason}", same[0].at, same[0].remedy)


def _judged(report: Report, item: ChecklistItem, reader: ItemReader) -> _Item:
    return _Item(reader.text(item), item.at or Location(report.path, placed=True), *reader.standing(item, report.path))


def _is_below(item: ChecklistItem, heading: str) -> bool:
    return any(is_heading(above, heading) for above in item.section)


def _is_called(item: ChecklistItem, text: str, reader: ItemReader) -> bool:
    return matches_name(reader.text(item).casefold(), text.casefold())


def _count(items: list[_Item], standing: Standing) -> int:
    return sum(item.standing is standing for item in items)

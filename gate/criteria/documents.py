"""`documents`: the document is there, and it is real."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from gate.criteria.base import SourceCriterion
from gate.criteria.fields import Duration, many
from gate.criteria.markdown import MAX_CHARACTERS, front_matter, headings, legible, links, visible
from gate.criteria.matched import is_binary, line_of, lines_at, texts_of, unmet
from gate.criteria.tree import Tree, seen_from
from gate.criteria.wording import contains_words, words
from gate.model.document import Document
from gate.model.evidence import Evidence, Inventory, Record, Report
from gate.model.moment import moment
from gate.model.problem import Problem, Slug
from gate.model.verdict import Breach, Judgement, Observation, Tally
from gate.model.words import number_of, shown

PLACEHOLDERS = ("TODO", "TBD", "FIXME", "lorem ipsum")
DATES = (
    "date",
    "lastmod",
    "last_modified",
    "last_reviewed",
    "last_updated",
    "modified",
    "review_date",
    "reviewed",
    "updated",
)
"""Keys of front matter that say when the document was written or looked through; the latest counts."""
AHEAD = timedelta(minutes=10)
ZONES = timedelta(days=1)
"""How far a date without a time may seem ahead: somewhere the day has begun already."""
SHOWN_LINES = 20

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")
"""A word; in Chinese, Japanese and Korean a character."""


def _worded(text: str) -> str:
    """A heading is found by its words, so it needs one."""
    if not words(text):
        raise ValueError(f"{text!r} has no word")
    return text


def _visible(text: str) -> str:
    if not text.strip():
        raise ValueError("white space is in every document")
    return text


Heading = Annotated[str, AfterValidator(_worded)]
Phrase = Annotated[str, AfterValidator(_visible)]
_TEXTS = WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]})


class Documents(SourceCriterion):
    """Each document is there, is written, and says what it must. Without further demands: it has no placeholders.

    A document is written when its reader sees at least one word.
    """

    wants: ClassVar[type[Record] | None] = Document
    searches: ClassVar[bool] = False
    own_keys: ClassVar[frozenset[str]] = frozenset({"max_age", "min_files"})

    kind: Literal["documents"]
    any_: bool = Field(
        default=False, alias="any", description="One matching pattern suffices; otherwise all must match."
    )
    min_files: Annotated[int, Field(ge=1)] | None = Field(None, description="How many documents, over all patterns.")
    headings: Annotated[tuple[Heading, ...], BeforeValidator(many), Field(min_length=1), _TEXTS] | None = Field(
        None, description="Headings that each document has, by their words, at any level."
    )
    min_words: Annotated[int, Field(ge=1)] | None = Field(None, description="How many words each document has.")
    contains: Annotated[tuple[Phrase, ...], BeforeValidator(many), Field(min_length=1), _TEXTS] | None = Field(
        None, description="Phrases that each document has."
    )
    forbid: Annotated[
        tuple[Phrase, ...],
        BeforeValidator(many),
        _TEXTS,
    ] = Field(PLACEHOLDERS, description="Phrases that no document has; placeholders, where nothing is said.")
    max_age: Duration | None = Field(
        None, description="How old a document may be, by its front matter, else by its last commit."
    )
    links: bool = Field(default=False, description="Links to files lead somewhere.")

    @property
    def needs_inventory(self) -> bool:
        """Links are looked up in it."""
        return self.links

    @property
    def needs_history(self) -> bool:
        """The last commit dates a document that does not date itself."""
        return self.max_age is not None

    def judge(self, evidence: Evidence) -> Judgement:
        """Judge each document alone; all must hold."""
        documents = list(texts_of(evidence))
        readable = [(report, document) for report, document in documents if not _why_unreadable(document.text)]
        tree = Tree(evidence.inventory if self.links else Inventory())
        judged = [(report, list(self._objections(report, text, tree, evidence.now))) for report, text in readable]
        breaches = tuple(Breach(f"{report.path}: {_summary(found)}") for report, found in judged if found)
        return Judgement(
            observed=number_of(len(documents), "documents"),
            demanded="; ".join(self._demands()),
            margin="; ".join(breach.message for breach in breaches),
            breaches=breaches,
            doubts=(
                *unmet(evidence, self.min_files, any_suffices=self.any_),
                *_unreadable(documents),
                *self._undated(readable, evidence.now),
            ),
            observations=tuple(observation for _, found in judged for observation in found),
            tally=Tally("documents", len(documents), len(documents)),
        )

    def _objections(self, report: Report, document: Document, tree: Tree, now: datetime) -> Iterator[Observation]:
        """All that one document lacks, and what it should not hold."""
        yield from self._lacking(report, document.text)
        for phrase in self.forbid:
            yield from _occurrences(phrase, report, document.text)
        changed = self._changed(document, now)
        if self.max_age is not None and isinstance(changed, datetime) and now - changed > self.max_age:
            yield Observation(f"last changed on {changed.date()}, {_days(self.max_age)} allowed", line_of(report))
        for link in links(document.text) if self.links else ():
            path = seen_from(report.path, link.target)
            if path != "." and not tree.has(path):
                yield Observation(f"link to {shown(link.target)}, which is not there", line_of(report, link.line))

    def _lacking(self, report: Report, text: str) -> Iterator[Observation]:
        """What the document should say and does not."""
        if not _WORD.search(legible(text)):
            yield Observation("no word that a reader sees", line_of(report))
        present = [heading.text for heading in headings(text)] if self.headings else []
        for wanted in self.headings or ():
            if not any(contains_words(heading, wanted) for heading in present):
                yield Observation(f"no heading {wanted!r}", line_of(report))
        seen = visible(text)
        if self.min_words is not None and (count := len(_WORD.findall(seen))) < self.min_words:
            yield Observation(f"{number_of(count, 'words')}, {self.min_words} demanded", line_of(report))
        for phrase in self.contains or ():
            if not _phrase(phrase).search(seen):
                yield Observation(f"nowhere {phrase!r}", line_of(report))

    def _changed(self, document: Document, now: datetime) -> datetime | Problem:
        """When the document was last changed, or why that is not known."""
        matter = front_matter(document.text)
        written = [matter[key] for key in DATES if matter.get(key)]
        stated = max(filter(None, map(moment, written)), default=None)
        if written and stated is None:
            return Problem(Slug.NOT_STATED, f"its date {shown(written[0])} cannot be read", hint=f"write {now.date()}")
        changed = stated or document.committed_at
        if changed is None:
            hint = "add `last_updated: 2026-11-22` to its front matter, or commit it"
            return Problem(Slug.UNDATED_REPORT, "neither front matter nor a commit dates it", hint=hint)
        if changed > now + (ZONES if stated else AHEAD):
            return Problem(Slug.FUTURE_REPORT, f"its date {changed.date()} lies ahead", hint="correct the date")
        if stated is None and document.history_cut and self.max_age is not None and now - changed <= self.max_age:
            hint = "check out with `fetch-depth: 0`"
            return Problem(Slug.UNDATED_REPORT, "its last commit lies beyond the end of a shallow clone", hint=hint)
        return changed

    def _undated(self, documents: list[tuple[Report, Document]], now: datetime) -> Iterator[Problem]:
        """The documents of which nobody knows how old they are, where their age is asked for."""
        for report, document in documents if self.max_age is not None else ():
            changed = self._changed(document, now)
            if isinstance(changed, Problem):
                yield replace(changed, at=line_of(report))

    def _demands(self) -> Iterator[str]:
        yield "written"
        if self.headings:
            yield f"headings {', '.join(self.headings)}"
        if self.min_words is not None:
            yield f"at least {number_of(self.min_words, 'words')}"
        if self.contains:
            yield f"says {', '.join(self.contains)}"
        if self.forbid:
            yield "no placeholders" if self.forbid == PLACEHOLDERS else f"no {', '.join(self.forbid)}"
        if self.max_age is not None:
            yield f"not older than {_days(self.max_age)}"
        if self.links:
            yield "links lead somewhere"


def _why_unreadable(text: str) -> str:
    if is_binary(text):
        return "it is no text, so that nothing it says can be checked"
    return f"it is longer than {MAX_CHARACTERS} characters" if len(text) > MAX_CHARACTERS else ""


def _unreadable(documents: list[tuple[Report, Document]]) -> Iterator[Problem]:
    for report, document in documents:
        if reason := _why_unreadable(document.text):
            hint = "keep it as text, or ask with `kind: files` only whether it is there"
            yield Problem(Slug.UNKNOWN_FORMAT, reason, line_of(report), hint)


@lru_cache(maxsize=128)
def _phrase(phrase: str) -> re.Pattern[str]:
    """The phrase as whole words, whatever white space is between them; case counts where it is all capitals.

    Some scripts put no space between words, so that only ASCII phrases must stand apart. Underscores around a phrase
    are emphasis, those between it and a word make a longer name.
    """
    spaced = r"\s+".join(map(re.escape, phrase.split()))
    apart = rf"(?<!\w)_*{spaced}(?!_*[^\W_])" if phrase.isascii() else spaced
    return re.compile(apart, 0 if phrase.isupper() else re.IGNORECASE)


def _occurrences(phrase: str, report: Report, text: str) -> Iterator[Observation]:
    """Where the document holds the phrase; of many lines the first."""
    lines = lines_at(text, (found.start() for found in _phrase(phrase).finditer(text)))
    for number in lines[:SHOWN_LINES]:
        yield Observation(f"holds {phrase!r}", line_of(report, number))
    if len(lines) > SHOWN_LINES:
        yield Observation(f"holds {phrase!r} on {len(lines) - SHOWN_LINES} more lines", line_of(report))


def _summary(observations: list[Observation]) -> str:
    counts = Counter(observation.message for observation in observations)
    return "; ".join(message if count == 1 else f"{message} ({count} times)" for message, count in counts.items())


def _days(age: timedelta) -> str:
    return f"{age.days} days" if age >= timedelta(days=2) else str(age)

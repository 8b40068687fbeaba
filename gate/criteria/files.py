"""`files`: text and configuration are there or not there, and say what they must."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from gate.criteria.base import SourceCriterion
from gate.criteria.matched import in_short, is_binary, line_of, lines_at, texts_of, unmet
from gate.criteria.patterns import Expressions, compiled
from gate.model.document import Document
from gate.model.evidence import Evidence, Record, Report
from gate.model.problem import Problem, Slug
from gate.model.verdict import Breach, Judgement, Observation, Tally
from gate.model.words import number_of

SHOWN_LINES = 20
SHOWN_PATTERNS = 2
UNSEEN = ".git"
"""What no search enters, at any depth; that nothing is found there proves nothing."""


class Files(SourceCriterion):
    """Every pattern matches a file, and each file says what it must; or, with `absent`, none matches."""

    wants: ClassVar[type[Record] | None] = Document
    searches: ClassVar[bool] = False
    own_keys: ClassVar[frozenset[str]] = frozenset({"min_files"})

    kind: Literal["files"]
    any_: bool = Field(
        default=False, alias="any", description="One matching pattern suffices; otherwise all must match."
    )
    min_files: Annotated[int, Field(ge=1)] | None = Field(None, description="How many files, over all patterns.")
    absent: bool = Field(default=False, description="No such file is there.")
    contains: Expressions | None = Field(None, description="Regular expressions (RE2) that match in each file.")
    forbid: Expressions | None = Field(None, description="Regular expressions (RE2) that match in no file.")
    max_bytes: Annotated[int, Field(ge=0)] | None = Field(None, description="How large each file may be.")

    @model_validator(mode="after")
    def _can_hold(self) -> "Files":
        beside = self.model_fields_set & {"any_", "min_files", "contains", "forbid", "max_bytes"}
        if self.absent and beside:
            raise ValueError(f"`absent: true` says that no file is there: leave `{min(beside).rstrip('_')}` out")
        unseen = next((pattern for pattern in self.files or () if UNSEEN in pattern.split("/")), None)
        if self.absent and unseen:
            raise ValueError(f"{unseen!r} would always be absent: the gate never looks into `{UNSEEN}`")
        return self

    @property
    def allows_absence(self) -> bool:
        """That no file is there is what `absent` asks for."""
        return self.absent

    def judge(self, evidence: Evidence) -> Judgement:
        """Judge each file alone; all must hold."""
        files = list(texts_of(evidence))
        judged = [(report, list(self._objections(report, document.text))) for report, document in files]
        breaches = tuple(
            Breach(f"{report.path}: {in_short([seen.message for seen in found])}") for report, found in judged if found
        )
        return Judgement(
            observed=number_of(len(files), "files"),
            demanded="; ".join(self._demands()),
            margin="; ".join(breach.message for breach in breaches),
            breaches=breaches,
            doubts=tuple(self._doubts(evidence, files)),
            observations=tuple(observation for _, found in judged for observation in found),
            tally=Tally("files", len(files), len(files)),
        )

    def _objections(self, report: Report, text: str) -> Iterator[Observation]:
        """What is wrong with one file. What a pattern matched is never repeated: it may be a secret."""
        if self.absent:
            yield Observation("it is there", line_of(report))
        if self.max_bytes is not None and report.size > self.max_bytes:
            yield Observation(f"{report.size} bytes, {self.max_bytes} allowed", line_of(report))
        for pattern in self.contains or ():
            if not compiled(pattern).search(text):
                yield Observation(f"nothing matches `{pattern}`", line_of(report))
        for pattern in self.forbid or ():
            lines = lines_at(text, (found.start() for found in compiled(pattern).finditer(text)))
            if len(lines) > SHOWN_LINES:
                yield Observation(f"{len(lines)} lines match `{pattern}`", line_of(report))
            for line in lines[:SHOWN_LINES]:
                yield Observation(f"matches `{pattern}`", line_of(report, line))

    def _doubts(self, evidence: Evidence, files: list[tuple[Report, Document]]) -> Iterator[Problem]:
        if not self.absent:
            yield from unmet(evidence, self.min_files, any_suffices=self.any_)
        for report, document in files:
            if (self.contains or self.forbid) and is_binary(document.text):
                yield Problem(Slug.UNKNOWN_FORMAT, "it is no text that can be searched", line_of(report))

    def _demands(self) -> Iterator[str]:
        yield "no such file" if self.absent else "there"
        if self.max_bytes is not None:
            yield f"at most {self.max_bytes} bytes"
        yield from _told("matches", self.contains)
        yield from _told("no match of", self.forbid)


def _told(word: str, patterns: tuple[str, ...] | None) -> Iterator[str]:
    """The expressions, or their number where they would fill the page; the policy lists them."""
    if patterns and len(patterns) > SHOWN_PATTERNS:
        yield f"{word} {number_of(len(patterns), 'expressions')}"
    else:
        yield from (f"{word} `{pattern}`" for pattern in patterns or ())

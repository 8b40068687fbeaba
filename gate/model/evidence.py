"""Evidence: what the earlier steps of a workflow produced, and in which state it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, TypeVar

from gate.model.checklist import ChecklistItem
from gate.model.component import Component
from gate.model.coverage import CoverageFile
from gate.model.document import Document
from gate.model.finding import Finding
from gate.model.job import Job
from gate.model.problem import Problem
from gate.model.testcase import TestCase

Record = Finding | TestCase | CoverageFile | Component | ChecklistItem | Document
"""One fact out of a report."""

RecordT = TypeVar("RecordT", Finding, TestCase, CoverageFile, Component, ChecklistItem, Document)

RECORD_NAMES: Mapping[type[Record], str] = {
    Finding: "findings",
    TestCase: "tests",
    CoverageFile: "coverage",
    Component: "components",
    ChecklistItem: "checklist items",
    Document: "documents",
}


class State(StrEnum):
    """The state of evidence, which it has before it has a value."""

    OK = "ok"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    INCOMPLETE = "incomplete"
    STALE = "stale"
    FOREIGN = "foreign"
    UNMAPPED = "unmapped"

    @property
    def shows_breaches(self) -> bool:
        """Whether a breach in such a report is proved, whatever else is wrong with it."""
        return self in (State.OK, State.INCOMPLETE, State.STALE)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a report says of itself, once for each run in it.

    `proves` are the record types that the run is evidence for, even when it lists none (a clean scan).
    `faults` make the report incomplete: the tool says it failed, or the report contradicts itself.
    `hollow` says why the run is no evidence at all. `remarks` are shown and decide nothing.
    `left_out` counts entries that are no records (passed rules, fixed results), by reason. `roots` are the folders
    that relative paths of the report may start from (Cobertura's `source`), in the report's own words. `made_at` is the
    oldest time that the run states, `made_until` the newest where it states several.
    """

    tool: str
    proves: frozenset[type[Record]]
    version: str = ""
    made_at: datetime | None = None
    commit: str = ""
    repository: str = ""
    author: str = ""
    faults: tuple[Problem, ...] = ()
    hollow: str = ""
    remarks: tuple[Problem, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    rules: frozenset[str] = frozenset()
    roots: tuple[str, ...] = ()
    made_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One file that a source matched. `collect` stamps path, sha256, state and problems; the reader the rest.

    `problems` explain a state that is not `ok`; `accepted` says that the source accepts this state.
    `size` is in bytes, `committed` whether git tracks the file, `about` what its format can be evidence for. `file`
    is the same for every name of one file, by links and hard links; where it is empty, the path stands for it.
    """

    path: str
    source: str
    state: State
    format: str = ""
    sha256: str = ""
    size: int = 0
    statements: tuple[Statement, ...] = ()
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    accepted: bool = False
    committed: bool = False
    about: frozenset[type[Record]] = frozenset()
    file: str = ""

    @property
    def usable(self) -> bool:
        """Whether its numbers may decide in favour: read whole, or its state accepted by the policy."""
        return self.state is State.OK or self.accepted

    def proves(self, record: type[Record]) -> bool:
        """Whether the report is evidence about such records."""
        return any(record in statement.proves for statement in self.statements)

    @property
    def tools(self) -> tuple[str, ...]:
        """The tools that wrote it, each once."""
        return tuple(dict.fromkeys(statement.tool for statement in self.statements if statement.tool))

    @property
    def made_at(self) -> datetime | None:
        """The oldest time that it states."""
        return min((statement.made_at for statement in self.statements if statement.made_at), default=None)

    @property
    def commit(self) -> str:
        """The commit that it states, or nothing."""
        return next((statement.commit for statement in self.statements if statement.commit), "")


class SourceKey(NamedTuple):
    """Which source, and read as what: documents and checklists read any text, all else reads reports."""

    name: str
    shape: type[Record] | None = None


@dataclass(frozen=True, slots=True)
class SourceEvidence:
    """All that one source gave: its reports, what is missing, and matched files that are plainly no reports.

    `accepts` are the states that the source's policy accepts; `honours_suppressions` whether marks inside its
    reports take findings out of the count; `searched` tells a default search apart from a named source.
    """

    name: str
    reports: tuple[Report, ...] = ()
    gaps: tuple[Problem, ...] = ()
    not_reports: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    accepts: frozenset[State] = frozenset()
    honours_suppressions: bool = False
    searched: bool = False

    @property
    def state(self) -> State:
        """`missing` where something is not there, else the first state of a report that is not `ok`."""
        if self.gaps:
            return State.MISSING
        return next((report.state for report in self.reports if report.state is not State.OK), State.OK)


@dataclass(frozen=True, slots=True)
class Inventory:
    """The files of the workspace with their sizes in bytes; `.git` and the gate's own reports are not among them.

    `base` is the folder that patterns are relative to (the input `working-directory`), empty for the root.
    """

    sizes: Mapping[str, int] = field(default_factory=dict)
    base: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was read, or the part of it that one criterion may see.

    `jobs` is None where the workflow's `needs` were not handed over. `now` is the time of judgement.
    """

    now: datetime
    sources: tuple[SourceEvidence, ...] = ()
    inventory: Inventory = Inventory()
    jobs: tuple[Job, ...] | None = None

    def only(self, sources: Iterable[SourceEvidence]) -> "Evidence":
        """The same with these sources alone."""
        return Evidence(self.now, tuple(sources), self.inventory, self.jobs)

    @property
    def reports(self) -> tuple[Report, ...]:
        """All reports of all sources."""
        return tuple(report for source in self.sources for report in source.reports)

    def reports_of(self, record: type[Record]) -> tuple[Report, ...]:
        """The reports that are evidence about such records. A clean scan is among them, no scan is not."""
        return tuple(report for report in self.reports if report.proves(record))

    def records(self, record: type[RecordT]) -> tuple[RecordT, ...]:
        """All records of one type, in the order of the files."""
        return tuple(
            found for report in self.reports_of(record) for found in report.records if isinstance(found, record)
        )

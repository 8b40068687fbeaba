"""One reading to one report: its stamps, its state, and every problem with the place where it is."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC

from gate.collect.age import from_the_future
from gate.collect.binding import Binding
from gate.collect.git import Commit
from gate.collect.names import announces
from gate.collect.places import Places
from gate.collect.read import Reading
from gate.collect.stamp import Stamp
from gate.collect.states import Contents, Flaw, flaws
from gate.collect.workspace import place, shown
from gate.model.document import Document
from gate.model.evidence import RECORD_NAMES, Record, Report, State, Statement
from gate.model.problem import Problem, Slug
from gate.model.request import SourceRequest

ANYTHING = frozenset(RECORD_NAMES)
"""What a file may be evidence for that could not be looked into."""


class Reporter:
    """Makes the reports of one source."""

    def __init__(self, request: SourceRequest, places: Places, binding: Binding) -> None:
        """Judge files as this request asks, about what is bound."""
        self._request = request
        self._binding = binding
        self._stamp = Stamp(request, places)

    def report(self, path: str, reading: Reading, *, committed: bool | None, commit: Commit | None) -> Report:
        """The report at a path; `committed` is None where git cannot tell, `commit` the last that touched the file."""
        report = Report(
            path=shown(path),
            source=self._request.name,
            state=State.UNREADABLE,
            format=reading.format.id if reading.format else "",
            sha256=reading.sha256,
            size=reading.size,
            committed=bool(committed),
            about=self._about(path, reading),
        )
        if reading.faults:
            return replace(report, problems=_at(path, reading.faults))
        if self._request.absence_allowed and reading.hollow:
            reading = _as_document(reading)
        statements = tuple(map(_zoned, reading.statements))
        records = self._stamp.records(path, statements, _dated(reading.records, commit))
        found = flaws(Contents(statements, records, committed, reading.hollow), self._request, self._binding)
        return self._judged(replace(report, statements=statements, records=records), path, found)

    def _judged(self, report: Report, path: str, found: tuple[Flaw, ...]) -> Report:
        """The report with the state that decides; what the source accepts beside it is only remarked."""
        refused = tuple(flaw for flaw in found if flaw.state not in self._request.accepts)
        decisive = refused or found
        remarks = [remark for statement in report.statements for remark in statement.remarks]
        remarks += [flaw.problem for flaw in found if flaw not in decisive]
        if self._request.max_age is None:
            remarks += from_the_future(report.statements, self._binding.now)
        return replace(
            report,
            state=decisive[0].state if decisive else State.OK,
            problems=_at(path, (flaw.problem for flaw in decisive)),
            remarks=_at(path, remarks),
            accepted=bool(found) and not refused,
        )

    def _about(self, path: str, reading: Reading) -> frozenset[type[Record]]:
        """What the file can be evidence for; of one that a default search cannot open, only what its name announces."""
        if reading.format:
            return reading.format.proves
        is_cut_off = any(fault.slug is Slug.OVER_LIMIT for fault in reading.faults)
        return ANYTHING if self._request.patterns is not None or is_cut_off else announces(path)


def _as_document(reading: Reading) -> Reading:
    """An empty file that is there, where the question is whether it is."""
    statement = Statement("", frozenset({Document}))
    return replace(reading, hollow="", statements=(statement,), records=(Document(""),))


def _dated(records: tuple[Record, ...], commit: Commit | None) -> tuple[Record, ...]:
    """The documents with the time of the file's last commit."""
    if commit is None:
        return records
    return tuple(
        replace(record, committed_at=commit.at, history_cut=commit.cut) if isinstance(record, Document) else record
        for record in records
    )


def _zoned(statement: Statement) -> Statement:
    """The statement with a time in a zone; one without is UTC, and says so."""
    if statement.made_at is None or statement.made_at.tzinfo is not None:
        return statement
    remark = Problem(Slug.NOT_STATED, f"its time {statement.made_at} has no zone, and is read as UTC")
    return replace(statement, made_at=statement.made_at.replace(tzinfo=UTC), remarks=(*statement.remarks, remark))


def _at(path: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems with the report as their place, unless they name another."""
    return tuple(
        problem
        if problem.at and problem.at.path
        else replace(problem, at=place(path, problem.at.line if problem.at else None))
        for problem in problems
    )

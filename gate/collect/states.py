"""The state of a report, by what it says of itself and what its source asks.

A report can be several things at once. What its source does not accept comes before what it accepts; then this order
holds: evidence about something else says nothing here (foreign); a failed run explains why there is nothing in it, so
that the acceptance of empty evidence never covers a failed tool (incomplete, empty); what is empty has no age worth
naming (stale); and only what is whole and current is worth placing (unmapped).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from gate.collect.age import stale
from gate.collect.binding import Binding, foreign
from gate.model.component import Component
from gate.model.coverage import CoverageFile
from gate.model.evidence import Record, State, Statement
from gate.model.problem import Problem, Slug
from gate.model.request import SourceRequest
from gate.model.testcase import TestCase, TestOutcome

_RUN_IT_AGAIN = "look into the log of the step that writes it; an empty file is no clean result"


class Flaw(NamedTuple):
    """A state that a report is in, and why."""

    state: State
    problem: Problem


@dataclass(frozen=True, slots=True)
class Contents:
    """What decides the state of one report.

    `committed` is None where git cannot tell; `hollow` says why there is nothing in the file.
    """

    statements: tuple[Statement, ...] = ()
    records: tuple[Record, ...] = ()
    committed: bool | None = False
    hollow: str = ""


def flaws(contents: Contents, request: SourceRequest, binding: Binding) -> tuple[Flaw, ...]:
    """Everything that keeps the report from being ok, the state that decides first."""
    statements, max_age = contents.statements, request.max_age
    found = {
        State.FOREIGN: foreign(statements, request, binding, committed=contents.committed),
        State.INCOMPLETE: _incomplete(statements),
        State.EMPTY: _empty(contents, request.wants),
        State.STALE: stale(statements, max_age, binding.now) if max_age is not None and statements else (),
        State.UNMAPPED: _unmapped(contents.records),
    }
    in_order = (Flaw(state, problem) for state, problems in found.items() for problem in problems)
    return tuple(sorted(in_order, key=lambda flaw: flaw.state in request.accepts))


def _incomplete(statements: tuple[Statement, ...]) -> Iterator[Problem]:
    """The tool says that it failed, the report contradicts itself, or some of its runs, and not all, are hollow."""
    for statement in statements:
        yield from statement.faults
    hollow = [statement for statement in statements if statement.hollow]
    if len(hollow) < len(statements):
        for statement in hollow:
            run = f"the run of {statement.tool}" if statement.tool else "one run"
            message = f"{run}, of {len(statements)} in it, is hollow: {statement.hollow}"
            yield Problem(Slug.EMPTY_REPORT, message, hint=_RUN_IT_AGAIN)


def _empty(contents: Contents, wants: frozenset[type[Record]]) -> Iterator[Problem]:
    """Well-formed, and nothing in it: no run, no executed test, no line, no component. No finding is a result."""
    reasons = [contents.hollow] if contents.hollow else [statement.hollow for statement in contents.statements]
    if not reasons:
        reasons = ["it tells of no run"]
    elif not any(reasons):
        reasons = _lacks(contents, wants)
    if all(reasons):
        for reason in dict.fromkeys(reasons):
            yield Problem(Slug.EMPTY_REPORT, reason, hint=_RUN_IT_AGAIN)


def _lacks(contents: Contents, wants: frozenset[type[Record]]) -> list[str]:
    """For each kind of record that is asked for and proved: what is lacking, or nothing."""
    proved = frozenset[type[Record]]().union(*(statement.proves for statement in contents.statements))
    kinds = sorted(proved & wants or proved, key=lambda kind: kind.__name__)
    if not kinds:
        return ["nothing in it is evidence of anything"]
    return [_LACKS[kind](contents.records) if kind in _LACKS else "" for kind in kinds]


def _executed(records: tuple[Record, ...]) -> str:
    tests = [record for record in records if isinstance(record, TestCase)]
    if any(test.outcome is not TestOutcome.SKIPPED for test in tests):
        return ""
    return f"all {len(tests)} tests in it were skipped" if tests else "it holds no test"


def _measured(records: tuple[Record, ...]) -> str:
    files = [record for record in records if isinstance(record, CoverageFile)]
    return "" if any(file.lines.valid for file in files) else f"it measures no line (0 of 0 in {len(files)} files)"


def _listed(records: tuple[Record, ...]) -> str:
    return "" if any(isinstance(record, Component) for record in records) else "it lists no component"


_LACKS: Mapping[type[Record], Callable[[tuple[Record, ...]], str]] = {
    TestCase: _executed,
    CoverageFile: _measured,
    Component: _listed,
}


def _unmapped(records: tuple[Record, ...]) -> Iterator[Problem]:
    """Coverage of files that are not here."""
    files = [record.at for record in records if isinstance(record, CoverageFile)]
    if files and not any(file.placed for file in files):
        message = f"none of the {len(files)} files that it measures is in the workspace, first: {files[0].path}"
        hint = "check out the code that was measured, or let the tool write paths relative to the repository"
        yield Problem(Slug.UNMAPPED_REPORT, message, hint=hint)

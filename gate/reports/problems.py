"""All problems of a verdict, gathered so that none is lost and none is told twice."""

from collections.abc import Iterable
from dataclasses import replace

from gate.model.evidence import Report, SourceEvidence
from gate.model.location import Location
from gate.model.problem import Problem
from gate.model.verdict import Result, Verdict


def of_verdict(verdict: Verdict) -> tuple[Problem, ...]:
    """Every problem: of the run and the policy, of criteria, of the evidence."""
    told = (problem for result in verdict.results for problem in of_result(result))
    return tuple(dict.fromkeys((*verdict.problems, *told, *of_evidence(verdict))))


def of_result(result: Result) -> tuple[Problem, ...]:
    """All that keeps a criterion from an answer, and its remarks."""
    return tuple(dict.fromkeys((*result.problems, *result.judgement.remarks)))


def of_evidence(verdict: Verdict) -> tuple[Problem, ...]:
    """The problems of all sources that no criterion has told already."""
    told = {_identity(problem) for result in verdict.results for problem in of_result(result)}
    everything = _once(problem for source in verdict.sources for problem in of_source(source))
    return tuple(problem for problem in everything if _identity(problem) not in told)


def of_source(source: SourceEvidence) -> tuple[Problem, ...]:
    """All that is missing from a source or wrong with its reports. What the policy accepts is said to be accepted."""
    return (*source.gaps, *(problem for report in source.reports for problem in (*_faults(report), *_remarks(report))))


def of_report(report: Report) -> tuple[Problem, ...]:
    """All that is wrong with a report or to be said about it, at the report where no place is named."""
    return _once((*_faults(replace(report, accepted=False)), *_remarks(report)))


def _faults(report: Report) -> Iterable[Problem]:
    """Why its state is not ok."""
    suffix = f" ({report.state}, accepted by the policy)" if report.accepted else ""
    for problem in (*report.problems, *(fault for said in report.statements for fault in said.faults)):
        yield _placed(replace(problem, message=problem.message + suffix), report)


def _remarks(report: Report) -> Iterable[Problem]:
    """What is to be said and decides nothing."""
    for problem in (*report.remarks, *(remark for said in report.statements for remark in said.remarks)):
        yield _placed(problem, report)


def _placed(problem: Problem, report: Report) -> Problem:
    at = problem.at
    if at and at.path:
        return problem
    return replace(problem, at=replace(at, path=report.path) if at else Location(report.path))


def _once(told: Iterable[Problem]) -> tuple[Problem, ...]:
    unique: dict[tuple[str, str, str], Problem] = {}
    for problem in told:
        unique.setdefault(_identity(problem), problem)
    return tuple(unique.values())


def _identity(problem: Problem) -> tuple[str, str, str]:
    return problem.slug, problem.message, problem.at.path if problem.at else ""

"""`gate.junit.xml`: one test case a criterion, for whatever shows test results."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gate.model.problem import Problem
from gate.model.verdict import Outcome, Result, Verdict
from gate.reports import phrases, problems
from gate.reports.text import xml_safe

if TYPE_CHECKING:
    from junit_xml import TestCase

OBSERVATIONS = 50
"""How many observations of a criterion are shown."""


def render(verdict: Verdict) -> str:
    """The verdict as JUnit XML: failure for `fail`, error for `unknown`, skipped for `notApplicable`."""
    from junit_xml import TestSuite, to_xml_report_string  # noqa: PLC0415 - a run that prints no report need not load it

    suite = TestSuite(
        xml_safe(verdict.name),
        [_case(verdict, result) for result in verdict.results],
        timestamp=f"{verdict.made_at:%Y-%m-%dT%H:%M:%S}",
        stdout=xml_safe(phrases.headline(verdict)),
        stderr=_lines(_problem(one) for one in (*verdict.problems, *problems.of_evidence(verdict))),
    )
    return str(to_xml_report_string([suite], prettyprint=True))


def _case(verdict: Verdict, result: Result) -> "TestCase":
    """One criterion; what it observed is the output of the case, or of its failure."""
    from junit_xml import TestCase  # noqa: PLC0415 - as above

    message = xml_safe(f"{result.title}: {result.reason or result.judgement.observed}")
    case = TestCase(xml_safe(result.id), classname=xml_safe(verdict.policy.name), file=xml_safe(result.at.path))
    case.line = str(result.at.line or 1)
    if result.outcome is Outcome.FAIL:
        case.add_failure_info(message, _output(result), result.standing)
    elif result.outcome is Outcome.UNKNOWN:
        case.add_error_info(message, _output(result), result.standing)
    elif result.outcome is Outcome.NOT_APPLICABLE:
        case.add_skipped_info(message, _output(result))
    else:
        case.stdout = _output(result)
    return case


def _output(result: Result) -> str:
    """What was observed and demanded, the problems, and the first of what was counted."""
    judgement = result.judgement
    facts = (("observed", judgement.observed), ("demanded", judgement.demanded), ("counted", phrases.left_out(result)))
    lines = [f"{name}: {text}" for name, text in facts if text]
    lines += [_problem(problem) for problem in problems.of_result(result)]
    for observation in judgement.observations[:OBSERVATIONS]:
        place = f"{observation.at}: " if observation.at and observation.at.path else ""
        lines.append(f"{place}{phrases.saying(observation)} {phrases.rating(observation)}".rstrip())
    if (rest := len(judgement.observations) - OBSERVATIONS) > 0:
        lines.append(phrases.more(rest))
    if result.help:
        lines.append(f"help: {result.help}")
    return _lines(lines)


def _problem(problem: Problem) -> str:
    return f"problem: {problem}"


def _lines(texts: Iterable[str]) -> str:
    """Strangers' texts, one a line."""
    return "\n".join(map(xml_safe, texts))

"""`coverage`: exact shares over the union of all measurements."""

from typing import Any

import pytest
from pydantic import ValidationError

from gate.criteria.coverage import Coverage
from gate.model.coverage import CoverageFile
from gate.model.lines import lines_of
from gate.model.location import Location
from gate.model.problem import Slug
from gate.model.ratio import Ratio
from gate.model.verdict import Judgement
from tests.conftest import a_coverage_file, a_report, evidence_of, valid


def judged(*files: CoverageFile, **fields: Any) -> Judgement:
    """The judgement of a criterion with these fields over one report with these files."""
    return valid(Coverage, kind="coverage", **fields).judge(evidence_of(a_report(*files, proves=CoverageFile)))


def a_file(path: str, covered: int, valid: int, **over: Any) -> CoverageFile:
    """A file at a path."""
    return a_coverage_file(covered, valid, at=Location(path, placed=True), **over)


def test_a_share_is_compared_exactly_and_inclusively() -> None:
    """899 of 999 is less than 90 %, though it rounds to it."""
    assert not judged(a_file("a.py", 900, 1000), lines="90%").breaches
    assert judged(a_file("a.py", 899, 999), lines="90%").breaches


def test_the_margin_says_how_many_lines_are_lacking() -> None:
    """84.9 % of 2000 lines: 102 more make 90 %."""
    judgement = judged(a_file("a.py", 1698, 2000), lines="90%")
    assert judgement.margin == "cover 102 more lines"
    assert judgement.observed == "84.9 % (1698 of 2000) lines"


def test_a_breach_is_not_final() -> None:
    """Another shard may cover more, so a missing report makes it unknown, not failed."""
    assert [breach.final for breach in judged(a_file("a.py", 1, 2), lines="90%").breaches] == [False]


def test_the_same_file_in_two_reports_is_merged_by_line() -> None:
    """Lines 1-5 in one, lines 6-10 in the other: all ten are covered, and they are ten, not twenty."""
    every = lines_of(range(1, 11))
    halves = [CoverageFile(Location("a.py"), every, lines_of(lines)) for lines in (range(1, 6), range(6, 11))]
    judgement = judged(*halves, lines="100%")
    assert not judgement.breaches
    assert judgement.tally is not None
    assert judgement.tally.left_out == {"measured again": 1}
    assert judgement.tally.adds_up


def test_branches_that_nobody_measured_are_unknown() -> None:
    """0 of 0 is no share."""
    judgement = judged(a_file("a.py", 10, 10), branches="50%")
    assert not judgement.breaches
    assert [doubt.slug for doubt in judgement.doubts] == [Slug.NOT_STATED]


def test_branches_and_functions_have_their_own_shares() -> None:
    """Each measure is compared alone."""
    file = a_file("a.py", 10, 10, branches={1: Ratio(1, 2)}, functions=Ratio(3, 4))
    assert not judged(file, branches="50%", functions="75%").breaches
    assert len(judged(file, branches="51%", functions="76%").breaches) == 2


def test_every_file_may_have_a_floor() -> None:
    """An average does not hide a file that nobody tests."""
    judgement = judged(a_file("good.py", 99, 100), a_file("bad.py", 1, 10), per_file="50%")
    assert [breach.message for breach in judgement.breaches] == ["1 file below 50 % of lines"]
    assert [str(observation.at) for observation in judgement.observations] == ["bad.py:2"]


def test_what_is_short_names_its_uncovered_lines() -> None:
    """A developer sees where to begin."""
    file = CoverageFile(Location("a.py", placed=True), lines_of(range(1, 11)), lines_of([1, 2, 3, 5, 6]))
    (observation,) = judged(file, lines="90%").observations
    assert observation.message == "a.py: 50 % (5 of 10) lines; not covered: 4, 7-10"
    assert observation.at == Location("a.py", 4, None, 4, placed=True)


def test_paths_and_exclude_choose_the_files() -> None:
    """What is filtered is told."""
    files = [a_file("src/a.py", 10, 10), a_file("src/gen/b.py", 0, 10), a_file("tests/c.py", 0, 10)]
    judgement = judged(*files, lines="100%", paths="src/**", exclude="src/gen/**")
    assert not judgement.breaches
    assert judgement.tally is not None
    assert judgement.tally.left_out == {"filtered": 2}


def test_patterns_that_leave_no_file_are_a_doubt() -> None:
    """A moved folder must not make coverage of nothing."""
    judgement = judged(a_file("lib/a.py", 10, 10), lines="1%", paths="src/**")
    assert [doubt.slug for doubt in judgement.doubts] == [Slug.NOTHING_MATCHED]


@pytest.mark.parametrize(("least", "holds"), [(10, True), (11, False)])
def test_a_least_number_of_measured_lines_can_be_demanded(least: int, holds: bool) -> None:  # noqa: FBT001
    """A report about three lines is no coverage of the product."""
    assert (not judged(a_file("a.py", 10, 10), min_lines=least).breaches) is holds


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"lines": "101%"},
        {"lines": "ninety"},
        {"lines": -1},
        {"lines": 0},
        {"branches": "0%"},
        {"per_file": "0%", "functions": 0},
        {"min_lines": 0},
        {"paths": "src/**"},
    ],
)
def test_a_criterion_without_a_demand_is_refused(fields: dict[str, Any]) -> None:
    """It could never fail."""
    with pytest.raises(ValidationError):
        valid(Coverage, kind="coverage", **fields)

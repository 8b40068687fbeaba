"""coverage.py's JSON report."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.errors import EvidenceError
from gate.formats.base import Head
from gate.formats.coveragepy import FORMAT, NEWEST
from gate.model.lines import lines_of
from gate.model.problem import Slug
from gate.model.ratio import Ratio
from tests.formats.readings import files_of, refused, statement_of

FIXTURES = Path(__file__).parent / "coveragepy"
BRANCH = json.loads((FIXTURES / "branch.json").read_bytes())


def summary(covered: int, statements: int, **more: int) -> dict[str, int]:
    """Counts as coverage.py writes them."""
    return {"covered_lines": covered, "num_statements": statements, "missing_lines": statements - covered, **more}


def a_file(executed: list[int], missing: list[int], **over: Any) -> dict[str, Any]:
    """A file whose summary agrees with its lists."""
    counts = summary(len(executed), len(executed) + len(missing))
    return {"executed_lines": executed, "missing_lines": missing, "excluded_lines": [], "summary": counts} | over


def report(files: dict[str, Any] | None = None, totals: dict[str, int] | None = None, **meta: Any) -> str:
    """A whole document; the totals are those of the files unless given."""
    files = {"a.py": a_file([1, 2], [3])} if files is None else files
    if totals is None:
        names = {name for file in files.values() for name in file["summary"]}
        totals = {name: sum(file["summary"].get(name, 0) for file in files.values()) for name in names}
        totals = totals or summary(0, 0)
    return json.dumps({"meta": {"version": "7.17.3", "format": 3} | meta, "files": files, "totals": totals})


# ------------------------------------------------------------------------------------------------------- recognising


@pytest.mark.parametrize("content", [report(), (FIXTURES / "lines.json").read_text(), json.dumps(BRANCH)[:2000]])
def test_coveragepy_is_recognised(content: str) -> None:
    """By its members; also when it is cut off, so that the refusal is about what it was meant as."""
    assert FORMAT.recognises(Head(content.encode()))


@pytest.mark.parametrize(
    "content",
    [
        '{"total": {"lines": {"total": 1}}, "src/a.js": {}}',
        '{"/w/a.js": {"path": "/w/a.js", "statementMap": {}, "s": {}}}',
        '{"meta": {}, "files": [], "totals": {"lines": 3}}',
        '{"meta": {}, "files": {}}',
        '{"gcovr/format_version": "0.6", "files": []}',
        '{"meta": {"simplecov_version": "0.22"}, "coverage": {}}',
    ],
)
def test_other_coverage_in_json_is_not(content: str) -> None:
    """istanbul, gcovr and SimpleCov write JSON, too; the name of the file says nothing."""
    assert not FORMAT.recognises(Head(content.encode()))


# -------------------------------------------------------------------------------------------------------- real files


def test_real_report_is_read() -> None:
    """Lines, branches, functions, version and time."""
    content = (FIXTURES / "branch.json").read_bytes()
    cart, statement = files_of(FORMAT, content)["shop/cart.py"], statement_of(FORMAT, content)
    assert (cart.lines, cart.branch_ratio, cart.functions) == (Ratio(9, 12), Ratio(4, 6), Ratio(1, 2))
    assert cart.missed == lines_of([10, 13, 19])
    assert cart.branches == {8: Ratio(2, 2), 9: Ratio(1, 2), 12: Ratio(1, 2)}
    assert (statement.tool, statement.version) == ("coverage.py", "7.17.3")
    assert statement.made_at
    assert [remark.slug for remark in statement.remarks] == [Slug.NOT_STATED]
    assert not statement.faults


def test_run_that_reached_nothing_is_0_percent() -> None:
    """It measures, and it measures nothing covered: that is not an empty report."""
    files = files_of(FORMAT, (FIXTURES / "nothing-run.json").read_bytes()).values()
    assert Ratio.total(file.lines for file in files) == Ratio(0, 13)


def test_percentage_is_never_read() -> None:
    """`percent_covered` mixes branches in, and is rounded."""
    document = deepcopy(BRANCH)
    document["totals"]["percent_covered"] = 100.0
    document["files"]["shop/cart.py"]["summary"]["percent_covered"] = "all"
    assert files_of(FORMAT, json.dumps(document)) == files_of(FORMAT, json.dumps(BRANCH))


# ----------------------------------------------------------------------------------------------------------- numbers


def test_lines_come_from_the_lists() -> None:
    """Every file by itself."""
    files = files_of(FORMAT, report({"a.py": a_file([1, 2], [3]), "b.py": a_file([], [])}))
    assert (files["a.py"].executable, files["a.py"].covered) == (lines_of([1, 2, 3]), lines_of([1, 2]))
    assert files["b.py"].lines == Ratio()


def test_lines_that_are_no_statements_do_not_count() -> None:
    """Some versions list them as executed; the summary knows better, and what was missed is still known by line."""
    content = report({"a.py": a_file([1, 2, 3, 4], [9], summary=summary(2, 3))})
    file = files_of(FORMAT, content)["a.py"]
    assert file.lines == Ratio(2, 3)
    assert file.missed == lines_of([9])
    assert not statement_of(FORMAT, content).faults


def test_branches_come_from_the_summary_where_lists_are_missing() -> None:
    """Older versions state counts only."""
    counts = summary(2, 3, num_branches=4, covered_branches=3)
    assert files_of(FORMAT, report({"a.py": a_file([1, 2], [3], summary=counts)}))["a.py"].branch_ratio == Ratio(3, 4)


def test_branches_come_from_the_summary_where_lists_count_otherwise() -> None:
    """What the tool counted decides."""
    counts = summary(2, 3, num_branches=4, covered_branches=3)
    lists = {"executed_branches": [[1, 2], [1, 3]], "missing_branches": []}
    file = files_of(FORMAT, report({"a.py": a_file([1, 2], [3], summary=counts, **lists)}))["a.py"]
    assert file.branch_ratio == Ratio(3, 4)


def test_branches_that_no_count_vouches_for_are_listed_alone() -> None:
    """Old versions state how many there are, and not how many were taken."""
    counts = summary(2, 3, num_branches=4)
    assert files_of(FORMAT, report({"a.py": a_file([1, 2], [3], summary=counts)}))["a.py"].branch_ratio == Ratio()


def test_branch_that_is_listed_twice_counts_once() -> None:
    """And as taken, where both lists have it."""
    counts = summary(2, 3, num_branches=2, covered_branches=1)
    lists = {"executed_branches": [[1, -1]], "missing_branches": [[1, -1], [1, 2], [1, 2]]}
    file = files_of(FORMAT, report({"a.py": a_file([1, 2], [3], summary=counts, **lists)}))["a.py"]
    assert file.branches == {1: Ratio(1, 2)}


def test_functions_are_those_with_statements() -> None:
    """The module level has no name, and is none."""
    functions = {
        "": {"summary": summary(5, 5)},
        "f": {"summary": summary(1, 9)},
        "g": {"summary": summary(0, 2)},
        "excluded": {"summary": summary(0, 0)},
    }
    assert files_of(FORMAT, report({"a.py": a_file([1], [], functions=functions)}))["a.py"].functions == Ratio(1, 2)


# ------------------------------------------------------------------------------------------------------------ faults


CONTRADICTIONS = {
    "covered and missed": a_file([1, 2], [2], summary=summary(2, 3)),
    "fewer executed than covered": a_file([1], [3], summary=summary(2, 3)),
    "fewer missed than missing": a_file([1, 2], [], summary=summary(2, 3)),
    "more missed than missing": a_file([1, 2], [3, 4], summary=summary(2, 3)),
    "more covered than there are": a_file([1, 2, 3], [], summary=summary(3, 2)),
    "more branches taken than there are": a_file([1], [], summary=summary(1, 1, num_branches=1, covered_branches=2)),
}


@pytest.mark.parametrize("file", CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys())
def test_file_that_contradicts_itself_makes_the_report_incomplete(file: dict[str, Any]) -> None:
    """Named, with the number of such files."""
    (fault,) = statement_of(FORMAT, report({"b.py": a_file([1], []), "a.py": file})).faults
    assert fault.slug is Slug.CONTRADICTION
    assert "of 1 files contradict each other, first: a.py" in fault.message


@pytest.mark.parametrize("totals", [summary(3, 3), summary(2, 4), summary(0, 0)])
def test_totals_that_contradict_the_files_make_the_report_incomplete(totals: dict[str, int]) -> None:
    """Files were lost, or lines."""
    (fault,) = statement_of(FORMAT, report(totals=totals)).faults
    assert "its files 66.7 % (2 of 3)" in fault.message


def test_branch_totals_are_held_against_the_files_as_well() -> None:
    """Where both state them."""
    totals = summary(2, 3, num_branches=4, covered_branches=4)
    (fault,) = statement_of(FORMAT, report(totals=totals)).faults
    assert "branches, its files 0 of 0" in fault.message


# ---------------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize("number", [1, 2, NEWEST])
def test_known_formats_are_read(number: int) -> None:
    """The oldest did not say it."""
    assert files_of(FORMAT, report(format=number))


def test_newer_format_is_refused_by_name() -> None:
    """coverage.py raises the number when the structure changes."""
    problem = refused(FORMAT, report(format=NEWEST + 1))
    assert problem.slug is Slug.UNSUPPORTED_VERSION
    assert f"format {NEWEST + 1}" in problem.message


@pytest.mark.parametrize(
    "file",
    [
        a_file([-1], []),
        a_file([2_000_001], []),
        a_file([10**12], []),
        a_file(["1"], []),  # type: ignore[list-item]
        a_file([1.5], []),  # type: ignore[list-item]
        a_file([True], []),
        a_file([1], [], summary=summary(-1, 1)),
        a_file([1], [], summary={}),
        {"summary": summary(1, 1)},
        a_file([1], [], executed_branches=[[1]]),
    ],
)
def test_what_is_no_measurement_is_refused(file: dict[str, Any]) -> None:
    """The message names the place."""
    problem = refused(FORMAT, report({"a.py": file}, totals=summary(1, 1)))
    assert "$.files" in problem.message or "a.py: line number" in problem.message


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value of a document."""
    found = [path]
    for key, child in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        found += paths(child, (*path, key))
    return found


PATHS = paths(BRANCH)


@given(st.sampled_from(PATHS[1:]), st.sampled_from([None, True, -1, 10**12, 1.5, "x", [], {}, [[]], {"x": 1}]))
def test_changed_value_is_refused_or_noticed_or_of_no_consequence(path: tuple[Any, ...], junk: Any) -> None:
    """Another type, or another number, anywhere: never another exception, never a better number in silence."""
    document = deepcopy(BRANCH)
    parent = document
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = junk
    try:
        files, statement = files_of(FORMAT, json.dumps(document)), statement_of(FORMAT, json.dumps(document))
    except EvidenceError:
        return
    lines = Ratio.total(file.lines for file in files.values())
    branches = Ratio.total(file.branch_ratio for file in files.values())
    assert statement.faults or (lines, branches) == (Ratio(9, 13), Ratio(4, 6))


@given(st.integers(0, len(json.dumps(BRANCH)) - 1))
def test_truncated_report_is_refused(cut: int) -> None:
    """Cut anywhere, it is no JSON."""
    refused(FORMAT, json.dumps(BRANCH)[:cut])

"""Cobertura XML."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.errors import EvidenceError
from gate.formats import coveragepy, lcov
from gate.formats.base import Head
from gate.formats.cobertura import FORMAT, MAX_ROOTS
from gate.model.lines import MAX_LINE, lines_of
from gate.model.problem import Slug
from gate.model.ratio import Ratio
from tests.conftest import no_hang
from tests.formats.readings import files_of, refused, statement_of

HERE = Path(__file__).parent
FIXTURES = HERE / "cobertura"


def line(number: object, hits: object = 1, **attributes: str) -> str:
    """A line element; `branches` is its condition-coverage."""
    if branches := attributes.pop("branches", ""):
        attributes |= {"branch": "true", "condition-coverage": branches}
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<line number="{number}" hits="{hits}"{more}/>'


def method(*lines: str, name: str = "f", **attributes: str) -> str:
    """A method with its lines."""
    more = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f'<method name="{name}" signature="()V"{more}><lines>{"".join(lines)}</lines></method>'


def a_class(*lines: str, filename: str = "a.py", methods: str = "", name: str = "A") -> str:
    """A class element."""
    body = f"<methods>{methods}</methods><lines>{''.join(lines)}</lines>"
    return f'<class name="{name}" filename="{filename}">{body}</class>'


def report(*classes: str, attributes: str = 'line-rate="0.5"', sources: str = "") -> str:
    """A whole document."""
    packages = f"<packages><package><classes>{''.join(classes)}</classes></package></packages>"
    return f"<coverage {attributes}><sources>{sources}</sources>{packages}</coverage>"


# ------------------------------------------------------------------------------------------------------- recognising


@pytest.mark.parametrize(
    ("content", "claimed"),
    [
        ('<coverage line-rate="1" version="1.9"/>', True),
        ('<?xml version="1.0"?>\n<!DOCTYPE coverage SYSTEM "x.dtd">\n<!-- c -->\n<coverage line-rate="1">', True),
        ("<coverage><packages/></coverage>", True),
        ("<coverage><sources/><packages/></coverage>", True),
        ('<coverage generated="1" clover="4.3.1"><project/></coverage>', False),
        ('<coverage generated="1"><project><packages/></project></coverage>', False),
        ('<coverage version="1"><file path="a.c"/></coverage>', False),
        ("<CoverageSession/>", False),
        ("<report/>", False),
        ('{"coverage": "line-rate"}', False),
    ],
)
def test_cobertura_is_told_from_others_with_the_same_root(content: str, claimed: bool) -> None:  # noqa: FBT001 - a table
    """Clover, and the generic format of SonarQube, are called `coverage`, too."""
    assert FORMAT.recognises(Head(content.encode())) is claimed


# -------------------------------------------------------------------------------------------------------- real files


def test_branch_coverage_of_coveragepy_is_read() -> None:
    """Lines, branches, tool, version, time and source of a real report."""
    content = (FIXTURES / "coveragepy-branch.xml").read_bytes()
    files, statement = files_of(FORMAT, content), statement_of(FORMAT, content)
    cart = files["shop/cart.py"]
    assert (cart.lines, cart.branch_ratio) == (Ratio(9, 12), Ratio(4, 6))
    assert cart.missed == lines_of([10, 13, 19])
    assert files["shop/__init__.py"].lines == Ratio(0, 0)
    assert (statement.tool, statement.version) == ("coverage.py", "7.17.3")
    assert statement.made_at
    assert statement.made_at.year == 2026
    assert statement.roots == ("/github/workspace/cart/py",)
    assert not statement.remarks


@pytest.mark.parametrize("name", ["coveragepy-branch.xml", "coveragepy-lines.xml"])
def test_all_reports_of_one_run_agree(name: str) -> None:
    """coverage.py's XML, JSON and LCOV tell the same of every line."""
    xml = files_of(FORMAT, (FIXTURES / name).read_bytes())
    json = files_of(coveragepy.FORMAT, (HERE / "coveragepy" / name.split("-")[1].replace("xml", "json")).read_bytes())
    info = files_of(lcov.FORMAT, (HERE / "lcov" / "coveragepy.info").read_bytes())
    assert len(xml) == len(json) == len(info) == 3
    for path, file in xml.items():
        others = (json[path], info[path])
        assert all((other.executable, other.covered) == (file.executable, file.covered) for other in others)
        assert json[path].branch_ratio == file.branch_ratio


@pytest.mark.parametrize(("xml", "info", "paths"), [("gcovr.xml", "gcovr.info", 3), ("c8.xml", "c8.info", 1)])
def test_two_formats_of_one_tool_agree(xml: str, info: str, paths: int) -> None:
    """Also in branches and functions."""
    one = files_of(FORMAT, (FIXTURES / xml).read_bytes())
    two = files_of(lcov.FORMAT, (HERE / "lcov" / info).read_bytes())
    assert len(one) == len(two) == paths
    for (path, mine), (name, other) in zip(sorted(one.items()), sorted(two.items()), strict=True):
        assert name.endswith(path)
        assert (mine.executable, mine.covered) == (other.executable, other.covered)
        assert (mine.branches, mine.functions) == (other.branches, other.functions)


# ------------------------------------------------------------------------------------------------------------- lines


def test_line_of_several_classes_counts_once() -> None:
    """Nested and partial classes share a file; covered in one is covered."""
    content = report(a_class(line(1, 0), line(2, 0)), a_class(line(1, 3), line(2, 0), line(4, 1), name="B"))
    assert files_of(FORMAT, content)["a.py"].lines == Ratio(2, 3)


def test_lines_of_methods_repeat_those_of_their_class() -> None:
    """And where they go beyond them they are declarations, not statements (istanbul)."""
    content = report(a_class(line(2, 0), methods=method(line(1, 9), line(2, 9))))
    assert files_of(FORMAT, content)["a.py"].lines == Ratio(0, 1)


def test_lines_of_methods_count_where_a_class_has_none() -> None:
    """Some writers list them there only."""
    content = report(a_class(methods=method(line(1), line(2, 0, branches="50% (1/2)"))))
    file = files_of(FORMAT, content)["a.py"]
    assert (file.lines, file.branch_ratio) == (Ratio(1, 2), Ratio(1, 2))


def test_files_are_apart_by_name() -> None:
    """Two classes of the same name in two files are two files."""
    assert set(files_of(FORMAT, report(a_class(line(1)), a_class(line(1), filename="b.py")))) == {"a.py", "b.py"}


@pytest.mark.parametrize("hits", [-1, "-2147483648", 0, "00"])
def test_counter_that_ran_over_is_not_covered(hits: object) -> None:
    """In doubt a line is not covered."""
    assert files_of(FORMAT, report(a_class(line(1, hits))))["a.py"].lines == Ratio(0, 1)


@pytest.mark.parametrize("hits", [1, 2**31, 2**64, "9" * 300])
def test_count_of_any_size_is_covered(hits: object) -> None:
    """Counters run beyond 32 and 64 bits."""
    assert files_of(FORMAT, report(a_class(line(1, hits))))["a.py"].lines == Ratio(1, 1)


def test_contradicting_root_is_a_remark_and_lines_decide() -> None:
    """A third of all real files disagree with their root."""
    content = report(a_class(line(1), line(2, 0)), attributes='line-rate="1" lines-covered="9" lines-valid="9"')
    statement = statement_of(FORMAT, content)
    assert [remark.slug for remark in statement.remarks] == [Slug.CONTRADICTION]
    assert "9 of 9 lines, 1 of 2 are listed" in statement.remarks[0].message
    assert not statement.faults
    assert files_of(FORMAT, content)["a.py"].lines == Ratio(1, 2)


@pytest.mark.parametrize(
    "attributes", ['lines-covered="1" lines-valid="2"', 'line-rate="0"', 'lines-valid="NaN" lines-covered=""']
)
def test_root_that_agrees_or_says_nothing_is_no_remark(attributes: str) -> None:
    """Rates are rounded: they are not compared."""
    assert not statement_of(FORMAT, report(a_class(line(1), line(2, 0)), attributes=attributes)).remarks


# ---------------------------------------------------------------------------------------------------------- branches


@pytest.mark.parametrize(
    ("stated", "ratio"),
    [("50% (1/2)", Ratio(1, 2)), ("33.3% (1/3)", Ratio(1, 3)), ("0% (0/4)", Ratio(0, 4)), ("(2/2)", Ratio(2, 2))],
)
def test_branches_are_the_numbers_in_parentheses(stated: str, ratio: Ratio) -> None:
    """The percentage is rounded."""
    assert files_of(FORMAT, report(a_class(line(3, branches=stated))))["a.py"].branches == {3: ratio}


def test_branches_of_a_line_in_several_classes_merge_by_maximum() -> None:
    """Templates and nested classes."""
    content = report(a_class(line(3, branches="0% (0/2)")), a_class(line(3, branches="50% (1/2)"), name="B"))
    assert files_of(FORMAT, content)["a.py"].branch_ratio == Ratio(1, 2)


@pytest.mark.parametrize("attributes", [{"branch": "true"}, {"branch": "True"}, {"branches": "50%"}, {"branches": "?"}])
def test_branches_without_numbers_are_not_counted_and_told(attributes: dict[str, str]) -> None:
    """Old coverage.py and others only say that there are some."""
    content = report(a_class(line(1, **attributes)))
    assert files_of(FORMAT, content)["a.py"].branch_ratio == Ratio()
    assert "1 lines with branches do not say how many" in statement_of(FORMAT, content).remarks[0].message


# --------------------------------------------------------------------------------------------------------- functions


@pytest.mark.parametrize(
    ("methods", "ratio"),
    [
        (method(line(1, 1)), Ratio(1, 1)),
        (method(line(1, 0)), Ratio(0, 1)),
        (method(hits="3"), Ratio(1, 1)),
        (method(hits="0", line_rate="1"), Ratio(0, 1)),
        (method(line_rate="0.25"), Ratio(1, 1)),
        (method(line_rate="1e-05"), Ratio(1, 1)),
        (method(line_rate="0.0"), Ratio(0, 1)),
        (method(line_rate="NaN"), Ratio(0, 1)),
        (method(), Ratio(0, 1)),
        (method(line(1, 0)) + method(line(1, 1)), Ratio(1, 1)),
        (method(line(1, 1)) + method(line(2, 0), name="g"), Ratio(1, 2)),
        ("", Ratio(0, 0)),
    ],
)
def test_method_is_entered_when_it_or_one_of_its_lines_says_so(methods: str, ratio: Ratio) -> None:
    """By its hits, its rate or its lines; the same method twice is one."""
    assert files_of(FORMAT, report(a_class(line(1), methods=methods)))["a.py"].functions == ratio


# --------------------------------------------------------------------------------------------------------- statement


@pytest.mark.parametrize(
    ("version", "producer"),
    [
        ("gcovr 8.6+main", ("gcovr", "8.6+main")),
        ("VectorCAST 23.sp5 (12/14/23)", ("VectorCAST", "23.sp5")),
        ("1.9", ("Cobertura", "1.9")),
        ("", ("Cobertura", "")),
        ("simplecov", ("Cobertura", "simplecov")),
    ],
)
def test_version_may_name_the_tool(version: str, producer: tuple[str, str]) -> None:
    """Most leave the version of the format they copied."""
    statement = statement_of(FORMAT, report(attributes=f'line-rate="1" version="{version}"'))
    assert (statement.tool, statement.version) == producer


@pytest.mark.parametrize(
    ("comment", "producer"),
    [
        ("<!-- Generated by coverage.py: https://coverage.readthedocs.io -->", ("coverage.py", "7.1")),
        ("<!-- Generated by simplecov-cobertura version 2.1.0 (https://…) -->", ("simplecov-cobertura", "2.1.0")),
        ("<!-- Based on coverage-04.dtd -->", ("Cobertura", "7.1")),
    ],
)
def test_comment_may_name_the_tool(comment: str, producer: tuple[str, str]) -> None:
    """coverage.py writes its own name there."""
    content = report(attributes='line-rate="1" version="7.1"').replace("<sources>", f"{comment}<sources>")
    statement = statement_of(FORMAT, content)
    assert (statement.tool, statement.version) == producer


@pytest.mark.parametrize(
    ("timestamp", "made_at"),
    [
        ("1700000000", datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
        ("1700000000000", datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
        ("1700000000.5", datetime(2023, 11, 14, 22, 13, 20, 500_000, tzinfo=UTC)),
        ("978307200", datetime(2001, 1, 1, tzinfo=UTC)),
        ("978307199", None),
        ("4133980799", datetime(2100, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("4133980800", None),
        ("9999999999999", None),
        *((nonsense, None) for nonsense in ("", "0", "-1", "now", "1e9", "NaN", "9" * 40, "2023-11-14", "\u0661" * 10)),
    ],
)
def test_time_is_seconds_or_milliseconds_of_this_century(timestamp: str, made_at: datetime | None) -> None:
    """What names no such time is no time."""
    assert statement_of(FORMAT, report(attributes=f'line-rate="1" timestamp="{timestamp}"')).made_at == made_at


def test_sources_are_the_roots_of_relative_names() -> None:
    """Each once, without the white space around it; empty ones say nothing."""
    sources = "<source>src/main</source><source>\n  lib\n</source><source/><source>src/main</source>"
    assert statement_of(FORMAT, report(sources=sources)).roots == ("src/main", "lib")


def test_sources_are_limited_and_the_limit_told() -> None:
    """Each file is looked for below each of them."""
    sources = "".join(f"<source>{number}</source>" for number in range(MAX_ROOTS + 1))
    statement = statement_of(FORMAT, report(sources=sources))
    assert len(statement.roots) == MAX_ROOTS
    assert [remark.slug for remark in statement.remarks] == [Slug.OVER_LIMIT]
    assert not statement_of(FORMAT, report(sources=sources.replace(f"<source>{MAX_ROOTS}</source>", ""))).remarks


def test_class_without_file_and_lines_is_passed_over() -> None:
    """There is nothing in it."""
    assert list(files_of(FORMAT, report(a_class(filename=""), a_class(line(1))))) == ["a.py"]


def test_empty_report_has_a_statement_and_no_file() -> None:
    """That it is hollow, `collect` sees."""
    assert files_of(FORMAT, report()) == {}
    assert statement_of(FORMAT, report()).proves == FORMAT.proves


# ---------------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (report(line(1)), "belongs to no class"),
        (report(a_class(line(1), filename="")), "belongs to no class"),
        (report(a_class(line("x"))), "`number` of a line"),
        (report(a_class(line(-1))), "`number` of a line"),
        (report(a_class(line(""))), "`number` of a line"),
        (report(a_class('<line hits="1"/>')), "`number` of a line is missing"),
        (report(a_class('<line number="1"/>')), "is no count of hits"),
        (report(a_class(line(1, "1.0"))), "is no count of hits"),
        (report(a_class(line(1, "NaN"))), "is no count of hits"),
        (report(a_class(line(1, branches="150% (3/2)"))), "3 of 2 branches"),
        (report(a_class(line(MAX_LINE + 1))), "out of range"),
        (report(a_class(line(10**12))), "out of range"),
    ],
)
def test_what_is_no_line_is_refused_where_it_stands(content: str, says: str) -> None:
    """A number that is understood halfway would be a wrong number."""
    problem = refused(FORMAT, content.replace("<packages>", "<packages>\n"))
    assert says in problem.message
    assert problem.at
    assert problem.at.line == 2


NUMBERS = re.compile(r'="(\d+)"')


@given(st.data())
def test_changed_attributes_are_refused_or_change_that_line_alone(data: st.DataObject) -> None:
    """Whatever stands in an attribute: no other exception, and no line is lost."""
    content = report(a_class(line(1), line(2, 0), line(3, 2)))
    places = [found.span(1) for found in NUMBERS.finditer(content)]
    start, end = data.draw(st.sampled_from(places))
    junk = data.draw(st.sampled_from(["", "-1", "1.5", "NaN", "x", "1e3", "9" * 50, "true", "null", "٣", "&#10;"]))
    try:
        file = files_of(FORMAT, content[:start] + junk + content[end:])["a.py"]
    except EvidenceError:
        return
    assert file.lines.valid == 3


@given(st.data())
def test_truncated_report_is_refused(data: st.DataObject) -> None:
    """Cut anywhere, it is no XML."""
    content = (FIXTURES / "gcovr.xml").read_bytes().rstrip()
    cut = data.draw(st.integers(0, len(content) - 1))
    refused(FORMAT, content[:cut])


def test_hostile_report_takes_time_in_proportion_to_its_size() -> None:
    """Many classes of one file that each name a far line, and many branches of one line."""
    far = report(*(a_class(line(MAX_LINE, 1)) for _ in range(10_000)))
    many = report(a_class(*(line(1, branches="50% (1/2)") for _ in range(20_000))))
    with no_hang():
        assert files_of(FORMAT, far)["a.py"].lines == Ratio(1, 1)
        assert files_of(FORMAT, many)["a.py"].branch_ratio == Ratio(1, 2)
        with suppress(EvidenceError):
            files_of(FORMAT, report(*(a_class(line(MAX_LINE), filename=f"{number}.c") for number in range(5_000))))

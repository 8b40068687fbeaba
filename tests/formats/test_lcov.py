"""LCOV tracefiles."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.errors import EvidenceError
from gate.formats.base import Head
from gate.formats.lcov import FORMAT
from gate.model.lines import lines_of
from gate.model.problem import Slug
from gate.model.ratio import Ratio
from tests.conftest import no_hang
from tests.formats.readings import files_of, refused, statement_of

FIXTURES = Path(__file__).parent / "lcov"


def section(*records: str, path: str = "a.c") -> str:
    """One section of a tracefile."""
    return "\n".join((f"SF:{path}", *records, "end_of_record", ""))


def recognised(content: str) -> bool:
    """Whether the content is taken for a tracefile."""
    return FORMAT.recognises(Head(content.encode()))


# ------------------------------------------------------------------------------------------------------- recognising


@pytest.mark.parametrize(
    "content",
    [
        "TN:\nSF:a.c\n",
        "TN:a test\r\nSF:a.c\r\n",
        "SF:a.c\n",
        "\n\nTN:\n\nSF:a.c",
        "# made by hand\nTN:\nTN:\nSF:a.c",
        "TN:\nDA:1,1\n",
        "TN:\n",
        "TN:",
        "TN:\nend_of_record\n",
    ],
)
def test_tracefile_is_recognised(content: str) -> None:
    """It starts with a test name or a source file, after comments perhaps."""
    assert recognised(content)


@pytest.mark.parametrize(
    "content", ["", "\n", "# TN:", "SF: is a city", "TN: a note\nwhich goes on", "a\nSF:b", "SF:\n"]
)
def test_other_text_is_not(content: str) -> None:
    """Prose may begin with two capitals, too."""
    assert not recognised(content)


# -------------------------------------------------------------------------------------------------------- real files


def test_gcovs_own_tool_is_read_and_headers_merged() -> None:
    """The header stands in the file once for each object; its line was reached in both."""
    files = files_of(FORMAT, (FIXTURES / "lcov.info").read_bytes())
    assert {path.rpartition("/")[2]: file.lines for path, file in files.items()} == {
        "cart.c": Ratio(6, 8),
        "cart.h": Ratio(1, 1),
        "main.c": Ratio(3, 3),
    }
    header = files["/github/workspace/cart/c/cart.h"]
    assert (header.branch_ratio, header.functions) == (Ratio(1, 2), Ratio(1, 1))


@pytest.mark.parametrize("name", ["lcov.info", "gcovr.info"])
def test_two_tools_over_the_same_run_agree(name: str) -> None:
    """Debian's lcov and gcovr read the same counters."""
    files = files_of(FORMAT, (FIXTURES / name).read_bytes()).values()
    assert Ratio.total(file.lines for file in files) == Ratio(10, 12)
    assert Ratio.total(file.branch_ratio for file in files) == Ratio(4, 6)
    assert Ratio.total(file.functions for file in files) == Ratio(3, 4)


@pytest.mark.parametrize("name", ["c8.info", "node-test.info"])
def test_two_reporters_of_v8_agree(name: str) -> None:
    """They differ in the order of their records."""
    file = files_of(FORMAT, (FIXTURES / name).read_bytes())["src/cart.js"]
    assert (file.lines, file.branch_ratio, file.functions) == (Ratio(10, 12), Ratio(3, 4), Ratio(1, 2))
    assert file.missed == lines_of([5, 6])


# ----------------------------------------------------------------------------------------------------------- records


def test_line_is_covered_when_its_count_is_above_zero() -> None:
    """`DA:<line>,<hits>`, with a checksum or without."""
    files = files_of(
        FORMAT, section("DA:1,1", "DA:2,0", "DA:3,7,Bl3RJj4vV3Gd2jPRW1dGRg", "DA:4,-3", "DA:5,-", "DA:6,00")
    )
    assert files["a.c"].executable == lines_of(range(1, 7))
    assert files["a.c"].covered == lines_of([1, 3])


def test_sections_of_the_same_file_merge() -> None:
    """A line or a branch that any section reached is covered; other files stay apart."""
    one = section("DA:1,0", "DA:2,1", "BRDA:2,0,0,1", "BRDA:2,0,1,-", "FN:1,f", "FNDA:0,f")
    two = section("DA:1,4", "BRDA:2,0,1,2", "BRDA:2,0,0,0", "FN:1,f", "FNDA:4,f")
    files = files_of(FORMAT, one + section("DA:1,0", path="b.c") + two)
    assert (files["a.c"].lines, files["a.c"].branch_ratio) == (Ratio(2, 2), Ratio(2, 2))
    assert files["a.c"].functions == Ratio(1, 1)
    assert files["b.c"].lines == Ratio(0, 1)


def test_branches_are_known_by_line_block_and_name() -> None:
    """LCOV 2 marks exceptions with `e`, and names branches by expressions, commas and all."""
    records = ("BRDA:1,0,0,1", "BRDA:1,e0,0,-", "BRDA:1,0,f(a, b) == c,0", "BRDA:1,0,!(f(a, b) == c),3", "BRDA:9,0,0,0")
    file = files_of(FORMAT, section("DA:1,1", "DA:9,1", *records))["a.c"]
    assert file.branches == {1: Ratio(2, 4), 9: Ratio(0, 1)}


def test_functions_are_counted_by_name() -> None:
    """With the last line or without; a name may hold commas; an entry without definition counts, too."""
    records = ("FN:1,f", "FN:2,5,g(int, int)", "FN:7,h", "FNDA:3,f", "FNDA:1,g(int, int)", "FNDA:0,h", "FNDA:2,i")
    assert files_of(FORMAT, section(*records, "DA:1,1"))["a.c"].functions == Ratio(3, 4)


def test_aliases_are_one_function() -> None:
    """LCOV 2.2 gives each place in the source an index, and lists the names that it has."""
    records = ("FNL:0,3,9", "FNA:0,0,f<int>", "FNA:0,2,f<char>", "FNL:1,12", "FNA:1,0,g", "FNA:7,1,no place")
    assert files_of(FORMAT, section(*records, "DA:3,1"))["a.c"].functions == Ratio(2, 3)


def test_totals_count_where_no_line_is_listed() -> None:
    """cargo-llvm-cov's summary; of two sections the one that says more."""
    summary = section("FNF:2", "FNH:1", "BRF:4", "BRH:3", "LF:14", "LH:12") + section("LF:14", "LH:9")
    file = files_of(FORMAT, summary)["a.c"]
    assert (file.lines, file.branch_ratio, file.functions) == (Ratio(12, 14), Ratio(3, 4), Ratio(1, 2))


def test_totals_do_not_count_where_lines_are_listed() -> None:
    """The lines are what can be checked; the difference is told."""
    content = section(
        "DA:1,1", "DA:2,0", "LF:100", "LH:99", "BRF:8", "BRH:8", "BRDA:1,0,0,0", "FN:1,f", "FNF:9", "FNH:9"
    )
    file = files_of(FORMAT, content)["a.c"]
    assert (file.lines, file.branch_ratio, file.functions) == (Ratio(1, 2), Ratio(0, 1), Ratio(0, 1))
    statement = statement_of(FORMAT, content)
    assert [remark.slug for remark in statement.remarks] == [Slug.CONTRADICTION]
    assert not statement.faults


def test_totals_that_agree_are_no_remark() -> None:
    """Nor are missing ones."""
    assert not statement_of(FORMAT, section("DA:1,1", "LF:1", "LH:1") + section("DA:2,0", path="b.c")).remarks


def test_known_records_that_say_nothing_here_are_passed_over() -> None:
    """Test names, versions, MC/DC, comments and blank lines, between sections and in them."""
    content = (
        "# by hand\nTN:one\n"
        + section("VER:1", "", "MCDC:1,2,t,1,0,'a'", "MCF:2", "MCH:1", "# here", "DA:1,1")
        + "TN:\n"
    )
    assert files_of(FORMAT, content)["a.c"].lines == Ratio(1, 1)


def test_line_ends_of_windows_change_nothing() -> None:
    """Nor does white space at the end."""
    content = section("DA:1,1", "DA:2,0")
    assert files_of(FORMAT, content.replace("\n", " \r\n")) == files_of(FORMAT, content)


def test_name_of_a_data_url_may_have_several_lines() -> None:
    """Firefox measures modules whose name is their source."""
    content = "SF:data:,new function() {\n  Components.utils.import();\n}\nDA:1,1\nend_of_record\n"
    assert list(files_of(FORMAT, content)) == ["data:,new function() {\n  Components.utils.import();\n}"]


def test_file_without_lines_is_a_record_of_its_own() -> None:
    """0 of 0: the criterion has to see that."""
    assert files_of(FORMAT, section("LF:0", "LH:0"))["a.c"].lines == Ratio()


# ---------------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("TN:\nDA:1,1\n", 2, "`DA` outside a section"),
        ("TN:\nLF:1\n", 2, "`LF` outside a section"),
        ("SF:a.c\nDA:1,1\nSF:b.c\n", 3, "section of a.c has no `end_of_record`"),
        ("TN:\nend_of_record\n", 2, "without `SF`"),
        (section("DA:1,1") + "EOF\n", 4, "`EOF` is no record"),
        (section("DA:1,1", "XY:1,1"), 3, "`XY:1,1` is no record"),
        (section("garbage"), 2, "`garbage` is no record"),
        (section("DA 1,1"), 2, "is no record"),
        (section("DA:590"), 2, "is no count"),
        (section("DA:1,"), 2, "is no count"),
        (section("DA:1,x"), 2, "is no count"),
        (section("DA:1,1.5"), 2, "is no count"),
        (section("DA:-1,1"), 2, "`-1` is no line number"),
        (section("DA:1_0,1"), 2, "is no line number"),
        (section("DA:x,1"), 2, "is no line number"),
        (section("DA:1000000000000,1"), 2, "is no line number"),
        (section("BRDA:1,0,0"), 2, "`BRDA` has no line"),
        (section("BRDA:1,0,0,"), 2, "is no count"),
        (section("BRDA:1"), 2, "`BRDA` has no line"),
        (section("FN:f"), 2, "`FN` has no line number"),
        (section("FNDA:f"), 2, "is no count"),
        (section("LF:many"), 2, "is no line number or count"),
        (section("LF:1", "LH:2"), 4, "`LH` is greater than `LF`"),
        (section("DA:2000001,1"), 3, "out of range"),
    ],
)
def test_what_is_no_record_is_refused_with_its_line(content: str, line: int, says: str) -> None:
    """A tracefile is understood completely, or not at all."""
    problem = refused(FORMAT, content)
    assert says in problem.message
    assert problem.at
    assert problem.at.line == line


def test_section_without_end_is_a_file_cut_off() -> None:
    """What is missing could be what was not covered."""
    assert "cut off" in refused(FORMAT, "SF:a.c\nDA:1,1\n").message


def test_name_that_is_not_utf8_is_refused() -> None:
    """Nothing is guessed."""
    assert "UTF-8" in refused(FORMAT, b"SF:\xff.c\nend_of_record\n").message


@pytest.mark.parametrize("name", sorted(path.name for path in FIXTURES.glob("*.info")))
def test_truncation_is_refused_unless_it_falls_between_sections(name: str) -> None:
    """Cut anywhere else, no number is given."""
    content = (FIXTURES / name).read_bytes()
    for cut in range(len(content)):
        between = content[:cut].rstrip().removesuffix(b"TN:").rstrip().endswith(b"end_of_record")
        try:
            assert not files_of(FORMAT, content[:cut]) or between, f"cut at byte {cut}"
        except EvidenceError:
            assert not content[:cut].rstrip().endswith(b"end_of_record")


@given(st.text(max_size=100))
def test_anything_is_read_or_refused(text: str) -> None:
    """No other exception, whatever stands in a section."""
    with suppress(EvidenceError):
        files_of(FORMAT, section(text))


def test_hostile_tracefile_takes_time_in_proportion_to_its_size() -> None:
    """Many sections that each name one far line, many branches of one line, one very long line."""
    sections = "".join(section("DA:1999999,1", path=f"{number % 50}.c") for number in range(15_000))
    branches = section(*(f"BRDA:1,0,{number},1" for number in range(60_000)))
    with no_hang():
        assert len(files_of(FORMAT, sections)) == 50
        assert files_of(FORMAT, branches)["a.c"].branch_ratio == Ratio(60_000, 60_000)
        refused(FORMAT, section("DA:1," + "1" * 5_000_000 + "x"))

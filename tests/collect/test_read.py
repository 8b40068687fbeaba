"""From bytes to records: encodings, formats, what is refused, and what is no report at all."""

import codecs
import hashlib
import json
from collections.abc import Iterator

import pytest

from gate.collect import read as read_module
from gate.collect.encoding import as_utf8
from gate.collect.read import reading_of
from gate.errors import EvidenceError
from gate.formats import BY_ID, FORMATS
from gate.formats.base import Format, Reader
from gate.model.evidence import SourceKey, State
from gate.model.finding import Finding
from gate.model.problem import Slug
from tests.collect.desk import Desk, a_request, lcov, result, sarif

TEXT = json.dumps(sarif(result(message="naïve")), ensure_ascii=False)
XML = '<?xml version="1.0" encoding="UTF-16"?>\n<a>é</a>'


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
)
def test_encoding_does_not_matter(content: bytes) -> None:
    """UTF-8 and UTF-16, with and without a byte-order mark, hold the same report."""
    (finding,) = reading_of(content).records
    assert isinstance(finding, Finding)
    assert finding.message == "naïve"


def test_hash_and_size_are_those_of_the_file() -> None:
    """What the report shows can be compared with `sha256sum`."""
    content = codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")
    reading = reading_of(content)
    assert (reading.sha256, reading.size) == (hashlib.sha256(content).hexdigest(), len(content))


@pytest.mark.parametrize("quoted", ['"UTF-16"', "'utf-16'"])
def test_xml_declaration_no_longer_names_utf_16(quoted: str) -> None:
    """After the change to UTF-8 the declaration would be a lie that parsers refuse; the lines stay where they were."""
    text = XML.replace('"UTF-16"', quoted)
    assert as_utf8(codecs.BOM_UTF16_LE + text.encode("utf-16-le")).decode() == '<?xml version="1.0"?>\n<a>é</a>'


def test_other_declared_encodings_stay() -> None:
    """Latin-1 XML says so itself; its reader knows."""
    content = b'<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>'
    assert as_utf8(content) == content


@pytest.mark.parametrize("content", [codecs.BOM_UTF16_LE + b"{", b"{\0" + b"\x00\xd8"])
def test_broken_utf_16_is_a_fault(content: bytes) -> None:
    """Half a character is a broken report, not a crash."""
    (fault,) = reading_of(content).faults
    assert fault.slug is Slug.BROKEN_REPORT
    assert "UTF-16" in fault.message


@pytest.mark.parametrize("name", ["x.json", "report.txt", "README.md", "x.png"])
def test_format_is_recognised_by_content_never_by_name(desk: Desk, name: str) -> None:
    """A SARIF log is one under any name."""
    desk.put(f"evidence/{name}", sarif(result()))
    report = desk.report("evidence/*")
    assert (report.format, report.state, len(report.records)) == ("sarif", State.OK, 1)


def test_report_in_a_foreign_suffix_is_refused_by_content(desk: Desk) -> None:
    """A name that ends in `.sarif` is no SARIF log."""
    desk.put("evidence/x.sarif", {"results": [], "metrics": {}})
    report = desk.report("evidence/*")
    assert (report.state, report.problems[0].slug, report.format) == (State.UNREADABLE, Slug.UNKNOWN_FORMAT, "")
    assert "a JSON object with results, metrics" in report.problems[0].message


@pytest.mark.parametrize(
    ("content", "looks"),
    [
        ("<TestRun id='1'/>", "root element is TestRun"),
        ('{"a": 1, "b": ', "broken JSON with a, b"),
        ("hello", "no format that the gate knows"),
        (b"\x1f\x8b\x08\x00", "no format that the gate knows"),
        ("[1, 2]", "no format that the gate knows"),
        ("true", "no format that the gate knows"),
    ],
)
def test_unknown_format_says_what_it_looks_like(content: str | bytes, looks: str) -> None:
    """A person sees at once which tool wrote it."""
    reading = reading_of(content if isinstance(content, bytes) else content.encode())
    assert [fault.slug for fault in reading.faults] == [Slug.UNKNOWN_FORMAT]
    assert looks in reading.faults[0].message


@pytest.mark.parametrize(
    "content",
    [
        {"error": "quota exceeded"},
        {"errors": [{"message": "no network"}]},
        {"message": "Bad credentials", "statusCode": 401},
        {"message": "Not Found", "documentation_url": "x", "status": "404"},
    ],
)
def test_error_object_of_a_tool_is_told_apart(desk: Desk, content: object) -> None:
    """A tool that failed may leave its error where the report should be; the error's text is not repeated."""
    desk.put("evidence/x.json", content)
    (problem,) = desk.report("evidence/*").problems
    assert problem.slug is Slug.UNKNOWN_FORMAT
    assert "error message of the tool" in problem.message
    assert "credentials" not in problem.message


BESIDE = [
    "README.md",
    "readme.json",
    "notes.txt",
    "scan.log",
    "index.html",
    "style.css",
    "logo.png",
    ".gitkeep",
    "all.tar.gz",
    "x.zip",
]


def test_files_beside_reports_are_listed_as_no_reports(desk: Desk) -> None:
    """A wildcard meets what lies around: shown, without a state, and nothing fails for it."""
    desk.put("evidence/x.json", sarif())
    for name in BESIDE:
        desk.put(f"evidence/{name}", "words" if name != ".gitkeep" else "")
    source = desk.source("evidence/*")
    assert [report.path for report in source.reports] == ["evidence/x.json"]
    assert source.not_reports == tuple(sorted(f"evidence/{name}" for name in BESIDE))
    assert source.gaps == ()


def test_file_that_a_pattern_names_is_a_report(desk: Desk) -> None:
    """Who writes the whole name means this file, whatever it is called."""
    desk.put("evidence/notes.txt", "words")
    assert desk.report("evidence/notes.txt").state is State.UNREADABLE


@pytest.mark.parametrize("name", ["x.json", "x.xml", "x.sarif", "x.csv", "x.yml", "x", "x.json.gz"])
def test_unknown_file_that_could_be_a_report_is_unreadable(desk: Desk, name: str) -> None:
    """Only what is plainly none is passed over."""
    desk.put(f"evidence/{name}", "words")
    assert desk.report("evidence/*").state is State.UNREADABLE


def test_broken_report_of_a_known_format_is_unreadable(desk: Desk) -> None:
    """A log that was cut off keeps its format and its hash, and none of its records counts."""
    desk.put("evidence/notes.txt", json.dumps(sarif(result()))[:-2])
    report = desk.report("evidence/*")
    assert (report.state, report.format, report.records) == (State.UNREADABLE, "sarif", ())
    assert report.sha256
    assert report.about == frozenset({Finding})
    assert str(report.problems[0].at).startswith("evidence/notes.txt")


def test_source_may_force_a_format(desk: Desk) -> None:
    """`format:` is believed, and what does not fit it is unreadable."""
    desk.put("evidence/x", lcov("src/app.py"))
    assert desk.report("evidence/*", format="lcov").format == "lcov"
    forced = desk.report("evidence/*", format="sarif")
    assert (forced.state, forced.format) == (State.UNREADABLE, "sarif")


@pytest.mark.parametrize("content", ["", "[]", "{}"])
def test_hollow_file_is_empty_in_a_forced_format(desk: Desk, content: str) -> None:
    """Nothing was written, whatever was asked for."""
    desk.put("evidence/x", content)
    assert desk.report("evidence/*", format="sarif").state is State.EMPTY


def a_format(read: Reader, **over: object) -> Format:
    """A format that claims everything."""
    fields = {"id": "fake", "title": "Fake", "proves": frozenset({Finding}), "recognises": lambda _: True, "read": read}
    return Format(**fields | over)  # type: ignore[arg-type]


def refusal_of(error: Exception) -> Reader:
    """A reader that raises."""

    def read(_: bytes) -> Iterator[Finding]:
        raise error

    return read


@pytest.mark.parametrize("error", [RecursionError, MemoryError])
def test_what_is_too_much_for_a_reader_is_a_fault(error: type[Exception]) -> None:
    """A report that exhausts the machine is unreadable; the run goes on."""
    (fault,) = reading_of(b"{", a_format(refusal_of(error()))).faults
    assert fault.slug is Slug.BROKEN_REPORT


def test_unexpected_exception_of_a_reader_is_a_defect() -> None:
    """It is not hidden as a broken report: the gate ends with exit code 3."""

    def read(_: bytes) -> Iterator[Finding]:
        yield Finding("x", "y")
        raise KeyError

    with pytest.raises(KeyError):
        reading_of(b"{", a_format(read))


def test_every_problem_of_a_refusal_is_kept() -> None:
    """A reader may have several things to say."""
    one, two = EvidenceError.of("one").problems[0], EvidenceError.of("two", line=3).problems[0]
    assert reading_of(b"{", a_format(refusal_of(EvidenceError([one, two])))).faults == (one, two)


def test_file_of_several_sources_is_read_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second source costs nothing; another format is another reading."""
    desk.put("evidence/x.json", sarif(result()))
    asked: list[str] = []
    real = read_module.reading_of

    def counting(content: bytes, known: Format | None = None) -> object:
        asked.append(known.id if known else "")
        return real(content, known)

    monkeypatch.setattr(read_module, "reading_of", counting)
    one, two = (a_request("evidence/*", key=SourceKey(name)) for name in ("one", "two"))
    sources = desk.collect(one, two, a_request("evidence/*", key=SourceKey("three"), format="lcov")).sources
    assert asked == ["", "lcov"]
    assert [report.source for source in sources.values() for report in source.reports] == ["one", "two", "three"]


def test_table_of_formats_has_every_id_once() -> None:
    """`format:` is never ambiguous."""
    assert len(BY_ID) == len(FORMATS)

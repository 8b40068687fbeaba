"""XML and JSON, read strictly."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.errors import EvidenceError
from gate.formats.markup import MAX_DEPTH, Fields, load_json, read_json, read_xml, whole_number
from gate.model.problem import Problem, Slug
from tests.conftest import no_hang


class Recorder:
    """Writes down what it is told."""

    texts = frozenset({"failure"})

    def __init__(self) -> None:
        self.started: list[tuple[str, dict[str, str]]] = []
        self.ended: list[tuple[str, str]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self.started.append((name, dict(attributes)))
        if name == "stop":
            raise EvidenceError.of("stop")

    def end(self, name: str, text: str) -> None:
        """An element ends."""
        self.ended.append((name, text))


def walked(content: str | bytes) -> tuple[Recorder, tuple[Problem, ...]]:
    """What a handler hears, and what was mended."""
    recorder = Recorder()
    mended = read_xml(content.encode() if isinstance(content, str) else content, recorder)
    return recorder, mended


def text_of(content: str | bytes) -> str:
    """The text of the only element that is kept."""
    recorder, _ = walked(content)
    (text,) = (text for name, text in recorder.ended if name == "failure")
    return text


def refusal(content: str | bytes) -> Problem:
    """The one problem."""
    with pytest.raises(EvidenceError) as caught:
        walked(content)
    (problem,) = caught.value.problems
    return problem


# ---------------------------------------------------------------------------------------------------------------- XML


def test_elements_are_told_in_order_with_their_attributes() -> None:
    """Start before end, children between."""
    recorder, mended = walked('<a x="1"><b/></a>')
    assert recorder.started == [("a", {"x": "1"}), ("b", {})]
    assert [name for name, _ in recorder.ended] == ["b", "a"]
    assert mended == ()


def test_text_is_kept_only_where_it_is_wanted() -> None:
    """Output of tests may be large; nobody reads it."""
    recorder, _ = walked("<a>one<failure>two</failure><out>three</out></a>")
    assert recorder.ended == [("failure", "two"), ("out", ""), ("a", "")]


def test_text_of_an_element_is_its_own() -> None:
    """What stands in its children is theirs; what follows them is its own again."""
    assert text_of("<a><failure>one<b>two</b>three</failure></a>") == "onethree"


def test_nested_kept_elements_have_each_their_text() -> None:
    """The inner one ends first."""
    recorder, _ = walked("<failure>one<failure>two</failure>three</failure>")
    assert recorder.ended == [("failure", "two"), ("failure", "onethree")]


def test_names_are_local_and_prefixes_need_no_namespace() -> None:
    """Several writers use prefixes that they do not declare."""
    recorder, _ = walked('<x:a xmlns="urn:b"><y:c z:d="1"/></x:a>')
    assert [name for name, _ in recorder.started] == ["a", "c"]


@pytest.mark.parametrize("declared", ["utf-8", "UTF-16", "utf-16le", "iso-8859-1", "windows-1252", "x-unknown"])
def test_declaration_does_not_overrule_bytes_that_are_utf8(declared: str) -> None:
    """The content was converted on arrival, and the declaration was left as it stood."""
    assert text_of(f'<?xml version="1.0" encoding="{declared}"?><failure>é</failure>') == "é"


@pytest.mark.parametrize("encoding", ["iso-8859-1", "ISO-8859-15", "windows-1252", "Shift_JIS", "GBK"])
def test_declaration_is_believed_where_bytes_are_not_utf8(encoding: str) -> None:
    """A report in the encoding of its machine is read."""
    text = "é" if "859" in encoding or "1252" in encoding else "\u4e2d"
    content = f"<?xml version='1.0' encoding='{encoding}'?><failure>{text}</failure>".encode(encoding)
    assert text_of(content) == text


@pytest.mark.parametrize("declaration", ["", '<?xml version="1.0" encoding="punycode"?>', '<?xml encoding="utf-8"?>'])
def test_bytes_that_are_no_text_are_refused(declaration: str) -> None:
    """Nothing is guessed, and no exotic codec runs."""
    assert "is not utf-8" in refusal(declaration.encode() + b"<failure>\xff\xfe</failure>").message


def test_bytes_that_belie_their_declaration_are_refused() -> None:
    """Neither UTF-8 nor what they say."""
    assert "is not gb2312" in refusal(b'<?xml version="1.0" encoding="gb2312"?><failure>\xff</failure>').message


@pytest.mark.parametrize("code", [*range(9), 11, 12, *range(14, 32)])
def test_control_characters_are_passed_over(code: int) -> None:
    """Some reporters write what a test printed; a strict parser would turn a failing test into no report."""
    _, mended = walked(b'<a b="1' + bytes([code]) + b'"/>')
    assert [problem.slug for problem in mended] == [Slug.RECOVERED]
    assert text_of(b"<failure>x" + bytes([code]) + b"y</failure>") == "xy"


@pytest.mark.parametrize("reference", ["&#0;", "&#x1B;", "&#x01f;", "&#031;", "&#xFFFF;", "&#xD800;", "&#1114112;"])
def test_references_to_what_is_no_character_are_passed_over(reference: str) -> None:
    """Escaped, they are just as forbidden (XML 1.0, section 2.2)."""
    assert text_of(f"<failure>x{reference}y</failure>") == "xy"


@pytest.mark.parametrize("reference", ["&#9;", "&#10;", "&#13;", "&#x20;", "&#xD7FF;", "&#xFFFD;", "&#x10FFFF;"])
def test_references_to_characters_stay(reference: str) -> None:
    """The limits of what is allowed."""
    number = reference.strip("&#;")
    code = int(number.removeprefix("x"), 16 if number.startswith("x") else 10)
    assert text_of(f"<failure>x{reference}y</failure>") == f"x{chr(code)}y"


@pytest.mark.parametrize("raw", [b"\xef\xbf\xbe", b"\xef\xbf\xbf", b"\xed\xa0\x80"])
def test_what_utf8_can_write_and_xml_cannot_is_passed_over_or_refused(raw: bytes) -> None:
    """U+FFFE and U+FFFF are valid UTF-8; a lone surrogate is none."""
    content = b"<failure>x" + raw + b"y</failure>"
    if raw.startswith(b"\xed"):
        assert "is not utf-8" in refusal(content).message
    else:
        assert text_of(content) == "xy"


def test_doctype_is_accepted_and_nothing_is_fetched() -> None:
    """JaCoCo and most Cobertura files have one."""
    recorder, _ = walked('<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd"><a/>')
    assert recorder.started == [("a", {})]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

ENTITIES = [
    f'<!DOCTYPE a [<!ENTITY l0 "lol">{LAUGHS}]><a>&l9;</a>',
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://example.invalid/b.dtd"> %b;]><a/>',
    '<!DOCTYPE a [<!ENTITY b "c">]><a/>',
    '<!DOCTYPE a SYSTEM "a.dtd"><a>&b;</a>',
]


@pytest.mark.parametrize("content", ENTITIES)
def test_entities_are_refused(content: str) -> None:
    """Whether they expand, fetch, or only would."""
    assert "entities" in refusal(content).message


@pytest.mark.parametrize(
    "content", ["<a>&b;</a>", "<a", "<a></b>", "<a/><b/>", "", "<a x=1/>", '<a b="1" b="2"/>', "a"]
)
def test_broken_xml_is_refused_with_its_line(content: str) -> None:
    """The message says where the parser stopped."""
    problem = refusal("\n" + content)
    assert problem.message.startswith("broken XML: ")
    assert problem.at
    assert problem.at.line == 2


def test_depth_is_limited_and_the_limit_itself_allowed() -> None:
    """Real reports nest some ten deep."""
    recorder, _ = walked("<a>" * MAX_DEPTH + "</a>" * MAX_DEPTH)
    assert len(recorder.started) == MAX_DEPTH
    assert "too deeply" in refusal("<a>" * (MAX_DEPTH + 1) + "</a>" * (MAX_DEPTH + 1)).message


def test_refusal_of_a_handler_gets_the_line_of_its_element() -> None:
    """A reader need not know where it stands."""
    problem = refusal("<a>\n<stop/>\n\n</a>")
    assert problem.at
    assert problem.at.line == 2


@pytest.mark.parametrize(
    "content",
    [
        b"<a>" * 1_000_000,
        b"<a" + b" " * 5_000_000,
        b"<a>" + b"&#27;" * 200_000 + b"</a>",
        b"<a>" + b"&#" * 1_000_000 + b"</a>",
        b"<failure>" + b"x" * 5_000_000 + b"</failure>",
        b"<a " + b" ".join(b'a%d="1"' % n for n in range(200_000)) + b"/>",
    ],
    ids=["depth", "white space", "references", "half references", "text", "attributes"],
)
def test_hostile_xml_takes_time_in_proportion_to_its_size(content: bytes) -> None:
    """No shape of some megabytes takes more than a moment."""
    with no_hang(), suppress(EvidenceError):
        walked(content)


@given(st.binary(max_size=200))
def test_anything_is_read_or_refused(content: bytes) -> None:
    """No other exception, whatever the bytes."""
    with suppress(EvidenceError):
        walked(b"<a>" + content + b"</a>")


# --------------------------------------------------------------------------------------------------------------- JSON


class Point(Fields, frozen=True):
    """Two members; others are passed over."""

    x: int
    y: int = 0


def json_refusal(content: str) -> Problem:
    """The one problem."""
    with pytest.raises(EvidenceError) as caught:
        read_json(content.encode(), Point)
    (problem,) = caught.value.problems
    return problem


def test_json_is_read_as_declared() -> None:
    """Members that nobody declared may be anything."""
    assert read_json(b'{"x": 1, "z": [null, {"x": "text"}]}', Point) == Point(1, 0)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"x": 1', "broken JSON"),
        ('{"x": 1, "x": 1}', "`x` stands twice"),
        ('{"x": 1, "z": {"y": 1, "y": 2}}', "`y` stands twice"),
        ('{"x": NaN}', "`NaN` is not a JSON number"),
        ('{"x": 1, "z": -Infinity}', "is not a JSON number"),
        ('{"x": "1"}', "$.x"),
        ('{"x": 1.5}', "$.x"),
        ('{"x": true}', "$.x"),
        ('{"y": 1}', "x"),
        ("[]", "unexpected content"),
        ("[" * 100_000, "too deeply"),
        (f'{{"x": 1{"0" * 1000}}}', "1001 digits"),
    ],
)
def test_json_that_is_ambiguous_or_of_another_type_is_refused(content: str, says: str) -> None:
    """A guess would be a number that nobody wrote."""
    assert says in json_refusal(content).message


def test_json_error_names_the_line() -> None:
    """Where a person has to look."""
    problem = json_refusal('{\n"x": 1\n"y": 2}')
    assert problem.at
    assert problem.at.line == 3


def test_many_members_cost_time_in_proportion() -> None:
    """The last of many names is the double one."""
    members = ", ".join(f'"m{number}": 1' for number in range(200_000))
    with no_hang():
        assert "`m7` stands twice" in json_refusal(f'{{{members}, "m7": 1}}').message


def test_text_that_is_not_utf8_is_refused() -> None:
    """JSON is UTF-8 (RFC 8259, section 8.1)."""
    with pytest.raises(EvidenceError, match="not UTF-8"):
        load_json(b'"\xff"')


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("9" * 400, int("9" * 400))])
def test_whole_numbers_are_digits(text: str, number: int) -> None:
    """As long as they are not absurdly long."""
    assert whole_number(text, "the number") == number


@pytest.mark.parametrize("text", [None, "", "-1", "+1", "1.0", " 1", "1_0", "٣", "²", "x", "9" * 401])
def test_what_is_no_whole_number_is_refused(text: Any) -> None:
    """ASCII digits only: int() would take much more."""
    with pytest.raises(EvidenceError, match="the number"):
        whole_number(text, "the number")

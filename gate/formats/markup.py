"""JSON and XML, read strictly: what is ambiguous, hostile or cut off is an `EvidenceError`, never a guess."""

import json
import re
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, NoReturn, Protocol, TypeVar
from xml.parsers import expat

import msgspec

from gate.errors import EvidenceError
from gate.model.problem import Problem, Slug

T = TypeVar("T")

MAX_DIGITS = 400
MAX_DEPTH = 512


class Fields(msgspec.Struct, frozen=True, gc=False):
    """Base of the structs in which a JSON format declares the few members that it reads. Others are passed over."""


def read_json(content: bytes, shape: type[T]) -> T:
    """The JSON document as `shape`.

    Raises EvidenceError for broken JSON, duplicate members, numbers that are not finite, and values of another type
    than `shape` declares; the message names the line or the JSON path.
    """
    return shaped(load_json(content), shape)


def shaped(value: object, shape: type[T]) -> T:
    """A decoded JSON value as `shape`; raises EvidenceError with the JSON path where a value has another type."""
    try:
        return msgspec.convert(value, type=shape, strict=True)
    except msgspec.ValidationError as error:
        raise EvidenceError.of(f"unexpected content: {error}") from error
    except UnicodeEncodeError as error:
        # A lone surrogate, where the error message of msgspec would have to quote it.
        raise EvidenceError.of("unexpected content: half a character in place of another value") from error


def load_json(content: bytes) -> Any:  # noqa: ANN401 - any JSON value
    """The JSON document as plain values; raises EvidenceError as `read_json` does."""
    try:
        return _decoder.decode(content.decode())
    except json.JSONDecodeError as error:
        raise EvidenceError.of(f"broken JSON: {error.msg} at column {error.colno}", line=error.lineno) from error
    except UnicodeDecodeError as error:
        raise EvidenceError.of(f"not UTF-8: {error.reason} at byte {error.start}") from error
    except RecursionError as error:
        raise EvidenceError.of("nested too deeply to be a report") from error


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose members are unique (RFC 8259, section 4: names should be; here they decide, so they must)."""
    members = dict(pairs)
    if len(members) != len(pairs):
        ((twice, _),) = Counter(name for name, _ in pairs).most_common(1)
        raise EvidenceError.of(f"the member `{twice[:80]}` stands twice in one object: which one counts is a guess")
    return members


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise EvidenceError.of(f"a number of {len(digits)} digits")
    return int(digits)


def _no_constant(name: str) -> NoReturn:
    raise EvidenceError.of(f"`{name}` is not a JSON number")


_decoder = json.JSONDecoder(object_pairs_hook=_members, parse_int=_integer, parse_constant=_no_constant)

_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
"""Control characters that XML 1.0 (section 2.2) allows nowhere; some reporters write them as they come."""
_NO_CHARACTER = re.compile(rb"\xef\xbf[\xbe\xbf]|\xed[\xa0-\xbf][\x80-\xbf]")
"""UTF-8 of U+FFFE, U+FFFF and of surrogates, which are no XML characters either."""
_REFERENCE = re.compile(rb"&#(?:x([0-9A-Fa-f]{1,12})|([0-9]{1,12}));")
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,80}?encoding\s*=\s*["']"""
    rb"""(iso-8859-\d\d?|windows-125\d|gb2312|gbk|gb18030|big5|shift_jis|euc-jp|euc-kr)["']""",
    re.IGNORECASE,
)


class XmlHandler(Protocol):
    """What a reader of an XML format does at each element.

    Names are local names, without a namespace prefix. An EvidenceError that it raises gets the line of the element.
    """

    @property
    def texts(self) -> Collection[str]:
        """The elements whose text is wanted."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str, text: str) -> None:
        """An element ends; `text` is its own character data, without that of its children, where `texts` names it."""


def read_xml(content: bytes, handler: XmlHandler) -> tuple[Problem, ...]:
    """Walk an XML document, and return what had to be mended on the way.

    The content counts as UTF-8 whatever its declaration says, for it was converted on arrival; the declaration is
    believed only where the bytes are no UTF-8. A DOCTYPE is accepted and nothing is fetched; entities are refused;
    a prefix needs no namespace. Characters that XML forbids, which several reporters write, are passed over.
    Raises EvidenceError for anything that is not well-formed.
    """
    text = _as_utf8(content)
    mended = _mended(text)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    walk = _Walk(parser, handler)
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.EntityDeclHandler = parser.SkippedEntityHandler = _refuse_entity
    try:
        parser.Parse(mended, True)  # noqa: FBT003 - expat takes no keyword
    except expat.ExpatError as error:
        raise EvidenceError.of(f"broken XML: {expat.ErrorString(error.code)}", line=error.lineno) from error
    finally:
        # The handlers refer to the parser: without this the cycle would keep the whole report alive.
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
        parser.EntityDeclHandler = parser.SkippedEntityHandler = None
    dropped = len(text) - len(mended)
    if not dropped:
        return ()
    return (Problem(Slug.RECOVERED, f"characters that XML does not allow were passed over (bytes: {dropped})"),)


def _as_utf8(content: bytes) -> bytes:
    """The content, converted from the encoding that it declares where it is no UTF-8."""
    if content.isascii():
        return content
    declared = _DECLARED.match(content)
    encoding = declared[1].decode() if declared else "utf-8"
    try:
        content.decode()
    except UnicodeDecodeError:
        try:
            return content.decode(encoding).encode()
        except (LookupError, UnicodeDecodeError) as error:
            raise EvidenceError.of(f"the text is not {encoding}") from error
    return content


def _mended(content: bytes) -> bytes:
    """The content without the characters, as they are or as references, that XML does not allow."""
    mended = content.translate(None, _CONTROLS)
    if not mended.isascii():
        mended = _NO_CHARACTER.sub(b"", mended)
    return _REFERENCE.sub(_allowed_reference, mended) if b"&#" in mended else mended


def _allowed_reference(reference: re.Match[bytes]) -> bytes:
    """The character reference, or nothing where XML 1.0 (section 2.2) has no such character."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return reference[0] if any(code in characters for characters in _CHARACTERS) else b""


_CHARACTERS = (range(9, 11), range(13, 14), range(0x20, 0xD800), range(0xE000, 0xFFFE), range(0x10000, 0x110000))


class _Walk:
    """Knows the depth, hands on local names, and keeps the text of the elements that are asked for."""

    def __init__(self, parser: expat.XMLParserType, handler: XmlHandler) -> None:
        self._parser = parser
        self._handler = handler
        self._depth = 0
        self._kept: list[tuple[int, list[str]]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise EvidenceError.of("nested too deeply to be a report", line=self._parser.CurrentLineNumber)
        name = name.rpartition(":")[2]
        if name in self._handler.texts:
            self._kept.append((self._depth, []))
        if self._kept:
            self._listen()
        try:
            self._handler.start(name, attributes)
        except EvidenceError as error:
            raise error.at_line(self._parser.CurrentLineNumber) from error

    def end(self, name: str) -> None:
        text = ""
        if self._kept and self._kept[-1][0] == self._depth:
            text = "".join(self._kept.pop()[1])
            self._parser.CharacterDataHandler = None
        self._depth -= 1
        if self._kept:
            self._listen()
        try:
            self._handler.end(name.rpartition(":")[2], text)
        except EvidenceError as error:
            raise error.at_line(self._parser.CurrentLineNumber) from error

    def _listen(self) -> None:
        """Character data costs; it is asked for only inside an element that keeps it, and outside its children."""
        inside = self._kept and self._kept[-1][0] == self._depth
        self._parser.CharacterDataHandler = self._kept[-1][1].append if inside else None


def _refuse_entity(*_: object) -> NoReturn:
    raise EvidenceError.of(
        "declares or uses entities of its own, which are refused", hint="let the tool write plain XML"
    )


def whole_number(text: str | None, what: str, line: int | None = None) -> int:
    """A count as reports write it: ASCII digits. Raises EvidenceError otherwise."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > MAX_DIGITS:
        raise EvidenceError.of(
            f"{what} is {text!r}, not a whole number" if text is not None else f"{what} is missing", line=line
        )
    return int(text)

"""Content as UTF-8 without a byte-order mark, which is what readers expect."""

import codecs
import re

from gate.errors import EvidenceError

_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_DECLARED = re.compile(r"\A(<\?xml[^>]{0,200}?)\sencoding\s{0,8}=\s{0,8}(?:\"[^\">]{0,80}\"|'[^'>]{0,80}')")
_FIRST = b"<{["


def as_utf8(content: bytes) -> bytes:
    """The content without its byte-order mark; UTF-16, with or without a mark, becomes UTF-8.

    Other bytes stay as they are: an XML declaration may name their encoding. Raises EvidenceError for broken UTF-16.
    """
    if content.startswith(codecs.BOM_UTF8):
        return content[len(codecs.BOM_UTF8) :]
    encoding = _utf_16(content[:2])
    if not encoding:
        return content
    try:
        text = content.decode(encoding).removeprefix("\ufeff")
        return _DECLARED.sub(r"\1", text, count=1).encode()
    except UnicodeDecodeError as error:
        raise EvidenceError.of(f"broken UTF-16: {error.reason} at byte {error.start}") from error


def _utf_16(start: bytes) -> str:
    """The byte order of UTF-16, by its mark or by the NUL beside the first character of JSON or XML; else nothing."""
    if start in _UTF_16:
        return _UTF_16[start]
    if len(start) == 2 and 0 in start and (start[0] or start[1]) in _FIRST:  # noqa: PLR2004 - one UTF-16 code unit
        return "utf-16-le" if start[1] == 0 else "utf-16-be"
    return ""

"""Any text, as a document."""

from collections.abc import Iterator

from gate.formats.base import Format, Head
from gate.model.document import Document
from gate.model.evidence import Record, Statement


def recognises(head: Head) -> bool:  # noqa: ARG001 - whatever a file holds, it is a file
    """Every file can be asked whether it is there, and what it says."""
    return True


def read(content: bytes) -> Iterator[Statement | Record]:
    """Yield the text; bytes that are no UTF-8 become U+FFFD. White space alone says nothing."""
    text = content.decode("utf-8", "replace")
    yield Document(text)
    hollow = "" if text.strip() else "it holds nothing but white space"
    yield Statement(tool="", proves=frozenset({Document}), hollow=hollow)


FORMAT = Format(
    "text",
    "Documents and configuration",
    frozenset({Document}),
    recognises,
    read,
    tools="people",
    signature=False,
)

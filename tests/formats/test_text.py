"""Any text, as a document."""

import pytest

from gate.formats.base import Head
from gate.formats.text import FORMAT, read
from gate.model.document import Document
from gate.model.evidence import Statement


@pytest.mark.parametrize(
    ("content", "text", "hollow"),
    [
        (b"# Title\n", "# Title\n", False),
        ("caf\u00e9".encode(), "caf\u00e9", False),
        (b"caf\xe9", "caf\ufffd", False),
        (b"\0\1\2", "\0\1\2", False),
        (b"", "", True),
        (b" \n\t\n", " \n\t\n", True),
        ("\u00a0\u2003".encode(), "\u00a0\u2003", True),
    ],
)
def test_every_content_is_one_document(content: bytes, text: str, hollow: bool) -> None:  # noqa: FBT001 - a table
    """Bytes that are no UTF-8 are replaced; white space of any sort says nothing."""
    document, statement = read(content)
    assert document == Document(text)
    assert isinstance(statement, Statement)
    assert statement.proves == frozenset({Document})
    assert bool(statement.hollow) is hollow


def test_it_is_tried_only_where_it_is_asked_for() -> None:
    """Otherwise it would take every report that nobody else knows."""
    assert not FORMAT.signature
    assert FORMAT.recognises(Head(b"\0"))

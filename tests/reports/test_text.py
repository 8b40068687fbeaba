"""Each sink's writer keeps the words and takes the power."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.reports.text import code_safe, markdown_safe, sarif_safe, xml_safe
from tests.reports.hostile import PAYLOADS, markdown_tokens

HARMLESS = {"paragraph_open", "paragraph_close", "text", "text_special"}


def _words(markdown: str) -> str:
    return "".join(content for _, content, _ in markdown_tokens(markdown))


@pytest.mark.parametrize(
    "text",
    [
        "a_b *c* [d](e) <f> `g` ~h~ | $i$ &amp; https://j.example",
        "# no heading",
        "- no item",
        "1. no item",
        "1) no item",
        "no heading #",
        "a\\b",
        "www.k.example",
    ],
)
def test_prose_reads_as_it_was_written(text: str) -> None:
    """Rendered, every sign is there, and none of them was markup."""
    assert {kind for kind, _, _ in markdown_tokens(markdown_safe(text))} <= HARMLESS
    assert _words(markdown_safe(text)) == text


def test_a_mention_is_code() -> None:
    """GitHub links names after rendering, and never inside code."""
    assert markdown_safe("ask @acme/team") == "ask `@`acme/team"
    assert markdown_safe("fixes #12") == "fixes `#`12"


@pytest.mark.parametrize("text", ["no-high-findings", "84.9 % (849 of 1000)", "src/app.py, line 3", "C# and C++"])
def test_plain_words_need_no_escape(text: str) -> None:
    """The Markdown stays readable as a text."""
    assert markdown_safe(text) == text


def test_a_web_address_is_no_link() -> None:
    """The linkifier of GitHub needs the unescaped colon, or the dot behind www."""
    assert markdown_safe("https://x.example") == r"https\://x.example"
    assert markdown_safe("WWW.x.example") == r"WWW\.x.example"


def test_code_is_a_span_where_a_span_can_hold_it() -> None:
    """A backtick would end the span, a pipe the cell of a table."""
    assert code_safe("src/app.py") == "`src/app.py`"
    assert code_safe("a`b") == r"a\`b"
    assert code_safe("a|b") == r"a\|b"
    assert code_safe("") == ""


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_cell_of_a_table_stays_one_cell(payload: str) -> None:
    """Whatever stands in it."""
    table = f"| a | b |\n|:--|:--|\n| {markdown_safe(payload)} | {code_safe(payload)} |\n"
    kinds = [kind for kind, _, _ in markdown_tokens(table)]
    assert kinds.count("td_open") == 2
    assert kinds.count("tr_open") == 2


@given(st.text())
def test_no_text_is_markup(text: str) -> None:
    """At the beginning of a paragraph, where most markup may start."""
    kinds = {kind for kind, _, _ in markdown_tokens(markdown_safe(text))}
    assert kinds <= HARMLESS | {"code_inline"}


def test_a_message_of_sarif_has_no_link() -> None:
    """Brackets are escaped where they could be one, and stay otherwise."""
    assert sarif_safe("[x](javascript:y)") == r"\[x\](javascript:y)"
    assert sarif_safe("list[int] is fine") == "list[int] is fine"


@given(st.text())
def test_xml_gets_no_character_that_it_forbids(text: str) -> None:
    """XML 1.0, section 2.2."""
    assert re.search("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", xml_safe(text)) is None

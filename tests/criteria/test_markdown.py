"""Markdown as far as the gate reads it."""

import pytest

from gate.criteria.markdown import front_matter, headings, legible, links, visible
from tests.conftest import no_hang


def test_headings_have_level_and_line() -> None:
    """In both styles, also in quotes; not in code, not in front matter, not in comments."""
    text = "---\ntitle: no\n---\n# One\n\nTwo\n---\n> ### Three\n```\n# code\n```\n<!--\n# comment\n-->\n"
    assert [(one.text, one.level, one.line) for one in headings(text)] == [
        ("One", 1, 4),
        ("Two", 2, 6),
        ("Three", 3, 8),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](b.md)", ["b.md"]),
        ("[a](<b c.md>)", ["b c.md"]),
        ("[a](b%20c.md)", ["b c.md"]),
        ('[a](b.md "title")', ["b.md"]),
        ("[a](b_(c).md)", ["b_(c).md"]),
        ("[a](b.md#part)", ["b.md"]),
        ("[a](b.md?plain=1)", ["b.md"]),
        ("![a](b.png)", ["b.png"]),
        ("[![a](b.png)](c.md)", ["b.png", "c.md"]),
        ("[a][r]\n\n[r]: b.md\n", ["b.md"]),
        ("[r]: <b.md> 'title'", ["b.md"]),
        ("[a](/docs/b.md)", ["/docs/b.md"]),
        ("[a](../b/)", ["../b/"]),
        ("- item [a](b.md)\n  > [c](d.md)", ["b.md", "d.md"]),
        ("[a](https://example.org/b.md)", []),
        ("[a](mailto:a@example.org)", []),
        ("[a](//example.org)", []),
        ("[a](#part)", []),
        ("[a]()", []),
        ("`[a](b.md)`", []),
        ("```\n[a](b.md)\n```", []),
        ("    [a](b.md)", []),
        ("~~~\n[a](b.md)\n~~~\n[c](d.md)", ["d.md"]),
    ],
)
def test_links_that_lead_to_files(text: str, expected: list[str]) -> None:
    """Pictures and reference definitions too; neither other hosts, nor places in the same document, nor code."""
    assert [link.target for link in links(text)] == expected


def test_link_knows_its_line() -> None:
    """Also behind front matter and code."""
    text = "---\na: b\n---\n[a](1.md)\n```\nx\n```\n\ntext\n[b](2.md) [c](3.md)\n"
    assert [(link.target, link.line) for link in links(text)] == [("1.md", 4), ("2.md", 10), ("3.md", 10)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nTitle: X\nlast-updated: '2026-11-20'\n---\n", {"title": "X", "last_updated": "2026-11-20"}),
        ('+++\ndate = "2026-11-20"\n+++\n', {"date": "2026-11-20"}),
        ("---\r\ndate: 2026-11-20\r\n---\r\n", {"date": "2026-11-20"}),
        ("---\ntags:\n  - a\ndate: 2026-11-20\n...\n", {"tags": "", "date": "2026-11-20"}),
        ("\n---\ndate: 2026-11-20\n---\n", {}),
        ("---\ndate: 2026-11-20\n", {}),
        ("text\n---\ndate: x\n---\n", {}),
        ("", {}),
    ],
)
def test_front_matter_stands_at_the_very_top(text: str, expected: dict[str, str]) -> None:
    """Between two lines of dashes or plus signs; what does not end is none."""
    assert front_matter(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <!-- b --> c", ["a", "c"]),
        ("a <!-- b", ["a"]),
        ("<!-- a --><!-- b -->c", ["c"]),
        ("---\na: b\n---\nc", ["c"]),
        ("a --> b", ["a", "-->", "b"]),
    ],
)
def test_visible_text_has_no_comments_and_no_front_matter(text: str, expected: list[str]) -> None:
    """A reader of the rendered page sees neither."""
    assert visible(text).split() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<div class='a b'>c</div><br/>", ["c"]),
        ("<!DOCTYPE html>\n<?xml version='1.0'?>\n<x:y z='a'/>", []),
        ("<https://example.org> a < b", ["<https://example.org>", "a", "<", "b"]),
        ("```python\ncode\n```\n> ~~~ text\n> more\n> ~~~", ["code", ">", "more"]),
        ("```inline```", ["```inline```"]),
        ("[//]: # (x)\n[a]: b.md\n[a]: <b> 'title'\n[^1]: note\n[Note]: it is so", ["[^1]:", "note", "[Note]:"]),
        ("&nbsp;&#8203;&#x200B;&shy;", []),
        ("&lt;b&gt; &amp;", ["<b>", "&"]),
        ("\u3164\u115f", []),
        ("&#99999999;", ["&#99999999;"]),
    ],
)
def test_legible_text_has_no_markup_that_holds_words(text: str, expected: list[str]) -> None:
    """Tags, marks of code blocks and definitions are not shown; addresses, code and footnotes are."""
    found = legible(text).translate({0xAD: None, 0x200B: None}).split()
    assert found[: len(expected)] == expected
    assert bool(found) is bool(expected)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "](" * 100_000,
        "](a)" * 50_000,
        "](" + "(a" * 100_000,
        "<!--" * 50_000,
        "```\n" * 20_000,
        "`" * 100_000,
        "](" + " " * 100_000,
        "[a]: x\n" * 20_000,
        "<a " * 50_000,
        "<a:" * 50_000,
        "&#" * 50_000,
        "[a]: " + "x" * 100_000 + " y",
        "> " * 50_000 + "~~",
    ],
    ids=range(14),
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    """Each is some hundred kilobytes; quadratic work would take minutes."""
    with no_hang():
        assert len(list(links(text))) + len(list(headings(text))) + len(legible(text)) >= 0

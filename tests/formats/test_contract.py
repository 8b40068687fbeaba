"""Laws that every report format keeps, over the fixtures of all of them.

A format's fixtures are the files of `tests/formats/<id>/` that are no script. A new format needs no line here.
"""

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gate.collect.encoding import as_utf8
from gate.errors import EvidenceError
from gate.formats import FORMATS
from gate.formats.base import Format, Head
from gate.model.evidence import RECORD_NAMES, Record, Statement
from gate.model.finding import Finding
from gate.model.severity import Severity

HERE = Path(__file__).parent
SCRIPTS = frozenset({".py", ".sh", ".pyc"})

CUT_ANYWHERE = frozenset({"lcov", "markdown-checklist", "text"})
"""Formats without an end: what is cut off between two entries is a shorter report, and nothing in it says so."""


@dataclass(frozen=True)
class Fixture:
    """One report, and the format it is in."""

    format: Format
    path: Path

    @property
    def content(self) -> bytes:
        """Its content as a reader gets it."""
        return as_utf8(self.path.read_bytes())


def _fixtures() -> Iterator[Fixture]:
    for known in FORMATS:
        for folder in {HERE / known.id, HERE / known.id.replace("-", "_")}:
            for path in sorted(folder.rglob("*")):
                if path.is_file() and path.suffix not in SCRIPTS and not path.name.startswith("README"):
                    yield Fixture(known, path)


FIXTURES = tuple(_fixtures())


def every_fixture(*, but: frozenset[str] = frozenset(), start: bytes = b"") -> pytest.MarkDecorator:
    """Run the test for every fixture that starts so."""
    chosen = [one for one in FIXTURES if one.format.id not in but and one.content.lstrip().startswith(start)]
    return pytest.mark.parametrize("fixture", chosen, ids=lambda one: str(one.path.relative_to(HERE)))


@dataclass(frozen=True)
class Outcome:
    """What a reader makes of a content."""

    statements: tuple[Statement, ...] = ()
    records: tuple[Record, ...] = ()
    refusal: EvidenceError | None = None

    @property
    def is_sound(self) -> bool:
        """Whether the report would be ok, as far as the reader is concerned."""
        flawed = any(statement.faults or statement.hollow for statement in self.statements)
        return self.refusal is None and bool(self.statements) and not flawed


def outcome_of(known: Format, content: bytes) -> Outcome:
    """Read it; any exception but a refusal fails the test that asks."""
    try:
        items = tuple(known.read(content))
    except EvidenceError as refusal:
        return Outcome(refusal=refusal)
    statements = tuple(item for item in items if isinstance(item, Statement))
    return Outcome(statements, tuple(item for item in items if not isinstance(item, Statement)))


@cache
def whole(fixture: Fixture) -> Outcome:
    """What the reader makes of the fixture as it is."""
    return outcome_of(fixture.format, fixture.content)


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.id)
def test_every_format_has_fixtures_and_says_what_it_is(known: Format) -> None:
    """A format without a report that shows it is a claim."""
    assert [fixture for fixture in FIXTURES if fixture.format is known]
    assert known.title
    assert known.tools
    assert known.proves <= frozenset(RECORD_NAMES)
    assert known.proves


def test_ids_are_unique_and_kebab_case() -> None:
    """They are what a policy's `format:` says."""
    ids = [known.id for known in FORMATS]
    assert len(set(ids)) == len(ids)
    assert all(name.replace("-", "").isalnum() and name == name.lower() for name in ids)


@every_fixture()
def test_content_is_claimed_by_its_own_format_alone(fixture: Fixture) -> None:
    """Recognition never depends on the order of the table, and formats without a signature claim nothing."""
    head = Head(fixture.content)
    claims = [known.id for known in FORMATS if known.signature and known.recognises(head)]
    assert claims == ([fixture.format.id] if fixture.format.signature else [])


ANYBODYS = [
    *(b"", b" ", b"0", b'""', b"{", b"[", b"<", b"{}", b"[]", b"null", b"\0\0", b"\xff\xfe"),
    *(b"<a/>", b"<?xml", b'{"a": 1}', b'{"results": []}', b'{"error": "x"}', b'{"version": "2.1.0"}'),
    *(b"words", b"# Title\n- [ ] x\n", b"a,b\n1,2\n", b"key: value\n"),
]


@pytest.mark.parametrize("content", ANYBODYS)
def test_nobody_claims_what_shows_nothing(content: bytes) -> None:
    """No format takes what could be anybody's."""
    assert [known.id for known in FORMATS if known.signature and known.recognises(Head(content))] == []


@every_fixture()
def test_reader_proves_what_its_format_says(fixture: Fixture) -> None:
    """Statements and records are of the announced types; a report that is not refused has a statement."""
    outcome = whole(fixture)
    assert outcome.refusal or outcome.statements
    assert all(statement.proves <= fixture.format.proves for statement in outcome.statements)
    assert {type(record) for record in outcome.records} <= fixture.format.proves


@every_fixture()
def test_some_fixture_of_the_format_is_sound(fixture: Fixture) -> None:
    """Real reports are read; if one fixture is refused or flawed on purpose, another of its format is not."""
    siblings = [other for other in FIXTURES if other.format is fixture.format]
    assert any(whole(other).is_sound for other in siblings)


@every_fixture()
def test_reader_leaves_stamps_to_collect(fixture: Fixture) -> None:
    """No severity, no placed location, no silence about secrets: those are decided in one place."""
    for record in whole(fixture).records:
        at = getattr(record, "at", None)
        assert at is None or not at.placed
        if isinstance(record, Finding):
            assert (record.severity, record.severity_from, record.secret) == (Severity.UNRATED, "", False)


@every_fixture()
def test_reading_is_repeatable(fixture: Fixture) -> None:
    """The same content gives the same records in the same order."""
    again = outcome_of(fixture.format, fixture.content)
    assert (again.statements, again.records) == (whole(fixture).statements, whole(fixture).records)


def cuts(content: bytes) -> list[int]:
    """Where to cut: at the ends, and at fifty places in between."""
    return sorted({0, 1, 2, *range(0, len(content), max(1, len(content) // 50)), len(content) - 2, len(content) - 1})


@every_fixture(but=CUT_ANYWHERE)
def test_truncation_never_passes_for_the_whole(fixture: Fixture) -> None:
    """Cut off anywhere, the report is refused or flawed, or it still holds everything (its last bytes were white)."""
    content, full = fixture.content, whole(fixture)
    for cut in cuts(content):
        if cut >= 0:
            outcome = outcome_of(fixture.format, content[:cut])
            assert not outcome.is_sound or outcome.records == full.records, f"cut at byte {cut}"


@every_fixture()
def test_truncation_raises_nothing_but_refusals(fixture: Fixture) -> None:
    """For formats without an end that is all that can be asked: a message, never a crash."""
    content = fixture.content
    for cut in cuts(content):
        refusal = outcome_of(fixture.format, content[: max(cut, 0)]).refusal
        assert refusal is None or all(problem.message for problem in refusal.problems)


@every_fixture()
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_damage_raises_nothing_but_refusals(fixture: Fixture, data: st.DataObject) -> None:
    """Bytes changed, removed or put in: the reader understands the rest, or refuses it."""
    content = fixture.content
    start = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, 12))
    junk = data.draw(
        st.one_of(st.binary(max_size=8), st.sampled_from([b"-1", b"1e999", b"NaN", b"\x00", b"<", b'"', b"\\ud800"]))
    )
    outcome_of(fixture.format, content[:start] + junk + content[start + length :])


def nodes(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all values in a JSON document."""
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from nodes(child, (*path, key))


def replaced(document: Any, path: tuple[Any, ...], value: object) -> Any:
    """The document with another value at the path."""
    if not path:
        return value
    changed = copy.deepcopy(document)
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return changed


@every_fixture(but=CUT_ANYWHERE, start=b"{")
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_value_of_another_type_never_hides_a_record(fixture: Fixture, data: st.DataObject) -> None:
    """A member that turns into another type is refused or flawed, or costs no record."""
    document = json.loads(fixture.content)
    path = data.draw(st.sampled_from(list(nodes(document))))
    value = document
    for key in path:
        value = value[key]
    junk: tuple[object, ...] = (0, 1.5, "x", [], {}, True, None)
    others = [other for other in junk if type(other) is not type(value)]
    changed = replaced(document, path, data.draw(st.sampled_from(others)))
    outcome = outcome_of(fixture.format, json.dumps(changed).encode())
    assert not outcome.is_sound or len(outcome.records) >= len(whole(fixture).records)


@every_fixture()
def test_white_space_and_line_ends_do_not_matter(fixture: Fixture) -> None:
    """A report that went through Windows is the same report."""
    content = fixture.content
    if b"\r" in content or not fixture.format.signature:
        pytest.skip("its line ends are its own")
    windows = outcome_of(fixture.format, content.replace(b"\n", b"\r\n"))
    assert windows.is_sound == whole(fixture).is_sound
    assert len(windows.records) == len(whole(fixture).records)

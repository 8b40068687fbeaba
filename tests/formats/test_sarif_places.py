"""SARIF: where results are."""

from typing import Any

import pytest

from gate.model.lines import MAX_LINE
from gate.model.location import Location
from tests.formats.sariflogs import a_log, a_place, a_result, a_run, finding_of, findings_in, statements_in


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("src/app.py", "src/app.py"),
        ("./src/app.py", "src/app.py"),
        (".//././src/app.py", "src/app.py"),
        ("../outside.py", "../outside.py"),
        ("src/my%20app%C3%A9.py", "src/my appé.py"),
        ("src/with space.py", "src/with space.py"),
        ("src\\win\\app.py", "src/win/app.py"),
        ("file:///home/ci/src/app.py", "/home/ci/src/app.py"),
        ("file:/home/ci/app.py", "/home/ci/app.py"),
        ("file://localhost/home/ci/app.py", "/home/ci/app.py"),
        ("FILE:///C:/work/app.py", "C:/work/app.py"),
        ("file:///C%3A/work/app.py", "C:/work/app.py"),
        ("C:\\work\\app.py", "C:/work/app.py"),
        ("file://server/share/app.py", "//server/share/app.py"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("src/nul%00.py", "src/nul%00.py"),
    ],
)
def test_uris_become_paths(uri: str, path: str) -> None:
    """Percent-decoded, with forward slashes, `file:` taken off; pages stay URLs, and a NUL is in no path."""
    at = finding_of(a_result(locations=a_place(uri))).at
    assert at == Location(path)


def test_pages_are_urls() -> None:
    """A place with a host is no file of a workspace."""
    at = finding_of(a_result(locations=a_place("https://example.org/login"))).at
    assert at
    assert at.is_url


def test_the_first_place_that_names_a_file_counts() -> None:
    """Logical places and places without a URI are passed over."""
    logical: list[dict[str, Any]] = [{"logicalLocations": [{"fullyQualifiedName": "a.b"}]}, {"physicalLocation": {}}]
    assert finding_of(a_result(locations=[*logical, *a_place("b.py"), *a_place("c.py")])).at == Location("b.py")
    assert finding_of(a_result(locations=logical)).at is None
    assert finding_of(a_result(locations=None)).at is None


def test_an_artifact_may_be_named_by_index_alone() -> None:
    """An index that leads nowhere names no place, and the finding stays."""
    artifacts = [{"location": {"uri": "src/a.c"}}, {}]
    by_index = [a_result(locations=a_place(None, index=index)) for index in (0, 1, 2, -1)]
    by_index.append(a_result(locations=a_place("", index=0)))
    found = findings_in(a_log(a_run(*by_index, artifacts=artifacts)))
    assert [finding.at for finding in found] == [Location("src/a.c"), None, None, None, Location("src/a.c")]


def test_relative_bases_are_put_in_front() -> None:
    """A chain of base ids ends at the first that is not defined."""
    bases = {"SRC": {"uri": "src/", "uriBaseId": "APP"}, "APP": {"uri": "app", "uriBaseId": "ROOT"}, "ROOT": {}}
    found = finding_of(a_result(locations=a_place("a.c", uriBaseId="SRC")), originalUriBaseIds=bases)
    assert found.at == Location("app/src/a.c")


def test_absolute_bases_are_roots_to_look_in() -> None:
    """The path stays as the report has it: the folder of another machine says nothing about this one."""
    bases = {
        "SRC": {"uri": "src/", "uriBaseId": "ROOT"},
        "ROOT": {"uri": "file:///home/ci/app%201/"},
        "X": {"uri": "/x"},
    }
    content = a_log(a_run(a_result(locations=a_place("a.c", uriBaseId="SRC")), originalUriBaseIds=bases))
    assert findings_in(content)[0].at == Location("src/a.c")
    assert statements_in(content)[0].roots == ("/home/ci/app 1/",)


@pytest.mark.parametrize("base", ["%SRCROOT%", "UNDEFINED", "CIRCLE", "WEB"])
def test_bases_that_lead_nowhere_are_ignored(base: str) -> None:
    """Undefined ids, circles and web addresses leave the path as it is."""
    bases = {"CIRCLE": {"uri": "", "uriBaseId": "CIRCLE"}, "WEB": {"uri": "https://example.org/blob/main/"}}
    content = a_log(a_run(a_result(locations=a_place("a.c", uriBaseId=base)), originalUriBaseIds=bases))
    assert findings_in(content)[0].at == Location("a.c")
    assert statements_in(content)[0].roots == ()


def test_a_circle_of_bases_ends() -> None:
    """A base that names itself is followed a few times, not forever."""
    bases = {"A": {"uri": "x/", "uriBaseId": "A"}}
    at = finding_of(a_result(locations=a_place("a.c", uriBaseId="A")), originalUriBaseIds=bases).at
    assert at == Location("x/" * 8 + "a.c")


def test_an_absolute_uri_needs_no_base() -> None:
    """The base is ignored, as RFC 3986 has it."""
    bases = {"SRC": {"uri": "src/"}}
    for uri in ("/abs/a.c", "file:///abs/a.c"):
        found = finding_of(a_result(locations=a_place(uri, uriBaseId="SRC")), originalUriBaseIds=bases)
        assert found.at == Location("/abs/a.c")


@pytest.mark.parametrize(
    ("region", "line", "column", "end_line"),
    [
        ({"startLine": 3, "startColumn": 5, "endLine": 7}, 3, 5, 7),
        ({"startLine": 1}, 1, None, None),
        ({"startLine": MAX_LINE}, MAX_LINE, None, None),
        ({"startLine": MAX_LINE + 1}, None, None, None),
        ({"startLine": 0, "startColumn": 5}, None, None, None),
        ({"startLine": -1}, None, None, None),
        ({"startLine": 3, "startColumn": 0, "endLine": 2}, 3, None, None),
        ({"charOffset": 12}, None, None, None),
        (None, None, None, None),
    ],
)
def test_regions_become_lines(region: Any, line: int | None, column: int | None, end_line: int | None) -> None:
    """Lines and columns count from 1; what cannot be in a file is left out."""
    at = finding_of(a_result(locations=a_place("a.c", region))).at
    assert at == Location("a.c", line, column, end_line)


def test_long_chains_of_dots_and_slashes_take_no_time() -> None:
    """A megabyte of `./` is as quick as one."""
    at = finding_of(a_result(ruleId="a/" * 200_000, locations=a_place("./" * 500_000 + "a.c"))).at
    assert at == Location("a.c")

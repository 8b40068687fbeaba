"""SPDX documents as JSON."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gate.errors import EvidenceError
from gate.formats.base import Head
from gate.formats.spdx_json import VERSIONS, read, recognises
from gate.model.component import Component
from gate.model.evidence import Statement
from gate.model.problem import Slug

FOLDER = Path(__file__).parent / "spdx-json"
THIRD = b'{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": []}'


def a_document(*packages: dict[str, Any], **over: Any) -> bytes:
    """A document of version 2.3 with these packages."""
    members = {"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "packages": list(packages), **over}
    return json.dumps({name: value for name, value in members.items() if value is not ...}).encode()


def a_package(**over: Any) -> dict[str, Any]:
    """The package flask."""
    return {"SPDXID": "SPDXRef-flask", "name": "flask", "versionInfo": "3.1.3", **over}


def components_in(content: bytes) -> list[Component]:
    """The components that are read."""
    return [record for record in read(content) if isinstance(record, Component)]


def statements_in(content: bytes) -> list[Statement]:
    """The statements that are read."""
    return [record for record in read(content) if isinstance(record, Statement)]


def component_of(**member: Any) -> Component:
    """The package flask with these members."""
    return components_in(a_document(a_package(**member)))[0]


@pytest.mark.parametrize("version", VERSIONS)
def test_second_generation_is_read(version: str) -> None:
    """All versions that tools write as JSON."""
    assert len(components_in(a_document(a_package(), spdxVersion=version))) == 1


@pytest.mark.parametrize(
    "content",
    [a_document(spdxVersion="SPDX-3.0"), a_document(spdxVersion="SPDX-2.4"), a_document(spdxVersion=""), THIRD],
)
def test_another_generation_is_refused_with_a_remedy(content: bytes) -> None:
    """SPDX 3 is another data model, whether it calls itself so or only its context does."""
    assert recognises(Head(content))
    with pytest.raises(EvidenceError) as refusal:
        list(read(content))
    (problem,) = refusal.value.problems
    assert problem.slug is Slug.UNSUPPORTED_VERSION
    assert "SPDX 2.3" in problem.hint


@pytest.mark.parametrize(
    ("content", "claimed"),
    [
        (a_document(), True),
        (b'{"spdxVersion": "SPDX-2.3", "packages": [', True),
        (b'{"@context": "https://openvex.dev/ns/v0.2.0"}', False),
        (b'{"packages": []}', False),
    ],
)
def test_it_is_known_by_its_version(content: bytes, claimed: bool) -> None:  # noqa: FBT001 - a table of cases
    """A document that is cut off is called broken, not unknown; other JSON-LD is not ours."""
    assert recognises(Head(content)) is claimed


def test_package_keeps_what_the_document_says() -> None:
    """The purl, every identifier, and checksums with their algorithm."""
    references = [
        {"referenceCategory": "SECURITY", "referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a:f:f"},
        {"referenceCategory": "PACKAGE_MANAGER", "referenceType": "purl", "referenceLocator": "pkg:pypi/flask@3.1.3"},
        {"referenceCategory": "SECURITY", "referenceType": "advisory", "referenceLocator": "https://example.org"},
    ]
    found = component_of(
        externalRefs=references,
        checksums=[{"algorithm": "SHA1", "checksumValue": "ab"}],
        primaryPackagePurpose="LIBRARY",
    )
    assert (found.name, found.version, found.type) == ("flask", "3.1.3", "library")
    assert found.purl == "pkg:pypi/flask@3.1.3"
    assert found.identifiers == ("cpe:2.3:a:f:f", "pkg:pypi/flask@3.1.3")
    assert found.hashes == ("SHA1:ab",)


@pytest.mark.parametrize(
    ("concluded", "declared", "expected"),
    [
        ("MIT", "GPL-3.0-only", ("MIT",)),
        ("NOASSERTION", "MIT OR ISC", ("MIT OR ISC",)),
        (None, "MIT", ("MIT",)),
        ("NONE", "NONE", ()),
        ("NOASSERTION", "NOASSERTION", ()),
        (None, None, ()),
        ("", "", ()),
    ],
)
def test_concluded_licence_wins_over_the_declared_one(concluded: Any, declared: Any, expected: tuple[str, ...]) -> None:
    """Where nothing is asserted, nothing is known."""
    assert component_of(licenseConcluded=concluded, licenseDeclared=declared).licenses == expected


@pytest.mark.parametrize(
    ("supplier", "expected"),
    [
        ("Organization: Pallets", "Pallets"),
        ("Person: Ann (ann@example.org)", "Ann (ann@example.org)"),
        ("Pallets", "Pallets"),
        ("NOASSERTION", ""),
        ("Organization: ", ""),
        (None, ""),
    ],
)
def test_supplier_is_a_name(supplier: Any, expected: str) -> None:
    """Without the word for its sort."""
    assert component_of(supplier=supplier).supplier == expected


@pytest.mark.parametrize(
    ("over", "related"),
    [
        ({"relationships": [{"spdxElementId": "SPDXRef-app", "relatedSpdxElement": "SPDXRef-flask"}]}, True),
        ({"relationships": [{"spdxElementId": "SPDXRef-flask", "relatedSpdxElement": "SPDXRef-x"}]}, True),
        ({"relationships": [{"spdxElementId": "SPDXRef-flask", "relatedSpdxElement": "NOASSERTION"}]}, False),
        ({"relationships": [{"spdxElementId": "SPDXRef-flask", "relatedSpdxElement": "NONE"}]}, False),
        ({"documentDescribes": ["SPDXRef-flask"]}, True),
        ({"relationships": None}, False),
        ({}, False),
    ],
)
def test_package_is_related_when_another_element_is_named_with_it(
    over: dict[str, Any],
    related: bool,  # noqa: FBT001 - a table of cases
) -> None:
    """NONE and NOASSERTION are no elements."""
    assert components_in(a_document(a_package(), **over))[0].related is related


def test_described_root_is_a_package() -> None:
    """Unlike in CycloneDX it stands among the others."""
    content = a_document(a_package(SPDXID="SPDXRef-root", name="shop"), a_package(), documentDescribes=["SPDXRef-root"])
    assert [one.name for one in components_in(content)] == ["shop", "flask"]


def test_files_are_counted_and_no_components() -> None:
    """They are parts of packages."""
    (statement,) = statements_in(a_document(a_package(), files=[{"fileName": "a"}, {"fileName": "b"}]))
    assert statement.left_out == {"files": 2}


@pytest.mark.parametrize("packages", [[], ...])
def test_document_without_packages_is_hollow(packages: Any) -> None:
    """There is no bill of anything."""
    (statement,) = statements_in(a_document(packages=packages, files=[{}]))
    assert statement.hollow
    assert statement.proves == {Component}


@pytest.mark.parametrize(
    ("creator", "tool", "version"),
    [
        ("Tool: syft-1.18.1", "syft", "1.18.1"),
        ("Tool: trivy-v0.58", "trivy", "0.58"),
        ("Tool: ko 0.12.0", "ko", "0.12.0"),
        ("Tool: Microsoft.SBOMTool-0.3.2", "Microsoft.SBOMTool", "0.3.2"),
        ("Tool: spdx-maven-plugin", "spdx-maven-plugin", ""),
        ("Tool: ", "", ""),
    ],
)
def test_tool_is_split_from_its_version(creator: str, tool: str, version: str) -> None:
    """So that a policy can expect it by its name."""
    (statement,) = statements_in(a_document(a_package(), creationInfo={"creators": [creator]}))
    assert (statement.tool, statement.version) == (tool, version)


def test_every_tool_has_its_statement_and_what_is_counted_is_counted_once() -> None:
    """A policy may expect any of them."""
    creators = ["Person: Ann", "Tool: one-1", "Organization: Acme", "Tool: two-2"]
    first, second = statements_in(
        a_document(a_package(), creationInfo={"creators": creators, "created": "2026-11-22T12:00:00Z"}, files=[{}])
    )
    assert (first.tool, first.author, first.left_out) == ("one", "Ann", {"files": 1})
    assert (second.tool, second.left_out, second.remarks) == ("two", {}, ())
    assert first.made_at == second.made_at == datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("creation", "remark"),
    [
        ({"created": "redacted"}, "is no time"),
        ({"created": "2026-11-22T12:00:00"}, "counts as UTC"),
        ({"creators": [{"Person": "Ann"}]}, "no text"),
    ],
)
def test_what_is_odd_is_said(creation: dict[str, Any], remark: str) -> None:
    """A creator of another shape, which several tools write, costs no package."""
    (statement,) = statements_in(a_document(a_package(), creationInfo=creation))
    assert [remark in one.message for one in statement.remarks] == [True]


def test_nameless_package_is_kept_and_said() -> None:
    """It is there, whatever it is called."""
    content = a_document({"SPDXID": "SPDXRef-1"})
    assert [one.name for one in components_in(content)] == [""]
    assert "1 package without a name" in statements_in(content)[0].remarks[0].message


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b'{"spdxVersion": 2}',
        a_document(a_package(versionInfo=3)),
        a_document(packages={}),
        a_document(packages=None),
        a_document({"name": "flask"}),
        a_document(a_package(externalRefs=[{}])),
        a_document(a_package(), relationships=[{}]),
        a_document(a_package())[:-3],
    ],
)
def test_what_is_not_understood_is_refused(content: bytes) -> None:
    """Completely, or not at all."""
    with pytest.raises(EvidenceError):
        list(read(content))


@pytest.mark.parametrize(
    ("name", "packages", "licensed", "related", "tool"),
    [("npm.json", 3, 3, 3, "npm/cli"), ("syft.json", 9, 5, 9, "syft")],
)
def test_real_documents_are_read_whole(name: str, packages: int, licensed: int, related: int, tool: str) -> None:
    """The numbers were counted by hand in the files."""
    content = (FOLDER / name).read_bytes()
    found = components_in(content)
    assert len(found) == packages
    assert sum(bool(one.licenses) for one in found) == licensed
    assert sum(one.related for one in found) == related
    assert statements_in(content)[0].tool == tool


def test_scan_of_an_empty_folder_is_hollow() -> None:
    """SPDX wants a described root, so syft lists the folder itself; that is no bill of anything."""
    content = (FOLDER / "syft-nothing-found.json").read_bytes()
    assert [one.name for one in components_in(content)] == ["empty"]
    assert statements_in(content)[0].hollow

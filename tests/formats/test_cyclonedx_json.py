"""CycloneDX bills of materials as JSON."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gate.errors import EvidenceError
from gate.formats.base import Head
from gate.formats.cyclonedx_json import VERSIONS, read, recognises
from gate.model.component import Component
from gate.model.evidence import Statement
from gate.model.finding import Finding
from gate.model.problem import Slug
from gate.model.severity import Rating, RatingSource, Severity
from gate.model.tools import scale_of

FOLDER = Path(__file__).parent / "cyclonedx-json"


def a_bom(*components: dict[str, Any], **over: Any) -> bytes:
    """An SBOM of version 1.6 with these components."""
    members = {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": list(components), **over}
    return json.dumps({name: value for name, value in members.items() if value is not ...}).encode()


def a_vulnerability(**over: Any) -> dict[str, Any]:
    """A high vulnerability of the component `flask`."""
    return {"id": "CVE-2026-1", "affects": [{"ref": "flask"}], "ratings": [{"severity": "high"}], **over}


FLASK = {"type": "library", "bom-ref": "flask", "name": "flask", "version": "3.1.3", "purl": "pkg:pypi/flask@3.1.3"}


def components_in(content: bytes) -> list[Component]:
    """The components that are read."""
    return [record for record in read(content) if isinstance(record, Component)]


def findings_in(content: bytes) -> list[Finding]:
    """The findings that are read."""
    return [record for record in read(content) if isinstance(record, Finding)]


def statement_in(content: bytes) -> Statement:
    """The first statement, which speaks for the whole."""
    return next(record for record in read(content) if isinstance(record, Statement))


def component_of(**member: Any) -> Component:
    """The component `flask` with these members."""
    return components_in(a_bom(FLASK | member))[0]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_from_1_2_to_1_7_is_read(version: str) -> None:
    """These are the versions that have a JSON form."""
    assert len(components_in(a_bom(FLASK, specVersion=version))) == 1


@pytest.mark.parametrize("version", ["1.1", "1.8", "2.0", "", "1.6.1"])
def test_another_version_is_refused_by_name(version: str) -> None:
    """What changed in it is not known, and a guess could lose components."""
    with pytest.raises(EvidenceError) as refusal:
        list(read(a_bom(FLASK, specVersion=version)))
    assert refusal.value.problems[0].slug is Slug.UNSUPPORTED_VERSION
    assert repr(version) in refusal.value.problems[0].message


@pytest.mark.parametrize(
    ("content", "claimed"),
    [
        (b'{"bomFormat": "CycloneDX", "specVersion": "1.6"}', True),
        (b'{"specVersion": "1.6", "bomFormat": "CycloneDX"}', True),
        (b'{"bomFormat": "cyclonedx", "specVersion": "1.6"}', False),
        (b'{"bomFormat": "Other", "specVersion": "1.6"}', False),
        (b'{"bomFormat": "CycloneDX", "components": [', True),
        (b'{"components": []}', False),
    ],
)
def test_it_is_known_by_its_bom_format(content: bytes, claimed: bool) -> None:  # noqa: FBT001 - a table of cases
    """Case included; a document that is cut off is still known, so that it is called broken and not unknown."""
    assert recognises(Head(content)) is claimed


def test_component_keeps_what_the_sbom_says() -> None:
    """Identifiers are purl, CPE and SWID; hashes have their algorithm."""
    found = component_of(
        cpe="cpe:2.3:a:f:f:3.1.3",
        swid={"tagId": "tag-1", "name": "flask"},
        hashes=[{"alg": "SHA-256", "content": "ab"}],
        group="pallets",
    )
    assert (found.name, found.version, found.type) == ("pallets/flask", "3.1.3", "library")
    assert found.identifiers == ("pkg:pypi/flask@3.1.3", "cpe:2.3:a:f:f:3.1.3", "tag-1")
    assert found.hashes == ("SHA-256:ab",)


def test_group_is_not_written_twice() -> None:
    """Some tools put it into the name as well."""
    assert component_of(group="@scope", name="@scope/kit").name == "@scope/kit"


def test_nested_components_count_and_are_related_to_their_parent() -> None:
    """They come in document order, however deep they are."""
    inner = {"type": "library", "name": "inner", "components": [{"type": "file", "name": "deep"}]}
    names = [(one.name, one.related) for one in components_in(a_bom(FLASK | {"components": [inner]}, {"name": "last"}))]
    assert names == [("flask", False), ("inner", True), ("deep", True), ("last", False)]


def test_what_the_sbom_is_about_is_no_part_of_it_but_its_parts_are() -> None:
    """The application itself has no supplier or licence to judge; what is assembled in it has."""
    about = {"component": {"name": "shop", "components": [{"name": "module"}]}}
    assert [one.name for one in components_in(a_bom(metadata=about))] == ["module"]


@pytest.mark.parametrize(
    ("licenses", "expected"),
    [
        ([{"license": {"id": "MIT"}}], ("MIT",)),
        ([{"license": {"name": "BSD License"}}], ("BSD License",)),
        ([{"license": {"id": "MIT", "name": "The MIT License"}}], ("MIT",)),
        ([{"expression": "MIT OR GPL-3.0-only"}], ("MIT OR GPL-3.0-only",)),
        ([{"license": {"id": "MIT"}}, {"license": {"id": "ISC"}}], ("MIT", "ISC")),
        ([{"license": {}}], ()),
        ([], ()),
        (None, ()),
    ],
)
def test_licences_are_expressions_identifiers_or_names(licenses: Any, expected: tuple[str, ...]) -> None:
    """The most exact of what is said."""
    assert component_of(licenses=licenses).licenses == expected


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ({"supplier": {"name": "Pallets"}, "publisher": "someone"}, "Pallets"),
        ({"manufacturer": {"name": "Pallets"}, "publisher": "someone"}, "Pallets"),
        ({"publisher": "Pallets"}, "Pallets"),
        ({"supplier": {"name": " "}, "publisher": "Pallets"}, "Pallets"),
        ({"supplier": {"url": ["https://example"]}}, ""),
        ({"author": "A. Writer"}, ""),
    ],
)
def test_supplier_is_who_supplies_makes_or_publishes(member: dict[str, Any], expected: str) -> None:
    """Not who wrote the code; an empty name says nothing."""
    assert component_of(**member).supplier == expected


@pytest.mark.parametrize(
    ("dependencies", "related"),
    [
        ([{"ref": "app", "dependsOn": ["flask"]}], True),
        ([{"ref": "flask"}], True),
        ([{"ref": "app", "provides": ["flask"]}], True),
        ([{"ref": "app", "dependsOn": ["other"]}], False),
        ([], False),
        (None, False),
    ],
)
def test_component_is_related_when_the_graph_names_it(dependencies: Any, related: bool) -> None:  # noqa: FBT001
    """As a dependency, or as one that is stated to have none."""
    assert components_in(a_bom(FLASK, dependencies=dependencies))[0].related is related


def test_vulnerability_is_a_finding_at_its_component() -> None:
    """With every name that it has, and the purl that a waiver may speak of."""
    found = findings_in(
        a_bom(
            FLASK,
            vulnerabilities=[
                a_vulnerability(
                    description="Bad.",
                    recommendation="Upgrade to 4",
                    cwes=[79, 80],
                    references=[{"id": "GHSA-1", "source": {}}, {"id": "CVE-2026-1"}],
                    source={"url": "https://example.org/CVE-2026-1"},
                )
            ],
        )
    )
    (finding,) = found
    assert (finding.rule, finding.aliases, finding.cwe) == ("CVE-2026-1", ("GHSA-1",), (79, 80))
    assert (finding.purl, finding.message, finding.fixed_in) == ("pkg:pypi/flask@3.1.3", "Bad.", "Upgrade to 4")
    assert finding.at
    assert finding.at.path == "pkg:pypi/flask@3.1.3"


def test_vulnerability_of_several_components_is_a_finding_in_each() -> None:
    """A waiver for one component must not cover the other; naming one twice does not double it."""
    affects = [{"ref": "flask"}, {"ref": "nowhere"}, {"ref": "flask"}]
    found = findings_in(a_bom(FLASK, vulnerabilities=[a_vulnerability(affects=affects)]))
    assert [(finding.purl, finding.at and finding.at.path) for finding in found] == [
        ("pkg:pypi/flask@3.1.3", "pkg:pypi/flask@3.1.3"),
        ("", "nowhere"),
    ]


def test_vulnerability_that_names_no_component_counts() -> None:
    """It is somewhere."""
    assert len(findings_in(a_bom(FLASK, vulnerabilities=[{"id": "CVE-1"}]))) == 1


@pytest.mark.parametrize(
    ("ratings", "severity"),
    [
        ([{"severity": "low"}, {"severity": "critical"}], Severity.CRITICAL),
        ([{"severity": "low", "score": 9.8, "method": "CVSSv31"}], Severity.CRITICAL),
        ([{"severity": "high", "score": 2, "method": "CVSSv2"}], Severity.HIGH),
        ([{"severity": "unknown"}, {"severity": "medium"}], Severity.MEDIUM),
        ([{"score": 3.0, "method": "OWASP", "severity": "high"}], Severity.HIGH),
        ([{"score": 3.0, "method": "SSVC"}], Severity.UNRATED),
        ([{"severity": "low"}, {"vector": "CVSS:4.0/AV:N", "method": "CVSSv4"}], Severity.UNRATED),
        ([{"severity": "info"}], Severity.NONE),
        ([{"severity": "unknown"}], Severity.UNRATED),
        ([], Severity.UNRATED),
        (None, Severity.UNRATED),
    ],
)
def test_worst_of_several_ratings_decides(ratings: Any, severity: Severity) -> None:
    """Scores of other methods are on other scales; a bare vector rates, and nobody says how."""
    (finding,) = findings_in(a_bom(FLASK, vulnerabilities=[a_vulnerability(ratings=ratings)]))
    assert scale_of("", {}, None).decide(finding.ratings)[0] is severity


def test_rating_says_which_field_it_is() -> None:
    """A person can follow the number back into the report."""
    ratings = [{"severity": "none"}, {"severity": "low", "score": 0, "method": "CVSSv3"}]
    (finding,) = findings_in(a_bom(FLASK, vulnerabilities=[a_vulnerability(ratings=ratings)]))
    assert finding.ratings == (
        Rating("ratings[0].severity", "none"),
        Rating("ratings[1].severity", "low"),
        Rating("ratings[1].score", 0.0, RatingSource.SCORE),
    )


@pytest.mark.parametrize(
    ("analysis", "status", "honoured"),
    [
        ({"state": "not_affected", "justification": "code_not_reachable"}, "accepted", True),
        ({"state": "not_affected"}, "accepted", False),
        ({"state": "resolved", "detail": "patched"}, "accepted", True),
        ({"state": "in_triage", "detail": "we look"}, "underReview", False),
        ({"state": "exploitable", "detail": "yes"}, "rejected", False),
        ({"state": "something new", "detail": "x"}, "rejected", False),
    ],
)
def test_analysis_is_carried_as_a_mark_and_removes_nothing(
    analysis: dict[str, str],
    status: str,
    honoured: bool,  # noqa: FBT001 - a table of cases
) -> None:
    """The author of the SBOM speaks; whether to listen is the policy's affair."""
    (finding,) = findings_in(a_bom(FLASK, vulnerabilities=[a_vulnerability(analysis=analysis)]))
    (mark,) = finding.suppressions
    assert (mark.status, mark.can_be_honoured) == (status, honoured)


@pytest.mark.parametrize(
    ("over", "proves", "hollow"),
    [
        ({}, {Component}, False),
        ({"vulnerabilities": []}, {Component, Finding}, False),
        ({"components": []}, {Component}, True),
        ({"components": ...}, {Component}, True),
        ({"components": [], "vulnerabilities": []}, {Finding}, True),
        ({"components": ..., "vulnerabilities": [a_vulnerability()]}, {Finding}, False),
    ],
)
def test_it_proves_what_it_lists(over: dict[str, Any], proves: set[type], hollow: bool) -> None:  # noqa: FBT001
    """Without the member `vulnerabilities` nobody looked for any; without components it is no SBOM."""
    statement = statement_in(a_bom(FLASK, **over))
    assert statement.proves == proves
    assert bool(statement.hollow) is hollow


@pytest.mark.parametrize("name", ["components", "vulnerabilities"])
def test_null_for_a_list_of_records_is_refused(name: str) -> None:
    """Nothing said and nothing found are different; which one null means is a guess."""
    with pytest.raises(EvidenceError):
        list(read(a_bom(FLASK, **{name: None})))


@pytest.mark.parametrize(
    "tools",
    [
        [{"vendor": "anchore", "name": "syft", "version": "1.18.1"}, {"name": "cyclonedx-go"}],
        {"components": [{"name": "syft", "version": "1.18.1"}], "services": [{"name": "cyclonedx-go"}]},
    ],
)
def test_tools_are_read_in_both_forms(tools: Any) -> None:
    """A list until 1.4, an object since; each tool has its statement, so that a policy can expect any of them."""
    statements = [one for one in read(a_bom(FLASK, metadata={"tools": tools})) if isinstance(one, Statement)]
    assert [(one.tool, one.version) for one in statements] == [("syft", "1.18.1"), ("cyclonedx-go", "")]


def test_tool_called_cli_is_known_by_its_vendor() -> None:
    """`npm sbom` calls itself so."""
    assert statement_in((FOLDER / "npm.json").read_bytes()).tool == "npm/cli"


@pytest.mark.parametrize(
    ("metadata", "author"),
    [
        ({"authors": [{"email": "x@example.org"}, {"name": "Ann"}]}, "Ann"),
        ({"manufacturer": {"name": "Acme"}}, "Acme"),
        ({"manufacture": {"name": "Acme"}}, "Acme"),
        ({"supplier": {"name": "Acme"}}, ""),
        ({}, ""),
    ],
)
def test_author_is_who_made_the_sbom(metadata: dict[str, Any], author: str) -> None:
    """Its supplier made the software."""
    assert statement_in(a_bom(FLASK, metadata=metadata)).author == author


def test_time_is_read_in_its_zone() -> None:
    """Two hours ahead of UTC is two hours less in UTC."""
    content = a_bom(FLASK, metadata={"timestamp": "2026-11-22T14:00:00+02:00"})
    assert statement_in(content).made_at == datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("over", "remark"),
    [
        ({"metadata": {"timestamp": "yesterday"}}, "is no time"),
        ({"metadata": {"timestamp": "2026-11-22T12:00:00"}}, "counts as UTC"),
        ({"compositions": [{"aggregate": "incomplete_first_party_only"}]}, "incomplete_first_party_only"),
        ({"components": [{"type": "library"}]}, "1 component without a name"),
    ],
)
def test_what_is_odd_is_said(over: dict[str, Any], remark: str) -> None:
    """It decides nothing by itself."""
    (said,) = statement_in(a_bom(FLASK, **over)).remarks
    assert remark in said.message


def test_complete_composition_needs_no_remark() -> None:
    """As little as one that says nothing."""
    assert statement_in(a_bom(FLASK, compositions=[{"aggregate": "complete"}])).remarks == ()


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"null",
        b'{"bomFormat": "CycloneDX"}',
        b'{"bomFormat": "CycloneDX", "specVersion": 1.6}',
        a_bom("flask"),  # type: ignore[arg-type]
        a_bom(FLASK | {"licenses": ["MIT"]}),
        a_bom(FLASK | {"version": 3}),
        a_bom(FLASK, vulnerabilities={}),
        a_bom(FLASK, dependencies=[{"dependsOn": []}]),
        a_bom(FLASK)[:-2],
        b'{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [' + b'{"components": [' * 3000,
    ],
)
def test_what_is_not_understood_is_refused(content: bytes) -> None:
    """Completely, or not at all."""
    with pytest.raises(EvidenceError):
        list(read(content))


def test_deep_nesting_is_read_or_refused_in_no_time() -> None:
    """Every depth that the JSON reader accepts is walked without recursion."""
    nested = '{"name": "a", "components": [' * 200 + "]}" * 200
    assert (
        len(components_in(f'{{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{nested}]}}'.encode()))
        == 200
    )


@pytest.mark.parametrize(
    ("name", "components", "findings", "licensed", "related", "tool"),
    [
        ("cyclonedx-py.json", 3, 0, 0, 3, "cyclonedx-py"),
        ("npm.json", 2, 0, 2, 2, "npm/cli"),
        ("pip-audit.json", 3, 1, 0, 3, ""),
        ("syft.json", 8, 0, 5, 2, "syft"),
    ],
)
def test_real_sboms_are_read_whole(  # noqa: PLR0917 - a table of cases
    name: str, components: int, findings: int, licensed: int, related: int, tool: str
) -> None:
    """The numbers were counted by hand in the files."""
    content = (FOLDER / name).read_bytes()
    found = components_in(content)
    assert (len(found), len(findings_in(content))) == (components, findings)
    assert sum(bool(one.licenses) for one in found) == licensed
    assert sum(one.related for one in found) == related
    assert statement_in(content).tool == tool
    assert all(one.version for one in found)


def test_scan_of_an_empty_folder_is_hollow() -> None:
    """The tool ran, and there is no bill of anything."""
    assert statement_in((FOLDER / "syft-nothing-found.json").read_bytes()).hollow

"""CycloneDX bills of materials as JSON, versions 1.2 to 1.7."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from msgspec import UNSET

from gate.errors import EvidenceError
from gate.formats.base import Format, Head
from gate.formats.cyclonedx import (
    Analysis,
    Bom,
    Dependency,
    Edition,
    License,
    LicenseChoice,
    Metadata,
    Part,
    Source,
    Tool,
    Tools,
    Vulnerability,
    VulnerabilityRating,
)
from gate.formats.markup import load_json, shaped
from gate.model.component import Component
from gate.model.evidence import Record, Statement
from gate.model.finding import Finding
from gate.model.location import Location
from gate.model.moment import moment, zoneless
from gate.model.problem import Problem, Slug
from gate.model.severity import Rating, RatingSource
from gate.model.suppression import Suppression
from gate.model.words import number_of, shown

VERSIONS = ("1.2", "1.3", "1.4", "1.5", "1.6", "1.7")
CVSS_METHODS = frozenset({None, "CVSSv2", "CVSSv3", "CVSSv31", "CVSSv4"})
NO_THREAT = frozenset({"not_affected", "false_positive", "resolved", "resolved_with_pedigree"})
NOT_WHOLE = ("incomplete", "unknown", "not_specified")


def recognises(head: Head) -> bool:
    """`bomFormat` is required and has one value, case included; in a broken document the name must do."""
    return head.text_of("bomFormat") == "CycloneDX" or (head.has("bomFormat") and head.members["bomFormat"] is None)


def read(content: bytes) -> Iterator[Statement | Record]:
    """Yield every component, nested ones too, and a finding for each component that a vulnerability affects.

    The component that the SBOM is about (`metadata.component`) is no part of itself; what is nested in it is.
    """
    bom = _bom(content)
    metadata = bom.metadata or Metadata()
    about = metadata.component or Part()
    parts = [*_parts(bom.components or ()), *_parts(about.components or (), nested=True)]
    components = list(_components(parts, _related(bom.dependencies or ())))
    yield from components
    tools = _tools(metadata.tools)
    known = {part.bom_ref: part for part, _ in [(about, False), *reversed(parts)] if part.bom_ref}
    for vulnerability in bom.vulnerabilities or ():
        yield from _findings(vulnerability, known, tools[0].label)
    yield from _statements(bom, metadata, components, tools)


def _bom(content: bytes) -> Bom:
    """The document, if its version is one that is understood here."""
    document = load_json(content)
    version = shaped(document, Edition).spec_version
    if version not in VERSIONS:
        raise EvidenceError.of(
            f"CycloneDX {shown(version)} is not read here",
            slug=Slug.UNSUPPORTED_VERSION,
            hint=f"let the tool write a version from {VERSIONS[0]} to {VERSIONS[-1]}",
        )
    return shaped(document, Bom)


def _parts(components: Iterable[Part], *, nested: bool = False) -> Iterator[tuple[Part, bool]]:
    """All components in document order, each with whether it stands inside another."""
    waiting = [(component, nested) for component in components][::-1]
    while waiting:
        component, inside = waiting.pop()
        yield component, inside
        waiting.extend((child, True) for child in reversed(component.components or ()))


def _related(dependencies: Iterable[Dependency]) -> frozenset[str]:
    """Every reference in the dependency graph; one without dependencies of its own is stated to have none."""
    return frozenset(
        ref
        for dependency in dependencies
        for ref in (dependency.ref, *(dependency.depends_on or ()), *(dependency.provides or ()))
    )


def _components(parts: Iterable[tuple[Part, bool]], related: frozenset[str]) -> Iterator[Component]:
    """A nested component is related to the one that it is part of."""
    for part, nested in parts:
        swid = part.swid.tag_id if part.swid else None
        yield Component(
            name=part.full_name,
            version=part.version or "",
            purl=part.purl or "",
            licenses=tuple(filter(None, map(_license, part.licenses or ()))),
            supplier=_supplier(part),
            identifiers=tuple(filter(None, (part.purl, part.cpe, swid))),
            hashes=tuple(f"{checksum.alg}:{checksum.content}" for checksum in part.hashes or ()),
            related=nested or part.bom_ref in related,
            type=part.type or "",
        )


def _license(choice: LicenseChoice) -> str:
    """The expression, else the SPDX identifier, else the name."""
    named = choice.license or License()
    return choice.expression or named.id or named.name or ""


def _supplier(part: Part) -> str:
    """Who creates, defines and identifies it (NTIA minimum elements): supplier, else manufacturer, else publisher.

    An author is a person who wrote the code, not the one who supplies it.
    """
    parties = (part.supplier and part.supplier.name, part.manufacturer and part.manufacturer.name, part.publisher)
    return next((name.strip() for name in parties if name and name.strip()), "")


def _tools(tools: list[Tool] | Tools | None) -> list[Tool]:
    """The tools in both forms of the member; at least one entry, which may be nameless."""
    if isinstance(tools, Tools):
        tools = [*(tools.components or ()), *(tools.services or ())]
    return [tool for tool in tools or () if tool.name] or [Tool()]


def _findings(vulnerability: Vulnerability, known: Mapping[str, Part], tool: str) -> Iterator[Finding]:
    """One finding for each component affected, so that what is said of one does not cover another."""
    names = dict.fromkeys(reference.id for reference in vulnerability.references or () if reference.id)
    finding = Finding(
        rule=vulnerability.id or "vulnerability without id",
        message=vulnerability.description or vulnerability.detail or "",
        ratings=tuple(_ratings(vulnerability.ratings or ())),
        tool=tool,
        aliases=tuple(name for name in names if name != vulnerability.id),
        cwe=tuple(vulnerability.cwes or ()),
        fixed_in=vulnerability.recommendation or "",
        suppressions=tuple(_suppressions(vulnerability.analysis or Analysis())),
        help_uri=(vulnerability.source or Source()).url or "",
    )
    affected = dict.fromkeys(target.ref for target in vulnerability.affects or ())
    for ref in affected:
        part = known.get(ref, Part())
        yield replace(finding, purl=part.purl or "", at=Location(part.label or ref))
    if not affected:
        yield finding


def _ratings(ratings: Iterable[VulnerabilityRating]) -> Iterator[Rating]:
    """Every severity word and every CVSS score. `unknown` rates nothing, and other scores are on other scales.

    A vector without word and score is kept as it is: it rates the vulnerability, and nobody says how.
    """
    for index, rating in enumerate(ratings):
        field = f"ratings[{index}]"
        word = rating.severity if rating.severity != "unknown" else None
        score = rating.score if rating.method in CVSS_METHODS else None
        if word:
            yield Rating(f"{field}.severity", word, RatingSource.TOOL)
        if score is not None:
            yield Rating(f"{field}.score", score, RatingSource.SCORE)
        if rating.vector and not word and score is None:
            yield Rating(f"{field}.vector", rating.vector, RatingSource.SCORE)


def _suppressions(analysis: Analysis) -> Iterator[Suppression]:
    """What the SBOM itself says of the vulnerability; as with every mark in a report, the policy decides about it."""
    if not analysis.state:
        return
    unsettled = "underReview" if analysis.state == "in_triage" else "rejected"
    status = "accepted" if analysis.state in NO_THREAT else unsettled
    why = ": ".join(filter(None, (analysis.justification, analysis.detail)))
    yield Suppression(f"analysis: {analysis.state}", status, why)


def _statements(bom: Bom, metadata: Metadata, components: list[Component], tools: list[Tool]) -> Iterator[Statement]:
    """What the SBOM says of itself, and once more for each further tool that it names."""
    proves: set[type[Record]] = set()
    if components or bom.vulnerabilities is UNSET:
        proves.add(Component)
    if bom.vulnerabilities is not UNSET:
        proves.add(Finding)
    statement = Statement(
        tool=tools[0].label,
        version=tools[0].version or "",
        proves=frozenset(proves),
        made_at=moment(metadata.timestamp or ""),
        author=_author(metadata),
        hollow="" if components or bom.vulnerabilities else "it lists no components",
        remarks=tuple(_remarks(bom, metadata, components)),
    )
    yield statement
    for tool in tools[1:]:
        yield replace(statement, tool=tool.label, version=tool.version or "", remarks=())


def _author(metadata: Metadata) -> str:
    """Who made the SBOM: its authors, else the organisation that made it."""
    parties = (*(metadata.authors or ()), metadata.manufacturer, metadata.manufacture)
    return next((party.name.strip() for party in parties if party and party.name and party.name.strip()), "")


def _remarks(bom: Bom, metadata: Metadata, components: list[Component]) -> Iterator[Problem]:
    nameless = sum(not component.name for component in components)
    if nameless:
        yield Problem(Slug.NOT_STATED, f"{number_of(nameless, 'components')} without a name, which CycloneDX requires")
    if metadata.timestamp and not moment(metadata.timestamp):
        yield Problem(Slug.NOT_STATED, f"the timestamp {shown(metadata.timestamp)} is no time (ISO 8601)")
    if zoneless(metadata.timestamp or ""):
        yield Problem(Slug.NOT_STATED, "its time states no zone, and counts as UTC")
    for aggregate in sorted({composition.aggregate for composition in bom.compositions or ()}):
        if aggregate.startswith(NOT_WHOLE):
            yield Problem(Slug.NOT_STATED, f"the SBOM calls what it lists {shown(aggregate)}, at least in part")


FORMAT = Format(
    "cyclonedx-json",
    "CycloneDX JSON",
    frozenset({Component, Finding}),
    recognises,
    read,
    tools="syft, cdxgen, cyclonedx-bom, cyclonedx-npm, trivy, grype, pip-audit, npm sbom",
    specification="ECMA-424, CycloneDX 1.2 to 1.7",
)

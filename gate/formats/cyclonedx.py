"""What the gate reads of a CycloneDX bill of materials: its members, named as ECMA-424 names them.

Some tools write null for what they do not know. That is nothing said, except where records would be lost with it.
"""

from typing import Literal

from msgspec import UNSET, UnsetType

from gate.formats.markup import Fields


class Party(Fields, frozen=True):
    """An organisation or a person."""

    name: str | None = None


class License(Fields, frozen=True):
    """A licence by its SPDX identifier or by any name."""

    id: str | None = None
    name: str | None = None


class LicenseChoice(Fields, frozen=True):
    """A licence, or an SPDX expression."""

    license: License | None = None
    expression: str | None = None


class Hash(Fields, frozen=True):
    """A checksum with its algorithm."""

    alg: str
    content: str


class Swid(Fields, frozen=True, rename={"tag_id": "tagId"}):
    """A software identification tag (ISO/IEC 19770-2)."""

    tag_id: str | None = None


class Part(Fields, frozen=True, rename={"bom_ref": "bom-ref"}):
    """A component, which may hold others."""

    name: str | None = None
    version: str | None = None
    group: str | None = None
    type: str | None = None
    bom_ref: str | None = None
    purl: str | None = None
    cpe: str | None = None
    swid: Swid | None = None
    supplier: Party | None = None
    manufacturer: Party | None = None
    publisher: str | None = None
    licenses: list[LicenseChoice] | None = None
    hashes: list[Hash] | None = None
    components: "list[Part] | UnsetType" = UNSET

    @property
    def full_name(self) -> str:
        """Group and name, unless the name already holds the group."""
        name = self.name or ""
        return f"{self.group}/{name}" if self.group and name and not name.startswith(f"{self.group}/") else name

    @property
    def label(self) -> str:
        """What to call it in a message."""
        return self.purl or f"{self.full_name} {self.version or ''}".strip()


class Tool(Fields, frozen=True):
    """What wrote the SBOM."""

    name: str | None = None
    version: str | None = None
    vendor: str | None = None

    @property
    def label(self) -> str:
        """Its name; with the vendor's before it where that alone says which tool it is (`npm/cli`)."""
        return f"{self.vendor}/{self.name}" if self.vendor and self.name == "cli" else self.name or ""


class Tools(Fields, frozen=True):
    """The tools in the form of 1.5 and later."""

    components: list[Tool] | None = None
    services: list[Tool] | None = None


class Metadata(Fields, frozen=True):
    """What the SBOM says of itself; `component` is what it is about."""

    timestamp: str | None = None
    tools: list[Tool] | Tools | None = None
    authors: list[Party] | None = None
    manufacturer: Party | None = None
    manufacture: Party | None = None
    component: Part | UnsetType = UNSET


class Dependency(Fields, frozen=True, rename={"depends_on": "dependsOn"}):
    """A node of the dependency graph."""

    ref: str
    depends_on: list[str] | None = None
    provides: list[str] | None = None


class Composition(Fields, frozen=True):
    """How complete a part of the SBOM is."""

    aggregate: str


class VulnerabilityRating(Fields, frozen=True):
    """One opinion on how severe a vulnerability is."""

    score: float | None = None
    severity: str | None = None
    method: str | None = None
    vector: str | None = None


class Source(Fields, frozen=True):
    """Who published a vulnerability."""

    url: str | None = None


class Reference(Fields, frozen=True):
    """The same vulnerability under another name."""

    id: str | None = None


class Affected(Fields, frozen=True):
    """A component that a vulnerability affects."""

    ref: str


class Analysis(Fields, frozen=True):
    """What the SBOM says about the impact of a vulnerability."""

    state: str | None = None
    justification: str | None = None
    detail: str | None = None


class Vulnerability(Fields, frozen=True):
    """A vulnerability with its ratings and the components that it affects."""

    id: str | None = None
    source: Source | None = None
    references: list[Reference] | None = None
    ratings: list[VulnerabilityRating] | None = None
    cwes: list[int] | None = None
    description: str | None = None
    detail: str | None = None
    recommendation: str | None = None
    analysis: Analysis | None = None
    affects: list[Affected] | UnsetType = UNSET


class Edition(Fields, frozen=True, rename={"spec_version": "specVersion"}):
    """The version of the specification that the SBOM follows."""

    spec_version: str


class Bom(Fields, frozen=True, rename={"bom_format": "bomFormat"}):
    """The whole SBOM."""

    bom_format: Literal["CycloneDX"]
    metadata: Metadata | UnsetType = UNSET
    components: list[Part] | UnsetType = UNSET
    dependencies: list[Dependency] | None = None
    compositions: list[Composition] | None = None
    vulnerabilities: list[Vulnerability] | UnsetType = UNSET

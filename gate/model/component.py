"""Components of a bill of materials (CycloneDX component, SPDX package)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Component:
    """One component. Empty text means that the SBOM does not say.

    `licenses` are SPDX expressions or, where the SBOM has no identifier, the licence's name as it stands;
    `identifiers` are purl, CPE, SWID and the like; `related`: it takes part in a stated relationship.
    """

    name: str
    version: str = ""
    purl: str = ""
    licenses: tuple[str, ...] = ()
    supplier: str = ""
    identifiers: tuple[str, ...] = ()
    hashes: tuple[str, ...] = ()
    related: bool = False
    type: str = ""

    @property
    def label(self) -> str:
        """Name and version."""
        return f"{self.name} {self.version}".strip()

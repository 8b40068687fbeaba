"""SPDX documents as JSON, versions 2.1 to 2.3."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from msgspec import UNSET, UnsetType

from gate.errors import EvidenceError
from gate.formats.base import Format, Head
from gate.formats.markup import Fields, load_json, shaped
from gate.model.component import Component
from gate.model.evidence import Record, Statement
from gate.model.moment import moment, zoneless
from gate.model.problem import Problem, Slug
from gate.model.words import number_of, shown

VERSIONS = ("SPDX-2.1", "SPDX-2.2", "SPDX-2.3")
UNSAID = frozenset({"NOASSERTION", "NONE"})
IDENTIFIERS = frozenset({"purl", "cpe22Type", "cpe23Type", "swid", "swh", "gitoid"})
THIRD = b"spdx.org/rdf/3"
"""SPDX 3 is another data model, written as JSON-LD; its context tells."""

_AGENTS = ("Organization:", "Person:")
_TOOL = "Tool:"


def _member(name: str) -> str:
    """The member of an SPDX object: camel case, save the identifier."""
    head, *tail = name.split("_")
    return "SPDXID" if name == "spdx_id" else head + "".join(map(str.title, tail))


class _Reference(Fields, frozen=True, rename=_member):
    reference_type: str
    reference_locator: str


class _Checksum(Fields, frozen=True, rename=_member):
    algorithm: str
    checksum_value: str


class _Package(Fields, frozen=True, rename=_member):
    spdx_id: str
    name: str | None = None
    version_info: str | None = None
    supplier: str | None = None
    license_concluded: str | None = None
    license_declared: str | None = None
    external_refs: list[_Reference] | None = None
    checksums: list[_Checksum] | None = None
    primary_package_purpose: str | None = None


class _Relationship(Fields, frozen=True, rename=_member):
    spdx_element_id: str
    related_spdx_element: str


class _Creation(Fields, frozen=True):
    created: str | None = None
    creators: list[object] | None = None


class _Unread(Fields, frozen=True):
    """An entry that is only counted."""


class _Edition(Fields, frozen=True, rename=_member):
    spdx_version: str


class _Document(Fields, frozen=True, rename=_member):
    creation_info: _Creation | None = None
    packages: list[_Package] | UnsetType = UNSET
    relationships: list[_Relationship] | None = None
    document_describes: list[str] | None = None
    files: list[_Unread] | None = None


def recognises(head: Head) -> bool:
    """`spdxVersion` is required in SPDX 2; SPDX 3 is known by its context, and refused by name."""
    return head.has("spdxVersion") or (head.has("@context") and THIRD in head.start)


def read(content: bytes) -> Iterator[Statement | Record]:
    """Yield every package, the described root included. Files are parts of packages and are only counted."""
    document = _document(content)
    related = _related(document)
    components = [_component(package, related) for package in document.packages or ()]
    yield from components
    creation = document.creation_info or _Creation()
    creators = [creator.strip() for creator in creation.creators or () if isinstance(creator, str)]
    tools = [_tool(creator) for creator in creators if creator.startswith(_TOOL)] or [("", "")]
    agents = [_agent(creator) for creator in creators if creator.startswith(_AGENTS)]
    statement = Statement(
        tool=tools[0][0],
        version=tools[0][1],
        proves=frozenset({Component}),
        made_at=moment(creation.created or ""),
        author=next(filter(None, agents), ""),
        hollow="" if any(map(_is_package, components)) else "it lists no packages",
        remarks=tuple(_remarks(creation, components)),
        left_out={"files": len(document.files)} if document.files else {},
    )
    yield statement
    for tool, version in tools[1:]:
        yield replace(statement, tool=tool, version=version, remarks=(), left_out={})


def _document(content: bytes) -> _Document:
    """The document, if its version is one that is understood here."""
    loaded = load_json(content)
    if isinstance(loaded, dict) and "spdxVersion" not in loaded and "@context" in loaded:
        raise _unsupported("SPDX 3")
    version = shaped(loaded, _Edition).spdx_version
    if version not in VERSIONS:
        raise _unsupported(shown(version))
    return shaped(loaded, _Document)


def _unsupported(version: str) -> EvidenceError:
    return EvidenceError.of(
        f"{version} is not read here",
        slug=Slug.UNSUPPORTED_VERSION,
        hint="let the tool write SPDX 2.3 JSON or CycloneDX JSON",
    )


def _related(document: _Document) -> frozenset[str]:
    """The elements that stand in a relationship with another; NONE and NOASSERTION are no elements."""
    related = set(document.document_describes or ())
    for relationship in document.relationships or ():
        if relationship.related_spdx_element not in UNSAID:
            related |= {relationship.spdx_element_id, relationship.related_spdx_element}
    return frozenset(related)


def _component(package: _Package, related: frozenset[str]) -> Component:
    references = [ref for ref in package.external_refs or () if ref.reference_type in IDENTIFIERS]
    return Component(
        name=package.name or "",
        version=_said(package.version_info),
        purl=next((ref.reference_locator for ref in references if ref.reference_type == "purl"), ""),
        licenses=_licenses(package),
        supplier=_agent(_said(package.supplier)),
        identifiers=tuple(ref.reference_locator for ref in references),
        hashes=tuple(f"{checksum.algorithm}:{checksum.checksum_value}" for checksum in package.checksums or ()),
        related=package.spdx_id in related,
        type=(package.primary_package_purpose or "").lower(),
    )


def _said(text: str | None) -> str:
    """The value, or nothing where the document declines to give one."""
    return "" if text is None or text.strip() in UNSAID else text.strip()


def _is_package(component: Component) -> bool:
    """Whether it is more than the scanned folder itself, which some tools list where they found nothing."""
    return component.type != "file" or bool(component.purl)


def _licenses(package: _Package) -> tuple[str, ...]:
    """What the author of the document concluded, else what the package itself declares."""
    license_ = _said(package.license_concluded) or _said(package.license_declared)
    return (license_,) if license_ else ()


def _agent(text: str) -> str:
    """The name of `Organization: name` and `Person: name`."""
    return next((text.removeprefix(word) for word in _AGENTS if text.startswith(word)), text).strip()


def _tool(creator: str) -> tuple[str, str]:
    """Name and version of `Tool: name-version`; some write a space between them."""
    text = creator.removeprefix(_TOOL).strip()
    for separator in " -":
        name, _, version = text.rpartition(separator)
        if name and version.removeprefix("v")[:1].isdigit():
            return name, version.removeprefix("v")
    return text, ""


def _remarks(creation: _Creation, components: Iterable[Component]) -> Iterator[Problem]:
    nameless = sum(not component.name for component in components)
    if nameless:
        yield Problem(Slug.NOT_STATED, f"{number_of(nameless, 'packages')} without a name, which SPDX requires")
    if creation.created and not moment(creation.created):
        yield Problem(Slug.NOT_STATED, f"`created` says {shown(creation.created)}, which is no time (ISO 8601)")
    if zoneless(creation.created or ""):
        yield Problem(Slug.NOT_STATED, "its time states no zone, and counts as UTC")
    if not all(isinstance(creator, str) for creator in creation.creators or ()):
        yield Problem(Slug.NOT_STATED, "`creators` holds entries that are no text; they name nobody")


FORMAT = Format(
    "spdx-json",
    "SPDX JSON",
    frozenset({Component}),
    recognises,
    read,
    tools="syft, trivy, npm sbom, Microsoft sbom-tool, GitHub dependency graph",
    specification="SPDX 2.2 and 2.3 (ISO/IEC 5962)",
)

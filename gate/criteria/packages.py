"""Packages: what a purl names, and what a policy demands of a package."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pydantic import Field, model_validator

from gate.criteria.fields import Text
from gate.criteria.source import PolicyModel
from gate.criteria.versions import range_of
from gate.model.component import Component
from gate.model.glob import is_pattern, matches_name


@dataclass(frozen=True, slots=True)
class Package:
    """A package as a purl names it; `name` holds the namespace too, with a slash between them."""

    type: str
    name: str
    version: str = ""

    def is_named_by(self, pattern: "Package") -> bool:
        """Whether type and name are those of the pattern, whose name may have wildcards. Case does not count."""
        return self.type == pattern.type and matches_name(self.name.casefold(), pattern.name.casefold())


@lru_cache(maxsize=65536)
def package_of(purl: str) -> Package:
    """The package that a purl names; raises ValueError where the text is no purl."""
    from packageurl import PackageURL  # noqa: PLC0415 - paid for where packages are compared

    parsed = PackageURL.from_string(purl)
    name = f"{parsed.namespace}/{parsed.name}" if parsed.namespace else parsed.name
    if parsed.type == "pypi":
        name = re.sub(r"[-_.]+", "-", name).lower()
    return Package(parsed.type, name, parsed.version or "")


def packages_of(component: Component) -> tuple[Package, ...]:
    """The packages that the component says it is; none where it has no purl that can be read."""
    found = []
    for purl in dict.fromkeys((component.purl, *component.identifiers)):
        if purl.startswith("pkg:"):
            try:
                found.append(package_of(purl))
            except ValueError:
                continue
    return tuple(found)


def _pattern_of(text: str) -> Package:
    """The package pattern that a policy writes. Wildcards elsewhere than in the name, and qualifiers, are refused."""
    if "?" in text or "#" in text:
        raise ValueError(f"{text!r}: a package is named by type, namespace, name and version, without qualifiers")
    try:
        package = package_of(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no purl such as pkg:npm/left-pad") from error
    if is_pattern(package.type) or is_pattern(package.version):
        raise ValueError(f"{text!r}: only the name may have wildcards")
    return package


class PackageDemand(PolicyModel):
    """A package, whose name may have wildcards, and which of its versions are meant: all, where nothing is said."""

    purl: Text = Field(description="Type, namespace and name, such as pkg:npm/left-pad; the name may have wildcards.")
    versions: Text | None = Field(None, description="A range in the ecosystem's own syntax, or `vers:`.")

    @model_validator(mode="after")
    def _can_be_understood(self) -> "PackageDemand":
        package = _pattern_of(self.purl)
        if self.versions is not None and package.version:
            raise ValueError(f"{self.purl!r} names a version already: leave `versions` out")
        if self.versions is not None:
            range_of(self.versions, package.type)
        return self

    def __str__(self) -> str:
        """The purl and the range."""
        return f"{self.purl} {self.versions or ''}".strip()

    def is_met_by(self, component: Component) -> bool | None:
        """Whether the component is this package in such a version; None where that cannot be told.

        All its purls count, and both the version in the purl and its own: what it says anywhere, it is.
        """
        wanted = _pattern_of(self.purl)
        packages = packages_of(component)
        if not packages:
            return None if _may_be(component, wanted) else False
        same = [package for package in packages if package.is_named_by(wanted)]
        if not same:
            return False
        versions = {package.version for package in same} | {component.version}
        return self._has_version(filter(None, versions), wanted)

    def _has_version(self, versions: Iterable[str], wanted: Package) -> bool | None:
        if not wanted.version and self.versions is None:
            return True
        answers = {self._includes(version, wanted) for version in versions}
        return True if True in answers else None if None in answers or not answers else False

    def _includes(self, version: str, wanted: Package) -> bool | None:
        if self.versions is None:
            return version == wanted.version
        try:
            return range_of(self.versions, wanted.type)(version)
        except ValueError:
            return None


def _may_be(component: Component, wanted: Package) -> bool:
    """Whether a component that no purl identifies may be the package: it has the name, with or without namespace."""
    names = {component.name, component.name.rpartition("/")[2]}
    patterns = {wanted.name.casefold(), wanted.name.casefold().rpartition("/")[2]}
    return not component.name or any(matches_name(name.casefold(), pattern) for name in names for pattern in patterns)

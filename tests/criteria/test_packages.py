"""Packages that a policy denies or requires."""

from typing import Any

import pytest
from pydantic import ValidationError

from gate.criteria.packages import Package, PackageDemand, package_of
from tests.conftest import a_component


def a_demand(purl: str = "pkg:pypi/flask", versions: str | None = None) -> PackageDemand:
    """The demand that a policy writes so."""
    return PackageDemand.model_validate({"purl": purl} | ({"versions": versions} if versions else {}))


@pytest.mark.parametrize(
    ("purl", "expected"),
    [
        ("pkg:npm/%40angular/core@1.0.0", Package("npm", "@angular/core", "1.0.0")),
        ("pkg:npm/@angular/core@1.0.0", Package("npm", "@angular/core", "1.0.0")),
        ("pkg:pypi/Foo_Bar.baz@1", Package("pypi", "foo-bar-baz", "1")),
        ("pkg:maven/org.apache/log4j@2?type=jar#x", Package("maven", "org.apache/log4j", "2")),
        ("pkg:golang/github.com/a/b@v1", Package("golang", "github.com/a/b", "v1")),
        ("pkg:deb/debian/curl@1%2B2?arch=amd64", Package("deb", "debian/curl", "1+2")),
    ],
)
def test_purl_names_a_package(purl: str, expected: Package) -> None:
    """Decoded and spelled as its type demands; qualifiers are left out."""
    assert package_of(purl) == expected


@pytest.mark.parametrize(
    ("demand", "component", "met"),
    [
        ({}, {}, True),
        ({"purl": "pkg:pypi/Flask"}, {}, True),
        ({"purl": "pkg:npm/flask"}, {}, False),
        ({"purl": "pkg:pypi/fla*"}, {}, True),
        ({"purl": "pkg:pypi/flas"}, {}, False),
        ({"versions": "<3"}, {}, False),
        ({"versions": "<4"}, {}, True),
        ({"purl": "pkg:pypi/flask@3.1.3"}, {}, True),
        ({"purl": "pkg:pypi/flask@3.1.4"}, {}, False),
        ({"purl": "pkg:npm/@scope/*"}, {"purl": "pkg:npm/%40scope/kit@1.0.0"}, True),
        ({"purl": "pkg:npm/kit"}, {"purl": "pkg:npm/%40scope/kit@1.0.0"}, False),
        ({"versions": "<4"}, {"purl": "pkg:pypi/flask"}, True),
        ({"versions": "<4"}, {"purl": "pkg:pypi/flask@9", "version": "3"}, True),
        ({"versions": "<4"}, {"purl": "pkg:pypi/flask@3", "version": "9"}, True),
        ({"versions": "<4"}, {"purl": "pkg:pypi/flask", "version": ""}, None),
        ({"versions": "<4"}, {"purl": "pkg:pypi/flask@x!", "version": "x!"}, None),
        ({"versions": "<4"}, {"purl": "pkg:pypi/flask@x!", "version": "3"}, True),
        ({"versions": "<4"}, {"purl": "pkg:pypi/flask@x!", "version": "9"}, None),
        ({"purl": "pkg:conan/x", "versions": "<2"}, {"purl": "pkg:conan/x", "version": "not a version"}, None),
        ({}, {"purl": "pkg:pypi/flask", "version": ""}, True),
        ({}, {"purl": "pkg:npm/other@1", "identifiers": ("cpe:x", "pkg:pypi/flask@1")}, True),
    ],
)
def test_component_is_the_package_by_any_purl_and_any_version_that_it_states(
    demand: dict[str, Any],
    component: dict[str, Any],
    met: bool | None,  # noqa: FBT001 - a table of cases
) -> None:
    """What it says anywhere, it is; where it says too little, that is the answer."""
    assert a_demand(**demand).is_met_by(a_component(**component)) is met


@pytest.mark.parametrize(
    ("purl", "name", "met"),
    [
        ("", "flask", None),
        ("", "Flask", None),
        ("not a purl", "flask", None),
        ("pkg:pypi/", "flask", None),
        ("", "", None),
        ("", "django", False),
        ("", "pallets/flask", None),
    ],
)
def test_component_without_a_purl_may_be_the_package_of_its_name(purl: str, name: str, met: bool | None) -> None:  # noqa: FBT001
    """Leaving the purl out is no way around a denial."""
    assert a_demand().is_met_by(a_component(purl=purl, name=name)) is met


@pytest.mark.parametrize("name", ["kit", "@scope/kit"])
def test_name_without_its_namespace_may_be_the_package(name: str) -> None:
    """SBOMs without purls often drop it."""
    assert a_demand("pkg:npm/@scope/kit").is_met_by(a_component(purl="", name=name)) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"purl": "flask"},
        {"purl": "pkg:pypi/"},
        {"purl": ""},
        {"purl": "pkg:*/flask"},
        {"purl": "pkg:pypi/flask@*"},
        {"purl": "pkg:deb/debian/curl?arch=amd64"},
        {"purl": "pkg:npm/x#sub"},
        {"purl": "pkg:pypi/flask@1", "versions": "<2"},
        {"purl": "pkg:pypi/flask", "versions": "nonsense"},
        {"purl": "pkg:docker/nginx", "versions": "<2"},
        {"purl": "pkg:pypi/flask", "version": "<2"},
    ],
)
def test_demand_that_can_never_be_met_is_refused(fields: dict[str, str]) -> None:
    """A denial that matches nothing would pass for protection."""
    with pytest.raises(ValidationError):
        PackageDemand.model_validate(fields)


def test_demand_reads_as_it_was_written() -> None:
    """For messages."""
    assert str(a_demand(versions="<4")) == "pkg:pypi/flask <4"
    assert str(a_demand()) == "pkg:pypi/flask"

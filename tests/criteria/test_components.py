"""`components`: the SBOM is whole, and what it lists is allowed."""

from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from gate.criteria.components import Components
from gate.model.component import Component
from gate.model.evidence import Report, Statement
from gate.model.problem import Slug
from gate.model.verdict import Judgement
from tests.conftest import NOW, a_component, a_report, evidence_of

WHOLE = a_component(supplier="Pallets", identifiers=("pkg:pypi/flask@3.1.3",), related=True, licenses=("BSD-3-Clause",))


def criterion(**fields: Any) -> Components:
    """The criterion that a policy writes so."""
    return Components.model_validate({"kind": "components", **fields})


def an_sbom(*components: Component, author: str = "Ann", **over: Any) -> Report:
    """An SBOM with these components, an author and a time."""
    statement = Statement("", frozenset({Component}), made_at=NOW, author=author)
    report = a_report(*components, proves=Component, path="evidence/sbom.json", format="cyclonedx-json")
    return replace(report, statements=(replace(statement, **over),))


def judged(*components: Component, **fields: Any) -> Judgement:
    """What the criterion says about one SBOM with these components."""
    return criterion(**fields).judge(evidence_of(an_sbom(*components)))


def breaches(judgement: Judgement) -> list[tuple[str, bool]]:
    """The breaches with whether they are final."""
    return [(breach.message, breach.final) for breach in judgement.breaches]


@pytest.mark.parametrize(
    ("element", "lacking"),
    [
        ("supplier", {"supplier": ""}),
        ("name", {"name": ""}),
        ("version", {"version": ""}),
        ("identifier", {"identifiers": (), "purl": ""}),
        ("relationship", {"related": False}),
    ],
)
def test_component_that_lacks_an_element_breaks_the_demand_for_good(element: str, lacking: dict[str, Any]) -> None:
    """The component is there and lacks it: no other evidence can undo that."""
    judgement = judged(WHOLE, replace(WHOLE, **lacking), elements=[element])
    assert breaches(judgement) == [(f"1 of 2 components without {element}", True)]
    (observation,) = judgement.observations
    assert f"no {element}" in observation.message
    assert observation.at
    assert observation.at.path == "evidence/sbom.json"


def test_ntia_is_all_seven_elements() -> None:
    """Five of each component, and author and time of the SBOM."""
    assert breaches(judged(WHOLE, elements="ntia")) == []
    bare = criterion(elements="ntia").judge(evidence_of(an_sbom(Component(""), author="", made_at=None)))
    assert len(bare.breaches) == 7


@pytest.mark.parametrize(("over", "lacking"), [({"author": ""}, ["author"]), ({"made_at": None}, ["timestamp"])])
def test_sbom_that_does_not_state_itself_breaks_the_demand(over: dict[str, Any], lacking: list[str]) -> None:
    """It is said once for each SBOM, not for each component."""
    judgement = criterion(elements="ntia").judge(evidence_of(an_sbom(WHOLE, **over)))
    assert breaches(judgement) == [(f"evidence/sbom.json states no {name}", True) for name in lacking]


def test_tool_is_the_author_where_nobody_else_is_named() -> None:
    """The NTIA's own mapping to SPDX takes `Creator: Tool:` for it."""
    assert breaches(criterion(elements=["author"]).judge(evidence_of(an_sbom(WHOLE, author="", tool="syft")))) == []


def test_demand_for_suppliers_says_what_to_do() -> None:
    """Hardly any tool writes them: a policy that asks should know."""
    (remark,) = judged(a_component(), elements=["supplier"]).remarks
    assert remark.slug is Slug.NOT_STATED
    assert "elements: [name, version, identifier]" in remark.hint


@pytest.mark.parametrize(
    ("licenses", "licences", "expected"),
    [
        ({"allow": ["MIT"]}, ("MIT",), []),
        ({"allow": ["MIT"]}, ("MIT OR GPL-3.0-only",), []),
        ({"allow": ["MIT"]}, ("ISC",), ["with a licence that is not allowed"]),
        ({"allow": ["MIT"]}, ("MIT", "ISC"), ["with a licence that is not allowed"]),
        ({"allow": ["MIT"]}, ("Foo",), ["with an unknown licence"]),
        ({"allow": ["MIT"]}, (), ["without a licence"]),
        ({"allow": "MIT", "unknown": "pass"}, ("Foo",), []),
        ({"allow": "MIT", "unknown": "pass"}, (), []),
        ({"allow": "MIT", "unknown": "pass"}, ("ISC",), ["with a licence that is not allowed"]),
        ({"deny": ["GPL-*"]}, ("ISC",), []),
        ({"deny": ["GPL-*"]}, ("GPL-2.0-only",), ["with a licence that is not allowed"]),
        ({"deny": ["GPL-*"]}, (), ["without a licence"]),
        ({"deny": ["GPL-*"], "unknown": "pass"}, ("MIT AND GPL-2.0-only",), ["with a licence that is not allowed"]),
        ({"unknown": "fail"}, ("MIT",), []),
        ({"unknown": "fail"}, (), ["without a licence"]),
    ],
)
def test_licences_are_judged_by_the_lists(
    licenses: dict[str, Any], licences: tuple[str, ...], expected: list[str]
) -> None:
    """Several licences of one component must all be allowed; what is unknown fails unless the policy lets it pass."""
    judgement = judged(a_component(licenses=licences), licenses=licenses)
    assert breaches(judgement) == [(f"1 of 1 component {text}", True) for text in expected]


@pytest.mark.parametrize(
    ("versions", "denied"),
    [(None, True), ("<3.1.4", True), ("<3.1.3", False), ("==3.1.3", True), ("vers:pypi/>=3|<4", True)],
)
def test_denied_package_is_a_final_breach(versions: str | None, denied: bool) -> None:  # noqa: FBT001 - a table of cases
    """Within the range and not beyond it."""
    demand = {"purl": "pkg:pypi/flask"} | ({"versions": versions} if versions else {})
    judgement = judged(WHOLE, deny=[demand])
    assert bool(judgement.breaches) is denied
    assert all(breach.final for breach in judgement.breaches)
    assert judgement.doubts == ()


def test_component_that_may_be_denied_is_a_doubt() -> None:
    """No purl, the name of the package: nobody can say, so it does not pass."""
    judgement = judged(WHOLE, Component("left-pad", "1.3.0"), deny=[{"purl": "pkg:npm/left-pad"}])
    assert judgement.breaches == ()
    (doubt,) = judgement.doubts
    assert "left-pad 1.3.0" in doubt.message


@pytest.mark.parametrize(
    ("components", "breached", "doubted"),
    [
        ((WHOLE,), False, False),
        ((a_component(name="django", purl="pkg:pypi/django@5"),), True, False),
        ((a_component(purl=""),), False, True),
        ((WHOLE, a_component(purl="")), False, False),
        ((a_component(version="2", purl="pkg:pypi/flask@2"),), True, False),
    ],
)
def test_required_package_must_be_there(components: tuple[Component, ...], breached: bool, doubted: bool) -> None:  # noqa: FBT001
    """Another SBOM may hold it, so that its absence is not final; one that may be it leaves a doubt."""
    judgement = judged(*components, require=[{"purl": "pkg:pypi/flask", "versions": ">=3"}])
    assert [breach.final for breach in judgement.breaches] == [False] * breached
    assert bool(judgement.doubts) is doubted


@pytest.mark.parametrize(("demanded", "enough"), [(1, True), (2, True), (3, False)])
def test_different_components_are_counted(demanded: int, enough: bool) -> None:  # noqa: FBT001 - a table of cases
    """The same component in two SBOMs is one component."""
    other = a_component(name="click", purl="pkg:pypi/click@8")
    evidence = evidence_of(an_sbom(WHOLE, other), an_sbom(WHOLE))
    judgement = criterion(min_components=demanded).judge(evidence)
    assert (judgement.breaches == ()) is enough
    assert judgement.observed == "3 components in 2 SBOMs"
    assert all(not breach.final for breach in judgement.breaches)


@pytest.mark.parametrize(("version", "pinned"), [("3.1.3", True), ("", False), ("^3", False), ("latest", False)])
def test_pinned_component_has_one_exact_version(version: str, pinned: bool) -> None:  # noqa: FBT001 - a table of cases
    """Neither a range nor a moving name nor nothing."""
    assert bool(judged(replace(WHOLE, version=version), pinned=True).breaches) is not pinned


def test_file_in_an_sbom_needs_no_elements_but_keeps_its_licence() -> None:
    """It is a part of a component; a denied licence in it is denied all the same."""
    file = Component("COPYING", type="file")
    judgement = judged(WHOLE, file, elements=["version"], licenses={"deny": "GPL-*"}, pinned=True)
    assert judgement.breaches == ()
    assert judgement.tally
    assert (judgement.tally.read, judgement.tally.counted, judgement.tally.left_out) == (2, 1, {"files": 1})
    licensed = judged(WHOLE, replace(file, licenses=("GPL-2.0-only",)), licenses={"deny": "GPL-*"})
    assert len(licensed.breaches) == 1


def test_file_that_has_a_purl_is_a_component() -> None:
    """Calling a package a file is no way around a demand."""
    assert judged(a_component(type="file", version=""), elements=["version"]).breaches


@pytest.mark.parametrize("components", [(), (Component("a.txt", type="file"),)])
def test_sbom_without_components_is_a_doubt(components: tuple[Component, ...]) -> None:
    """Nothing that breaks a demand is not the same as a demand that is met."""
    assert judged(*components, pinned=True).doubts[0].slug is Slug.NO_EVIDENCE


def test_everything_that_is_read_adds_up() -> None:
    """Counted, or left out as a file; every offending component is observed once."""
    components = [a_component(name=f"c{number}", version="" if number % 3 else "1") for number in range(30)]
    judgement = judged(*components, Component("f", type="file"), elements=["version", "supplier"], pinned=True)
    assert judgement.tally
    assert judgement.tally.adds_up
    assert judgement.tally.read == 31
    assert len(judgement.observations) == 30


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"pinned": False},
        {"elements": []},
        {"elements": "all"},
        {"licenses": {}},
        {"licenses": {"unknown": "pass"}},
        {"licenses": {"allow": []}},
        {"licenses": {"allow": ["MIT"], "deny": ["mit"]}},
        {"licenses": {"deny": ["BSD License"]}},
        {"licenses": {"allow": ["Apache 2.0"]}},
        {"deny": []},
        {"deny": [{"versions": "<2"}]},
        {"deny": [{"purl": "flask"}]},
        {"require": [{"purl": "pkg:pypi/flask", "versions": "zzz"}]},
        {"min_components": 0},
        {"min_component": 1},
    ],
)
def test_demand_that_demands_nothing_or_cannot_be_met_is_refused(fields: dict[str, Any]) -> None:
    """When the policy is loaded."""
    with pytest.raises(ValidationError):
        criterion(**fields)


def test_result_says_what_was_demanded() -> None:
    """In the order of the fields."""
    demand = {"purl": "pkg:pypi/flask", "versions": "<2"}
    judgement = judged(
        WHOLE, elements=["name"], licenses={"allow": "MIT"}, deny=[demand], min_components=2, pinned=True
    )
    assert judgement.demanded == (
        "all state name; licences as listed; no pkg:pypi/flask <2; at least 2 components; exact versions"
    )

"""`components`: the SBOM is whole, and what it lists is allowed."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from gate.criteria.base import SourceCriterion
from gate.criteria.fields import Texts, many
from gate.criteria.licenses import Standing, allowable, deniable, standing
from gate.criteria.packages import PackageDemand
from gate.criteria.source import PolicyModel
from gate.criteria.versions import is_exact
from gate.errors import DemandError
from gate.model.component import Component
from gate.model.evidence import Evidence, Record, Report
from gate.model.location import Location
from gate.model.problem import Problem, Slug
from gate.model.verdict import Breach, Judgement, Observation, Tally
from gate.model.words import number_of, shown

ElementName = Literal["supplier", "name", "version", "identifier", "relationship", "author", "timestamp"]
NTIA: tuple[ElementName, ...] = ("supplier", "name", "version", "identifier", "relationship", "author", "timestamp")
"""The minimum elements of the NTIA (2021): five of each component, and author and timestamp of the SBOM."""

_OF_A_COMPONENT: Mapping[str, Callable[[Component], object]] = {
    "supplier": lambda component: component.supplier,
    "name": lambda component: component.name,
    "version": lambda component: component.version,
    "identifier": lambda component: component.identifiers or component.purl,
    "relationship": lambda component: component.related,
}
# A tool counts as author, as it does in the NTIA's own mapping to SPDX (`Creator: Tool:`).
_OF_AN_SBOM: Mapping[str, Callable[[Report], object]] = {
    "author": lambda report: any(statement.author or statement.tool for statement in report.statements),
    "timestamp": lambda report: report.made_at,
}
_HELP = {
    "supplier": "hardly any tool knows suppliers: add them to the SBOM, or ask for "
    "`elements: [name, version, identifier]` only",
    "relationship": "let the tool write the dependency graph",
}


def _elements(value: object) -> object:
    """`ntia` stands for all of them."""
    return NTIA if value == "ntia" else many(value)


@dataclass(frozen=True, slots=True)
class _Objection:
    """What is wrong with one component: `breach` groups it with others, `detail` says it of this one."""

    breach: str
    detail: str
    hint: str = ""


class Licenses(PolicyModel):
    """Which licences components may have. Of several licences of a component each must be allowed."""

    allow: Annotated[Texts, AfterValidator(lambda names: tuple(map(allowable, names)))] | None = Field(
        None, description="SPDX identifiers, globs over them, and other names that SBOMs use."
    )
    deny: Annotated[Texts, AfterValidator(lambda names: tuple(map(deniable, names)))] | None = Field(
        None, description="SPDX identifiers, and globs over them."
    )
    unknown: Literal["fail", "pass"] = Field(
        "fail", description="What a component without a licence, or with one that SPDX does not know, does."
    )

    @model_validator(mode="after")
    def _demands_something(self) -> "Licenses":
        if (
            self.allow is None
            and self.deny is None
            and ("unknown" not in self.model_fields_set or self.unknown == "pass")
        ):
            raise DemandError(Slug.NO_DEMAND, "demands nothing: set allow, deny, or `unknown: fail`")
        both = {name.casefold() for name in self.allow or ()} & {name.casefold() for name in self.deny or ()}
        if both:
            raise ValueError(f"{min(both)!r} is both allowed and denied")
        return self

    def objections(self, component: Component) -> Iterator[_Objection]:
        """Why the licences of the component are not allowed, if they are not."""
        if not component.licenses and self.unknown == "fail":
            yield _Objection("without a licence", "no licence is stated")
        for license_ in component.licenses:
            found = standing(license_, self.allow, self.deny or ())
            if found is Standing.BAD:
                yield _Objection("with a licence that is not allowed", f"licence {shown(license_)} is not allowed")
            if found is Standing.UNKNOWN and self.unknown == "fail":
                yield _Objection("with an unknown licence", f"licence {shown(license_)} is unknown")


class Components(SourceCriterion):
    """What the SBOMs list is complete and allowed.

    Files that an SBOM lists beside its packages (type `file`, no purl) are parts of components: they need no elements
    of their own, and their licences count only where they state any.
    """

    wants: ClassVar[type[Record] | None] = Component

    kind: Literal["components"]
    elements: (
        Annotated[
            tuple[ElementName, ...],
            BeforeValidator(_elements),
            Field(min_length=1),
            WithJsonSchema({"anyOf": [{"const": "ntia"}, {"type": "array", "items": {"enum": NTIA}, "minItems": 1}]}),
        ]
        | None
    ) = Field(None, description="What every component must state; `ntia` for the minimum elements.")
    licenses: Licenses | None = Field(None, description="Which licences are allowed or denied.")
    deny: Annotated[tuple[PackageDemand, ...], BeforeValidator(many), Field(min_length=1)] | None = Field(
        None, description="Packages that must not be there."
    )
    require: Annotated[tuple[PackageDemand, ...], BeforeValidator(many), Field(min_length=1)] | None = Field(
        None, description="Packages that must be there."
    )
    min_components: Annotated[int, Field(ge=1)] | None = Field(None, description="How many must be listed at least.")
    pinned: bool = Field(default=False, description="Every component has one exact version.")

    @model_validator(mode="after")
    def _demands_something(self) -> "Components":
        if not (self.elements or self.licenses or self.deny or self.require or self.min_components or self.pinned):
            said = "demands nothing: set elements, licenses, deny, require, min_components or pinned"
            raise DemandError(Slug.NO_DEMAND, said)
        return self

    def judge(self, evidence: Evidence) -> Judgement:
        """Ask every component, then every SBOM, then all together."""
        reports = evidence.reports_of(Component)
        judged = [(report, component, list(self._objections(component))) for report, component in _listed(reports)]
        counted = [component for _, component, _ in judged if not _is_file(component)]
        objections = [objection for _, _, found in judged for objection in found]
        breaches = (
            *_grouped(objections, len(counted)),
            *(Breach(f"{report.path} states no {name}") for report, name in self._lacking(reports)),
            *self._of_all(counted),
        )
        files = len(judged) - len(counted)
        return Judgement(
            observed=number_of(len(counted), "components") + (f" in {len(reports)} SBOMs" if len(reports) > 1 else ""),
            demanded="; ".join(self._demands()),
            margin="; ".join(breach.message for breach in breaches),
            breaches=breaches,
            doubts=tuple(self._doubts(counted)),
            observations=tuple(_observation(*entry) for entry in judged if entry[2])
            + tuple(Observation(f"states no {name}", _place(report)) for report, name in self._lacking(reports)),
            remarks=tuple(_advice(objections)),
            tally=Tally("components", len(judged), len(counted), {"files": files} if files else {}),
        )

    def _objections(self, component: Component) -> Iterator[_Objection]:
        """All that is wrong with one component."""
        if not _is_file(component):
            yield from self._of_its_statements(component)
        if self.licenses and (component.licenses or not _is_file(component)):
            yield from self.licenses.objections(component)
        for demand in self.deny or ():
            if demand.is_met_by(component):
                yield _Objection(f"denied ({demand})", f"denied by {demand}")

    def _of_its_statements(self, component: Component) -> Iterator[_Objection]:
        for name in self.elements or ():
            if name in _OF_A_COMPONENT and not _OF_A_COMPONENT[name](component):
                yield _Objection(f"without {name}", f"no {name}", _HELP.get(name, ""))
        if self.pinned and not is_exact(component.version):
            said = f"version {shown(component.version)} is not exact" if component.version else "no version"
            yield _Objection("without an exact version", said)

    def _lacking(self, reports: tuple[Report, ...]) -> Iterator[tuple[Report, str]]:
        """The SBOMs that lack what they should state of themselves."""
        for report in reports:
            for name in self.elements or ():
                if name in _OF_AN_SBOM and not _OF_AN_SBOM[name](report):
                    yield report, name

    def _of_all(self, components: list[Component]) -> Iterator[Breach]:
        """Demands on all together. Another SBOM could meet them, so that they are not final."""
        for demand in self.require or ():
            answers = {demand.is_met_by(component) for component in components}
            if True not in answers and None not in answers:
                yield Breach(f"{demand} is required, and not there", final=False)
        if self.min_components is not None:
            distinct = len({(component.purl or component.label) for component in components})
            if distinct < self.min_components:
                yield Breach(
                    f"{number_of(distinct, 'different components')}, {self.min_components} demanded", final=False
                )

    def _doubts(self, components: list[Component]) -> Iterator[Problem]:
        if not components:
            yield Problem(Slug.NO_EVIDENCE, "no component is listed", hint="let the tool scan the built application")
        for demand in self.deny or ():
            yield from _untold(demand, [one for one in components if demand.is_met_by(one) is None])
        for demand in self.require or ():
            answers = {component: demand.is_met_by(component) for component in components}
            if True not in answers.values():
                yield from _untold(demand, [one for one, answer in answers.items() if answer is None])

    def _demands(self) -> Iterator[str]:
        if self.elements:
            yield f"all state {', '.join(self.elements)}"
        if self.licenses:
            yield "licences as listed"
        for demand in self.deny or ():
            yield f"no {demand}"
        for demand in self.require or ():
            yield str(demand)
        if self.min_components:
            yield f"at least {number_of(self.min_components, 'components')}"
        if self.pinned:
            yield "exact versions"


def _listed(reports: tuple[Report, ...]) -> Iterator[tuple[Report, Component]]:
    for report in reports:
        for record in report.records:
            if isinstance(record, Component):
                yield report, record


def _is_file(component: Component) -> bool:
    return component.type == "file" and not component.purl


def _grouped(objections: list[_Objection], total: int) -> Iterator[Breach]:
    """One breach for each thing that is wrong. The components are there and are so: nothing can undo it."""
    for breach, count in Counter(objection.breach for objection in objections).items():
        yield Breach(f"{count} of {number_of(total, 'components')} {breach}")


def _advice(objections: list[_Objection]) -> Iterator[Problem]:
    for hint in sorted({objection.hint for objection in objections if objection.hint}):
        breach = next(objection.breach for objection in objections if objection.hint == hint)
        yield Problem(Slug.NOT_STATED, f"components {breach}", hint=hint)


def _untold(demand: PackageDemand, components: list[Component]) -> Iterator[Problem]:
    if components:
        more = f" and {len(components) - 1} more" if len(components) > 1 else ""
        yield Problem(
            Slug.NOT_STATED,
            f"whether {components[0].label or 'a component without a name'}{more} is {demand} cannot be told",
            hint="let the tool write a purl and a version for every component",
        )


def _observation(report: Report, component: Component, objections: list[_Objection]) -> Observation:
    label = component.label or "a component without a name"
    return Observation(f"{label}: {', '.join(objection.detail for objection in objections)}", _place(report))


def _place(report: Report) -> Location:
    return Location(report.path, placed=True)

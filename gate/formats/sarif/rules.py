"""The rules of a run, and which of them a result means."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from gate.formats.sarif.bags import Facts, facts_of
from gate.formats.sarif.shapes import Component, ComponentReference, Descriptor, Result, RuleReference, Run

LINEAGE = 8
"""How many levels of a hierarchical rule id (3.5.4) are looked up."""


class Rule:
    """A rule as its component describes it, with what its property bag says, looked up once."""

    def __init__(self, descriptor: Descriptor, component: Component) -> None:
        """Keep both; nothing is looked up until asked for."""
        self.descriptor = descriptor
        self.component = component

    @cached_property
    def facts(self) -> Facts:
        """Ratings, CWE numbers, tags and aliases of the rule."""
        taxa = [link.target for link in self.descriptor.relationships or () if link.target]
        return facts_of("rule", self.descriptor.properties, taxa)

    @property
    def id(self) -> str:
        """Its id, or nothing."""
        return self.descriptor.id or ""

    @property
    def level(self) -> str:
        """The level that its results have unless they say otherwise; nothing where none is stated."""
        configuration = self.descriptor.default_configuration
        return (configuration.level or "") if configuration else ""


class Rules:
    """All rules of one run: those of the driver and of the extensions."""

    def __init__(self, run: Run) -> None:
        """Index the rules of the run's tool by id; of several with one id, the first."""
        tool = run.tool
        components = [tool.driver or Component(), *(tool.extensions or ())] if tool else [Component()]
        self._driver, *self._extensions = [_ComponentRules(component) for component in components]

    def __iter__(self) -> Iterator[Rule]:
        """Every rule."""
        for component in (self._driver, *self._extensions):
            yield from component.rules

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all rules."""
        return frozenset(rule.id for rule in self if rule.id)

    def of(self, result: Result) -> Rule | None:
        """The rule that a result means. Where id and index disagree, the id wins."""
        return self.find(_reference(result))

    def by_index(self, result: Result) -> Rule | None:
        """The rule at the result's index, whatever its id."""
        reference = _reference(result)
        return self._component(reference.tool_component).at(reference.index)

    def disagrees(self, result: Result) -> bool:
        """Whether the result's index leads to another rule than its id, or to none."""
        reference = _reference(result)
        if not reference.id or reference.index is None or reference.index < 0:
            return False
        indexed = self.by_index(result)
        return indexed is None or indexed.id not in _lineage(reference.id)

    def find(self, reference: RuleReference) -> Rule | None:
        """The rule that is named by id, guid or index; an id that leads nowhere is no rule."""
        component = self._component(reference.tool_component)
        indexed = component.at(reference.index)
        if not reference.id:
            return component.by_guid.get(reference.guid) if reference.guid else indexed
        lineage = _lineage(reference.id)
        if indexed and indexed.id in lineage:
            return indexed
        for name in lineage:
            for place in (component, self._driver, *self._extensions):
                if name in place.by_id:
                    return place.by_id[name]
        return None

    def _component(self, reference: ComponentReference | None) -> "_ComponentRules":
        """The component that is referred to; the driver where nothing or nobody is."""
        if reference is None:
            return self._driver
        if reference.index is not None and 0 <= reference.index < len(self._extensions):
            return self._extensions[reference.index]
        named = (place for place in self._extensions if place.is_meant_by(reference))
        return next(named, self._driver)


class _ComponentRules:
    """The rules of one component."""

    def __init__(self, component: Component) -> None:
        self._component = component
        self.rules = [Rule(descriptor, component) for descriptor in component.rules or ()]
        self.by_id: Mapping[str, Rule] = {rule.id: rule for rule in reversed(self.rules) if rule.id}
        self.by_guid: Mapping[str, Rule] = {rule.descriptor.guid: rule for rule in self.rules if rule.descriptor.guid}

    def at(self, index: int | None) -> Rule | None:
        return self.rules[index] if index is not None and 0 <= index < len(self.rules) else None

    def is_meant_by(self, reference: ComponentReference) -> bool:
        if reference.guid is not None:
            return reference.guid == self._component.guid
        return reference.name is not None and reference.name == self._component.name


def _reference(result: Result) -> RuleReference:
    """How a result names its rule: its own members, else those of its `rule`."""
    rule = result.rule or RuleReference()
    return RuleReference(
        id=result.rule_id or rule.id,
        index=result.rule_index if result.rule_index is not None else rule.index,
        guid=rule.guid,
        tool_component=rule.tool_component,
    )


def _lineage(name: str) -> list[str]:
    """A hierarchical id and those above it: `CA1000/1/a`, `CA1000/1`, `CA1000`."""
    names = [name]
    while "/" in names[-1] and len(names) < LINEAGE:
        names.append(names[-1].rpartition("/")[0])
    return names

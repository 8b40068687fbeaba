"""What is only wrong, or odd, when criteria and sources are seen together."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from gate.criteria.base import Criterion, GroupCriterion, SourceCriterion
from gate.criteria.when import is_stage
from gate.model.location import Location
from gate.model.problem import Problem, Slug
from gate.model.verdict import Level
from gate.model.words import did_you_mean, on_one_line, shown
from gate.policy.mistakes import dotted
from gate.policy.sources import NamedSource
from gate.policy.tree import Node

MAX_NESTING = 16


@dataclass(frozen=True, slots=True)
class Declared:
    """A criterion whose own fields are right, with its node and the place of its id."""

    criterion: Criterion
    node: Node
    at: Location


@dataclass(frozen=True)
class Whole:
    """A policy with everything in it that is valid by itself.

    `ids` and `source_names` are those of all criteria and sources, valid or not; the latter is None where the part
    of the policy that declares sources cannot be read. `idle` are the criteria that do not apply now.
    """

    ids: frozenset[str]
    criteria: Mapping[str, Declared]
    source_names: frozenset[str] | None
    sources: Mapping[str, NamedSource]
    idle: frozenset[str] = frozenset()

    @cached_property
    def groups(self) -> Mapping[str, GroupCriterion]:
        """The criteria that judge by others."""
        return {
            name: declared.criterion
            for name, declared in self.criteria.items()
            if isinstance(declared.criterion, GroupCriterion)
        }

    def members_of(self, name: str) -> tuple[str, ...]:
        """Whom a criterion judges by; nobody, if it is no group. A group is no member of its own category."""
        group = self.groups.get(name)
        if group is None:
            return ()
        categories = {
            other: declared.criterion.category or "" for other, declared in self.criteria.items() if other != name
        }
        return tuple(dict.fromkeys(member for member in group.members(categories) if member in self.ids))

    def group_of(self, name: str) -> str:
        """The first group that names a criterion which states no level; nothing otherwise.

        A group that does not apply now judges nobody, so its members have their votes back.
        """
        if self.criteria[name].criterion.level is not None:
            return ""
        naming = (group for group, criterion in self.groups.items() if name in criterion.named())
        return next((group for group in naming if group not in self.idle), "")

    def shuts_the_gate(self, name: str) -> bool:
        """Whether a criterion decides the verdict by itself."""
        criterion = self.criteria[name].criterion
        return not criterion.disabled and criterion.level in (Level.MUST, None) and not self.group_of(name)

    def place(self, name: str, word: str) -> Location:
        """Where a criterion says this word."""
        declared = self.criteria[name]
        return _place(declared.node, word, declared.at)


def mistakes(whole: Whole, formats: Collection[str]) -> Iterator[Problem]:
    """Names that lead nowhere, groups that contain themselves, categories without members."""
    yield from _unknown_sources(whole)
    yield from _unknown_formats(whole, formats)
    yield from _unknown_members(whole)
    yield from _empty_categories(whole)
    yield from _nesting(whole)


def oddities(whole: Whole, frame: Location, stage: str = "") -> Iterator[Problem]:
    """What may be meant and seldom is: a policy that can never shut the gate, a source that nobody judges.

    `stage` is the one that the input names; that no criterion does is odd only where some name others.
    """
    if not any(whole.shuts_the_gate(name) for name in whole.criteria):
        message = "no criterion is a must: this policy never shuts the gate"
        yield Problem(Slug.NO_MUST, message, frame, "set `level: must`")
    used = {
        name
        for declared in whole.criteria.values()
        if isinstance(declared.criterion, SourceCriterion)
        for name in declared.criterion.from_ or ()
    }
    for name, source in whole.sources.items():
        if name not in used:
            message = f"{dotted(('evidence', name))}: no criterion judges this source"
            hint = f"name it in a criterion (`from: {name}`), or remove it"
            yield Problem(Slug.UNUSED_SOURCE, message, source.at, hint)
    stages = {
        name
        for declared in whole.criteria.values()
        if declared.criterion.when
        for name in declared.criterion.when.stage or ()
    }
    if stage and stages and not any(is_stage(stage, name) for name in stages):
        hint = did_you_mean(stage, stages) or f"it names {', '.join(map(shown, sorted(stages)))}"
        yield Problem(Slug.BAD_INPUT, f"`stage`: no criterion of the policy names the stage {shown(stage)}", hint=hint)


def _unknown_sources(whole: Whole) -> Iterator[Problem]:
    known = whole.source_names
    if known is None:
        return
    for name, declared in whole.criteria.items():
        criterion = declared.criterion
        for source in (criterion.from_ or ()) if isinstance(criterion, SourceCriterion) else ():
            if source not in known:
                at = _place(declared.node.get("from") or declared.node, source, declared.at)
                hint = did_you_mean(source, known) or "declare it under `evidence`, or write `files` in place"
                yield Problem(Slug.UNKNOWN_NAME, f"{_way(name)}.from: no source is called {shown(source)}", at, hint)


def _unknown_formats(whole: Whole, formats: Collection[str]) -> Iterator[Problem]:
    said = [(dotted(("evidence", name)), source.node, source.source.format) for name, source in whole.sources.items()]
    for name, declared in whole.criteria.items():
        if isinstance(declared.criterion, SourceCriterion):
            said.append((_way(name), declared.node, declared.criterion.in_place().format))
    for path, node, wanted in said:
        if wanted and wanted not in formats:
            hint = did_you_mean(wanted, formats) or "`gate formats` lists them"
            message = f"{path}.format: no format is called {shown(wanted)}"
            yield Problem(Slug.UNKNOWN_NAME, message, _place(node, wanted, node.at), hint)


def _unknown_members(whole: Whole) -> Iterator[Problem]:
    for name, group in whole.groups.items():
        for member in group.named():
            if member not in whole.ids:
                at = whole.place(name, member)
                hint = did_you_mean(member, whole.ids)
                yield Problem(Slug.UNKNOWN_NAME, f"{_way(name)}: no criterion is called {shown(member)}", at, hint)


def _empty_categories(whole: Whole) -> Iterator[Problem]:
    if whole.ids != whole.criteria.keys():
        return  # the category of a criterion that is not valid yet is not known
    for name, group in whole.groups.items():
        filled = {whole.criteria[member].criterion.category for member in whole.members_of(name)}
        for category in group.named_categories():
            if category not in filled:
                message = f"{_way(name)}: no member is in the category {shown(category)}"
                known = {d.criterion.category for d in whole.criteria.values() if d.criterion.category}
                hint = did_you_mean(category, known - {category}) or f"give a member the category {shown(category)}"
                yield Problem(Slug.IMPOSSIBLE_DEMAND, message, whole.place(name, category), hint)


def _nesting(whole: Whole) -> Iterator[Problem]:
    """Groups may contain groups, but not themselves, and not without end."""
    members = {name: [member for member in whole.members_of(name) if member in whole.groups] for name in whole.groups}
    heights: dict[str, int] = {}
    rest = set(members)
    while ready := {name for name in rest if rest.isdisjoint(members[name])}:
        heights |= {name: 1 + max((heights[member] for member in members[name]), default=0) for name in ready}
        rest -= ready
    if rest:
        # Whoever is left judges by somebody who is left too, so this walk must come round.
        walk = [min(rest, key=list(members).index)]
        while walk[-1] not in walk[:-1]:
            walk.append(next(member for member in members[walk[-1]] if member in rest))
        circle = walk[walk.index(walk[-1]) :]
        at = whole.place(circle[0], circle[1])
        yield Problem(Slug.CYCLE, f"{_way(circle[0])}: judges by itself: {' -> '.join(map(on_one_line, circle))}", at)
    for name, height in heights.items():
        if height == MAX_NESTING + 1:
            message = f"{_way(name)}: groups nest more than {MAX_NESTING} levels deep"
            yield Problem(Slug.OVER_LIMIT, message, whole.criteria[name].at)


def _way(name: str) -> str:
    return dotted(("criteria", name))


def _place(node: Node, name: str, otherwise: Location) -> Location:
    """Where a name stands in this part of the policy, as a value or as a key."""
    for below in node.walk():
        if below.value == name:
            return below.at
        if name in below.members:
            return below.members[name].at
    return otherwise

"""Which sources the criteria judge, and what `collect` is asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gate.criteria.base import Criterion, SourceCriterion
from gate.criteria.source import Source, SourceKeys
from gate.model.checklist import ChecklistItem
from gate.model.document import Document
from gate.model.evidence import Record, SourceKey, State
from gate.model.location import Location
from gate.model.request import SourceRequest
from gate.model.severity import RatingSource, Severity, as_word
from gate.policy.tree import Node

PREFER = "prefer"


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A source that the policy declares under `evidence`, with its node and the place of its name."""

    source: Source
    node: Node
    at: Location


def keys_of(name: str, criterion: Criterion, declared: Iterable[str]) -> tuple[SourceKey, ...]:
    """The sources that a criterion judges: those it names, or one of its own that is called like the criterion."""
    if not isinstance(criterion, SourceCriterion):
        return ()
    shape = _shape(criterion.wants)
    if criterion.from_:
        return tuple(SourceKey(source, shape) for source in dict.fromkeys(criterion.from_))
    # A dot cannot stand in the name of a declared source, so the two are never taken for each other.
    return (SourceKey(f"criteria.{name}" if name in declared else name, shape),)


def request_of(
    key: SourceKey,
    users: Mapping[str, SourceCriterion],
    declared: Mapping[str, NamedSource],
    places: Mapping[str, Location],
    *,
    honour: bool,
) -> SourceRequest:
    """What the users of one source ask `collect` for. `honour` is what the policy says about suppressions."""
    name, first = next(iter(users.items()))
    named = declared.get(key.name)
    keys: SourceKeys = named.source if named else first.in_place()
    words = keys.severity or {}
    return SourceRequest(
        key=key,
        at=named.at if named else places[name],
        patterns=named.source.files if named else first.files,
        searched=named is None and first.files is None,
        exclude=keys.exclude or (),
        format=keys.format or "",
        tools=keys.tools or (),
        min_files=keys.min_files or 1,
        max_age=keys.max_age,
        commit_required=keys.commit is not None,
        committed_refused=keys.committed is not None,
        accepts=frozenset(map(State, keys.accept or ())),
        severity_words={as_word(word): Severity[said.upper()] for word, said in words.items() if word != PREFER},
        severity_prefer=RatingSource(words[PREFER]) if PREFER in words else None,
        honours_suppressions=(keys.suppressions == "honour") if keys.suppressions else honour,
        wants=frozenset(user.wants for user in users.values() if user.wants),
        history=any(user.needs_history for user in users.values()),
        absence_allowed=any(user.allows_absence for user in users.values()),
    )


def _shape(wants: type[Record] | None) -> type[Record] | None:
    """Documents and checklists read any text as what they want; all else reads reports."""
    return wants if wants in (Document, ChecklistItem) else None

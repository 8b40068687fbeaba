"""`gate explain`: what a criterion, a kind or a problem means, the evidence it needs, and how to mend it."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from pydantic import BaseModel

from gate.criteria.base import Criterion, SourceCriterion
from gate.criteria.kinds import KINDS, class_of
from gate.criteria.source import SourceKeys
from gate.evaluate import Demand
from gate.formats import FORMATS
from gate.model.evidence import RECORD_NAMES, Record, SourceKey
from gate.model.ratio import percent
from gate.model.request import SourceRequest
from gate.slugs import SLUGS, Entry

COMMON = frozenset(Criterion.model_fields) | frozenset(SourceKeys.model_fields) | {"from_", "files", "each"}


def explain_slug(slug: str, entry: Entry) -> str:
    """A problem: what it means, and what to do."""
    return f"{slug}\n  {entry.means}\n  {entry.do}\n"


def explain_kind(kind: str) -> str:
    """A kind: what it asks, the fields of its own, and the evidence that it judges."""
    criterion = class_of(kind)
    lines = [f"{kind}: {(criterion.__doc__ or '').splitlines()[0]}", "", "fields:"]
    lines += [f"  {name:<14} {text}" for name, text in own_fields(criterion)]
    lines += ["", *_evidence(criterion)]
    return "\n".join(lines) + "\n"


def explain_criterion(demand: Demand, requests: Mapping[SourceKey, SourceRequest]) -> str:
    """A criterion of a policy: what it demands, where it looks, and how to mend it; then its kind."""
    criterion = demand.criterion
    lines = [f"{demand.id}: {criterion.title or demand.id}", f"  stands at {demand.at}, {demand.level}"]
    lines += [f"  {name}: {_plain(getattr(criterion, name))}" for name in _stated(criterion)]
    for key in demand.sources:
        request = requests.get(key)
        patterns = request.patterns if request else ()
        where = ", ".join(patterns) if patterns else "the default places (`gate check` prints them)"
        lines.append(f"  looks for {key.name}: {where}" if patterns is not None else f"  looks in {where}")
    if demand.members:
        lines.append(f"  judges by {', '.join(demand.members)}")
    if criterion.help:
        lines.append(f"  to mend it: {criterion.help}")
    return "\n".join(lines) + "\n\n" + explain_kind(criterion.kind)


def own_fields(criterion: type[Criterion]) -> Iterator[tuple[str, str]]:
    """The fields that a kind adds to what every criterion can say, with what they mean."""
    own_keys = criterion.own_keys if issubclass(criterion, SourceCriterion) else frozenset[str]()
    for name, field in criterion.model_fields.items():
        if name not in COMMON or name in own_keys:
            yield field.alias or name, field.description or ""


def table_of_formats() -> str:
    """The formats as a table: id, what such a report proves, the tools that write it."""
    rows = [(each.id, ", ".join(record_names(each.proves)), each.title, each.tools) for each in FORMATS]
    widths = [max(len(row[column]) for row in (*rows, _HEADER)) for column in range(3)]
    return "".join(
        f"{first:<{widths[0]}}  {second:<{widths[1]}}  {third:<{widths[2]}}  {last}".rstrip() + "\n"
        for first, second, third, last in (_HEADER, *rows)
    )


_HEADER = ("id", "proves", "format", "written by")


def record_names(records: frozenset[type[Record]]) -> list[str]:
    """The names of record types, in the order of the model."""
    return [name for record, name in RECORD_NAMES.items() if record in records]


def known_subjects(demands: Mapping[str, Demand]) -> tuple[str, ...]:
    """Everything that can be explained."""
    return (*demands, *KINDS, *SLUGS)


def _stated(criterion: Criterion) -> list[str]:
    """The fields that the policy sets and that are not said elsewhere."""
    said = {"kind", "title", "level", "help", "from_", "files"}
    return [name for name in type(criterion).model_fields if name in criterion.model_fields_set - said]


def _plain(value: object) -> str:
    """A value much as the policy writes it."""
    if isinstance(value, BaseModel):
        value = {name: getattr(value, name) for name in type(value).model_fields if name in value.model_fields_set}
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_plain(each)}" for key, each in value.items())
    if isinstance(value, Fraction):
        return percent(value)
    return ", ".join(map(_plain, value)) if isinstance(value, tuple) else str(value)


def _evidence(criterion: type[Criterion]) -> list[str]:
    """Which formats carry what the kind judges."""
    if not issubclass(criterion, SourceCriterion):
        return ["evidence: the results of other criteria, or of the jobs of the workflow"]
    wants = criterion.wants
    readable = [each.id for each in FORMATS if wants is None or wants in each.proves]
    asks = RECORD_NAMES[wants] if wants else "any report"
    looks = (
        "the default places, unless `from` or `files` says where"
        if criterion.searches
        else "`from` or `files` says where"
    )
    return [f"evidence: {asks} ({', '.join(readable)}); {looks}"]

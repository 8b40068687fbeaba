"""What is wrong with a part of a policy, in plain words and at its place."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from gate.errors import DemandError
from gate.model.location import Location
from gate.model.problem import Problem, Slug
from gate.model.verdict import Level
from gate.model.words import did_you_mean, on_one_line, shown
from gate.policy.keys import comes_later, known_keys
from gate.policy.schema import LONGEST_NAME
from gate.policy.tree import Node

ModelT = TypeVar("ModelT", bound=BaseModel)

MISSING, UNKNOWN = "missing", "extra_forbidden"
NOT_YET = "comes in a later release"
MOST_PROBLEMS = 100
"""So many mistakes are shown of a policy; whoever makes more is told so."""
_LONGEST = 400
"""Characters of what a validator says; it may quote what a stranger wrote."""
_FEW = 12
"""So many keys are listed where none of them is near."""

_PHRASES: Mapping[str, str] = {
    "string_type": "expected text",
    "int_type": "expected a whole number",
    "decimal_type": "expected a number",
    "float_type": "expected a number",
    "bool_type": "expected true or false",
    "tuple_type": "expected a list",
    "list_type": "expected a list",
    "dict_type": "expected a mapping",
    "model_type": "expected a mapping",
    "greater_than": "expected more than {gt}",
    "greater_than_equal": "expected at least {ge}",
    "less_than": "expected less than {lt}",
    "less_than_equal": "expected at most {le}",
    "string_too_short": "is empty",
    "string_too_long": "expected at most {max_length} characters",
    "string_pattern_mismatch": "expected a name in kebab-case, such as no-high-findings",
    "too_short": "is empty",
    "too_long": "has more than {max_length} entries",
}
"""What pydantic's types of errors mean to the author of a policy."""

_CHOICES: Mapping[str, str] = {"Level": ", ".join(f"'{level}'" for level in Level)}


def validated(
    model: type[ModelT], node: Node, at: Location, path: tuple[str, ...] = (), kind: str = ""
) -> tuple[ModelT | None, tuple[Problem, ...]]:
    """The node as the model, or every mistake in it.

    `at` is the place of the node's key, `path` leads to it from the root of the policy, and `kind` is that of the
    criterion that it is.
    """
    nothings = tuple(_nothings(node, path))
    try:
        valid = model.model_validate(node.plain())
    except ValidationError as error:
        blamed = {problem.at for problem in nothings}
        errors = error.errors(include_url=False, include_input=False)
        mistakes = [_find(details, node, at) for details in errors[: MOST_PROBLEMS + 1]]
        told = _tell([mistake for mistake in mistakes if mistake.at not in blamed], model, path, kind)
        return None, (*nothings, *told)
    return (None if nothings else valid), nothings


def misspelt(node: Node, at: Location, key: str, known: Collection[str], path: tuple[str, ...] = ()) -> Problem:
    """The problem of a mapping without a key that it must have: missing, or there in another spelling."""
    for other, member in node.members.items():
        if other not in known and (near := did_you_mean(other, [key])):
            return Problem(Slug.UNKNOWN_KEY, f"{dotted((*path, other))}: unknown key", member.at, near)
    return Problem(Slug.MISSING_KEY, f"{dotted((*path, key))}: missing key", at)


def dotted(path: Iterable[str]) -> str:
    """The way to a key as messages write it."""
    return ".".join(step if step and on_one_line(step, LONGEST_NAME) == step else shown(step) for step in path)


def scalar(node: Node) -> str:
    """A value as messages quote it."""
    if node.is_mapping:
        return "a mapping"
    if isinstance(node.value, tuple):
        return "a list"
    if node.value is None:
        return "nothing"
    if isinstance(node.value, bool):
        return str(node.value).lower()
    return str(node.value) if isinstance(node.value, int | Decimal) else shown(node.value)


def _nothings(node: Node, path: tuple[str, ...]) -> Iterator[Problem]:
    """Keys without a value: null to YAML, and in a policy a thought that was not finished."""
    if node.value is None:
        yield Problem(Slug.BAD_VALUE, f"{dotted(path)}: has no value", node.at, "write one, or remove the key")
    for item in node.items:
        yield from _nothings(item, path)
    for key, member in node.members.items():
        yield from _nothings(member.node, (*path, key))


@dataclass(frozen=True, slots=True)
class _Mistake:
    """One error of pydantic, found again in the tree: the value, the way to it, and the place to show.

    `lacks` is the key that is missing; `on_key` says that the key itself is wrong, not its value.
    """

    type: str
    context: Mapping[str, Any]
    node: Node
    path: tuple[str, ...]
    at: Location
    lacks: str
    on_key: bool

    @property
    def where(self) -> tuple[str, ...]:
        """The way to the key it speaks of, also where that is missing."""
        return (*self.path, self.lacks) if self.lacks else self.path

    @property
    def choices(self) -> list[str]:
        """The words that the value could have been."""
        expected = self.context.get("expected") or _CHOICES.get(str(self.context.get("class")), "")
        return re.findall(r"'([^']*)'", str(expected))

    @property
    def phrase(self) -> str:
        """What was expected; a validator of our own says it itself."""
        if "error" in self.context:
            return on_one_line(str(self.context["error"]), _LONGEST)
        return _PHRASES.get(self.type, "is not a value that this key takes").format_map(self.context)

    @property
    def slug(self) -> Slug:
        """A validator of our own may know better than `bad-value`."""
        error = self.context.get("error")
        return error.slug if isinstance(error, DemandError) else Slug.BAD_VALUE


def _find(details: ErrorDetails, root: Node, at: Location) -> _Mistake:
    """Follow the location of an error as far as the tree goes; what else it holds names branches of unions."""
    node, path = root, []
    for step in details["loc"]:
        if isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            at = node.at
        elif isinstance(step, str) and step in node.members:
            at, node = node.members[step].at, node.members[step].node
            path.append(step)
    on_key = "[key]" in details["loc"]
    shows_key = on_key or node.is_mapping or details["type"] in (MISSING, UNKNOWN)
    return _Mistake(
        type=details["type"],
        context=details.get("ctx", {}),
        node=node,
        path=tuple(path),
        at=at if shows_key else node.at,
        lacks=str(details["loc"][-1]) if details["type"] == MISSING else "",
        on_key=on_key,
    )


def _tell(mistakes: list[_Mistake], model: type[BaseModel], path: tuple[str, ...], kind: str) -> Iterator[Problem]:
    """A problem for each value that is wrong; several errors of one value are the branches of a union."""
    meant = set()
    for mistake in mistakes:
        if mistake.type == UNKNOWN:
            parent = mistake.path[:-1]
            hint = _near_key(mistake.path[-1], known_keys(model, parent))
            meant.add((parent, hint))
            yield _unknown_key(mistake, hint, path, kind)
    branches: dict[tuple[object, ...], list[_Mistake]] = {}
    for mistake in mistakes:
        if mistake.type == MISSING and (mistake.path, f"did you mean {mistake.lacks!r}?") in meant:
            continue
        if mistake.type != UNKNOWN:
            branches.setdefault((mistake.where, mistake.at), []).append(mistake)
    for alternatives in branches.values():
        yield _bad_value(alternatives, path, kind)


def _near_key(key: str, known: Collection[str]) -> str:
    near = did_you_mean(key, known)
    return near or (f"the keys here are {', '.join(sorted(known))}" if 0 < len(known) <= _FEW else "")


def _unknown_key(mistake: _Mistake, hint: str, path: tuple[str, ...], kind: str) -> Problem:
    where = (*path, *mistake.path)
    if comes_later(kind, where):
        return Problem(Slug.NOT_YET, f"{dotted(where)}: {NOT_YET}", mistake.at, "remove it")
    return Problem(Slug.UNKNOWN_KEY, f"{dotted(where)}: unknown key", mistake.at, hint)


def _bad_value(alternatives: list[_Mistake], path: tuple[str, ...], kind: str) -> Problem:
    first = alternatives[0]
    where = (*path, *first.where)
    if first.lacks:
        slug = Slug.NO_CRITERIA if where == ("criteria",) else Slug.MISSING_KEY
        return Problem(slug, f"{dotted(where)}: missing key", first.at)
    if comes_later(kind, where, first.node.value):
        return Problem(Slug.NOT_YET, f"{dotted(where)}: {scalar(first.node)} {NOT_YET}", first.at, "remove it")
    value = shown(first.path[-1]) if first.on_key else scalar(first.node)
    message = _expectation(alternatives)
    suffix = f", not {value}" if message.startswith("expected ") else ""
    return Problem(first.slug, f"{dotted(where)}: {message}{suffix}", first.at, _remedy(alternatives))


def _expectation(alternatives: list[_Mistake]) -> str:
    """What the value should have been, in one sentence for all branches of a union."""
    choices = [word for mistake in alternatives for word in mistake.choices]
    phrases = list(dict.fromkeys(mistake.phrase for mistake in alternatives if not mistake.choices))
    if choices:
        phrases.insert(0, f"expected {', '.join(choices)}" if phrases else f"expected {_either(choices)}")
    return " or ".join([phrases[0], *(phrase.removeprefix("expected ") for phrase in phrases[1:])])


def _either(words: list[str]) -> str:
    """`must, should or may`."""
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _remedy(alternatives: list[_Mistake]) -> str:
    first = alternatives[0]
    if isinstance(first.node.value, str):
        return did_you_mean(first.node.value, [word for mistake in alternatives for word in mistake.choices])
    quotable = first.type == "string_type" and isinstance(first.node.value, bool | int | Decimal)
    return "put it in quotes" if quotable else ""

"""YAML 1.2 as a tree in which every key and every value knows its line and column.

Built on the event stream of PyYAML, because its loaders follow YAML 1.1 (`no` is false, dates are objects), let the
last of two equal keys win, and overflow the stack on deep nesting. What a policy never needs is refused: tags, merge
keys, several documents, numbers that are not finite, and whatever grows when it is expanded.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import yaml

from gate.errors import PolicyError
from gate.model.location import Location
from gate.model.problem import Problem, Slug
from gate.model.words import on_one_line, shown
from gate.policy.tree import Member, Node, Scalar

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML without libyaml reads the same, only slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_BYTES = 1 << 20
MAX_DEPTH = 64
MAX_ALIASES = 32
MAX_NODES = 50_000
MAX_DIGITS = 40


@dataclass(frozen=True, slots=True)
class Composed:
    """What could be read of a text: `root` is None where nothing could, or nothing is there."""

    root: Node | None
    problems: tuple[Problem, ...]


def compose(text: str, path: str) -> Node:
    """The tree of a YAML text. Raises PolicyError with everything that is refused in it; `path` names it there."""
    composed = scan(text, Location(path))
    if composed.problems or composed.root is None:
        raise PolicyError(composed.problems or Problem(Slug.YAML_SYNTAX, "holds nothing", Location(path)))
    return composed.root


def scan(text: str, file: Location) -> Composed:
    """The tree of a YAML text, and everything that is refused in it. Never raises."""
    composer = _Composer(file)
    try:
        root = composer.document(text.removeprefix("\ufeff"))
    except _StopError as stop:
        return Composed(None, (*composer.problems, stop.problem))
    return Composed(root, tuple(composer.problems))


class _StopError(Exception):
    """Reading cannot go on."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


_Event = Any
"""PyYAML's types name no common attributes of its events."""

_CONTROL = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML 1.2 (section 5.1) does not allow in a text, and what only YAML 1.1 takes for the end of a line."""


class _Composer:
    """One document, from events to nodes."""

    def __init__(self, file: Location) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._events: Iterator[_Event] = iter(())
        self._anchors: dict[str, Node] = {}
        self._aliases = 0
        self._nodes = 0
        self._lines = 1

    def document(self, text: str) -> Node | None:
        """The root of the only document; None where there is none."""
        if len(text) > MAX_BYTES:
            raise _StopError(Problem(Slug.OVER_LIMIT, f"longer than {MAX_BYTES >> 20} MiB", self._file))
        if found := _CONTROL.search(text):
            line, column = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
            at = replace(self._file, line=line, column=column)
            raise _StopError(Problem(Slug.YAML_SYNTAX, f"holds the control character U+{ord(found[0]):04X}", at))
        self._lines = max(1, len(text.splitlines()))
        self._events = yaml.parse(text, Loader=_Loader)
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None
        root = self._node(self._next(), 1)
        self._next()
        if not isinstance(after := self._next(), yaml.StreamEndEvent):
            self._refuse(after, "a second document begins here", "keep one document in a file")
        return root

    def _next(self) -> _Event:
        try:
            return next(self._events)
        except yaml.MarkedYAMLError as error:
            at = self._place(error.problem_mark or error.context_mark)
            if at.line and at.line > self._lines:  # where the text ends, libyaml begins another line
                at = replace(at, line=self._lines, column=None)
            said = ", ".join(filter(None, (error.problem, error.context)))
            raise _StopError(Problem(Slug.YAML_SYNTAX, f"not YAML: {said}", at)) from error
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # The pure Python loader lets chr() refuse what `\U…` escapes name.
            raise _StopError(Problem(Slug.YAML_SYNTAX, f"not YAML: {on_one_line(str(error))}", self._file)) from error

    def _node(self, event: _Event, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, depth)
        self._grow(event, 1, depth)
        if event.tag is not None:
            self._refuse(event, f"the tag {shown(event.tag)} is refused", "write the plain value")
        # An anchor holds for what follows its node, so that nothing can contain itself.
        self._anchors.pop(event.anchor, None)
        if isinstance(event, yaml.MappingStartEvent):
            node = self._mapping(event, depth)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self._sequence(event, depth)
        else:
            node = self._scalar(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _sequence(self, start: _Event, depth: int) -> Node:
        items = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Node(tuple(items), self._place(start.start_mark))

    def _mapping(self, start: _Event, depth: int) -> Node:
        members: dict[str, Member] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, depth)
            value = self._node(self._next(), depth + 1)
            if key is None:
                continue
            if first := members.get(key):
                said = f"the key {shown(key)} stands twice, first in line {first.at.line}"
                self._note(Slug.DUPLICATE_KEY, event, said, "keep one of them")
            else:
                members[key] = Member(self._place(event.start_mark), value)
        return Node(members, self._place(start.start_mark))

    def _key(self, event: _Event, depth: int) -> str | None:
        """The text of a key; None, and a problem, where it is anything else."""
        node = self._node(event, depth + 1)
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, "a key is a text, not an alias, a list or a mapping")
        elif not event.style and event.value == "<<":
            self._refuse(event, "merge keys are refused", "write the keys out, or use `extends`")
        elif isinstance(node.value, str):
            return node.value
        else:
            self._refuse(event, f"a key is a text, and {shown(event.value)} is none", "put it in quotes")
        return None

    def _scalar(self, event: _Event) -> Node:
        text: str = event.value
        if found := _CONTROL.search(text):
            self._refuse(event, f"holds the control character U+{ord(found[0]):04X}")
        try:
            value = text if event.style else plain_value(text)
        except ValueError as error:
            self._refuse(event, str(error))
            value = None
        return Node(value, self._place(event.start_mark))

    def _alias(self, event: _Event, depth: int) -> Node:
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            raise self._stop(event, f"more than {MAX_ALIASES} aliases")
        node = self._anchors.get(event.anchor)
        if node is None:
            raise self._stop(event, f"no anchor {shown(event.anchor)} ends before this alias")
        size, height = node.measure()
        self._grow(event, size, depth + height - 1)
        return node

    def _grow(self, event: _Event, nodes: int, depth: int) -> None:
        """Count what is there once all aliases are expanded."""
        self._nodes += nodes
        if depth > MAX_DEPTH:
            raise self._stop(event, f"nested more than {MAX_DEPTH} levels deep")
        if self._nodes > MAX_NODES:
            raise self._stop(event, f"more than {MAX_NODES} values")

    def _stop(self, event: _Event, message: str) -> _StopError:
        return _StopError(Problem(Slug.YAML_REFUSED, message, self._place(event.start_mark)))

    def _refuse(self, event: _Event, message: str, hint: str = "") -> None:
        self._note(Slug.YAML_REFUSED, event, message, hint)

    def _note(self, slug: Slug, event: _Event, message: str, hint: str) -> None:
        self.problems.append(Problem(slug, message, self._place(event.start_mark), hint))

    def _place(self, mark: Any) -> Location:  # noqa: ANN401 - a mark of either parser
        if mark is None:
            return self._file
        # Once for every key and value: `dataclasses.replace` would take a third of all loading.
        return Location(self._file.path, mark.line + 1, mark.column + 1, placed=self._file.placed)


_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE]([-+]?[0-9]+))?", re.ASCII)
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", re.ASCII)
_CONSTANTS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def plain_value(text: str) -> Scalar:
    """What an unquoted scalar means in the core schema (YAML 1.2, section 10.3.2).

    Raises ValueError for numbers that are not finite or longer than any number that a policy could mean.
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        _check_length(text)
        # Base 0 knows the prefixes and refuses the leading zeros that YAML allows.
        return int(text, 0 if text[:2] in ("0o", "0x") else 10)
    if found := _FLOAT.fullmatch(text):
        _check_length(text)
        if abs(int(found[1] or 0)) > MAX_DIGITS:
            raise ValueError(f"the number {text} is out of range")
        return Decimal(text)
    if _NOT_FINITE.fullmatch(text):
        raise ValueError(f"{text} is not a number that can be compared")
    return text


def _check_length(text: str) -> None:
    if len(text) > MAX_DIGITS:
        raise ValueError(f"a number of {len(text)} characters")

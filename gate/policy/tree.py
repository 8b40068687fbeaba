"""The text of a policy as a tree, in which everything knows where it was written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gate.model.location import Location

Scalar = str | int | bool | Decimal | None


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it begins: a scalar, a sequence of nodes, or a mapping from key to member."""

    value: "Scalar | tuple[Node, ...] | Mapping[str, Member]"
    at: Location

    @property
    def is_mapping(self) -> bool:
        """Whether it has members."""
        return isinstance(self.value, Mapping)

    @property
    def members(self) -> "Mapping[str, Member]":
        """The members of a mapping; nothing for any other node."""
        return self.value if isinstance(self.value, Mapping) else {}

    @property
    def items(self) -> "tuple[Node, ...]":
        """The items of a sequence; nothing for any other node."""
        return self.value if isinstance(self.value, tuple) else ()

    def get(self, key: str) -> "Node | None":
        """The value of a member, if there is one."""
        member = self.members.get(key)
        return member.node if member else None

    def plain(self) -> object:
        """The same as lists, dictionaries and scalars, without places."""
        if isinstance(self.value, Mapping):
            return {key: member.node.plain() for key, member in self.value.items()}
        if isinstance(self.value, tuple):
            return [item.plain() for item in self.value]
        return self.value

    def measure(self) -> tuple[int, int]:
        """How many nodes there are from here on, keys among them, and how many levels."""
        size, height = 1, 0
        for below in self._below():
            more, higher = below.measure()
            size, height = size + more + self.is_mapping, max(height, higher)
        return size, height + 1

    def walk(self) -> "Iterator[Node]":
        """This node and all below it."""
        yield self
        for below in self._below():
            yield from below.walk()

    def _below(self) -> "Iterator[Node]":
        yield from self.items
        yield from (member.node for member in self.members.values())


@dataclass(frozen=True, slots=True)
class Member:
    """One entry of a mapping: where its key stands, and its value."""

    at: Location
    node: Node

"""What a report format is, and what is known of a file before it is read."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import msgspec

from gate.model.evidence import Record, Statement

Reader = Callable[[bytes], Iterator[Statement | Record]]
"""Content to records. No path, no clock, no network; raises `EvidenceError` and nothing else."""

HEAD = 4096
_MEMBER = re.compile(rb'"([A-Za-z$@][\w.@$-]{0,40})"\s*:')
_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)([^>]*)")
_PROLOGUE = re.compile(rb"(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)\s*", re.DOTALL)


class Head:
    """The outside of a file: enough to recognise its format, cheap to obtain.

    Content arrives as UTF-8 without a byte-order mark.
    """

    def __init__(self, content: bytes) -> None:
        """Look at the content; nothing is parsed until asked for."""
        self._content = content if content[:1].strip() else content.lstrip()
        self.start = self._content[:HEAD]

    @cached_property
    def members(self) -> Mapping[str, msgspec.Raw | None]:
        """The members of a JSON object with their raw values; of a broken one, the names that its head shows."""
        if not self.start.startswith(b"{"):
            return {}
        try:
            return msgspec.json.decode(self._content, type=dict[str, msgspec.Raw])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return {name.decode(): None for name in _MEMBER.findall(self._content[:HEAD])}

    def has(self, *names: str) -> bool:
        """Whether the document is a JSON object with all these members."""
        return all(name in self.members for name in names)

    def text_of(self, name: str) -> str:
        """The value of a member of the JSON object if it is a text, else nothing."""
        raw = self.members.get(name)
        try:
            return msgspec.json.decode(raw, type=str) if raw is not None else ""
        except (msgspec.DecodeError, UnicodeDecodeError):
            return ""

    @cached_property
    def root(self) -> str:
        """The local name of the root element of an XML document, or nothing."""
        found = self._root_tag
        return found[1].decode("utf-8", "replace") if found else ""

    @cached_property
    def root_attributes(self) -> bytes:
        """The raw attributes of the root element."""
        found = self._root_tag
        return found[2] if found else b""

    @cached_property
    def _root_tag(self) -> re.Match[bytes] | None:
        if not self.start.startswith(b"<"):
            return None
        at = 0
        while part := _PROLOGUE.match(self._content, at):
            at = part.end()
        return _ROOT.match(self._content, at)


@dataclass(frozen=True, slots=True)
class Format:
    """One report format.

    `proves` are the record types that such a report can be evidence for. A format without a `signature` is tried
    only where a criterion's kind or a source's `format:` asks for it.
    """

    id: str
    title: str
    proves: frozenset[type[Record]]
    recognises: Callable[[Head], bool]
    read: Reader
    tools: str = ""
    specification: str = ""
    signature: bool = True

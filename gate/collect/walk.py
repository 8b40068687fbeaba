"""Patterns to files: what a source matches in the workspace, in an order that does not depend on the disk.

A link is followed as long as it stays inside. Whatever a pattern matches and cannot be read as a file (a link that
leads out, a pipe, a folder that is called like a file) is a match with a fault, never a silent omission.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TypeVar

from gate.collect.folders import ROOT, Folders, Kind, Node
from gate.collect.workspace import place
from gate.model.glob import is_pattern, matches_any, matches_name
from gate.model.limits import Limit, Limits
from gate.model.problem import Problem, Slug

T = TypeVar("T")

ANY_DEPTH = "**"
"""The segment that stands for any number of folders."""

_OUTSIDE = (
    Slug.OUTSIDE_WORKSPACE,
    "a link that leads out of the workspace, into .git or to the gate's own reports",
    "copy the report into the workspace instead of linking it, or exclude the link",
)
_FAULTS = {
    Kind.FOLDER: (Slug.NOT_A_FILE, "a folder that is named like a file", "let the pattern name the files in it"),
    Kind.OTHER: (Slug.NOT_A_FILE, "no regular file but a pipe, a socket or a device", "let the tool write a file"),
    Kind.NOWHERE: (Slug.NOT_A_FILE, "a link that leads nowhere", "write the report before the gate runs"),
    Kind.OUTSIDE: _OUTSIDE,
    Kind.OUTSIDE_FOLDER: _OUTSIDE,
}
_FOLDERS = frozenset({Kind.FOLDER, Kind.OUTSIDE_FOLDER})


@dataclass(frozen=True, slots=True)
class Match:
    """One file that a pattern matched: its path from the root, and where it really is, links followed.

    `wildcard` says that no pattern names the file itself; `fault` why it cannot be read.
    """

    path: str
    real: str
    wildcard: bool
    fault: Problem | None = None


def find(
    folders: Folders,
    limits: Limits,
    patterns: Iterable[str],
    *,
    exclude: tuple[str, ...] = (),
    skip: Callable[[Node], bool] = lambda _: False,
    every_name: bool = False,
    every_pattern: bool = False,
) -> tuple[Match, ...]:
    """All matches of the patterns, sorted by path.

    A file that is reached by several links or hard links counts once, unless `every_name` is asked for; with
    `every_pattern` it keeps another name where a pattern would have no match otherwise. Folders for which `skip`
    holds are not entered. A search that goes over a limit ends with a match that says so.
    """
    search = _Search(folders, limits, exclude, skip)
    matched = [search.matches_of(pattern) for pattern in patterns]
    every = [match for matches in matched for match in matches]
    found = _once(every, lambda match: match.path if every_name else folders.identity(match.real))
    for matches in matched if every_pattern else ():
        if matches and found.keys().isdisjoint(match.path for match in matches):
            first = min(matches, key=_own_name_first)
            found[first.path] = first
    return tuple(found[path] for path in sorted(found))


def _once(matches: Iterable[Match], identity: Callable[[Match], str]) -> dict[str, Match]:
    """Every file under one path: its own if that is matched, else the first of its links."""
    first: dict[str, Match] = {}
    for match in sorted(matches, key=_own_name_first):
        known = first.setdefault(key := identity(match), match)
        fault = known.fault or (match.fault if match.path == known.path else None)
        first[key] = replace(known, wildcard=known.wildcard and match.wildcard, fault=fault)
    # What the search could not look into may bear the name of a link that it did find: the fault stays.
    return {match.path: match for match in sorted(first.values(), key=lambda match: match.fault is not None)}


def _own_name_first(match: Match) -> tuple[bool, str]:
    return match.path != match.real, match.path


class _CutOffError(Exception):
    """The search of a source went over a limit."""

    def __init__(self, path: str, what: str, limit: Limit) -> None:
        self.match = Match(path, path, wildcard=True, fault=_over(path, what, limit))
        super().__init__(what)


class _Search:
    """The search of one source, which its limits bound."""

    def __init__(
        self, folders: Folders, limits: Limits, exclude: tuple[str, ...], skip: Callable[[Node], bool]
    ) -> None:
        self._folders = folders
        self._limits = limits
        self._exclude = exclude
        self._closed = tuple(pattern for pattern in exclude if pattern.endswith(f"/{ANY_DEPTH}"))
        self._skip = skip
        self._looked_at = 0
        self._paths: set[str] = set()
        self._matches: list[Match] = []

    def matches_of(self, pattern: str) -> list[Match]:
        """Every match of one pattern, in no order.

        A state is a folder and the segment that its entries have to match. Each is looked at once, so the cost is
        bounded by folders times segments.
        """
        self._matches = []
        segments = pattern.split("/")
        todo = [(ROOT, 0)]
        seen = {("", 0)}
        try:
            while todo:
                for node, at in self._step(*todo.pop(), segments):
                    if (node.path, at) not in seen:
                        seen.add((node.path, at))
                        todo.append((node, at))
        except _CutOffError as cut:
            self._matches.append(cut.match)
        return self._matches

    def _step(self, folder: Node, at: int, segments: list[str]) -> Iterator[tuple[Node, int]]:
        """Look at one folder; yield where to look next, and for which segment."""
        segment, is_last = segments[at], at == len(segments) - 1
        any_depth = segment == ANY_DEPTH
        if any_depth and not is_last:
            yield folder, at + 1
        completes = not set(segments[at + 1 :]) - {ANY_DEPTH}
        for node in self._entries(folder, segment):
            if node.kind in _FOLDERS and (any_depth or not is_last):
                if self._may_enter(node) and not (any_depth and node.leads_back):
                    yield node, at if any_depth else at + 1
            elif completes and (node.kind is not Kind.FOLDER or _names_a_file(segment)):
                self._add(node, wildcard=any(map(is_pattern, segments)))

    def _entries(self, folder: Node, segment: str) -> Iterator[Node]:
        """The entries of a folder that match the segment."""
        try:
            if not is_pattern(segment):
                yield from self._count(folder, self._folders.entry(folder, segment))
                return
            listed = self._count(folder, self._folders.listing(folder))
        except OSError as error:
            reason = error.strerror or "unknown reason"
            self._add(folder, fault=_fault(folder.path, Slug.NOT_A_FILE, f"a folder that cannot be listed: {reason}"))
            return
        for name, kind in listed:
            if segment == ANY_DEPTH or matches_name(name, segment):
                yield self._folders.node(folder, name, kind)

    def _count(self, folder: Node, looked_at: tuple[T, ...]) -> tuple[T, ...]:
        self._looked_at += len(looked_at)
        if self._looked_at > self._limits.entries.allowed:
            raise _CutOffError(folder.path, "there are more entries to look through", self._limits.entries)
        return looked_at

    def _may_enter(self, folder: Node) -> bool:
        """Whether the search goes on in a folder. One that is closed to it, and not excluded, is a fault."""
        if matches_any(folder.path, self._closed) or self._skip(folder):
            return False
        if folder.kind is Kind.OUTSIDE_FOLDER:
            self._add(folder)
            return False
        if folder.path.count("/") >= self._limits.depth.allowed:
            self._add(folder, fault=_over(folder.path, "the folders nest deeper than that", self._limits.depth))
            return False
        return True

    def _add(self, node: Node, *, wildcard: bool = True, fault: Problem | None = None) -> None:
        if matches_any(node.path, self._exclude):
            return
        self._paths.add(node.path)
        if len(self._paths) > self._limits.files.allowed:
            raise _CutOffError(node.path, "the source matches more files than that", self._limits.files)
        if len(node.path) > self._limits.path_length.allowed:
            fault = _over(node.path, "the path is longer than that", self._limits.path_length)
        if node.kind in _FAULTS:
            fault = fault or _fault(node.path, *_FAULTS[node.kind])
        self._matches.append(Match(node.path, node.real, wildcard, fault))


def _names_a_file(segment: str) -> bool:
    """Whether a folder that matches the segment is a surprise: the name has a suffix, or no wildcard at all."""
    suffix = PurePosixPath(segment).suffix
    return not is_pattern(segment) or (bool(suffix) and not is_pattern(suffix))


def _fault(path: str, slug: Slug, what: str, hint: str = "exclude it, or let the gate read it") -> Problem:
    return Problem(slug, what, place(path), hint)


def _over(path: str, what: str, limit: Limit) -> Problem:
    hint = f"narrow the pattern, exclude what is not meant, or raise {limit.knob}"
    return Problem(Slug.OVER_LIMIT, f"{what}: {limit}", place(path), hint)

"""Folders of the workspace as they are on the disk, with links resolved and never followed out."""

import os
import stat
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from gate.collect.own import MARK, is_marked
from gate.collect.workspace import GIT_FOLDER, Workspace, join


class Kind(Enum):
    """What an entry of a folder is, links followed."""

    FILE = auto()
    FOLDER = auto()
    OTHER = auto()
    NOWHERE = auto()
    OUTSIDE = auto()
    OUTSIDE_FOLDER = auto()


@dataclass(frozen=True, slots=True)
class Node:
    """An entry of a folder: its path from the root, and where it really is, links followed.

    Names are as the disk has them: bytes that are not UTF-8 are surrogates. `above` is the folder it was met in.
    """

    path: str
    real: str
    kind: Kind
    above: "Node | None" = None
    linked: bool = False

    @property
    def leads_back(self) -> bool:
        """Whether a link leads to a folder on the way to it, so that following it would never end."""
        folder = self.above if self.linked else None
        while folder is not None:
            if not self.real or f"{folder.real}/".startswith(f"{self.real}/"):
                return True
            folder = folder.above
        return False


class _Entry(Protocol):
    """What `os.DirEntry` tells about an entry."""

    def is_symlink(self) -> bool: ...
    def is_file(self, *, follow_symlinks: bool) -> bool: ...
    def is_dir(self, *, follow_symlinks: bool) -> bool: ...


Listed = tuple[str, Kind | None]
"""The name of an entry and its kind; None for a link, which is followed only where it matters."""

ROOT = Node("", "", Kind.FOLDER)


class Folders:
    """Lists folders. What one holds is kept, so that sources with the same folders cost one look."""

    def __init__(self, workspace: Workspace) -> None:
        """Look into this workspace, and nowhere else."""
        self._workspace = workspace
        self._listings: dict[str, tuple[Listed, ...]] = {}

    def listing(self, folder: Node) -> tuple[Listed, ...]:
        """What the folder holds, sorted by name. Raises OSError where it cannot be listed."""
        if folder.real not in self._listings:
            with os.scandir(self._workspace.absolute(folder.real)) as scanned:
                listed = {entry.name: _kind(entry) for entry in scanned if self._is_evidence(folder, entry.name)}
            hidden = self._reports_of_a_gate(folder) if MARK in listed else frozenset()
            self._listings[folder.real] = tuple((name, listed[name]) for name in sorted(listed.keys() - hidden))
        return self._listings[folder.real]

    def entry(self, folder: Node, name: str) -> tuple[Node, ...]:
        """The entry with this name, or nothing. Raises OSError where the folder may not be looked into."""
        if not self._is_evidence(folder, name):
            return ()
        try:
            mode = os.lstat(self._workspace.absolute(join(folder.real, name))).st_mode
        except PermissionError:
            raise
        except OSError:
            return ()
        return (self.node(folder, name, None if stat.S_ISLNK(mode) else _kind_of(mode)),)

    def identity(self, real: str) -> str:
        """Which file it is, by its path without links: the same for all names that a file has by hard links."""
        try:
            found = os.lstat(self._workspace.absolute(real))
        except (OSError, ValueError):
            return real
        # Numbers of files that have one name only are not asked for: not every file system keeps them apart.
        return f"//{found.st_dev}:{found.st_ino}" if found.st_nlink > 1 else real

    def _reports_of_a_gate(self, folder: Node) -> frozenset[str]:
        """The names of the reports that a gate left in the folder, in whatever run.

        What it says of evidence is evidence only where a pattern names the file. Nothing else that lies there is
        hidden: whoever plants the mark beside the report of a tool gains nothing.
        """
        marked = is_marked(self._workspace.absolute(folder.real))
        return self._workspace.report_names if marked else frozenset()

    def _is_evidence(self, folder: Node, name: str) -> bool:
        """Whether an entry may be seen: git's files, the gate's own reports and the folder above are no evidence."""
        return name not in (GIT_FOLDER, "..") and not self._workspace.holds_own_reports(join(folder.real, name))

    def node(self, folder: Node, name: str, kind: Kind | None) -> Node:
        """The entry of a folder, links followed."""
        path, real = join(folder.path, name), join(folder.real, name)
        if kind is not None:
            return Node(path, real, kind, folder)
        try:
            target = self._workspace.resolve(real)
            found = _kind_of(Path(self._workspace.absolute(real)).stat().st_mode)
        except OSError:
            return Node(path, real, Kind.NOWHERE, folder, linked=True)
        if target is None:
            found = Kind.OUTSIDE_FOLDER if found is Kind.FOLDER else Kind.OUTSIDE
        return Node(path, real if target is None else target, found, folder, linked=True)


def _kind(entry: _Entry) -> Kind | None:
    """The kind of a listed entry; None for a link."""
    if entry.is_symlink():
        return None
    if entry.is_dir(follow_symlinks=False):
        return Kind.FOLDER
    return Kind.FILE if entry.is_file(follow_symlinks=False) else Kind.OTHER


def _kind_of(mode: int) -> Kind:
    """The kind by the mode of what is no link."""
    if stat.S_ISDIR(mode):
        return Kind.FOLDER
    return Kind.FILE if stat.S_ISREG(mode) else Kind.OTHER

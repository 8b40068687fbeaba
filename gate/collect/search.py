"""The default search: where evidence is looked for when a criterion names none."""

import os
from collections.abc import Callable
from dataclasses import replace

from gate.collect.files import Files
from gate.collect.folders import Folders, Node
from gate.collect.names import announces, is_plainly_no_report
from gate.collect.read import recognised
from gate.collect.walk import ANY_DEPTH, Match, find
from gate.collect.workspace import Workspace
from gate.errors import EvidenceError
from gate.formats.base import HEAD, Head
from gate.model.limits import Limits

SEARCHED_FOLDERS = ("evidence", "reports", "test-results", "coverage", "target", "build")
PATTERNS = ("*", *(f"{folder}/{ANY_DEPTH}" for folder in SEARCHED_FOLDERS))

_MARKUP = (b"{", b"[", b"<")
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"{\0", b"[\0", b"<\0", b"\0")


class Search:
    """Finds the files that may be reports, among those that git does not track."""

    def __init__(self, workspace: Workspace, folders: Folders, files: Files, limits: Limits) -> None:
        """Search this workspace. A search has no limit on matches: most of them are never opened as reports."""
        self._workspace = workspace
        self._folders = folders
        self._files = files
        self._limits = limits

    def find(self, is_committed: Callable[[Match], bool], exclude: tuple[str, ...] = ()) -> tuple[Match, ...]:
        """What may be a report by its first bytes, or cannot be looked into."""
        patterns = tuple(map(self._workspace.from_base, PATTERNS))
        found = find(
            self._folders,
            replace(self._limits, files=self._limits.entries),
            patterns,
            exclude=exclude,
            skip=self._is_no_place,
        )
        return tuple(match for match in found if match.fault or self._may_be_report(match, is_committed))

    def _is_no_place(self, folder: Node) -> bool:
        """Whether others' code is kept in the folder: an environment, or installed packages."""
        if folder.path.rpartition("/")[2] == "node_modules":
            return True
        return os.path.lexists(self._workspace.absolute(f"{folder.real}/pyvenv.cfg"))

    def _may_be_report(self, match: Match, is_committed: Callable[[Match], bool]) -> bool:
        if is_committed(match):
            return False
        if announces(match.path):
            return True
        try:
            start = self._files.start(match.real, HEAD)
        except EvidenceError:
            return not is_plainly_no_report(match.path)
        if recognised(Head(start)) is not None:
            return True
        blank = len(start) == HEAD and not start.strip()
        markup = start.lstrip().startswith(_MARKUP + _BYTE_ORDER_MARKS)
        return (blank or markup) and not is_plainly_no_report(match.path)

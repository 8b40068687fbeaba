"""What a report calls a file, and which file of the workspace that is.

Producers run elsewhere: on the runner's host, in another container, on Windows, in a subfolder. A name is tried in
this order, and the first regular file inside the workspace is it:

1. below each root that the report itself states (Cobertura's `source`),
2. below the folder that patterns are relative to, then below the workspace,
3. an absolute name without the folder under which the workspace is known elsewhere: its own path, its aliases, the
   folders of GitHub's runners, or whatever stands before the repository's own name,
4. the longest end of all these, of at least two segments, that is a file of the workspace.

One segment alone never decides under 4: `package.json` of an installed package is not the one of the project. What
is no file of the workspace keeps the report's own word, and is not placed.
"""

import os
import posixpath
import re
import stat
from collections.abc import Iterator
from dataclasses import replace

from gate.collect.workspace import Workspace, join
from gate.model.location import Location

LONGEST = 2_000
DEEPEST = 64
MOST_ROOTS = 16
_NOTHING: frozenset[str] = frozenset()

_SCHEME = re.compile(r"file:(?://)?", re.IGNORECASE)
_DRIVE = re.compile(r"/?[A-Za-z]:/")
_RUNNERS = re.compile(
    r"/github/workspace/|/__w/[^/]+/[^/]+/|/(?:home|Users)/runner/work/[^/]+/[^/]+/|/?[A-Za-z]:/a/[^/]+/[^/]+/"
)


class Places:
    """Finds the files that reports name; every name is looked up once."""

    def __init__(self, workspace: Workspace, repository: str = "") -> None:
        """Look into this workspace; `repository` is `owner/name`."""
        self._workspace = workspace
        own_paths = (str(workspace.root), *workspace.aliases)
        self._prefixes = tuple(f"{_slashes(path).rstrip('/')}/" for path in own_paths)
        self._names = frozenset({repository.rpartition("/")[2], workspace.root.name} - {""})
        self._found: dict[tuple[str, tuple[str, ...]], str | None] = {}
        self._files: dict[str, bool] = {}
        self._listed: dict[str, frozenset[str]] = {}
        self._bases = tuple(dict.fromkeys((workspace.from_base(""), "")))

    def place(self, at: Location, roots: tuple[str, ...] = ()) -> Location:
        """The place in the workspace, or the same place marked as not there. A URL is a place of its own."""
        if at.is_url:
            return at
        key = (at.path, roots)
        if key not in self._found:
            candidates = self._candidates(at.path, roots)
            self._found[key] = next((path for path in candidates if self._is_file(path)), None)
        found = self._found[key]
        return replace(at, placed=False) if found is None else replace(at, path=found, placed=True)

    def _candidates(self, written: str, roots: tuple[str, ...]) -> Iterator[str]:
        """The paths that a name may mean, the most exact first; some are no paths of the workspace at all."""
        if not written or len(written) > LONGEST:
            return
        scheme = _SCHEME.match(written)
        bare = written[scheme.end() :] if scheme else written
        names = [full for name in dict.fromkeys((bare, _slashes(bare))) for full in (*_below(roots, name), name)]
        for name in names:
            yield from self._exact(name)
        tried: list[str] = []
        for name in names:
            segments = [segment for segment in posixpath.normpath(name).split("/") if segment not in ("", "..")]
            yield from self._ends(segments, _shared(segments, tried))
            tried = segments

    def _exact(self, name: str) -> Iterator[str]:
        if not _is_absolute(name):
            yield posixpath.normpath(self._workspace.from_base(name))
            yield posixpath.normpath(name)
            return
        name = posixpath.normpath(name)
        yield from (name[len(prefix) :] for prefix in self._prefixes if name.startswith(prefix))
        if runner := _RUNNERS.match(name):
            yield name[runner.end() :]
        segments = name.split("/")
        for at, segment in enumerate(segments, 1):
            if segment in self._names and self._is_there("", segments, at):
                yield "/".join(segments[at:])

    def _ends(self, segments: list[str], tried: int) -> Iterator[str]:
        """The ends of at least two segments that are longer than those that were tried."""
        for start in range(max(0, len(segments) - DEEPEST), len(segments) - max(tried, 1)):
            for base in self._bases:
                if self._is_there(base, segments, start):
                    yield join(base, "/".join(segments[start:]))

    def _is_there(self, base: str, segments: list[str], start: int) -> bool:
        """Whether the path from this segment on is there below the base, by the names that folders hold.

        A hostile report has millions of ends; nearly all of them are ruled out by how they begin.
        """
        folder = base
        for at in range(start, len(segments)):
            if segments[at] not in self._names_in(folder):
                return False
            folder = join(folder, segments[at])
        return True

    def _names_in(self, folder: str) -> frozenset[str]:
        """What a folder inside the workspace holds; nothing where it is none."""
        if folder not in self._listed:
            try:
                real = self._workspace.resolve(folder)
                self._listed[folder] = _NOTHING if real is None else self._list(real)
            except (OSError, ValueError):
                self._listed[folder] = _NOTHING
        return self._listed[folder]

    def _list(self, real: str) -> frozenset[str]:
        with os.scandir(self._workspace.absolute(real)) as scanned:
            return frozenset(entry.name for entry in scanned)

    def _is_file(self, path: str) -> bool:
        """Whether it is a regular file inside the workspace."""
        if path not in self._files:
            self._files[path] = self._look_up(path)
        return self._files[path]

    def _look_up(self, path: str) -> bool:
        if path.startswith(("/", "../")) or path in ("", ".", ".."):
            return False
        try:
            os.lstat(self._workspace.absolute(path))
            real = self._workspace.resolve(path)
            return real is not None and stat.S_ISREG(os.lstat(self._workspace.absolute(real)).st_mode)
        except (OSError, ValueError):
            # ValueError: a NUL or half a character, which no file name has.
            return False


def _below(roots: tuple[str, ...], name: str) -> Iterator[str]:
    """A relative name below each root."""
    if not _is_absolute(name):
        yield from (f"{_slashes(root).rstrip('/')}/{name}" for root in roots[:MOST_ROOTS])


def _shared(one: list[str], other: list[str]) -> int:
    """How many segments the ends of two paths have in common."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    return next((at for at, (mine, others) in enumerate(pairs) if mine != others), min(len(one), len(other)))


def _slashes(path: str) -> str:
    return path.replace("\\", "/")


def _is_absolute(path: str) -> bool:
    return path.startswith("/") or bool(_DRIVE.match(path))

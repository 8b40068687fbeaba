"""What git knows of the workspace, asked without trusting the repository: its configuration runs nothing."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import NamedTuple

SECONDS = 60
MOST_REPOSITORIES = 100
"""How many repositories below the workspace are asked; of what lies in others nothing is known."""
_AT_ONCE = 500
_LATEST = int(datetime.max.replace(tzinfo=UTC).timestamp()) - 1
_SAFE = {
    "safe.directory": "*",
    "safe.bareRepository": "explicit",
    "core.fsmonitor": "",
    "core.hooksPath": "/dev/null",
    "core.quotePath": "false",
    "log.showSignature": "false",
    "log.mailmap": "false",
    "submodule.recurse": "false",
}
"""Settings of a repository that could start a program or change an answer; the command line overrides it."""

_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "LC_ALL": "C",
}
"""All that git gets to see of the environment; a missing object is never fetched."""


class Commit(NamedTuple):
    """The last commit of a file. `cut`: the history ends there because the clone is shallow, so it is a guess."""

    at: datetime
    cut: bool = False


@dataclass(frozen=True)
class Git:
    """The repository that the workspace is in, if it is in one."""

    root: Path

    @cached_property
    def tracked(self) -> frozenset[str] | None:
        """The files that git tracks, as the disk names them; none outside a repository; None where git cannot tell."""
        if not self._in_repository:
            return frozenset()
        return _names(self._ask("ls-files", "-z"))

    def tracks(self, path: str, real: str) -> bool | None:
        """Whether git tracks a file, or the link that is its `path`, in the repository in which it lies.

        `real` is the path without links. What lies in a submodule that is no repository here, counts as tracked. None
        where git cannot tell.
        """
        answers = {self._is_listed(path, (path,)), self._is_listed(real, _upwards(real))}
        return True if True in answers else None if None in answers else False

    def _is_listed(self, path: str, names: Iterable[str]) -> bool | None:
        """Whether one of these names is tracked in the innermost repository that holds the path."""
        repository = self._repository_of(path.rpartition("/")[0])
        tracked = self.tracked if not repository else self._tracked_in(repository)
        within = f"{repository}/" if repository else ""
        return (
            None
            if tracked is None
            else any(name[len(within) :] in tracked for name in names if name.startswith(within))
        )

    def _repository_of(self, folder: str) -> str:
        """The innermost folder on the way that is a repository of its own; empty for that of the workspace."""
        known = self._repositories
        if folder not in known:
            is_one = os.path.lexists(f"{self.root}/{folder}/.git")
            known[folder] = folder if is_one else self._repository_of(folder.rpartition("/")[0])
        return known[folder]

    def _tracked_in(self, repository: str) -> frozenset[str] | None:
        """The files that a repository below the workspace tracks; git looks for it nowhere else."""
        known = self._listed
        if repository not in known:
            where = ("-C", repository, "--git-dir=.git", "--work-tree=.")
            known[repository] = _names(self._ask(*where, "ls-files", "-z")) if len(known) < MOST_REPOSITORIES else None
        return known[repository]

    @cached_property
    def _repositories(self) -> dict[str, str]:
        return {"": ""}

    @cached_property
    def _listed(self) -> dict[str, frozenset[str] | None]:
        return {}

    @cached_property
    def head(self) -> str:
        """The commit that is checked out, or nothing."""
        answer = self._ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}") if self._in_repository else None
        return (answer or b"").decode("ascii", "replace").strip()

    def last_commits(self, paths: Iterable[str]) -> dict[str, Commit]:
        """The last commit of each file that has one."""
        commits: dict[str, Commit] = {}
        remaining = iter(sorted(set(paths) & (self.tracked or frozenset())))
        while some := list(islice(remaining, _AT_ONCE)):
            logged = self._ask("--literal-pathspecs", "log", *_LOG, "--", *some) or b""
            for commit, path in _logged(os.fsdecode(logged)):
                when = datetime.fromtimestamp(min(commit.seconds, _LATEST), UTC)
                commits.setdefault(path, Commit(when, commit.name in self._boundary))
        return commits

    @cached_property
    def _boundary(self) -> frozenset[str]:
        """The commits behind which a shallow clone has no history."""
        where = self._ask("rev-parse", "--git-path", "shallow") or b""
        path = self.root / os.fsdecode(where).rstrip("\n")
        return frozenset(path.read_text("ascii", "replace").split()) if where and path.is_file() else frozenset()

    @cached_property
    def _in_repository(self) -> bool:
        return any(os.path.lexists(folder / ".git") for folder in (self.root, *self.root.parents))

    def _ask(self, *arguments: str) -> bytes | None:
        """What git answers; None where it is absent, fails, or takes longer than `SECONDS`."""
        program = self._program
        if not program:
            return None
        settings = [part for name, value in _SAFE.items() for part in ("-c", f"{name}={value}")]
        command = [program, "--no-pager", *settings, *arguments]
        try:
            answer = subprocess.run(  # noqa: S603 - the program is not the workspace's, the arguments are ours
                command,
                cwd=self.root,
                env=_ENVIRONMENT | {"PATH": self._path},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        return answer.stdout if answer.returncode == 0 else None

    @cached_property
    def _program(self) -> str | None:
        return shutil.which("git", path=self._path)

    @cached_property
    def _path(self) -> str:
        """Where programs are looked for; the workspace is no such place."""
        folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
        outside = (folder for folder in folders if not Path(folder).resolve().is_relative_to(self.root))
        return os.pathsep.join(folder for folder in outside if Path(folder).is_absolute())


def _names(listed: bytes | None) -> frozenset[str] | None:
    return None if listed is None else frozenset(filter(None, os.fsdecode(listed).split("\0")))


def _upwards(path: str) -> Iterator[str]:
    """The path, and every folder on the way to it."""
    while path:
        yield path
        path = path.rpartition("/")[0]


class _Logged(NamedTuple):
    name: str
    seconds: int


_LOG = ("--no-renames", "--no-ext-diff", "--no-textconv", "--relative", "--name-only", "-z", "--format=%x00%H %ct")


def _logged(text: str) -> Iterator[tuple[_Logged, str]]:
    """Commit and file, the newest first, out of `git log -z`.

    A name is never empty, so an empty item announces a commit; the first name after it has a line feed before it.
    """
    items = iter(text.split("\0"))
    commit, first = _Logged("", 0), False
    for item in items:
        if not item:
            name, _, seconds = next(items, "").partition(" ")
            commit, first = _Logged(name, int(seconds or 0)), True
        else:
            yield commit, item.removeprefix("\n") if first else item
            first = False

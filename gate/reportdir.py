"""The report directory: where the gate writes, and nowhere else. Inside the workspace, without a link in its path."""

import contextlib
import os
import secrets
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NoReturn

from gate.collect.own import is_marked
from gate.errors import UsageError
from gate.model.problem import Problem, Slug
from gate.model.words import shown

_HINT = "name a folder of its own inside the workspace with `report-dir`, or remove what is in the way"
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class ReportDir:
    """One report directory.

    In a container, where the gate is root, its files and new folders belong to the owner of the workspace.
    """

    def __init__(self, workspace: Path, report_dir: str) -> None:
        """Check the way to the directory before anything is judged; nothing is made yet.

        Raises UsageError where it lies outside of the workspace, or something else than a folder is on the way.
        """
        self._workspace = workspace
        self._segments = _segments(report_dir, workspace)
        self.path = "/".join(self._segments)
        """The directory, relative to the workspace."""
        with self._guarded(), contextlib.suppress(FileNotFoundError), self._opened(make=False):
            pass

    def write(self, files: Mapping[str, str]) -> None:
        """Write every text under its name. Each is written beside its place and renamed: nobody sees half of one.

        Raises UsageError where a foreign file is in the way, or the disk refuses.
        """
        with self._guarded(), self._opened(make=True) as folder:
            self._refuse_foreign(folder, files)
            for name, text in files.items():
                self._replace(folder, name, text.encode(errors="backslashreplace"))

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            _refuse(self.path, f"cannot be written: {error.strerror}", error)

    @contextlib.contextmanager
    def _opened(self, *, make: bool) -> Iterator[int]:
        """The directory as a descriptor. Each step is opened below the last and follows no link."""
        here = os.open(self._workspace, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            for depth, segment in enumerate(self._segments, 1):
                if make:
                    self._make(here, segment)
                _refuse_if_no_folder(here, segment, "/".join(self._segments[:depth]))
                below = os.open(segment, _FOLDER, dir_fd=here)
                os.close(here)
                here = below
            yield here
        finally:
            os.close(here)

    def _make(self, here: int, name: str) -> None:
        with contextlib.suppress(FileExistsError):
            os.mkdir(name, 0o755, dir_fd=here)
            self._hand_over(here, name)

    def _refuse_foreign(self, folder: int, names: Iterable[str]) -> None:
        """Names that are taken must be those of an earlier run, and regular files."""
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                mode = os.lstat(name, dir_fd=folder).st_mode
                if not stat.S_ISREG(mode) or not is_marked(folder):
                    _refuse(f"{self.path}/{name}", "is in the way, and was not written by the gate")

    def _replace(self, folder: int, name: str, content: bytes) -> None:
        beside = f".{name}.{secrets.token_hex(8)}"
        descriptor = os.open(beside, _NEW_FILE, 0o644, dir_fd=folder)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                os.fchmod(descriptor, 0o644)
                stream.write(content)
            self._hand_over(folder, beside)
            os.rename(beside, name, src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:
            os.unlink(beside, dir_fd=folder)
            raise

    def _hand_over(self, folder: int, name: str) -> None:
        """Give it to the owner of the workspace. Where the container may not, it stays root's, and readable."""
        if os.geteuid() == 0:
            owner = self._workspace.stat()
            with contextlib.suppress(OSError):
                os.chown(name, owner.st_uid, owner.st_gid, dir_fd=folder, follow_symlinks=False)


def _segments(report_dir: str, workspace: Path) -> tuple[str, ...]:
    """The path of the directory below the workspace; an absolute one must lie inside."""
    path = PurePosixPath(report_dir)
    if path.is_absolute():
        roots = (workspace.absolute(), workspace.resolve())
        inside = next((path.relative_to(root) for root in roots if path.is_relative_to(root)), None)
        if inside is None:
            _refuse(report_dir, "lies outside of the workspace, and in a container nothing else exists")
        path = inside
    if not path.parts or not report_dir.isprintable() or ".." in path.parts:
        _refuse(report_dir, "is no folder inside the workspace")
    if ".git" in (part.lower() for part in path.parts):
        _refuse(report_dir, "belongs to git")
    return path.parts


def _refuse_if_no_folder(here: int, name: str, path: str) -> None:
    mode = os.lstat(name, dir_fd=here).st_mode
    if not stat.S_ISDIR(mode):
        _refuse(path, "is a link" if stat.S_ISLNK(mode) else "is no folder")


def _refuse(path: str, why: str, cause: Exception | None = None) -> NoReturn:
    raise UsageError(Problem(Slug.BAD_REPORT_DIR, f"report directory {shown(path)}: {why}", hint=_HINT)) from cause

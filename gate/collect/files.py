"""The content of one file, read so that nothing can be put in its place meanwhile."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager

from gate.collect.workspace import Workspace
from gate.errors import EvidenceError
from gate.model.limits import Limit, Limits
from gate.model.problem import Slug

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_CHUNK = 2**20


class Files:
    """Reads files of the workspace, and keeps count of the bytes of the whole run."""

    def __init__(self, workspace: Workspace, limits: Limits) -> None:
        """Read from this workspace, within these limits."""
        self._workspace = workspace
        self._limits = limits
        self._total = 0

    def content(self, real: str) -> bytes:
        """All bytes of a regular file, by its path without links.

        Raises EvidenceError where it is no regular file, cannot be opened, or goes over a limit.
        """
        with self._opened(real) as (descriptor, size):
            self._check(size)
            content = b"".join(_chunks(descriptor, min(self._limits.file_bytes.allowed, self._left) + 1))
        self._check(len(content))
        self._total += len(content)
        return content

    def start(self, real: str, length: int) -> bytes:
        """The first bytes of a regular file; raises EvidenceError as `content` does, whatever its size."""
        with self._opened(real) as (descriptor, _):
            return os.read(descriptor, length)

    @property
    def _left(self) -> int:
        return self._limits.total_bytes.allowed - self._total

    def _check(self, size: int) -> None:
        """Raise EvidenceError where a file of this size goes over a limit."""
        if size > self._limits.file_bytes.allowed:
            raise _over(f"the file has {size} bytes: ", self._limits.file_bytes)
        if size > self._left:
            raise _over(f"with its {size} bytes the run would read too much: ", self._limits.total_bytes)

    @contextmanager
    def _opened(self, real: str) -> Iterator[tuple[int, int]]:
        """The opened file and its size.

        Each folder on the way is opened from the one above it, never through a link: a folder that is swapped for
        a link after the search leads to a refusal, not out of the workspace.
        """
        *folders, name = real.split("/")
        try:
            descriptor = os.open(self._workspace.root, _FOLDER)
            for segment, flags in [*((folder, _FOLDER) for folder in folders), (name, _FILE)]:
                above = descriptor
                try:
                    descriptor = os.open(segment, flags, dir_fd=above)
                finally:
                    os.close(above)
        except OSError as error:
            reason = error.strerror or "unknown reason"
            raise EvidenceError.of(f"cannot be opened: {reason}", hint="let the gate read it") from error
        try:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                raise EvidenceError.of(
                    "no regular file but a pipe, a socket or a device",
                    slug=Slug.NOT_A_FILE,
                    hint="let the tool write a file",
                )
            yield descriptor, found.st_size
        except OSError as error:
            raise EvidenceError.of(f"cannot be read: {error.strerror or 'unknown reason'}") from error
        finally:
            os.close(descriptor)


def _chunks(descriptor: int, most: int) -> Iterator[bytes]:
    """What can be read, up to `most` bytes."""
    while most > 0 and (chunk := os.read(descriptor, min(_CHUNK, most))):
        most -= len(chunk)
        yield chunk


def _over(what: str, limit: Limit) -> EvidenceError:
    return EvidenceError.of(
        f"{what}{limit}", slug=Slug.OVER_LIMIT, hint=f"let the tool write less, or raise {limit.knob}"
    )

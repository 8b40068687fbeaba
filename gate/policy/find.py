"""Which file a policy is, and its text: confined to the workspace, or shipped with the gate."""

import os
import stat
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath

from gate.errors import PolicyError
from gate.model.location import Location
from gate.model.problem import Problem, Slug
from gate.model.words import did_you_mean, shown
from gate.policy.yaml import MAX_BYTES

HOME = (".github/gate.yml", ".github/gate.yaml")
"""Where a repository keeps its policy."""

DEFAULT = "default"
"""The shipped policy that judges a repository without one of its own."""

_SHIPPED_FOLDER = "policies"
_REMEDY = f"write one to {HOME[0]}, or name another with the input `policy`"


@dataclass(frozen=True, slots=True)
class PolicyText:
    """One policy file: `path` as people know it, its text, and whether it comes with the gate."""

    path: str
    text: str = field(repr=False)
    sha256: str
    shipped: bool

    @property
    def at(self) -> Location:
        """The file as a place; a shipped one is no file of the workspace."""
        return Location(self.path, placed=not self.shipped)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where policies are looked for: a workspace, and the folder of the policies that come with the gate."""

    workspace: Path
    shipped: Path

    def first(self, reference: str) -> PolicyText:
        """The policy that a run names; without a name that of the repository, else the shipped default.

        Raises PolicyError where it is not there or cannot be read.
        """
        if reference:
            return self._named(reference, "", None)
        own = next((path for path in HOME if os.path.lexists(self.workspace / path)), None)
        return self._of_workspace(own, None) if own else self._of_gate(DEFAULT, None)

    def parent(self, reference: str, child: PolicyText, at: Location) -> PolicyText:
        """The policy that `child` extends by this reference at this place. Raises PolicyError as `first` does."""
        if child.shipped and not is_shipped_name(reference):
            raise _refused(Slug.OUTSIDE_WORKSPACE, f"a shipped policy cannot extend the file {shown(reference)}", at)
        return self._named(reference, str(PurePosixPath(child.path).parent), at)

    def names(self) -> tuple[str, ...]:
        """The names of the shipped policies."""
        return tuple(sorted(path.stem for path in self.shipped.glob("*.yml")))

    def _named(self, reference: str, folder: str, at: Location | None) -> PolicyText:
        if is_shipped_name(reference):
            return self._of_gate(reference, at)
        return self._of_workspace(self._inside(reference, folder, at), at)

    def _of_gate(self, name: str, at: Location | None) -> PolicyText:
        known = self.names()
        if name not in known:
            hint = did_you_mean(name, known) or f"there are {', '.join(known)}; a file is named by its path"
            raise _refused(Slug.NO_POLICY, f"no policy called {shown(name)} comes with the gate", at, hint)
        return _read(self.shipped / f"{name}.yml", f"{_SHIPPED_FOLDER}/{name}.yml", at, shipped=True)

    def _of_workspace(self, path: str, at: Location | None) -> PolicyText:
        file = self.workspace / path
        try:
            real, root = file.resolve(strict=True), self.workspace.resolve(strict=True)
        except (OSError, RuntimeError) as error:
            raise _refused(Slug.NO_POLICY, f"there is no policy {shown(path)}", at, _REMEDY) from error
        if not real.is_relative_to(root):
            message = f"the policy {shown(path)} is a link that leads out of the workspace"
            raise _refused(Slug.OUTSIDE_WORKSPACE, message, at, "keep the file itself in the workspace")
        return _read(real, path, at, shipped=False)

    def _inside(self, reference: str, folder: str, at: Location | None) -> str:
        """The path from the workspace root, with `.` and `..` worked out."""
        root = os.path.abspath(self.workspace)  # noqa: PTH100 - links are followed later, and judged then
        path = os.path.relpath(os.path.normpath(os.path.join(root, folder, reference)), root)  # noqa: PTH118
        if path.split("/")[0] == ".." or "\0" in path or "\\" in path:
            message = f"the policy {shown(reference)} lies outside of the workspace"
            raise _refused(Slug.OUTSIDE_WORKSPACE, message, at, "name it by its path from the workspace root")
        return path


def is_shipped_name(reference: str) -> bool:
    """Whether this names a shipped policy: no slash, and no suffix."""
    return "/" not in reference and not PurePosixPath(reference).suffix


def _read(file: Path, path: str, at: Location | None, *, shipped: bool) -> PolicyText:
    """The text of a regular file that is not too large. Raises PolicyError."""
    try:
        # Without O_NONBLOCK, opening a pipe waits for somebody to write to it.
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise _refused(Slug.NOT_A_FILE, f"the policy {shown(path)} is no regular file", at, _REMEDY)
            content = os.read(descriptor, MAX_BYTES + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        message = f"the policy {shown(path)} cannot be read: {error.strerror}"
        raise _refused(Slug.NO_POLICY, message, at, _REMEDY) from error
    if len(content) > MAX_BYTES:
        message = f"the policy {shown(path)} is larger than {MAX_BYTES >> 20} MiB"
        raise _refused(Slug.OVER_LIMIT, message, at, "split it, and join the parts with `extends`")
    return PolicyText(path, _decoded(content, Location(path, placed=not shipped)), sha256(content).hexdigest(), shipped)


def _decoded(content: bytes, file: Location) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        at = Location(file.path, line, placed=file.placed)
        raise _refused(Slug.YAML_SYNTAX, "is not UTF-8", at, "save it in that encoding") from error


def _refused(slug: Slug, message: str, at: Location | None, hint: str = "") -> PolicyError:
    return PolicyError(Problem(slug, message, at, hint))

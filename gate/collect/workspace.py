"""The workspace: where evidence may come from, and how its paths are written."""

import os
from dataclasses import dataclass
from pathlib import Path

from gate.model.location import Location

GIT_FOLDER = ".git"


@dataclass(frozen=True, slots=True)
class Workspace:
    """The checked-out repository; every path of the gate is relative to its `root`, with forward slashes.

    `root` is resolved. `base` is the folder that patterns are relative to (the input `working-directory`), and
    `report_dir`, written without detours, the folder of the gate's own reports, which are no evidence. `aliases` are
    other absolute paths under which producers know the same folder (outside the container, for example).
    `report_names` are the files that every gate writes, by which the reports of another one are known.
    """

    root: Path
    base: str = ""
    report_dir: str = ""
    aliases: tuple[str, ...] = ()
    report_names: frozenset[str] = frozenset()

    def absolute(self, path: str) -> str:
        """The path for the operating system."""
        return f"{self.root}/{path}" if path else str(self.root)

    def from_base(self, pattern: str) -> str:
        """A path or pattern of the policy, relative to the root."""
        segments = [*self.base.split("/"), *pattern.split("/")]
        return "/".join(segment for segment in segments if segment not in ("", "."))

    def resolve(self, path: str) -> str | None:
        """Where the path really is, all links followed and relative to the root; nothing if it leads out.

        `.git` and the gate's own reports count as outside. Raises OSError where it leads nowhere.
        """
        absolute = self.absolute(path)
        # The kernel gives up on a chain of links long before Python's own walk along it would.
        Path(absolute).stat()
        return self.inside(os.path.realpath(absolute, strict=True))

    def inside(self, real: str) -> str | None:
        """An absolute path without links, relative to the root; nothing if it may not be read."""
        root = str(self.root).rstrip("/")
        if real == str(self.root):
            return ""
        if not real.startswith(f"{root}/"):
            return None
        relative = real[len(root) + 1 :]
        return None if GIT_FOLDER in relative.split("/") or self.holds_own_reports(relative) else relative

    def holds_own_reports(self, path: str) -> bool:
        """Whether the path is the report directory or lies in it."""
        return bool(self.report_dir) and f"{path}/".startswith(f"{self.report_dir}/")


def join(folder: str, path: str) -> str:
    """The path below a folder, which may be the root."""
    return f"{folder}/{path}" if folder else path


def shown(path: str) -> str:
    r"""A path as text that can be written anywhere: bytes that are not UTF-8 become escapes such as `\xff`."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace") or "."


def place(path: str, line: int | None = None) -> Location:
    """A place in a file of the workspace."""
    return Location(shown(path), line, placed=True)

"""The files of the workspace, as documents and checklists name them."""

import posixpath

from gate.model.evidence import Inventory
from gate.model.glob import fixed_prefix, is_pattern, matches

MAX_COMPARED = 2_000_000
"""How often a file name is compared with a pattern of a document, all patterns together."""


class Tree:
    """All files and folders. A folder is filled when a file below it is not empty."""

    def __init__(self, inventory: Inventory) -> None:
        """The tree of these files."""
        self._filled: dict[str, bool] = {}
        for path, size in inventory.sizes.items():
            self._filled[path] = size > 0
            folder = posixpath.dirname(path)
            while folder and not self._filled.get(folder):
                if folder in self._filled and not size:
                    break
                self._filled[folder] = size > 0
                folder = posixpath.dirname(folder)
        self._files = inventory.sizes
        self._base = inventory.base
        self._found: dict[str, list[str]] = {}
        self._compared = 0

    def has(self, path: str) -> bool:
        """Whether a file or a folder of this name is there, or one that the pattern matches."""
        return bool(self._meant(path))

    def is_filled(self, path: str) -> bool:
        """Whether what the path or pattern names holds at least one byte."""
        return any(self._filled[known] for known in self._meant(path))

    def _meant(self, path: str) -> list[str]:
        """What the path names, seen from the root or from the folder that patterns are relative to."""
        plain = path.rstrip("/")
        return self._known(plain) or (self._known(f"{self._base}/{plain}") if self._base else [])

    def _known(self, path: str) -> list[str]:
        if path in self._filled:
            return [path]
        if path not in self._found:
            self._found[path] = self._matching(path) if is_pattern(path) else []
        return self._found[path]

    def _matching(self, pattern: str) -> list[str]:
        """The files that the pattern matches; none once more has been compared than an honest document asks for."""
        prefix = fixed_prefix(pattern)
        below = [known for known in self._files if known.startswith(prefix)] if self._compared < MAX_COMPARED else []
        self._compared += len(below)
        return [known for known in below if matches(known, pattern)]


def seen_from(document: str, target: str) -> str:
    """The path from the root that a link in the document means; one that starts with `/` is seen from the root."""
    start = "" if target.startswith("/") else posixpath.dirname(document)
    return posixpath.normpath(posixpath.join(start, target.lstrip("/")))

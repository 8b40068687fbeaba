"""Places in files."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Location:
    """A place: a file of the workspace, or whatever the report calls the place.

    `path` is relative to the workspace root, with forward slashes, when `placed` is true; otherwise it is the
    report's own word (an image, a URL, a file that is not here). Lines and columns count from 1.
    """

    path: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    placed: bool = False

    @property
    def is_url(self) -> bool:
        """Whether the place is a host or a page rather than a file."""
        return "://" in self.path and not self.path.lower().startswith("file:")

    def __str__(self) -> str:
        """`path:line:column`, as far as they are known."""
        known = (part for part in (self.line, self.column if self.line else None) if part is not None)
        return ":".join([self.path, *map(str, known)])

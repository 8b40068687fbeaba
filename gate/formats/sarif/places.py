"""From SARIF's URIs to the places where results are."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import unquote

from gate.formats.sarif.shapes import ArtifactLocation, Place, Region, Run
from gate.model.lines import MAX_LINE
from gate.model.location import Location

MAX_BASES = 8
"""How long a chain of base ids may be; a longer one is a circle."""
MAX_ROOTS = 16
"""How many folders are told to `collect` as places to look in."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_DOT = re.compile(r"^(?:\./+)+")
"""A leading `./`, which several tools write."""
_DRIVE = re.compile(r"/*([A-Za-z]:[/\\])")


class Places:
    """The places of one run, by its artifacts and its base URIs."""

    def __init__(self, run: Run) -> None:
        """Keep what the run says about its files."""
        self._artifacts: Sequence[ArtifactLocation | None] = [artifact.location for artifact in run.artifacts or ()]
        self._bases: Mapping[str, ArtifactLocation] = run.original_uri_base_ids or {}
        self._roots: dict[str, None] = {}

    @property
    def roots(self) -> tuple[str, ...]:
        """The absolute folders that the places met so far are relative to."""
        return tuple(self._roots)[:MAX_ROOTS]

    def first_of(self, locations: Sequence[Place] | None) -> Location | None:
        """The first place that names a file or a page; nothing where there is none."""
        for location in locations or ():
            physical = location.physical_location
            path = self._path(physical.artifact_location) if physical and physical.artifact_location else ""
            if physical and path:
                return _located(path, physical.region or Region())
        return None

    def _path(self, location: ArtifactLocation) -> str:
        """The path or URL that an artifactLocation means, or nothing."""
        if not location.uri and location.index is not None and 0 <= location.index < len(self._artifacts):
            location = self._artifacts[location.index] or location
        if not location.uri:
            return ""
        return path_of(location.uri if _is_absolute(location.uri) else self._base(location.uri_base_id) + location.uri)

    def _base(self, base_id: str | None) -> str:
        """The relative folder that a base id stands for (3.4.4), and nothing where it is defined nowhere.

        Where the chain of bases ends in an absolute folder, that is one of the `roots`: the file may lie elsewhere
        here than where the tool saw it.
        """
        folders = ""
        for _ in range(MAX_BASES):
            base = self._bases.get(base_id) if base_id else None
            if base is None or not base.uri:
                break
            if _is_absolute(base.uri):
                self._note_root(path_of(base.uri))
                break
            folders = f"{base.uri.rstrip('/')}/{folders}"
            base_id = base.uri_base_id
        return folders

    def _note_root(self, folder: str) -> None:
        if "://" not in folder:
            self._roots.setdefault(folder)


def path_of(uri: str) -> str:
    """A URI as a path: `file:` taken off, percent-decoded, with forward slashes; another scheme stays as it is."""
    if _is_file(uri):
        path = re.sub(r"^//(localhost)?(?=/)", "", uri[len("file:") :], count=1, flags=re.IGNORECASE)
    elif _SCHEME.match(uri) and not _DRIVE.match(uri):
        return uri
    else:
        path = uri
    path = unquote(path.replace("\\", "/"))
    if drive := _DRIVE.match(path):
        path = path[drive.start(1) :]
    return uri if "\0" in path else _DOT.sub("", path, count=1)


def _is_file(uri: str) -> bool:
    return uri[:5].lower() == "file:"


def _is_absolute(uri: str) -> bool:
    return bool(uri.startswith("/") or _SCHEME.match(uri) or _DRIVE.match(uri))


def _located(path: str, region: Region) -> Location:
    line = _number(region.start_line)
    if line is None:
        return Location(path)
    end = _number(region.end_line)
    return Location(path, line, _number(region.start_column), end if end and end >= line else None)


def _number(value: int | None) -> int | None:
    """A line or column as editors count; what is below 1 or beyond any file says nothing."""
    return value if value is not None and 1 <= value <= MAX_LINE else None

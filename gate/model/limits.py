"""Limits on what is read, so that hostile or runaway evidence costs little and is refused by name."""

from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Limit:
    """How much is allowed, and the environment variable that changes it."""

    allowed: int
    knob: str

    def __str__(self) -> str:
        """`at most 40 (GATE_MAX_DEPTH)`."""
        return f"at most {self.allowed} ({self.knob})"


@dataclass(frozen=True, slots=True)
class Limits:
    """All limits of a run. Sizes are in bytes, `path_length` in characters.

    `files` counts the files that one source matches, `entries` the folder entries that one source makes the gate
    look at, `total_bytes` what is read in the whole run.
    """

    files: Limit = Limit(10_000, "GATE_MAX_FILES")
    entries: Limit = Limit(200_000, "GATE_MAX_ENTRIES")
    depth: Limit = Limit(40, "GATE_MAX_DEPTH")
    path_length: Limit = Limit(1_024, "GATE_MAX_PATH_LENGTH")
    file_bytes: Limit = Limit(256 * 2**20, "GATE_MAX_FILE_BYTES")
    total_bytes: Limit = Limit(2**30, "GATE_MAX_TOTAL_BYTES")


def limits_of(environment: Mapping[str, str]) -> Limits:
    """The limits as the environment changes them. Raises ValueError, with the knob, for what is no number above 0."""
    changed = {}
    for field in fields(Limits):
        limit: Limit = field.default  # type: ignore[assignment]  # every field of Limits has one
        told = environment.get(limit.knob, "").strip()
        if told:
            if not told.isascii() or not told.isdigit() or not int(told[:20]):
                raise ValueError(f"{limit.knob}: {told[:40]!r} is no whole number above 0")
            changed[field.name] = Limit(int(told[:20]), limit.knob)
    return Limits(**changed)

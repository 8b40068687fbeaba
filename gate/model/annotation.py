"""Annotations: what GitHub shows beside the lines of a change."""

from dataclasses import dataclass

from gate.model.verdict import Effect


@dataclass(frozen=True, slots=True)
class Annotation:
    """One message at a file, or at none. `level` is error, warning or notice; lines count from 1."""

    level: Effect
    message: str
    title: str
    path: str = ""
    line: int | None = None
    end_line: int | None = None

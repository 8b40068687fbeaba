"""What `collect` is asked for: one request for each source that an applicable criterion uses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from gate.model.evidence import Record, SourceKey, State
from gate.model.location import Location
from gate.model.severity import RatingSource, Severity


@dataclass(frozen=True, slots=True)
class SourceRequest:
    """One source as the policy describes it, for the criteria that apply now.

    `patterns` are relative to the base of patterns (the workspace, or `working-directory`); None means the places
    of the default search. `searched` marks a default search, also where an input gives it other patterns: of its
    files a criterion sees only those of its kind. `wants` are the record types that the criteria judge; empty where
    any report will do. `at` is the line of the policy that asks.
    """

    key: SourceKey
    at: Location
    patterns: tuple[str, ...] | None = None
    searched: bool = False
    exclude: tuple[str, ...] = ()
    format: str = ""
    tools: tuple[str, ...] = ()
    min_files: int = 1
    max_age: timedelta | None = None
    commit_required: bool = False
    committed_refused: bool = False
    accepts: frozenset[State] = frozenset()
    severity_words: Mapping[str, Severity] = field(default_factory=dict)
    severity_prefer: RatingSource | None = None
    honours_suppressions: bool = False
    wants: frozenset[type[Record]] = frozenset()
    history: bool = False
    absence_allowed: bool = False

    @property
    def name(self) -> str:
        """The source as messages call it."""
        return self.key.name

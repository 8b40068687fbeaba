"""Problems: what is wrong, where, and what to do."""

from dataclasses import dataclass
from enum import StrEnum

from gate.model.location import Location


class Slug(StrEnum):
    """The closed set of problems. Each has its entry in `gate explain` and in docs/problems.md."""

    # evidence
    NO_EVIDENCE = "no-evidence"
    MISSING_TOOL = "missing-tool"
    TOO_FEW_FILES = "too-few-files"
    NO_REPORT_OF_KIND = "no-report-of-kind"
    BROKEN_REPORT = "broken-report"
    UNKNOWN_FORMAT = "unknown-format"
    UNSUPPORTED_VERSION = "unsupported-version"
    OVER_LIMIT = "over-limit"
    OUTSIDE_WORKSPACE = "outside-workspace"
    NOT_A_FILE = "not-a-file"
    EMPTY_REPORT = "empty-report"
    FAILED_RUN = "failed-run"
    CONTRADICTION = "contradiction"
    STALE_REPORT = "stale-report"
    UNDATED_REPORT = "undated-report"
    FUTURE_REPORT = "future-report"
    FOREIGN_COMMIT = "foreign-commit"
    FOREIGN_REPOSITORY = "foreign-repository"
    UNBOUND_REPORT = "unbound-report"
    COMMITTED_EVIDENCE = "committed-evidence"
    UNMAPPED_REPORT = "unmapped-report"
    RECOVERED = "recovered"
    NOTHING_MATCHED = "nothing-matched"
    NOT_STATED = "not-stated"
    MEMBER_UNKNOWN = "member-unknown"
    JOB_MISSING = "job-missing"
    SKIPPABLE_GATE = "skippable-gate"
    # policy
    NO_POLICY = "no-policy"
    YAML_SYNTAX = "yaml-syntax"
    YAML_REFUSED = "yaml-refused"
    DUPLICATE_KEY = "duplicate-key"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    BAD_VALUE = "bad-value"
    UNKNOWN_SCHEMA = "unknown-schema"
    UNKNOWN_KIND = "unknown-kind"
    UNKNOWN_NAME = "unknown-name"
    NOT_YET = "not-yet"
    NO_CRITERIA = "no-criteria"
    NO_DEMAND = "no-demand"
    IMPOSSIBLE_DEMAND = "impossible-demand"
    CYCLE = "cycle"
    KIND_CHANGED = "kind-changed"
    LOCKED = "locked"
    WRONG_GATE_VERSION = "wrong-gate-version"
    NO_MUST = "no-must"
    NOTHING_APPLIED = "nothing-applied"
    UNUSED_SOURCE = "unused-source"
    # usage
    UNKNOWN_INPUT = "unknown-input"
    BAD_INPUT = "bad-input"
    BAD_REPORT_DIR = "bad-report-dir"
    BAD_EVENT = "bad-event"
    NOT_PUBLISHED = "not-published"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong (`message`), where (`at`), and what to do about it (`hint`)."""

    slug: Slug
    message: str
    at: Location | None = None
    hint: str = ""

    def __str__(self) -> str:
        """`policy.yml:14:7: message; hint (slug)`."""
        place = f"{self.at}: " if self.at else ""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{place}{self.message}{hint} ({self.slug})"

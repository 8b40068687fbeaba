"""Content to records: which format it is, what its reader finds in it, or why nothing can be read."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from gate.collect.encoding import as_utf8
from gate.collect.files import Files
from gate.errors import EvidenceError
from gate.formats import FORMATS
from gate.formats.base import Format, Head
from gate.model.evidence import Record, Statement
from gate.model.problem import Problem, Slug

_HOLLOW = re.compile(rb"null|\[\s*\]|\{\s*\}")
_WORDS = {b"n": "`null`", b"[": "an empty list", b"{": "an empty object"}
_SHOWN_MEMBERS = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file holds. `faults` say why it cannot be read, `hollow` why there is nothing in it to read.

    `format` is None where the content is in no known format.
    """

    sha256: str = ""
    size: int = 0
    format: Format | None = None
    statements: tuple[Statement, ...] = ()
    records: tuple[Record, ...] = ()
    faults: tuple[Problem, ...] = ()
    hollow: str = ""


class Library:
    """Reads each file once for each format that it is asked in."""

    def __init__(self, files: Files) -> None:
        """Read the files of one workspace."""
        self._files = files
        self._readings: dict[tuple[str, str], Reading] = {}

    def reading(self, real: str, asked: Format | None = None) -> Reading:
        """What the file holds, in the format that is asked for, or in the one that its content shows."""
        key = (real, asked.id if asked else "")
        if key not in self._readings:
            self._readings[key] = self._read(real, asked)
        return self._readings[key]

    def _read(self, real: str, asked: Format | None) -> Reading:
        try:
            content = self._files.content(real)
        except EvidenceError as error:
            return Reading(faults=error.problems)
        return reading_of(content, asked)


def reading_of(content: bytes, asked: Format | None = None) -> Reading:
    """What the content holds. Whatever a reader refuses, and what is too much for it, is a fault."""
    sha256, size = hashlib.sha256(content).hexdigest(), len(content)
    try:
        text = as_utf8(content)
    except EvidenceError as error:
        return Reading(sha256, size, asked, faults=error.problems)
    head = Head(text)
    if hollow := _hollow(text, head, asked):
        return Reading(sha256, size, asked, hollow=hollow)
    known = asked or recognised(head)
    if known is None:
        return Reading(sha256, size, faults=(_unknown(head),))
    try:
        items = tuple(known.read(text))
    except EvidenceError as error:
        return Reading(sha256, size, known, faults=error.problems)
    except (MemoryError, RecursionError):
        too_much = Problem(Slug.BROKEN_REPORT, "too large or nested too deeply to be read")
        return Reading(sha256, size, known, faults=(too_much,))
    statements = tuple(item for item in items if isinstance(item, Statement))
    records = tuple(item for item in items if not isinstance(item, Statement))
    return Reading(sha256, size, known, statements, records)


def recognised(head: Head) -> Format | None:
    """The format that the content shows."""
    return next((known for known in FORMATS if known.signature and known.recognises(head)), None)


def _hollow(text: bytes, head: Head, asked: Format | None) -> str:
    """Why there is nothing to read: white space alone, or a JSON value without content that no format claims."""
    stripped = text.strip()
    if not stripped:
        return "it has no content" if not text else "it holds white space only"
    if not _HOLLOW.fullmatch(stripped) or (asked and not asked.signature):
        return ""
    claimed = asked.recognises(head) if asked else recognised(head)
    return "" if claimed else f"it holds {_WORDS[stripped[:1]]} and nothing else"


def _unknown(head: Head) -> Problem:
    """What the content looks like, as far as a person can use that."""
    if _is_error(head):
        message = "it holds an error message of the tool, not a report"
        return Problem(Slug.UNKNOWN_FORMAT, message, hint="look into the log of the step that writes it")
    looks = "; ".join(_looks(head))
    message = f"it is in no format that the gate knows{f' ({looks})' if looks else ''}"
    return Problem(
        Slug.UNKNOWN_FORMAT, message, hint="let the tool write SARIF, JUnit XML, Cobertura or CycloneDX, or exclude it"
    )


def _is_error(head: Head) -> bool:
    """Whether a JSON object tells of a failure, as tools and their servers do."""
    if head.has("error") or head.has("errors"):
        return True
    return head.has("message") and any(head.has(name) for name in ("statusCode", "status", "code"))


def _looks(head: Head) -> Iterator[str]:
    if head.members:
        names = list(head.members)
        more = ", …" if len(names) > _SHOWN_MEMBERS else ""
        whole = "a JSON object" if all(head.members.values()) else "broken JSON"
        yield f"{whole} with {', '.join(name[:40] for name in names[:_SHOWN_MEMBERS])}{more}"
    elif head.root:
        yield f"XML whose root element is {head.root[:40]}"

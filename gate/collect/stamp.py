"""What `collect` adds to the records of a report: severity, place, and silence about secrets."""

from dataclasses import replace

from gate.collect.places import Places
from gate.collect.workspace import place
from gate.model.component import Component
from gate.model.coverage import CoverageFile
from gate.model.document import Document
from gate.model.evidence import Record, Statement
from gate.model.finding import Finding
from gate.model.location import Location
from gate.model.request import SourceRequest
from gate.model.severity import Severity
from gate.model.tools import scale_of, withholds_message

WITHHELD = "a secret, not shown"


class Stamp:
    """Stamps the records of one source; what a tool's words mean is looked up once."""

    def __init__(self, request: SourceRequest, places: Places) -> None:
        """Stamp as this request says."""
        self._words = request.severity_words
        self._prefer = request.severity_prefer
        self._places = places
        self._decided: dict[object, tuple[Severity, str]] = {}

    def records(self, path: str, statements: tuple[Statement, ...], records: tuple[Record, ...]) -> tuple[Record, ...]:
        """The records of the report at `path`, stamped."""
        tool = next((statement.tool for statement in statements if statement.tool), "")
        roots = tuple(dict.fromkeys(root for statement in statements for root in statement.roots))
        return tuple(self._record(record, path, tool, roots) for record in records)

    def _record(self, record: Record, path: str, tool: str, roots: tuple[str, ...]) -> Record:
        if isinstance(record, Component | Document):
            return record
        at = self._place(record.at, path, roots)
        if isinstance(record, Finding):
            return self._finding(record if record.tool else replace(record, tool=tool), at)
        if isinstance(record, CoverageFile):
            return replace(record, at=at or record.at)
        return record if at == record.at else replace(record, at=at)

    def _place(self, at: Location | None, path: str, roots: tuple[str, ...]) -> Location | None:
        """The place in the workspace. A place without a path is in the report itself."""
        if at is None:
            return None
        if not at.path:
            return replace(place(path), line=at.line, column=at.column, end_line=at.end_line)
        return self._places.place(at, roots)

    def _finding(self, finding: Finding, at: Location | None) -> Finding:
        severity, decided_by = self._severity(finding)
        secret = withholds_message(finding)
        message = WITHHELD if secret else finding.message
        return replace(finding, at=at, severity=severity, severity_from=decided_by, secret=secret, message=message)

    def _severity(self, finding: Finding) -> tuple[Severity, str]:
        """The severity and the field that decided it."""
        key = (finding.tool, finding.rule, finding.ratings)
        if key not in self._decided:
            scale = scale_of(finding.tool, self._words, self._prefer, rule=finding.rule)
            self._decided[key] = scale.decide(finding.ratings)
        return self._decided[key]

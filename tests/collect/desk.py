"""A workspace to collect from, and reports as small as their formats allow."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gate.collect import Binding, Collected, Limits, Workspace, collect
from gate.model.evidence import Report, SourceEvidence, SourceKey
from gate.model.limits import Limit
from gate.model.location import Location
from gate.model.request import SourceRequest
from gate.reports import REPORTS
from tests.conftest import NOW

ASKED_AT = Location(".github/gate.yml", 7)
COMMIT = "4f9c2d1e8b7a6c5d4e3f2a1b0c9d8e7f6a5b4c3d"


@dataclass
class Desk:
    """A workspace on disk, and what a test says about the run."""

    root: Path
    base: str = ""
    report_dir: str = "gate-report"
    binding: Binding = field(default_factory=lambda: Binding(NOW))
    limits: Limits = field(default_factory=Limits)

    def put(self, path: str, content: object = "") -> Path:
        """Write a file: text, bytes, or a value as JSON."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str | bytes) else json.dumps(content)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def bind(self, **over: Any) -> None:
        """Say what is judged: commits, repository, now."""
        self.binding = replace(self.binding, **over)

    def limit(self, **allowed: int) -> None:
        """Set limits by name; the knob is called as the limit is, in capitals."""
        self.limits = replace(self.limits, **{name: Limit(most, name.upper()) for name, most in allowed.items()})

    def collect(self, *requests: SourceRequest, inventory: bool = False) -> Collected:
        """Collect these requests."""
        workspace = Workspace(self.root, self.base, self.report_dir, report_names=frozenset(REPORTS))
        return collect(requests, workspace, self.binding, self.limits, inventory=inventory)

    def source(self, *patterns: str, **over: Any) -> SourceEvidence:
        """What one source with these patterns gives; without patterns, the default search."""
        request = a_request(*patterns, **over)
        return self.collect(request).sources[request.key]

    def report(self, *patterns: str, **over: Any) -> Report:
        """The only report of such a source."""
        (report,) = self.source(*patterns, **over).reports
        return report


def a_request(*patterns: str, **over: Any) -> SourceRequest:
    """A request for the files that match; without patterns, for a default search."""
    fields: dict[str, Any] = {
        "key": SourceKey("sast"),
        "at": ASKED_AT,
        "patterns": patterns or None,
        "searched": not patterns,
    }
    return SourceRequest(**fields | over)


def sarif(*results: dict[str, Any], tool: str = "Bandit", **run: Any) -> dict[str, Any]:
    """A SARIF log with one run."""
    return {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": tool}}, "results": list(results), **run}]}


def result(rule: str = "B602", uri: str = "src/app.py", level: str = "error", message: str = "shell") -> dict[str, Any]:
    """One SARIF result."""
    place = {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": 3}}}
    return {"ruleId": rule, "level": level, "message": {"text": message}, "locations": [place]}


def made(end: str) -> dict[str, Any]:
    """The part of a SARIF run that says when it ended."""
    return {"invocations": [{"executionSuccessful": True, "endTimeUtc": end}]}


def about(commit: str = "", repository: str = "https://github.com/octo/service") -> dict[str, Any]:
    """The part of a SARIF run that says which code it is about."""
    revision = {"revisionId": commit} if commit else {}
    return {"versionControlProvenance": [{"repositoryUri": repository, **revision}]}


def lcov(*paths: str, lines: int = 2) -> str:
    """A tracefile in which the first line of every file is covered."""
    measured = "".join(f"DA:{line},{int(line == 1)}\n" for line in range(1, lines + 1))
    return "".join(f"TN:\nSF:{path}\n{measured}LF:{lines}\nLH:{min(lines, 1)}\nend_of_record\n" for path in paths)


def sbom(*names: str, **over: Any) -> dict[str, Any]:
    """A CycloneDX bill of materials."""
    components = [{"type": "library", "name": name, "version": "1"} for name in names]
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": components, **over}


def cobertura(source: str, filename: str) -> str:
    """A Cobertura report of one covered line."""
    line = "<lines><line number='1' hits='1'/></lines>"
    package = f"<package><classes><class name='x' filename='{filename}'>{line}</class></classes></package>"
    head = "<coverage lines-valid='1' lines-covered='1'>"
    return f"{head}<sources><source>{source}</source></sources><packages>{package}</packages></coverage>"


@contextmanager
def as_nobody() -> Iterator[None]:
    """As a user whom file modes hold back, which they do not do to root."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)

"""Builders that every test may use, and an environment without a runner's variables."""

import contextlib
import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import pytest
from pydantic import BaseModel

from gate.model.component import Component
from gate.model.coverage import CoverageFile
from gate.model.evidence import Evidence, Inventory, Record, Report, SourceEvidence, State, Statement
from gate.model.finding import Finding
from gate.model.lines import lines_of
from gate.model.location import Location
from gate.model.severity import Severity
from gate.model.testcase import TestCase, TestOutcome

ModelT = TypeVar("ModelT", bound=BaseModel)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _no_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test on a runner behaves as a test at a desk."""
    for name in list(os.environ):
        if name.startswith(("GITHUB_", "INPUT_", "RUNNER_")) or name in {"CI", "NO_COLOR", "FORCE_COLOR"}:
            monkeypatch.delenv(name)


@contextlib.contextmanager
def no_hang(seconds: float = 60) -> Iterator[None]:
    """What happens inside ends; the bound (CPU seconds) is far above what linear work takes on any machine."""
    started = time.process_time()
    yield
    assert time.process_time() - started < seconds


def valid(model: type[ModelT], **fields: Any) -> ModelT:
    """The model out of what a policy says: texts and lists, as its author writes them."""
    return model.model_validate(fields)


def a_finding(**over: Any) -> Finding:
    """A high finding at a line of a file of the workspace."""
    fields: dict[str, Any] = {
        "rule": "B602",
        "message": "subprocess call with shell=True",
        "tool": "Bandit",
        "at": Location("src/app.py", 12, placed=True),
        "severity": Severity.HIGH,
        "severity_from": "level: error",
    }
    return Finding(**fields | over)


def a_test(**over: Any) -> TestCase:
    """A passed test."""
    return TestCase(**{"suite": "tests.test_app", "name": "test_one", "outcome": TestOutcome.PASSED} | over)


def a_coverage_file(covered: int = 8, valid: int = 10, **over: Any) -> CoverageFile:
    """A file of which the first `covered` of `valid` lines are covered."""
    fields: dict[str, Any] = {
        "at": Location("src/app.py", placed=True),
        "executable": lines_of(range(1, valid + 1)),
        "covered": lines_of(range(1, covered + 1)),
    }
    return CoverageFile(**fields | over)


def a_component(**over: Any) -> Component:
    """A component with a version and a purl."""
    return Component(**{"name": "flask", "version": "3.1.3", "purl": "pkg:pypi/flask@3.1.3"} | over)


def a_report(*records: Record, proves: type[Record] | None = None, tool: str = "Bandit", **over: Any) -> Report:
    """An ok report with these records; `proves` where there are none."""
    kinds = frozenset({proves} if proves else {type(record) for record in records})
    fields: dict[str, Any] = {
        "path": "evidence/report",
        "source": "source",
        "state": State.OK,
        "format": "sarif",
        "statements": (Statement(tool, kinds),),
        "records": records,
        "about": kinds,
    }
    return Report(**fields | over)


def a_source(*reports: Report, name: str = "source", **over: Any) -> SourceEvidence:
    """A source with these reports."""
    return SourceEvidence(**{"name": name, "reports": reports, "patterns": ("evidence/*",)} | over)


def evidence_of(*reports: Report, **over: Any) -> Evidence:
    """Evidence from one source with these reports."""
    fields: dict[str, Any] = {"now": NOW, "sources": (a_source(*reports),), "inventory": Inventory()}
    return Evidence(**fields | over)

"""How the tests of formats ask a reader."""

import pytest

from gate.errors import EvidenceError
from gate.formats.base import Format
from gate.model.coverage import CoverageFile
from gate.model.evidence import Statement
from gate.model.problem import Problem
from gate.model.testcase import TestCase


def as_bytes(content: str | bytes) -> bytes:
    """The content as a reader gets it."""
    return content.encode() if isinstance(content, str) else content


def statement_of(known: Format, content: str | bytes) -> Statement:
    """What the report says of itself: the one statement, which comes last."""
    *_, statement = known.read(as_bytes(content))
    assert isinstance(statement, Statement)
    return statement


def cases_of(known: Format, content: str | bytes) -> list[TestCase]:
    """The test cases."""
    return [record for record in known.read(as_bytes(content)) if isinstance(record, TestCase)]


def files_of(known: Format, content: str | bytes) -> dict[str, CoverageFile]:
    """The source files by path; each is there once."""
    records = [record for record in known.read(as_bytes(content)) if isinstance(record, CoverageFile)]
    files = {record.path: record for record in records}
    assert len(files) == len(records)
    return files


def refused(known: Format, content: str | bytes) -> Problem:
    """The one problem for which the report is refused."""
    with pytest.raises(EvidenceError) as caught:
        list(known.read(as_bytes(content)))
    (problem,) = caught.value.problems
    return problem

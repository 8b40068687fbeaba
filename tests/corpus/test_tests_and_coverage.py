"""Tests and coverage in the corpus of real reports: every file is read right, or refused by name.

The corpus lies beside the repository (`../shared/corpus`, or GATE_CORPUS) and is no part of it. Its index holds
counts that another program took. Where the gate's count differs on purpose, `differences.tsv` says why.
"""

import csv
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from gate.collect.encoding import as_utf8
from gate.errors import EvidenceError
from gate.formats import cobertura, coveragepy, junit, lcov
from gate.formats.base import Format, Head
from gate.model.coverage import CoverageFile
from gate.model.evidence import Statement
from gate.model.ratio import Ratio
from gate.model.testcase import TestCase

ROOT = Path(__file__).parents[2]
CORPUS = Path(os.environ.get("GATE_CORPUS", ROOT.parent / "shared" / "corpus"))
DIFFERENCES = Path(__file__).with_name("differences.tsv")
FORMATS: Mapping[str, Format] = {
    "junit": junit.FORMAT,
    "cobertura": cobertura.FORMAT,
    "lcov": lcov.FORMAT,
    "coveragepy-json": coveragepy.FORMAT,
}
MARK = re.compile(rb"<(?:failure|error)[\s/>]")

if not (CORPUS / "index.tsv").is_file():
    pytest.skip(f"NO CORPUS at {CORPUS}: real reports are not tested; set GATE_CORPUS", allow_module_level=True)

pytestmark = pytest.mark.corpus


class Sample(NamedTuple):
    """One file of the corpus, with what another program counted in it."""

    path: str
    format: str
    truth: Mapping[str, Any]

    @property
    def content(self) -> bytes:
        """The bytes as readers get them."""
        return as_utf8((CORPUS / "files" / self.path).read_bytes())

    def read(self) -> tuple[list[TestCase | CoverageFile], Statement]:
        """Its records and its statement."""
        *records, statement = FORMATS[self.format].read(self.content)
        assert isinstance(statement, Statement)
        return [one for one in records if isinstance(one, TestCase | CoverageFile)], statement

    def differs(self, what: str) -> bool:
        """Whether the gate differs here on purpose."""
        return (self.path, what) in KNOWN


def rows() -> Iterator[tuple[Mapping[str, str], Mapping[str, Any]]]:
    """The index, with the truth of each row."""
    csv.field_size_limit(1 << 24)
    with (CORPUS / "index.tsv").open(encoding="utf-8", newline="") as index:
        for row in csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield row, json.loads(row["truth"])


def known() -> Mapping[tuple[str, str], str]:
    """File and fact to the reason why the gate differs."""
    with DIFFERENCES.open(encoding="utf-8", newline="") as lines:
        return {(row["path"], row["what"]): row["reason"] for row in csv.DictReader(lines, delimiter="\t")}


def malformed() -> Iterator[Sample]:
    """Malformed files that are, or were meant as, one of our formats, by what the index says of them."""
    for row, truth in rows():
        words = f"{truth.get('as', '')} {row['path']} {row['note']}".lower()
        meant = truth.get("as") or next((name for name in FORMATS if name.partition("-")[0] in words), "")
        if row["format"] == "malformed" and meant in FORMATS:
            yield Sample(row["path"], meant, truth)


KNOWN = known()
SAMPLES = [Sample(row["path"], row["format"], truth) for row, truth in rows() if row["format"] in FORMATS]
JUNIT = [sample for sample in SAMPLES if sample.format == "junit"]
COVERAGE = [sample for sample in SAMPLES if sample.format != "junit"]
MALFORMED = list(malformed())


def every(samples: list[Sample]) -> pytest.MarkDecorator:
    """Run the test for each of them."""
    return pytest.mark.parametrize("sample", samples, ids=lambda sample: sample.path)


def total(ratios: Iterator[Ratio]) -> tuple[int, int]:
    """Covered and valid."""
    ratio = Ratio.total(ratios)
    return ratio.covered, ratio.valid


@every(SAMPLES)
def test_every_report_is_recognised_as_what_it_is(sample: Sample) -> None:
    """By its own format, and by no other of these."""
    head = Head(sample.content)
    assert [name for name, one in FORMATS.items() if one.recognises(head)] == [sample.format]


@every(JUNIT)
def test_every_case_is_a_record_and_ends_as_its_marks_say(sample: Sample) -> None:
    """Passed, skipped, failed, errors: of several marks the worst; a difference has its reason."""
    records, _ = sample.read()
    outcomes = Counter(one.outcome.value for one in records if isinstance(one, TestCase))
    assert (dict(outcomes) != sample.truth["status_exclusive"]) == sample.differs("outcomes"), outcomes


@every(JUNIT)
def test_never_fewer_failures_than_there_are(sample: Sample) -> None:
    """Differences only ever go one way."""
    records, _ = sample.read()
    broken = sum(one.outcome.broken for one in records if isinstance(one, TestCase))
    exclusive = sample.truth["status_exclusive"]
    assert broken >= exclusive.get("failed", 0) + exclusive.get("error", 0)


@every(JUNIT)
def test_attempts_that_a_report_records_are_kept(sample: Sample) -> None:
    """Surefire's reruns and flakes."""
    records, _ = sample.read()
    attempts = sum(one.failed_attempts for one in records if isinstance(one, TestCase))
    assert attempts == sample.truth.get("rerunFailure", 0) + sample.truth.get("flakyFailure", 0)


@every(JUNIT)
def test_only_reports_that_disagree_with_themselves_are_incomplete(sample: Sample) -> None:
    """Where all numbers agree, nothing is in doubt."""
    _, statement = sample.read()
    contradicted = bool(sample.truth["disagree"] or sample.truth.get("suite_level"))
    assert not statement.faults or contradicted or sample.differs("faults")


@every(JUNIT)
def test_claims_beyond_the_cases_make_a_report_incomplete(sample: Sample) -> None:
    """Without a fault, no attribute of the root or of its suites claims more than there is.

    A case may hold two marks: pytest counts both.
    """
    records, statement = sample.read()
    if statement.faults:
        return
    cases = [one for one in records if isinstance(one, TestCase)]
    attempts = sum(one.failed_attempts for one in cases)
    broken = len(MARK.findall(sample.content)) + attempts
    for claim in (sample.truth["claim_top_suites"], sample.truth.get("claim_root", {})):
        assert int(claim.get("tests", 0)) <= len(cases) + attempts
        assert int(claim.get("failures", 0)) + int(claim.get("errors", 0)) <= broken


@every(COVERAGE)
def test_lines_and_branches_are_counted_as_they_are(sample: Sample) -> None:
    """Each line and branch of a file once.

    Two notes on the index: LCOV files without a single `DA` state totals only, which the index keeps as claims; and
    coverage.py's lines are those of its lists.
    """
    try:
        records, _ = sample.read()
    except EvidenceError:
        assert sample.differs("refused")
        return
    files = [one for one in records if isinstance(one, CoverageFile)]
    truth = sample.truth
    summary = truth.get("raw_DA") == 0
    lines = truth["claim_lines"] if summary else [truth["lines_covered"], truth["lines_valid"]]
    branches = truth["claim_branches"] if summary else [truth["branches_covered"], truth["branches_valid"]]
    assert list(total(one.lines for one in files)) == truth.get("from_line_lists", lines)
    assert list(total(one.branch_ratio for one in files)) == branches
    assert sample.differs("files") == (len(files) != truth.get("files", len(files)))
    assert len({one.path for one in files}) == len(files)


@every(MALFORMED)
def test_malformed_reports_are_refused_or_lose_nothing(sample: Sample) -> None:
    """A refusal and no other exception, or a report without a single record, or all that is there."""
    try:
        records, statement = sample.read()
    except EvidenceError:
        return
    if statement.faults or not records or "unreadable" in sample.truth:
        return
    if sample.format == "junit":
        outcomes = Counter(one.outcome.value for one in records if isinstance(one, TestCase))
        assert dict(outcomes) == sample.truth["status_exclusive"]
    else:
        ratios = (one.lines for one in records if isinstance(one, CoverageFile))
        assert total(ratios) == (sample.truth["lines_covered"], sample.truth["lines_valid"])


def test_control_characters_do_not_hide_a_failing_test() -> None:
    """jest-junit writes them as they come; the one file of the corpus that has them fails, and is read."""
    (sample,) = (one for one in MALFORMED if one.path == "malformed/generated-here/jest-junit.xml")
    records, statement = sample.read()
    assert any(one.outcome.broken for one in records if isinstance(one, TestCase))
    assert statement.remarks


def test_every_difference_is_about_a_file_of_the_corpus() -> None:
    """A line about a file that is gone excuses nothing."""
    mine = {path for path, _ in KNOWN if path.startswith(tuple(f"{name}/" for name in FORMATS))}
    assert mine <= {sample.path for sample in SAMPLES}
    assert all(len(reason.split()) > 5 for reason in KNOWN.values())

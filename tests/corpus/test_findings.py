"""Findings in the corpus of real reports: every file is read right, or refused by name.

The corpus lies beside the repository (`../shared/corpus`, or GATE_CORPUS) and is no part of it. Its index holds
counts that another program took. Where the gate's count differs on purpose, `differences.tsv` says why.
"""

from collections import Counter
from pathlib import Path

import pytest

from gate.errors import EvidenceError
from gate.formats import BY_ID
from gate.formats.base import Head
from gate.model.evidence import Statement
from gate.model.finding import Finding
from gate.model.problem import Slug
from gate.model.severity import RatingSource
from tests.corpus.index import Sample, differences, need_corpus, samples
from tests.formats.sariflogs import unless_refused

ROOT = Path(__file__).parents[2]
FORMATS = ("sarif", "zap-json")
RISKCODES = {"informational": "0", "low": "1", "medium": "2", "high": "3"}

need_corpus("real reports")

pytestmark = pytest.mark.corpus

SAMPLES = list(samples(FORMATS))
KNOWN = differences()
READ = [sample for sample in SAMPLES if not sample.malformed]
SARIF = [sample for sample in READ if sample.format == "sarif" and sample.truth["version"] not in ("1.0.0", "2.0.0")]
OLD = [sample for sample in READ if sample.format == "sarif" and sample.truth["version"] in ("1.0.0", "2.0.0")]
ZAP = [sample for sample in READ if sample.format == "zap-json"]


def ids(sample: Sample) -> str:
    """The file's name in test ids."""
    return sample.path


def read(sample: Sample) -> tuple[list[Finding], list[Statement]]:
    """Findings and statements of a file."""
    records = list(BY_ID[sample.format].read(sample.content))
    findings = [record for record in records if isinstance(record, Finding)]
    return findings, [record for record in records if isinstance(record, Statement)]


def left_out(statements: list[Statement]) -> int:
    """How many results are no findings."""
    return sum(sum(statement.left_out.values()) for statement in statements)


def agrees(sample: Sample, what: str, ours: object, truth: object) -> bool:
    """Whether both counts are the same, or the difference has its reason; a reason without a difference is stale."""
    assert (ours != truth) == ((sample.path, what) in KNOWN), f"{what}: {ours}, another program counted {truth}"
    return True


@pytest.mark.parametrize("sample", READ, ids=ids)
def test_every_report_is_recognised_as_what_it_is(sample: Sample) -> None:
    """By its own format, and by no other that has a signature."""
    head = Head(sample.content)
    claims = [known.id for known in BY_ID.values() if known.signature and known.recognises(head)]
    assert claims == [sample.format]


@pytest.mark.parametrize("sample", SARIF, ids=ids)
def test_every_sarif_result_is_a_finding_or_left_out_for_a_reason(sample: Sample) -> None:
    """Nothing is lost, and what leaves is of a kind that is no finding, or fixed."""
    findings, statements = read(sample)
    expected = sum(sample.truth["kind_nonfail"].values()) + sample.truth.get("baseline", {}).get("absent", 0)
    assert agrees(sample, "results", len(findings) + left_out(statements), sample.truth["results"])
    assert agrees(sample, "left out", left_out(statements), expected)
    assert agrees(sample, "runs", len(statements), sample.truth["runs"])


@pytest.mark.parametrize("sample", SARIF, ids=ids)
def test_sarif_levels_are_those_of_the_standard(sample: Sample) -> None:
    """Where no level and no score is anywhere, the standard's `warning` is what the gate calls unrated."""
    findings, _ = read(sample)
    levels: Counter[str] = Counter()
    for finding in findings:
        stated = [str(rating.value) for rating in finding.ratings if rating.source is RatingSource.LEVEL]
        levels[stated[0] if stated else "warning"] += 1
    assert agrees(sample, "levels", dict(levels), sample.truth["levels"])


@pytest.mark.parametrize("sample", SARIF, ids=ids)
def test_sarif_scores_are_found(sample: Sample) -> None:
    """`security-severity` of the result or its rule, by CVSS band."""
    findings, _ = read(sample)
    bands = Counter(_band(finding) for finding in findings)
    assert agrees(sample, "security_severity", dict(bands), sample.truth["security_severity"])


def _band(finding: Finding) -> str:
    values = [rating.value for rating in finding.ratings if rating.field.endswith("security-severity")]
    try:
        score = float(values[0]) if values else -1.0
    except ValueError:
        return "unparseable"
    bounds = ((9.0, "critical"), (7.0, "high"), (4.0, "medium"), (0.1, "low"), (0.0, "zero"))
    return next((band for bound, band in bounds if score >= bound), "none")


@pytest.mark.parametrize("sample", SARIF, ids=ids)
def test_sarif_suppressions_are_found(sample: Sample) -> None:
    """Suppressed: marked, and no mark under review or rejected (3.27.23)."""
    findings, _ = read(sample)
    marked = [finding.suppressions for finding in findings if finding.suppressions]
    suppressed = sum(all(mark.status == "accepted" for mark in marks) for marks in marked)
    assert agrees(sample, "suppressed", suppressed, sample.truth["suppressed"])


@pytest.mark.parametrize("sample", SARIF, ids=ids)
def test_sarif_runs_that_failed_or_scanned_nothing_say_so(sample: Sample) -> None:
    """Failed invocations and error notifications are faults, a run without results is hollow."""
    _, statements = read(sample)
    failed = bool(sample.truth.get("invocations_failed") or sample.truth.get("error_notifications"))
    assert agrees(sample, "faults", any(statement.faults for statement in statements), failed)
    hollow = sum(bool(statement.hollow) for statement in statements)
    assert agrees(sample, "hollow", hollow, sample.truth.get("runs_without_results_property", 0))


@pytest.mark.parametrize("sample", SARIF, ids=ids)
def test_sarif_results_without_a_place_still_count(sample: Sample) -> None:
    """Every finding has a message, whether or not it has a place."""
    findings, _ = read(sample)
    assert all(finding.message.strip() for finding in findings)
    without = sum(finding.at is None for finding in findings)
    assert agrees(sample, "no_location", without, sample.truth.get("how", {}).get("no_location", 0))


@pytest.mark.parametrize("sample", OLD, ids=ids)
def test_old_sarif_versions_are_refused_by_name(sample: Sample) -> None:
    """They would be read as clean otherwise."""
    with pytest.raises(EvidenceError) as caught:
        read(sample)
    (problem,) = caught.value.problems
    assert problem.slug is Slug.UNSUPPORTED_VERSION
    assert sample.truth["version"] in problem.message


@pytest.mark.parametrize("sample", ZAP, ids=ids)
def test_every_zap_instance_is_a_finding_with_its_risk(sample: Sample) -> None:
    """By riskcode, instance by instance."""
    findings, (statement,) = read(sample)
    risks = Counter(RISKCODES[str(finding.ratings[0].value)] for finding in findings)
    assert dict(risks) == sample.truth["instances_by_riskcode"]
    assert len(findings) == sample.truth["instances"]
    assert not statement.faults
    assert statement.made_at
    assert all(finding.at and finding.at.is_url for finding in findings)


@pytest.mark.parametrize("sample", [sample for sample in SAMPLES if sample.malformed], ids=ids)
def test_malformed_reports_are_refused_or_lose_nothing(sample: Sample) -> None:
    """An EvidenceError and no other exception; what can be read is read whole."""
    if outcome := unless_refused(BY_ID[sample.format].read, sample.content):
        findings, statements = outcome
        assert len(findings) + left_out(statements) == sample.truth["results"]
        assert len(statements) == sample.truth["runs"]


def test_every_difference_is_about_a_file_of_the_corpus() -> None:
    """A line about a file that is gone excuses nothing."""
    mine = {path for path, _ in KNOWN if path.startswith(FORMATS)}
    assert mine <= {sample.path for sample in SAMPLES}
    assert all(len(reason.split()) > 5 for reason in KNOWN.values())

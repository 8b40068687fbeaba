"""Components in the corpus of real SBOMs, and checklists in real readiness documents.

The corpus lies beside the repository (`../shared/corpus`, or GATE_CORPUS) and is no part of it. Its index holds
counts that another program took. Where the gate's count differs on purpose, `differences.tsv` says why.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from gate.collect.encoding import as_utf8
from gate.errors import EvidenceError
from gate.formats import BY_ID
from gate.formats.base import Head
from gate.model.checklist import ChecklistItem
from gate.model.component import Component
from gate.model.evidence import Record, Statement
from gate.model.finding import Finding
from gate.model.problem import Slug
from tests.corpus.index import CORPUS, Sample, differences, need_corpus, samples

ROOT = Path(__file__).parents[2]
ORIGIN = CORPUS.parent / "origin"
FORMATS = ("cyclonedx-json", "spdx-json")

need_corpus("real SBOMs")

pytestmark = pytest.mark.corpus

SAMPLES = list(samples(FORMATS))
KNOWN = differences()
REFUSED = [one for one in SAMPLES if (one.path, "refused") in KNOWN]
READ = [one for one in SAMPLES if not one.malformed and one not in REFUSED]
CYCLONEDX = [one for one in READ if one.format == "cyclonedx-json"]
SPDX = [one for one in READ if one.format == "spdx-json"]


def ids(sample: Sample) -> str:
    """The file's name in test ids."""
    return sample.path


def read(sample: Sample) -> list[Statement | Record]:
    """All that the reader yields."""
    return list(BY_ID[sample.format].read(sample.content))


def components_of(sample: Sample) -> list[Component]:
    """The components of a file."""
    return [record for record in read(sample) if isinstance(record, Component)]


def agree(sample: Sample, ours: Mapping[str, int], truth: Mapping[str, int]) -> None:
    """All counts are the same, or the difference has its reason; a reason without a difference is stale."""
    for what, count in ours.items():
        known = (sample.path, what) in KNOWN
        assert (count != truth[what]) == known, f"{what}: {count}, another program counted {truth[what]}"


@pytest.mark.parametrize("sample", [*READ, *REFUSED], ids=ids)
def test_every_sbom_is_recognised_as_what_it_is(sample: Sample) -> None:
    """By its own format, and by no other that has a signature."""
    head = Head(sample.content)
    claims = [known.id for known in BY_ID.values() if known.signature and known.recognises(head)]
    assert claims == [sample.format]


@pytest.mark.parametrize("sample", CYCLONEDX, ids=ids)
def test_cyclonedx_components_are_counted_with_what_they_state(sample: Sample) -> None:
    """Nested ones too. Supplier and publisher are one fact for the gate, so that its count lies between."""
    found = components_of(sample)
    ours = {
        "components": len(found),
        "with_version": sum(bool(one.version) for one in found),
        "with_licence": sum(bool(one.licenses) for one in found),
        "with_purl": sum(bool(one.purl) for one in found),
        "with_hashes": sum(bool(one.hashes) for one in found),
        "files_type": sum(one.type == "file" for one in found),
    }
    agree(sample, ours, sample.truth)
    suppliers = sum(bool(one.supplier) for one in found)
    both = (sample.truth["with_supplier"], sample.truth["with_publisher"])
    assert (max(both) <= suppliers <= sum(both)) != ((sample.path, "suppliers") in KNOWN)


@pytest.mark.parametrize("sample", CYCLONEDX, ids=ids)
def test_cyclonedx_vulnerabilities_are_findings(sample: Sample) -> None:
    """One for each component affected, so that some files have more findings than vulnerabilities, never fewer."""
    findings = [record for record in read(sample) if isinstance(record, Finding)]
    document = json.loads(sample.content)
    affected = [
        max(1, len({target["ref"] for target in vulnerability.get("affects", ())}))
        for vulnerability in document.get("vulnerabilities", ())
    ]
    assert len(affected) == sample.truth["vulnerabilities"]
    assert len(findings) == sum(affected)
    agree(sample, {"vulnerabilities": len(findings)}, sample.truth)


@pytest.mark.parametrize("sample", CYCLONEDX, ids=ids)
def test_sbom_that_lists_nothing_is_hollow(sample: Sample) -> None:
    """And no other is."""
    statements = [record for record in read(sample) if isinstance(record, Statement)]
    listed = sample.truth["components"] + sample.truth["vulnerabilities"]
    assert {bool(statement.hollow) for statement in statements} == {not listed}


@pytest.mark.parametrize("sample", SPDX, ids=ids)
def test_spdx_packages_are_counted_with_what_they_state(sample: Sample) -> None:
    """The described root among them; files are counted apart."""
    records = read(sample)
    found = [record for record in records if isinstance(record, Component)]
    statements = [record for record in records if isinstance(record, Statement)]
    ours = {
        "packages": len(found),
        "with_version": sum(bool(one.version) for one in found),
        "with_licence": sum(bool(one.licenses) for one in found),
        "with_purl": sum(bool(one.purl) for one in found),
        "with_checksum": sum(bool(one.hashes) for one in found),
        "with_supplier": sum(bool(one.supplier) for one in found),
        "files": sum(sum(statement.left_out.values()) for statement in statements),
    }
    agree(sample, ours, sample.truth)


@pytest.mark.parametrize("sample", REFUSED, ids=ids)
def test_what_is_refused_is_refused_by_name(sample: Sample) -> None:
    """With what to write instead."""
    with pytest.raises(EvidenceError) as refusal:
        read(sample)
    assert refusal.value.problems[0].slug is Slug.UNSUPPORTED_VERSION
    assert refusal.value.problems[0].hint


@pytest.mark.parametrize("sample", [one for one in SAMPLES if one.malformed], ids=ids)
def test_malformed_sbom_is_refused_or_keeps_every_component(sample: Sample) -> None:
    """What is only against the schema is read; what is not understood is refused with a message."""
    try:
        found = components_of(sample)
    except EvidenceError as refusal:
        assert all(problem.message for problem in refusal.problems)  # noqa: PT017 - one of two allowed answers
        return
    assert len(found) == sample.truth.get("components", sample.truth.get("packages"))


@pytest.mark.parametrize(
    ("name", "tasks", "ticked", "rows"),
    [
        ("execora-audit-index.md", 19, 0, 11),
        ("kushim-readiness-checklist.md", 129, 4, 140),
        ("readiness-checklist-with-gate-criteria.md", 5, 0, 20),
        ("traceforge-audit-index.md", 14, 0, 7),
        ("traceforge-audit-summary.md", 28, 15, 9),
    ],
)
def test_real_checklists_are_read_whole(name: str, tasks: int, ticked: int, rows: int) -> None:
    """Emoji, two sorts of broken encoding, nested lists; the numbers were counted with grep."""
    if not (ORIGIN / name).is_file():
        pytest.skip(f"NO {name} in {ORIGIN}")
    records = list(BY_ID["markdown-checklist"].read(as_utf8((ORIGIN / name).read_bytes())))
    items = [record for record in records if isinstance(record, ChecklistItem)]
    assert sum(item.cells is None for item in items) == tasks
    assert sum(item.ticked is True for item in items) == ticked
    assert sum(item.cells is not None for item in items) == rows
    assert not any(record.faults or record.hollow for record in records if isinstance(record, Statement))

"""What `collect` is asked for: which sources, read as what, under which conditions."""

from datetime import timedelta

import pytest

from gate.evaluate import Demand
from gate.model.checklist import ChecklistItem
from gate.model.document import Document
from gate.model.evidence import SourceKey, State
from gate.model.finding import Finding
from gate.model.request import SourceRequest
from gate.model.severity import RatingSource, Severity
from gate.model.testcase import TestCase
from gate.policy.load import Policy
from tests.policy.desk import HEAD, Desk


def the_request(policy: Policy) -> SourceRequest:
    """The only one."""
    (request,) = policy.requests.values()
    return request


def test_a_named_source_is_asked_for_as_it_is_declared(desk: Desk) -> None:
    """Every key of it arrives; its line is that of its name."""
    policy = desk.load(f"""{HEAD}evidence:
  sast:
    files: [a/*.sarif, ./b/*.sarif]
    exclude: "**/old/**"
    format: sarif
    tools: [CodeQL, Bandit]
    min_files: 2
    max_age: 7d
    commit: required
    committed: refuse
    accept: [empty, stale]
    severity: {{ERROR: medium, very_high: critical, prefer: tool}}
    suppressions: honour
criteria: {{no-high: {{kind: findings, from: sast}}}}
""")
    request = the_request(policy)
    assert request == SourceRequest(
        key=SourceKey("sast"),
        at=request.at,
        patterns=("a/*.sarif", "b/*.sarif"),
        exclude=("**/old/**",),
        format="sarif",
        tools=("CodeQL", "Bandit"),
        min_files=2,
        max_age=timedelta(days=7),
        commit_required=True,
        committed_refused=True,
        accepts=frozenset({State.EMPTY, State.STALE}),
        severity_words={"error": Severity.MEDIUM, "very-high": Severity.CRITICAL},
        severity_prefer=RatingSource.TOOL,
        honours_suppressions=True,
        wants=frozenset({Finding}),
    )
    assert str(request.at) == ".github/gate.yml:3:3"


def test_a_criterion_without_sources_searches_under_its_own_name(desk: Desk) -> None:
    """No patterns: the places of the default search."""
    request = the_request(desk.load(f"{HEAD}criteria: {{unit: {{kind: tests, max_age: 1h}}}}\n"))
    assert (request.key, request.patterns, request.searched) == (SourceKey("unit"), None, True)
    assert (request.max_age, str(request.at)) == (timedelta(hours=1), ".github/gate.yml:2:12")


def test_a_source_in_place_is_called_like_its_criterion(desk: Desk) -> None:
    """Its keys are those of the criterion, and it is no search."""
    request = the_request(desk.load(f"{HEAD}criteria: {{unit: {{kind: tests, files: u/*.xml, min_files: 3}}}}\n"))
    assert (request.name, request.patterns, request.searched, request.min_files) == ("unit", ("u/*.xml",), False, 3)


def test_keys_that_a_kind_gives_a_meaning_of_its_own_are_not_the_sources(desk: Desk) -> None:
    """`tools` of findings chooses findings; it demands no report."""
    assert the_request(desk.load(f"{HEAD}criteria: {{a: {{kind: findings, tools: Bandit}}}}\n")).tools == ()


def test_a_search_and_a_source_of_the_same_name_stay_two(desk: Desk) -> None:
    """A criterion that is called like a source, and does not name it, does not get it."""
    policy = desk.load(f"""{HEAD}evidence: {{unit: {{files: named/*}}}}
criteria:
  unit: {{kind: tests}}
  other: {{kind: tests, from: unit}}
""")
    assert {key.name: request.patterns for key, request in policy.requests.items()} == {
        "criteria.unit": None,
        "unit": ("named/*",),
    }
    assert policy.demands["unit"].sources == (SourceKey("criteria.unit"),)
    assert policy.demands["other"].sources == (SourceKey("unit"),)


def test_a_source_is_asked_for_once_for_all_who_judge_it(desk: Desk) -> None:
    """With everything that any of them wants; naming it twice is naming it."""
    policy = desk.load(f"""{HEAD}evidence: {{all: {{files: all/*}}}}
criteria:
  a: {{kind: tests, from: [all, all]}}
  b: {{kind: findings, from: all}}
  c: {{kind: reports, from: all}}
""")
    assert the_request(policy).wants == {TestCase, Finding}
    assert policy.demands["a"].sources == (SourceKey("all"),)


@pytest.mark.parametrize(
    ("kind", "shape"), [("documents", Document), ("files", Document), ("checklist", ChecklistItem), ("reports", None)]
)
def test_documents_and_checklists_read_the_same_files_in_their_own_way(
    desk: Desk, kind: str, shape: type | None
) -> None:
    """So one source can be two: the text of its files, and the reports in them."""
    demand = "contains: [x]" if kind == "files" else "title: x"
    policy = desk.load(f"""{HEAD}evidence: {{docs: {{files: docs/*}}}}
criteria:
  a: {{kind: {kind}, from: docs, {demand}}}
  b: {{kind: findings, from: docs}}
""")
    assert policy.demands["a"].sources == (SourceKey("docs", shape),)
    assert set(policy.requests) == {SourceKey("docs", shape), SourceKey("docs")}


@pytest.mark.parametrize(
    ("policy_says", "source_says", "honours"),
    [("show", "", False), ("honour", "", True), ("honour", "show", False), ("show", "honour", True)],
)
def test_a_source_has_the_last_word_on_suppressions(
    desk: Desk,
    policy_says: str,
    source_says: str,
    honours: bool,  # noqa: FBT001
) -> None:
    """Where it says nothing, the policy's word holds."""
    said = f", suppressions: {source_says}" if source_says else ""
    text = f"{HEAD}suppressions: {policy_says}\nevidence: {{s: {{files: a{said}}}}}\n"
    assert (
        the_request(desk.load(f"{text}criteria: {{a: {{kind: findings, from: s}}}}\n")).honours_suppressions is honours
    )


def test_the_policys_word_on_suppressions_holds_for_searches_too(desk: Desk) -> None:
    """And for sources in place, which may say otherwise."""
    text = f"{HEAD}suppressions: honour\ncriteria:\n  a: {{kind: findings}}\n"
    policy = desk.load(f"{text}  b: {{kind: findings, files: x, suppressions: show}}\n")
    assert [request.honours_suppressions for request in policy.requests.values()] == [True, False]


@pytest.mark.parametrize(
    ("excuse", "situation"),
    [
        ("disabled: not here", {}),
        ("when: {stage: production}", {"stage": "pr"}),
        ("when: {events: push}", {"event": "pull_request"}),
        ("when: {branches: main}", {"branch": "feature"}),
        ("when: {until: 2026-11-21}", {}),
    ],
)
def test_a_source_that_only_such_criteria_use_that_do_not_apply_is_not_asked_for(
    desk: Desk, excuse: str, situation: dict[str, str]
) -> None:
    """Its absence is no gap; the criterion itself stays among the demands."""
    text = f"{HEAD}evidence: {{s: {{files: a}}}}\ncriteria:\n  a: {{kind: tests, from: s, {excuse}}}\n"
    policy = desk.load(f"{text}  b: {{kind: jobs, require: all}}\n", **situation)
    assert policy.requests == {}
    assert isinstance(policy.demands["a"], Demand)
    assert the_request(desk.load(f"{text}  b: {{kind: tests, from: s}}\n", **situation)).wants == {TestCase}


def test_a_criterion_applies_on_its_last_day(desk: Desk) -> None:
    """`until` names a day on which its evidence is still asked for."""
    assert desk.load(f"{HEAD}criteria: {{a: {{kind: tests, when: {{until: 2026-11-22}}}}}}\n").requests

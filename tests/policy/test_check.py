"""What only shows when criteria and sources are seen together."""

import pytest

from gate.model.problem import Slug
from gate.policy.check import MAX_NESTING
from tests.policy.desk import HEAD, Desk


def criteria(**by_id: str) -> str:
    """A policy with these criteria, one a line, the first one in line 3."""
    lines = [f"  {name.replace('_', '-')}: {{{said}}}" for name, said in by_id.items()]
    return "\n".join([f"{HEAD}criteria:", *lines, ""])


def test_a_source_that_is_not_declared_is_told_with_the_nearest(desk: Desk) -> None:
    """At the name in the list; without a near one, with the two ways to have a source."""
    text = (
        f"{HEAD}evidence: {{sast: {{files: a}}}}\ncriteria:\n  a: {{kind: findings, from: [sast, satt, container]}}\n"
    )
    assert desk.said(text) == [
        "4:36: criteria.a.from: no source is called 'satt'; did you mean 'sast'? (unknown-name)",
        (
            "4:42: criteria.a.from: no source is called 'container'; "
            "declare it under `evidence`, or write `files` in place (unknown-name)"
        ),
    ]


def test_a_source_with_a_mistake_in_it_is_declared_all_the_same(desk: Desk) -> None:
    """One mistake is told once."""
    text = f"{HEAD}evidence: {{sast: {{fils: a}}}}\ncriteria:\n  a: {{kind: findings, from: sast}}\n"
    assert desk.said(text) == ["2:19: evidence.sast.fils: unknown key; did you mean 'files'? (unknown-key)"]


def test_a_misspelt_evidence_does_not_make_every_source_unknown(desk: Desk) -> None:
    """The consequence would bury the cause."""
    text = f"{HEAD}evidnce: {{sast: {{files: a}}}}\ncriteria:\n  a: {{kind: findings, from: sast}}\n"
    assert desk.said(text) == ["2:1: evidnce: unknown key; did you mean 'evidence'? (unknown-key)"]


def test_a_format_that_the_gate_does_not_read_is_told_with_the_nearest(desk: Desk) -> None:
    """Of a named source, and of one that is written in place."""
    text = f"{HEAD}evidence: {{s: {{files: a, format: srif}}}}\ncriteria:\n  a: {{kind: findings, from: s}}\n"
    assert desk.said(f"{text}  b: {{kind: tests, files: b, format: toml}}\n") == [
        "2:34: evidence.s.format: no format is called 'srif'; did you mean 'sarif'? (unknown-name)",
        "5:38: criteria.b.format: no format is called 'toml'; `gate formats` lists them (unknown-name)",
    ]


def test_a_member_that_does_not_exist_is_told_with_the_nearest(desk: Desk) -> None:
    """In the list of a quorum, and among the weights of a score."""
    text = criteria(
        a="kind: tests",
        q="kind: quorum, of: [a, unit-tets], min: any",
        s="kind: score, weights: {a: 1, unit-tset: 2}, min: 50%",
        unit_tests="kind: tests",
    )
    assert desk.said(text) == [
        "4:29: criteria.q: no criterion is called 'unit-tets'; did you mean 'unit-tests'? (unknown-name)",
        "5:36: criteria.s: no criterion is called 'unit-tset'; did you mean 'unit-tests'? (unknown-name)",
    ]


def test_a_member_with_a_mistake_in_it_exists_all_the_same(desk: Desk) -> None:
    """One mistake is told once."""
    (problem,) = desk.problems(criteria(a="kind: tests, level: x", q="kind: quorum, of: a, min: any"))
    assert problem.slug is Slug.BAD_VALUE


def test_a_group_that_judges_by_itself_is_refused_with_the_circle(desk: Desk) -> None:
    """Directly, through others, and from the side."""
    assert desk.said(criteria(q="kind: quorum, of: [q], min: any")) == [
        "3:26: criteria.q: judges by itself: q -> q (cycle)"
    ]
    circle = criteria(
        a="kind: quorum, of: [b, t], min: any",
        b="kind: score, weights: {t: 1, c: 1}, min: 1%",
        c="kind: quorum, of: [b], min: any",
        t="kind: tests",
    )
    assert desk.said(circle) == ["4:36: criteria.b: judges by itself: b -> c -> b (cycle)"]


def test_groups_nest_within_bounds(desk: Desk) -> None:
    """As deep as the limit says, and not one level more."""
    groups = {f"q{n}": f"kind: quorum, of: [{f'q{n - 1}' if n else 't'}], min: all" for n in range(MAX_NESTING)}
    assert desk.load(criteria(t="kind: tests", **groups)).demands
    groups[f"q{MAX_NESTING}"] = f"kind: quorum, of: [q{MAX_NESTING - 1}], min: all"
    (problem,) = desk.said(criteria(t="kind: tests", **groups))
    assert f"criteria.q{MAX_NESTING}: groups nest more than {MAX_NESTING} levels deep" in problem


@pytest.mark.parametrize(
    ("score", "place", "category"),
    [
        ("kind: score, categories: {security: 1, speed: 1}, min: 50%", "4:46", "speed"),
        ("kind: score, weights: {a: 1}, floors: {speed: 50%}", "4:46", "speed"),
        ("kind: score, categories: {security: 1}, floors: {securty: 50%}", "4:56", "securty"),
    ],
)
def test_a_category_without_members_is_refused(desk: Desk, score: str, place: str, category: str) -> None:
    """A floor that nothing can fall below, and a weight that nobody carries, demand nothing."""
    (problem,) = desk.problems(criteria(a="kind: tests, category: security", s=score))
    assert (problem.slug, str(problem.at)) == (Slug.IMPOSSIBLE_DEMAND, f".github/gate.yml:{place}")
    assert f"no member is in the category '{category}'" in problem.message


def test_a_near_category_is_proposed(desk: Desk) -> None:
    """Of those that the criteria really have."""
    (problem,) = desk.problems(
        criteria(a="kind: tests, category: security", s="kind: score, categories: {securty: 1}, min: 50%")
    )
    assert problem.hint == "did you mean 'security'?"


def test_a_score_is_no_member_of_its_own_category(desk: Desk) -> None:
    """It may be sorted into a category that it weighs."""
    policy = desk.load(
        criteria(
            a="kind: tests, category: security",
            s="kind: score, category: security, categories: {security: 1}, min: 50%",
        )
    )
    assert policy.demands["s"].members == ("a",)


def test_a_policy_without_a_must_is_warned_about(desk: Desk) -> None:
    """A should, a member without a vote, and a must that is switched off never shut the gate."""
    never = criteria(
        a="kind: tests, level: should",
        b="kind: tests",
        c="kind: tests, disabled: not yet",
        q="kind: quorum, of: [b], min: all, level: may",
    )
    (warning,) = desk.load(never).warnings
    assert str(warning) == (
        ".github/gate.yml: no criterion is a must: this policy never shuts the gate; set `level: must` (no-must)"
    )
    for must in ("kind: tests", "kind: tests, level: must"):
        assert desk.load(f"{never}  d: {{{must}}}\n").warnings == ()


@pytest.mark.parametrize(
    "resting", ["disabled: too slow", "when: {events: push}", "when: {stage: production}", "when: {until: 2026-01-01}"]
)
def test_members_of_a_group_that_does_not_apply_vote_again(desk: Desk, resting: str) -> None:
    """Otherwise a quorum that is switched off would switch its members off with it."""
    text = criteria(
        a="kind: tests",
        b="kind: tests, level: should",
        q=f"kind: quorum, of: [a, b], min: any, {resting}",
        c="kind: tests",
        r="kind: quorum, of: [c, q], min: any",
    )
    demands = desk.load(text, event="pull_request", stage="pr").demands
    assert (demands["a"].votes, demands["a"].group, demands["b"].votes) == (True, "", True)
    assert (demands["c"].votes, demands["c"].group) == (False, "r")


def test_a_member_of_two_groups_stays_with_the_one_that_applies(desk: Desk) -> None:
    """It is judged there, and counts there only."""
    text = criteria(
        a="kind: tests",
        q="kind: quorum, of: [a], min: all, disabled: too slow",
        r="kind: quorum, of: [a], min: all",
    )
    assert desk.load(text).demands["a"].group == "r"


@pytest.mark.parametrize(
    ("stage", "hints"),
    [
        ("prodction", ["did you mean 'production'?"]),
        ("qa", ["it names 'pre-*', 'production'"]),
        ("Production", []),
        ("pre-live", []),
        ("", []),
    ],
)
def test_a_stage_that_no_criterion_names_is_warned_about(desk: Desk, stage: str, hints: list[str]) -> None:
    """Everything that names a stage is then left out, perhaps for one wrong letter."""
    staged = criteria(a="kind: tests, when: {stage: [production, pre-*]}", b="kind: tests")
    warnings = desk.load(staged, stage=stage).warnings
    assert [(warning.slug, warning.hint) for warning in warnings] == [(Slug.BAD_INPUT, hint) for hint in hints]
    assert desk.load(criteria(b="kind: tests"), stage=stage).warnings == ()


def test_a_source_that_nobody_judges_is_warned_about(desk: Desk) -> None:
    """At its line; a source of a criterion that is switched off has its use."""
    text = f"{HEAD}evidence:\n  used: {{files: a}}\n  idle: {{files: b}}\ncriteria:\n"
    policy = desk.load(f"{text}  a: {{kind: tests, from: used, disabled: for now}}\n  b: {{kind: tests}}\n")
    assert [str(warning) for warning in policy.warnings] == [
        (
            ".github/gate.yml:4:3: evidence.idle: no criterion judges this source; "
            "name it in a criterion (`from: idle`), or remove it (unused-source)"
        )
    ]

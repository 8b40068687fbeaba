"""`extends`: what a policy takes from its parents, and what it cannot change."""

from fractions import Fraction

import pytest

from gate.criteria.coverage import Coverage
from gate.criteria.tests import Tests
from gate.model.problem import Slug
from gate.model.verdict import Level
from gate.policy.inherit import MAX_POLICIES
from tests.conftest import no_hang
from tests.policy.desk import HEAD, Desk

BASE = f"""{HEAD}title: Base
evidence:
  unit: {{files: [unit/*.xml, more/*.xml], min_files: 2}}
criteria:
  passed:
    kind: tests
    from: unit
    max_skipped: 3
    suites: [a, b]
  covered:
    kind: coverage
    lines: 70%
"""


def test_mappings_merge_key_by_key(desk: Desk) -> None:
    """A child says only what differs."""
    desk.ship("base", BASE)
    policy = desk.load(f"{HEAD}extends: base\ncriteria:\n  covered:\n    lines: 80%\n    level: should\n")
    covered = policy.demands["covered"].criterion
    assert isinstance(covered, Coverage)
    assert (covered.lines, covered.level, covered.kind) == (Fraction(4, 5), Level.SHOULD, "coverage")
    assert list(policy.demands) == ["passed", "covered"]


def test_lists_and_scalars_replace(desk: Desk) -> None:
    """Nothing is appended: what a child writes is what there is."""
    desk.ship("base", BASE)
    child = "evidence: {unit: {files: child/*.xml}}\ncriteria: {passed: {suites: [c], max_skipped: 0}}\n"
    policy = desk.load(f"{HEAD}extends: base\n{child}")
    passed = policy.demands["passed"].criterion
    (request,) = (request for request in policy.requests.values() if request.name == "unit")
    assert isinstance(passed, Tests)
    assert (passed.suites, passed.max_skipped) == (("c",), 0)
    assert (request.patterns, request.min_files) == (("child/*.xml",), 2)


def test_later_parents_override_earlier_ones_and_the_file_overrides_all(desk: Desk) -> None:
    """In the order in which they are written."""
    for name, lines in (("one", 10), ("two", 20)):
        desk.ship(
            name, f"{HEAD}criteria: {{c: {{kind: coverage, lines: {lines}, branches: {lines}, per_file: {lines}}}}}"
        )
    desk.write(".github/three.yml", f"{HEAD}criteria: {{c: {{branches: 30, per_file: 30}}}}")
    policy = desk.load(f"{HEAD}extends: [one, two, ./three.yml]\ncriteria: {{c: {{per_file: 40}}}}\n")
    criterion = policy.demands["c"].criterion
    assert isinstance(criterion, Coverage)
    assert [float(share or 0) for share in (criterion.lines, criterion.branches, criterion.per_file)] == [0.2, 0.3, 0.4]


def test_a_demand_stands_where_it_was_written_last(desk: Desk) -> None:
    """An inherited criterion points into the parent; one that the child touches points into the child."""
    desk.write("base.yml", BASE)
    policy = desk.load(f"{HEAD}extends: ../base.yml\ncriteria:\n  covered: {{lines: 80%}}\n")
    assert str(policy.demands["passed"].at) == "base.yml:6:3"
    assert str(policy.demands["covered"].at) == ".github/gate.yml:4:3"


def test_a_mistake_in_a_parent_is_told_in_the_parent(desk: Desk) -> None:
    """And one that comes of both, where the last word was written."""
    desk.ship("base", BASE.replace("max_skipped", "max_skiped"))
    assert desk.said(f"{HEAD}extends: base\ncriteria: {{covered: {{lines: 180%}}}}\n") == [
        "3:29: criteria.covered.lines: a percentage lies between 0% and 100% (bad-value)",
        "policies/base.yml:9:5: criteria.passed.max_skiped: unknown key; did you mean 'max_skipped'? (unknown-key)",
    ]


def test_a_change_to_a_criterion_that_is_not_there_is_told_with_the_nearest(desk: Desk) -> None:
    """A misspelt id would be a new criterion, and has no kind."""
    desk.ship("base", BASE)
    assert desk.said(f"{HEAD}extends: base\ncriteria:\n  coverd: {{lines: 80%}}\n") == [
        "4:3: criteria.coverd.kind: missing key; did you mean 'covered'? (missing-key)"
    ]


def test_the_kind_of_a_criterion_cannot_change(desk: Desk) -> None:
    """The message shows both lines, and what the other kind lacks is not told on top of it."""
    desk.ship("base", BASE)
    assert desk.said(f"{HEAD}extends: base\ncriteria:\n  covered: {{kind: tests}}\n") == [
        (
            "4:19: criteria.covered.kind: cannot change from 'coverage' (policies/base.yml:12:11) to 'tests'; "
            "give the new demand an id of its own (kind-changed)"
        )
    ]


def test_parents_that_disagree_about_a_kind_are_refused(desk: Desk) -> None:
    """The later parent overrides the earlier one, and cannot change its kind either."""
    desk.ship("one", f"{HEAD}criteria: {{c: {{kind: tests}}}}")
    desk.ship("two", f"{HEAD}criteria: {{c: {{kind: findings}}}}")
    (problem,) = desk.problems(f"{HEAD}extends: [one, two]\n")
    assert (problem.slug, str(problem.at)) == (Slug.KIND_CHANGED, "policies/two.yml:2:22")


def test_the_same_kind_may_be_said_again(desk: Desk) -> None:
    """A child may be explicit."""
    desk.ship("base", BASE)
    assert desk.load(f"{HEAD}extends: base\ncriteria: {{covered: {{kind: coverage, lines: 1%}}}}\n").demands


def test_disabling_an_inherited_criterion_keeps_it_with_its_reason(desk: Desk) -> None:
    """It stays among the demands, and its evidence is not asked for."""
    desk.ship("base", BASE)
    policy = desk.load(f"{HEAD}extends: base\ncriteria: {{passed: {{disabled: There are no tests yet.}}}}\n")
    assert policy.demands["passed"].criterion.disabled == "There are no tests yet."
    assert [key.name for key in policy.requests] == ["covered"]


def test_a_policy_may_only_extend(desk: Desk) -> None:
    """And be called what it is called; its title it may inherit."""
    desk.ship("base", BASE)
    policy = desk.load(f"{HEAD}extends: base\n")
    assert (policy.identity.name, policy.identity.title) == ("gate", "Base")
    assert [file.path for file in policy.files] == [".github/gate.yml", "policies/base.yml"]


def test_every_file_of_a_family_is_read_once(desk: Desk) -> None:
    """However often it is extended: twenty generations of two parents each are forty files, not a million."""
    desk.ship("g0-a", BASE)
    desk.ship("g0-b", BASE)
    for n in range(1, 15):
        for side in "ab":
            desk.ship(f"g{n}-{side}", f"{HEAD}extends: [g{n - 1}-a, g{n - 1}-b]\n")
    with no_hang():
        policy = desk.load(f"{HEAD}extends: [g14-a, g14-b]\n")
        assert len(policy.files) == 31


def test_the_size_of_a_family_is_bounded(desk: Desk) -> None:
    """As many policies as the limit says, and not one more."""
    desk.ship("p0", BASE)
    for n in range(1, MAX_POLICIES):
        desk.ship(f"p{n}", f"{HEAD}extends: p{n - 1}\n")
    assert len(desk.load(f"{HEAD}extends: p{MAX_POLICIES - 2}\n").files) == MAX_POLICIES
    assert desk.said(f"{HEAD}extends: p{MAX_POLICIES - 1}\n") == [
        f"policies/p1.yml:2:10: more than {MAX_POLICIES} policies extend each other (over-limit)"
    ]


def test_a_circle_is_refused_with_its_chain(desk: Desk) -> None:
    """At the reference that closes it."""
    desk.write(".github/a.yml", f"{HEAD}extends: b.yml\n")
    desk.write(".github/b.yml", f"{HEAD}extends: [./a.yml]\n")
    assert desk.said(f"{HEAD}extends: ./a.yml\n") == [
        ".github/b.yml:2:11: the policy extends itself: .github/a.yml -> .github/b.yml -> .github/a.yml (cycle)"
    ]
    assert desk.said(f"{HEAD}extends: gate.yml\n") == [
        "2:10: the policy extends itself: .github/gate.yml -> .github/gate.yml (cycle)"
    ]


def test_a_circle_through_linked_folders_ends(desk: Desk) -> None:
    """Every turn has another path, so the size of the family ends it."""
    desk.write("d/p.yml", f"{HEAD}extends: d/p.yml\n")
    (desk.workspace / "d/d").symlink_to(".")
    assert {problem.slug for problem in desk.problems(f"{HEAD}extends: ../d/p.yml\n")} <= {
        Slug.OVER_LIMIT,
        Slug.NO_POLICY,
    }


def test_a_missing_parent_is_told_where_it_is_named(desk: Desk) -> None:
    """With the nearest shipped name."""
    desk.ship("security-baseline", BASE)
    assert desk.said(f"{HEAD}extends: [security-baselin, ./team.yml]\n") == [
        "2:11: no policy called 'security-baselin' comes with the gate; did you mean 'security-baseline'? (no-policy)",
        (
            "2:29: there is no policy '.github/team.yml'; "
            "write one to .github/gate.yml, or name another with the input `policy` (no-policy)"
        ),
    ]


def test_parents_stay_in_the_workspace(desk: Desk) -> None:
    """No path leads out of it, also not from a folder below."""
    desk.write("../team.yml", BASE)
    (problem,) = desk.problems(f"{HEAD}extends: ../../team.yml\n")
    assert (problem.slug, str(problem.at)) == (Slug.OUTSIDE_WORKSPACE, ".github/gate.yml:2:10")


def test_shipped_policies_extend_shipped_ones_only(desk: Desk) -> None:
    """A policy of the gate never takes in a file of the workspace."""
    desk.write("policies/team.yml", BASE)
    desk.ship("base", f"{HEAD}extends: ./team.yml\n")
    assert desk.said(f"{HEAD}extends: base\n") == [
        "policies/base.yml:2:10: a shipped policy cannot extend the file './team.yml' (outside-workspace)"
    ]


@pytest.mark.parametrize(
    ("extends", "said"),
    [
        ("5", "2:10: extends: expected the name of a policy, or a path"),
        ("[base, [x]]", "2:17: extends: expected the name of a policy, or a path"),
        ("{base: 1}", "2:10: extends: expected the name of a policy, or a path"),
        ("''", "2:10: extends: expected the name of a policy, or a path"),
        ("", "2:9: extends: expected the name of a policy, or a path"),
        ("[]", "2:10: extends: an empty list demands nothing; name at least one, or leave the key out"),
    ],
)
def test_what_is_no_reference_is_refused(desk: Desk, extends: str, said: str) -> None:
    """Text, or a list of texts."""
    desk.ship("base", BASE)
    problems = desk.said(f"{HEAD}extends: {extends}\ncriteria: {{a: {{kind: tests}}}}\n")
    assert len(problems) == 1
    assert problems[0].startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the policy is empty"),
        ("# nothing yet\n", "the policy is empty"),
        ("- a\n", "1:1: a policy is a mapping"),
        ("criteria: {}\n", "1:1: schema: missing key; begin with `schema: gate/v1`"),
        ("shema: gate/v1\n", "1:1: shema: unknown key; did you mean 'schema'?"),
        ("schema: gate/v2\n", "1:9: schema: 'gate/v2' is unknown; this gate reads gate/v1"),
        ("schema: 1\n", "1:9: schema: 1 is unknown; this gate reads gate/v1"),
        ("schema: [gate/v1]\n", "1:9: schema: a list is unknown; this gate reads gate/v1"),
    ],
)
def test_what_does_not_say_which_language_it_speaks_is_not_read_further(desk: Desk, text: str, said: str) -> None:
    """Its other keys may mean something else."""
    (problem,) = desk.said(text)
    assert problem.removeprefix(" ").startswith(said)


@pytest.mark.parametrize("specifier", [">=0.0.1", ">=0.0.1,<99", "~=0.1", ">0.0.1.dev1"])
def test_a_gate_that_the_policy_accepts_judges(desk: Desk, specifier: str) -> None:
    """Also a prerelease of it."""
    assert desk.load(f"{HEAD}gate_version: '{specifier}'\ncriteria: {{a: {{kind: tests}}}}\n").demands


def test_a_gate_that_any_policy_of_the_family_refuses_does_not_judge(desk: Desk) -> None:
    """A child cannot lift what its parent demands."""
    desk.ship("base", f"{BASE}gate_version: '<0.0.1'\n")
    (problem,) = desk.problems(f"{HEAD}gate_version: '>=0.0.1'\nextends: base\n")
    assert (problem.slug, str(problem.at)) == (Slug.WRONG_GATE_VERSION, "policies/base.yml:14:15")
    assert "the policy asks for <0.0.1, this is " in problem.message


@pytest.mark.parametrize(("version", "shown"), [("newest", "'newest'"), ("1", "1"), ("[1]", "a list")])
def test_what_is_no_specifier_is_refused_with_everything_else(desk: Desk, version: str, shown: str) -> None:
    """It does not hide other mistakes."""
    assert desk.said(f"{HEAD}gate_version: {version}\ncriteria: {{a: {{kind: tets}}}}\n") == [
        f'2:15: gate_version: {shown} is no version specifier; write it as ">=1.2,<2" (bad-value)',
        "3:22: criteria.a.kind: no kind is called 'tets'; did you mean 'tests'? (unknown-kind)",
    ]

"""Loading as a whole: who the policy is, whom it demands what, and that nothing but a refusal comes out of rubbish."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gate import __version__
from gate.criteria.kinds import KINDS
from gate.errors import PolicyError
from gate.evaluate import Situation
from gate.formats import FORMATS as REAL_FORMATS
from gate.model.verdict import Level, PolicyIdentity
from gate.policy.load import MAX_CRITERIA, Policy, load
from tests.conftest import TODAY, no_hang
from tests.policy.desk import HEAD, Desk

SMALLEST = f"{HEAD}criteria:\n  no-high:\n    kind: findings\n"
ROOT = Path(__file__).parents[2]

with_desk = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_the_smallest_policy_has_four_lines(desk: Desk) -> None:
    """Schema, criteria, one id, one kind."""
    policy = desk.load(SMALLEST)
    (demand,) = policy.demands.values()
    assert (demand.id, demand.level, demand.votes, str(demand.at)) == (
        "no-high",
        Level.MUST,
        True,
        ".github/gate.yml:3:3",
    )
    assert demand.at.placed
    assert policy.warnings == ()


def test_a_policy_is_called_by_its_name_or_by_its_file(desk: Desk) -> None:
    """The sha256 is that of its own text."""
    assert desk.load(SMALLEST).identity == PolicyIdentity(
        "gate", "gate", ".github/gate.yml", sha256(SMALLEST.encode()).hexdigest(), "the workspace"
    )
    desk.write("ci/My Policy_2.yaml", SMALLEST)
    desk.write("ci/___.yml", SMALLEST)
    assert desk.load(reference="ci/My Policy_2.yaml").identity.name == "my-policy-2"
    assert desk.load(reference="ci/___.yml").identity.name == "policy"
    named = desk.load(f"name: production\ntitle: Ready for production\n{SMALLEST}").identity
    assert (named.name, named.title) == ("production", "Ready for production")


def test_a_child_never_speaks_in_its_parents_name(desk: Desk) -> None:
    """A name is not inherited: the parent's demands may all be changed."""
    desk.ship("strict", f"name: strict\n{SMALLEST}")
    assert desk.load(f"{HEAD}extends: strict\n").identity.name == "gate"


def test_the_shipped_default_says_why_it_judges(desk: Desk) -> None:
    """Asked for by name, it is a policy like any other."""
    desk.ship("default", SMALLEST)
    assert desk.load().identity.origin == f"shipped with gate {__version__}, because there is no .github/gate.yml"
    assert desk.load(reference="default").identity.origin == f"shipped with gate {__version__}"


@pytest.mark.parametrize("path", sorted((ROOT / "policies").glob("*.yml")), ids=lambda path: path.stem)
def test_every_shipped_policy_loads_without_a_warning(tmp_path: Path, path: Path) -> None:
    """And is called like its file."""
    formats = frozenset(known.id for known in REAL_FORMATS)
    policy = load(path.stem, workspace=tmp_path, shipped=path.parent, situation=Situation(TODAY), formats=formats)
    assert (policy.identity.name, policy.warnings) == (path.stem, ())


def test_demands_keep_the_order_of_the_policy(desk: Desk) -> None:
    """Also where groups stand before their members."""
    policy = desk.load(f"""{HEAD}criteria:
  all-of: {{kind: quorum, of: [b, a], min: all}}
  b: {{kind: tests}}
  a: {{kind: findings, level: must}}
  also: {{kind: score, weights: {{b: 1}}, min: 50%}}
""")
    assert list(policy.demands) == ["all-of", "b", "a", "also"]
    assert policy.demands["all-of"].members == ("b", "a")
    assert [(demand.group, demand.votes) for demand in policy.demands.values()] == [
        ("", True),
        ("all-of", False),
        ("", True),
        ("", True),
    ]


def test_members_of_a_category_keep_their_votes(desk: Desk) -> None:
    """A score that weighs categories names no criterion."""
    policy = desk.load(f"""{HEAD}criteria:
  a: {{kind: tests, category: quality}}
  s: {{kind: score, categories: {{quality: 1}}, min: 50%}}
""")
    assert (policy.demands["s"].members, policy.demands["a"].votes) == (("a",), True)


def test_the_inventory_is_taken_only_where_somebody_looks_things_up(desk: Desk) -> None:
    """Walking a large repository costs."""
    evidence = f"{HEAD}criteria:\n  a: {{kind: checklist, files: README.md, evidence: true%s}}\n  b: {{kind: tests}}\n"
    assert desk.load(evidence % "").needs_inventory
    assert not desk.load(evidence % ", disabled: x").needs_inventory
    assert not desk.load(SMALLEST).needs_inventory


def test_only_the_kinds_that_a_policy_names_are_imported(desk: Desk) -> None:
    """Each costs milliseconds, and its libraries many more."""
    desk.write(".github/gate.yml", SMALLEST)
    script = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from gate.policy.load import load; from gate.evaluate import Situation\n"
        "workspace, shipped = map(Path, sys.argv[1:])\n"
        "load('', workspace=workspace, shipped=shipped, situation=Situation(date(2026, 11, 22)), formats=())\n"
        "print(*sorted(name for name in sys.modules if name.startswith('gate.criteria.') or '.' not in name))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, desk.workspace, desk.shipped],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    loaded = set(ran.stdout.split())
    assert {name for name in loaded if name in {said.partition(":")[0] for said in KINDS.values()}} == {
        KINDS["findings"].partition(":")[0]
    }
    assert loaded.isdisjoint({"packaging", "requests", "msgspec", "license_expression", "markdown_it", "univers"})


def attempt(desk: Desk, text: str | bytes) -> Policy | PolicyError:
    """The policy or its refusal; anything else that is raised fails the test."""
    try:
        return desk.load(text)
    except PolicyError as refused:
        refusal = refused
    assert refusal.problems
    assert all(len(str(problem).splitlines()) == 1 for problem in refusal.problems)
    return refusal


@with_desk
@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise_anything_but_a_refusal(desk: Desk, content: bytes) -> None:
    """Alone, and behind a head that makes them a policy."""
    assert isinstance(attempt(desk, content), PolicyError)
    attempt(desk, HEAD.encode() + content)


WORDS = [
    "schema",
    "gate/v1",
    "extends",
    "evidence",
    "criteria",
    "kind",
    "from",
    "files",
    "when",
    "until",
    "stage",
    "limits",
]
WORDS += ["high", "level", "must", "tools", "severity", "prefer", "of", "min", "all", "weights", "categories", "floors"]
WORDS += [
    "lines",
    "70%",
    "7d",
    "2026-02-30",
    "a",
    "b",
    "../x",
    "/etc",
    "**",
    "[",
    "suites",
    "cwe",
    "name",
    "licenses",
    "deny",
]
WORDS += [
    "require",
    "disabled",
    "gate_version",
    ">=1",
    "format",
    "sarif",
    "each",
    "source",
    "columns",
    "statuses",
    "items",
]
_words = st.sampled_from([*WORDS, *KINDS])
_scalars = _words | st.none() | st.booleans() | st.integers(-2, 10**12) | st.floats() | st.text(max_size=5)
_values = st.recursive(
    _scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=4), max_leaves=10
)


@with_desk
@given(
    st.dictionaries(
        st.sampled_from(["a", "b", "c", "A_b", "x\ny"]),
        st.builds(
            lambda kind, rest: {"kind": kind} | rest,
            st.sampled_from(sorted(KINDS)),
            st.dictionaries(_words, _values, max_size=4),
        ),
        max_size=3,
    ),
    st.dictionaries(
        st.sampled_from(["evidence", "name", "extends", "gate_version", "suppressions"]), _values, max_size=2
    ),
)
def test_no_tree_makes_it_raise_anything_but_a_refusal(
    desk: Desk, criteria: dict[str, object], frame: dict[str, object]
) -> None:
    """Values of every type under keys that mean something."""
    attempt(desk, json.dumps({"schema": "gate/v1", "criteria": criteria, **frame}))


@with_desk
@given(st.data())
def test_no_slip_of_the_pen_makes_it_raise_anything_but_a_refusal(desk: Desk, data: st.DataObject) -> None:
    """A policy of every construct, with a few characters lost, doubled or changed."""
    desk.ship("base", f"{HEAD}criteria: {{cov: {{kind: coverage, lines: 70%}}}}\n")
    text = WHOLE
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text) - 1))
        end = at + data.draw(st.integers(0, 2))
        text = (
            text[:at]
            + data.draw(st.sampled_from(["", "'", ":", "\n", " ", "-", "x", "{", "]", "*a", "&a ", "!", "0", "\t"]))
            + text[end:]
        )
    attempt(desk, text)


WHOLE = f"""{HEAD}name: whole
gate_version: ">=0.0.1"
extends: [base]
evidence:
  sast: {{files: [evidence/*.sarif], tools: [Bandit], max_age: 7d, severity: {{error: low}}}}
criteria:
  no-high:
    title: No high findings
    kind: findings
    from: sast
    limits: {{high: 0}}
    when: {{events: [push], until: 2027-01-01}}
  tested: {{kind: tests, min_passed: 90%, level: should, category: quality}}
  cov: {{lines: 80%}}
  enough: {{kind: quorum, of: [no-high, tested], min: 1}}
  ready: {{kind: score, categories: {{quality: 3}}, min: 75%}}
"""


def test_the_policy_of_every_construct_is_one(desk: Desk) -> None:
    """Otherwise its slips would be slips of rubbish."""
    desk.ship("base", f"{HEAD}criteria: {{cov: {{kind: coverage, lines: 70%}}}}\n")
    assert isinstance(attempt(desk, WHOLE), Policy)


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "criteria: " + "[" * 100_000,
        HEAD + "criteria: " + "{a: " * 50_000,
        HEAD + "criteria:\n" + "".join(f"  c{n}: {{kind: tests}}\n" for n in range(12_000)),
        HEAD + "criteria:\n" + "".join(f"  c{n}: {{kind: nothing}}\n" for n in range(12_000)),
        HEAD + "criteria:\n" + "".join(f"  C{n}: {{kind: quorum, of: [x{n}], min: all}}\n" for n in range(5_000)),
        HEAD
        + "criteria:\n"
        + "".join(f"  c{n}: {{kind: quorum, of: [x{n}], min: all}}\n" for n in range(MAX_CRITERIA)),
        HEAD + "criteria: {a: {kind: quorum, min: all, of: [" + "x, " * 40_000 + "]}}",
        HEAD + "criteria: {a: {kind: tests, " + ", ".join(f"k{n}: 1" for n in range(20_000)) + "}}",
        HEAD + "criteria: {a: {kind: tests, " + "k" * 500_000 + ": 1}}",
        HEAD + "criteria: {a: {kind: findings, rules: '" + "*" * 900_000 + "'}}",
    ],
    ids=["lists", "mappings", "criteria", "kinds", "quorums", "most", "members", "keys", "key", "pattern"],
)
def test_large_rubbish_is_judged_in_seconds(desk: Desk, text: str) -> None:
    """A policy comes from the change that it judges."""
    with no_hang():
        attempt(desk, text)


def test_the_number_of_criteria_is_bounded(desk: Desk) -> None:
    """As many as the limit says, and not one more."""
    full = f"{HEAD}criteria:\n" + "".join(f"  c{n}: {{kind: tests}}\n" for n in range(MAX_CRITERIA))
    assert len(desk.load(full).demands) == MAX_CRITERIA
    assert desk.said(f"{full}  more: {{kind: tests}}\n") == [
        f"2:1: criteria: more than {MAX_CRITERIA}; split the policy into several (over-limit)"
    ]

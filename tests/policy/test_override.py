"""The input `evidence`: other files for the sources of a policy."""

import pytest

from gate.errors import UsageError
from gate.policy.override import with_evidence
from tests.policy.desk import HEAD, Desk

NAMED = f"""{HEAD}evidence:
  unit: {{files: u/*}}
  sast: {{files: s/*}}
criteria:
  a: {{kind: tests, from: unit}}
  b: {{kind: findings, from: sast}}
  c: {{kind: findings}}
  d: {{kind: tests, files: d/*}}
"""


def test_patterns_replace_those_of_their_source(desk: Desk) -> None:
    """All others stay, and so does everything else that the policy says about the source."""
    policy = with_evidence(desk.load(NAMED), {"unit": ("x/*", "y/*")})
    assert [request.patterns for request in policy.requests.values()] == [("x/*", "y/*"), ("s/*",), None, ("d/*",)]


def test_bare_patterns_take_the_place_of_the_default_search(desk: Desk) -> None:
    """In a policy that declares no sources; a criterion with files of its own keeps them."""
    text = (
        f"{HEAD}criteria: {{a: {{kind: tests}}, b: {{kind: findings, files: b/*}}, c: {{kind: coverage, lines: 1%}}}}\n"
    )
    requests = with_evidence(desk.load(text), {"": ("out/**",)}).requests
    assert [(request.patterns, request.searched) for request in requests.values()] == [
        (("out/**",), True),
        (("b/*",), False),
        (("out/**",), True),
    ]


def test_a_source_that_applies_to_nothing_now_may_be_named(desk: Desk) -> None:
    """A workflow names all its sources, whatever the event."""
    text = f"{HEAD}evidence: {{s: {{files: a}}}}\ncriteria: {{a: {{kind: tests, from: s, disabled: x}}}}\n"
    assert with_evidence(desk.load(text), {"s": ("x",)}).requests == {}


@pytest.mark.parametrize(
    ("patterns", "said"),
    [
        ({"unitt": ("x",)}, "`evidence`: the policy has no source 'unitt'; did you mean 'unit'? (bad-input)"),
        ({"zap": ("x",)}, "`evidence`: the policy has no source 'zap'; its sources are sast, unit (bad-input)"),
        (
            {"": ("x",)},
            (
                "`evidence`: a pattern without a source, and the policy names sources; "
                "write `source: pattern`; the sources are sast, unit (bad-input)"
            ),
        ),
    ],
)
def test_patterns_that_nothing_would_use_are_refused(
    desk: Desk, patterns: dict[str, tuple[str, ...]], said: str
) -> None:
    """A name that leads nowhere would leave the old files in force."""
    with pytest.raises(UsageError) as refused:
        with_evidence(desk.load(NAMED), patterns)
    assert str(refused.value) == said


def test_bare_patterns_for_criteria_with_files_of_their_own_are_refused(desk: Desk) -> None:
    """Nothing would look there."""
    policy = desk.load(f"{HEAD}criteria: {{a: {{kind: tests, files: a}}}}\n")
    with pytest.raises(UsageError, match="says itself where its evidence is"):
        with_evidence(policy, {"": ("x",)})
    searching = desk.load(f"{HEAD}criteria: {{a: {{kind: tests, disabled: x}}}}\n")
    assert with_evidence(searching, {"": ("x",)}).requests == {}

"""Mistakes of authors: each in plain words, at its place, all at once."""

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from gate.criteria.findings import Limits
from gate.criteria.kinds import KINDS, LATER_KINDS, class_of
from gate.criteria.source import Source
from gate.criteria.when import When
from gate.model.problem import Slug
from gate.policy.keys import known_keys
from gate.policy.mistakes import MOST_PROBLEMS
from gate.policy.schema import LONGEST_NAME, PolicyFile
from tests.policy.desk import HEAD, Desk

ONE = "criteria: {a: {kind: tests}}\n"


def in_findings(*lines: str) -> str:
    """A policy with one criterion of findings and these lines in it; the first one is line 5."""
    return f"{HEAD}criteria:\n  no-high:\n    kind: findings\n" + "".join(f"    {line}\n" for line in lines)


def test_the_example_of_the_contract(desk: Desk) -> None:
    """A misspelt key is told with its place, its way and the word that was meant."""
    assert desk.said(in_findings("limts: {high: 0}")) == [
        "5:5: criteria.no-high.limts: unknown key; did you mean 'limits'? (unknown-key)"
    ]


def misspellings(word: str) -> Iterator[str]:
    """A letter doubled, two letters swapped, and of longer words one letter lost."""
    middle = len(word) // 2
    yield word[:middle] + word[middle] + word[middle:]
    if word[middle - 1] != word[middle]:
        yield word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    if len(word) > 3:
        yield word[:middle] + word[middle + 1 :]


def keys(model: type[BaseModel]) -> list[tuple[str, str]]:
    """Every key of a model with every misspelling that is no other key."""
    known = known_keys(model, ())
    return [(key, wrong) for key in sorted(known) for wrong in misspellings(key) if wrong not in known]


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_every_kind_is_found_again_when_it_is_misspelt(desk: Desk, kind: str) -> None:
    """At the line and column of the key."""
    for key, wrong in keys(class_of(kind)):
        head = "" if key == "kind" else f"    kind: {kind}\n"
        said = desk.said(f"{HEAD}criteria:\n  some-id:\n{head}    {wrong}: 1\n")
        place = "4:5" if key == "kind" else "5:5"
        assert f"{place}: criteria.some-id.{wrong}: unknown key; did you mean '{key}'? (unknown-key)" in said


@pytest.mark.parametrize(
    ("model", "template", "place"),
    [
        (When, HEAD + "criteria:\n  a:\n    kind: tests\n    when:\n      {}: x\n", "6:7: criteria.a.when."),
        (Limits, in_findings("limits:", "    {}: 1"), "6:9: criteria.no-high.limits."),
        (Source, HEAD + "evidence:\n  s:\n    {}: 1\n" + ONE, "4:5: evidence.s."),
        (PolicyFile, HEAD + ONE + "{}: x\n", "3:1: "),
    ],
)
def test_every_key_below_is_found_again_too(desk: Desk, model: type[BaseModel], template: str, place: str) -> None:
    """In mappings inside criteria, in sources, and in the policy itself."""
    for key, wrong in keys(model):
        said = desk.said(template.replace("{}", wrong))
        assert f"{place}{wrong}: unknown key; did you mean '{key}'? (unknown-key)" in said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("limits: {severe: 0}", "5:14: criteria.no-high.limits.severe: unknown key; the keys here are"),
        ("level: mst", "5:12: criteria.no-high.level: expected must, should or may, not 'mst'; did you mean 'must'?"),
        ("level: [must]", "5:12: criteria.no-high.level: expected must, should or may, not a list"),
        ("on_unknown: no", "5:17: criteria.no-high.on_unknown: expected fail, warn or pass, not 'no'"),
        ("from: 3", "5:11: criteria.no-high.from: expected a list, not 3"),
        ("from: {a: b}", "5:5: criteria.no-high.from: expected a list, not a mapping"),
        ("from: [a, 3]", "5:15: criteria.no-high.from: expected text, not 3; put it in quotes"),
        ("from: []", "5:11: criteria.no-high.from: an empty list demands nothing; name at least one"),
        ("title: 5", "5:12: criteria.no-high.title: expected text, not 5; put it in quotes"),
        ("title: ''", "5:12: criteria.no-high.title: is empty"),
        ("title: true", "5:12: criteria.no-high.title: expected text, not true; put it in quotes"),
        ("help:", "5:10: criteria.no-high.help: has no value; write one, or remove the key"),
        ("tags: [a, ~]", "5:15: criteria.no-high.tags: has no value; write one, or remove the key"),
        ("limits:", "5:12: criteria.no-high.limits: has no value; write one, or remove the key"),
        ("limits: 3", "5:13: criteria.no-high.limits: expected a mapping, not 3"),
        ("limits: {}", "5:5: criteria.no-high.limits: set at least one of"),
        ("limits: {high: x}", "5:20: criteria.no-high.limits.high: expected a whole number, not 'x'"),
        ("limits: {high: 1.5}", "5:20: criteria.no-high.limits.high: expected a whole number, not 1.5"),
        ("limits: {high: true}", "5:20: criteria.no-high.limits.high: expected a whole number, not true"),
        ("limits: {high: -1}", "5:20: criteria.no-high.limits.high: expected at least 0, not -1"),
        ("fixable_only: yes", "5:19: criteria.no-high.fixable_only: expected true or false, not 'yes'"),
        ("enforce_from: 2026", "5:19: criteria.no-high.enforce_from: expected a date such as 2026-11-22, not 2026"),
        ("max_age: 7", "5:14: criteria.no-high.max_age: expected a duration with its unit"),
        ("max_age: 999999999w", "5:14: criteria.no-high.max_age: 999999999w is longer than"),
        ("when: []", "5:11: criteria.no-high.when: expected a mapping, not a list"),
        ("when: {until: soon}", "5:19: criteria.no-high.when.until: expected a date such as 2026-11-22, not 'soon'"),
        ("files: /etc/*", "5:12: criteria.no-high.files: a path is relative to the workspace"),
        ("files: [a, ../b]", "5:16: criteria.no-high.files: a path is relative to the workspace"),
        ("accept: [missing]", "5:14: criteria.no-high.accept: expected empty, incomplete, stale or unmapped, not"),
        ("each: file", "5:11: criteria.no-high.each: expected source, not 'file'"),
        (
            "severity: {a: b}",
            (
                "5:19: criteria.no-high.severity.a: "
                "expected none, low, medium, high, critical, unrated, tool, score or level, not 'b'"
            ),
        ),
        ("severity: {prefer: low}", "5:5: criteria.no-high.severity: `prefer` is one of tool, score, level"),
        ("severity: {error: tool}", "5:5: criteria.no-high.severity: `error` is one of none, low, medium"),
    ],
)
def test_a_wrong_value_is_told_in_plain_words(desk: Desk, line: str, said: str) -> None:
    """What was expected and what is there, at the value; one message, and no word of the library that found it."""
    (problem,) = desk.said(in_findings(line))
    assert problem.startswith(said)


@pytest.mark.parametrize(
    ("criterion", "said"),
    [
        ("{kind: tests, from: a, files: b}", "3:3: criteria.a: `from` names sources and `files` writes one in place"),
        ("{kind: tests, from: a, max_age: 7d}", "3:3: criteria.a: `max_age` belongs to the source that `from` names"),
        ("{kind: coverage}", "3:3: criteria.a: demands nothing"),
        ("{kind: quorum, of: [b, c], min: 3}", "3:3: criteria.a: `min` asks for 3 of 2"),
        ("{kind: quorum, of: [], min: 1}", "3:25: criteria.a.of: is empty"),
        ("{kind: quorum, of: [b], min: x}", "3:35: criteria.a.min: expected all, any or a percentage such as"),
        ("{kind: quorum, of: [b]}", "3:3: criteria.a.min: missing key"),
        ("{kind: score, weights: {b: 0}, min: 1%}", "3:33: criteria.a.weights.b: expected at least 1, not 0"),
        ("{kind: tests, min_passed: 101%}", "3:32: criteria.a.min_passed: a percentage lies between 0% and 100%"),
        (
            "{kind: findngs}",
            "3:13: criteria.a.kind: no kind is called 'findngs'; did you mean 'findings'? (unknown-kind)",
        ),
        (
            "{kind: policy}",
            "3:13: criteria.a.kind: no kind is called 'policy'; the kinds are findings, tests, coverage,",
        ),
        ("{kind: 5}", "3:13: criteria.a.kind: no kind is called 5; the kinds are"),
        ("{kind: [tests]}", "3:13: criteria.a.kind: no kind is called a list; the kinds are"),
        ("{title: x}", "3:3: criteria.a.kind: missing key (missing-key)"),
        ("{}", "3:3: criteria.a.kind: missing key (missing-key)"),
        ("tests", "3:3: criteria.a: expected a mapping with a `kind`, not 'tests'"),
        ("[tests]", "3:3: criteria.a: expected a mapping with a `kind`, not a list"),
        ("", "3:3: criteria.a: expected a mapping with a `kind`, not nothing"),
    ],
)
def test_a_criterion_that_cannot_be_is_told_at_its_line(desk: Desk, criterion: str, said: str) -> None:
    """Where no single value is wrong, the place is the criterion's id."""
    (problem,) = desk.said(f"{HEAD}criteria:\n  a: {criterion}\n")
    assert problem.startswith(said)


@pytest.mark.parametrize(
    ("criterion", "slug"),
    [
        ("{kind: coverage}", Slug.NO_DEMAND),
        ("{kind: components}", Slug.NO_DEMAND),
        ("{kind: score, weights: {b: 1}}", Slug.NO_DEMAND),
        ("{kind: quorum, of: [b], min: 0}", Slug.NO_DEMAND),
        ("{kind: quorum, of: [b, c], min: 3}", Slug.IMPOSSIBLE_DEMAND),
        ("{kind: tests, from: a, files: b}", Slug.BAD_VALUE),
    ],
)
def test_a_demand_that_is_none_or_cannot_be_met_has_a_slug_of_its_own(desk: Desk, criterion: str, slug: Slug) -> None:
    """Each leads to its own page of the docs."""
    (problem,) = desk.problems(f"{HEAD}criteria: {{a: {criterion}}}\n")
    assert problem.slug is slug


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: x\n", "1:1: criteria: missing key (no-criteria)"),
        ("criteria:\n", "1:1: criteria: missing key (no-criteria)"),
        ("criteria: {}\n", "2:1: criteria: no criterion is left to judge (no-criteria)"),
        ("criteria: [a]\n", "2:11: criteria: expected a mapping, not a list (bad-value)"),
        ("critera: {a: {kind: tests}}\n", "2:1: critera: unknown key; did you mean 'criteria'? (unknown-key)"),
        (f"evidence: []\n{ONE}", "2:11: evidence: expected a mapping, not a list (bad-value)"),
        (f"evidence: {{s: x}}\n{ONE}", "2:15: evidence.s: expected a mapping, not 'x' (bad-value)"),
        (f"evidence: {{s: {{}}}}\n{ONE}", "2:12: evidence.s.files: missing key (missing-key)"),
        (f"suppressions: no\n{ONE}", "2:15: suppressions: expected show or honour, not 'no' (bad-value)"),
        (
            f"name: My policy\n{ONE}",
            "2:7: name: expected a name in kebab-case, such as no-high-findings, not 'My policy'",
        ),
        ("criteria: {A_b: {kind: tests}}\n", "2:12: criteria.A_b: expected a name in kebab-case, such as"),
        ("criteria: {'': {kind: tests}}\n", "2:12: criteria.'': expected a name in kebab-case, such as"),
        (
            f"criteria: {{{'a' * 81}: {{kind: tests}}}}\n",
            f"2:12: criteria.'{'a' * 59}…': expected at most {LONGEST_NAME} characters, not",
        ),
    ],
)
def test_a_mistake_in_the_frame_is_told_in_plain_words(desk: Desk, text: str, said: str) -> None:
    """The keys of the policy itself, its sources and the ids of its criteria."""
    (problem,) = desk.said(HEAD + text)
    assert problem.startswith(said)


def test_the_longest_name_is_still_a_name(desk: Desk) -> None:
    """The limit itself is allowed."""
    assert desk.load(f"{HEAD}criteria: {{{'a' * LONGEST_NAME}: {{kind: tests}}}}\n").demands


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"waivers: {{file: w.yml}}\n{ONE}", "2:1: waivers: comes in a later release; remove it"),
        (f"baseline: b.json\n{ONE}", "2:1: baseline: comes in a later release; remove it"),
        (
            "criteria: {a: {kind: tests, locked: true}}\n",
            "2:29: criteria.a.locked: comes in a later release; remove it",
        ),
        ("criteria: {a: {kind: tests, no_removed: true}}\n", "2:29: criteria.a.no_removed: comes in a later release"),
        ("criteria: {a: {kind: tests, when: {changed: [a]}}}\n", "2:36: criteria.a.when.changed: comes in a later"),
        ("criteria: {a: {kind: findings, scope: new}}\n", "2:39: criteria.a.scope: 'new' comes in a later release"),
        ("criteria: {a: {kind: findings, scope: changed}}\n", "2:39: criteria.a.scope: 'changed' comes in a later"),
        ("criteria: {a: {kind: findings, grace: {high: 7d}}}\n", "2:32: criteria.a.grace: comes in a later release"),
        ("criteria: {a: {kind: coverage, lines: 1%, max_drop: 1}}\n", "2:43: criteria.a.max_drop: comes in a later"),
        ("criteria: {a: {kind: coverage, lines: 1%, changed_lines: 9%}}\n", "2:43: criteria.a.changed_lines: comes"),
    ],
)
def test_what_a_later_release_brings_is_refused_by_name(desk: Desk, text: str, said: str) -> None:
    """It is no unknown key: the language has it, and passing over it would judge less than was asked."""
    (problem,) = desk.said(HEAD + text)
    assert problem.startswith(said)
    assert problem.endswith("(not-yet)")


@pytest.mark.parametrize("kind", sorted(LATER_KINDS))
def test_a_kind_of_a_later_release_is_refused_by_name(desk: Desk, kind: str) -> None:
    """Whatever else the criterion says, nothing of it is judged yet."""
    assert desk.said(f"{HEAD}criteria: {{a: {{kind: {kind}, whatever: 1}}}}\n") == [
        f"2:22: criteria.a.kind: the kind '{kind}' comes in a later release; remove the criterion (not-yet)"
    ]


def test_a_key_that_only_another_kind_has_is_unknown(desk: Desk) -> None:
    """`scope: new` of findings comes later; tests never have a scope."""
    (problem,) = desk.problems(f"{HEAD}criteria: {{a: {{kind: tests, grace: 1}}}}\n")
    assert problem.slug is Slug.UNKNOWN_KEY


def test_every_mistake_is_told_at_once_in_the_order_of_the_file(desk: Desk) -> None:
    """Of YAML, of the frame, of criteria, and of what they say about each other."""
    text = f"""{HEAD}titel: x
evidence:
  a: {{fils: x}}
  a: {{files: x}}
criteria:
  one: {{kind: tests, from: b, level: mst}}
  two: {{kind: tests, from: b}}
  three: {{kind: quorum, of: [tow], min: all}}
  four: {{kind: coverage, lines: .nan}}
"""
    assert [said.split(";")[0] for said in desk.said(text)] == [
        "2:1: titel: unknown key",
        "4:7: evidence.a.fils: unknown key",
        "5:3: the key 'a' stands twice, first in line 4",
        "7:38: criteria.one.level: expected must, should or may, not 'mst'",
        "8:28: criteria.two.from: no source is called 'b'",
        "9:30: criteria.three: no criterion is called 'tow'",
        "10:33: .nan is not a number that can be compared (yaml-refused)",
    ]


def test_a_flood_of_mistakes_is_not_poured_out(desk: Desk) -> None:
    """A log of thousands of lines helps nobody."""
    exact = desk.said(in_findings(*(f"x{n}: 1" for n in range(MOST_PROBLEMS))))
    flood = desk.said(in_findings(*(f"x{n}: 1" for n in range(MOST_PROBLEMS + 7))))
    assert (len(exact), len(flood)) == (MOST_PROBLEMS, MOST_PROBLEMS + 1)
    assert "x99: unknown key" in exact[-1]
    assert flood[-1] == f"more than {MOST_PROBLEMS} mistakes: the rest is not shown (unknown-key)"


def test_hostile_names_stay_on_one_line(desk: Desk) -> None:
    """What an author of a fork writes into a key is quoted, cut, and never a line of its own."""
    (problem,) = desk.said(in_findings('"x\\n::error::pwned": 1'))
    assert problem == r"5:5: criteria.no-high.'x\n::error::pwned': unknown key (unknown-key)"
    assert all(
        len(said) < 400 for said in desk.said(in_findings(f"title: {{{'k' * 5000}: 1}}", f"level: {'x' * 5000}"))
    )


@pytest.mark.parametrize(
    "criteria",
    [
        '{"a\\nb": {kind: quorum, of: [x], min: all}}',
        '{"a\\nb": {kind: tests, from: "c\\nd"}}',
        '{"a\\nb": {kind: quorum, of: ["a\\nb"], min: all}}',
        '{"a\\nb": {kind: tests, format: "c\\nd"}}',
        '{"a\\nb": {kind: "c\\nd"}}',
        '{"a\\nb": {kind: value}}',
        '{"a\\nb": "c\\nd"}',
        '{a: {kind: findings, severity: {"c\\nd": tool}}}',
        '{a: {kind: score, categories: {"c\\nd": 1}, min: 1%}}',
        '{a: {kind: tests, level: "c\\nd"}}',
    ],
)
def test_every_message_is_one_line(desk: Desk, criteria: str) -> None:
    """A name out of a policy cannot begin a line of its own, where a runner would obey it."""
    said = desk.said(f"{HEAD}criteria: {criteria}\n")
    assert said
    assert all(problem.isprintable() for problem in said)

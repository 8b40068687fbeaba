"""The composer: YAML 1.2 scalars, places, and what is refused."""

import json
from decimal import Decimal

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from gate.errors import PolicyError
from gate.model.location import Location
from gate.model.problem import Slug
from gate.policy import yaml
from gate.policy.yaml import MAX_ALIASES, MAX_BYTES, MAX_DEPTH, MAX_DIGITS, MAX_NODES, compose, plain_value, scan
from tests.conftest import no_hang

FILE = Location("policy.yml")


def value_of(text: str) -> object:
    """The plain value of a text without problems."""
    return compose(text, "policy.yml").plain()


def refusals(text: str) -> list[str]:
    """What is refused in the text."""
    return [str(problem) for problem in scan(text, FILE).problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("y", "y"),
        ("2026-11-22", "2026-11-22"),
        ("12:30:45", "12:30:45"),
        ("1_000", "1_000"),
        ("0b1", "0b1"),
        ("70%", "70%"),
        ("7d", "7d"),
        ("tRUE", "tRUE"),
        ("nULL", "nULL"),
        (".", "."),
        ("1.2.3", "1.2.3"),
        ("e3", "e3"),
        ("+", "+"),
        ("٣", "٣"),
        ("0o8", "0o8"),
        ("-0x1F", "-0x1F"),
        ("", None),
        ("~", None),
        ("Null", None),
        ("TRUE", True),
        ("False", False),
        ("0", 0),
        ("-12", -12),
        ("+12", 12),
        ("007", 7),
        ("0o17", 15),
        ("0x1F", 31),
        ("70.10", Decimal("70.10")),
        (".5", Decimal("0.5")),
        ("5.", Decimal(5)),
        ("-1e3", Decimal(-1000)),
        ("1E-3", Decimal("0.001")),
    ],
)
def test_unquoted_scalars_follow_the_core_schema_of_yaml_1_2(text: str, value: object) -> None:
    """What YAML 1.1 makes of `no`, dates and sixties stays text; numbers are exact."""
    found = plain_value(text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("text", ["'5'", '"5"', "|-\n  5", ">-\n  5"])
def test_quoted_and_block_scalars_are_text(text: str) -> None:
    """Only the plain style has types."""
    assert value_of(f"a: {text}") == {"a": "5"}


@pytest.mark.parametrize(
    "text", [".inf", "-.INF", ".nan", "1e41", "1e-41", "9" * (MAX_DIGITS + 1), "0." + "1" * MAX_DIGITS]
)
def test_numbers_that_cannot_be_compared_are_refused(text: str) -> None:
    """Neither infinity nor a number that would fill the memory once it is a fraction."""
    assert scan(f"a: {text}", FILE).problems[0].slug is Slug.YAML_REFUSED


def test_the_longest_number_is_still_a_number() -> None:
    """The limit counts characters, and 40 of them are allowed."""
    assert value_of("a: " + "9" * MAX_DIGITS) == {"a": int("9" * MAX_DIGITS)}
    assert value_of("a: 1e40") == {"a": Decimal("1e40")}


def test_every_key_and_every_value_knows_its_place() -> None:
    """Lines and columns count from 1, and point to the first character."""
    root = compose("a: 1\nbé:\n  - x\n  - {c: 'y'}\n", "policy.yml")
    second = root.members["bé"]
    inner = second.node.items[1].members["c"]
    assert str(root.members["a"].node.at) == "policy.yml:1:4"
    assert str(second.at) == "policy.yml:2:1"
    assert str(second.node.items[0].at) == "policy.yml:3:5"
    assert (str(inner.at), str(inner.node.at)) == ("policy.yml:4:6", "policy.yml:4:9")


def test_a_place_in_the_workspace_stays_one() -> None:
    """Whether the file is in the workspace is known to the caller, and kept with every place."""
    root = scan("a: 1", Location("policy.yml", placed=True)).root
    assert root is not None
    assert root.members["a"].at.placed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\na: 2", "policy.yml:2:1: the key 'a' stands twice, first in line 1; keep one of them (duplicate-key)"),
        ("a: !x 1", "policy.yml:1:4: the tag '!x' is refused; write the plain value (yaml-refused)"),
        (
            "a: !!str 1",
            "policy.yml:1:4: the tag 'tag:yaml.org,2002:str' is refused; write the plain value (yaml-refused)",
        ),
        ("a: ! 1", "policy.yml:1:4: the tag '!' is refused; write the plain value (yaml-refused)"),
        ("!x\na: 1", "policy.yml:1:1: the tag '!x' is refused; write the plain value (yaml-refused)"),
        ("<<: {a: 1}", "policy.yml:1:1: merge keys are refused; write the keys out, or use `extends` (yaml-refused)"),
        ("1: a", "policy.yml:1:1: a key is a text, and '1' is none; put it in quotes (yaml-refused)"),
        ("null: a", "policy.yml:1:1: a key is a text, and 'null' is none; put it in quotes (yaml-refused)"),
        ("[a]: b", "policy.yml:1:1: a key is a text, not an alias, a list or a mapping (yaml-refused)"),
        ("a: &x b\n*x : c", "policy.yml:2:1: a key is a text, not an alias, a list or a mapping (yaml-refused)"),
        (
            "a: 1\n---\nb: 2",
            "policy.yml:2:1: a second document begins here; keep one document in a file (yaml-refused)",
        ),
        ("a: *x", "policy.yml:1:4: no anchor 'x' ends before this alias (yaml-refused)"),
        ("&x [*x]", "policy.yml:1:5: no anchor 'x' ends before this alias (yaml-refused)"),
        ("a: &x 1\nb: &x [*x]", "policy.yml:2:8: no anchor 'x' ends before this alias (yaml-refused)"),
        ('a: "\\x1b[31m"', "policy.yml:1:4: holds the control character U+001B (yaml-refused)"),
        ("a: 1\nb: \x00", "policy.yml:2:4: holds the control character U+0000 (yaml-syntax)"),
        ("a: .nan", "policy.yml:1:4: .nan is not a number that can be compared (yaml-refused)"),
    ],
)
def test_what_a_policy_never_needs_is_refused_at_its_place(text: str, said: str) -> None:
    """The message names the construct, its place and what to write instead."""
    assert refusals(text) == [said]


def test_everything_that_is_refused_is_told_at_once() -> None:
    """Only broken syntax ends the reading; all else is noted, and the rest is read."""
    composed = scan("a: 1\na: 2\n<<: {}\nb: !x [c]\n5: d\n", FILE)
    assert [problem.at and problem.at.line for problem in composed.problems] == [2, 3, 4, 5]
    assert composed.root is not None
    assert composed.root.plain() == {"a": 1, "b": ["c"]}


def test_compose_raises_everything_that_is_refused() -> None:
    """For callers who want a tree or nothing."""
    with pytest.raises(PolicyError) as refused:
        compose("a: 1\na: 2\n<<: {}", "policy.yml")
    assert [problem.slug for problem in refused.value.problems] == [Slug.DUPLICATE_KEY, Slug.YAML_REFUSED]


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "\ufeff"])
def test_a_text_without_a_document_has_no_root(text: str) -> None:
    """Which is no problem of YAML; `compose`, which must return a tree, refuses it."""
    assert scan(text, FILE) == yaml.Composed(None, ())
    with pytest.raises(PolicyError, match="holds nothing"):
        compose(text, "policy.yml")


def test_a_byte_order_mark_is_passed_over() -> None:
    """Editors on Windows write one."""
    assert value_of("\ufeffa: 1") == {"a": 1}


def test_syntax_errors_name_the_line() -> None:
    """The parser's own words, without the excerpt that it would print; the end of the file is in its last line."""
    assert refusals("a: b: c") == [
        "policy.yml:1:5: not YAML: mapping values are not allowed in this context (yaml-syntax)"
    ]
    assert refusals("a: 1\nb: [1,\n  2") == [
        "policy.yml:3: not YAML: did not find expected ',' or ']', while parsing a flow sequence (yaml-syntax)"
    ]


def test_aliases_stand_for_what_their_anchor_holds() -> None:
    """A list may be written once and used twice."""
    assert value_of("a: &x [1, 2]\nb: *x") == {"a": [1, 2], "b": [1, 2]}


def test_aliases_are_allowed_within_bounds() -> None:
    """As many as the limit says, and not one more."""
    assert refusals("- &x 1\n" + "- *x\n" * MAX_ALIASES) == []
    assert refusals("- &x 1\n" + "- *x\n" * (MAX_ALIASES + 1)) == [
        f"policy.yml:{MAX_ALIASES + 2}:3: more than {MAX_ALIASES} aliases (yaml-refused)"
    ]


def test_nesting_is_allowed_within_bounds() -> None:
    """As deep as the limit says, and not one level more."""
    assert refusals("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert refusals("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == [
        f"policy.yml:1:{MAX_DEPTH + 1}: nested more than {MAX_DEPTH} levels deep (yaml-refused)"
    ]


def test_an_alias_is_as_deep_as_what_it_stands_for() -> None:
    """Depth cannot be built up by aliases of aliases."""
    half = MAX_DEPTH // 2
    anchor = f"- &x {'[' * half}{']' * half}\n"
    assert refusals(f"{anchor}- {'[' * (half - 1)}*x{']' * (half - 1)}") == []
    assert "levels deep" in refusals(f"{anchor}- {'[' * half}*x{']' * half}")[0]


def test_an_expansion_bomb_does_not_go_off() -> None:
    """Nodes count once for every time that they would be expanded."""
    lines = ["a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 4)}]" for n in range(1, 9)]
    with no_hang():
        assert f"more than {MAX_NODES} values" in refusals("\n".join(lines))[0]


def test_size_is_bounded() -> None:
    """A text of the limit is read, one character more is not."""
    assert refusals("#" * MAX_BYTES) == []
    assert scan("#" * (MAX_BYTES + 1), FILE).problems[0].slug is Slug.OVER_LIMIT


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{" * 100_000, "- " * 100_000, "? " * 100_000, "&a " * 100_000, "!" * 100_000, "a: " * 100_000],
    ids=["[", "{", "-", "?", "&", "!", ":"],
)
def test_endless_nesting_is_refused_and_not_followed(text: str) -> None:
    """A stack overflow of the C library would end the process without a word."""
    with no_hang():
        assert len(refusals(text)) == 1


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80) | st.text("ab:- \n[]{},&*!|>'\"?#%~.0", max_size=60))
def test_no_text_makes_the_composer_raise(text: str) -> None:
    """Whatever it is given, it tells what is wrong, or has a root, or there is nothing."""
    composed = scan(text, FILE)
    assert composed.root is not None or composed.problems or pyyaml.compose(text, Loader=pyyaml.CSafeLoader) is None


@given(st.text("ab:- \n[]{},'\"?#~0", max_size=40))
def test_both_parsers_of_pyyaml_give_the_same_tree(text: str) -> None:
    """Without libyaml the gate is slower, not different."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "_Loader", pyyaml.SafeLoader)
        slow = scan(text, FILE)
    fast = scan(text, FILE)
    if fast.root and slow.root:
        assert fast.root.plain() == slow.root.plain()


@pytest.mark.parametrize("escape", [r"\UFFFFFFFF", r"\U00110000", r"\uD800"])
def test_an_escape_that_names_no_character_is_refused_by_both_parsers(escape: str) -> None:
    """The pure Python one leaves it to `chr`, which raises, or makes half of a pair."""
    assert len(refusals(f'a: "{escape}"')) == 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "_Loader", pyyaml.SafeLoader)
        (said,) = refusals(f'a: "{escape}"')
        assert said.isprintable()


_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(alphabet=st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=4),
    max_leaves=12,
)


@given(_json)
def test_json_is_read_as_what_it_says(value: object) -> None:
    """JSON is YAML, and Python's writer of it knows nothing of the composer."""
    composed = scan(json.dumps(value, ensure_ascii=False), FILE)
    if composed.problems:
        assert all("control character" in problem.message for problem in composed.problems)
    else:
        assert composed.root is not None
        assert composed.root.plain() == value

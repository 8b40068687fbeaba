"""SPDX licence expressions, judged by lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.criteria.licenses import Standing, allowable, deniable, standing
from tests.conftest import no_hang


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("MIT", Standing.GOOD),
        ("mit", Standing.GOOD),
        (" MIT ", Standing.GOOD),
        ("ISC", Standing.BAD),
        ("MIT OR ISC", Standing.GOOD),
        ("ISC OR GPL-3.0-only", Standing.BAD),
        ("MIT AND ISC", Standing.BAD),
        ("MIT AND BSD-3-Clause", Standing.GOOD),
        ("(MIT OR ISC) AND BSD-3-Clause", Standing.GOOD),
        ("MIT AND (ISC OR GPL-3.0-only)", Standing.BAD),
        ("Foo-1.0", Standing.UNKNOWN),
        ("MIT OR Foo-1.0", Standing.GOOD),
        ("MIT AND Foo-1.0", Standing.UNKNOWN),
        ("ISC AND Foo-1.0", Standing.BAD),
        ("ISC OR Foo-1.0", Standing.UNKNOWN),
        ("NOASSERTION", Standing.UNKNOWN),
        ("LicenseRef-own", Standing.UNKNOWN),
        ("Classpath-exception-2.0", Standing.UNKNOWN),
        ("", Standing.UNKNOWN),
        ("MIT OR", Standing.UNKNOWN),
        ("(MIT", Standing.UNKNOWN),
        ("MIT/ISC", Standing.UNKNOWN),
        ("License :: OSI Approved :: MIT License", Standing.UNKNOWN),
    ],
)
def test_best_choice_of_or_and_worst_part_of_and(expression: str, expected: Standing) -> None:
    """Who may choose chooses well; who must obey all must like all. What is not known is never good."""
    assert standing(expression, ("MIT", "BSD-3-Clause"), ()) is expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("MIT", Standing.GOOD),
        ("GPL-3.0-only", Standing.BAD),
        ("GPL-3.0", Standing.BAD),
        ("GPL-3.0+", Standing.BAD),
        ("LGPL-3.0-only", Standing.GOOD),
        ("MIT OR GPL-3.0-only", Standing.GOOD),
        ("MIT AND GPL-3.0-only", Standing.BAD),
        ("GPL-2.0-only WITH Classpath-exception-2.0", Standing.BAD),
        ("GNU GPL", Standing.UNKNOWN),
    ],
)
def test_denied_family_is_denied_in_every_spelling(expression: str, expected: Standing) -> None:
    """Old identifiers and exceptions do not lead around it; names that SPDX does not know are unknown, not allowed."""
    assert standing(expression, None, ("GPL-*",)) is expected


def test_identifiers_are_compared_as_spdx_spells_them_today() -> None:
    """`GPL-2.0+` is GPL-2.0-or-later, on both sides."""
    assert standing("GPL-2.0-or-later", None, ("GPL-2.0+",)) is Standing.BAD
    assert standing("GPL-2.0+", ("GPL-2.0-or-later",), ()) is Standing.GOOD


def test_allowed_licence_is_not_allowed_with_an_exception_that_nobody_named() -> None:
    """What an exception changes is for the policy's author to read."""
    expression = "GPL-2.0-only WITH Classpath-exception-2.0"
    assert standing(expression, ("GPL-2.0-only",), ()) is Standing.BAD
    assert standing(expression, (expression,), ()) is Standing.GOOD


def test_exception_that_is_named_is_allowed_although_its_licence_is_denied() -> None:
    """The more exact entry wins; every other exception stays denied."""
    allow = ("MIT", "GPL-2.0-only WITH Classpath-exception-2.0")
    assert standing("GPL-2.0-only WITH Classpath-exception-2.0", allow, ("GPL-*",)) is Standing.GOOD
    assert standing("GPL-2.0-only WITH GCC-exception-2.0", allow, ("GPL-*",)) is Standing.BAD
    assert standing("GPL-2.0-only", allow, ("GPL-*",)) is Standing.BAD


def test_deny_wins_where_both_lists_match() -> None:
    """A wide permission does not undo a narrow refusal, nor the other way round."""
    assert standing("AGPL-3.0-only", ("*",), ("AGPL-*",)) is Standing.BAD
    assert standing("AGPL-3.0-only", ("AGPL-3.0-only",), ("AGPL-*",)) is Standing.BAD


def test_name_that_is_allowed_is_allowed() -> None:
    """Many SBOMs have names in place of identifiers."""
    assert standing("BSD  License", ("BSD License",), ()) is Standing.GOOD
    assert standing("MIT/X11", ("MIT/X11",), ()) is Standing.GOOD
    assert standing("BSD License v2", ("BSD License",), ()) is Standing.UNKNOWN


def test_wildcard_reaches_known_licences_only() -> None:
    """Otherwise `*` would allow what nobody knows; references are reached by their own prefix."""
    assert standing("Foo-1.0", ("*",), ()) is Standing.UNKNOWN
    assert standing("LicenseRef-own", ("*",), ()) is Standing.UNKNOWN
    assert standing("LicenseRef-own", ("LicenseRef-*",), ()) is Standing.GOOD
    assert standing("DocumentRef-d:LicenseRef-own", ("DocumentRef-*",), ()) is Standing.GOOD


@pytest.mark.parametrize("expression", ["MIT WITH MIT", "MIT WITH Foo-exception", "Foo WITH Classpath-exception-2.0"])
def test_exception_must_be_one(expression: str) -> None:
    """A licence behind WITH means nothing."""
    assert standing(expression, None, ()) is Standing.UNKNOWN


@pytest.mark.parametrize(
    "entry", ["MIT", "mit", "GPL-*", "GPL-2.0+", "LicenseRef-own", "Apache-2.0 WITH LLVM-exception"]
)
def test_entry_that_can_match_is_taken_by_both_lists(entry: str) -> None:
    """Identifiers in any case, globs, references, exceptions."""
    assert allowable(entry) == deniable(entry) == entry


@pytest.mark.parametrize(
    ("entry", "meant"),
    [("MTI", "MIT"), ("Apache 2.0", "Apache-2.0"), ("GPL 3.0", "GPL-3.0-only"), ("MIT OR ISC", "one licence an entry")],
)
def test_slip_of_the_pen_is_refused_by_both_lists(entry: str, meant: str) -> None:
    """With what was probably meant."""
    for check in (allowable, deniable):
        with pytest.raises(ValueError, match=meant):
            check(entry)


@pytest.mark.parametrize("entry", ["BSD License", "Expat", "Zzz-*", "GPL-2.0-only WITH Foo"])
def test_denying_what_never_matches_is_refused(entry: str) -> None:
    """An entry that stops nothing would pass for protection."""
    with pytest.raises(ValueError, match="is no SPDX licence identifier"):
        deniable(entry)


@pytest.mark.parametrize("entry", ["BSD License", "Expat", "public-domain", "MIT/X11"])
def test_allowing_another_name_is_taken(entry: str) -> None:
    """At worst it allows nothing."""
    assert allowable(entry) == entry


def test_identifier_cut_short_is_refused() -> None:
    """`Apache` allows nothing, and was meant to allow much."""
    with pytest.raises(ValueError, match=r"did you mean 'Apache-2\.0'"):
        allowable("Apache")


@pytest.mark.parametrize(
    "expression",
    [
        "(" * 100_000,
        "MIT OR " * 100_000,
        "(" * 1500 + "MIT" + ")" * 1500,
        "MIT AND " * 400 + "MIT",
        "a" * 3999,
        "\0\ud800",
    ],
    ids=range(6),
)
def test_hostile_expression_is_judged_in_no_time(expression: str) -> None:
    """It is some licence or unknown; it never raises."""
    with no_hang():
        assert standing(expression, ("ISC",), ("GPL-*",)) is not Standing.GOOD


@given(
    st.lists(st.sampled_from(["MIT", "GPL-3.0-only", "(", ")", " OR ", " AND ", " WITH ", "x", "/", "+", "\0", " "]))
)
def test_any_text_is_some_licence_or_unknown(tokens: list[str]) -> None:
    """Whatever the library makes of it, nothing is raised, and nothing is good that does not name what is allowed."""
    expression = "".join(tokens)
    judged = standing(expression, ("MIT",), ("GPL-*",))
    assert judged is not Standing.GOOD or "MIT" in expression


@pytest.mark.parametrize("expression", ["()", "( AND MIT", "() OR MIT", "MIT OR ()"])
def test_expression_that_breaks_the_library_is_unknown(expression: str) -> None:
    """It raises more than its own errors."""
    assert standing(expression, ("MIT",), ()) is Standing.UNKNOWN

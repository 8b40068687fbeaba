"""SARIF as real tools write it (see sarif/make.sh), and as nobody should."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.errors import EvidenceError
from gate.formats.sarif import read
from gate.model.finding import Finding
from gate.model.severity import Severity
from gate.model.tools import scale_of, withholds_message
from tests.formats.sariflogs import findings_in, statements_in, unless_refused

FOLDER = Path(__file__).parent / "sarif"
FILES = {path.stem: path.read_bytes() for path in sorted(FOLDER.glob("*.sarif"))}


def severities(content: bytes) -> dict[str, Severity]:
    """The severity of each rule's findings, as `collect` will stamp it."""
    return {
        finding.rule: scale_of(finding.tool, rule=finding.rule).decide(finding.ratings)[0]
        for finding in findings_in(content)
    }


@pytest.mark.parametrize("name", FILES)
def test_every_result_of_a_real_tool_is_a_finding_with_place_and_message(name: str) -> None:
    """None of these tools writes results that are no findings."""
    results = [result for run in json.loads(FILES[name])["runs"] for result in run["results"]]
    found = findings_in(FILES[name])
    assert len(found) == len(results)
    assert all(finding.at and finding.at.line and finding.message and finding.rule for finding in found)
    assert Counter(finding.rule for finding in found) == Counter(result["ruleId"] for result in results)


@pytest.mark.parametrize("name", FILES)
def test_every_real_tool_is_rated(name: str) -> None:
    """Not one finding of a tool that was looked at is left unrated."""
    assert Severity.UNRATED not in severities(FILES[name]).values()


@pytest.mark.parametrize(
    ("name", "tool", "version"),
    [
        ("bandit", "Bandit", "1.9.4"),
        ("checkov", "Checkov", "3.3.30"),
        ("hadolint", "Hadolint", "2.15.1"),
        ("kingfisher", "kingfisher", "2.14.0"),
        ("ruff", "ruff", "0.17.6"),
        ("semgrep", "Semgrep OSS", "1.182.0"),
        ("trivy", "Trivy", "0.76.0"),
        ("zizmor", "zizmor", "1.32.0"),
    ],
)
def test_tools_say_who_they_are(name: str, tool: str, version: str) -> None:
    """Name and version as the file has them."""
    (statement,) = statements_in(FILES[name])
    assert (statement.tool, statement.version) == (tool, version)


def test_bandits_own_severity_shows_through() -> None:
    """MEDIUM has no level in bandit's SARIF."""
    rated = severities(FILES["bandit"])
    assert (rated["B602"], rated["B102"], rated["B101"]) == (Severity.HIGH, Severity.MEDIUM, Severity.LOW)


def test_bandit_could_not_parse_a_file_and_says_so() -> None:
    """Its run succeeded, and yet it has not looked at everything."""
    (statement,) = statements_in(FILES["bandit"])
    assert len(statement.faults) == 1
    assert not statements_in(FILES["bandit-clean"])[0].faults


def test_a_clean_scan_is_evidence() -> None:
    """No finding, and a statement that proves that there is none."""
    (statement,) = statements_in(FILES["bandit-clean"])
    assert statement.proves == {Finding}
    assert not statement.hollow
    assert not findings_in(FILES["bandit-clean"])


def test_linters_that_mark_everything_error_are_told_apart() -> None:
    """Security rules are medium, a file that does not parse is high."""
    ruff, flake8 = severities(FILES["ruff"]), severities(FILES["flake8"])
    assert (ruff["S602"], ruff["invalid-syntax"]) == (Severity.MEDIUM, Severity.HIGH)
    assert (flake8["S602"], flake8["E999"]) == (Severity.MEDIUM, Severity.HIGH)


def test_trivys_score_is_worse_than_its_level() -> None:
    """`error` is high, 9.5 is critical: the worst field decides."""
    assert severities(FILES["trivy"])["DS-0010"] is Severity.CRITICAL


def test_semgreps_rules_carry_the_levels() -> None:
    """ERROR, WARNING and INFO."""
    assert severities(FILES["semgrep"]) == {
        "rules.shell-true": Severity.HIGH,
        "rules.md5": Severity.MEDIUM,
        "rules.assertion": Severity.LOW,
    }


def test_a_nosem_comment_is_a_suppression_without_a_reason() -> None:
    """It is listed, and it still counts."""
    marks = [finding.suppressions for finding in findings_in(FILES["semgrep"]) if finding.suppressions]
    assert [(mark.kind, mark.status, mark.can_be_honoured) for (mark,) in marks] == [("inSource", "accepted", False)]


def test_secrets_for_review_are_found_and_withheld() -> None:
    """Kingfisher marks every secret `review`."""
    (secret,) = findings_in(FILES["kingfisher"])
    assert str(secret.at) == "src/settings.py:1:9"
    assert withholds_message(secret)


@pytest.mark.parametrize(
    ("name", "rules"),
    [("bandit", {"B105"}), ("flake8", {"S105"}), ("ruff", {"S105"}), ("trivy", {"github-pat"}), ("semgrep", set())],
)
def test_rules_that_quote_secrets_are_known(name: str, rules: set[str]) -> None:
    """Of a general scanner only these lose their message."""
    assert {finding.rule for finding in findings_in(FILES[name]) if withholds_message(finding)} == rules


def test_absolute_uris_and_bases_keep_what_is_needed_to_place_them() -> None:
    """Ruff writes file URIs, Trivy and flake8 a base."""
    assert {str(finding.at.path).partition("/src/")[0] for finding in findings_in(FILES["ruff"]) if finding.at} == {
        "/srv/service"
    }
    assert statements_in(FILES["trivy"])[0].roots == ("/srv/service/",)


@given(st.sampled_from(sorted(FILES)), st.floats(0, 1, exclude_max=True))
def test_a_cut_off_report_is_refused(name: str, share: float) -> None:
    """At whatever byte a file ends early, it is an EvidenceError and nothing else."""
    content = FILES[name].rstrip()
    with pytest.raises(EvidenceError):
        list(read(content[: int(share * len(content))]))


def paths_in(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The place of every value in a JSON document, the document itself left out."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*path, key)
        yield from paths_in(one, (*path, key))


FAR = 50_000
"""Nesting that no interpreter follows."""
PLACES = [(name, path) for name, content in FILES.items() for path in paths_in(json.loads(content))]
VALUES: list[Any] = [None, True, 0, -1, 10**30, 1.5, "", "x", "\ud800", [], ["x"], [[]], {}, {"x": 1}, [{"x": None}]]


@given(st.sampled_from(PLACES), st.sampled_from(VALUES))
def test_a_value_of_another_type_is_refused_or_loses_nothing(
    place: tuple[str, tuple[str | int, ...]], value: object
) -> None:
    """Every type change ends in an EvidenceError, in as many findings, or in a run that is no evidence."""
    name, path = place
    document = json.loads(FILES[name])
    target = document
    for step in path[:-1]:
        target = target[step]
    if type(target[path[-1]]) is type(value):
        return
    target[path[-1]] = value
    changed = json.dumps(document).encode()
    if outcome := unless_refused(read, changed):
        found, statements = outcome
        hollow = all(statement.hollow for statement in statements)
        assert hollow or len(found) >= len(findings_in(FILES[name]))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "tool",
                        "driver",
                        "results",
                        "rules",
                        "locations",
                        "message",
                        "invocations",
                        "ruleId",
                        "properties",
                        "text",
                    ]
                ),
                inner,
            )
        ),
    )
)
def test_whatever_stands_in_a_run_is_read_or_refused(run: object) -> None:
    """No other exception, whatever the shape."""
    outcome = unless_refused(read, json.dumps({"version": "2.1.0", "runs": [run]}).encode())
    assert outcome is None or len(outcome[1]) == 1


@pytest.mark.parametrize("depth", [200, 900, 2_000, 100_000])
def test_deep_nesting_is_read_or_refused(depth: int) -> None:
    """In a property bag, in a message's arguments, and where members are renamed."""
    deep = "[" * depth + "]" * depth
    for member in (
        f'"properties": {{"severity": {deep}, "tags": {deep}}}',
        f'"message": {{"text": "{{0}}", "arguments": [{deep}]}}',
        f'"rule_id": "x", "web_request": {deep}',
    ):
        outcome = unless_refused(read, f'{{"version": "2.1.0", "runs": [{{"results": [{{{member}}}]}}]}}'.encode())
        assert (outcome is None or len(outcome[0]) == 1) if depth < FAR else outcome is None

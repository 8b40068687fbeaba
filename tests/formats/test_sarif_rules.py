"""SARIF: which rule a result means, what it says, and what rates it."""

from typing import Any

import pytest

from gate.model.problem import Slug
from gate.model.severity import RatingSource
from tests.formats.sariflogs import a_log, a_result, a_run, as_dict, finding_of, findings_in, ratings_of, statement_of

ERROR_RULE = {"id": "R1", "defaultConfiguration": {"level": "error"}, "helpUri": "https://example.org/R1"}
NOTE_RULE = {"id": "R2", "defaultConfiguration": {"level": "note"}}


def test_a_rule_is_found_by_id_or_by_index() -> None:
    """With the index alone, the rule gives the finding its id."""
    by_id = finding_of(a_result(ruleId="R2", level=...), rules=[ERROR_RULE, NOTE_RULE])
    assert as_dict(by_id.ratings) == {"rule level": "note"}
    by_index = finding_of(a_result(ruleId=..., ruleIndex=0, level=...), rules=[ERROR_RULE, NOTE_RULE])
    assert (by_index.rule, by_index.help_uri) == ("R1", "https://example.org/R1")
    assert as_dict(by_index.ratings) == {"rule level": "error"}


def test_where_id_and_index_disagree_the_id_wins_and_it_is_remarked() -> None:
    """Hundreds of real results have an index that belongs to another rule."""
    run = a_run(a_result(ruleIndex=1, level=...), rules=[ERROR_RULE, NOTE_RULE])
    (finding,) = findings_in(a_log(run))
    assert as_dict(finding.ratings) == {"rule level": "error"}
    (remark,) = statement_of(a_result(ruleIndex=1), rules=[ERROR_RULE, NOTE_RULE]).remarks
    assert remark.slug is Slug.CONTRADICTION
    assert "1 results" in remark.message


@pytest.mark.parametrize("index", [None, -1, 0])
def test_agreeing_or_absent_indices_are_not_remarked(index: int | None) -> None:
    """-1 is SARIF's way to say that there is none."""
    assert not statement_of(a_result(ruleIndex=index), rules=[ERROR_RULE]).remarks


def test_an_id_that_names_no_rule_takes_the_worse_of_default_and_index() -> None:
    """The index may be what was meant: a worse level counts, a milder one cannot excuse."""
    worse = ratings_of(a_result(ruleId="X", ruleIndex=0, level=...), rules=[ERROR_RULE])
    assert worse == {"level of the indexed rule": "error", "level by default": "warning"}
    milder = ratings_of(a_result(ruleId="X", ruleIndex=0, level=...), rules=[NOTE_RULE])
    assert milder == {"level of the indexed rule": "note", "level by default": "warning"}


def test_a_hierarchical_id_belongs_to_the_rule_above_it() -> None:
    """Section 3.5.4: `R1/4/a` is a case of R1, unless it is listed itself."""
    assert ratings_of(a_result(ruleId="R1/4/a", level=...), rules=[ERROR_RULE]) == {"rule level": "error"}
    own = {"id": "R1/4", "defaultConfiguration": {"level": "note"}}
    assert ratings_of(a_result(ruleId="R1/4", level=...), rules=[ERROR_RULE, own]) == {"rule level": "note"}
    assert finding_of(a_result(ruleId="R1/4/a"), rules=[ERROR_RULE]).rule == "R1/4/a"


@pytest.mark.parametrize(
    "component",
    [{"index": 0}, {"guid": "g-1"}, {"name": "codeql/python-queries"}, {"index": -1, "name": "codeql/python-queries"}],
)
def test_rules_of_extensions_are_reached_through_the_tool_component(component: dict[str, Any]) -> None:
    """CodeQL keeps its rules in packs; the index counts within the pack, and the result may have no `ruleId`."""
    pack = {"name": "codeql/python-queries", "guid": "g-1", "rules": [NOTE_RULE, {**ERROR_RULE, "id": "py/sql"}]}
    run = a_run(a_result(ruleId=..., level=..., rule={"index": 1, "toolComponent": component}), rules=[NOTE_RULE])
    run["tool"]["extensions"] = [pack]
    (finding,) = findings_in(a_log(run))
    assert finding.rule == "py/sql"
    assert as_dict(finding.ratings) == {"rule level": "error"}


def test_a_rule_of_an_extension_is_found_by_id_without_a_component() -> None:
    """Several writers name the id only."""
    run = a_run(a_result(ruleId="py/sql", level=...))
    run["tool"]["extensions"] = [{"name": "pack", "rules": [{**ERROR_RULE, "id": "py/sql"}]}]
    (finding,) = findings_in(a_log(run))
    assert as_dict(finding.ratings) == {"rule level": "error"}


def test_a_rule_is_found_by_guid() -> None:
    """The last way of section 3.52 to name a rule."""
    rules = [NOTE_RULE, {**ERROR_RULE, "guid": "g-7"}]
    assert finding_of(a_result(ruleId=..., rule={"guid": "g-7"}), rules=rules).rule == "R1"


def test_own_level_comes_before_the_rules() -> None:
    """3.27.10, first case."""
    assert ratings_of(a_result(level="note"), rules=[ERROR_RULE]) == {"level": "note"}


def test_configured_levels_come_before_the_rules_default() -> None:
    """Only the invocation that found the result, where it is named; else any, and the worst will decide."""
    invocations = [
        {"ruleConfigurationOverrides": [{"descriptor": {"id": "R1"}, "configuration": {"level": level}}]}
        for level in ("note", "warning")
    ]
    first = a_result(level=..., provenance={"invocationIndex": 0})
    assert ratings_of(first, rules=[ERROR_RULE], invocations=invocations) == {"configured level": "note"}
    anywhere = finding_of(a_result(level=...), rules=[ERROR_RULE], invocations=invocations)
    assert [rating.value for rating in anywhere.ratings] == ["note", "warning"]
    third = a_result(level=..., provenance={"invocationIndex": 2})
    assert ratings_of(third, rules=[ERROR_RULE], invocations=invocations) == {"rule level": "error"}


def test_an_absent_level_is_a_warning_where_the_run_grades() -> None:
    """Bandit writes no level for MEDIUM: SARIF's default is warning."""
    graded, silent = findings_in(a_log(a_run(a_result(), a_result(level=...))))
    assert as_dict(graded.ratings) == {"level": "error"}
    assert as_dict(silent.ratings) == {"level by default": "warning"}


def test_a_score_anywhere_means_that_the_run_grades() -> None:
    """A rule with a score is a grade too."""
    rules = [{"id": "R2", "properties": {"security-severity": "5.0"}}]
    assert ratings_of(a_result(level=...), rules=rules) == {"level by default": "warning"}


@pytest.mark.parametrize("level", [..., None, ""])
def test_a_run_that_grades_nothing_leaves_its_findings_unrated(level: object) -> None:
    """A secret scanner without levels has no warnings: nobody rated its findings."""
    assert ratings_of(a_result(level=level), rules=[{"id": "R1"}]) == {}


@pytest.mark.parametrize("kind", ["review", "open"])
def test_a_level_that_the_kind_forces_says_nothing(kind: str) -> None:
    """With another kind than fail the level must be `none` (3.27.10); a secret to review is not harmless."""
    others = a_run(a_result(), a_result(kind=kind, level="none"), a_result(kind=kind, level=...))
    _, forced, absent = findings_in(a_log(others))
    assert forced.ratings == absent.ratings == ()
    assert ratings_of(a_result(kind=kind, level="error")) == {"level": "error"}


@pytest.mark.parametrize(
    ("value", "rating", "source"),
    [
        ("9.8", "9.8", RatingSource.SCORE),
        (7, "7", RatingSource.SCORE),
        (0.0, "0.0", RatingSource.SCORE),
        ("HIGH", "HIGH", RatingSource.TOOL),
        ("99", "99", RatingSource.TOOL),
        ([9.8], "not a word", RatingSource.TOOL),
        ({"score": 1}, "not a word", RatingSource.TOOL),
    ],
)
def test_security_severity_is_a_text_a_number_or_a_word(value: object, rating: str, source: RatingSource) -> None:
    """On the rule and on the result; whatever else stands there rates nothing, and is kept so that it shows."""
    on_rule = finding_of(a_result(), rules=[{"id": "R1", "properties": {"security-severity": value}}])
    assert (on_rule.ratings[0].field, on_rule.ratings[0].value) == ("rule security-severity", rating)
    assert on_rule.ratings[0].source is source
    on_result = finding_of(a_result(properties={"security-severity": value}))
    assert (on_result.ratings[0].field, on_result.ratings[0].source) == ("result security-severity", source)


@pytest.mark.parametrize("value", ["", None])
def test_an_empty_score_is_none(value: object) -> None:
    """Dependency-Track writes an empty text where it has no score."""
    assert ratings_of(a_result(properties={"security-severity": value})) == {"level": "error"}


@pytest.mark.parametrize(
    ("name", "value"),
    [("issue_severity", "MEDIUM"), ("zizmor/severity", "High"), ("severity", "low"), ("DevSkimSeverity", "Critical")],
)
def test_the_tools_own_severity_is_a_rating(name: str, value: str) -> None:
    """Any property whose name ends in `severity`."""
    assert ratings_of(a_result(properties={name: value})) == {f"result {name}": value, "level": "error"}


def test_severities_within_and_beside_are_told_apart() -> None:
    """A nested bag counts, a grade within a severity does not, and a tag may be the severity itself."""
    nested = {"problem": {"severity": "low"}, "sub-severity": "high", "severityRank": 1, "tags": ["HIGH", "security"]}
    assert ratings_of(a_result(properties=nested)) == {
        "result problem.severity": "low",
        "result tags": "HIGH",
        "level": "error",
    }


def test_cwe_numbers_come_from_tags_properties_and_taxa() -> None:
    """Each number once, whichever way it is written."""
    cwe = {"target": {"id": "22", "toolComponent": {"name": "CWE"}}}
    other = {"target": {"id": "99", "toolComponent": {"name": "OWASP"}}}
    rule = {
        "id": "R1",
        "properties": {"tags": ["external/cwe/cwe-079", "CWE-78: Injection"]},
        "relationships": [cwe, other],
    }
    result = a_result(
        properties={"cwe": ["CWE-79"], "cwes": [{"cweId": "80"}]},
        taxa=[{"id": "CWE-1", "toolComponent": {"name": "CWE"}}],
    )
    assert sorted(finding_of(result, rules=[rule]).cwe) == [1, 22, 78, 79, 80]


@pytest.mark.parametrize(
    ("value", "cwe"),
    [
        (79, (79,)),
        ("79", (79,)),
        ("CWE-79: XSS", (79,)),
        (True, ()),
        ("none", ()),
        ({"id": 79}, ()),
        (["x", "CWE-7"], (7,)),
    ],
)
def test_a_cwe_property_may_be_a_number_a_text_or_a_list(value: object, cwe: tuple[int, ...]) -> None:
    """What names no number names no CWE."""
    assert finding_of(a_result(properties={"cwe": value})).cwe == cwe


def test_aliases_are_the_vulnerability_ids_that_are_named() -> None:
    """In the rule's id or in any property."""
    finding = finding_of(
        a_result(ruleId="CVE-2021-44228-log4j", properties={"ids": ["GHSA-jfh8-c2jp-5v3q"], "note": "x"})
    )
    assert finding.aliases == ("CVE-2021-44228", "GHSA-jfh8-c2jp-5v3q")


def test_a_package_is_named_where_there_is_one() -> None:
    """Of several purls none is surely meant."""
    rules = [{"id": "R1", "properties": {"purls": ["pkg:pypi/a@1"]}}]
    assert finding_of(a_result(), rules=rules).purl == "pkg:pypi/a@1"
    assert finding_of(a_result(properties={"purls": ["pkg:pypi/a@1", "pkg:pypi/b@1"]}), rules=rules).purl == ""


@pytest.mark.parametrize(
    ("members", "fingerprint"),
    [
        ({"partialFingerprints": {"primaryLocationLineHash": "a:1"}, "fingerprints": {"x": "b"}}, "a:1"),
        ({"fingerprints": {"id/v1": "old", "id/v2": "new"}}, "new"),
        ({"fingerprints": {"matchBasedId/v1": "requires login"}}, ""),
        ({"fingerprints": {"0": {"value": "nested"}}}, ""),
        ({"partialFingerprints": {"commitSha": "same for all"}}, ""),
    ],
)
def test_fingerprints_are_taken_where_they_identify(members: dict[str, Any], fingerprint: str) -> None:
    """What is the same for every result of a tool identifies none."""
    assert finding_of(a_result(**members)).fingerprint == fingerprint


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"text": "plain"}, "plain"),
        ({"markdown": "**bold**"}, "**bold**"),
        ({"id": "default"}, "rule string"),
        ({"id": "default", "arguments": ["x"]}, "rule string"),
        ({"id": "two", "arguments": ["a", "b"]}, "b before a, {2} and {0}"),
        ({"id": "global"}, "driver string"),
        ({"text": "{0} of {1}", "arguments": [1, 2]}, "1 of 2"),
        ({"text": "{0}", "arguments": [["list"]]}, "{0}"),
        ({"id": "nowhere"}, "short"),
        ({"text": ""}, "short"),
        (None, "short"),
    ],
)
def test_messages_are_said_outright_or_looked_up(message: object, text: str) -> None:
    """3.11: text, else markdown, else the string with the id; placeholders take the arguments."""
    rule = {
        "id": "R1",
        "shortDescription": {"text": "short"},
        "messageStrings": {"default": {"text": "rule string"}, "two": {"text": "{1} before {0}, {2} and {{0}}"}},
    }
    driver = {"globalMessageStrings": {"global": {"text": "driver string"}}}
    assert finding_of(a_result(message=message), rules=[rule], driver=driver).message == text


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ({"id": "R1", "fullDescription": {"text": "full"}}, "full"),
        ({"id": "R1", "name": "Name"}, "Name"),
        ({"id": "R1"}, "R1"),
    ],
)
def test_a_message_is_never_empty(rule: dict[str, Any], text: str) -> None:
    """What the rule says of itself stands in."""
    assert finding_of(a_result(message={"text": " "}), rules=[rule]).message == text
    assert finding_of({"message": {"id": "m1"}}).message == "m1"


def test_arguments_cannot_multiply_without_end() -> None:
    """A hundred thousand placeholders and a long argument: the text is cut."""
    rule = {"id": "R1", "messageStrings": {"m": {"text": "{0}" * 100_000}}}
    message = {"id": "m", "arguments": ["y" * 1000]}
    assert len(finding_of(a_result(message=message), rules=[rule]).message) <= 4097

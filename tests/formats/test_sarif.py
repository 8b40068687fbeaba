"""SARIF: what a log, its runs and its results become."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from gate.errors import EvidenceError
from gate.formats.base import Head
from gate.formats.sarif import FORMAT, read
from gate.model.finding import Finding
from gate.model.problem import Slug
from tests.formats.sariflogs import (
    a_log,
    a_result,
    a_run,
    finding_of,
    findings_in,
    statement_of,
    statements_in,
)

TRIVY_FORM = (
    "Package: openssl\nInstalled Version: 1.2.0\nVulnerability CVE-2026-1\nSeverity: HIGH\nFixed Version: {}\n"
    "Link: [CVE-2026-1](https://example.org)"
)


def test_a_log_is_recognised_by_runs_and_version_or_schema() -> None:
    """`runs` alone is not SARIF, nor is a version alone."""
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    assert FORMAT.recognises(Head(b'{"version": "2.1.0", "runs": []}'))
    assert FORMAT.recognises(Head(json.dumps({"$schema": schema, "runs": []}).encode()))
    assert not FORMAT.recognises(Head(b'{"runs": []}'))
    assert not FORMAT.recognises(Head(b'{"version": "2.1.0"}'))
    assert not FORMAT.recognises(Head(b'[{"version": "2.1.0", "runs": []}]'))


def test_a_cut_off_log_is_still_recognised() -> None:
    """A broken report is named as broken SARIF, not as an unknown format."""
    content = a_log(a_run(a_result()))
    assert FORMAT.recognises(Head(content[:60]))
    with pytest.raises(EvidenceError, match="broken JSON"):
        list(read(content[:-5]))


@pytest.mark.parametrize("version", ["2.1.0", "2.1.0-rtm.5", "2.1.0-csd.2.beta.2019-01-09", "2.1.1", "2.2", "2.2.0"])
def test_version_2_1_and_drafts_of_2_2_are_read(version: str) -> None:
    """Release candidates, errata and drafts hold the same members."""
    assert len(findings_in(a_log(a_run(a_result()), version=version))) == 1


@pytest.mark.parametrize(
    "version", ["1.0.0", "2.0.0", "2.0.0-csd.2.beta.2018-10-10", "3.0.0", "", "21", 2.1, ["2.1.0"]]
)
def test_other_versions_are_refused_by_name(version: object) -> None:
    """Their structure is another one: a reader that goes on would count nothing."""
    with pytest.raises(EvidenceError) as caught:
        list(read(a_log(a_run(a_result()), version=version)))
    (problem,) = caught.value.problems
    assert problem.slug is Slug.UNSUPPORTED_VERSION
    assert repr(str(version)) in problem.message
    assert "2.1.0" in problem.hint


def test_without_a_version_the_schema_decides() -> None:
    """A log that names the schema of 2.0.0 is refused; one that names none is read, and it is remarked."""
    with pytest.raises(EvidenceError, match=r"sarif-2\.0\.0"):
        list(read(a_log(a_run(), version=..., **{"$schema": "http://json.schemastore.org/sarif-2.0.0"})))
    (statement,) = statements_in(a_log(a_run(a_result()), version=...))
    assert [remark.slug for remark in statement.remarks] == [Slug.NOT_STATED]


@pytest.mark.parametrize("content", [b"[]", b"null", b'"runs"', b"7", b'{"version": "2.1.0", "runs": {}}'])
def test_what_is_no_log_is_an_evidence_error(content: bytes) -> None:
    """Every JSON value that is not a SARIF log is refused with a message."""
    with pytest.raises(EvidenceError):
        list(read(content))


@pytest.mark.parametrize("runs", [[], None])
def test_a_log_without_runs_states_nothing(runs: object) -> None:
    """No statement at all: `collect` calls that empty."""
    assert list(read(json.dumps({"version": "2.1.0", "runs": runs}).encode())) == []


def test_every_run_has_its_statement_behind_its_findings() -> None:
    """Two runs of two tools do not mix."""
    content = a_log(a_run(a_result()), a_run(a_result(ruleId="R2"), driver={"name": "Other", "version": "7"}))
    kinds = [type(record).__name__ for record in read(content)]
    assert kinds == ["Finding", "Statement", "Finding", "Statement"]
    assert [finding.tool for finding in findings_in(content)] == ["Tester", "Other"]
    assert [(one.tool, one.version) for one in statements_in(content)] == [("Tester", ""), ("Other", "7")]


@pytest.mark.parametrize(
    ("kind", "left_out"),
    [
        ("pass", {"passed": 1}),
        ("notApplicable", {"not applicable": 1}),
        ("informational", {"informational": 1}),
        ("fail", {}),
        ("open", {}),
        ("review", {}),
        (None, {}),
        ("", {}),
        ("Pass", {}),
        ("unheard-of", {}),
    ],
)
def test_kinds_that_are_no_findings_are_counted_as_left_out(kind: str | None, left_out: dict[str, int]) -> None:
    """Only the three kinds of the standard leave; whatever else a tool writes is a finding."""
    content = a_log(a_run(a_result(kind=kind, level=...)))
    (statement,) = statements_in(content)
    assert dict(statement.left_out) == left_out
    assert len(findings_in(content)) == 1 - sum(left_out.values())


def test_a_passed_result_with_an_error_level_still_counts() -> None:
    """It contradicts itself (3.27.10), and in doubt it is a finding."""
    assert finding_of(a_result(kind="pass", level="error")).rule == "R1"


def test_a_result_absent_since_the_baseline_is_fixed() -> None:
    """`absent` leaves with its reason; new, unchanged, updated count."""
    results = [a_result(baselineState=state) for state in ("new", "unchanged", "updated", "absent")]
    content = a_log(a_run(*results))
    assert len(findings_in(content)) == 3
    assert dict(statements_in(content)[0].left_out) == {"absent since the baseline": 1}


def test_results_without_location_message_or_rule_still_count() -> None:
    """The emptiest result is a finding with a message."""
    finding = finding_of({})
    assert (finding.rule, finding.at) == ("", None)
    assert finding.message


def test_a_run_without_results_is_hollow() -> None:
    """Section 3.14.23: absent results mean that nothing was scanned; an empty list is a clean scan."""
    assert statement_of(results=...).hollow
    assert statement_of(results=None).hollow
    clean = statement_of()
    assert not clean.hollow
    assert clean.proves == {Finding}


@pytest.mark.parametrize("name", ["results", "driver", "extensions", "invocations"])
def test_what_lies_in_another_file_is_refused_by_name(name: str) -> None:
    """External properties without which findings or their ratings would be missing."""
    run = a_run(externalPropertyFileReferences={name: [{"location": {"uri": "other.sarif-external-properties"}}]})
    with pytest.raises(EvidenceError, match=name):
        list(read(a_log(run)))
    inline = a_log(a_run(), inlineExternalProperties=[{"results": [a_result()]}])
    with pytest.raises(EvidenceError, match="inlineExternalProperties"):
        list(read(inline))


def test_external_taxonomies_do_not_matter() -> None:
    """No finding and no rating lies there."""
    references: dict[str, Any] = {"taxonomies": [{}], "results": []}
    assert finding_of(a_result(), externalPropertyFileReferences=references).rule == "R1"


def test_suppressions_are_kept_with_status_and_reason() -> None:
    """A mark without a status is accepted (3.35.3); drafts called the status `state`."""
    marks = [
        {"kind": "inSource"},
        {"kind": "external", "status": "underReview", "justification": "we look"},
        {"kind": "external", "state": "rejected"},
    ]
    found = finding_of(a_result(suppressions=marks)).suppressions
    assert [(mark.kind, mark.status, mark.justification) for mark in found] == [
        ("inSource", "accepted", ""),
        ("external", "underReview", "we look"),
        ("external", "rejected", ""),
    ]
    assert finding_of(a_result(suppressions=[])).suppressions == ()


@pytest.mark.parametrize(
    ("over", "fixed_in", "no_fix"),
    [
        ({"fixes": [{"artifactChanges": []}]}, "a fix in the report", False),
        ({"fixes": []}, "", False),
        ({"message": {"text": TRIVY_FORM.format("1.2.3, 2.0.1")}}, "1.2.3, 2.0.1", False),
        ({"message": {"text": TRIVY_FORM.format("")}}, "", True),
        ({"message": {"text": "a line\nFixed Version: 9"}}, "", False),
        ({}, "", False),
    ],
)
def test_a_fix_is_read_where_the_result_brings_or_names_one(
    over: dict[str, Any],
    fixed_in: str,
    no_fix: bool,  # noqa: FBT001
) -> None:
    """Of the standard's `fixes` (3.27.30) and of Trivy's form; a result that is silent says nothing either way."""
    finding = finding_of(a_result(**over))
    assert (finding.fixed_in, finding.no_fix) == (fixed_in, no_fix)


def test_statement_tells_tool_version_time_and_commit() -> None:
    """The semantic version is preferred, the last invocation dates the run, a time without a zone is UTC."""
    statement = statement_of(
        driver={"version": "v8", "semanticVersion": "8.0.0"},
        rules=[{"id": "R1"}, {"id": "R2"}],
        invocations=[
            {"executionSuccessful": True, "endTimeUtc": "2026-11-20T08:00:00Z"},
            {"executionSuccessful": True, "startTimeUtc": "2026-11-21T08:00:00.1234567", "endTimeUtc": "soon"},
        ],
        versionControlProvenance=[{"repositoryUri": "https://github.com/octo/app", "revisionId": "abc123"}],
    )
    assert statement.version == "8.0.0"
    assert statement.made_at == datetime(2026, 11, 21, 8, 0, 0, 123456, tzinfo=UTC)
    assert (statement.commit, statement.repository) == ("abc123", "https://github.com/octo/app")
    assert statement.rules == {"R1", "R2"}


def test_a_run_that_says_nothing_of_itself_states_nothing() -> None:
    """No time, no commit, no fault is invented."""
    statement = statement_of(tool=...)
    assert (statement.tool, statement.version, statement.made_at, statement.commit) == ("", "", None, "")
    assert not statement.faults
    assert not statement.remarks


def test_a_failed_run_is_a_fault_and_its_results_count() -> None:
    """`executionSuccessful: false` of any invocation makes the report incomplete, not unread."""
    invocations = [{"executionSuccessful": True}, {"executionSuccessful": False, "exitCode": 3}]
    content = a_log(a_run(a_result(), invocations=invocations))
    (fault,) = statements_in(content)[0].faults
    assert fault.slug is Slug.FAILED_RUN
    assert "exit code 3" in fault.message
    assert len(findings_in(content)) == 1


@pytest.mark.parametrize("member", ["toolExecutionNotifications", "toolConfigurationNotifications"])
@pytest.mark.parametrize(("level", "faults"), [("error", 1), ("fatal", 1), ("warning", 0), ("note", 0), (None, 0)])
def test_error_notifications_are_faults_beside_success(member: str, level: str | None, faults: int) -> None:
    """A tool that succeeded and could not read a file did not look at everything."""
    notes = [{"level": level, "message": {"text": "cannot parse b.py"}}] * 2
    statement = statement_of(invocations=[{"executionSuccessful": True, member: notes}])
    assert len(statement.faults) == faults
    assert all("2 errors" in fault.message and "cannot parse b.py" in fault.message for fault in statement.faults)


def test_a_notification_without_text_is_named_by_its_descriptor() -> None:
    """The fault always says something."""
    notes: list[dict[str, Any]] = [{"level": "error", "descriptor": {"id": "ND01"}}]
    (fault,) = statement_of(invocations=[{"toolExecutionNotifications": notes}]).faults
    assert "ND01" in fault.message


def test_snake_case_members_are_read_and_remarked() -> None:
    """Some writers forget to rename: nothing is lost, neither a place nor a failed run."""
    result = {
        "rule_id": "R1",
        "message": {"text": "m"},
        "locations": [{"physical_location": {"artifact_location": {"uri": "a.py"}, "region": {"start_line": 4}}}],
        "properties": {"issue_severity": "HIGH"},
    }
    rules = [{"id": "R1", "default_configuration": {"level": "error"}}]
    content = a_log(a_run(result, rules=rules, invocations=[{"execution_successful": False}]))
    (finding,) = findings_in(content)
    assert (finding.rule, str(finding.at)) == ("R1", "a.py:4")
    assert {rating.field for rating in finding.ratings} == {"result issue_severity", "rule level"}
    (statement,) = statements_in(content)
    assert [fault.slug for fault in statement.faults] == [Slug.FAILED_RUN]
    assert [remark.slug for remark in statement.remarks] == [Slug.RECOVERED]


def test_of_two_spellings_the_standard_one_counts() -> None:
    """A snake-case twin cannot overrule a member of the standard."""
    assert finding_of(a_result(rule_id="R2")).rule == "R1"


def test_names_within_property_bags_are_the_tools_own() -> None:
    """A bag with `rule_id` in it is no snake-case report."""
    statement = statement_of(a_result(properties={"rule_id": "x", "start_line": 1}))
    assert not statement.remarks

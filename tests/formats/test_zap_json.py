"""ZAP's traditional JSON report."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.errors import EvidenceError
from gate.formats.base import Head
from gate.formats.zap_json import FORMAT, read
from gate.model.evidence import Statement
from gate.model.finding import Finding
from gate.model.location import Location
from gate.model.problem import Slug
from gate.model.severity import Severity
from gate.model.tools import scale_of
from tests.formats.sariflogs import unless_refused

FOLDER = Path(__file__).parent / "zap-json"
ALERTS = (FOLDER / "synthetic-alerts.json").read_bytes()


def an_alert(**over: Any) -> dict[str, Any]:
    """A medium alert with one instance."""
    fields = {
        "pluginid": "10038",
        "alertRef": "10038-1",
        "name": "No CSP",
        "riskcode": "2",
        "instances": [{"uri": "https://shop.example/", "method": "GET", "param": ""}],
    }
    return {name: value for name, value in {**fields, **over}.items() if value is not ...}


def a_report(*alerts: dict[str, Any], **over: Any) -> bytes:
    """A report of one site with these alerts."""
    site = [{"@name": "https://shop.example", "alerts": list(alerts)}]
    return json.dumps({"@programName": "ZAP", "@version": "2.16.1", "site": site, **over}).encode()


def findings_in(content: bytes) -> list[Finding]:
    """The findings that are read."""
    return [record for record in read(content) if isinstance(record, Finding)]


def statement_in(content: bytes) -> Statement:
    """The one statement that is read."""
    (statement,) = (record for record in read(content) if isinstance(record, Statement))
    return statement


def finding_of(**over: Any) -> Finding:
    """What one alert with one instance becomes."""
    (finding,) = findings_in(a_report(an_alert(**over)))
    return finding


def severity_of(finding: Finding) -> Severity:
    """As `collect` will stamp it."""
    return scale_of(finding.tool, rule=finding.rule).decide(finding.ratings)[0]


def test_a_report_is_recognised_by_its_sites_and_its_writer() -> None:
    """`site` alone is too common a word."""
    assert FORMAT.recognises(Head(ALERTS))
    assert FORMAT.recognises(Head(b'{"@generated": "x", "site": []}'))
    assert not FORMAT.recognises(Head(b'{"site": []}'))
    assert not FORMAT.recognises(Head(b'{"@version": "2.16.1"}'))


def test_every_instance_of_an_alert_is_a_finding() -> None:
    """An alert without instances is one, at its site."""
    found = findings_in(ALERTS)
    assert Counter(finding.rule for finding in found) == {
        "40018": 2,
        "10038": 3,
        "10096": 1,
        "10109": 1,
        "10202": 1,
        "90022": 1,
    }
    (bare,) = (finding for finding in found if finding.rule == "90022")
    assert bare.at == Location("https://shop.example")


def test_an_instance_is_a_page_with_the_request_that_shows_it() -> None:
    """Evidence and attack strings stay in the report."""
    first, second, *_ = findings_in(ALERTS)
    assert first.at == Location("https://shop.example/search?q=1")
    assert first.at.is_url
    assert second.message == "SQL Injection (POST parameter user)"
    assert (first.cwe, first.tags) == ((89,), ("OWASP_2021_A03", "CVE-2021-44228"))
    assert first.aliases == ("40018-2", "CVE-2021-44228")
    assert not any("1763806272" in finding.message for finding in findings_in(ALERTS))


@pytest.mark.parametrize(
    ("code", "severity"),
    [
        ("3", Severity.HIGH),
        ("2", Severity.MEDIUM),
        ("1", Severity.LOW),
        ("0", Severity.NONE),
        (3, Severity.HIGH),
        ("4", Severity.UNRATED),
        ("-1", Severity.UNRATED),
        ("9.8", Severity.UNRATED),
        ("", Severity.UNRATED),
    ],
)
def test_riskcodes_are_severities(code: object, severity: Severity) -> None:
    """As text and as number; a code that ZAP does not have is no score."""
    assert severity_of(finding_of(riskcode=code)) is severity


def test_without_a_riskcode_the_description_rates() -> None:
    """Risk, and confidence in parentheses; with neither the finding is unrated."""
    assert severity_of(finding_of(riskcode=None, riskdesc="High (Low)")) is Severity.HIGH
    assert severity_of(finding_of(riskcode=...)) is Severity.UNRATED


@pytest.mark.parametrize(("confidence", "marked"), [("0", 1), (0, 1), ("1", 0), ("4", 0), (None, 0)])
def test_confidence_zero_is_a_false_positive(confidence: object, marked: int) -> None:
    """A person marked it in ZAP: a suppression with that reason, and the finding stays."""
    marks = finding_of(confidence=confidence).suppressions
    assert [(mark.kind, mark.can_be_honoured) for mark in marks] == [("external", True)] * marked


@pytest.mark.parametrize(("cweid", "cwe"), [("79", (79,)), (79, (79,)), ("-1", ()), ("0", ()), ("", ()), (None, ())])
def test_cwe_numbers_below_one_are_none(cweid: object, cwe: tuple[int, ...]) -> None:
    """ZAP writes -1 and 0 where it knows none."""
    assert finding_of(cweid=cweid).cwe == cwe


def test_an_alert_that_says_little_still_counts() -> None:
    """No plug-in, no name, no page."""
    (finding,) = findings_in(a_report({"instances": [{}]}))
    assert (finding.rule, finding.at) == ("", None)
    assert finding.message
    assert finding_of(pluginid=...).rule == "10038-1"


def test_one_site_may_stand_without_a_list() -> None:
    """Older writers give the only site as an object."""
    site = {"@name": "https://shop.example", "alerts": [an_alert()]}
    assert len(findings_in(json.dumps({"@version": "2.7.0", "site": site}).encode())) == 1


def test_statement_tells_tool_version_and_time() -> None:
    """`@generated` has no zone and is taken as UTC; `created`, where it is there, has one."""
    statement = statement_in(ALERTS)
    assert (statement.tool, statement.version) == ("ZAP", "2.16.1")
    assert statement.made_at == datetime(2026, 11, 22, 10, 11, 12, tzinfo=UTC)
    both = {"@generated": "Sun, 22 Nov 2026 10:11:12", "created": "2026-11-22T09:11:12.123Z"}
    assert statement_in(a_report(**both)).made_at == datetime(2026, 11, 22, 9, 11, 12, 123000, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "Sun, 31 Feb 2026 10:11:12", "Sun, 22 Foo 2026 10:11:12", "Sun, 22 Nov 2026 25:00:00"]
)
def test_what_is_no_date_is_no_time(text: str) -> None:
    """It is never guessed."""
    assert statement_in(a_report(**{"@generated": text})).made_at is None


def test_a_clean_scan_differs_from_no_scan() -> None:
    """A site without alerts is evidence; no site is none."""
    clean = statement_in((FOLDER / "synthetic-clean.json").read_bytes())
    assert not clean.hollow
    assert clean.proves == {Finding}
    assert statement_in((FOLDER / "synthetic-nothing-scanned.json").read_bytes()).hollow
    assert statement_in(a_report(site=None)).hollow


@pytest.mark.parametrize(("count", "faults"), [("0", 0), ("1", 0), ("2", 1), (2, 1), ("many", 0), (None, 0)])
def test_more_instances_counted_than_listed_is_a_contradiction(count: object, faults: int) -> None:
    """The report is incomplete: what it does not list may not be forgotten."""
    found = statement_in(a_report(an_alert(count=count))).faults
    assert [fault.slug for fault in found] == [Slug.CONTRADICTION] * faults


@pytest.mark.parametrize("site", [[{}], {}, [{"alerts": None}], [[]], "x", [{"alerts": {}}]])
def test_a_site_without_a_list_of_alerts_is_refused(site: object) -> None:
    """It may not pass for a clean one."""
    with pytest.raises(EvidenceError):
        list(read(a_report(site=site)))


@given(st.integers(0, len(ALERTS) - 3))
def test_a_cut_off_report_is_refused(end: int) -> None:
    """At whatever byte."""
    with pytest.raises(EvidenceError):
        list(read(ALERTS[:end]))


MEMBERS = list(json.loads(ALERTS)["site"][0]["alerts"][0])
VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 10**30, 1.5, "", "x", "\ud800", [], ["x"], [{}], {}, {"x": 1}]
)


@given(st.sampled_from(MEMBERS), VALUES)
def test_a_value_of_another_type_is_refused_or_loses_nothing(member: str, value: object) -> None:
    """An EvidenceError, at least as many findings, or a contradiction that is told."""
    document = json.loads(ALERTS)
    document["site"][0]["alerts"][0][member] = value
    changed = json.dumps(document).encode()
    if outcome := unless_refused(read, changed):
        found, (statement,) = outcome
        assert len(found) >= len(findings_in(ALERTS)) or statement.faults

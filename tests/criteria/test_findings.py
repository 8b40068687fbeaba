"""`findings`: what counts against which limit, and what is left out for which reason."""

from typing import Any

import pytest
from pydantic import ValidationError

from gate.criteria.findings import Findings
from gate.model.evidence import Evidence, Statement
from gate.model.finding import Finding
from gate.model.location import Location
from gate.model.problem import Slug
from gate.model.severity import Severity
from gate.model.suppression import Suppression
from gate.model.verdict import Judgement
from tests.conftest import NOW, a_finding, a_report, a_source, evidence_of, valid


def judged(*findings: Finding, **fields: Any) -> Judgement:
    """The judgement of a criterion with these fields over one report with these findings."""
    return valid(Findings, kind="findings", **fields).judge(evidence_of(a_report(*findings, proves=Finding)))


def of(*severities: Severity) -> list[Finding]:
    """One finding of each severity."""
    return [a_finding(severity=severity) for severity in severities]


def test_without_limits_no_high_finding_is_allowed() -> None:
    """The default demand is `limits: {high: 0}`."""
    assert judged(*of(Severity.HIGH)).breaches
    assert not judged(*of(Severity.MEDIUM)).breaches


@pytest.mark.parametrize(("limit", "counted"), [("critical", 2), ("high", 3), ("medium", 4), ("low", 5), ("total", 6)])
def test_a_limit_counts_its_severity_and_worse(limit: str, counted: int) -> None:
    """Unrated is worse than all, so it counts in every limit; `total` counts what has no severity at all too."""
    findings = of(*Severity)
    assert not judged(*findings, limits={limit: counted}).breaches
    assert judged(*findings, limits={limit: counted - 1}).breaches


def test_unrated_findings_may_have_a_limit_of_their_own() -> None:
    """Then they count there, and in no other limit."""
    findings = of(Severity.UNRATED, Severity.UNRATED)
    assert not judged(*findings, limits={"high": 0, "total": 0, "unrated": 2}).breaches
    assert judged(*findings, limits={"high": 0, "unrated": 1}).breaches


def test_high_and_critical_share_a_limit() -> None:
    """`{high: 3}` allows three that are high or critical together."""
    four = of(Severity.HIGH, Severity.HIGH, Severity.CRITICAL, Severity.CRITICAL)
    assert judged(*four, limits={"high": 3}).margin == "4 high or worse, 3 allowed"


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"rules": "B6*"}, True),
        ({"rules": "B1*"}, False),
        ({"exclude_rules": "B602"}, False),
        ({"paths": "src/**"}, True),
        ({"paths": "lib/**"}, False),
        ({"cwe": "CWE-78"}, True),
        ({"cwe": [79]}, False),
        ({"tags": "sec*"}, True),
        ({"tags": "style"}, False),
        ({"tools": "bandit"}, True),
        ({"fixable_only": True}, False),
        ({"hosts": "example.org"}, False),
    ],
)
def test_a_filter_chooses_what_is_counted(fields: dict[str, Any], kept: bool) -> None:  # noqa: FBT001
    """What a filter leaves out is told as filtered, and never lost."""
    judgement = judged(a_finding(cwe=(78,), tags=("security",)), **fields)
    assert judgement.tally is not None
    assert judgement.tally.counted == int(kept)
    assert judgement.tally.left_out.get("filtered", 0) == int(not kept)


def test_a_finding_without_a_place_always_counts() -> None:
    """Filters on places cannot exclude what has none."""
    assert judged(a_finding(at=None), paths="src/**").breaches
    assert judged(a_finding(at=None), hosts="example.org").breaches


def test_a_file_that_is_not_placed_counts_whatever_the_paths() -> None:
    """Nobody knows where `/app/src/b.py` is, so `paths` cannot leave it out beside a finding that is placed."""
    placed = a_finding(severity=Severity.LOW)
    nowhere = a_finding(at=Location("/app/src/b.py", 1))
    assert judged(placed, nowhere, paths="src/**").breaches
    assert not judged(placed, a_finding(at=Location("https://example.org/src/b.py")), paths="src/**").breaches


def test_hosts_are_matched_against_the_url() -> None:
    """A finding on another host is filtered."""
    here, there = (Location(f"https://{host}/login?x=1") for host in ("staging.example.org", "cdn.example.net"))
    judgement = judged(a_finding(at=here), a_finding(at=there), hosts="*.example.org")
    assert judgement.tally is not None
    assert (judgement.tally.counted, judgement.tally.left_out) == (1, {"filtered": 1})


def test_an_honoured_suppression_does_not_count_and_stays_visible() -> None:
    """Only an accepted mark with a reason is honoured, and only where the source says so."""
    marked = a_finding(suppressions=(Suppression("inSource", justification="checked by hand"),))
    honouring = Evidence(NOW, (a_source(a_report(marked), honours_suppressions=True),))
    assert judged(marked).breaches
    judgement = valid(Findings, kind="findings").judge(honouring)
    assert not judgement.breaches
    assert [observation.message for observation in judgement.excluded] == ["suppressed"]


@pytest.mark.parametrize(
    "marks",
    [
        (Suppression("inSource"),),
        (Suppression("inSource", justification=" \u200b"),),
        (Suppression("inSource", justification="\u3164 …"),),
        (Suppression("external", "underReview", "soon"),),
        (Suppression("external", "rejected", "no"), Suppression("inSource", justification="yes")),
    ],
)
def test_a_mark_that_is_not_accepted_with_a_reason_is_not_honoured(marks: tuple[Suppression, ...]) -> None:
    """SARIF 2.1.0, 3.27.23, and our own demand for a justification."""
    evidence = Evidence(NOW, (a_source(a_report(a_finding(suppressions=marks)), honours_suppressions=True),))
    assert valid(Findings, kind="findings").judge(evidence).breaches


def test_every_finding_read_is_accounted_for() -> None:
    """Conservation: counted, filtered and below the limit add up to what was read."""
    findings = [*of(*Severity), a_finding(rule="X1")]
    tally = judged(*findings, rules="B602").tally
    assert tally is not None
    assert tally.adds_up
    assert tally.read == 7


def test_nothing_left_by_a_filter_is_zero_where_the_tool_reported() -> None:
    """A clean scan of the tool is an answer."""
    assert judged(tools="Bandit").doubts == ()


def test_a_tool_without_a_report_is_a_doubt() -> None:
    """Filtering by a tool that did not run proves nothing."""
    assert [doubt.slug for doubt in judged(a_finding(), tools="CodeQL").doubts] == [Slug.MISSING_TOOL]


def test_a_rule_that_the_tool_does_not_have_is_a_doubt() -> None:
    """A misspelt rule id would count nothing for ever."""
    statement = Statement("Bandit", frozenset({Finding}), rules=frozenset({"B602", "B101"}))
    evidence = evidence_of(a_report(a_finding(), statements=(statement,)))
    assert [d.slug for d in valid(Findings, kind="findings", rules=["B620"]).judge(evidence).doubts] == [
        Slug.NOTHING_MATCHED
    ]
    assert not valid(Findings, kind="findings", rules=["B101"]).judge(evidence).doubts


def test_a_tool_that_lists_only_triggered_rules_raises_no_doubt() -> None:
    """Such a list is no catalogue: an absent rule may exist and have found nothing."""
    statement = Statement("Bandit", frozenset({Finding}), rules=frozenset({"B602"}))
    evidence = evidence_of(a_report(a_finding(), statements=(statement,)))
    assert not valid(Findings, kind="findings", rules=["B101"]).judge(evidence).doubts


@pytest.mark.parametrize(
    ("excluded", "slugs"), [("B*", [Slug.NOTHING_MATCHED]), (["B602", "B1??"], [Slug.NOTHING_MATCHED]), ("B6*", [])]
)
def test_leaving_out_every_rule_that_the_tool_has_is_a_doubt(excluded: Any, slugs: list[Slug]) -> None:
    """What is left judges nothing, for ever; leaving out all that was found today is what the filter is for."""
    statement = Statement("Bandit", frozenset({Finding}), rules=frozenset({"B602", "B101"}))
    evidence = evidence_of(a_report(a_finding(), statements=(statement,)))
    judgement = valid(Findings, kind="findings", exclude_rules=excluded).judge(evidence)
    assert [doubt.slug for doubt in judgement.doubts] == slugs


def test_a_report_that_names_no_fix_does_not_tell_what_is_fixable() -> None:
    """Most formats cannot name one; nothing counted is then no answer."""
    (doubt,) = judged(a_finding(), a_finding(), fixable_only=True).doubts
    assert (doubt.slug, doubt.at) == (Slug.NOT_STATED, Location("evidence/report"))


@pytest.mark.parametrize(
    "findings",
    [
        [],
        [a_finding(no_fix=True)],
        [a_finding(), a_finding(severity=Severity.LOW, fixed_in="1.2")],
        [a_finding(severity=Severity.LOW)],
    ],
)
def test_a_report_that_speaks_of_fixes_tells_what_is_fixable(findings: list[Finding]) -> None:
    """Also where it says that there is none, where nothing was found, and where nothing found could count."""
    judgement = judged(*findings, fixable_only=True)
    assert not judgement.doubts
    assert not judgement.breaches


def test_a_silent_report_is_a_doubt_beside_one_that_names_fixes() -> None:
    """Each report speaks for itself; one whose findings are not chosen has nothing to say."""
    evidence = evidence_of(a_report(a_finding(fixed_in="2")), a_report(a_finding(tool="ZAP"), path="zap.json"))
    judgement = valid(Findings, kind="findings", fixable_only=True).judge(evidence)
    assert [str(doubt.at) for doubt in judgement.doubts] == ["zap.json"]
    assert [breach.message for breach in judgement.breaches] == ["1 high or worse, 0 allowed"]
    assert not valid(Findings, kind="findings", fixable_only=True, tools="Bandit").judge(evidence).doubts


def test_the_worst_stand_first() -> None:
    """A developer reads from the top."""
    judgement = judged(*of(Severity.HIGH, Severity.CRITICAL), limits={"low": 0})
    assert [observation.severity for observation in judgement.observations] == [Severity.CRITICAL, Severity.HIGH]
    assert judgement.observed == "1 critical, 1 high"


@pytest.mark.parametrize(
    "fields",
    [
        {"limits": {}},
        {"limits": {"high": -1}},
        {"limits": {"high": True}},
        {"limits": {"hihg": 0}},
        {"exclude_rules": "*"},
        {"exclude_rules": "[!~]*"},
        {"exclude_rules": ["B101", "[[a-z]*", "[A-Z]*"]},
        {"exclude_rules": "*-*"},
        {"rules": []},
        {"cwe": "XSS"},
        {"cwe": 0},
        {"cwe": "CWE-0"},
        {"cwe": ["CWE-79", "000"]},
        {"scope": "new"},
        {"from": "a", "files": "b"},
        {"from": "a", "max_age": "7d"},
        {"paths": "../x"},
    ],
)
def test_a_demand_that_means_nothing_is_refused(fields: dict[str, Any]) -> None:
    """Each would make the criterion weaker than its author believes."""
    with pytest.raises(ValidationError):
        valid(Findings, kind="findings", **fields)

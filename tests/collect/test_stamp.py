"""What collect adds to records: severity, place, and silence about secrets."""

from typing import Any

import pytest

from gate.collect.stamp import WITHHELD
from gate.model.checklist import ChecklistItem
from gate.model.evidence import SourceKey
from gate.model.finding import Finding
from gate.model.location import Location
from gate.model.severity import RatingSource, Severity
from tests.collect.desk import Desk, cobertura, lcov, result, sarif

PATH = "evidence/x.sarif"


def finding(desk: Desk, log: dict[str, Any], **asked: Any) -> Finding:
    """The only finding of the log."""
    desk.put(PATH, log)
    (found,) = desk.report("evidence/*", **asked).records
    assert isinstance(found, Finding)
    return found


def test_severity_is_decided_and_says_by_which_field(desk: Desk) -> None:
    """The reader gives ratings; collect says what they mean."""
    found = finding(desk, sarif(result(level="error"), tool="SomeTool"))
    assert found.severity is Severity.HIGH
    assert "error" in found.severity_from


def test_source_may_say_what_words_mean(desk: Desk) -> None:
    """Its words come first, and the finding says so."""
    log = sarif(result(level="error"), tool="SomeTool")
    found = finding(desk, log, severity_words={"error": Severity.LOW})
    assert found.severity is Severity.LOW
    assert "policy" in found.severity_from


def test_source_may_prefer_a_field(desk: Desk) -> None:
    """`prefer: level` follows the level where the score says worse."""
    log = sarif({**result(level="note"), "properties": {"security-severity": "9.8"}}, tool="SomeTool")
    assert finding(desk, log).severity is Severity.CRITICAL
    assert finding(desk, log, severity_prefer=RatingSource.LEVEL).severity is Severity.LOW


def test_two_sources_may_read_the_same_file_differently(desk: Desk) -> None:
    """What one source says about words does not reach the other."""
    desk.put(PATH, sarif(result(level="error"), tool="SomeTool"))
    low = desk.report("evidence/*", severity_words={"error": Severity.LOW}).records
    plain = desk.report("evidence/*").records
    assert [record.severity for record in (*low, *plain) if isinstance(record, Finding)] == [
        Severity.LOW,
        Severity.HIGH,
    ]


def test_severity_may_depend_on_the_rule(desk: Desk) -> None:
    """A linter's security rules are worse than its style."""
    log = sarif(result("S602"), result("E501"), tool="ruff")
    desk.put(PATH, log)
    found = desk.report("evidence/*").records
    assert [record.severity for record in found if isinstance(record, Finding)] == [Severity.MEDIUM, Severity.LOW]


@pytest.mark.parametrize(
    ("tool", "rule", "secret"), [("gitleaks", "aws-key-id", True), ("Bandit", "B105", True), ("Bandit", "B602", False)]
)
def test_secrets_do_not_travel(desk: Desk, tool: str, rule: str, secret: bool) -> None:  # noqa: FBT001
    """Of a finding that quotes a secret only rule and place remain."""
    found = finding(desk, sarif(result(rule, message="AKIAEXAMPLE"), tool=tool))
    assert found.secret is secret
    assert found.message == (WITHHELD if secret else "AKIAEXAMPLE")
    assert ("AKIAEXAMPLE" in repr(found)) is not secret


def test_findings_are_placed(desk: Desk) -> None:
    """A file of the workspace is marked as one; another keeps the report's word."""
    desk.put("src/app.py")
    desk.put(PATH, sarif(result(uri="/github/workspace/src/app.py"), result(uri="src/gone.py")))
    places = [record.at for record in desk.report("evidence/*").records if isinstance(record, Finding)]
    assert places == [Location("src/app.py", 3, placed=True), Location("src/gone.py", 3)]


def test_finding_without_a_place_stays_without(desk: Desk) -> None:
    """It counts all the same."""
    assert finding(desk, sarif({"ruleId": "x", "message": {"text": "y"}})).at is None


def test_coverage_is_placed_by_the_roots_of_the_report(desk: Desk) -> None:
    """Cobertura states where its file names start."""
    desk.put("src/app.py")
    desk.put("evidence/c.xml", cobertura("/build/x/src", "app.py"))
    (file,) = desk.report("evidence/*").records
    assert getattr(file, "at", None) == Location("src/app.py", placed=True)


def test_coverage_of_the_same_file_under_two_names_gets_one_place(desk: Desk) -> None:
    """So that measurements of one file meet."""
    desk.put("src/app.py")
    desk.put("evidence/x", lcov("src/app.py", "/github/workspace/src/app.py"))
    assert {getattr(record, "path", "") for record in desk.report("evidence/*").records} == {"src/app.py"}


def test_checklist_items_are_in_the_checklist(desk: Desk) -> None:
    """A place without a path is in the report itself."""
    desk.put("docs/list.md", "# List\n\n- [x] done\n")
    (item,) = desk.report("docs/list.md", key=SourceKey("list", ChecklistItem)).records
    assert isinstance(item, ChecklistItem)
    assert item.at
    assert (item.at.path, item.at.line, item.at.placed) == ("docs/list.md", 3, True)

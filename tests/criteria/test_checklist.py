"""`checklist`: the boxes are ticked, and the claims hold."""

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from gate.criteria.checklist import Checklist
from gate.model.checklist import ChecklistItem
from gate.model.evidence import Evidence, Inventory
from gate.model.location import Location
from gate.model.problem import Slug
from gate.model.verdict import Judgement
from tests.conftest import NOW, a_report, a_source

PATH = "docs/readiness.md"


def criterion(**fields: Any) -> Checklist:
    """The criterion that a policy writes so."""
    return Checklist.model_validate({"kind": "checklist", "files": [PATH]} | fields)


def a_task(text: str = "task", section: tuple[str, ...] = (), *, ticked: bool) -> ChecklistItem:
    """A task."""
    return ChecklistItem(text, section, ticked, None, Location(PATH, 7, placed=True))


def a_row(status: str, text: str = "row", section: tuple[str, ...] = (), evidence: str = "") -> ChecklistItem:
    """A row with a status and evidence."""
    cells = {"Control": text, "Status": status, "Evidence": evidence}
    return ChecklistItem(text, section, None, cells, Location(PATH, 9, placed=True))


def judged(*items: ChecklistItem, files: tuple[str, ...] = (), **fields: Any) -> Judgement:
    """What the criterion says about one checklist with these items."""
    report = a_report(*items, proves=ChecklistItem, path=PATH, format="markdown-checklist")
    evidence = Evidence(NOW, (a_source(report, patterns=(PATH,)),), Inventory(dict.fromkeys(files, 1)))
    return criterion(**fields).judge(evidence)


DONE, OPEN, ODD, NONE = a_task(ticked=True), a_task(ticked=False), a_row("BASE", "odd"), a_row("n/a")


def outcome(judgement: Judgement) -> str:
    """Fail with a final breach, unknown with a doubt, fail otherwise, else pass: as the gate weighs them."""
    if any(breach.final for breach in judgement.breaches):
        return "fail"
    if judgement.doubts:
        return "unknown"
    return "short" if judgement.breaches else "pass"


@pytest.mark.parametrize(
    ("items", "done", "expected"),
    [
        ([DONE, DONE], "all", "pass"),
        ([DONE, OPEN], "all", "fail"),
        ([DONE, ODD], "all", "unknown"),
        ([OPEN, ODD], "all", "fail"),
        ([DONE, NONE], "all", "pass"),
        ([NONE], "all", "unknown"),
        ([], "all", "unknown"),
        ([DONE, OPEN], 1, "pass"),
        ([DONE, OPEN], 2, "short"),
        ([DONE, ODD], 2, "unknown"),
        ([DONE, ODD], 1, "pass"),
        ([DONE, OPEN, ODD], 3, "short"),
        ([DONE, DONE], 3, "short"),
        ([DONE] * 4 + [OPEN], "80%", "pass"),
        ([DONE] * 3 + [OPEN, OPEN], "80%", "short"),
        ([DONE] * 3 + [OPEN, ODD], "80%", "unknown"),
        ([DONE] * 2 + [OPEN], "66%", "pass"),
        ([DONE] * 2 + [OPEN], "67%", "short"),
        ([DONE, NONE, NONE], "100%", "pass"),
        ([], 1, "unknown"),
        ([], "50%", "unknown"),
    ],
)
def test_number_of_items_done_decides(items: list[ChecklistItem], done: Any, expected: str) -> None:
    """Exactly, never rounded; an unknown status is a doubt where it decides; no item at all never passes."""
    assert outcome(judged(*items, done=done)) == expected


def test_result_counts_what_applies() -> None:
    """And everything that was read adds up."""
    judgement = judged(DONE, OPEN, NONE, ODD, a_row("", ""), ChecklistItem("x", cells={"Severity": "x"}))
    assert judgement.observed == "1 of 3 items done"
    assert judgement.demanded == "all done"
    assert judgement.tally
    assert judgement.tally.adds_up
    assert judgement.tally.left_out == {"no status column": 1, "empty row": 1, "not applicable": 1}


def test_item_that_is_not_done_is_observed_at_its_line() -> None:
    """With the reason."""
    (observation,) = judged(DONE, a_task("Rotate the key", ticked=False)).observations
    assert observation.message == "Rotate the key: not ticked"
    assert str(observation.at) == "docs/readiness.md:7"


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("Tasks", "pass"),
        ("Later", "fail"),
        ("Deep", "fail"),
        ("Top", "fail"),
        (["Tasks", "Ops"], "pass"),
        ("Nowhere", "unknown"),
        (["Tasks", "Nowhere"], "unknown"),
        ("La*", "fail"),
    ],
)
def test_section_has_its_subsections(section: Any, expected: str) -> None:
    """A section that is not there is a doubt, even beside one that is: what it was written for is not judged."""
    items = (
        a_task(section=("Top", "Tasks"), ticked=True),
        a_task(section=("Top", "2. Ops ✅"), ticked=True),
        a_task(section=("Top", "Later", "Deep"), ticked=False),
    )
    assert outcome(judged(*items, section=section)) == expected


@pytest.mark.parametrize(
    ("items", "expected"),
    [("rotate*", "pass"), ("*plan*", "fail"), (["Rotate*", "write*"], "fail"), (["rotate*", "zzz"], "unknown")],
)
def test_globs_choose_items_by_their_text(items: Any, expected: str) -> None:
    """In any case and without markup; each glob must match, or else nobody knows what it was for."""
    found = judged(a_task("**Rotate** the key", ticked=True), a_task("Write the plan", ticked=False), items=items)
    assert outcome(found) == expected


@pytest.mark.parametrize(
    ("proof", "expected"),
    [("`docs/a.md`", "pass"), ("`docs/b.md`", "fail"), ("", "fail"), ("`docs/a.md` (pending)", "fail")],
)
def test_claim_without_proof_breaks_the_demand_for_good(proof: str, expected: str) -> None:
    """Even where the number of items would do: who says done without evidence says what is not so."""
    row = a_row("Done", evidence=proof)
    assert outcome(judged(row, files=("docs/a.md",), evidence=True)) == expected
    share = judged(row, *[a_row("Done", evidence="`docs/a.md`")] * 9, files=("docs/a.md",), evidence=True, done="50%")
    assert outcome(share) == ("fail" if expected == "fail" and "pending" not in proof else "pass")


def test_status_that_decides_is_asked_for_once() -> None:
    """Items with the same status share a doubt."""
    judgement = judged(*[a_row("BASE", f"row {number}") for number in range(5)], a_row("DEV", "other"))
    assert [doubt.message for doubt in judgement.doubts] == [
        "'row 0', 'row 1', 'row 2' and 2 more: status 'BASE' is in no list",
        "'other': status 'DEV' is in no list",
    ]
    assert {doubt.slug for doubt in judgement.doubts} == {Slug.NOT_STATED}


def test_each_doubt_has_the_remedy_that_helps() -> None:
    """An unlisted status is listed, a column among several is named, evidence elsewhere is brought here."""
    columns = {"Control": "a", "Dev Status": "Done", "Prod Status": "Open", "Evidence": "`docs/a.md`"}
    rows = (ODD, ChecklistItem("a", cells=columns), a_row("Done", evidence="https://example.org/report"))
    doubts = judged(*rows, files=("docs/a.md",), evidence=True).doubts
    assert [doubt.hint for doubt in doubts] == [
        "say in `statuses` what it means",
        "name the column that counts: `columns: {status: Dev Status}`",
        "name a file of the workspace",
    ]


def test_policy_can_say_what_its_statuses_mean() -> None:
    """The readiness checklist of a real project has seven of them."""
    rows = [a_row(status) for status in ("COMPLETE", "NEW", "BASE", "DEV", "PARTIAL", "PLANNED")]
    judgement = judged(*rows, statuses={"open": ["NEW", "BASE", "DEV", "PARTIAL", "PLANNED"]}, done=1)
    assert (judgement.breaches, judgement.doubts) == ((), ())


def test_several_checklists_are_one_union() -> None:
    """Counted together."""
    reports = [a_report(DONE, OPEN, path=f"docs/{name}.md") for name in ("a", "b")]
    judgement = criterion(done=2).judge(Evidence(NOW, (a_source(*reports),)))
    assert judgement.observed == "2 of 4 items done"
    assert judgement.breaches == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"done": 0},
        {"done": "0%"},
        {"done": "most"},
        {"done": -1},
        {"done": "101%"},
        {"section": []},
        {"items": []},
        {"columns": {"owner": "x"}},
        {"statuses": {"done": ["x"], "open": ["x"]}},
        {"files": None},
        {"item": "x"},
    ],
)
def test_demand_that_demands_nothing_is_refused(fields: dict[str, Any]) -> None:
    """When the policy is loaded; without files there is nothing to look at."""
    given = {name: value for name, value in ({"files": [PATH]} | fields).items() if value is not None}
    with pytest.raises(ValidationError):
        Checklist.model_validate({"kind": "checklist"} | given)


def test_demand_is_kept_exactly() -> None:
    """A share is a fraction, a number is a number."""
    assert criterion(done="80%").done == Fraction(4, 5)
    assert criterion(done=6).done == 6
    assert judged(DONE, done="33%", evidence=True).demanded == "at least 33 % done, with evidence"


def test_inventory_is_asked_for_with_evidence_only() -> None:
    """It costs time to collect."""
    assert criterion(evidence=True).needs_inventory
    assert not criterion().needs_inventory

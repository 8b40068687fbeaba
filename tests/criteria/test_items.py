"""How a single item of a checklist stands."""

from typing import Any

import pytest
from pydantic import ValidationError

from gate.criteria.items import Columns, ItemReader, Standing, Statuses
from gate.criteria.tree import Tree
from gate.model.checklist import ChecklistItem
from gate.model.evidence import Inventory

TREE = Tree(Inventory({"docs/a.md": 3, "docs/empty.md": 0, "evidence/sast/a.sarif": 9}))
DOCUMENT = "docs/checklist.md"


def a_reader(*, proofs: bool = False, columns: Any = None, **statuses: Any) -> ItemReader:
    """A reader as a policy describes it; with proofs, it looks at the evidence."""
    return ItemReader(
        Columns.model_validate(columns or {}), Statuses.model_validate(statuses), TREE if proofs else None
    )


def a_row(**cells: str) -> ChecklistItem:
    """A table row."""
    return ChecklistItem(next(iter(cells.values())), cells=cells)


def standing(item: ChecklistItem, reader: ItemReader | None = None) -> Standing:
    """How the item stands."""
    return (reader or a_reader()).standing(item, DOCUMENT)[0]


@pytest.mark.parametrize(("ticked", "expected"), [(True, Standing.DONE), (False, Standing.OPEN)])
def test_task_stands_as_its_box_says(ticked: bool, expected: Standing) -> None:  # noqa: FBT001 - a table of cases
    """Whatever its text."""
    assert standing(ChecklistItem("pending", ticked=ticked)) is expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("Done", Standing.DONE),
        ("✅ Complete", Standing.DONE),
        ("✅", Standing.DONE),
        ("âœ… COMPLETE", Standing.DONE),
        ("\u201aúÖ PASS", Standing.DONE),
        ("**yes**", Standing.DONE),
        ("[x]", Standing.DONE),
        ("[X]", Standing.DONE),
        ("[ ]", Standing.OPEN),
        ("TODO", Standing.OPEN),
        ("In-progress", Standing.OPEN),
        ("NEW", Standing.OPEN),
        ("⚠️ Partial", Standing.OPEN),
        ("⚠️", Standing.OPEN),
        ("❌", Standing.OPEN),
        ("not started", Standing.OPEN),
        ("N/A", Standing.NOT_APPLICABLE),
        ("Not applicable", Standing.NOT_APPLICABLE),
        ("BASE", Standing.UNKNOWN),
        ("Not done", Standing.OPEN),
        ("Done soon", Standing.UNKNOWN),
        ("Done ❌", Standing.OPEN),
        ("❌ Done", Standing.OPEN),
        ("Done❌", Standing.OPEN),
        ("done ⚠️", Standing.OPEN),
        ("🔴 Done", Standing.OPEN),
        ("☐ Done", Standing.OPEN),
        ("â\x9dŒ Done", Standing.OPEN),
        ("[ ] Done", Standing.OPEN),
        ("✅ Open", Standing.OPEN),
        ("❌ N/A", Standing.OPEN),
        ("✅ N/A", Standing.NOT_APPLICABLE),
        ("🎉 Done", Standing.DONE),
        ("🔴", Standing.OPEN),
        ("🔴 Deferred", Standing.UNKNOWN),
        ("✅❌", Standing.UNKNOWN),
        ("Complete (pending review)", Standing.UNKNOWN),
        ("✅ 97.4% (189/194)", Standing.UNKNOWN),
        ("✅✅", Standing.UNKNOWN),
        ("x", Standing.UNKNOWN),
        ("—", Standing.UNKNOWN),
        ("", Standing.UNKNOWN),
    ],
)
def test_row_stands_as_its_status_says(status: str, expected: Standing) -> None:
    """The whole cell has to be a known status; words count before signs, unless a sign alone means open."""
    assert standing(a_row(Control="Logs", Status=status)) is expected


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ({"open": ["New"]}, Standing.OPEN),
        ({"open": ["🐌"]}, Standing.OPEN),
        ({"done": ["Done", "⚠️"]}, Standing.DONE),
        ({"not_applicable": ["⚠️"]}, Standing.DONE),
    ],
)
def test_sign_means_open_until_the_policy_says_otherwise(statuses: dict[str, Any], expected: Standing) -> None:
    """A list of open words takes nothing from the customary signs; listing the sign elsewhere does."""
    status = "Done 🐌" if "🐌" in str(statuses) else "Done ⚠️"
    assert standing(a_row(Item="a", Status=status), a_reader(**statuses)) is expected


def test_unknown_status_is_named() -> None:
    """So that the policy can list it."""
    assert a_reader().standing(a_row(Item="a", Status="**BASE**"), DOCUMENT)[1] == "status 'BASE' is in no list"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("Shipped 🚀", Standing.DONE),
        ("Done", Standing.UNKNOWN),
        ("New", Standing.DONE),
        ("Todo", Standing.OPEN),
        ("n/a", Standing.NOT_APPLICABLE),
    ],
)
def test_list_of_the_policy_replaces_the_customary_one(status: str, expected: Standing) -> None:
    """And wins over the other customary lists."""
    assert standing(a_row(Item="a", Status=status), a_reader(done=["shipped", "New"])) is expected


@pytest.mark.parametrize("statuses", [{"done": ["x"], "open": ["X"]}, {"done": [" "]}, {"done": []}, {"closed": ["x"]}])
def test_status_that_means_two_things_or_nothing_is_refused(statuses: dict[str, Any]) -> None:
    """When the policy is loaded."""
    with pytest.raises(ValidationError):
        Statuses.model_validate(statuses)


@pytest.mark.parametrize(
    ("cells", "text", "expected"),
    [
        ({"Category": "Ops", "Control": "Logs", "Status": "Done"}, "Logs", Standing.DONE),
        ({"Status": "Done", "Name": "Logs"}, "Logs", Standing.DONE),
        ({"Component": "Logs", "Current state": "Done"}, "Logs", Standing.DONE),
        ({"Component": "Logs", "**STATUS** ✅": "Done"}, "Logs", Standing.DONE),
        ({"Component": "Logs", "Statuses": "Done"}, "Logs", Standing.NO_ITEM),
        ({"Severity": "High", "Count": "3"}, "High", Standing.NO_ITEM),
        ({"Item": "", "Status": ""}, "", Standing.NO_ITEM),
        ({"Status": "Done"}, "Done", Standing.DONE),
    ],
)
def test_columns_are_known_by_header_words(cells: dict[str, str], text: str, expected: Standing) -> None:
    """A table without a status is no checklist, and an empty row is no item."""
    item = ChecklistItem("", cells=cells)
    assert (a_reader().text(item), standing(item)) == (text, expected)


def test_columns_can_be_named() -> None:
    """By their whole header; a table without that column is no checklist."""
    reader = a_reader(columns={"item": "Was", "status": "Stand"})
    assert reader.text(a_row(Nr="1", Was="Logs", Stand="Done")) == "Logs"
    assert standing(a_row(Nr="1", Was="Logs", Stand="Done"), reader) is Standing.DONE
    assert standing(a_row(Item="Logs", Status="Done"), reader) is Standing.NO_ITEM


@pytest.mark.parametrize(
    ("dev", "prod", "expected"),
    [
        ("Done", "Open", Standing.UNKNOWN),
        ("Done", "BASE", Standing.UNKNOWN),
        ("N/A", "Open", Standing.UNKNOWN),
        ("N/A", "Done", Standing.UNKNOWN),
        ("Done", "✅", Standing.DONE),
        ("Open", "Done", Standing.OPEN),
        ("BASE", "Done", Standing.UNKNOWN),
    ],
)
def test_columns_that_could_each_be_the_status_must_agree(dev: str, prod: str, expected: Standing) -> None:
    """The first one alone says nothing in favour of the item; the policy can name the one that counts."""
    row = ChecklistItem("", cells={"Item": "Logs", "Dev Status": dev, "Prod Status": prod})
    assert standing(row) is expected
    named = a_reader(columns={"status": "Prod Status"})
    assert standing(row, named) is standing(a_row(Item="Logs", Status=prod))


def test_columns_that_differ_are_named_with_the_remedy() -> None:
    """So that the policy can be corrected."""
    row = ChecklistItem("", cells={"Item": "Logs", "**Dev** Status": "Done", "State": "Open"})
    stand = a_reader().standing(row, DOCUMENT)
    assert stand.reason == "columns '**Dev** Status', 'State' differ, and each of them could be its status"
    assert stand.remedy == "name the column that counts: `columns: {status: Dev Status}`"


@pytest.mark.parametrize(
    ("proof", "link", "expected"),
    [
        ("`docs/a.md`", "`evidence/sast/`", Standing.DONE),
        ("`docs/a.md`", "`docs/b.md`", Standing.UNKNOWN),
        ("`docs/a.md`", "", Standing.UNKNOWN),
        ("`docs/a.md`", "(pending)", Standing.UNKNOWN),
        ("`docs/b.md`", "`docs/a.md`", Standing.UNPROVED),
    ],
)
def test_columns_that_could_each_be_the_evidence_must_agree(proof: str, link: str, expected: Standing) -> None:
    """Just as for the status."""
    row = a_row(Control="Logs", Status="Done", Evidence=proof, Link=link)
    assert standing(row, a_reader(proofs=True)) is expected
    assert standing(row, a_reader(proofs=True, columns={"evidence": "Evidence"})) in (Standing.DONE, Standing.UNPROVED)


@pytest.mark.parametrize(
    ("proof", "expected"),
    [
        ("`docs/a.md`", Standing.DONE),
        ("`docs/a.md`, `evidence/sast/`", Standing.DONE),
        ("`docs/a.md` (reviewed)", Standing.DONE),
        ("`docs/a.md`, `docs/b.md`", Standing.UNPROVED),
        ("`docs/empty.md`", Standing.UNPROVED),
        ("the usual", Standing.UNPROVED),
        ("", Standing.UNPROVED),
        ("`docs/a.md` (pending)", Standing.OPEN),
        ("`docs/b.md` (Pending ⏳)", Standing.OPEN),
        ("`docs/a.md` (TODO)", Standing.OPEN),
        ("https://example.org/report", Standing.UNKNOWN),
        ("`docs/a.md`, https://example.org/report", Standing.DONE),
    ],
)
@pytest.mark.parametrize("is_task", [True, False])
def test_claim_stands_by_its_proof(proof: str, expected: Standing, is_task: bool) -> None:  # noqa: FBT001 - a table
    """All paths exist and hold something; `(pending)` opens it; prose proves nothing; nobody looks outside."""
    item = ChecklistItem(proof, ticked=True) if is_task else a_row(Control="Logs", Status="Done", Evidence=proof)
    assert standing(item, a_reader(proofs=True)) is expected


def test_pending_is_pending_whatever_the_policy_lists() -> None:
    """Its lists are about statuses."""
    item = a_row(Control="Logs", Status="Done", Evidence="`docs/a.md` (pending)")
    assert standing(item, a_reader(proofs=True, open=["NEW"])) is Standing.OPEN


@pytest.mark.parametrize(
    ("status", "expected"),
    [("Open", Standing.OPEN), ("N/A", Standing.NOT_APPLICABLE), ("BASE", Standing.UNKNOWN)],
)
def test_only_who_says_done_must_prove_it(status: str, expected: Standing) -> None:
    """An open item is open with and without a file."""
    item = a_row(Control="Logs", Status=status, Evidence="`docs/nowhere.md`")
    assert standing(item, a_reader(proofs=True)) is expected


@pytest.mark.parametrize(
    ("proof", "expected"),
    [("`docs/a.md`", Standing.DONE), ("`docs/b.md`", Standing.UNPROVED), ("x (tbd)", Standing.OPEN)],
)
def test_table_of_proofs_needs_no_status(proof: str, expected: Standing) -> None:
    """That the evidence is there is the status, where evidence is asked for; otherwise it is no checklist."""
    item = a_row(Control="Logs", Path=proof)
    assert standing(item, a_reader(proofs=True)) is expected
    assert standing(item) is Standing.NO_ITEM


def test_what_is_lacking_is_named() -> None:
    """Each path, and whether it is empty or not there."""
    item = a_row(Control="Logs", Status="Done", Evidence="`docs/a.md` `docs/b.md` `docs/empty.md`")
    reason = a_reader(proofs=True).standing(item, DOCUMENT)[1]
    assert reason == "'docs/b.md' is not there, 'docs/empty.md' is empty"

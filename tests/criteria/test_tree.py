"""The files of the workspace, as documents and checklists name them."""

import pytest

from gate.criteria.tree import Tree, seen_from
from gate.model.evidence import Inventory

SIZES = {"a/b/full": 1, "a/b/empty": 0, "a/c/empty": 0, "a/c/d/full": 2, "top": 0, "we[i]rd": 1}


@pytest.mark.parametrize(
    ("path", "there", "filled"),
    [
        ("a/b/full", True, True),
        ("a/b/empty", True, False),
        ("top", True, False),
        ("a", True, True),
        ("a/b", True, True),
        ("a/b/", True, True),
        ("a/c", True, True),
        ("a/c/empty", True, False),
        ("a/*/empty", True, False),
        ("a/*/full", True, True),
        ("**/full", True, True),
        ("a/*", False, False),
        ("we[i]rd", True, True),
        ("nowhere", False, False),
        ("A", False, False),
        ("", False, False),
    ],
)
def test_files_folders_and_patterns_are_there_and_filled(path: str, there: bool, filled: bool) -> None:  # noqa: FBT001
    """A folder is filled by any file below it, at whatever depth; a pattern names files, never folders."""
    tree = Tree(Inventory(SIZES))
    assert (tree.has(path), tree.is_filled(path)) == (there, filled)


@pytest.mark.parametrize("order", [1, -1])
def test_order_of_the_files_does_not_matter(order: int) -> None:
    """An empty file after a full one empties no folder."""
    tree = Tree(Inventory(dict(sorted(SIZES.items())[::order])))
    assert all(tree.is_filled(folder) for folder in ("a", "a/b", "a/c", "a/c/d"))


def test_folder_of_empty_files_is_not_filled() -> None:
    """It is there."""
    tree = Tree(Inventory({"a/b/c/.gitkeep": 0}))
    assert all(tree.has(folder) and not tree.is_filled(folder) for folder in ("a", "a/b", "a/b/c"))


@pytest.mark.parametrize(
    ("document", "target", "expected"),
    [
        ("docs/a.md", "b.md", "docs/b.md"),
        ("docs/a.md", "../b.md", "b.md"),
        ("docs/a.md", "/b.md", "b.md"),
        ("a.md", "./b/", "b"),
        ("a.md", "..", ".."),
        ("docs/a.md", "..", "."),
    ],
)
def test_link_is_seen_from_its_document(document: str, target: str, expected: str) -> None:
    """As a browser of the repository would follow it."""
    assert seen_from(document, target) == expected


def test_patterns_of_a_hostile_checklist_cost_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a budget of comparisons they prove nothing, which never opens a gate."""
    monkeypatch.setattr("gate.criteria.tree.MAX_COMPARED", 250)
    tree = Tree(Inventory({f"a/{number}": 1 for number in range(100)} | {f"b/{number}": 1 for number in range(900)}))
    assert [tree.has(pattern) for pattern in ("a/*1", "a/*2", "a/*3", "a/*4", "a/*1")] == [
        True,
        True,
        True,
        False,
        True,
    ]

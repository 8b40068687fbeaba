"""The files that documents name, as they name them."""

import pytest

from gate.criteria.tree import Tree, seen_from
from gate.model.evidence import Inventory

SIZES = {"docs/a.md": 10, "docs/empty.md": 0, "service/docs/b.md": 5, "service/none/x": 0}


@pytest.mark.parametrize(
    ("path", "filled"),
    [
        ("docs/a.md", True),
        ("docs/empty.md", False),
        ("docs", True),
        ("docs/", True),
        ("docs/*.md", True),
        ("docs/e*.md", False),
        ("gone.md", False),
        ("service/none", False),
        ("docs/b.md", False),
    ],
)
def test_what_is_named_must_hold_something(path: str, filled: bool) -> None:  # noqa: FBT001
    """A file, a folder with a file that is not empty, or a pattern that matches one."""
    assert Tree(Inventory(SIZES)).is_filled(path) is filled


def test_paths_are_also_seen_from_the_working_directory() -> None:
    """A service in a folder of its own names its files as if the folder were the root."""
    tree = Tree(Inventory(SIZES, "service"))
    assert tree.is_filled("docs/b.md")
    assert tree.is_filled("docs/b*")
    assert not tree.is_filled("none")


@pytest.mark.parametrize(
    ("document", "target", "path"),
    [("docs/a.md", "b.md", "docs/b.md"), ("docs/a.md", "/b.md", "b.md"), ("docs/a.md", "../../b.md", "../b.md")],
)
def test_a_link_is_seen_from_its_document(document: str, target: str, path: str) -> None:
    """One that begins with a slash is seen from the root, and one that leads out leads out."""
    assert seen_from(document, target) == path

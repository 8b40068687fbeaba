"""Which file is the policy, and which files can never be one."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from gate.errors import PolicyError
from gate.policy.find import PolicyText, Shelf, is_shipped_name
from gate.policy.yaml import MAX_BYTES
from tests.policy.desk import Desk

POLICY = "schema: gate/v1\ncriteria: {a: {kind: tests}}\n"


@pytest.fixture
def shelf(desk: Desk) -> Shelf:
    """The shelf of the desk, with a default policy."""
    desk.ship("default", POLICY)
    return Shelf(desk.workspace, desk.shipped)


def refusal(shelf: Shelf, reference: str) -> str:
    """Why there is no policy under this reference."""
    with pytest.raises(PolicyError) as refused:
        shelf.first(reference)
    return str(refused.value)


def test_a_repository_is_judged_by_its_own_policy(desk: Desk, shelf: Shelf) -> None:
    """Without a reference, the policy in .github comes first."""
    desk.write(".github/gate.yaml", "later")
    assert shelf.first("").path == ".github/gate.yaml"
    desk.write(".github/gate.yml", "first")
    assert shelf.first("") == PolicyText(".github/gate.yml", "first", sha256(b"first").hexdigest(), shipped=False)


def test_a_repository_without_a_policy_is_judged_by_the_shipped_default(shelf: Shelf) -> None:
    """Its path is the one in the gate's own repository, and no place in the workspace."""
    found = shelf.first("")
    assert (found.path, found.shipped, found.at.placed) == ("policies/default.yml", True, False)


def test_a_broken_policy_of_the_repository_never_gives_way_to_the_default(desk: Desk, shelf: Shelf) -> None:
    """A dangling link is an own policy that cannot be read."""
    desk.write(".github/other", "")
    (desk.workspace / ".github/gate.yml").symlink_to("nowhere.yml")
    assert refusal(shelf, "") == (
        "there is no policy '.github/gate.yml'; "
        "write one to .github/gate.yml, or name another with the input `policy` (no-policy)"
    )


@pytest.mark.parametrize(
    ("reference", "shipped"),
    [
        ("default", True),
        ("security-baseline", True),
        ("./default", False),
        ("a/b", False),
        ("a.yml", False),
        ("..", True),
    ],
)
def test_a_name_without_slash_and_suffix_is_a_shipped_one(reference: str, shipped: bool) -> None:  # noqa: FBT001
    """Everything else is a path."""
    assert is_shipped_name(reference) is shipped


def test_an_unknown_shipped_name_is_answered_with_the_nearest(desk: Desk, shelf: Shelf) -> None:
    """Or with all of them, and how to name a file."""
    desk.ship("security-baseline", POLICY)
    assert (
        refusal(shelf, "defualt")
        == "no policy called 'defualt' comes with the gate; did you mean 'default'? (no-policy)"
    )
    assert refusal(shelf, "..") == (
        "no policy called '..' comes with the gate; "
        "there are default, security-baseline; a file is named by its path (no-policy)"
    )


@pytest.mark.parametrize("reference", ["ci/gate.yml", "./ci/gate.yml", "ci/../ci/gate.yml", "ci/.././ci//gate.yml"])
def test_a_path_counts_from_the_root_of_the_workspace(desk: Desk, shelf: Shelf, reference: str) -> None:
    """However it is written, it is shown in one way."""
    desk.write("ci/gate.yml", POLICY)
    assert shelf.first(reference).path == "ci/gate.yml"


def test_an_absolute_path_into_the_workspace_is_shown_relative(desk: Desk, shelf: Shelf) -> None:
    """Reports never name folders of the machine."""
    file = desk.write("ci/gate.yml", POLICY)
    assert shelf.first(str(file)).path == "ci/gate.yml"


@pytest.mark.parametrize("reference", ["../gate.yml", "/etc/passwd", "a/../../gate.yml", "a\\b.yml", "a\0.yml", "./.."])
def test_a_path_out_of_the_workspace_is_refused(desk: Desk, shelf: Shelf, reference: str) -> None:
    """Before anything is opened."""
    desk.write("../gate.yml", POLICY)
    assert refusal(shelf, reference).endswith(
        "lies outside of the workspace; name it by its path from the workspace root (outside-workspace)"
    )


def test_a_link_that_leads_out_is_refused(desk: Desk, shelf: Shelf) -> None:
    """Be it the file or a folder above it."""
    outside = desk.write("../outside/gate.yml", POLICY)
    (desk.workspace / "gate.yml").symlink_to(outside)
    (desk.workspace / "ci").symlink_to(outside.parent)
    for reference in ("gate.yml", "ci/gate.yml"):
        assert refusal(shelf, reference) == (
            f"the policy '{reference}' is a link that leads out of the workspace; "
            "keep the file itself in the workspace (outside-workspace)"
        )


def test_a_link_inside_the_workspace_is_followed(desk: Desk, shelf: Shelf) -> None:
    """It is shown under the name that was asked for."""
    desk.write("ci/real.yml", POLICY)
    (desk.workspace / "gate.yml").symlink_to("ci/real.yml")
    assert shelf.first("gate.yml").path == "gate.yml"


def test_a_missing_file_is_answered_with_a_remedy(shelf: Shelf) -> None:
    """The message says where a policy belongs."""
    assert refusal(shelf, "ci/gate.yml") == (
        "there is no policy 'ci/gate.yml'; "
        "write one to .github/gate.yml, or name another with the input `policy` (no-policy)"
    )


def test_only_a_regular_file_is_read(desk: Desk, shelf: Shelf) -> None:
    """Neither a folder, nor a pipe that nobody will ever write to, nor a link that ends in itself."""
    (desk.workspace / "folder.yml").mkdir()
    os.mkfifo(desk.workspace / "pipe.yml")
    (desk.workspace / "loop.yml").symlink_to("loop.yml")
    assert "'folder.yml' is no regular file" in refusal(shelf, "folder.yml")
    assert "'pipe.yml' is no regular file" in refusal(shelf, "pipe.yml")
    assert "there is no policy 'loop.yml'" in refusal(shelf, "loop.yml")
    assert "there is no policy" in refusal(shelf, "a" * 300 + ".yml")


def test_size_is_bounded_before_reading(desk: Desk, shelf: Shelf) -> None:
    """A file of the limit is read, one byte more is not."""
    desk.write("full.yml", b"#" * MAX_BYTES)
    desk.write("over.yml", b"#" * (MAX_BYTES + 1))
    assert len(shelf.first("full.yml").text) == MAX_BYTES
    assert refusal(shelf, "over.yml") == (
        "the policy 'over.yml' is larger than 1 MiB; split it, and join the parts with `extends` (over-limit)"
    )


def test_a_policy_is_utf_8(desk: Desk, shelf: Shelf) -> None:
    """With a byte-order mark or without; any other encoding is refused at the line that shows it."""
    desk.write("bom.yml", b"\xef\xbb\xbf" + POLICY.encode())
    desk.write("latin.yml", b"a: 1\nb: \xe9\n")
    desk.write("wide.yml", POLICY.encode("utf-16"))
    assert shelf.first("bom.yml").text == POLICY
    assert refusal(shelf, "latin.yml") == "latin.yml:2: is not UTF-8; save it in that encoding (yaml-syntax)"
    assert "wide.yml:1: is not UTF-8" in refusal(shelf, "wide.yml")


def test_a_file_that_may_not_be_read_says_so(desk: Desk, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's own word stands in the message."""
    desk.write("gate.yml", POLICY)

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert "the policy 'gate.yml' cannot be read: Permission denied" in refusal(shelf, "gate.yml")


def test_a_workspace_that_is_a_link_itself_is_a_workspace(desk: Desk, tmp_path: Path) -> None:
    """Runners link their folders as they like."""
    desk.write("gate.yml", POLICY)
    (tmp_path / "link").symlink_to(desk.workspace)
    assert Shelf(tmp_path / "link", desk.shipped).first("gate.yml").path == "gate.yml"
    assert Shelf(tmp_path / "link", desk.shipped).first(str(tmp_path / "link" / "gate.yml")).path == "gate.yml"

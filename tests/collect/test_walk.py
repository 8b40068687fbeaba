"""Which files a pattern finds, and what it says about those that are no files."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gate.collect.folders import Folders
from gate.collect.walk import Match, find
from gate.collect.workspace import Workspace
from gate.model.glob import matches
from gate.model.limits import Limit, Limits
from gate.model.problem import Slug
from tests.collect.desk import Desk, as_nobody

TREE = ("a.json", "a/b.json", "a/b/c.json", "a/b/d.xml", "a/.hidden/e.json", "b/a/b.json", "b/a/b/a.json")


def found(desk: Desk, *patterns: str, exclude: tuple[str, ...] = (), limits: Limits | None = None) -> tuple[Match, ...]:
    """The matches in the desk's workspace."""
    workspace = Workspace(desk.root, report_dir=desk.report_dir)
    return find(Folders(workspace), limits or desk.limits, patterns, exclude=exclude)


def paths(*args: object, **kwargs: object) -> list[str]:
    """The paths of the matches."""
    return [match.path for match in found(*args, **kwargs)]  # type: ignore[arg-type]


def only(desk: Desk, *patterns: str) -> Match:
    """The only match."""
    (match,) = found(desk, *patterns)
    return match


@pytest.fixture
def tree(desk: Desk) -> Desk:
    """A few files, some below hidden folders."""
    for path in TREE:
        desk.put(path)
    return desk


SEGMENTS = st.sampled_from(["a", "b", "*", "**", "?", "[ab]", "*.json", "b.json", "c.*", ".hidden"])


@settings(max_examples=300, deadline=None)
@given(pattern=st.lists(SEGMENTS, min_size=1, max_size=5).map("/".join))
def test_walk_finds_what_the_pattern_matches(pattern: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The walk and the pattern language agree on every file: nothing is lost, and nothing added."""
    root = tmp_path_factory.getbasetemp() / "tree"
    for path in TREE:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    walked = [match.path for match in find(Folders(Workspace(root.resolve())), Limits(), (pattern,)) if not match.fault]
    assert walked == sorted(path for path in TREE if matches(path, pattern))


def test_matches_are_sorted_whatever_the_patterns(tree: Desk) -> None:
    """The order is that of the paths, and a file that two patterns match is there once."""
    assert paths(tree, "b/**", "a.json", "a/*.json", "**/b.json") == [
        "a.json",
        "a/b.json",
        "b/a/b.json",
        "b/a/b/a.json",
    ]


def test_excluded_files_are_not_there(tree: Desk) -> None:
    """`exclude` takes files away, and whole folders."""
    assert paths(tree, "**/*.json", exclude=("a/**", "**/a.json")) == ["b/a/b.json"]


@pytest.mark.parametrize(
    ("patterns", "wildcard"), [(("a.json",), False), (("*.json",), True), (("*.json", "a.json"), False)]
)
def test_match_knows_whether_a_pattern_names_it(tree: Desk, patterns: tuple[str, ...], wildcard: bool) -> None:  # noqa: FBT001
    """A file that any pattern names without a wildcard was asked for by name."""
    assert only(tree, *patterns).wildcard is wildcard


def test_git_and_own_reports_are_never_found(desk: Desk) -> None:
    """Neither `.git`, at any depth, nor the folder of the gate's own reports holds evidence."""
    for path in (".git/x.json", "lib/.git/x.json", "gate-report/gate.json", "x.json"):
        desk.put(path)
    assert paths(desk, "**/*.json") == ["x.json"]
    assert paths(desk, ".git/x.json", "gate-report/*.json", "lib/.git/*") == []


def test_file_of_the_patterns_name_in_a_deeper_report_folder_is_found(desk: Desk) -> None:
    """Only the report directory itself is closed, not every folder of that name."""
    desk.put("sub/gate-report/x.json")
    assert paths(desk, "**/*.json") == ["sub/gate-report/x.json"]


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the workspace, with a report in it."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "x.json").write_text("{}")
    return folder


def test_link_to_a_file_inside_is_that_file(tree: Desk) -> None:
    """A link is a name like any other, as long as it stays inside."""
    (tree.root / "latest.json").symlink_to("a/b.json")
    match = only(tree, "latest.json")
    assert (match.path, match.real, match.fault) == ("latest.json", "a/b.json", None)


def test_file_reached_by_links_counts_once(tree: Desk) -> None:
    """One pattern does not count a file again because a link leads to it; its own name is kept."""
    (tree.root / "0.json").symlink_to("a.json")
    (tree.root / "1.json").symlink_to("a.json")
    (tree.root / "link").symlink_to("a")
    assert paths(tree, "*.json") == ["a.json"]
    assert paths(tree, "[01].json") == ["0.json"]
    assert paths(tree, "**/b.json") == ["a/b.json", "b/a/b.json"]


def test_linked_folder_inside_is_entered(tree: Desk) -> None:
    """A link to a folder is a folder."""
    (tree.root / "latest").symlink_to("a/b", target_is_directory=True)
    assert paths(tree, "latest/*.json") == ["latest/c.json"]
    assert paths(tree, "**/latest/*.json") == ["latest/c.json"]


@pytest.mark.parametrize("pattern", ["evil.json", "*.json", "**/*.json", "**"])
def test_link_that_leads_out_is_a_fault(desk: Desk, outside: Path, pattern: str) -> None:
    """The file is named, and never read."""
    (desk.root / "evil.json").symlink_to(outside / "x.json")
    match = only(desk, pattern)
    assert match.path == "evil.json"
    assert match.fault
    assert (match.fault.slug, str(match.fault.at)) == (Slug.OUTSIDE_WORKSPACE, "evil.json")


@pytest.mark.parametrize("pattern", ["evil/x.json", "*/x.json", "**/x.json", "**"])
def test_linked_folder_that_leads_out_is_a_fault(desk: Desk, outside: Path, pattern: str) -> None:
    """What lies behind it could be evidence: the folder is named, and not entered."""
    (desk.root / "evil").symlink_to(outside, target_is_directory=True)
    match = only(desk, pattern)
    assert (match.path, match.fault and match.fault.slug) == ("evil", Slug.OUTSIDE_WORKSPACE)


def test_excluded_link_is_no_fault(desk: Desk, outside: Path) -> None:
    """Who excludes the link does not mean it."""
    (desk.root / "evil").symlink_to(outside, target_is_directory=True)
    assert paths(desk, "**/x.json", exclude=("evil/**",)) == []


@pytest.mark.parametrize("target", [".git/config", "gate-report/gate.json"])
def test_link_to_what_is_no_evidence_is_a_fault(desk: Desk, target: str) -> None:
    """A link is no way around the folders that are closed."""
    desk.put(target)
    (desk.root / "x.json").symlink_to(target)
    match = only(desk, "x.json")
    assert match.fault
    assert match.fault.slug is Slug.OUTSIDE_WORKSPACE


def test_prefix_of_the_workspaces_name_is_not_inside(desk: Desk) -> None:
    """`/tmp/workspace-evil` is not in `/tmp/workspace`."""
    neighbour = desk.root.with_name(f"{desk.root.name}-evil")
    neighbour.mkdir()
    (neighbour / "x.json").touch()
    (desk.root / "x.json").symlink_to(neighbour / "x.json")
    match = only(desk, "x.json")
    assert match.fault
    assert match.fault.slug is Slug.OUTSIDE_WORKSPACE


def test_link_to_nothing_is_a_fault(desk: Desk) -> None:
    """A link that leads nowhere, or in a circle, was meant to be a report."""
    (desk.root / "gone.json").symlink_to("nothing")
    (desk.root / "circle.json").symlink_to("circle.json")
    assert [match.fault and match.fault.slug for match in found(desk, "*.json")] == [Slug.NOT_A_FILE] * 2


def test_endless_chain_of_links_is_a_fault(desk: Desk) -> None:
    """Thousands of links in a row lead nowhere that anyone would follow, and exhaust nothing."""
    desk.put("0", "x")
    for number in range(1, 3_000):
        (desk.root / str(number)).symlink_to(str(number - 1))
    (desk.root / "x.json").symlink_to("2999")
    (desk.root / "y.json").symlink_to("missing/../2999")
    assert [match.fault and match.fault.slug for match in found(desk, "*.json")] == [Slug.NOT_A_FILE] * 2


@pytest.mark.parametrize("name", ["x" * 300, "/".join(["x" * 200] * 30)])
def test_name_that_no_disk_has_is_not_there(desk: Desk, name: str) -> None:
    """A pattern may be longer than any path."""
    assert paths(desk, f"{name}/*.json") == []
    assert paths(desk, name) == []


def test_folder_loop_ends(desk: Desk) -> None:
    """Links that lead back are followed once at most; the files are found under their own names."""
    desk.put("d/x.json")
    desk.put("e/y.json")
    (desk.root / "d/loop").symlink_to(".")
    (desk.root / "d/up").symlink_to("..")
    (desk.root / "d/other").symlink_to("../e")
    (desk.root / "e/other").symlink_to("../d")
    assert paths(desk, "**/*.json") == ["d/x.json", "e/y.json"]
    assert paths(desk, "d/loop/loop/x.json") == ["d/loop/loop/x.json"]


def test_folders_that_all_link_to_each_other_end_at_a_limit(desk: Desk) -> None:
    """The number of ways through ten such folders is their factorial; the limit on entries stops the search."""
    names = [f"d{number}" for number in range(10)]
    for name in names:
        desk.put(f"{name}/x.json")
        for other in names:
            if other != name:
                (desk.root / name / other).symlink_to(f"../{other}")
    limits = Limits(entries=Limit(5_000, "ENTRIES"))
    faults = [match.fault.slug for match in found(desk, "**/*.json", limits=limits) if match.fault]
    assert Slug.OVER_LIMIT in faults


def test_pipe_is_a_fault_and_never_opened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """To open a pipe would wait for its writer for ever."""
    os.mkfifo(desk.root / "x.json")
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", lambda *_, **__: pytest.fail("opened"))
        match = only(desk, "*.json")
    assert (match.fault and match.fault.slug) is Slug.NOT_A_FILE


def test_socket_is_a_fault(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A socket holds no report."""
    monkeypatch.chdir(desk.root)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("x.json")
        match = only(desk, "x.json")
    assert (match.fault and match.fault.slug) is Slug.NOT_A_FILE


@pytest.mark.parametrize(
    ("pattern", "is_fault"), [("*.json", True), ("x.json", True), ("x*", False), ("*", False), ("**", False)]
)
def test_folder_named_like_a_file_is_a_fault(desk: Desk, pattern: str, is_fault: bool) -> None:  # noqa: FBT001
    """An artifact of that name was unpacked into a folder; a pattern that may mean folders is no surprise."""
    (desk.root / "x.json").mkdir()
    slugs = [match.fault and match.fault.slug for match in found(desk, pattern)]
    assert slugs == [Slug.NOT_A_FILE] * is_fault


def test_folder_that_cannot_be_listed_is_a_fault(open_desk: Desk) -> None:
    """What is in there nobody knows."""
    closed = open_desk.root / "closed"
    closed.mkdir(mode=0o000)
    with as_nobody():
        match = only(open_desk, "**/*.json")
    closed.chmod(0o755)
    assert (match.path, match.fault and match.fault.slug) == ("closed", Slug.NOT_A_FILE)


@pytest.mark.parametrize(
    ("limit", "allowed", "knob"),
    [("files", 3, "FILES"), ("entries", 4, "ENTRIES"), ("depth", 1, "DEPTH"), ("path_length", 6, "PATH_LENGTH")],
)
def test_limit_that_is_passed_is_named(tree: Desk, limit: str, allowed: int, knob: str) -> None:
    """A search over a limit keeps what it has, and says which knob cut it off."""
    tree.limit(**{limit: allowed})
    faults = [match.fault for match in found(tree, "**/*.json") if match.fault]
    assert {fault.slug for fault in faults} == {Slug.OVER_LIMIT}
    assert all(knob in fault.message and f"at most {allowed}" in fault.message for fault in faults)


@pytest.mark.parametrize(("limit", "exactly"), [("files", 6), ("depth", 3), ("path_length", 16)])
def test_exactly_at_the_limit_is_allowed(tree: Desk, limit: str, exactly: int) -> None:
    """The limit itself is inside."""
    tree.limit(**{limit: exactly})
    assert [match for match in found(tree, "**/*.json") if match.fault] == []
    tree.limit(**{limit: exactly - 1})
    assert [match for match in found(tree, "**/*.json") if match.fault]


def test_ten_thousand_files_are_found(desk: Desk) -> None:
    """The default limit admits ten thousand files in one source, and one more is too many."""
    folder = desk.root / "many"
    folder.mkdir()
    for number in range(10_000):
        (folder / f"{number:05}.json").touch()
    assert len(paths(desk, "many/*.json")) == 10_000
    (folder / "x.json").touch()
    assert sum(bool(match.fault) for match in found(desk, "many/*.json")) == 1

"""Which file of the workspace a reported path means."""

from pathlib import Path

import pytest

from gate.collect.places import DEEPEST, Places
from gate.collect.workspace import Workspace
from gate.model.location import Location
from tests.collect.desk import Desk

FILES = (
    "setup.py",
    "package.json",
    "src/app.py",
    "src/pkg/app.py",
    "services/a/src/main.py",
    "services/a/setup.py",
    "web/ä b.ts",
)


@pytest.fixture
def tree(desk: Desk) -> Desk:
    """A repository with two folders of code."""
    for path in FILES:
        desk.put(path)
    return desk


def placed(desk: Desk, path: str, *roots: str, base: str = "", aliases: tuple[str, ...] = ()) -> str | None:
    """The file that the path means, or nothing."""
    places = Places(Workspace(desk.root, base, aliases=aliases), "octo/service")
    at = places.place(Location(path, 3, 4, 5), roots)
    assert (at.line, at.column, at.end_line) == (3, 4, 5)
    if not at.placed:
        assert at.path == path
    return at.path if at.placed else None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("src/app.py", "src/app.py"),
        ("./src/app.py", "src/app.py"),
        ("src/../src/./app.py", "src/app.py"),
        ("src\\app.py", "src/app.py"),
        ("web/ä b.ts", "web/ä b.ts"),
        ("/github/workspace/setup.py", "setup.py"),
        ("/__w/service/service/setup.py", "setup.py"),
        ("/home/runner/work/service/service/setup.py", "setup.py"),
        ("/home/runner/work/other/other/src/app.py", "src/app.py"),
        ("/Users/runner/work/service/service/setup.py", "setup.py"),
        ("D:\\a\\service\\service\\setup.py", "setup.py"),
        ("D:/a/service/service/src/app.py", "src/app.py"),
        ("/C:/a/service/service/setup.py", "setup.py"),
        ("/builds/group/service/setup.py", "setup.py"),
        ("/opt/app/src/app.py", "src/app.py"),
        ("app/src/app.py", "src/app.py"),
        ("../src/app.py", "src/app.py"),
        ("file:///github/workspace/setup.py", "setup.py"),
        ("file:///D:/a/service/service/setup.py", "setup.py"),
        ("file:src/app.py", "src/app.py"),
        ("FILE://src/app.py", "src/app.py"),
        ("/x/src/pkg/app.py", "src/pkg/app.py"),
    ],
)
def test_reported_path_is_found(tree: Desk, written: str, expected: str) -> None:
    """Relative, absolute, on a runner, in a container, on Windows, as a URI."""
    assert placed(tree, written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "gone.py",
        "app.py",
        "src",
        "src/",
        ".",
        "/",
        "//",
        "",
        "/usr/local/lib/node_modules/npm/package.json",
        "C:\\Windows\\setup.py",
        "/etc/passwd",
        "../../../../etc/passwd",
        "SRC/APP.PY",
        "src/app.py\0",
        "src/\ud800.py",
        "nginx:1.25 (debian 12)",
        "a" * 3000,
        "a/" * 900,
    ],
)
def test_what_is_no_file_here_keeps_the_reports_word(tree: Desk, written: str) -> None:
    """A name without a folder never decides, nor does what cannot be a path at all."""
    assert placed(tree, written) is None


@pytest.mark.parametrize("url", ["https://example.org/src/app.py", "http://localhost/setup.py", "docker://src/app.py"])
def test_url_stays_a_url(tree: Desk, url: str) -> None:
    """A page or host is a place of its own, even where a file is called alike."""
    at = Places(Workspace(tree.root)).place(Location(url))
    assert (at.path, at.placed) == (url, False)


def test_own_root_and_aliases_are_stripped(tree: Desk) -> None:
    """The workspace under its own absolute path, and under those that the host gives it."""
    assert placed(tree, f"{tree.root}/setup.py") == "setup.py"
    assert placed(tree, "/mnt/agent/7/s/setup.py") is None
    assert placed(tree, "/mnt/agent/7/s/setup.py", aliases=("/mnt/agent/7/s/",)) == "setup.py"
    assert placed(tree, "E:\\agent\\setup.py", aliases=("E:\\agent",)) == "setup.py"


def test_roots_of_the_report_come_first(tree: Desk) -> None:
    """Cobertura's sources say what its file names are relative to."""
    assert placed(tree, "app.py", "/github/workspace/src/pkg") == "src/pkg/app.py"
    assert placed(tree, "app.py", "nowhere", "src") == "src/app.py"
    assert placed(tree, "setup.py", "services/a") == "services/a/setup.py"
    assert placed(tree, "app.py", f"{tree.root}/src/") == "src/app.py"


def test_working_directory_comes_before_the_root(tree: Desk) -> None:
    """Steps run there; a path from the root is still found."""
    assert placed(tree, "setup.py", base="services/a") == "services/a/setup.py"
    assert placed(tree, "src/main.py", base="services/a") == "services/a/src/main.py"
    assert placed(tree, "src/app.py", base="services/a") == "src/app.py"
    assert placed(tree, "/app/src/main.py", base="services/a") == "services/a/src/main.py"


def test_longest_end_wins(tree: Desk) -> None:
    """`pkg/app.py` would be a worse guess than `src/pkg/app.py`."""
    tree.put("pkg/app.py")
    assert placed(tree, "/x/src/pkg/app.py") == "src/pkg/app.py"


def test_first_folder_of_the_repositorys_name_counts(desk: Desk) -> None:
    """A project that has a folder called like itself."""
    desk.put("service/app.py")
    desk.put("app.py")
    assert placed(desk, "/builds/octo/service/service/app.py") == "service/app.py"
    assert placed(desk, "/builds/octo/service/app.py") == "app.py"


def test_end_of_a_deep_path_is_found(tree: Desk) -> None:
    """Only so many ends are tried, and those nearest to the file."""
    assert placed(tree, "/" + "a/" * (DEEPEST * 3) + "src/app.py") == "src/app.py"


def test_places_stay_inside(desk: Desk, tmp_path: Path) -> None:
    """No link, no `.git` and no own report becomes a place."""
    (tmp_path / "outside.py").touch()
    (desk.root / "linked.py").symlink_to(tmp_path / "outside.py")
    (desk.root / "folder").symlink_to(tmp_path)
    desk.put(".git/config")
    desk.put("gate-report/gate.sarif")
    places = Places(Workspace(desk.root, report_dir="gate-report"))
    for path in (
        "linked.py",
        "folder/outside.py",
        ".git/config",
        "gate-report/gate.sarif",
        str(tmp_path / "outside.py"),
    ):
        assert not places.place(Location(path)).placed


def test_link_inside_is_a_place_by_its_own_name(tree: Desk) -> None:
    """The path in the report is the one that people know."""
    (tree.root / "main.py").symlink_to("src/app.py")
    assert placed(tree, "main.py") == "main.py"

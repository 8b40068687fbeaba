"""The report directory: inside the workspace, past no link, over no foreign file."""

import os
from pathlib import Path

import pytest

from gate.errors import UsageError
from gate.reportdir import ReportDir
from gate.reports import REPORTS
from tests.reports.builders import full_verdict

FILES = {"verdict.json": '{\n  "schema": "gate-verdict/v1"\n}\n', "gate.sarif": "{}\n"}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """An empty workspace, with something beside it that must never change."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "workspace").mkdir()
    return tmp_path / "workspace"


def _refused(workspace: Path, report_dir: str) -> str:
    with pytest.raises(UsageError) as refused:
        ReportDir(workspace, report_dir).write(FILES)
    (problem,) = refused.value.problems
    assert problem.slug == "bad-report-dir"
    assert problem.hint
    return problem.message


@pytest.mark.parametrize("report_dir", ["gate-report", "out/gate/", "./gate-report", "a/./b"])
def test_reports_are_written(workspace: Path, report_dir: str) -> None:
    """In folders that are made where they are missing, readable for everybody, and nothing else is left behind."""
    target = ReportDir(workspace, report_dir)
    target.write(FILES)
    folder = workspace / target.path
    assert {file.name: file.read_text() for file in folder.iterdir()} == FILES
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o644}


def test_the_path_is_relative_to_the_workspace(workspace: Path) -> None:
    """Also where it was given from the root of the disk."""
    assert ReportDir(workspace, "./out/gate/").path == "out/gate"
    assert ReportDir(workspace, str(workspace / "out")).path == "out"


def test_nothing_is_made_before_something_is_written(workspace: Path) -> None:
    """A policy that cannot be judged leaves no trace."""
    ReportDir(workspace, "gate-report")
    assert list(workspace.iterdir()) == []


def test_an_earlier_run_is_replaced(workspace: Path) -> None:
    """By what the gate itself writes, whatever the verdict."""
    texts = {name: render(full_verdict()) for name, render in REPORTS.items()}
    ReportDir(workspace, "gate-report").write(texts)
    ReportDir(workspace, "gate-report").write(texts | {"gate.sarif": "new"})
    assert (workspace / "gate-report/gate.sarif").read_text() == "new"
    assert len(list((workspace / "gate-report").iterdir())) == len(REPORTS)


@pytest.mark.parametrize("report_dir", ["", ".", "..", "../outside", "a/../../outside", "a\nb", "a\0b", "a\x1bb"])
def test_a_path_that_is_no_folder_inside_is_refused(workspace: Path, report_dir: str) -> None:
    """The root of the workspace has too many other files."""
    assert "is no folder inside the workspace" in _refused(workspace, report_dir)


def test_an_absolute_path_elsewhere_is_refused(workspace: Path) -> None:
    """A folder of the host is not there inside the container."""
    assert "outside of the workspace" in _refused(workspace, str(workspace.parent / "outside"))
    assert "outside of the workspace" in _refused(workspace, f"{workspace}-evil")


@pytest.mark.parametrize("report_dir", [".git", ".git/hooks", "sub/.GIT/x"])
def test_the_folder_of_git_is_refused(workspace: Path, report_dir: str) -> None:
    """What stands there may be run by the next git command."""
    assert "belongs to git" in _refused(workspace, report_dir)


@pytest.mark.parametrize("report_dir", ["link", "link/deeper", "inner/link"])
@pytest.mark.parametrize("goal", ["outside", "workspace", "gone"])
def test_a_link_in_the_path_is_refused(workspace: Path, report_dir: str, goal: str) -> None:
    """Wherever it leads, at every depth, and before anything is judged."""
    (workspace / "inner").mkdir()
    for link in (workspace / "link", workspace / "inner/link"):
        link.symlink_to(workspace.parent / goal)
    with pytest.raises(UsageError, match="is a link"):
        ReportDir(workspace, report_dir)
    assert list((workspace.parent / "outside").iterdir()) == []


def test_a_file_in_the_path_is_refused(workspace: Path) -> None:
    """Before anything is judged."""
    (workspace / "gate-report").write_text("mine")
    with pytest.raises(UsageError, match="is no folder"):
        ReportDir(workspace, "gate-report")
    assert (workspace / "gate-report").read_text() == "mine"


def test_a_foreign_file_is_not_overwritten(workspace: Path) -> None:
    """A folder of somebody else may hold a file of the same name."""
    (workspace / "out").mkdir()
    (workspace / "out/gate.sarif").write_text("mine")
    assert "'out/gate.sarif': is in the way" in _refused(workspace, "out")
    (workspace / "out/verdict.json").write_text('{"schema": "something/v1"}')
    assert "is in the way" in _refused(workspace, "out")
    assert (workspace / "out/gate.sarif").read_text() == "mine"


def test_other_files_in_the_directory_stay(workspace: Path) -> None:
    """Only the gate's own names are touched."""
    (workspace / "out").mkdir()
    (workspace / "out/notes.txt").write_text("mine")
    ReportDir(workspace, "out").write(FILES)
    assert (workspace / "out/notes.txt").read_text() == "mine"


def _link(path: Path) -> None:
    path.symlink_to(path.parents[2] / "outside/target")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("make", [_link, _pipe, Path.mkdir])
@pytest.mark.parametrize("name", FILES)
def test_what_is_no_file_is_not_written_through(workspace: Path, name: str, make: object) -> None:
    """A link, a pipe or a folder under the name of a report; nothing hangs, nothing is followed."""
    ReportDir(workspace, "out").write(FILES)
    (workspace / "out" / name).unlink()
    assert callable(make)
    make(workspace / "out" / name)
    assert "is in the way" in _refused(workspace, "out")
    assert list((workspace.parent / "outside").iterdir()) == []


def test_a_hard_link_is_replaced_and_not_written_through(workspace: Path) -> None:
    """The other name keeps its content."""
    ReportDir(workspace, "out").write(FILES)
    os.link(workspace / "out/gate.sarif", workspace / "other")
    ReportDir(workspace, "out").write(FILES | {"gate.sarif": "new"})
    assert (workspace / "other").read_text() == FILES["gate.sarif"]


def test_a_failed_write_leaves_nothing_half_done(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The earlier report stays whole, and no file lies beside it."""
    ReportDir(workspace, "out").write(FILES)

    def full_disk(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "rename", full_disk)
    assert "No space left on device" in _refused(workspace, "out")
    assert {file.name for file in (workspace / "out").iterdir()} == set(FILES)


def test_a_name_that_is_too_long_is_refused(workspace: Path) -> None:
    """With the words of the system, not with a traceback."""
    assert "cannot be written: File name too long" in _refused(workspace, "x" * 300)


def test_half_of_a_surrogate_pair_can_be_written(workspace: Path) -> None:
    """As its number."""
    ReportDir(workspace, "out").write({"verdict.json": "x\ud800"})
    assert (workspace / "out/verdict.json").read_text() == "x\\ud800"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_in_a_container_the_owner_of_the_workspace_gets_the_files(workspace: Path) -> None:
    """Files and the folders that were made; later steps of the job can remove them."""
    os.chown(workspace, 1234, 2345)
    ReportDir(workspace, "out/gate").write(FILES)
    made = [workspace / "out", workspace / "out/gate", *(workspace / "out/gate").iterdir()]
    assert {(path.stat().st_uid, path.stat().st_gid) for path in made} == {(1234, 2345)}


def test_where_files_cannot_be_given_away_they_are_written(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rootless container maps no other owner."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "chown", refuse)
    ReportDir(workspace, "out").write(FILES)
    assert (workspace / "out/gate.sarif").is_file()

"""Reading one file: limits, and what happens when it changes meanwhile."""

import os
from pathlib import Path

import pytest

from gate.collect import files as files_module
from gate.collect.files import Files
from gate.collect.workspace import Workspace
from gate.errors import EvidenceError
from gate.model.evidence import State
from gate.model.problem import Slug
from tests.collect.desk import Desk, as_nobody, sarif

PATH = "evidence/x.sarif"


def content(desk: Desk, path: str = PATH) -> bytes:
    """What the file holds, or the refusal."""
    return Files(Workspace(desk.root), desk.limits).content(path)


def test_file_is_read_whole(desk: Desk) -> None:
    """All bytes, in chunks or at once."""
    desk.put(PATH, os.urandom(3 * 2**20 + 1))
    assert content(desk) == (desk.root / PATH).read_bytes()


def test_file_at_the_limit_is_read_and_one_byte_more_is_not(desk: Desk) -> None:
    """The limit itself is inside; beyond it the message names the limit and its knob."""
    desk.put(PATH, b"x" * 100)
    desk.limit(file_bytes=100)
    assert len(content(desk)) == 100
    desk.limit(file_bytes=99)
    with pytest.raises(EvidenceError, match=r"100 bytes: at most 99 \(FILE_BYTES\)") as refusal:
        content(desk)
    assert refusal.value.problems[0].slug is Slug.OVER_LIMIT


def test_run_has_a_limit_of_its_own(desk: Desk) -> None:
    """Many small files are a large one; the one that would go over is refused, and smaller ones still fit."""
    for name, size in (("a", 60), ("b", 60), ("c", 40)):
        desk.put(name, b"x" * size)
    desk.limit(total_bytes=100)
    files = Files(Workspace(desk.root), desk.limits)
    assert len(files.content("a")) == 60
    with pytest.raises(EvidenceError, match="TOTAL_BYTES"):
        files.content("b")
    assert len(files.content("c")) == 40


def test_huge_sparse_file_is_refused_unread(desk: Desk) -> None:
    """A terabyte that takes no place on the disk takes none in memory."""
    file = desk.put("evidence/huge.json")
    os.truncate(file, 2**40)
    report = desk.report("evidence/*")
    assert (report.state, report.problems[0].slug, report.size) == (State.UNREADABLE, Slug.OVER_LIMIT, 0)
    assert "GATE_MAX_FILE_BYTES" in report.problems[0].message


def test_file_that_grows_while_it_is_read_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The size at opening is a hint; what is read is what counts."""
    file = desk.put(PATH, b"x" * 10)
    desk.limit(file_bytes=20)
    real = files_module._chunks

    def growing(descriptor: int, most: int) -> object:
        with file.open("ab") as more:
            more.write(b"x" * 1000)
        return real(descriptor, most)

    monkeypatch.setattr(files_module, "_chunks", growing)
    with pytest.raises(EvidenceError, match=r"21 bytes: at most 20"):
        content(desk)


def test_disk_that_fails_is_a_refusal(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the device while reading is a fault of this file, not of the run."""
    desk.put(PATH, "x")

    def fail(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "read", fail)
    with pytest.raises(EvidenceError, match="cannot be read: Input/output error"):
        content(desk)


def test_file_swapped_for_a_link_is_refused(desk: Desk, tmp_path: Path) -> None:
    """Between the search and the opening a link may take the file's place: it is not followed."""
    secret = tmp_path / "secret"
    secret.write_text("secret")
    desk.put("evidence/other")
    (desk.root / PATH).symlink_to(secret)
    with pytest.raises(EvidenceError, match="cannot be opened"):
        content(desk)


def test_folder_swapped_for_a_link_is_refused(desk: Desk, tmp_path: Path) -> None:
    """The same for every folder on the way."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.sarif").write_text("secret")
    (desk.root / "evidence").symlink_to(outside)
    with pytest.raises(EvidenceError, match="cannot be opened"):
        content(desk)


def test_file_swapped_for_a_pipe_is_refused_without_waiting(desk: Desk) -> None:
    """The pipe is opened without blocking, and recognised by what was opened."""
    desk.put("evidence/other")
    os.mkfifo(desk.root / PATH)
    with pytest.raises(EvidenceError) as refusal:
        content(desk)
    assert refusal.value.problems[0].slug is Slug.NOT_A_FILE


@pytest.mark.parametrize("path", ["evidence", "evidence/gone", "evidence/x.sarif/inside", "x" * 300])
def test_what_cannot_be_opened_is_refused(desk: Desk, path: str) -> None:
    """A folder, a file that is gone, a path through a file, a name that no disk allows."""
    desk.put(PATH)
    with pytest.raises(EvidenceError):
        content(desk, path)


def test_no_descriptor_is_left_open(desk: Desk) -> None:
    """Neither success nor refusal leaks."""
    desk.put(PATH, sarif())
    before = len(list(Path("/proc/self/fd").iterdir()))
    for path in (PATH, "evidence/gone", "evidence", "gone/gone"):
        try:
            content(desk, path)
        except EvidenceError:
            continue
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_unreadable_permissions_are_a_state(open_desk: Desk) -> None:
    """A file that the gate may not read is named with the reason."""
    open_desk.put("secret.sarif", sarif()).chmod(0o000)
    with as_nobody():
        report = open_desk.report("*.sarif")
    assert report.state is State.UNREADABLE
    assert "Permission denied" in report.problems[0].message
    assert str(report.problems[0].at) == "secret.sarif"

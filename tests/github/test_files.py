"""Outputs and summary, read back as the runner reads them."""

from pathlib import Path

import pytest

from gate.errors import PublishError
from gate.github import files
from tests.reports.hostile import PAYLOADS, runner_outputs


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_runner_reads_exactly_our_outputs(tmp_path: Path, payload: str) -> None:
    """No value can end its own block, or begin another."""
    file = tmp_path / "output"
    files.set_outputs(file, {"verdict": "fail", "report": payload, "score": ""})
    found = runner_outputs(file.read_bytes().decode())
    assert list(found) == ["verdict", "report", "score"]
    assert (found["verdict"], found["score"]) == ("fail", "")


def test_a_value_of_many_lines_comes_back_whole(tmp_path: Path) -> None:
    """Outputs are exact."""
    file = tmp_path / "output"
    files.set_outputs(file, {"x": "a\n\nb=c\nd<<e\n"})
    assert runner_outputs(file.read_text()) == {"x": "a\n\nb=c\nd<<e\n"}


def test_the_delimiter_is_never_in_the_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another one is drawn."""
    drawn = iter(["guessed", "free"])
    monkeypatch.setattr("secrets.token_hex", lambda _: next(drawn))
    file = tmp_path / "output"
    files.set_outputs(file, {"x": "guessed\nverdict=pass"})
    assert file.read_text() == "x<<free\nguessed\nverdict=pass\nfree\n"


def test_what_other_steps_wrote_stays(tmp_path: Path) -> None:
    """Both files are appended to."""
    output, summary = tmp_path / "output", tmp_path / "summary"
    output.write_text("earlier=1\n")
    summary.write_text("# earlier\n")
    files.set_outputs(output, {"x": "1"})
    files.append_summary(summary, "# ours\n")
    assert runner_outputs(output.read_text()) == {"earlier": "1", "x": "1"}
    assert summary.read_text() == "# earlier\n# ours\n"


def test_a_value_is_cut_at_its_limit(tmp_path: Path) -> None:
    """All outputs of a job share one megabyte; a letter is never cut in half."""
    file = tmp_path / "output"
    files.set_outputs(file, {"x": "x" + "ü" * files.OUTPUT_LIMIT})
    value = runner_outputs(file.read_text())["x"]
    assert len(value.encode()) == files.OUTPUT_LIMIT - 1


@pytest.mark.parametrize(("earlier", "expected"), [(0, 100), (files.SUMMARY_LIMIT - 30, 3), (files.SUMMARY_LIMIT, 0)])
def test_the_summary_never_exceeds_its_limit(tmp_path: Path, earlier: int, expected: int) -> None:
    """GitHub would drop all of it, the earlier part too; whole lines remain."""
    file = tmp_path / "summary"
    file.write_bytes(b"x" * earlier)
    files.append_summary(file, "123456789\n" * 100)
    assert file.stat().st_size == earlier + 10 * expected


def test_half_of_a_surrogate_pair_can_be_written(tmp_path: Path) -> None:
    """As its number."""
    file = tmp_path / "summary"
    files.append_summary(file, "x\ud800y\n")
    assert file.read_text() == "x\\ud800y\n"


def test_a_file_that_cannot_be_written_is_no_failed_step(tmp_path: Path) -> None:
    """It is said by name, and whoever publishes decides."""
    with pytest.raises(PublishError, match="cannot be written: No such file or directory") as refused:
        files.set_outputs(tmp_path / "gone" / "output", {"x": "1"})
    assert refused.value.problems[0].slug == "not-published"

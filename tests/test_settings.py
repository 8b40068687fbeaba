"""Options and inputs: read once, all mistakes at once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gate.errors import UsageError
from gate.model.job import Job
from gate.settings import Settings, read_settings

HERE = Path("/somewhere")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def settings(options: dict[str, str] | None = None, **inputs: str) -> Settings:
    """The settings of a run as the action: inputs by their names, with `_` for the hyphen."""
    given = {f"INPUT_{name.upper().replace('_', '-')}": value for name, value in inputs.items()}
    return read_settings(options or {}, {"GITHUB_ACTIONS": "true", **given}, HERE, NOW)


def mistakes(options: dict[str, str] | None = None, **inputs: str) -> list[str]:
    """What is refused."""
    with pytest.raises(UsageError) as refused:
        settings(options, **inputs)
    return [str(problem) for problem in refused.value.problems]


def test_nothing_told_means_the_defaults() -> None:
    """They are those of action.yml."""
    plain = settings()
    assert (plain.workspace, plain.report_dir, plain.advise, plain.jobs) == (HERE, "gate-report", False, None)
    assert (plain.summary, plain.annotations, plain.now, plain.as_of) == (True, True, NOW, False)


def test_inputs_keep_their_hyphens() -> None:
    """The runner upper-cases names and leaves hyphens alone."""
    assert settings(report_dir="out/gate", working_directory="./backend/").report_dir == "out/gate"
    assert settings(working_directory="./backend/").working_directory == "backend"


@pytest.mark.parametrize(
    "spelling", ["evidence//out", "evidence/./out", "././evidence/out", "evidence/out/.", "evidence/out/"]
)
def test_one_folder_has_one_spelling(spelling: str) -> None:
    """Else a second run would not know its own reports."""
    assert settings(report_dir=spelling).report_dir == "evidence/out"


def test_an_empty_input_is_the_default() -> None:
    """`with: {mode: ${{ inputs.mode }}}` of a caller that says nothing."""
    assert not settings(mode="", report_dir=" ").advise


def test_inputs_count_on_a_runner_only() -> None:
    """A variable that happens to be called INPUT_X does nothing at a desk."""
    assert not read_settings({}, {"INPUT_MODE": "advise"}, HERE, NOW).advise


def test_an_option_wins_over_an_input() -> None:
    """The command line is nearer."""
    assert settings({"mode": "enforce"}, mode="advise").advise is False


def test_every_mistake_is_told_at_once() -> None:
    """A misspelt input reaches the container, so it can be refused; and so is everything else."""
    told = mistakes(polcy="x", mode="lenient", summary="maybe", report_dir="../out", command="chek", needs="[1]")
    assert "input `polcy`: there is no such input; did you mean 'policy'? (unknown-input)" in told
    assert len(told) == 6


@pytest.mark.parametrize("name", ["as_of", "workspace", "args"])
def test_what_is_no_input_is_refused(name: str) -> None:
    """`--as-of` would let a workflow turn the clock back; it is an option of the command line only."""
    assert mistakes(None, **{name: "2026-01-01"})


@pytest.mark.parametrize("folder", ["/etc", "../up", "a/../../b", "a\\b", "a\0b"])
@pytest.mark.parametrize("name", ["report_dir", "working_directory"])
def test_folders_stay_in_the_workspace(name: str, folder: str) -> None:
    """A host path does not exist inside the container anyway."""
    assert mistakes(None, **{name: folder})


def test_the_whole_day_is_judged() -> None:
    """`--as-of` means the end of that day, so that what was made on it is not in the future."""
    chosen = settings({"as-of": "2026-01-31"})
    assert chosen.now == datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC)
    assert chosen.as_of
    assert mistakes({"as-of": "31.1.2026"})


def test_evidence_lines_name_sources_or_are_bare() -> None:
    """Several lines of one source add up; a colon without a space is part of a path."""
    chosen = settings(evidence="unit: a/*.xml\n\n  unit: ./b/*.xml\nsast: c.sarif\nd:e.xml\n")
    assert chosen.evidence == {"unit": ("a/*.xml", "b/*.xml"), "sast": ("c.sarif",), "": ("d:e.xml",)}


@pytest.mark.parametrize("line", ["unit: /etc/passwd", "../x", "unit: a/../../x"])
def test_evidence_stays_in_the_workspace(line: str) -> None:
    """As the patterns of a policy do."""
    assert mistakes(evidence=line)


def test_needs_are_the_results_of_jobs() -> None:
    """The `needs` context as GitHub writes it."""
    text = '{"unit": {"result": "success", "outputs": {}}, "e2e": {"result": "skipped", "outputs": {"a": "b"}}}'
    assert settings(needs=text).jobs == (Job("unit", "success"), Job("e2e", "skipped"))
    assert settings(needs="{}").jobs == ()


@pytest.mark.parametrize(
    "text", ["{", "[]", "null", "3", '{"unit": 3}', '{"unit": {}}', '{"u": {"result": 1}}', "[" * 10**5]
)
def test_needs_that_are_no_context_are_refused(text: str) -> None:
    """Whatever else is there proves nothing about jobs."""
    assert mistakes(needs=text)

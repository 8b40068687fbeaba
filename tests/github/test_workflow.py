"""A gate that can be skipped guards nothing."""

import pytest

from gate.github.workflow import path_of, skippable_gate

NEEDS = "jobs:\n  gate:\n    needs: [unit]\n    runs-on: ubuntu-latest\n"


@pytest.mark.parametrize(
    "text",
    [
        NEEDS,
        NEEDS + "    if: success()\n",
        "jobs:\n  gate:\n    if: github.event_name == 'push'\n",
        "jobs: {gate: {if: false}}",
    ],
)
def test_a_gate_that_can_be_skipped_is_a_warning(text: str) -> None:
    """GitHub counts the skipped job as passed."""
    problem = skippable_gate(text, ".github/workflows/ci.yml", "gate")
    assert problem is not None
    assert problem.slug == "skippable-gate"
    assert problem.at is not None
    assert problem.at.path == ".github/workflows/ci.yml"


@pytest.mark.parametrize(
    "text",
    [
        NEEDS + "    if: always()\n",
        NEEDS + "    if: ${{ always() }}\n",
        NEEDS + "    if: always( ) && github.actor != 'x'\n",
        "jobs:\n  gate:\n    runs-on: ubuntu-latest\n",
        "jobs:\n  other:\n    needs: x\n",
        "jobs: [",
        "",
        "jobs: 3",
    ],
)
def test_a_gate_that_always_runs_is_none(text: str) -> None:
    """Neither is a job that is not in the file, nor a file that cannot be read: GitHub runs it, not we."""
    assert skippable_gate(text, "ci.yml", "gate") is None


@pytest.mark.parametrize(
    ("reference", "path"),
    [
        ("octo/app/.github/workflows/ci.yml@refs/heads/main", ".github/workflows/ci.yml"),
        ("octo/app/.github/workflows/a@b.yml@refs/pull/1/merge", ".github/workflows/a"),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_the_workflow_names_its_file(reference: str, path: str) -> None:
    """As the runner writes GITHUB_WORKFLOW_REF."""
    assert path_of(reference) == path

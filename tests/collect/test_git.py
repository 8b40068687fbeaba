"""What git is asked, and what a hostile repository cannot make it do."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gate.collect import git as git_module
from gate.collect.git import Git
from gate.model.document import Document
from gate.model.evidence import SourceKey, State
from gate.model.problem import Slug
from tests.collect.desk import Desk, sarif

YEAR = 365 * 86_400
START = 1_700_000_000


def git(root: Path, *arguments: str, at: int = START) -> str:
    """Run git as somebody at a time."""
    who = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    when = {f"GIT_{role}_DATE": f"{at} +0000" for role in ("AUTHOR", "COMMITTER")}
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null", **who, **when}
    return subprocess.run(
        ["git", *arguments], cwd=root, env=environment, check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def repository(desk: Desk) -> Desk:
    """Two commits: both files in the first, one of them again in the second, a year later."""
    git(desk.root, "init", "-q", "-b", "main", ".")
    desk.put("docs/old.md", "# Old\n")
    desk.put("docs/new.md", "# New\n")
    git(desk.root, "add", ".")
    git(desk.root, "commit", "-q", "-m", "one")
    desk.put("docs/new.md", "# Newer\n")
    git(desk.root, "commit", "-q", "-a", "-m", "two", at=START + YEAR)
    return desk


def test_outside_a_repository_nothing_is_tracked(desk: Desk) -> None:
    """And nothing has a commit."""
    asked = Git(desk.root)
    assert (asked.tracked, asked.head, asked.last_commits(["x"])) == (frozenset(), "", {})


def test_repository_without_commits_has_no_head(desk: Desk) -> None:
    """`git init` alone is no history."""
    git(desk.root, "init", "-q", ".")
    assert (Git(desk.root).head, Git(desk.root).tracked) == ("", frozenset())


def test_head_and_tracked_files(repository: Desk) -> None:
    """The commit that is checked out, and what it holds."""
    repository.put("new", "")
    asked = Git(repository.root)
    assert asked.head == git(repository.root, "rev-parse", "HEAD").strip()
    assert asked.tracked == frozenset({"docs/old.md", "docs/new.md"})


def test_last_commit_of_each_file(repository: Desk) -> None:
    """The newest commit that touched it; a file that is not tracked has none."""
    commits = Git(repository.root).last_commits(["docs/old.md", "docs/new.md", "docs/none.md"])
    assert {path: commit.at.timestamp() for path, commit in commits.items()} == {
        "docs/old.md": START,
        "docs/new.md": START + YEAR,
    }
    assert not any(commit.cut for commit in commits.values())


@pytest.mark.parametrize("name", ["a\nb.md", "ä.md", "*.md", ":(top)x.md", "-x.md", '"q".md', "\x01.md"])
def test_strange_names_have_commits_too(repository: Desk, name: str) -> None:
    """Names are passed and returned as they are: nothing is a pattern, an option or a line."""
    repository.put(name, "x")
    git(repository.root, "--literal-pathspecs", "add", "--", name)
    git(repository.root, "commit", "-q", "-m", "three", at=START + 5)
    assert {path: commit.at.timestamp() for path, commit in Git(repository.root).last_commits([name]).items()} == {
        name: START + 5
    }


def test_many_files_are_asked_in_parts(repository: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """More files than fit one command line."""
    monkeypatch.setattr(git_module, "_AT_ONCE", 2)
    names = [f"docs/{number}.md" for number in range(5)]
    for name in names:
        repository.put(name, "x")
    git(repository.root, "add", ".")
    git(repository.root, "commit", "-q", "-m", "three")
    assert set(Git(repository.root).last_commits(names)) == set(names)


def test_workspace_may_be_a_subfolder_of_the_repository(repository: Desk) -> None:
    """Paths are those of the workspace."""
    asked = Git(repository.root / "docs")
    assert asked.tracked == frozenset({"old.md", "new.md"})
    assert set(asked.last_commits(["old.md"])) == {"old.md"}


def test_shallow_boundary_is_a_guess(repository: Desk, tmp_path: Path) -> None:
    """In a clone of depth 1 every file seems to come from the last commit; that says nothing."""
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository.root}", str(clone))
    commits = Git(clone.resolve()).last_commits(["docs/old.md"])
    assert commits["docs/old.md"].cut


def test_documents_get_their_last_commit(repository: Desk) -> None:
    """Stamped where a criterion asks for it, and only there."""
    key = SourceKey("docs", Document)
    (document,) = repository.report("docs/old.md", key=key, history=True).records
    assert isinstance(document, Document)
    assert (document.committed_at, document.history_cut) == (datetime.fromtimestamp(START, UTC), False)
    (unasked,) = repository.report("docs/old.md", key=key).records
    assert isinstance(unasked, Document)
    assert unasked.committed_at is None


@pytest.mark.parametrize(("refused", "state"), [(False, State.OK), (True, State.FOREIGN)])
def test_committed_evidence_is_shown_and_may_be_refused(repository: Desk, refused: bool, state: State) -> None:  # noqa: FBT001
    """A report in the repository says nothing about this run, if the source says so."""
    repository.put("evidence/x.sarif", sarif())
    assert not repository.report("evidence/*", committed_refused=refused).committed
    git(repository.root, "add", ".")
    report = repository.report("evidence/*", committed_refused=refused)
    assert (report.committed, report.state) == (True, state)
    assert [problem.slug for problem in report.problems] == [Slug.COMMITTED_EVIDENCE] * refused


def test_link_to_committed_evidence_is_committed(repository: Desk) -> None:
    """An untracked link to a tracked file is no way around the refusal."""
    repository.put("old/x.sarif", sarif())
    git(repository.root, "add", ".")
    repository.put("evidence/note.txt")
    (repository.root / "evidence/x.sarif").symlink_to("../old/x.sarif")
    assert repository.report("evidence/x.sarif", committed_refused=True).state is State.FOREIGN


def test_broken_repository_does_not_open_the_gate(repository: Desk) -> None:
    """Where git cannot tell, a source that refuses committed files gets no benefit of the doubt."""
    (repository.root / ".git/index").write_bytes(b"broken")
    repository.put("evidence/x.sarif", sarif())
    assert Git(repository.root).tracked is None
    report = repository.report("evidence/*", committed_refused=True)
    assert report.state is State.FOREIGN
    assert "cannot tell" in report.problems[0].message
    assert repository.report("evidence/*").state is State.OK


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("core.fsmonitor", "{program}"),
        ("core.pager", "{program}"),
        ("gpg.program", "{program}"),
        ("diff.external", "{program}"),
        ("core.sshCommand", "{program}"),
        ("alias.log", "!{program}"),
        ("alias.ls-files", "!{program}"),
    ],
)
def test_configuration_of_the_repository_starts_nothing(repository: Desk, setting: str, value: str) -> None:
    """Whoever can write .git/config does not get to run code in the gate."""
    witness = repository.root / "witness"
    program = repository.put("evil.sh", f"#!/bin/sh\ntouch {witness}\nexec cat\n")
    program.chmod(0o755)
    git(repository.root, "config", setting, value.format(program=program))
    git(repository.root, "config", "log.showSignature", "true")
    git(repository.root, "config", "pager.log", "true")
    repository.put(".gitattributes", "*.md diff=evil\n")
    git(repository.root, "config", "diff.evil.textconv", str(program))
    asked = Git(repository.root)
    assert asked.tracked
    assert asked.last_commits(["docs/old.md"])
    assert asked.head
    assert not witness.exists()


def test_environment_does_not_lead_git_elsewhere(
    repository: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIT_* of the job does not choose another repository, index or configuration."""
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "broken")
    assert Git(repository.root).tracked == frozenset({"docs/old.md", "docs/new.md"})


def test_git_of_the_workspace_is_not_run(repository: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PATH that an earlier step has led into the workspace does not choose the program."""
    witness = repository.root / "witness"
    repository.put("bin/git", f"#!/bin/sh\ntouch {witness}\n").chmod(0o755)
    monkeypatch.setenv("PATH", f"{repository.root}/bin:bin:/usr/local/bin:/usr/bin:/bin")
    monkeypatch.chdir(repository.root)
    assert Git(repository.root).tracked == frozenset({"docs/old.md", "docs/new.md"})
    assert not witness.exists()


@pytest.mark.parametrize("error", [FileNotFoundError, subprocess.TimeoutExpired("git", 60)])
def test_absent_or_hanging_git_is_no_crash(
    repository: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception | type[Exception]
) -> None:
    """Then nothing is known of the repository, and reading goes on."""

    def fail(*_: object, **__: object) -> None:
        raise error

    repository.put("evidence/x.sarif", sarif())
    monkeypatch.setattr(subprocess, "run", fail)
    assert repository.report("evidence/*").state is State.OK
    assert Git(repository.root).tracked is None


def test_machine_without_git_is_no_crash(repository: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program may not be installed."""
    monkeypatch.setenv("PATH", "")
    assert (Git(repository.root).tracked, Git(repository.root).head) == (None, "")

"""Whether a report is about the code that is judged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gate.model.evidence import Statement
from gate.model.problem import Problem, Slug
from gate.model.request import SourceRequest

_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_PRODUCE_IT_HERE = "produce the report in the run that judges it"


@dataclass(frozen=True, slots=True)
class Binding:
    """What the evidence has to be about: the time, the commits and the repository (`owner/name`) that are judged.

    Without commits, or without a repository, nothing is foreign for that reason.
    """

    now: datetime
    commits: frozenset[str] = frozenset()
    repository: str = ""


def foreign(
    statements: tuple[Statement, ...], request: SourceRequest, binding: Binding, *, committed: bool | None
) -> Iterator[Problem]:
    """Why the report is about other code, or may be; `committed` is None where git cannot tell."""
    if request.committed_refused and committed is not False:
        what = "git tracks it" if committed else "git cannot tell whether it is tracked"
        hint = "let the workflow produce it, and remove it from the repository"
        yield Problem(Slug.COMMITTED_EVIDENCE, f"{what}, and the source refuses such files", hint=hint)
    for statement in statements:
        problem = _other_commit(statement, request, binding) or _other_repository(statement, binding)
        if problem:
            yield problem


def _other_commit(statement: Statement, request: SourceRequest, binding: Binding) -> Problem | None:
    """Another commit than those that are judged; a stated word that is no commit id counts as none."""
    stated = statement.commit.strip().lower()
    if _COMMIT.fullmatch(stated):
        if not binding.commits or any(commit.lower().startswith(stated) for commit in binding.commits):
            return None
        judged = ", ".join(sorted(commit[:12] for commit in binding.commits))
        message = f"it is about the commit {stated[:12]}, and {judged} is judged"
        return Problem(Slug.FOREIGN_COMMIT, message, hint=_PRODUCE_IT_HERE)
    if not request.commit_required:
        return None
    said = f"only `{stated[:40]}`, which is no commit id" if stated else "none"
    hint = "let the tool state the commit (SARIF: versionControlProvenance)"
    return Problem(Slug.UNBOUND_REPORT, f"the source demands a commit, and the report states {said}", hint=hint)


def _other_repository(statement: Statement, binding: Binding) -> Problem | None:
    segments = _repository_path(statement.repository)
    judged = binding.repository.lower().split("/")
    if not binding.repository or not segments or judged in (segments[:2], segments[-2:]):
        return None
    message = f"it is about the repository {'/'.join(segments)}, and {binding.repository} is judged"
    return Problem(Slug.FOREIGN_REPOSITORY, message, hint=_PRODUCE_IT_HERE)


def _repository_path(stated: str) -> list[str]:
    """Owner and name out of a URL, `git@host:owner/name.git` or `owner/name`; nothing out of anything else."""
    scheme, separator, rest = stated.strip().lower().partition("://")
    if separator:
        path = "" if scheme == "file" else rest.partition("/")[2]
    else:
        path = scheme.partition(":")[2] if "@" in scheme.partition(":")[0] else scheme
    segments = [segment for segment in re.split(r"[?#]", path)[0].removesuffix(".git").split("/") if segment]
    is_one = len(segments) >= 2 if separator else len(segments) == 2  # noqa: PLR2004 - owner and name
    return segments if is_one and not path.startswith("/") else []

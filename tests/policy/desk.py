"""A desk with a repository and a shelf of shipped policies on it."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gate.errors import PolicyError
from gate.evaluate import Situation
from gate.model.problem import Problem
from gate.policy.load import Policy, load
from tests.conftest import TODAY

FORMATS = frozenset({"sarif", "junit", "cobertura"})
HEAD = "schema: gate/v1\n"


@dataclass(frozen=True)
class Desk:
    """Policies are written to `workspace` and to `shipped`, and loaded from there."""

    workspace: Path
    shipped: Path

    def write(self, path: str, text: str | bytes) -> Path:
        """A file of the workspace."""
        return _write(self.workspace / path, text)

    def ship(self, name: str, text: str) -> Path:
        """A policy that comes with the gate."""
        return _write(self.shipped / f"{name}.yml", text)

    def load(
        self,
        text: str | bytes | None = None,
        /,
        *,
        reference: str = "",
        formats: Collection[str] = FORMATS,
        **when: Any,
    ) -> Policy:
        """The policy of the repository, with this text if one is given."""
        if text is not None:
            self.write(".github/gate.yml", text)
        situation = Situation(**{"today": TODAY} | when)
        return load(reference, workspace=self.workspace, shipped=self.shipped, situation=situation, formats=formats)

    def problems(self, text: str | bytes | None = None, /, **over: Any) -> tuple[Problem, ...]:
        """Why the policy is refused; a policy that is not refused fails the test."""
        with pytest.raises(PolicyError) as refused:
            self.load(text, **over)
        return refused.value.problems

    def said(self, text: str | bytes | None = None, /, **over: Any) -> list[str]:
        """The problems as people read them, without the name of the policy's own file."""
        return [str(problem).removeprefix(".github/gate.yml:") for problem in self.problems(text, **over)]


def _write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path

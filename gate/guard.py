"""Whatever goes wrong becomes an exit code and a message; an exception never opens the gate."""

import contextlib
import os
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gate.errors import GateError
from gate.github import commands
from gate.model.annotation import Annotation
from gate.model.problem import Problem, Slug
from gate.model.text import inert, visible
from gate.model.verdict import Effect

OPEN, SHUT, CANNOT_JUDGE, DEFECT = 0, 1, 2, 3
"""The exit codes."""


@dataclass(slots=True)
class Run:
    """What a command leaves behind."""

    exit_code: int = DEFECT


@contextlib.contextmanager
def guarded(environment: Mapping[str, str]) -> Iterator[Run]:
    """Run a command; what it raises is told on standard error, and on a runner as annotations."""
    run = Run()
    try:
        yield run
        sys.stdout.flush()
    except GateError as error:
        run.exit_code = CANNOT_JUDGE
        tell(error.problems, environment)
    except BrokenPipeError:
        # Whoever read the output is gone; what is still buffered must not raise again when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # noqa: BLE001 - the last line of defence
        run.exit_code = DEFECT
        tell([_defect(error)], environment)
        if environment.get("RUNNER_DEBUG") == "1":
            sys.stderr.write(_report(error))


def tell(problems: Iterable[Problem], environment: Mapping[str, str]) -> None:
    """Every problem on a line of standard error; on a runner as error annotations, which the log shows too."""
    for problem in problems:
        if environment.get("GITHUB_ACTIONS") == "true":
            sys.stdout.write(commands.annotations([_annotation(problem)]))
        else:
            sys.stderr.write(f"gate: {inert(visible(str(problem)))}\n")


def _annotation(problem: Problem) -> Annotation:
    at = problem.at
    return Annotation(
        Effect.ERROR,
        str(problem),
        "gate: cannot judge",
        at.path if at and at.placed else "",
        at.line if at and at.placed else None,
    )


def _defect(error: Exception) -> Problem:
    return Problem(
        Slug.INTERNAL,
        f"a defect of the gate itself, nothing was judged: {type(error).__name__}: {error}",
        hint="run again with RUNNER_DEBUG=1, and report what it prints",
    )


def _report(error: Exception) -> str:
    """The traceback as lines that no runner obeys."""
    lines = "".join(traceback.format_exception(error)).splitlines()
    return "".join(f"{inert(visible(line))}\n" for line in lines)

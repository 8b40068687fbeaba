"""What this run was told: the options of the command line, or the inputs of the action. Read once, then frozen."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path

from gate.errors import EvidenceError, UsageError
from gate.formats.markup import load_json
from gate.model.job import Job
from gate.model.limits import Limits, limits_of
from gate.model.problem import Problem, Slug
from gate.model.words import did_you_mean

INPUTS: Mapping[str, str] = {
    "command": "check",
    "name": "",
    "policy": "",
    "evidence": "",
    "working-directory": "",
    "report-dir": "gate-report",
    "mode": "enforce",
    "stage": "",
    "summary": "true",
    "annotations": "true",
    "needs": "",
}
"""The inputs of the action with their defaults; action.yml and the README say the same, and a test compares them."""

COMMANDS = ("check",)
MODES = ("enforce", "advise")
PREFIX = "INPUT_"
_NAMED_PATTERN = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*):\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class Settings:
    """One run of `check`.

    `policy` is a shipped name or a path; empty for the default. `evidence` are patterns by source that replace those
    of the policy; those under the empty name are for a policy without sources. `jobs` is None where the workflow's
    `needs` were not handed over. `now` is the time of judgement, and `as_of` says that somebody chose it.
    """

    workspace: Path
    now: datetime
    policy: str = ""
    name: str = ""
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    working_directory: str = ""
    report_dir: str = INPUTS["report-dir"]
    advise: bool = False
    stage: str = ""
    summary: bool = True
    annotations: bool = True
    jobs: tuple[Job, ...] | None = None
    as_of: bool = False
    on_runner: bool = False
    limits: Limits = field(default_factory=Limits)


def read_settings(options: Mapping[str, str], environment: Mapping[str, str], here: Path, now: datetime) -> Settings:
    """The settings out of options (by the names of the inputs, and `workspace`, `as-of`) and the environment.

    On a runner, inputs arrive as INPUT_* variables; an option given on the command line wins. Raises UsageError with
    every mistake at once.
    """
    on_runner = environment.get("GITHUB_ACTIONS") == "true"
    inputs = dict(_inputs(environment)) if on_runner else {}
    mistakes = list(_unknown(inputs))
    told = {**INPUTS, **{name: value for name, value in inputs.items() if value.strip()}, **options}
    reading = _Reading(told, mistakes)
    settings = Settings(
        workspace=Path(options.get("workspace") or environment.get("GITHUB_WORKSPACE") or here),
        now=reading.moment(now),
        policy=told["policy"].strip(),
        name=told["name"].strip(),
        evidence=reading.evidence(),
        working_directory=reading.folder("working-directory"),
        report_dir=reading.folder("report-dir"),
        advise=reading.choice("mode", MODES) == "advise",
        stage=told["stage"].strip(),
        summary=reading.choice("summary", ("true", "false")) == "true",
        annotations=reading.choice("annotations", ("true", "false")) == "true",
        jobs=reading.jobs(),
        as_of="as-of" in options,
        on_runner=on_runner,
        limits=reading.limits(environment),
    )
    reading.choice("command", COMMANDS)
    if mistakes:
        raise UsageError(mistakes)
    return settings


def _inputs(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The inputs of the action: the runner upper-cases their names and keeps hyphens."""
    for name, value in environment.items():
        if name.startswith(PREFIX):
            yield name.removeprefix(PREFIX).lower(), value


def _unknown(inputs: Mapping[str, str]) -> Iterator[Problem]:
    for name in sorted(set(inputs) - set(INPUTS)):
        hint = did_you_mean(name, INPUTS) or f"the inputs are {', '.join(INPUTS)}"
        yield Problem(Slug.UNKNOWN_INPUT, f"input `{name}`: there is no such input", hint=hint)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads the texts of options and inputs, and keeps every mistake."""

    told: Mapping[str, str]
    mistakes: list[Problem]

    def _refuse(self, name: str, why: str, hint: str) -> None:
        self.mistakes.append(Problem(Slug.BAD_INPUT, f"`{name}`: {why}", hint=hint))

    def choice(self, name: str, words: tuple[str, ...]) -> str:
        """One of a few words."""
        word = self.told[name].strip().lower()
        if word not in words:
            self._refuse(name, f"`{self.told[name].strip()}` is none of its values", f"write {' or '.join(words)}")
        return word

    def folder(self, name: str) -> str:
        """A folder inside the workspace, relative to its root; empty for the root."""
        path = posixpath.normpath(self.told[name].strip() or ".")
        if path.startswith("/") or "\\" in path or "\0" in path or ".." in path.split("/"):
            self._refuse(name, f"`{path}` leads out of the workspace", "write a path relative to the workspace root")
            return ""
        return "" if path == "." else path

    def moment(self, now: datetime) -> datetime:
        """The time of judgement: now, or the end of the day that `--as-of` names."""
        if "as-of" not in self.told:
            return now
        try:
            return datetime.combine(date.fromisoformat(self.told["as-of"]), time(23, 59, 59), UTC)
        except ValueError:
            self._refuse("as-of", f"`{self.told['as-of']}` is no date", "write it as 2026-11-22")
            return now

    def evidence(self) -> Mapping[str, tuple[str, ...]]:
        """Lines `source: pattern`, or bare patterns under the empty name."""
        patterns: dict[str, tuple[str, ...]] = {}
        for line in filter(None, map(str.strip, self.told["evidence"].splitlines())):
            named = _NAMED_PATTERN.fullmatch(line)
            source, pattern = (named[1], named[2].strip()) if named else ("", line)
            if pattern.startswith("/") or "\\" in pattern or "\0" in pattern or ".." in pattern.split("/"):
                self._refuse("evidence", f"`{pattern}` leads out of the workspace", "write a path relative to its root")
                continue
            patterns[source] = (*patterns.get(source, ()), pattern.removeprefix("./"))
        return patterns

    def limits(self, environment: Mapping[str, str]) -> Limits:
        """The limits on what is read, as GATE_MAX_* variables change them."""
        try:
            return limits_of(environment)
        except ValueError as error:
            self.mistakes.append(Problem(Slug.BAD_INPUT, str(error)))
            return Limits()

    def jobs(self) -> tuple[Job, ...] | None:
        """The `needs` context as JSON: `{"unit": {"result": "success", "outputs": {}}}`."""
        text = self.told["needs"].strip()
        if not text:
            return None
        try:
            needs = load_json(text.encode())
            return tuple(Job(name, _result(value)) for name, value in needs.items())
        except (EvidenceError, ValueError, AttributeError, TypeError, KeyError):
            self._refuse("needs", "is not the `needs` context of a job", "write `needs: ${{ toJSON(needs) }}`")
            return None


def _result(job: dict[str, object]) -> str:
    result = job["result"]
    if not isinstance(result, str):
        raise TypeError(result)
    return result

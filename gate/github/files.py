"""The files through which a step talks to the runner: its outputs, and its part of the job summary."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from gate.errors import PublishError
from gate.model.problem import Problem, Slug

SUMMARY_LIMIT = 1 << 20
"""Bytes of a step's summary above which GitHub drops the whole of it."""

OUTPUT_LIMIT = 64 << 10
"""Bytes that one output may have; all outputs of a job share 1 MiB."""


def set_outputs(path: Path, outputs: Mapping[str, str]) -> None:
    """Append the outputs to the file that GITHUB_OUTPUT names.

    Raises PublishError where the file cannot be written.
    """
    _append(path, "".join(_heredoc(name, value) for name, value in outputs.items()).encode())


def append_summary(path: Path, text: str) -> None:
    """Append Markdown to the file that GITHUB_STEP_SUMMARY names; what exceeds the limit is cut at a line.

    Raises PublishError where the file cannot be written.
    """
    room = SUMMARY_LIMIT - _size(path)
    _append(path, cut_at_line(_encoded(text), room))


def cut_at_line(content: bytes, room: int) -> bytes:
    """As many whole lines as fit into so many bytes."""
    if len(content) <= room:
        return content
    return content[: content.rfind(b"\n", 0, max(room, 0)) + 1]


def _heredoc(name: str, value: str) -> str:
    """`name<<delimiter`, the value, the delimiter: the value cannot guess it, and does not contain it."""
    text = _encoded(value)[:OUTPUT_LIMIT].decode(errors="ignore")
    delimiter = secrets.token_hex(16)
    while delimiter in text:
        delimiter = secrets.token_hex(16)
    return f"{name}<<{delimiter}\n{text}\n{delimiter}\n"


def _encoded(text: str) -> bytes:
    """UTF-8; half of a surrogate pair, which has none, as an escape."""
    return text.encode(errors="backslashreplace")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _append(path: Path, content: bytes) -> None:
    """Append in one go, so that a line of another process cannot stand between ours."""
    try:
        with path.open("ab") as stream:
            stream.write(content)
    except OSError as error:
        message = f"{os.fspath(path)} cannot be written: {error.strerror}"
        raise PublishError(Problem(Slug.NOT_PUBLISHED, message)) from error

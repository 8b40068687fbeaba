"""Workflow commands: lines of the log that the runner obeys. All that the gate writes are made here."""

from collections.abc import Iterable, Mapping

from gate.model.annotation import Annotation
from gate.model.text import inert, visible

MESSAGE_LIMIT = 4096
"""Characters after which the runner cuts the message of an annotation."""

_DATA = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
_PROPERTY = (*_DATA, (":", "%3A"), (",", "%2C"))


def command(name: str, message: str, properties: Mapping[str, str | int] | None = None) -> str:
    """One line `::name key=value,…::message`; strangers' text in it can neither end the line nor add a property."""
    pairs = ",".join(f"{key}={_escaped(_safe(str(value)), _PROPERTY)}" for key, value in (properties or {}).items())
    return f"::{name}{' ' + pairs if pairs else ''}::{_escaped(_safe(message), _DATA)}"


def annotation(told: Annotation) -> str:
    """The command that makes one annotation. The runner takes a line only together with a file."""
    properties: dict[str, str | int] = {"title": told.title}
    if told.path:
        properties["file"] = told.path
        if told.line:
            properties["line"] = told.line
            properties["endLine"] = max(told.line, told.end_line or told.line)
    return command(told.level.value, told.message, properties)


def annotations(told: Iterable[Annotation]) -> str:
    """The commands of all annotations, one a line."""
    return "".join(f"{annotation(one)}\n" for one in told)


def _safe(text: str) -> str:
    """Visible, inert, and below the limit of the runner."""
    return inert(visible(text, MESSAGE_LIMIT // 2))[:MESSAGE_LIMIT]


def _escaped(text: str, table: Iterable[tuple[str, str]]) -> str:
    """The runner's escapes; the per cent sign comes first in the table."""
    for character, escape in table:
        text = text.replace(character, escape)
    return text

"""From bytes to the shapes of a SARIF log: versions, spellings, and what a log keeps elsewhere."""

from collections.abc import Mapping
from typing import Any

from gate.errors import EvidenceError
from gate.formats.markup import load_json, shaped
from gate.formats.sarif.shapes import Log, Run
from gate.model.problem import Problem, Slug
from gate.model.words import shown

READ = ("2.1.", "2.2")
"""Versions that are read: 2.1.0 with its release candidates and errata, and the drafts of 2.2, which add to it."""

ELSEWHERE = frozenset({"results", "driver", "extensions", "invocations"})
"""External properties (3.15) without which findings would be missing or wrongly rated."""

_SNAKE_CASE = (
    b'"rule_id"',
    b'"physical_location"',
    b'"artifact_location"',
    b'"start_line"',
    b'"default_configuration"',
    b'"baseline_state"',
    b'"execution_successful"',
    b'"tool_execution_notifications"',
    b'"tool_configuration_notifications"',
    b'"external_property_file_references"',
    b'"inline_external_properties"',
)
"""Members whose other spelling would change what is counted, or how."""
_BAGS = frozenset(
    {
        "properties",
        "fingerprints",
        *("messageStrings", "globalMessageStrings", "partialFingerprints", "originalUriBaseIds"),
        *("message_strings", "global_message_strings", "partial_fingerprints", "original_uri_base_ids"),
    }
)
"""Objects whose member names belong to the tool, not to the standard."""


def load(content: bytes) -> tuple[Log, tuple[Problem, ...]]:
    """The log, and remarks on how it had to be read.

    Raises EvidenceError for a version that is not read, for results that lie in another file, and for whatever is
    not SARIF.
    """
    document = load_json(content)
    if not isinstance(document, dict):
        raise EvidenceError.of("a SARIF log is a JSON object")
    remarks = list(_check_version(document))
    if any(name in content for name in _SNAKE_CASE) and _to_camel_case(document):
        remarks.append(Problem(Slug.RECOVERED, "member names are in snake_case: read as the standard's camelCase"))
    log = shaped(document, Log)
    if any(inline.get("results") for inline in log.inline_external_properties or ()):
        raise EvidenceError.of("keeps results in `inlineExternalProperties`, which is not read", hint=_WHOLE)
    for run in log.runs or ():
        _refuse_if_elsewhere(run)
    return log, tuple(remarks)


_WHOLE = "let the tool write one SARIF file with everything in it"


def _check_version(document: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Refuse a version that is not read; the schema speaks where `version` is absent."""
    version, schema = document.get("version"), str(document.get("$schema", ""))
    if version is None:
        old = any(f"sarif-{number}" in schema for number in ("1.0", "2.0"))
        version = schema if old else None
    if version is None:
        return (Problem(Slug.NOT_STATED, "states no version: read as SARIF 2.1.0"),)
    if not isinstance(version, str) or not version.startswith(READ):
        raise EvidenceError.of(
            f"SARIF version {shown(version)} is not read",
            slug=Slug.UNSUPPORTED_VERSION,
            hint="let the tool write SARIF 2.1.0, or convert the file with `sarif-multitool transform`",
        )
    return ()


def _refuse_if_elsewhere(run: Run) -> None:
    kept = ELSEWHERE & {name for name, value in (run.external_property_file_references or {}).items() if value}
    if kept:
        raise EvidenceError.of(f"keeps its {max(kept)} in another file, which is not read", hint=_WHOLE)


def _to_camel_case(document: object) -> int:
    """Rename the members in place, and say how many; one that is there in both spellings keeps the standard's."""
    renamed = 0
    pending = [document]
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending.extend(value)
        elif isinstance(value, dict):
            pending.extend(inner for name, inner in value.items() if name not in _BAGS)
            snakes = [name for name in value if "_" in name]
            renamed += len(snakes)
            for name in snakes:
                value.setdefault(_camel(name), value.pop(name))
    return renamed


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)

"""The members of a SARIF 2.1.0 log that the gate reads (section numbers are those of the OASIS standard)."""

from typing import Any

from gate.formats.markup import Fields

Bag = dict[str, Any] | None
"""A property bag (section 3.8): whatever the tool has to say."""


class Sarif(Fields, frozen=True, gc=False, rename="camel"):
    """Base of all: the names of the standard are in camel case."""


class Text(Sarif, frozen=True, gc=False):
    """A multiformatMessageString (3.12)."""

    text: str | None = None
    markdown: str | None = None


Texts = dict[str, Text] | None


class Message(Sarif, frozen=True, gc=False):
    """A message (3.11): said outright, or by the id of a text of the rule or the tool."""

    text: str | None = None
    markdown: str | None = None
    id: str | None = None
    arguments: list[Any] | None = None


class ArtifactLocation(Sarif, frozen=True, gc=False):
    """Where a file is (3.4): a URI, relative to a named base or not, or an index into the run's artifacts."""

    uri: str | None = None
    uri_base_id: str | None = None
    index: int | None = None


class Region(Sarif, frozen=True, gc=False):
    """A part of a file (3.30)."""

    start_line: int | None = None
    start_column: int | None = None
    end_line: int | None = None


class PhysicalLocation(Sarif, frozen=True, gc=False):
    """A place in a file (3.29)."""

    artifact_location: ArtifactLocation | None = None
    region: Region | None = None


class Place(Sarif, frozen=True, gc=False):
    """A location (3.28); logical ones name no file, and are not read."""

    physical_location: PhysicalLocation | None = None


class ComponentReference(Sarif, frozen=True, gc=False):
    """Names a tool component (3.54): by index into the extensions, by guid or by name; else the driver."""

    index: int | None = None
    guid: str | None = None
    name: str | None = None


class RuleReference(Sarif, frozen=True, gc=False):
    """Names a rule, a notification or a taxon (3.52)."""

    id: str | None = None
    index: int | None = None
    guid: str | None = None
    tool_component: ComponentReference | None = None


class Configuration(Sarif, frozen=True, gc=False):
    """How a rule is configured (3.50)."""

    level: str | None = None


class Relationship(Sarif, frozen=True, gc=False):
    """Ties a rule to a taxon, such as a CWE (3.53)."""

    target: RuleReference | None = None


class Descriptor(Sarif, frozen=True, gc=False):
    """What a tool says of one of its rules (3.49)."""

    id: str | None = None
    guid: str | None = None
    name: str | None = None
    short_description: Text | None = None
    full_description: Text | None = None
    help_uri: str | None = None
    message_strings: Texts = None
    default_configuration: Configuration | None = None
    relationships: list[Relationship] | None = None
    properties: Bag = None


class Component(Sarif, frozen=True, gc=False):
    """The driver of a tool, or one of its extensions (3.19)."""

    name: str | None = None
    guid: str | None = None
    version: str | None = None
    semantic_version: str | None = None
    rules: list[Descriptor] | None = None
    global_message_strings: Texts = None


class Tool(Sarif, frozen=True, gc=False):
    """A tool (3.18)."""

    driver: Component | None = None
    extensions: list[Component] | None = None


class Mark(Sarif, frozen=True, gc=False):
    """A suppression (3.35); drafts of the standard called `status` `state`."""

    kind: str | None = None
    status: str | None = None
    state: str | None = None
    justification: str | None = None


class Fix(Sarif, frozen=True, gc=False):
    """A change that would mend a result (3.55); that there is one is all that counts here."""


class Provenance(Sarif, frozen=True, gc=False):
    """Which invocation found a result (3.48)."""

    invocation_index: int | None = None


class Result(Sarif, frozen=True, gc=False):
    """A result (3.27)."""

    rule_id: str | None = None
    rule_index: int | None = None
    rule: RuleReference | None = None
    kind: str | None = None
    level: str | None = None
    message: Message | None = None
    locations: list[Place] | None = None
    suppressions: list[Mark] | None = None
    fixes: list[Fix] | None = None
    baseline_state: str | None = None
    fingerprints: Bag = None
    partial_fingerprints: Bag = None
    provenance: Provenance | None = None
    taxa: list[RuleReference] | None = None
    properties: Bag = None


class Notification(Sarif, frozen=True, gc=False):
    """Something that happened to the tool itself (3.58)."""

    level: str | None = None
    message: Message | None = None
    descriptor: RuleReference | None = None


class Override(Sarif, frozen=True, gc=False):
    """A rule configured otherwise for one invocation (3.51)."""

    descriptor: RuleReference | None = None
    configuration: Configuration | None = None


class Invocation(Sarif, frozen=True, gc=False):
    """One start of the tool (3.20)."""

    execution_successful: bool | None = None
    exit_code: int | None = None
    exit_code_description: str | None = None
    start_time_utc: str | None = None
    end_time_utc: str | None = None
    tool_execution_notifications: list[Notification] | None = None
    tool_configuration_notifications: list[Notification] | None = None
    rule_configuration_overrides: list[Override] | None = None


class VersionControl(Sarif, frozen=True, gc=False):
    """What was scanned (3.23)."""

    repository_uri: str | None = None
    revision_id: str | None = None


class Artifact(Sarif, frozen=True, gc=False):
    """A file that the run speaks of (3.24)."""

    location: ArtifactLocation | None = None


class Run(Sarif, frozen=True, gc=False):
    """One run of one tool (3.14)."""

    tool: Tool | None = None
    results: list[Result] | None = None
    artifacts: list[Artifact] | None = None
    invocations: list[Invocation] | None = None
    original_uri_base_ids: dict[str, ArtifactLocation] | None = None
    version_control_provenance: list[VersionControl] | None = None
    external_property_file_references: Bag = None


class Log(Sarif, frozen=True, gc=False):
    """The whole document (3.13)."""

    runs: list[Run] | None = None
    inline_external_properties: list[dict[str, Any]] | None = None

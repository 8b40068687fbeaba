"""The JSON Schema of a policy, for editors. It is made from the models that judge, so that the two cannot differ."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core.core_schema import BeforeValidatorFunctionSchema, NullableSchema, WithDefaultSchema

from gate.criteria.fields import many
from gate.criteria.kinds import KINDS, class_of
from gate.policy.schema import KEBAB, LONGEST_NAME, PolicyFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_Schema = dict[str, Any]


def policy_schema() -> _Schema:
    """The schema of one policy file (draft 2020-12).

    A file that extends others may leave out what it inherits: `criteria`, the `kind` of a criterion, the `files` of
    a source. Whether what it inherits is there, only loading it can tell.
    """
    kinds = [class_of(kind) for kind in KINDS]
    _, generated = models_json_schema(
        [(PolicyFile, "validation"), *((kind, "validation") for kind in kinds)], schema_generator=_Generator
    )
    definitions: _Schema = generated["$defs"]
    policy = definitions.pop(PolicyFile.__name__)
    definitions["Criterion"] = {"oneOf": [_reference(kind.__name__) for kind in kinds]}
    definitions["InheritedCriterion"] = {
        "description": "What differs from the criterion of the same id in the policies that this one extends.",
        "type": "object",
        "propertyNames": {"enum": sorted({key for kind in kinds for key in definitions[kind.__name__]["properties"]})},
    }
    source = definitions["Source"]
    definitions["InheritedSource"] = {key: said for key, said in source.items() if key != "required"}
    properties = policy["properties"]
    for name in ("evidence", "criteria"):
        described = {"type": "object", "description": properties[name]["description"]}
        properties[name] = {**described, "propertyNames": {"pattern": KEBAB, "maxLength": LONGEST_NAME}}
    return {
        "$schema": DIALECT,
        "title": "A policy of the gate",
        **{key: said for key, said in policy.items() if key not in ("required", "title")},
        "required": ["schema"],
        "if": {"required": ["extends"]},
        "then": _holding(_values("InheritedSource"), _values("Criterion", "InheritedCriterion")),
        "else": {"required": ["criteria"], **_holding(_values("Source"), {**_values("Criterion"), "minProperties": 1})},
        "$defs": dict(sorted(definitions.items())),
    }


def _reference(name: str) -> _Schema:
    return {"$ref": f"#/$defs/{name}"}


def _holding(evidence: _Schema, criteria: _Schema) -> _Schema:
    return {"properties": {"evidence": evidence, "criteria": criteria}}


def _values(*names: str) -> _Schema:
    one, *others = map(_reference, names)
    return {"additionalProperties": {"anyOf": [one, *others]} if others else one}


class _Generator(GenerateJsonSchema):
    """What a policy author may write, where that is less or more than the types of our fields."""

    def nullable_schema(self, schema: NullableSchema) -> JsonSchemaValue:
        """Absence is how a policy says nothing: a key without a value is refused."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        """A default of nothing is no default."""
        described = super().default_schema(schema)
        default = described.pop("default", None)
        if isinstance(default, dict):
            default = {key: value for key, value in default.items() if value is not None}
        return described if default in (None, {}) else {**described, "default": default}

    def function_before_schema(self, schema: BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """One value stands for a list of one."""
        described = super().function_before_schema(schema)
        if schema["function"]["function"] is not many or "items" not in described:
            return described
        return {"anyOf": [described["items"], {**described, "minItems": 1}]}

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - the type is pydantic's own
        """The key says it already."""
        return False

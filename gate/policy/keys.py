"""The keys that a policy may have: those of each model, and those that only a later release understands."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel

_LATER_KEYS: Mapping[str, frozenset[str]] = {
    "": frozenset({"waivers", "baseline"}),
    "findings": frozenset({"grace", "scope: new", "scope: changed"}),
    "coverage": frozenset({"changed_lines", "max_drop"}),
    "tests": frozenset({"no_removed"}),
}
"""By kind, and under the empty name for the policy itself; `key: value` where only that value comes later."""

_LATER_KEYS_OF_ALL = frozenset({"locked", "when.changed"})


def comes_later(kind: str, path: tuple[str, ...], value: object = None) -> bool:
    """Whether the policy language has this key, or this value of it, and this release does not."""
    key = ".".join(path[2:] if kind else path)
    later = _LATER_KEYS.get(kind, frozenset()) | (_LATER_KEYS_OF_ALL if kind else frozenset())
    return key in later or (isinstance(value, str) and f"{key}: {value}" in later)


def known_keys(model: type[BaseModel], path: tuple[str, ...]) -> frozenset[str]:
    """The keys that the mapping at this path may have."""
    return frozenset(
        field.alias or name for found in _models(model, path) for name, field in found.model_fields.items()
    )


def _models(annotation: Any, path: tuple[str, ...]) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - any annotation
    """The models that a value at this path may have, through unions, lists and mappings."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not path:
            yield annotation
        for name, field in annotation.model_fields.items():
            if path and path[0] == (field.alias or name):
                yield from _models(field.annotation, path[1:])
    elif get_origin(annotation) is dict:
        yield from _models(get_args(annotation)[1], path[1:])
    else:
        for argument in get_args(annotation):
            yield from _models(argument, path)

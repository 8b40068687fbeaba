"""Regular expressions that take linear time on any text: the syntax of RE2, without look-around and back-references.

RE2 is loaded when a policy has the first expression.
"""

from functools import lru_cache
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from gate.criteria.fields import many

MAX_PATTERN_BYTES = 8 << 20
"""How much memory one compiled expression may take."""


@lru_cache(maxsize=256)
def compiled(pattern: str) -> Any:  # noqa: ANN401 - re2 has no types
    """The expression; `^` and `$` match at every line. Raises ValueError where RE2 does not understand it."""
    import re2  # noqa: PLC0415 - see above

    options = re2.Options()
    options.log_errors = False
    options.max_mem = MAX_PATTERN_BYTES
    try:
        return re2.compile(f"(?m){pattern}", options)
    except re2.error as error:
        reason = error.args[0].decode(errors="replace") if isinstance(error.args[0], bytes) else error
        raise ValueError(f"{pattern!r} is no regular expression of RE2: {reason}") from error


def _expression(pattern: str) -> str:
    """An expression that can be compiled, and that not every text matches."""
    if compiled(pattern).search(""):
        raise ValueError(f"{pattern!r} matches the empty text, and so everything")
    return pattern


Expressions = Annotated[
    tuple[Annotated[str, Field(min_length=1), AfterValidator(_expression)], ...],
    BeforeValidator(many),
    Field(min_length=1),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
]
"""One regular expression, or a list of at least one."""

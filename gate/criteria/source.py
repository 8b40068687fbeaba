"""Where evidence comes from, and what may be wrong with it: the keys of a source in a policy."""

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from gate.criteria.fields import Duration, PathPatterns, Text, Texts, many
from gate.model.severity import as_word

SeverityWord = Literal["none", "low", "medium", "high", "critical", "unrated"]
PreferredField = Literal["tool", "score", "level"]
_PREFERABLE = get_args(PreferredField)
AcceptableState = Literal["empty", "incomplete", "stale", "unmapped"]


class PolicyModel(BaseModel):
    """What all models of a policy share: frozen, no unknown keys, no coercion."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=False)


def _meanings(words: dict[str, str]) -> dict[str, str]:
    """Every word has one severity, however it is spelt, save `prefer`, which has a sort of field."""
    spelt: dict[str, str] = {}
    for word, meaning in words.items():
        if (word == "prefer") is not (meaning in _PREFERABLE):
            allowed = _PREFERABLE if word == "prefer" else get_args(SeverityWord)
            message = f"`{word}` is one of {', '.join(allowed)}"
            raise ValueError(message)
        if (other := spelt.setdefault(as_word(word), word)) != word:
            message = f"`{other}` and `{word}` are the same word (case does not count): say once what it means"
            raise ValueError(message)
    return words


class SourceKeys(PolicyModel):
    """What a policy may say about a source, apart from its files."""

    exclude: PathPatterns | None = Field(None, description="Files that the patterns match and that are not meant.")
    format: Text | None = Field(None, description="The report format, where content alone does not tell.")
    tools: Texts | None = Field(None, description="Tools whose reports must all be there.")
    min_files: Annotated[int, Field(ge=1)] | None = Field(None, description="How many files must match at least.")
    max_age: Duration | None = Field(None, description="Older than this by the time it states: stale.")
    commit: Literal["required"] | None = Field(None, description="The report must state the commit that is judged.")
    committed: Literal["refuse"] | None = Field(None, description="Refuse files that git tracks.")
    accept: Annotated[tuple[AcceptableState, ...], BeforeValidator(many), Field(min_length=1)] | None = Field(
        None, description="States that do not keep a criterion from passing."
    )
    severity: Annotated[dict[str, SeverityWord | PreferredField], AfterValidator(_meanings)] | None = Field(
        None, description="What the tool's words mean; `prefer` chooses the field that decides."
    )
    suppressions: Literal["show", "honour"] | None = Field(
        None, description="Whether accepted, justified marks inside reports take findings out of the count."
    )


class Source(SourceKeys):
    """A named source: the files that one or more steps of the workflow wrote."""

    files: PathPatterns = Field(description="Path patterns, relative to the workspace.")


SOURCE_KEYS = frozenset(SourceKeys.model_fields)

"""What every criterion of a policy can say, whatever its kind."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from gate.criteria.fields import Day, PathPatterns, Text, Texts
from gate.criteria.source import PolicyModel, SourceKeys
from gate.criteria.when import When
from gate.model.evidence import Evidence, Record
from gate.model.suppression import is_said
from gate.model.verdict import Judgement, Level, Result


def _level(value: object) -> object:
    """The word of the policy as a level; anything else is left for pydantic to refuse."""
    return next((level for level in Level if level.value == value), value)


_NO_REASON = frozenset({"yes", "no", "on", "off", "true", "false", "y", "n", "none", "null", "nil"})
"""Words that switch something on or off, and do not say why; YAML 1.2 reads most of them as text."""


def _reason(value: str) -> str:
    """A reason says why; whoever wrote `disabled: no` meant the opposite of what text of any sort would do."""
    if not is_said(value) or value.strip().lower() in _NO_REASON:
        message = "expected the reason in words (remove the key where the criterion is to apply)"
        raise ValueError(message)
    return value


class Criterion(PolicyModel, ABC):
    """One demand of a policy."""

    kind: str
    title: Text | None = Field(None, description="What must hold, in a few words.")
    level: Annotated[Level, BeforeValidator(_level)] | None = Field(
        None,
        description="must (default), should or may; a member of a quorum or score without it has no vote.",
    )
    on_unknown: Literal["fail", "warn", "pass"] = Field("fail", description="What an unknown `must` does.")
    when: When | None = Field(None, description="When it applies.")
    enforce_from: Day | None = Field(None, description="Before this day the criterion only warns.")
    controls: Texts | None = Field(None, description="Control ids that it answers to, such as SOC2/CC7.1.")
    category: Text | None = Field(None, description="The category under which a score counts it.")
    help: Text | None = Field(None, description="What to do when it fails.")
    disabled: Annotated[Text, AfterValidator(_reason)] | None = Field(
        None, description="Why an inherited criterion does not apply here, in words."
    )


class EvidenceCriterion(Criterion, ABC):
    """A criterion that judges evidence itself."""

    @abstractmethod
    def judge(self, evidence: Evidence) -> Judgement:
        """Compare the evidence with the demand. Pure; the states of reports are weighed in `evaluate`."""


class SourceCriterion(EvidenceCriterion, SourceKeys, ABC):
    """A criterion that judges the files of its sources.

    Without `from` it has an unnamed source, written in place with the same keys. A kind that gives one of those keys
    a meaning of its own (`tools` of `findings`, `max_age` of `documents`) lists it in `own_keys`.
    """

    wants: ClassVar[type[Record] | None]
    """The record type that it judges; None for any report."""
    searches: ClassVar[bool] = True
    """Whether it looks for evidence by itself where neither `from` nor `files` is given."""
    own_keys: ClassVar[frozenset[str]] = frozenset()

    from_: Texts | None = Field(None, alias="from", description="Named sources.")
    files: PathPatterns | None = Field(None, description="An unnamed source: its path patterns.")
    each: Literal["source"] | None = Field(None, description="Judge every source alone; all must hold.")

    @model_validator(mode="after")
    def _one_way_to_name_the_evidence(self) -> "SourceCriterion":
        if self.from_ and self.files:
            message = "`from` names sources and `files` writes one in place: choose one"
            raise ValueError(message)
        in_place = sorted(self.model_fields_set & set(SourceKeys.model_fields) - self.own_keys)
        if self.from_ and in_place:
            message = f"`{in_place[0]}` belongs to the source that `from` names: write it there"
            raise ValueError(message)
        if not self.from_ and not self.files and not self.searches:
            message = "name the evidence: `from` (sources) or `files` (path patterns)"
            raise ValueError(message)
        return self

    def in_place(self) -> SourceKeys:
        """What the criterion says about its unnamed source."""
        keys = (self.model_fields_set & set(SourceKeys.model_fields)) - self.own_keys
        return SourceKeys.model_construct(**{key: getattr(self, key) for key in keys})

    @property
    def needs_inventory(self) -> bool:
        """Whether it looks up paths that the evidence names."""
        return False

    @property
    def needs_history(self) -> bool:
        """Whether it asks when the files were last committed."""
        return False

    @property
    def needs_places(self) -> bool:
        """Whether findings without a place in the workspace are no evidence for it."""
        return False

    @property
    def allows_absence(self) -> bool:
        """Whether it may hold without a single file; a source without files is then no gap."""
        return False


class GroupCriterion(Criterion, ABC):
    """A criterion that judges by the outcomes of others."""

    @abstractmethod
    def named(self) -> tuple[str, ...]:
        """The ids that it names. Such a criterion has no vote of its own unless it states a level."""

    def members(self, categories: Mapping[str, str]) -> tuple[str, ...]:  # noqa: ARG002 - only a score asks for them
        """The ids of the criteria it judges by; `categories` maps every criterion to its category."""
        return self.named()

    def named_categories(self) -> tuple[str, ...]:
        """The categories that it names; each must have a member."""
        return ()

    @abstractmethod
    def judge(self, results: Mapping[str, Result]) -> Judgement:
        """Compare the members' results with the demand."""

"""Which level a result has: its own, a configured one, its rule's, or SARIF's default (3.27.10)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from gate.formats.sarif.bags import LONGEST, Facts, facts_of
from gate.formats.sarif.rules import Rule, Rules
from gate.formats.sarif.shapes import Result, Run
from gate.model.severity import Rating, RatingSource

DEFAULT = "warning"


class Levels:
    """The levels of one run.

    A run in which no result and no rule has a level or a score does not grade: there SARIF's default says nothing.
    """

    def __init__(self, run: Run, rules: Rules) -> None:
        """See how rules were configured, and whether the run grades at all."""
        self._rules = rules
        self._configured = _configured(run, rules)
        self._grades = bool(self._configured) or any(map(_rule_grades, rules)) or any(map(_grades, run.results or ()))

    def of(self, result: Result, rule: Rule | None) -> Iterator[Rating]:
        """What the level says; several ratings where several may be meant, so that the worst counts.

        A kind other than `fail` forces the level `none`, which then says nothing of severity.
        """
        fails = (result.kind or "fail") == "fail"
        if result.level and (fails or result.level != "none"):
            yield _rating("level", result.level)
        elif configured := self._configured_for(result, rule):
            yield from (_rating("configured level", level) for level in configured)
        elif rule and rule.level:
            yield _rating("rule level", rule.level)
        else:
            yield from self._guessed(result, rule, fails=fails)

    def _configured_for(self, result: Result, rule: Rule | None) -> list[str]:
        """The levels that the result's invocation, or any where it names none, configured for the rule."""
        named = result.provenance.invocation_index if result.provenance else None
        levels = self._configured.get(id(rule), ()) if rule else ()
        return [level for invocation, level in levels if named in (None, -1, invocation)]

    def _guessed(self, result: Result, rule: Rule | None, *, fails: bool) -> Iterator[Rating]:
        """The default; and where the id names no rule, the level of the rule at the index, which may be meant."""
        hinted = self._rules.by_index(result) if rule is None else None
        if hinted and hinted.level:
            yield _rating("level of the indexed rule", hinted.level)
        if fails and self._grades:
            yield _rating("level by default", DEFAULT)


def _rating(field: str, level: str) -> Rating:
    return Rating(field, level[:LONGEST], RatingSource.LEVEL)


def _grades(result: Result) -> bool:
    return bool(result.level) or _has_score(facts_of("result", result.properties))


def _rule_grades(rule: Rule) -> bool:
    return bool(rule.level) or _has_score(rule.facts)


def _has_score(facts: Facts) -> bool:
    return any(rating.source is RatingSource.SCORE for rating in facts.ratings)


def _configured(run: Run, rules: Rules) -> Mapping[int, list[tuple[int, str]]]:
    """By the identity of the rule: the levels that invocations configured for it, with the invocation's index."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for index, invocation in enumerate(run.invocations or ()):
        for override in invocation.rule_configuration_overrides or ():
            rule = rules.find(override.descriptor) if override.descriptor else None
            level = override.configuration.level if override.configuration else None
            if rule and level:
                found[id(rule)].append((index, level))
    return found

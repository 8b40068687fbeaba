"""What tools say in property bags: severities, CWE numbers, tags, and other names of a vulnerability."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gate.formats.sarif.shapes import RuleReference
from gate.model.severity import CVSS_MAX, Rating, RatingSource

SCORES = ("security-severity", "security_severity", "securitySeverity")
"""Names of the property that code scanning reads; by convention a CVSS score."""
NO_SEVERITY = ("sub-severity",)
"""Grades within a severity, not severities."""
TAG_WORDS = frozenset({"CRITICAL", "HIGH", "MEDIUM", "LOW", "UNKNOWN"})
"""A tag that is nothing but such a word is the tool's own severity (Trivy)."""
LONGEST = 80

_PLAIN = (str, int, float)
_CWE = re.compile(r"\bCWE[-_ :/]{0,2}0*(\d{1,5})\b", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"(?:CWE[-_ :/]{0,2})?0*(\d{1,5})\b", re.IGNORECASE | re.ASCII)
_ALIAS = re.compile(r"\bCVE-\d{4}-\d{4,19}\b|\bGHSA(?:-[0-9a-z]{4}){3}\b", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Facts:
    """What one property bag says."""

    ratings: tuple[Rating, ...] = ()
    cwe: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    purls: tuple[str, ...] = ()


def facts_of(owner: str, bag: Mapping[str, Any] | None, taxa: Iterable[RuleReference] = ()) -> Facts:
    """The facts of a bag and of the taxa beside it; `owner` (rule or result) stands in the name of each rating."""
    taxa_cwe = list(_cwe_of_taxa(taxa))
    if not bag:
        return Facts(cwe=tuple(taxa_cwe)) if taxa_cwe else NOTHING
    tags = tuple(_texts(bag.get("tags")))
    ratings = [*_scores(owner, bag), *_tool_ratings(owner, bag), *_tag_ratings(owner, tags)]
    return Facts(
        tuple(ratings),
        tuple(dict.fromkeys([*taxa_cwe, *_cwe_of_bag(bag, tags)])),
        tags,
        aliases_in(text for value in bag.values() for text in _texts(value)),
        tuple(text for name in ("purl", "purls") for text in _texts(bag.get(name)) if text.startswith("pkg:")),
    )


NOTHING = Facts()


def aliases_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The CVE and GHSA ids in texts, each once, in upper case as far as they are CVE ids."""
    found = _ALIAS.findall("\n".join(texts))
    return tuple(dict.fromkeys(alias.upper() if alias[:3].upper() == "CVE" else alias for alias in found))


def _scores(owner: str, bag: Mapping[str, Any]) -> Iterator[Rating]:
    """The score that code scanning reads; where a tool writes a word in its place, the word."""
    for name in SCORES:
        if _says_something(bag.get(name)):
            value = _written(bag[name])
            yield Rating(f"{owner} {name}", value, RatingSource.SCORE if _is_score(value) else RatingSource.TOOL)


def _tool_ratings(owner: str, bag: Mapping[str, Any]) -> Iterator[Rating]:
    """Properties whose name ends in `severity`, also of a bag within (`problem: {severity: low}`)."""
    for name, value in bag.items():
        if isinstance(value, dict) and "severity" in value:
            yield Rating(f"{owner} {name[:LONGEST]}.severity", _written(value["severity"]))
        elif _is_severity(name) and _says_something(value):
            yield Rating(f"{owner} {name[:LONGEST]}", _written(value))


def _tag_ratings(owner: str, tags: Iterable[str]) -> Iterator[Rating]:
    for tag in tags:
        if tag in TAG_WORDS:
            yield Rating(f"{owner} tags", tag)


def _is_severity(name: str) -> bool:
    return name.lower().endswith("severity") and name not in SCORES and name not in NO_SEVERITY


def _says_something(value: object) -> bool:
    return value is not None and value != ""


def _written(value: object) -> str:
    """A rating as text; what is neither text nor number rates nothing, so that the finding is unrated."""
    return str(value)[:LONGEST].strip() if isinstance(value, _PLAIN) else "not a word"


def _is_score(text: str) -> bool:
    """Whether the text is a number on the scale of CVSS."""
    try:
        return 0.0 <= float(text) <= CVSS_MAX
    except ValueError:
        return False


def _cwe_of_bag(bag: Mapping[str, Any], tags: Iterable[str]) -> Iterator[int]:
    """CWE numbers: in tags (`external/cwe/cwe-079`, `CWE-79: …`) and in properties named for them."""
    for tag in tags:
        yield from (int(found[1]) for found in _CWE.finditer(tag))
    for name in ("cwe", "cwes", "CWE", "cweId", "cwe_id"):
        value = bag.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        for text in _texts(value):
            if found := _NUMBER.match(text):
                yield int(found[1])


def _cwe_of_taxa(taxa: Iterable[RuleReference]) -> Iterator[int]:
    for taxon in taxa:
        component = taxon.tool_component
        if component and (component.name or "").upper().startswith("CWE") and (found := _NUMBER.match(taxon.id or "")):
            yield int(found[1])


def _texts(value: object) -> Iterator[str]:
    """The texts in a property: itself, those of a list, or the `cweId` of each object in a list."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            text = one.get("cweId", one.get("id")) if isinstance(one, dict) else one
            if isinstance(text, str | int) and not isinstance(text, bool):
                yield str(text)

"""Test suites: what one says of itself, held against what is in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from gate.model.problem import Problem, Slug

HINT = "let the run finish, and keep all that it writes (pytest counts subtests, which it does not list)"
_SKIPS = ("skipped", "disabled", "ignored", "skip", "skips")
_MAX_DIGITS = 18


class Count(NamedTuple):
    """Entries, and of them those that failed and those that were skipped."""

    tests: int = 0
    broken: int = 0
    skipped: int = 0

    def plus(self, other: "Count") -> "Count":
        """Both together."""
        return Count(self.tests + other.tests, self.broken + other.broken, self.skipped + other.skipped)

    def or_more(self, other: "Count") -> "Count":
        """The greater of both, number by number."""
        return Count(*map(max, self, other))


NOTHING = Count()


@dataclass(slots=True)
class Suite:
    """An open suite.

    `claims` is what its attributes say, `there` what is in it at any depth, and `vouched` the greater of both for the
    suites inside it: what a nested suite claims in vain is told there, and not once more around it. `complaint` is
    what it wrote to standard error.
    """

    name: str
    file: str = ""
    claims: Count = NOTHING
    there: Count = NOTHING
    vouched: Count = NOTHING
    complaint: str = ""
    illegible: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, attributes: Mapping[str, str]) -> "Suite":
        """The suite that an element begins."""
        suite = cls(attributes.get("name", ""), attributes.get("file", ""))
        broken = suite.number(attributes, "failures") + suite.number(attributes, "errors")
        skipped = max(suite.number(attributes, attribute) for attribute in _SKIPS)
        suite.claims = Count(suite.number(attributes, "tests"), broken, skipped)
        return suite

    def number(self, attributes: Mapping[str, str], name: str) -> int:
        """One of its numbers; absent and empty count as 0."""
        text = attributes.get(name, "").strip() or "0"
        if text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS:
            return int(text)
        self.illegible.append(f"says {name}=`{text[:20]}`, which is no number")
        return 0

    def add(self, count: Count) -> None:
        """A case in it, or an error of its own."""
        self.there = self.there.plus(count)
        self.vouched = self.vouched.plus(count)

    def take(self, inner: "Suite") -> None:
        """A suite inside it has ended."""
        self.there = self.there.plus(inner.there)
        self.vouched = self.vouched.plus(inner.vouched.or_more(inner.claims))

    @property
    def failed_unseen(self) -> bool:
        """Whether it failed and lists no test: the file could not be loaded, or a fixture broke."""
        return not self.there.tests and self.claims.broken > self.vouched.broken

    def faults(self) -> Iterator[Problem]:
        """Why the report is incomplete, as far as this suite shows it."""
        for message in (*self.illegible, *self._contradictions()):
            yield Problem(Slug.CONTRADICTION, f"suite `{self.name[:80]}` {message}", hint=HINT)

    def _contradictions(self) -> Iterator[str]:
        nouns = ("tests", "failures and errors", "skipped tests")
        for noun, claimed, vouched, there in zip(nouns, self.claims, self.vouched, self.there, strict=True):
            if claimed > vouched:
                yield f"says {claimed} {noun}, {there} are there"
        if self.complaint and not self.there.tests:
            yield f"lists no test, and wrote to standard error: {self.complaint}"

"""JUnit XML, in the dialects of its many writers."""

from collections.abc import Iterator

from gate.errors import EvidenceError
from gate.formats.base import Format, Head
from gate.formats.junit.suite import HINT
from gate.formats.junit.walk import SUITES, Walk
from gate.formats.markup import read_xml
from gate.model.evidence import Statement
from gate.model.moment import moment, zoneless
from gate.model.problem import Problem, Slug
from gate.model.testcase import TestCase

MAX_FAULTS = 20

_TOOLS = {
    "pytest": "pytest",
    "pytest tests": "pytest",
    "jest tests": "jest-junit",
    "Mocha Tests": "Mocha",
    "vitest tests": "Vitest",
    "nextest-run": "cargo-nextest",
    "JUnit Jupiter": "JUnit Platform",
    "JUnit Vintage": "JUnit Platform",
    "AllTests": "GoogleTest",
    "surefire.test.class.path": "Surefire",
    "surefire.real.class.path": "Surefire",
    "go.version": "gotestsum",
}
"""Names of suites and properties that give a writer away; the format has no place for the writer's own name."""

_NODE = b"<!-- duration_ms "
"""Node's test runner ends its report with its counts as comments."""


def recognises(head: Head) -> bool:
    """The root is `testsuites` or `testsuite`."""
    return head.root in SUITES


def read(content: bytes) -> Iterator[Statement | TestCase]:
    """Yield one record a test case, at whatever depth; then the statement.

    The cases are counted, and what suites say of themselves is held against them. A suite that claims more than is
    there (tests that were not written down, a failure without a case) makes the report incomplete, at the narrowest
    suite where it shows. One that claims less is passed over: some leave out nested suites or repeated runs.
    """
    walk = Walk()
    mended = read_xml(content, walk)
    if walk.stranger and not walk.cases:
        raise EvidenceError.of(f"holds `{walk.stranger[:40]}` and no test case: this is not JUnit's format")
    yield from walk.cases
    times = sorted(filter(None, map(moment, walk.times)))
    yield Statement(
        _writer(walk, content),
        FORMAT.proves,
        made_at=times[0] if times else None,
        made_until=times[-1] if times else None,
        faults=tuple(_faults(walk.faults)),
        remarks=(*mended, *_remarks(walk)),
    )


def _writer(walk: Walk, content: bytes) -> str:
    if _NODE in content[-len(_NODE) - 100 :]:
        return "node:test"
    return next((_TOOLS[name] for name in walk.names if name in _TOOLS), "JUnit")


def _faults(faults: list[Problem]) -> Iterator[Problem]:
    """The first of them: a report may hold as many as it has suites."""
    yield from faults[:MAX_FAULTS]
    if len(faults) > MAX_FAULTS:
        yield Problem(Slug.CONTRADICTION, f"and {len(faults) - MAX_FAULTS} more contradictions", hint=HINT)


def _remarks(walk: Walk) -> Iterator[Problem]:
    if any(map(zoneless, walk.times)):
        yield Problem(Slug.NOT_STATED, "its times state no zone, and count as UTC")
    if walk.timeless:
        yield Problem(Slug.NOT_STATED, f"the `time` of {walk.timeless} test cases is no duration in seconds")


FORMAT = Format(
    id="junit",
    title="JUnit XML",
    proves=frozenset({TestCase}),
    recognises=recognises,
    read=read,
    tools="pytest, Surefire, Gradle, jest-junit, node:test, GoogleTest, gotestsum and most others",
    specification="https://github.com/windyroad/JUnit-Schema, and what its writers made of it",
)

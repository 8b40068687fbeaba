"""`files`: text and configuration."""

from typing import Any

import pytest
from pydantic import ValidationError

from gate.criteria.files import Files
from gate.model.document import Document
from gate.model.evidence import Evidence, Report
from gate.model.problem import Slug
from gate.model.verdict import Judgement
from tests.conftest import NOW, a_report, a_source

PATH = "deploy/nginx.conf"


def criterion(**fields: Any) -> Files:
    """The criterion that a policy writes so."""
    return Files.model_validate({"kind": "files", "files": [PATH]} | fields)


def a_file(text: str = "server {}\n", path: str = PATH) -> Report:
    """A file with this text."""
    return a_report(Document(text), path=path, format="text", size=len(text.encode()))


def evidence_of(*reports: Report, patterns: tuple[str, ...] = (PATH,)) -> Evidence:
    """Evidence from one source with these patterns."""
    return Evidence(NOW, (a_source(*reports, patterns=patterns),))


def judged(text: str, **fields: Any) -> Judgement:
    """What the criterion says about one file."""
    return criterion(**fields).judge(evidence_of(a_file(text)))


def test_file_that_is_there_holds() -> None:
    """That is the demand where nothing more is said."""
    judgement = judged("x")
    assert (judgement.breaches, judgement.doubts, judgement.observed) == ((), (), "1 file")
    assert judgement.tally
    assert judgement.tally.adds_up


def test_file_that_is_not_there_is_a_doubt() -> None:
    """Each pattern must match, unless any suffices; none at all never does."""
    patterns = (PATH, "deploy/*.yml")
    assert [one.slug for one in criterion().judge(evidence_of(a_file(), patterns=patterns)).doubts] == [
        Slug.NOTHING_MATCHED
    ]
    assert criterion(any=True).judge(evidence_of(a_file(), patterns=patterns)).doubts == ()
    assert criterion(any=True).judge(evidence_of(patterns=patterns)).doubts
    assert criterion(min_files=2).judge(evidence_of(a_file())).doubts[0].slug is Slug.TOO_FEW_FILES


@pytest.mark.parametrize(
    ("pattern", "there"),
    [
        ("add_header Content-Security-Policy", True),
        ("^ *listen 443", True),
        ("listen 80$", False),
        ("(?i)SERVER", True),
    ],
)
def test_expression_must_match_in_each_file(pattern: str, there: bool) -> None:  # noqa: FBT001 - a table of cases
    """Line by line."""
    judgement = judged("server {\n  listen 443 ssl;\n  add_header Content-Security-Policy x;\n}\n", contains=pattern)
    assert (judgement.breaches == ()) is there
    if not there:
        assert judgement.breaches[0].message == f"deploy/nginx.conf: nothing matches `{pattern}`"


def test_each_file_is_judged_alone() -> None:
    """What one says does not excuse the other."""
    evidence = evidence_of(a_file("ssl on"), a_file("ssl off", "deploy/b.conf"), patterns=("deploy/*",))
    assert [one.message for one in criterion(contains="ssl on").judge(evidence).breaches] == [
        "deploy/b.conf: nothing matches `ssl on`"
    ]


def test_forbidden_text_is_placed_and_never_repeated() -> None:
    """It may be a secret; file, line and expression are enough to find it."""
    judgement = judged("a\npassword = hunter2\nb\npassword=hunter3 password=hunter4\n", forbid=r"password\s*=\s*\S+")
    assert [str(one.at) for one in judgement.observations] == ["deploy/nginx.conf:2", "deploy/nginx.conf:4"]
    assert [breach.final for breach in judgement.breaches] == [True]
    assert "hunter" not in repr(judgement)


def test_many_forbidden_lines_are_counted() -> None:
    """The first are shown, and the number of all."""
    judgement = judged("x\n" * 1000, forbid="x")
    assert len(judgement.observations) == 21
    assert judgement.observations[0].message == "1000 lines match `x`"


@pytest.mark.parametrize(("allowed", "small"), [(5, True), (4, False), (0, False)])
def test_size_is_bounded_in_bytes(allowed: int, small: bool) -> None:  # noqa: FBT001 - a table of cases
    """The bound is inclusive, and bytes are not characters."""
    judgement = judged("café", max_bytes=allowed)
    assert (judgement.breaches == ()) is small


def test_file_that_must_not_be_there_breaks_for_good() -> None:
    """And its absence is what is asked for."""
    absent = criterion(absent=True)
    judgement = absent.judge(evidence_of(a_file()))
    assert [(one.message, one.final) for one in judgement.breaches] == [("deploy/nginx.conf: it is there", True)]
    nothing = absent.judge(evidence_of())
    assert (nothing.breaches, nothing.doubts) == ((), ())
    assert absent.allows_absence
    assert not criterion().allows_absence


@pytest.mark.parametrize("fields", [{"contains": "x"}, {"forbid": "x"}])
def test_binary_file_cannot_be_searched(fields: dict[str, str]) -> None:
    """Not to find a text in it proves nothing; that it is there can still be asked."""
    assert judged("x\0", **fields).doubts[0].slug is Slug.UNKNOWN_FORMAT
    assert judged("x\0").doubts == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"contains": "(?=x)"},
        {"forbid": "a*"},
        {"forbid": []},
        {"absent": True, "contains": "x"},
        {"absent": True, "any": True},
        {"absent": True, "min_files": 1},
        {"absent": True, "max_bytes": 1},
        {"max_bytes": -1},
        {"min_files": 0},
        {"contain": "x"},
    ],
)
def test_demand_that_cannot_hold_is_refused(fields: dict[str, Any]) -> None:
    """When the policy is loaded."""
    with pytest.raises(ValidationError):
        criterion(**fields)


@pytest.mark.parametrize("pattern", [".git", ".git/config", "./.git/hooks/*", "**/.git", "vendor/*/.git/config"])
def test_what_nobody_looks_at_cannot_be_asked_to_be_absent(pattern: str) -> None:
    """No search enters `.git`, so that it would hold whatever is there; to ask for its presence fails by itself."""
    with pytest.raises(ValidationError, match="never looks into"):
        criterion(files=["deploy/*", pattern], absent=True)
    assert criterion(files=pattern).files


@pytest.mark.parametrize("pattern", [".gitmodules", ".github/x", "a.git", "**/*.pem"])
def test_names_that_only_resemble_it_can_be_asked_to_be_absent(pattern: str) -> None:
    """They are looked at."""
    assert criterion(files=pattern, absent=True).absent

"""What the words of each tool mean."""

import pytest

from gate.model.finding import Finding
from gate.model.severity import Rating, RatingSource, Severity
from gate.model.tools import LEVELS, TOOLS, scale_of, tool_of, withholds_message

NONE, LOW, MEDIUM, HIGH, CRITICAL, UNRATED = Severity
LEVEL = RatingSource.LEVEL


def severity(tool: str, word: str, rule: str | None = None) -> Severity:
    """What a level of a tool means."""
    return scale_of(tool, rule=rule).decide([Rating("level", word, LEVEL)])[0]


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("Bandit", "bandit"),
        ("ruff", "ruff"),
        ("Semgrep OSS", "semgrep"),
        ("CodeQL command-line toolchain", "codeql"),
        ("Trivy", "trivy"),
        ("trivy Vulnerability Scanner", "trivy"),
        ("ESLint", "eslint"),
        ("GitHub Secret Scanning", "github secret scanning"),
        ("ZAP", "zap"),
    ],
)
def test_a_tool_is_found_by_the_name_it_gives_itself(name: str, entry: str) -> None:
    """Case does not count, and words may follow."""
    found = tool_of(name)
    assert found
    assert found.name == entry


@pytest.mark.parametrize("name", ["", "ruffian", "Snyk", "my bandit", "shell"])
def test_other_tools_are_taken_at_their_word(name: str) -> None:
    """Error = high, warning = medium, note = low."""
    assert tool_of(name) is None
    assert [severity(name, level) for level in LEVELS] == [HIGH, MEDIUM, LOW]
    assert scale_of(name).decide([])[0] is UNRATED


@pytest.mark.parametrize("entry", TOOLS.values(), ids=lambda entry: entry.name)
def test_every_entry_says_why(entry: object) -> None:
    """Docs are generated from the table: a sentence each, under its own lower-case name."""
    tool = next(tool for tool in TOOLS.values() if tool is entry)
    assert TOOLS[tool.name.lower()] is tool
    assert tool.why.endswith((".", "."))
    assert tool_of(tool.name) is tool


@pytest.mark.parametrize("entry", [tool for tool in TOOLS.values() if tool.rules], ids=lambda entry: entry.name)
def test_a_table_by_rules_has_an_answer_for_every_rule(entry: object) -> None:
    """Its last pattern matches whatever is left."""
    tool = next(tool for tool in TOOLS.values() if tool is entry)
    assert tool.rules[-1][0] == "*"


@pytest.mark.parametrize(
    ("tool", "rule", "meant"),
    [
        ("ruff", "S602", MEDIUM),
        ("ruff", "SIM102", LOW),
        ("ruff", "SLF001", LOW),
        ("ruff", "D100", LOW),
        ("ruff", "E501", LOW),
        ("ruff", "invalid-syntax", HIGH),
        ("ruff", "E999", HIGH),
        ("ruff", "", HIGH),
        ("flake8", "S105", MEDIUM),
        ("flake8", "E302", LOW),
        ("ESLint", "semi", LOW),
        ("ESLint", "security/detect-eval-with-expression", MEDIUM),
        ("ESLint", "no-secrets/no-secrets", HIGH),
    ],
)
def test_linters_that_mark_everything_error_mean_it_by_rule(tool: str, rule: str, meant: Severity) -> None:
    """Whatever the level, and also where there is none."""
    assert severity(tool, "error", rule) is meant
    assert severity(tool, "warning", rule) is meant
    assert scale_of(tool, rule=rule).decide([])[0] is meant


def test_without_a_rule_a_linter_is_taken_at_its_worst() -> None:
    """Whoever forgets the rule cannot lower anything."""
    assert severity("ruff", "error") is HIGH


def test_a_linters_score_still_counts() -> None:
    """Only words are lowered, never a score."""
    ratings = [Rating("level", "error", LEVEL), Rating("security-severity", "9.1", RatingSource.SCORE)]
    assert scale_of("ruff", rule="D100").decide(ratings)[0] is CRITICAL


@pytest.mark.parametrize(
    ("tool", "word", "meant"),
    [
        ("pylint", "fatal", HIGH),
        ("pylint", "error", MEDIUM),
        ("pylint", "convention", LOW),
        ("mypy", "error", MEDIUM),
        ("checkov", "error", HIGH),
        ("bandit", "MEDIUM", MEDIUM),
        ("bandit", "UNDEFINED", UNRATED),
        ("semgrep", "INFO", LOW),
        ("semgrep", "CRITICAL", CRITICAL),
        ("hadolint", "style", LOW),
        ("hadolint", "info", LOW),
        ("hadolint", "error", HIGH),
        ("shellcheck", "warning", MEDIUM),
        ("CodeQL", "recommendation", LOW),
        ("DevSkim", "ManualReview", LOW),
        ("DevSkim", "Important", HIGH),
        ("zizmor", "Informational", NONE),
        ("zizmor", "Unknown", UNRATED),
        ("Trivy", "UNKNOWN", UNRATED),
        ("wapiti", "4", CRITICAL),
        ("wapiti", "1", LOW),
        ("ZAP", "high", HIGH),
        ("ZAP", "informational", NONE),
        ("actionlint", "error", MEDIUM),
    ],
)
def test_words_mean_what_the_tool_means_by_them(tool: str, word: str, meant: Severity) -> None:
    """The table of tooling, entry by entry."""
    assert severity(tool, word) is meant


@pytest.mark.parametrize("tool", [tool.name for tool in TOOLS.values() if tool.scans_secrets])
def test_a_secret_in_the_open_is_high(tool: str) -> None:
    """With any level, and with none."""
    assert {severity(tool, level) for level in (*LEVELS, "none")} == {HIGH}
    assert scale_of(tool).decide([]) == (HIGH, f"no field rates it, by the table for {tool}")


def test_the_policys_words_come_before_the_table() -> None:
    """And the finding says whose meaning decided."""
    scale = scale_of("ruff", {"error": CRITICAL}, rule="D100")
    assert scale.decide([Rating("level", "Error", LEVEL)]) == (CRITICAL, "level: Error, by the policy")
    assert scale.decide([Rating("level", "note", LEVEL)]) == (LOW, "level: note, by the table for ruff")
    assert scale.decide([])[0] is LOW


def test_the_policys_preferred_field_decides() -> None:
    """`prefer: score` of a source."""
    ratings = [Rating("level", "error", LEVEL), Rating("security-severity", "6.1", RatingSource.SCORE)]
    assert scale_of("CodeQL").decide(ratings)[0] is HIGH
    assert scale_of("CodeQL", prefer=RatingSource.SCORE).decide(ratings)[0] is MEDIUM


@pytest.mark.parametrize(
    "finding",
    [
        Finding("any", "m", tool="gitleaks"),
        Finding("any", "m", tool="Kingfisher"),
        Finding("any", "m", tool="GitHub secret scanning"),
        Finding("B106", "m", tool="Bandit"),
        Finding("S107", "m", tool="ruff"),
        Finding("CKV_SECRET_6", "m", tool="Checkov"),
        Finding("generic.secrets.security.detected-github-token", "m", tool="Semgrep OSS"),
        Finding("python.detected-sonarqube", "m", tool="semgrep"),
        Finding("no-secrets/no-secrets", "m", tool="ESLint"),
        Finding("github-pat", "m", tool="Trivy", tags=("secret", "security", "CRITICAL")),
        Finding("py/hardcoded", "m", tool="CodeQL", cwe=(259,)),
        Finding("x", "m", cwe=(20, 321)),
        Finding("x", "m", cwe=(798,)),
        Finding("hardcoded-PASSWORD", "m"),
        Finding("generic-api_key", "m"),
        Finding("x", "m", tags=("Credentials",)),
    ],
    ids=lambda finding: f"{finding.tool} {finding.rule} {finding.cwe}",
)
def test_messages_that_may_quote_a_secret_are_withheld(finding: Finding) -> None:
    """By tool, by the table's rules, by CWE, by tag, and by the words of the rule's id."""
    assert withholds_message(finding)


@pytest.mark.parametrize(
    "finding",
    [
        Finding("B602", "m", tool="Bandit", cwe=(78,), tags=("security", "external/cwe/cwe-78")),
        Finding("S108", "m", tool="ruff"),
        Finding("CKV_DOCKER_2", "m", tool="checkov"),
        Finding("DS-0002", "m", tool="Trivy", tags=("misconfiguration", "security", "HIGH")),
        Finding("B105", "m", tool="Other"),
        Finding("", ""),
    ],
    ids=lambda finding: f"{finding.tool} {finding.rule}",
)
def test_other_messages_travel(finding: Finding) -> None:
    """A message is what a person mends by."""
    assert not withholds_message(finding)

"""What the words of each tool mean, and which tools quote secrets.

`TOOLS` is the one table. A tool that is not in it is taken at its word: what `severity.WORDS` and the bands of CVSS
say. An entry lowers a word only where that word is no severity (linters), and raises it where the tool cannot rate.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from gate.model.finding import Finding
from gate.model.glob import matches_name
from gate.model.severity import RatingSource, Scale, Severity, as_word
from gate.model.toolname import is_tool

LEVELS = ("error", "warning", "note")
"""The words of SARIF's `level`, which several tools fill without meaning anything by them."""

ALL_HIGH = dict.fromkeys((*LEVELS, "none"), Severity.HIGH)


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool: `why` its words mean what `words` says.

    `rules` are patterns over its rule ids, the first match counts: every level, also none at all, means that
    severity there. `unstated` is the severity of a finding that carries no rating. `scans_secrets`: its messages
    quote what it found; `secret_rules` are the rules of a general scanner that do.
    """

    name: str
    why: str
    words: Mapping[str, Severity] = field(default_factory=dict)
    rules: tuple[tuple[str, Severity], ...] = ()
    unstated: Severity = Severity.UNRATED
    scans_secrets: bool = False
    secret_rules: tuple[str, ...] = ()


def _secret_scanner(name: str, why: str) -> Tool:
    """A secret in the open is high, whatever level its scanner writes, if any."""
    return Tool(name, why, words=ALL_HIGH, unstated=Severity.HIGH, scans_secrets=True)


_PYTHON_LINTER = (
    ("S[0-9]*", Severity.MEDIUM),
    ("E9*", Severity.HIGH),
    ("invalid-syntax*", Severity.HIGH),
    ("", Severity.HIGH),
    ("*", Severity.LOW),
)
"""flake8's names: `S` are bandit's rules; `E9`, `invalid-syntax` or no rule at all is a file that was not checked."""
_PYTHON_SECRETS = ("S105", "S106", "S107")

_ENTRIES = (
    Tool("actionlint", "It reports mistakes in workflows without any grade: they break jobs, and are medium.",
         words=dict.fromkeys(LEVELS, Severity.MEDIUM), unstated=Severity.MEDIUM),
    Tool("bandit", "Its `issue_severity` is a severity; SARIF's level follows it, absent for MEDIUM.",
         secret_rules=("B105", "B106", "B107")),
    Tool("checkov", "It marks everything `error`; severities need its platform. High until the policy's source says "
         "otherwise.", words={"error": Severity.HIGH}, unstated=Severity.HIGH, secret_rules=("CKV_SECRET_*",)),
    Tool("codeql", "`security-severity` is a CVSS-like score; `problem.severity` and level grade the query. The worst "
         "counts; `prefer: score` follows what code scanning shows.", words={"recommendation": Severity.LOW}),
    Tool("devskim", "`DevSkimSeverity` is a severity; its two lowest words ask a person to look.",
         words={"bestpractice": Severity.LOW, "manualreview": Severity.LOW}),
    Tool("eslint", "`error` and `warning` say what stops the project's own lint, not how bad it is: style is low, the "
         "security plugins are medium.", secret_rules=("no-secrets/*",),
         rules=(("security/*", Severity.MEDIUM), ("no-unsanitized/*", Severity.MEDIUM),
                ("no-secrets/*", Severity.HIGH), ("@microsoft/sdl/*", Severity.MEDIUM), ("", Severity.HIGH),
               ("*", Severity.LOW))),
    Tool("flake8", "Every finding has the same level: style is low, the security rules (`S`) are medium, a file that "
         "does not parse is high.", rules=_PYTHON_LINTER, secret_rules=_PYTHON_SECRETS),
    Tool("hadolint", "Its four words are a scale: error, warning, info, style. The last two are low.",
         words={"info": Severity.LOW, "style": Severity.LOW}),
    Tool("mypy", "A type error is likely a defect and says nothing of security: medium; its notes are low.",
         words={"error": Severity.MEDIUM, "warning": Severity.LOW, "note": Severity.LOW}),
    Tool("pylint", "Its words name sorts of messages: fatal stopped the check, error is a likely defect, all else is "
         "style.", words={"fatal": Severity.HIGH, "error": Severity.MEDIUM, "warning": Severity.LOW,
                          "note": Severity.LOW, "info": Severity.LOW}),
    Tool("ruff", "It marks everything `error`: style is low, the security rules (`S`) are medium, a file that does "
         "not parse is high.", rules=_PYTHON_LINTER, secret_rules=_PYTHON_SECRETS),
    Tool("semgrep", "Levels come from its rules; INFO, the lowest, is low. CRITICAL collapses to `error`: high, unless "
         "the rule's `security-severity` says more.",
         words={"info": Severity.LOW, "inventory": Severity.NONE, "experiment": Severity.LOW},
         secret_rules=("*secret*", "*detected-*")),
    Tool("shellcheck", "Its four words are a scale: error, warning, info, style. The last two are low.",
         words={"info": Severity.LOW, "style": Severity.LOW}),
    Tool("trivy", "`security-severity` of the rule and the level agree with its severity; UNKNOWN stays unrated."),
    Tool("wapiti", "Its levels are numbers: 4 critical, 3 high, 2 medium, 1 low, 0 information.",
         words={"0": Severity.NONE, "1": Severity.LOW, "2": Severity.MEDIUM, "3": Severity.HIGH,
                "4": Severity.CRITICAL}),
    Tool("zap", "`riskcode` is a severity: 3 high, 2 medium, 1 low, 0 informational. It knows no critical."),
    Tool("zizmor", "`zizmor/severity` is a severity, and SARIF's level follows it; Unknown stays unrated."),
    _secret_scanner("betterleaks", "It finds secrets and grades none of them."),
    _secret_scanner("detect-secrets", "It finds secrets and grades none of them."),
    _secret_scanner("ggshield", "It finds secrets; its words grade how sure it is."),
    _secret_scanner("github secret scanning", "Every alert is a secret in the open."),
    _secret_scanner("gitleaks", "Its SARIF has no level and no score anywhere."),
    _secret_scanner("kingfisher", "Its level does not grade, and it marks every secret `review`: a person must look."),
    _secret_scanner("nosey parker", "It finds secrets and grades none of them."),
    _secret_scanner("noseyparker", "It finds secrets and grades none of them."),
    _secret_scanner("secretlint", "It finds secrets; its level is what the project's own lint stops at."),
    _secret_scanner("trufflehog", "It finds secrets; its words say whether one was verified."),
    _secret_scanner("whispers", "It finds secrets; its words grade the pattern."),
)  # fmt: skip

TOOLS: Mapping[str, Tool] = {entry.name: entry for entry in _ENTRIES}
"""The table, by the name that the tool gives itself, in lower case."""

SECRET_CWES = frozenset({259, 321, 798})
"""Hard-coded password, cryptographic key, credentials."""
_SECRET_WORDS = re.compile(r"secrets?|passw(?:or)?d|credentials?|api-?key|private-?key|access-?key|token")


@lru_cache(maxsize=256)
def tool_of(name: str) -> Tool | None:
    """The entry of a tool that calls itself so; `Trivy` and `CodeQL command-line toolchain` are found."""
    return next((entry for entry in _ENTRIES if is_tool(name, entry.name)), None)


def scale_of(
    tool: str,
    overrides: Mapping[str, Severity] | None = None,
    prefer: RatingSource | None = None,
    *,
    rule: str | None = None,
) -> Scale:
    """What the ratings of a tool mean for a finding of `rule`; what the policy's source says comes first.

    Without a rule, a tool whose rules differ is taken at its worst.
    """
    table = _table_scale(tool, rule)
    if not overrides and prefer is None:
        return table
    said = {as_word(word): severity for word, severity in (overrides or {}).items()}
    return Scale(said, prefer, "the policy", table.unstated, table)


def _table_scale(tool: str, rule: str | None) -> Scale:
    """What the table says of a tool; the common words for one that is not in it."""
    entry = tool_of(tool)
    if entry is None:
        return Scale({})
    name = f"the table for {entry.name}"
    if not entry.rules:
        return Scale(entry.words, None, name, entry.unstated)
    meant = [severity for pattern, severity in entry.rules if rule is None or matches_name(rule, pattern)]
    severity = max(meant) if rule is None else meant[0]
    return Scale(dict.fromkeys(LEVELS, severity), None, name, severity)


def withholds_message(finding: Finding) -> bool:
    """Whether the finding's message may quote a secret, so that it must not travel.

    True for secret scanners, and for what any scanner says about hard-coded secrets: by the table, by CWE, by tag,
    by the words of the rule's id.
    """
    entry = tool_of(finding.tool)
    if entry and (entry.scans_secrets or _any_pattern(finding.rule, entry.secret_rules)):
        return True
    if not SECRET_CWES.isdisjoint(finding.cwe):
        return True
    return any(_SECRET_WORDS.search(as_word(text)) for text in (finding.rule, *finding.tags))


def _any_pattern(rule: str, patterns: Iterable[str]) -> bool:
    return any(matches_name(rule, pattern) for pattern in patterns)

"""SARIF 2.1.0, the interchange format of static analysis (OASIS standard, with errata 01)."""

from collections import Counter
from collections.abc import Iterator

from gate.formats.base import Format, Head
from gate.formats.sarif.document import load
from gate.formats.sarif.results import Results
from gate.formats.sarif.rules import Rules
from gate.formats.sarif.statement import statement_of
from gate.model.evidence import Record, Statement
from gate.model.finding import Finding


def recognises(head: Head) -> bool:
    """A log has runs, and a version or a schema that says SARIF."""
    return head.has("runs") and (head.has("version") or "sarif" in head.text_of("$schema").lower())


def read(content: bytes) -> Iterator[Statement | Record]:
    """Yield the findings of each run, then what the run says of itself."""
    log, remarks = load(content)
    for run in log.runs or ():
        rules = Rules(run)
        left_out: Counter[str] = Counter()
        results = Results(run, rules)
        for found in results:
            if isinstance(found, str):
                left_out[found] += 1
            else:
                yield found
        yield statement_of(run, rules, left_out, results.places.roots, remarks)


FORMAT = Format(
    id="sarif",
    title="SARIF",
    proves=frozenset({Finding}),
    recognises=recognises,
    read=read,
    tools="CodeQL, Semgrep, Bandit, ruff, Trivy, zizmor, hadolint, checkov, gitleaks, ESLint and most others",
    specification="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html",
)

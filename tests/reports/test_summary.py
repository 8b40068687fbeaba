"""The job summary: complete where it can be, and cut where GitHub would drop it."""

import pytest

from gate.model.evidence import State
from gate.model.verdict import Judgement, Outcome, PolicyIdentity
from gate.reports import summary
from tests.conftest import a_report, a_source
from tests.reports.builders import a_result, a_verdict, full_verdict, seen
from tests.reports.hostile import markdown_tokens, plain


def _headings(text: str) -> list[str]:
    return [line.lstrip("# ") for line in text.splitlines() if line.startswith("#")]


def test_the_headline_is_the_verdict() -> None:
    """With what shut the gate right below it."""
    lines = summary.render(full_verdict()).splitlines()
    assert lines[0] == "# ❌ The gate stays shut: 4 of 9 criteria fail, 1 unknown."
    assert lines[2] == "Shut by `no-high-findings`, `unit-tests`, `dynamic-scan`."


def test_advice_is_no_closed_gate() -> None:
    """Its sign and its words say so."""
    lines = summary.render(full_verdict(advise=True)).splitlines()
    assert lines[0].startswith("# ❓ The gate only advises")
    assert lines[2].startswith("Enforce would be shut by ")


def test_an_open_gate_and_an_empty_one_look_different() -> None:
    """Nothing judged is no success."""
    assert summary.render(a_verdict(a_result(Outcome.PASS))).startswith("# ✅ The gate opens")
    assert summary.render(a_verdict(a_result(Outcome.NOT_APPLICABLE))).startswith("# ⚪ Nothing applied")


def test_it_says_what_was_judged_by_which_policy_and_when() -> None:
    """Path and sha256 of the policy, repository, commit, time, version; the score where there is one."""
    text = plain("summary.md", summary.render(full_verdict(as_of=True)))
    for words in (
        "policy: Production readiness, .github/gate.yml (the workspace)",
        "ab" * 32,
        "acme/service at c0ffeec0ffeec0ffeec0ffeec0ffeec0ffeeabcd",
        "as of 2026-11-22 12:00 UTC, the time that --as-of chose, by gate 1.2.0",
        "score: 66.7 %, grade C",
    ):
        assert words in text


def test_a_gate_with_a_name_of_its_own_says_it() -> None:
    """Several gates of one policy can be told apart."""
    policy = PolicyIdentity("default", "", "policies/default.yml", origin="the gate")
    text = summary.render(a_verdict(a_result(), policy=policy, name="nightly"))
    assert "- gate: `nightly`" in text
    assert "- policy: default, `policies/default.yml` (the gate)" in text


def test_the_table_has_a_row_for_every_criterion() -> None:
    """Outcome, id and title, level, observed, demanded."""
    rows = [line for line in summary.render(full_verdict()).splitlines() if line.startswith("| ")]
    assert rows[1] == (
        "| ❌ fail | `no-high-findings` No HIGH severity unmitigated findings "
        "| must | 1 critical, 13 high | no high or worse |"
    )
    assert rows[7].startswith("| ✅ pass | ↳ `runbook` A runbook |")


def test_what_shuts_the_gate_is_explained_first() -> None:
    """Then what only warns; what passed needs no section."""
    headings = _headings(summary.render(full_verdict()))
    assert headings[1:] == [
        "❌ No HIGH severity unmitigated findings",
        "❌ Unit tests pass",
        "❓ The running service was scanned",
        "❌ Alerts are configured",
        "❌ Readiness",
        "Problems",
        "Evidence",
    ]


def test_a_criterion_is_explained() -> None:
    """Effect, numbers, what was left out, controls, help, and its line."""
    text = plain("summary.md", summary.render(full_verdict()))
    for words in (
        "no-high-findings, findings, must: shuts the gate",
        "counted: 15 findings read, 14 counted; left out: 1 suppressed",
        "controls: SOC2/CC7.1, NIST-800-53/RA-5",
        "help: Fix it, or add a waiver that has an owner and an end.",
        "policy: .github/gate.yml:12:3",
        "readiness, score, should: warns",
    ):
        assert words in text


def test_the_first_twenty_observations_are_shown() -> None:
    """And how many more there are."""
    twenty, more = (Judgement("", "", observations=tuple(seen() for _ in range(n))) for n in (20, 21))
    assert summary.render(a_verdict(a_result(judgement=twenty))).count("| high (level") == 20
    text = summary.render(a_verdict(a_result(judgement=more)))
    assert text.count("| high (level") == 20
    assert "… and 1 more: see verdict.json" in text


def test_the_evidence_is_a_table() -> None:
    """State, source, report, tool, what was read, when it was made, commit and sha256."""
    text = summary.render(full_verdict())
    assert (
        "| ok, committed | `sast` | `evidence/bandit.sarif` | Bandit 1.9.4 | 14 findings | 2026-11-22 09:00 (3 h) "
        "| `c0ffeec0ffee` | `121212121212` |"
    ) in text
    assert "| missing | `zap` | no file in `evidence/dast/zap-*.json` |" in text
    assert "| not a report | `sast` | `evidence/README.md` |" in text


def test_the_first_hundred_reports_are_shown_and_bad_ones_are_among_them() -> None:
    """However many files a pattern matches."""
    reports = [a_report(path=f"{n}.sarif") for n in range(100)] + [a_report(path="bad.sarif", state=State.EMPTY)]
    text = summary.render(a_verdict(a_result(), sources=(a_source(*reports),)))
    assert "`bad.sarif`" in text
    assert "`98.sarif`" in text
    assert "`99.sarif`" not in text
    assert "… and 1 more: see verdict.json" in text


@pytest.mark.parametrize("criteria", [10, 2000])
def test_it_stays_below_the_limit(criteria: int) -> None:
    """A cut leaves whole rows and says where the rest is; GitHub drops what is above its limit."""
    many = Judgement("", "", observations=tuple(seen(message="m" * 400) for _ in range(20)))
    text = summary.render(a_verdict(*(a_result(id=f"c{n}", judgement=many) for n in range(criteria))))
    assert len(text.encode()) <= summary.LIMIT
    assert ("cut here" in text) is (criteria == 2000)
    assert all(kind != "code_block" for kind, _, _ in markdown_tokens(text))


def test_a_text_at_the_limit_is_not_cut() -> None:
    """One byte more is, at a line, and counts as bytes."""
    text = "ü\n" * 100
    assert summary.cut(text, 300) == text
    cut = summary.cut(text, 299)
    assert len(cut.encode()) <= 299
    assert "The summary is cut here" in cut
    assert cut.startswith("ü\nü\n")

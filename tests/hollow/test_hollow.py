"""Evidence that is hollow, broken, foreign or hostile, and policies that are mistaken: none of them opens the gate.

Each row is one whole run through the entrypoint. `outcome` is that of the criterion `a`, or `refused` where nothing may
be judged (exit 2); `word` is the slug of a problem or the state of a report that the run must name.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from gate.cli import main

EXIT = {"pass": 0, "notApplicable": 0, "fail": 1, "unknown": 1, "refused": 2}
_SLUG = re.compile(r"\(([a-z-]+)\)")

FINDINGS = 'kind: findings, files: "e/*"'
TESTS = 'kind: tests, files: "e/*"'
COVERAGE = 'kind: coverage, files: "e/*", lines: 70%'
SBOM = 'kind: components, files: "e/*", min_components: 1'
CHECKLIST = "kind: checklist, files: c.md"
DOCUMENT = "kind: documents, files: d.md"
NAMED = "kind: findings, from: x"


class Row(NamedTuple):
    """One case: the body of the criterion `a`, the files of the workspace, and what must come of it.

    `top` is written at the top level of the policy, `more` are further criteria, `told` further options.
    """

    name: str
    why: str
    body: str
    files: Mapping[str, str]
    outcome: str
    word: str = ""
    top: str = ""
    more: str = ""
    told: tuple[str, ...] = ()

    @property
    def policy(self) -> str:
        """The text of the policy."""
        return f"schema: gate/v1\n{self.top}\ncriteria:\n  a: {{{self.body}}}\n{self.more}\n"


def sarif(*results: str, of_run: str = "") -> str:
    """A SARIF log with one run."""
    run = f'"tool": {{"driver": {{"name": "t"}}}}, "results": [{", ".join(results)}]{of_run}'
    return f'{{"version": "2.1.0", "runs": [{{{run}}}]}}'


def result(members: str = '"level": "error"') -> str:
    """A SARIF result in a file of the workspace."""
    place = '{"physicalLocation": {"artifactLocation": {"uri": "src/a.py"}, "region": {"startLine": 1}}}'
    return f'{{"ruleId": "r", "message": {{"text": "m"}}, "locations": [{place}], {members}}}'


def junit(inside: str, attributes: str = "") -> str:
    """A JUnit suite."""
    return f'<testsuite name="s" {attributes}>{inside}</testsuite>'


def cobertura(hits: int, filename: str = "src/a.py") -> str:
    """A Cobertura report of two lines."""
    lines = "".join(f'<line number="{number}" hits="{hits}"/>' for number in (1, 2))
    inside = f'<class name="a" filename="{filename}"><lines>{lines}</lines></class>'
    return f'<coverage line-rate="1"><packages><package><classes>{inside}</classes></package></packages></coverage>'


def cyclonedx(members: str) -> str:
    """A CycloneDX document."""
    return f'{{"bomFormat": "CycloneDX", "specVersion": "1.5"{members}}}'


def source(keys: str) -> str:
    """The policy's only source, `x`, with these keys."""
    return f'evidence: {{x: {{files: "e/*"{keys}}}}}'


CLEAN, HIGH = sarif(), sarif(result())
FAILED_RUN = ', "invocations": [{"executionSuccessful": false}]'
PASSED, FAILED = '<testcase name="a"/>', '<testcase name="b"><failure/></testcase>'
ALIAS = "&a [*a]"
X_DONE = "# H\n\n- [x] one\n"
TABLE = "| Item | Status |\n|---|---|\n| a | {} |\n"
ONE_OF_TWO = '  b: {kind: findings, files: "e/*"}\n  c: {kind: findings, files: "f/*"}'
HIGH_AND_CLEAN = {"e/a.sarif": HIGH, "f/a.sarif": CLEAN}

STATES = (
    Row("no file", "nothing was produced", FINDINGS, {}, "unknown", "no-evidence"),
    Row("zero bytes", "an empty file is no clean scan", FINDINGS, {"e/a.sarif": ""}, "unknown", "empty"),
    Row("white space", "it says nothing", FINDINGS, {"e/a.sarif": " \n\t"}, "unknown", "empty"),
    Row("mark alone", "a byte-order mark is no content", FINDINGS, {"e/a.sarif": "\ufeff"}, "unknown", "empty"),
    Row("null", "JSON without a value", FINDINGS, {"e/a.sarif": "null"}, "unknown", "empty"),
    Row("list", "SARIF is no list", FINDINGS, {"e/a.json": "[]"}, "unknown", "empty"),
    Row("object", "SARIF has members", FINDINGS, {"e/a.json": "{}"}, "unknown", "empty"),
    Row("number", "no report is a number", FINDINGS, {"e/a.json": "0"}, "unknown", "unreadable"),
    Row("no run", "nothing was scanned", FINDINGS, {"e/a": '{"version": "2.1.0", "runs": []}'}, "unknown", "empty"),
    Row("no results", "a run that states none", FINDINGS, {"e/a": '{"version": "2.1.0", "runs": [{}]}'}, "unknown"),
    Row("failed run", "the tool says so", FINDINGS, {"e/a": sarif(of_run=FAILED_RUN)}, "unknown", "incomplete"),
    Row("failed run that found", "a proof stays", FINDINGS, {"e/a": sarif(result(), of_run=FAILED_RUN)}, "fail"),
    Row("cut", "the end is missing", FINDINGS, {"e/a": HIGH[:60]}, "unknown", "unreadable"),
    Row("two documents", "one file, one report", FINDINGS, {"e/a": CLEAN + "\n" + CLEAN}, "unknown", "broken-report"),
    Row("wrapped", "a list of logs is no log", FINDINGS, {"e/a": f"[{HIGH}]"}, "unknown", "unreadable"),
    Row("twice runs", "a guess which counts", FINDINGS, {"e/a": HIGH[:-1] + ', "runs": []}'}, "unknown", "unreadable"),
    Row("other case", "`Runs` are no runs", FINDINGS, {"e/a": HIGH.replace("runs", "Runs")}, "unknown", "unreadable"),
    Row("SARIF 1", "another format", FINDINGS, {"e/a": HIGH.replace("2.1.0", "1.0.0")}, "unknown"),
    Row("NaN", "no JSON number", FINDINGS, {"e/a": CLEAN.replace('"t"', "NaN")}, "unknown", "broken-report"),
    Row("error page", "a server's answer", FINDINGS, {"e/a.sarif": "<html><body>502"}, "unknown", "unknown-format"),
    Row("tool's error", "a message, no report", FINDINGS, {"e/a.json": '{"error": "x"}'}, "unknown", "unknown-format"),
    Row("deep", "no stack overflow", FINDINGS, {"e/a.json": "[" * 100_000}, "unknown", "unreadable"),
    Row("SBOM alone", "it looked for no vulnerability", FINDINGS, {"e/a": cyclonedx(', "components": [{"name": "x"}]')},
        "unknown", "no-report-of-kind"),
    Row("one of two empty", "the other scan ran", FINDINGS, {"e/a": CLEAN, "e/b": ""}, "unknown", "empty"),
    Row("one of two high", "a proof wins", FINDINGS, {"e/a": HIGH, "e/b": ""}, "fail", "empty"),
    Row("no test", "nothing ran", TESTS, {"e/a": junit("")}, "unknown", "empty"),
    Row("all skipped", "nothing ran", TESTS, {"e/a": junit('<testcase name="a"><skipped/></testcase>')}, "unknown",
        "empty"),
    Row("10 say 1", "nine are lost", TESTS, {"e/a": junit(PASSED, 'tests="10"')}, "unknown", "incomplete"),
    Row("failure unseen", "a suite that failed", TESTS, {"e/a": junit(PASSED, 'failures="1"')}, "unknown",
        "incomplete"),
    Row("suite did not load", "its error is a failure", TESTS, {"e/a": junit("", 'errors="1"')}, "fail"),
    Row("illegible count", "minus one test", TESTS, {"e/a": junit(PASSED, 'tests="-1"')}, "unknown", "incomplete"),
    Row("failed twin", "no failure hides behind a name", TESTS,
        {"e/a": junit(PASSED + PASSED.replace("/>", "><failure/></testcase>"))}, "fail"),
    Row("failed in a word", "GoogleTest's attribute", TESTS, {"e/a": junit('<testcase name="a" result="failed"/>')},
        "fail"),
    Row("odd capitals", "a failure is one", TESTS, {"e/a": junit(FAILED.replace("failure", "Failure"))}, "fail"),
    Row("strange case", "its failure is the suite's", TESTS, {"e/a": junit(FAILED.replace("testcase", "Test"))},
        "fail"),
    Row("entity", "nothing is expanded", TESTS, {"e/a": '<!DOCTYPE x [<!ENTITY a "b">]>' + junit("&a;" + PASSED)},
        "unknown", "unreadable"),
    Row("tests cut", "no end", TESTS, {"e/a": junit(PASSED)[:-5]}, "unknown", "unreadable"),
    Row("0 of 0 lines", "nothing measured", COVERAGE, {"e/a": '<coverage line-rate="1"><packages/></coverage>'},
        "unknown", "empty"),
    Row("other code", "none is here", COVERAGE, {"e/a": cobertura(1, "y/z.py")}, "unknown", "unmapped"),
    Row("the rate lies", "lines count", COVERAGE, {"e/a": cobertura(0)}, "fail"),
    Row("LCOV cut", "what is missing may be uncovered", COVERAGE, {"e/a": "TN:\nSF:src/a.py\nDA:1,1\n"}, "unknown",
        "unreadable"),
    Row("LCOV far line", "no file is so long", COVERAGE, {"e/a": "SF:src/a.py\nDA:999999999999,1\nend_of_record\n"},
        "unknown", "unreadable"),
    Row("LCOV negative", "a counter ran over", COVERAGE, {"e/a": "SF:src/a.py\nDA:1,-9\nend_of_record\n"}, "fail"),
    Row("LCOV without lines", "nothing measured", COVERAGE, {"e/a": "SF:src/a.py\nend_of_record\n"}, "unknown",
        "empty"),
    Row("no component", "an SBOM of nothing", SBOM, {"e/a": cyclonedx(', "components": []')}, "unknown", "empty"),
    Row("components null", "lost records", SBOM, {"e/a": cyclonedx(', "components": null')}, "unknown", "unreadable"),
    Row("unknown edition", "not understood", SBOM, {"e/a": cyclonedx("").replace("1.5", "9.9")}, "unknown",
        "unsupported-version"),
    Row("SPDX 3", "another data model", SBOM, {"e/a": '{"@context": "https://spdx.org/rdf/3.0.1/x"}'}, "unknown",
        "unsupported-version"),
    Row("SPDX of nothing", "no package", SBOM, {"e/a": '{"spdxVersion": "SPDX-2.3", "packages": []}'}, "unknown",
        "empty"),
    Row("ZAP of nothing", "no site was scanned", FINDINGS, {"e/a": '{"@programName": "ZAP", "site": []}'}, "unknown",
        "empty"),
    Row("undated", "nobody knows its age", NAMED, {"e/a": CLEAN}, "unknown", "undated-report",
        top=source(", max_age: 7d")),
    Row("old and high", "a proof stays one", NAMED, {"e/a": HIGH}, "fail", "stale", top=source(", max_age: 7d")),
    Row("far future", "a clock is wrong", NAMED,
        {"e/a": sarif(of_run=', "invocations": [{"endTimeUtc": "9999-12-31T23:59:59Z"}]')}, "unknown",
        "future-report", top=source(", max_age: 7d")),
    Row("unbound", "it states no commit", NAMED, {"e/a": CLEAN}, "unknown", "unbound-report",
        top=source(", commit: required")),
    Row("tool not there", "another tool's report", NAMED, {"e/a": CLEAN}, "unknown", "missing-tool",
        top=source(", tools: CodeQL")),
    Row("too few files", "a leg is missing", NAMED, {"e/a": CLEAN}, "unknown", "too-few-files",
        top=source(", min_files: 2")),
    Row("accepted empty", "nothing was judged", NAMED, {"e/a": ""}, "notApplicable", "empty",
        top=source(", accept: empty")),
    Row("empty and failed", "acceptance covers one state", NAMED,
        {"e/a": '{"version": "2.1.0", "runs": [{"invocations": [{"executionSuccessful": false}]}]}'}, "unknown",
        "incomplete", top=source(", accept: empty")),
)  # fmt: skip

JUDGED = (
    Row("unheard level", "no word, no rating", FINDINGS, {"e/a": sarif(result('"level": "err0r"'))}, "fail"),
    Row("score no number", "unrated is worst", FINDINGS,
        {"e/a": sarif(result('"level": "note", "properties": {"security-severity": "NaN"}'))}, "fail"),
    Row("score of 11", "beyond the scale", FINDINGS,
        {"e/a": sarif(result('"level": "note", "properties": {"security-severity": "11"}'))}, "fail"),
    Row("passed with an error", "it contradicts itself", FINDINGS,
        {"e/a": sarif(result('"level": "error", "kind": "pass"'))}, "fail"),
    Row("suppressed by its author", "shown, and counted", FINDINGS,
        {"e/a": sarif(result('"level": "error", "suppressions": [{"kind": "inSource", "justification": "x"}]'))},
        "fail"),
    Row("honoured without reason", "a mark needs one", FINDINGS,
        {"e/a": sarif(result('"level": "error", "suppressions": [{"kind": "inSource"}]'))}, "fail",
        top="suppressions: honour"),
    Row("honoured in review", "not accepted yet", FINDINGS,
        {"e/a": sarif(result('"level": "error", "suppressions": [{"kind": "external", "justification": "x",'
                             ' "status": "underReview"}]'))}, "fail", top="suppressions: honour"),
    Row("tool that is not there", "the filter hides nothing", FINDINGS + ", tools: CodeQL", {"e/a": CLEAN}, "unknown",
        "missing-tool"),
    Row("case that is not there", "nothing chosen ran", TESTS + ", cases: nope", {"e/a": junit(PASSED)}, "unknown",
        "nothing-matched"),
    Row("one skipped more", "exactly at the limit", TESTS + ", max_skipped: 0",
        {"e/a": junit(PASSED + '<testcase name="b"><skipped/></testcase>')}, "fail"),
    Row("duration unstated", "no time to compare", TESTS + ", max_duration: 1s", {"e/a": junit(PASSED)}, "unknown",
        "not-stated"),
    Row("no branches", "0 of 0 is no 100 %", COVERAGE + ", branches: 50%", {"e/a": cobertura(1)}, "unknown",
        "not-stated"),
    Row("all left out", "nothing remains", COVERAGE + ', exclude: "**"', {"e/a": cobertura(1)}, "unknown",
        "nothing-matched"),
    Row("licence in parentheses", "no recursion", 'kind: components, files: "e/*", licenses: {allow: MIT}',
        {"e/a": cyclonedx(f', "components": [{{"name": "x", "licenses": [{{"expression": "{"(" * 20_000}"}}]}}]')},
        "fail"),
    Row("open box", "one is not ticked", CHECKLIST, {"c.md": X_DONE + "- [ ] two\n"}, "fail"),
    Row("odd box", "a sign that is no tick", CHECKLIST, {"c.md": X_DONE + "- [-] two\n"}, "fail"),
    Row("quoted box", "still a task", CHECKLIST, {"c.md": X_DONE + "> - [ ] two\n"}, "fail"),
    Row("look-alike tick", "a Cyrillic letter", CHECKLIST, {"c.md": "# H\n\n- [\u0445] two\n"}, "unknown"),
    Row("boxes in code", "an example, no list", CHECKLIST, {"c.md": "```\n- [x] one\n```\n"}, "unknown", "empty"),
    Row("boxes in a comment", "nobody sees them", CHECKLIST, {"c.md": "<!--\n- [x] one\n-->\n"}, "unknown", "empty"),
    Row("not done", "two words", CHECKLIST, {"c.md": TABLE.format("Not done")}, "fail"),
    Row("both signs", "nobody knows", CHECKLIST, {"c.md": TABLE.format("\u2705 \u274c")}, "unknown", "not-stated"),
    Row("blank status", "nothing is said", CHECKLIST, {"c.md": TABLE.format("")}, "unknown", "not-stated"),
    Row("nothing applies", "no item is left", CHECKLIST, {"c.md": TABLE.format("N/A")}, "unknown", "nothing-matched"),
    Row("table of nothing", "no row", CHECKLIST, {"c.md": "| Item | Status |\n|---|---|\n"}, "unknown", "empty"),
    Row("proof that is not there", "a claim", CHECKLIST + ", evidence: true", {"c.md": "# H\n\n- [x] `docs/x.md`\n"},
        "fail"),
    Row("proof that is empty", "a claim", CHECKLIST + ", evidence: true",
        {"c.md": "# H\n\n- [x] `x.md`\n", "x.md": ""}, "fail"),
    Row("placeholder", "not written yet", DOCUMENT, {"d.md": "# H\n\nTODO\n"}, "fail"),
    Row("blank document", "white space", DOCUMENT, {"d.md": " \n"}, "unknown", "empty"),
    Row("document ahead", "a date to come", DOCUMENT + ", max_age: 9d", {"d.md": "---\ndate: 9999-12-31\n---\nx y\n"},
        "unknown", "future-report"),
    Row("no needs", "the jobs are not known", "kind: jobs, require: all", {}, "unknown", "job-missing"),
    Row("skipped producer", "it did not run", "kind: jobs, require: all", {}, "unknown", "job-missing",
        told=("--needs", '{"unit": {"result": "skipped"}}')),
    Row("unheard result", "no success", "kind: jobs, require: all", {}, "unknown", "job-missing",
        told=("--needs", '{"unit": {"result": "Success"}}')),
    Row("quorum in reach", "it depends on the unknown", "kind: quorum, of: [b, c], min: 1", {"e/a": HIGH}, "unknown",
        "member-unknown", more=ONE_OF_TWO),
    Row("quorum missed", "one of two", "kind: quorum, of: [b, c], min: all", HIGH_AND_CLEAN, "fail", more=ONE_OF_TWO),
    Row("share just missed", "no rounding", "kind: quorum, of: [b, c], min: 50.000000001%", HIGH_AND_CLEAN, "fail",
        more=ONE_OF_TWO),
    Row("unknown weighs zero", "no credit", "kind: score, weights: {b: 1, c: 1}, min: 51%", {"f/a": CLEAN}, "fail",
        more=ONE_OF_TWO),
    Row("every source", "the worst decides", "kind: findings, from: [x, y], each: source", HIGH_AND_CLEAN, "fail",
        top='evidence: {x: {files: "e/*"}, y: {files: "f/*"}}'),
    Row("last day", "until includes it", FINDINGS + ", when: {until: 2026-11-22}", {"e/a": HIGH}, "fail"),
    Row("first day", "from includes it", FINDINGS + ", enforce_from: 2026-11-22", {"e/a": HIGH}, "fail"),
)  # fmt: skip


def refused(name: str, body: str, word: str, top: str = "", more: str = "") -> Row:
    """A policy that must not judge, although the evidence is clean."""
    return Row(name, "a mistake of the policy", body, {"e/a": CLEAN, "f/a": CLEAN}, "refused", word, top, more)


POLICIES = (
    refused("misspelt limit", FINDINGS + ", limits: {hihg: 0}", "unknown-key"),
    refused("look-alike key", FINDINGS + ", limits: {h\u0456gh: 0}", "unknown-key"),
    refused("capital key", FINDINGS + ", limits: {High: 0}", "unknown-key"),
    refused("true is no number", FINDINGS + ", limits: {high: true}", "bad-value"),
    refused("text is no number", FINDINGS + ", limits: {high: '0'}", "bad-value"),
    refused("negative", FINDINGS + ", limits: {high: -1}", "bad-value"),
    refused("not a number", FINDINGS + ", limits: {high: .nan}", "yaml-refused"),
    refused("without end", FINDINGS + ", limits: {high: .inf}", "yaml-refused"),
    refused("no value", FINDINGS + ", limits: {high: }", "bad-value"),
    refused("no limit", FINDINGS + ", limits: {}", "bad-value"),
    refused("every rule left out", FINDINGS + ", exclude_rules: '*'", "bad-value"),
    refused("more than all", 'kind: coverage, files: "e/*", lines: 101%', "bad-value"),
    refused("Arabic digits", 'kind: coverage, files: "e/*", lines: "\u0667\u0660%"', "bad-value"),
    refused("no demand", 'kind: coverage, files: "e/*"', "no-demand"),
    refused("no unit", NAMED, "bad-value", top=source(", max_age: 7")),
    refused("missing is not accepted", NAMED, "bad-value", top=source(", accept: missing")),
    refused("out of the workspace", "kind: findings, files: ../e/*", "bad-value"),
    refused("no such day", FINDINGS + ", enforce_from: 2026-02-30", "bad-value"),
    refused("capital level", FINDINGS + ", level: Must", "bad-value"),
    refused("duplicate", FINDINGS + ", kind: findings", "duplicate-key"),
    refused("holds itself", FINDINGS + f", tools: {ALIAS}", "yaml-refused"),
    refused("tag", FINDINGS + ", title: !!str x", "yaml-refused"),
    refused("two documents", FINDINGS, "yaml-refused", more="---\nschema: gate/v1"),
    refused("no such source", "kind: findings, from: y", "unknown-name", top=source("")),
    refused("unknown kind", "kind: finding", "unknown-kind"),
    refused("3 of 2", "kind: quorum, of: [b, c], min: 3", "impossible-demand", more=ONE_OF_TWO),
    refused("0 of 2", "kind: quorum, of: [b, c], min: 0", "no-demand", more=ONE_OF_TWO),
    refused("true of 2", "kind: quorum, of: [b, c], min: true", "bad-value", more=ONE_OF_TWO),
    refused("twice the same", "kind: quorum, of: [b, b], min: 2", "bad-value", more=ONE_OF_TWO),
    refused("judges itself", "kind: quorum, of: [a], min: 1", "cycle"),
    refused("score of nothing", "kind: score, weights: {b: 1}, min: 0", "no-demand", more=ONE_OF_TWO),
    refused("empty category", "kind: score, categories: {z: 1}, min: 9", "impossible-demand", more=ONE_OF_TWO),
)


def _words(report_dir: Path, told: str) -> Iterator[str]:
    """The slugs and states that a run names."""
    yield from _SLUG.findall(told)
    verdict = report_dir / "verdict.json"
    if verdict.exists():
        yield from (report["state"] for one in json.loads(verdict.read_text())["sources"] for report in one["reports"])


def _outcome(report_dir: Path) -> str:
    """What came of the criterion `a`."""
    verdict = report_dir / "verdict.json"
    results = json.loads(verdict.read_text())["results"] if verdict.exists() else []
    return next((str(one["outcome"]) for one in results if one["id"] == "a"), "refused")


@pytest.mark.parametrize("row", [*STATES, *JUDGED, *POLICIES], ids=lambda row: row.name)
def test_nothing_hollow_opens_the_gate(
    row: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The outcome, the exit code and the named problem are those of the policy language."""
    for name, text in {"p.yml": row.policy, "src/a.py": "x = 1\ny = 2\n", **row.files}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    code = main(["check", "--policy", "p.yml", "--workspace", ".", "--as-of", "2026-11-22", *row.told])
    printed = capsys.readouterr()
    assert (_outcome(tmp_path / "gate-report"), code) == (row.outcome, EXIT[row.outcome]), row.why
    if row.word:
        assert row.word in set(_words(tmp_path / "gate-report", printed.out + printed.err)), row.why
    assert "Traceback" not in printed.err

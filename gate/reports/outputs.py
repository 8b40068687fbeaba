"""The outputs of the action: a few words and numbers for the steps that follow."""

from collections.abc import Mapping

from gate.model.ratio import percent
from gate.model.verdict import Outcome, Verdict

COUNTS: Mapping[str, Outcome] = {
    "passed": Outcome.PASS,
    "failed": Outcome.FAIL,
    "unknown": Outcome.UNKNOWN,
    "not-applicable": Outcome.NOT_APPLICABLE,
}
FILES: Mapping[str, str] = {
    "report": "verdict.json",
    "sarif": "gate.sarif",
    "junit": "gate.junit.xml",
    "summary": "summary.md",
}
"""Which output names the path of which report."""


def render(verdict: Verdict, report_dir: str) -> dict[str, str]:
    """Every output by its name in action.yml, the true verdict also where the gate only advises.

    `report_dir` is the folder of the reports, relative to the workspace.
    """
    score = verdict.score
    return {
        "verdict": verdict.outcome.value,
        **{name: str(verdict.count(outcome)) for name, outcome in COUNTS.items()},
        "score": percent(score.share).removesuffix(" %") if score else "",
        "grade": score.grade if score else "",
        "report-dir": report_dir,
        **{name: f"{report_dir}/{file}" for name, file in FILES.items()},
    }

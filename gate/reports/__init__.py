"""Reports: a verdict as text, one output a module. Pure: what is written, and where, is decided elsewhere.

Console and annotations have no file: `console.render` and `annotations.render` are called for themselves.
"""

from collections.abc import Callable, Mapping

from gate.model.verdict import Verdict
from gate.reports import junit, sarif, sarif_full, summary, verdict_json

REPORTS: Mapping[str, Callable[[Verdict], str]] = {
    "verdict.json": verdict_json.render,
    "gate.sarif": sarif.render,
    "gate-full.sarif": sarif_full.render,
    "gate.junit.xml": junit.render,
    "summary.md": summary.render,
}
"""Every report file. `verdict.json` is written first, for it marks the report directory as the gate's own."""

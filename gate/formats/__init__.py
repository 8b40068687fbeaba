"""The report formats that the gate reads: the one table."""

from gate.formats.base import Format
from gate.formats.cobertura import FORMAT as COBERTURA
from gate.formats.coveragepy import FORMAT as COVERAGEPY
from gate.formats.cyclonedx_json import FORMAT as CYCLONEDX_JSON
from gate.formats.junit import FORMAT as JUNIT
from gate.formats.lcov import FORMAT as LCOV
from gate.formats.markdown_checklist import FORMAT as MARKDOWN_CHECKLIST
from gate.formats.sarif import FORMAT as SARIF
from gate.formats.spdx_json import FORMAT as SPDX_JSON
from gate.formats.text import FORMAT as TEXT
from gate.formats.zap_json import FORMAT as ZAP_JSON

FORMATS: tuple[Format, ...] = (
    SARIF,
    JUNIT,
    COBERTURA,
    LCOV,
    COVERAGEPY,
    CYCLONEDX_JSON,
    SPDX_JSON,
    ZAP_JSON,
    MARKDOWN_CHECKLIST,
    TEXT,
)
"""Each format once. At most one that has a signature claims a content; the others are read where they are asked for."""

BY_ID = {known.id: known for known in FORMATS}
"""The formats by the name that a policy's `format:` uses."""

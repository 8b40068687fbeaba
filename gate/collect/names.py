"""Names that no report has: what lies beside reports, and is no evidence that failed; and names that announce one."""

from gate.model.component import Component
from gate.model.coverage import CoverageFile
from gate.model.evidence import Record
from gate.model.finding import Finding
from gate.model.glob import matches_name
from gate.model.testcase import TestCase

_NAMES = """
readme license licence notice changelog contributing makefile dockerfile
.gitkeep .gitignore .gitattributes .keep .empty .ds_store .nojekyll thumbs.db
"""
_SUFFIXES = """
.md .markdown .rst .adoc .txt .log .err .html .htm .css .js .mjs .ts .map .py .sh
.png .jpg .jpeg .gif .svg .ico .webp .mp4 .webm .pdf .docx .xlsx .pptx .woff .woff2 .ttf
.zip .tgz .tar .tar.gz .tar.bz2 .tar.xz .tar.zst .7z .jar .war .whl
.class .pyc .o .so .a .gcda .gcno .exec .profraw .profdata .sqlite .db
.lock .sha256 .sha512 .md5 .sig .asc .pem .tmp .bak
"""

NO_REPORTS = frozenset(_NAMES.split())
NO_REPORT_SUFFIXES = tuple(_SUFFIXES.split())


TELLING: tuple[tuple[str, frozenset[type[Record]]], ...] = (
    ("*.sarif", frozenset({Finding})),
    ("*.sarif.json", frozenset({Finding})),
    ("*junit*.xml", frozenset({TestCase})),
    ("test-*.xml", frozenset({TestCase})),
    ("*cobertura*.xml", frozenset({CoverageFile})),
    ("coverage.xml", frozenset({CoverageFile})),
    ("lcov.info", frozenset({CoverageFile})),
    ("*.cdx.json", frozenset({Component, Finding})),
    ("*.spdx.json", frozenset({Component})),
)
"""Names that announce a report, in lower case: where the content is none, something went wrong."""


def announces(path: str) -> frozenset[type[Record]]:
    """What the file's name says that it is evidence for; nothing where it says nothing."""
    name = path.rpartition("/")[2].lower()
    return next((records for pattern, records in TELLING if matches_name(name, pattern)), frozenset())


def is_plainly_no_report(path: str) -> bool:
    """Whether the file's name alone says that it is a text, a log, a picture, a program or an archive."""
    name = path.rpartition("/")[2].lower()
    return name in NO_REPORTS or name.startswith("readme.") or name.endswith(NO_REPORT_SUFFIXES)

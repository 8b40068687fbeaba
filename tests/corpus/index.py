"""The corpus of real reports beside the repository (`../shared/corpus`, or GATE_CORPUS), which is no part of it.

Its index holds counts that another program took. Where the gate's count differs on purpose, `differences.tsv` says
why.
"""

import csv
import json
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from gate.collect.encoding import as_utf8

CORPUS = Path(os.environ.get("GATE_CORPUS", Path(__file__).parents[2].parent / "shared" / "corpus"))
DIFFERENCES = Path(__file__).with_name("differences.tsv")


class Sample(NamedTuple):
    """One file of the corpus, with what another program counted in it."""

    path: str
    format: str
    truth: Mapping[str, Any]
    malformed: bool

    @property
    def content(self) -> bytes:
        """The bytes as readers get them."""
        return as_utf8((CORPUS / "files" / self.path).read_bytes())


def need_corpus(what: str) -> None:
    """Skip the tests of a module loudly where there is no corpus."""
    if not (CORPUS / "index.tsv").is_file():
        pytest.skip(f"NO CORPUS at {CORPUS}: {what} are not tested; set GATE_CORPUS", allow_module_level=True)


def samples(formats: Collection[str]) -> Iterator[Sample]:
    """The files of these formats, the malformed ones that are meant as such among them."""
    csv.field_size_limit(1 << 24)
    with (CORPUS / "index.tsv").open(encoding="utf-8", newline="") as index:
        for row in csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE):
            truth = json.loads(row["truth"])
            format_id = truth.get("as", "") if row["format"] == "malformed" else row["format"]
            if format_id in formats:
                yield Sample(row["path"], format_id, truth, row["format"] == "malformed")


def differences() -> Mapping[tuple[str, str], str]:
    """File and fact to the reason why the gate differs."""
    with DIFFERENCES.open(encoding="utf-8", newline="") as rows:
        return {(row["path"], row["what"]): row["reason"] for row in csv.DictReader(rows, delimiter="\t")}

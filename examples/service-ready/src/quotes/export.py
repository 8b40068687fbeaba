"""A customer's quotes as CSV."""

import csv
import io
from collections.abc import Iterable, Mapping

FORMULA_STARTS = ("=", "+", "-", "@")


def to_csv(quotes: Iterable[Mapping[str, object]]) -> str:
    """Render quotes as CSV; a cell that a spreadsheet would execute is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "cents"])
    for quote in quotes:
        quote_id = str(quote["id"])
        if quote_id.startswith(FORMULA_STARTS):
            quote_id = "'" + quote_id
        writer.writerow([quote_id, quote["cents"]])
    return out.getvalue()

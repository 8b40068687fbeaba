"""Quotes that were given, kept in SQLite."""

import hashlib
import sqlite3

SCHEMA = "CREATE TABLE IF NOT EXISTS quotes (id TEXT PRIMARY KEY, customer TEXT, cents INTEGER)"


class Store:
    """The table of quotes."""

    def __init__(self, path: str = ":memory:") -> None:
        self._db = sqlite3.connect(path, check_same_thread=False)
        self._db.execute(SCHEMA)

    def add(self, customer: str, cents: int) -> str:
        """Keep a quote and return its id."""
        (count,) = self._db.execute("SELECT count(*) FROM quotes").fetchone()
        quote_id = hashlib.sha256(f"{customer}:{cents}:{count}".encode()).hexdigest()[:16]
        with self._db:
            self._db.execute("INSERT INTO quotes VALUES (?, ?, ?)", (quote_id, customer, cents))
        return quote_id

    def of_customer(self, customer: str) -> list[dict[str, object]]:
        """All quotes of one customer, oldest first."""
        rows = self._db.execute(
            "SELECT id, cents FROM quotes WHERE customer = ? ORDER BY rowid", (customer,)
        )
        return [{"id": quote_id, "cents": cents} for quote_id, cents in rows]

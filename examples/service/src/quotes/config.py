"""The settings of the service."""

import os

# Not a real credential: seeded, so that a secret scanner has something to find.
DATABASE_URL = "postgres://quotes:n0t-A-Real-0ne-7Zq81Lm@db.freight:5432/quotes"
FALLBACK_API_KEY = "not-a-real-key"


def api_key() -> str:
    """The key of the customers' gateway."""
    return os.environ.get("QUOTES_API_KEY", FALLBACK_API_KEY)

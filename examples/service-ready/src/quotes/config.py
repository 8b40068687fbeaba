"""Where the service gets its secrets: from the vault, at run time, as its managed identity."""

import json
import os
import random
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping

IDENTITY_ENDPOINT = "http://169.254.169.254/metadata/identity/oauth2/token"
API_VERSION = "7.4"
ATTEMPTS = 3

Fetch = Callable[[str, Mapping[str, str]], dict[str, str]]


class SecretUnavailable(RuntimeError):
    """The vault gave no answer; the service must not start without its secret."""


def fetch_json(url: str, headers: Mapping[str, str]) -> dict[str, str]:
    """GET a JSON document; both addresses asked are fixed by the deployment."""
    request = urllib.request.Request(url, headers=dict(headers))  # noqa: S310
    with urllib.request.urlopen(request, timeout=5) as response:  # noqa: S310
        return json.load(response)


def read_secret(
    name: str, *, fetch: Fetch = fetch_json, sleep: Callable[[float], None] = time.sleep
) -> str:
    """Read one secret from the Key Vault that `QUOTES_VAULT` names."""
    vault = os.environ.get("QUOTES_VAULT", "")
    if not vault.startswith("https://"):
        raise SecretUnavailable("QUOTES_VAULT must be the https address of the vault")
    query = urllib.parse.urlencode(
        {"api-version": "2018-02-01", "resource": "https://vault.azure.net"}
    )
    for attempt in range(1, ATTEMPTS + 1):
        try:
            token = fetch(f"{IDENTITY_ENDPOINT}?{query}", {"Metadata": "true"})["access_token"]
            answer = fetch(
                f"{vault}/secrets/{name}?api-version={API_VERSION}",
                {"Authorization": f"Bearer {token}"},
            )
            return answer["value"]
        except urllib.error.URLError as error:
            if attempt == ATTEMPTS:
                raise SecretUnavailable(f"{name}: {error.reason}") from error
            sleep(attempt + random.random())  # noqa: S311  jitter, not cryptography
    raise AssertionError("unreachable")  # pragma: no cover

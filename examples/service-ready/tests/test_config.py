"""Secrets come from the vault and from nowhere else."""

import urllib.error

import pytest

from quotes.config import SecretUnavailable, read_secret


@pytest.fixture
def vault(monkeypatch):
    monkeypatch.setenv("QUOTES_VAULT", "https://quotes.vault.example")


def test_the_secret_is_read_with_the_token_of_the_identity(vault):
    asked = []

    def fetch(url, headers):
        asked.append((url, dict(headers)))
        return {"access_token": "t", "value": "v"}

    assert read_secret("quotes-api-key", fetch=fetch) == "v"
    assert asked[0][1] == {"Metadata": "true"}
    assert asked[1][0].startswith("https://quotes.vault.example/secrets/quotes-api-key?")
    assert asked[1][1] == {"Authorization": "Bearer t"}


def test_a_vault_that_stays_silent_is_asked_three_times(vault):
    pauses = []

    def fetch(url, headers):
        raise urllib.error.URLError("timed out")

    with pytest.raises(SecretUnavailable, match="quotes-api-key: timed out"):
        read_secret("quotes-api-key", fetch=fetch, sleep=pauses.append)
    assert len(pauses) == 2


def test_without_a_vault_the_service_does_not_start(monkeypatch):
    monkeypatch.delenv("QUOTES_VAULT", raising=False)
    with pytest.raises(SecretUnavailable, match="QUOTES_VAULT"):
        read_secret("quotes-api-key")

"""The service over HTTP."""

import pytest

from quotes.app import SECURITY_HEADERS, create_app

KEY = {"X-Api-Key": "for-tests"}


@pytest.fixture
def client():
    return create_app(api_key=lambda: "for-tests").test_client()


def test_the_index_names_the_service(client):
    assert client.get("/").get_json() == {"service": "freight-quotes", "version": "1.4.0"}


def test_every_answer_carries_the_security_headers(client):
    for path in ("/", "/metrics", "/nowhere"):
        headers = client.get(path).headers
        assert {name: headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS


def test_a_quote_needs_the_key(client):
    assert client.post("/quotes", json={}).status_code == 401
    assert client.get("/quotes/acme.csv").status_code == 401


def test_a_quote_is_priced_and_kept(client):
    body = {"customer": "acme", "weight_kg": 10, "distance_km": 100}
    answer = client.post("/quotes", json=body, headers=KEY)
    assert answer.status_code == 201
    assert answer.get_json()["cents"] == 2650


@pytest.mark.parametrize("body", [{}, {"weight_kg": "x", "distance_km": 1}, None])
def test_a_malformed_request_is_refused(client, body):
    assert client.post("/quotes", json=body, headers=KEY).status_code == 400


def test_requests_are_counted_by_method_and_code(client):
    client.get("/")
    client.get("/nowhere")
    text = client.get("/metrics").get_data(as_text=True)
    assert 'quotes_hits_total{code="200",method="GET"} 1.0' in text
    assert 'quotes_hits_total{code="404",method="GET"} 1.0' in text

"""The HTTP face of the service."""

import hmac
import time
from collections.abc import Callable

from flask import Flask, Response, g, jsonify, request

from quotes.config import read_secret
from quotes.export import to_csv
from quotes.metrics import Metrics
from quotes.pricing import Shipment, price
from quotes.store import Store

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def create_app(api_key: Callable[[], str] = lambda: read_secret("quotes-api-key")) -> Flask:
    """Build the application; the API key is asked for when it is first needed."""
    app = Flask(__name__)
    store = Store()
    metrics = Metrics()

    def authorised() -> bool:
        return hmac.compare_digest(request.headers.get("X-Api-Key", ""), api_key())

    @app.before_request
    def start_clock() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers.extend(SECURITY_HEADERS)
        metrics.observe(request.method, response.status_code, time.perf_counter() - g.started)
        return response

    @app.get("/")
    def index() -> Response:
        return jsonify(service="freight-quotes", version="1.4.0")

    @app.get("/metrics")
    def scrape() -> Response:
        return Response(metrics.render(), mimetype="text/plain")

    @app.post("/quotes")
    def create() -> tuple[Response, int]:
        if not authorised():
            return jsonify(error="unauthorised"), 401
        body = request.get_json(silent=True) or {}
        try:
            shipment = Shipment(
                weight_kg=int(body["weight_kg"]),
                distance_km=int(body["distance_km"]),
                zone=str(body.get("zone", "domestic")),
                express=body.get("express") is True,
            )
            cents = price(shipment)
        except (KeyError, TypeError, ValueError) as error:
            return jsonify(error=str(error)), 400
        quote_id = store.add(str(body.get("customer", "")), cents)
        return jsonify(id=quote_id, cents=cents), 201

    @app.get("/quotes/<customer>.csv")
    def export(customer: str) -> Response | tuple[Response, int]:
        if not authorised():
            return jsonify(error="unauthorised"), 401
        return Response(to_csv(store.of_customer(customer)), mimetype="text/csv")

    return app

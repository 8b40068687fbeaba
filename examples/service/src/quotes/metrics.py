"""What the service tells Prometheus."""

from prometheus_client import CollectorRegistry, Counter, generate_latest


class Metrics:
    """The counters of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "quotes_hits", "Requests answered.", ["method", "code"], registry=self._registry
        )

    def observe(self, method: str, code: int) -> None:
        """Count one answered request."""
        self._requests.labels(method, str(code)).inc()

    def render(self) -> bytes:
        """The exposition text."""
        return generate_latest(self._registry)

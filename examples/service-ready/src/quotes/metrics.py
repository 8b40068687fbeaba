"""What the service tells Prometheus; docs/slo/ is written on these names."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest


class Metrics:
    """The counters of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "http_requests", "Requests answered.", ["method", "code"], registry=self._registry
        )
        self._seconds = Histogram(
            "http_request_duration_seconds",
            "Time to answer a request.",
            buckets=(0.05, 0.1, 0.3, 1.0),
            registry=self._registry,
        )

    def observe(self, method: str, code: int, seconds: float) -> None:
        """Count one answered request."""
        self._requests.labels(method, str(code)).inc()
        self._seconds.observe(seconds)

    def render(self) -> bytes:
        """The exposition text."""
        return generate_latest(self._registry)

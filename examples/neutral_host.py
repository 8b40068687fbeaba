"""A pytest plugin: JUnit reports name a neutral host, not the machine on which they were made."""

import platform

import pytest

HOST = "runner"


def pytest_configure() -> None:
    """Answer for the platform; pytest has no option for the host name in its report."""
    pytest.MonkeyPatch().setattr(platform, "node", lambda: HOST)

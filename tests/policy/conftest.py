"""The desk that every test of a policy starts at."""

from pathlib import Path

import pytest

from tests.policy.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty repository, and an empty shelf."""
    for name in ("workspace", "shipped"):
        (tmp_path / name).mkdir()
    return Desk(tmp_path / "workspace", tmp_path / "shipped")

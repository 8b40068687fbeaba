"""The workspace of one test."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.collect.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty workspace outside any repository."""
    root = tmp_path / "workspace"
    root.mkdir()
    return Desk(root.resolve())


@pytest.fixture
def open_desk() -> Iterator[Desk]:
    """A workspace that every user may enter; pytest's own folders are closed to others."""
    root = Path(tempfile.mkdtemp()).resolve()
    root.chmod(0o755)
    yield Desk(root)
    shutil.rmtree(root)

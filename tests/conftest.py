"""Property tests give the same result on every run and on a slow machine: fixed examples, no deadline, no memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("okrsite", deadline=None, derandomize=True, database=None)
settings.load_profile("okrsite")


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where charts are kept that any test of this run has drawn: each of them is drawn once for all."""
    run = tmp_path_factory.getbasetemp()
    folder = (run.parent if run.name.startswith("popen-") else run) / "drawn"
    folder.mkdir(exist_ok=True)
    return folder

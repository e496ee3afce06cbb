"""Property tests give the same result on every run and on a slow machine: fixed examples, no deadline, no memory."""

from __future__ import annotations

import pytest
from hypothesis import settings
from portalfiles import warm_from

settings.register_profile("okrsite", deadline=None, derandomize=True, database=None)
settings.load_profile("okrsite")


@pytest.fixture(scope="session", autouse=True)
def _shared_caches(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What any test of this run has drawn or compiled is there for all of them, in every process."""
    run = tmp_path_factory.getbasetemp()
    warm_from((run.parent if run.name.startswith("popen-") else run) / "shared")

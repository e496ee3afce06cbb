"""Portals on disk that tests change."""

from __future__ import annotations

from pathlib import Path

import pytest
from cycleportal import GOALS, LAST_DAY, SETTINGS, Read
from portalfiles import put

from okrsite.content import read_portal
from okrsite.model import Portal
from okrsite.scoring import Figures, score


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of the portal."""
    put(tmp_path, GOALS)
    return tmp_path


@pytest.fixture
def read(root: Path) -> Read:
    """Reads the portal as it is, without errors, with its figures on the cycle's last day."""

    def read() -> tuple[Portal, Figures]:
        reading = read_portal(root, SETTINGS)
        assert reading.portal is not None, reading.problems
        return reading.portal, score(reading.portal, LAST_DAY)

    return read

"""What the tests of reading share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from okrsite.content import Reading, read_portal
from okrsite.model import Portal
from okrsite.settings import Settings

VALID = Path(__file__).parents[1] / "portals" / "valid"


@pytest.fixture
def valid() -> Callable[[str], Portal]:
    """Gives the model of a portal in ``tests/portals/valid``."""

    def read(name: str) -> Portal:
        reading = read_portal(VALID / name, Settings())
        assert reading.problems == ()
        assert reading.portal is not None
        return reading.portal

    return read


@pytest.fixture
def read_files(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Reading]:
    """Reads a portal that is made of the files given, by their path below the content folder."""

    def read(files: Mapping[str, str | bytes]) -> Reading:
        for path, text in files.items():
            file = tmp_path / "content" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_portal(tmp_path, Settings())

    return read

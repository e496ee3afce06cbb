"""A way to run commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from okrsite.cli import okrsite


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run ``okrsite`` in a folder."""

    def run(*words: str | Path, cwd: Path) -> Result:
        monkeypatch.chdir(cwd)
        return CliRunner().invoke(okrsite, list(map(str, words)))

    return run

"""Portals to run commands on, and a way to run them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from okrsite.cli import okrsite
from okrsite.starter import create, template_files

Run = Callable[..., Result]

OBJECTIVES = "content/okrs/organisation/2026-Q1.yml"


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests do not depend on who runs them."""
    for name in ("SOURCE_DATE_EPOCH", "OKRSITE_DEBUG", "COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``okrsite`` in a folder, as on a fixed day."""

    def run(*words: str | Path, cwd: Path | None = None) -> Result:
        if cwd is not None:
            monkeypatch.chdir(cwd)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1771027200")  # 2026-02-14
        return CliRunner().invoke(okrsite, list(map(str, words)))

    return run


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """A small portal without problems."""
    folder = tmp_path / "goals"
    create(folder, template_files("blank", date(2026, 1, 5)))
    return folder


@pytest.fixture
def broken(portal: Path) -> Path:
    """The same with an error in two files."""
    objectives = portal / OBJECTIVES
    text = objectives.read_text(encoding="utf-8")
    objectives.write_text(text.replace("kind: increase", "kind: incraese", 1), encoding="utf-8")
    unit = portal / "content/okrs/organisation/unit.yml"
    unit.write_text("name: [\n", encoding="utf-8")
    return portal

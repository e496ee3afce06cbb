"""Portals to run commands on, and a way to run them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from gitrepos import Repo
from portalfiles import warm

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
    warm(folder)
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


@dataclass(frozen=True, slots=True)
class PublishedPortal:
    """A small portal in git, and where it is published to.

    Attributes:
        repo: Its repository.
        target: A folder with a snapshot of its first commit, of 1 Feb 2026; what a test adds is the test's alone.
    """

    repo: Repo
    target: Path

    def rename(self, name: str, day: str = "2026-02-10") -> str:
        """A commit that gives the unit another name; gives its id."""
        self.repo.write(UNIT, f"name: {name}\nlevel: corporate\nlead: Ada\n")
        return self.commit(f"Call it {name}", day)

    def commit(self, message: str, day: str = "2026-02-10") -> str:
        """A commit of all that git does not ignore; gives its id."""
        self.repo.git("add", "-A")
        self.repo.git("commit", "-qm", message, day=day)
        return self.repo.head()


UNIT = "content/okrs/organisation/unit.yml"


@pytest.fixture(scope="session")
def _first_published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Published once: with its caches it is built again in no time."""
    folder = tmp_path_factory.mktemp("published")
    create(folder / "goals", template_files("blank", date(2026, 1, 5)))
    warm(folder / "goals")
    repo = Repo(folder / "goals")
    repo.write(".gitignore", ".okrsite/\nsite/\n")
    repo.commit("Begin", "2026-02-01")
    result = CliRunner().invoke(
        okrsite, ["publish", str(folder / "out"), "-f", str(folder / "goals/mkdocs.yml")], catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def published(_first_published: Path, tmp_path: Path) -> PublishedPortal:
    """A small portal in git whose first commit is published."""
    for name in ("goals", "out"):
        shutil.copytree(_first_published / name, tmp_path / name, symlinks=True)
    return PublishedPortal(Repo(tmp_path / "goals"), tmp_path / "out")

"""Built sites, each built once for all tests."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from portalfiles import SMALL, put, warm
from sitebuilds import Build, Built, build_at
from snapshots import Snapshot, published

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests do not depend on who runs them."""
    for name in ("SOURCE_DATE_EPOCH", "OKRSITE_DEBUG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The example portal."""
    root = tmp_path_factory.mktemp("example")
    shutil.copytree(ROOT / "content", root / "content")
    shutil.copy(ROOT / "mkdocs.yml", root)
    warm(root)
    return build_at(root)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small portal; not to be changed."""
    root = tmp_path_factory.mktemp("small")
    put(root, SMALL)
    return build_at(root)


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The snapshot of a commit; not to be changed."""
    return published(tmp_path_factory.mktemp("snapshot"))


@pytest.fixture
def build_files(small: Built, tmp_path: Path) -> Build:
    """Build the small portal with some files changed, added or (None) left out; its charts are drawn already."""
    of_pages = shutil.ignore_patterns("builds")
    shutil.copytree(small.root / ".okrsite", tmp_path / ".okrsite", symlinks=True, ignore=of_pages)

    def build_files(changed: Mapping[str, str | bytes | None] | None = None, as_of: str | None = None) -> Built:
        files = {name: text for name, text in {**SMALL, **(changed or {})}.items() if text is not None}
        put(tmp_path, files)
        return build_at(tmp_path, as_of)

    return build_files

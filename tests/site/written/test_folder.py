"""MkDocs sees the content folder without the goals."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from portalfiles import MKDOCS, SMALL, put

from okrsite.site.build import build
from okrsite.site.plugin import OkrsitePlugin
from okrsite.site.written.folder import links_to_written


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with written pages and goals, some of both below one folder."""
    for name in ("index.md", "guide/first.md", "our/words.md", "our/okrs/unit/unit.yml", "guide/okrs/page.md"):
        file = tmp_path / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    return tmp_path / "content"


def _below(folder: Path) -> dict[str, str]:
    return {
        Path(each, name).relative_to(folder).as_posix(): Path(each, name).read_text()
        for each, _, names in os.walk(folder, followlinks=True)
        for name in names
    }


def test_all_but_the_goals_is_there(content: Path, tmp_path: Path) -> None:
    """What lies beside the goals' folder is seen, however deep that is; a folder of its name elsewhere is another."""
    seen = _below(links_to_written(content, "our/okrs", tmp_path / "seen"))
    assert seen == {name: name for name in ("index.md", "guide/first.md", "our/words.md", "guide/okrs/page.md")}


def test_where_links_cannot_be_made_all_is_seen(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that allows no links costs time alone."""

    def refused(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "symlink_to", refused)
    assert links_to_written(content, "our/okrs", tmp_path / "seen") == content


def test_goals_are_shown_to_those_who_may_ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """MkDocs gets no file of a goal, unless a hook may want to see it; the site is the same."""
    seen: list[bool] = []
    on_files = OkrsitePlugin.on_files

    def noted(self: OkrsitePlugin, files: Files, config: MkDocsConfig) -> Files:
        seen.append(any(file.src_uri.startswith("okrs/") for file in files))
        return on_files(self, files, config)

    monkeypatch.setattr(OkrsitePlugin, "on_files", noted)
    config = put(tmp_path, SMALL)
    build(config)
    (tmp_path / "hook.py").write_text("")
    config.write_text(f"{MKDOCS}hooks: [hook.py]\n")
    assert build(config).written == 0
    assert seen == [False, True]

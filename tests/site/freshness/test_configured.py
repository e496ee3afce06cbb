"""Settings as they are noted for the next run are what they were, and nothing else can be made of a note."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from portalfiles import MKDOCS

from okrsite.settings import Settings
from okrsite.site.freshness.configured import packed, unpacked
from okrsite.site.options.config import load

MORE = """
site_name: Goals
docs_dir: content
theme: {name: okr}
plugins:
  - okrsite:
      as_of: 2026-02-14
      levels: [guild, team]
      status: {on_track: 0.2, at_risk: 0.3}
      rules: {OKR541: off, OKR501: {severity: error, placeholders: [TBD]}}
      impact: {engagement: [acme/kpis/up]}
      publish: {keep: {last: 3}}
repo_url: https://example.org/acme/goals
"""


def _settings(tmp_path: Path, text: str) -> Settings:
    (tmp_path / "content").mkdir(exist_ok=True)
    (tmp_path / "mkdocs.yml").write_text(text)
    return load(tmp_path / "mkdocs.yml")[0]


def test_settings_are_what_they_were(tmp_path: Path) -> None:
    """Every option, and what decides of files."""
    for text in (MKDOCS, MORE):
        settings = _settings(tmp_path, text)
        said = packed(settings)
        assert said is not None
        again = unpacked(said)
        assert again == settings
        assert again.has_template("main.html")
        assert not again.has_template("okr/home.html")
        assert again.left_out(".git")


def test_what_only_mkdocs_can_make(tmp_path: Path) -> None:
    """With patterns of files to leave out the configuration is read each time."""
    settings = _settings(tmp_path, f"{MKDOCS}exclude_docs: drafts/\n")
    assert settings.left_out("drafts/idea.md")
    assert packed(settings) is None


@pytest.mark.parametrize("value", [os.getcwd, Path(), 1, "text"])
def test_nothing_but_settings(value: object) -> None:
    """Whoever can write the note cannot have a program run by it."""
    with pytest.raises(pickle.UnpicklingError):
        unpacked(pickle.dumps(value))

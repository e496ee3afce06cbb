"""Caches stay out of git, and those that are in it are not used."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from gitrepos import Repo
from ledgers import started
from portalfiles import SMALL, put, warm

from okrsite.charts import Renderer
from okrsite.cli.opened import problems
from okrsite.disk import A_DAY
from okrsite.problems import ContentError
from okrsite.settings import Settings
from okrsite.site.build import build
from okrsite.site.clock import day
from okrsite.site.freshness.workfolder import scratch_folder, work_folder
from okrsite.site.portal import PortalSite


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A portal that was built once."""
    found = started(tmp_path)
    found.write("mkdocs.yml", "site_name: Goals\ndocs_dir: content\ntheme: {name: okr}\nplugins: [okrsite]\n")
    found.commit("Choose the theme")
    work_folder(found.path)
    return found


def test_git_does_not_see_it(repo: Repo) -> None:
    """A portal that ignores nothing has a clean work tree after a build."""
    assert (repo.path / ".okrsite").is_dir()
    assert repo.git("status", "--porcelain") in ("", b"")


def test_in_git_it_is_refused(repo: Repo) -> None:
    """A change that brings compiled templates along is neither built nor passed by a check."""
    repo.write(".okrsite/templates/en/x.cache", "code")
    repo.git("add", "-f", ".okrsite")
    (found,) = [each for each in problems(repo.path / "mkdocs.yml", None) if each.code == "OKR110"]
    assert "git rm -r --cached .okrsite" in found.hint
    with pytest.raises(ContentError, match="under version control"):
        PortalSite(repo.path, Settings(), day(None, Settings()))


def test_what_killed_runs_have_left_goes(tmp_path: Path) -> None:
    """After a day a folder or file that was to go at the end of a run is nobody's; newer ones may be in use."""
    work = work_folder(tmp_path)
    for name in ("scratch-1/site", "scratch-2/site", "builds", "content/units", "templates/en"):
        (work / name).mkdir(parents=True)
    old = ("scratch-1", "builds/.new-1", "content/units/.new-1", "templates/en/.new-1")
    new = ("scratch-2", "builds/.new-2", "content/units/index")
    for name in (*old, *new):
        if not (work / name).is_dir():
            (work / name).write_text("half")
    for name in (*old, "content/units/index"):
        os.utime(work / name, (1, 1))
    with scratch_folder(tmp_path) as folder:
        (folder / "page").write_text("")
        assert {each.name for each in work.glob("scratch-*")} == {"scratch-2", folder.name}
    assert not folder.exists()
    assert not [name for name in old if (work / name).exists()]
    assert [name for name in new if (work / name).exists()] == [*new]


def test_where_no_caches_can_be(tmp_path: Path) -> None:
    """A portal in whose folder nothing may be written is built nevertheless, each time from nothing."""
    (tmp_path / ".okrsite").write_text("in the way")
    put(tmp_path, SMALL)
    for _ in range(2):
        result = build(tmp_path / "mkdocs.yml", tmp_path / "site")
        assert result.pages_made
        assert not result.pages_kept
    assert (tmp_path / ".okrsite").read_text() == "in the way"


def test_drawings_that_no_page_shows_go_after_weeks(tmp_path: Path) -> None:
    """A build that makes pages uses their drawings, and the tools for new ones; what else is as old goes."""
    warm(tmp_path, "templates", "tools")
    put(tmp_path, SMALL)
    folder = tmp_path / ".okrsite/charts"

    def drawn(address: str) -> int:
        result = build(tmp_path / "mkdocs.yml", tmp_path / "site", date(2026, 2, 14), site_url=address)
        assert result.pages_made
        return result.charts_drawn

    drawn("https://goals.example/")
    old = folder / "00" / ("0" * 62)  # an older okrsite's
    old.parent.mkdir(exist_ok=True)
    old.write_text("a drawing")
    for file in folder.glob("*/*"):
        os.utime(file, (1, 1))
    look = folder / "looked"
    os.utime(look, ns=(look.stat().st_mtime_ns - 8 * A_DAY,) * 2)
    assert drawn("https://goals.example/okrs/") == 0
    assert not old.exists()
    assert all(file.stat().st_mtime > 1 for file in folder.glob("*/*"))
    assert drawn("https://goals.example/") == 0
    assert Renderer(folder).is_ready

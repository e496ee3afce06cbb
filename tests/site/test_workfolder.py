"""Caches stay out of git, and those that are in it are not used."""

from __future__ import annotations

from pathlib import Path

import pytest
from gitrepos import Repo
from ledgers import started

from okrsite.cli.opened import problems
from okrsite.problems import ContentError
from okrsite.settings import Settings
from okrsite.site.clock import day
from okrsite.site.portal import PortalSite
from okrsite.site.workfolder import work_folder


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

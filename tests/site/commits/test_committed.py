"""``okrsite build --at``: the portal of a commit, the same wherever and whenever it is built."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from gitrepos import Repo
from portalfiles import SMALL, put, run, warm

from okrsite.history import GitError, repository_of, revision_of
from okrsite.problems import ContentError, OkrsiteError
from okrsite.site.build import build
from okrsite.site.commits.committed import committed_portal, portal_of
from okrsite.site.options.config import load

CONFIG = """\
INHERIT: ../base.yml
site_name: Goals
plugins: [okrsite]
"""
BASE = "docs_dir: content\ntheme: {name: okr, custom_dir: ../theme}\n"


def _tree(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """A portal in a folder of a larger repository; its second commit is another portal, its work tree is a mess."""
    repo = Repo(tmp_path_factory.mktemp("repo"))
    put(repo.path / "goals", {name: text for name, text in SMALL.items() if name != "mkdocs.yml"})
    repo.write("goals/mkdocs.yml", CONFIG)
    repo.write("base.yml", BASE)
    repo.write("theme/robots.txt", "first\n")
    repo.write("other/large.bin", b"\0" * 1000)
    repo.write(".gitignore", ".okrsite/\nsite/\n")
    repo.write("goals/content/okrs/acme/it/2026-Q1.yml", SMALL["content/okrs/acme/it/2026-Q1.yml"].replace("IT", "I"))
    repo.commit("first", "2026-02-14T23:59:59+0000")
    repo.remove("goals/content/guide")
    repo.remove("base.yml")
    repo.write("goals/mkdocs.yml", SMALL["mkdocs.yml"].replace("site_name: Goals", "site_name: Others"))
    repo.commit("second", "2026-03-01")
    repo.write("goals/content/okrs/acme/unit.yml", "name: [\n")
    repo.write("goals/content/okrs/acme/left.txt", "over")
    warm(repo.path / "goals")
    return repo


def test_the_same_bytes_wherever_and_whenever(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a work tree with other and broken files, and elsewhere from a clone by other means."""
    state = repo.git("status", "--porcelain")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    result = build(repo.path / "goals/mkdocs.yml", tmp_path / "one", at="2026-02-20")
    assert repo.git("status", "--porcelain") == state
    assert not list((repo.path / "goals/.okrsite").glob("scratch-*"))
    clone = tmp_path / "a longer name/clone"
    repo.git("clone", "-q", ".", str(clone))
    Repo(clone).commit("later", "2026-04-01")
    warm(clone / "goals")
    before = os.umask(0o077)
    try:
        words = ("okrsite", "build", "--at", "HEAD~2", "-d", tmp_path / "two")
        told = run(*words, cwd=clone / "goals", TZ="Pacific/Kiritimati", LC_ALL="tr_TR.UTF-8")
    finally:
        os.umask(before)
    assert told.returncode == 0, told.stderr
    assert f"built commit {result.revision.short if result.revision else None} of 14 Feb 2026" in told.stderr
    one, two = _tree(tmp_path / "one"), _tree(tmp_path / "two")
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    assert "guide/start/index.html" in one
    assert one["robots.txt"] == b"first\n"
    assert b'"as_of": "2026-02-14"' in one["api/okrs.json"]
    secret = str(repo.path).encode()
    assert [name for name, content in one.items() if secret in content or b"/okrsite-" in content] == []
    assert result.warnings == ()


def test_it_is_the_build_of_that_commit(repo: Repo, tmp_path: Path) -> None:
    """Checked out and built as it is, it gives the same."""
    result = build(repo.path / "goals/mkdocs.yml", tmp_path / "one", date(2026, 2, 16), at="HEAD~1")
    repo.git("clone", "-q", ".", str(tmp_path / "clone"))
    Repo(tmp_path / "clone").checkout("HEAD~1")
    warm(tmp_path / "clone/goals")
    direct = build(tmp_path / "clone/goals/mkdocs.yml", tmp_path / "two", date(2026, 2, 16))
    assert _tree(tmp_path / "one") == _tree(tmp_path / "two")
    assert list(result.problems) == list(direct.problems)
    assert result.findings == direct.findings


def test_what_goes_wrong_is_told_as_if_at_home(tmp_path: Path) -> None:
    """Paths in messages are those of the portal, not those of the folder that the commit was brought to."""
    clone = Repo(tmp_path / "clone")
    put(clone.path, {**SMALL, "content/okrs/acme/unit.yml": "name: [\n"})
    clone.commit("broken", "2026-01-01")
    put(clone.path, {"mkdocs.yml": SMALL["mkdocs.yml"] + "INHERIT: nowhere.yml\n"})
    clone.commit("no such file", "2026-01-02")
    put(clone.path, {**SMALL, "mkdocs.yml": SMALL["mkdocs.yml"].replace("name: okr", "name: okr, custom_dir: theme")})
    clone.write("theme/okr/owner.html", "{% broken")
    clone.commit("template", "2026-01-03")
    config = clone.path / "mkdocs.yml"
    with pytest.raises(ContentError) as problems:
        build(config, at="2026-01-01")
    assert str(problems.value).startswith("content/okrs/acme/unit.yml:2:1: OKR104")
    with pytest.raises(OkrsiteError) as failure:
        build(config, at="2026-01-02")
    assert str(clone.path / "nowhere.yml") in str(failure.value)
    with pytest.raises(OkrsiteError) as failure:
        build(config, at="2026-01-03")
    assert str(failure.value).startswith(f"{clone.path / 'theme/okr/owner.html'}:1:")
    assert not (clone.path / "site").exists()


def test_the_portal_was_not_there(tmp_path: Path) -> None:
    """Another configuration, or the folder, came later."""
    clone = Repo(tmp_path / "clone")
    clone.write("read.me", "")
    clone.commit("empty", "2026-01-01")
    put(clone.path / "goals", SMALL)
    clone.commit("goals", "2026-01-02")
    with pytest.raises(GitError, match=r"the portal is not in 2026-01-01 .*: there is no goals/mkdocs.yml"):
        build(clone.path / "goals/mkdocs.yml", at="2026-01-01")


def test_a_link_among_the_content_is_refused_as_ever(tmp_path: Path) -> None:
    """A symbolic link is one in the commit's folder too."""
    repo = Repo(tmp_path / "repo")
    put(repo.path, SMALL)
    (repo.path / "content/okrs/acme/2026-H1.yml").symlink_to("/etc/passwd")
    (repo.path / "content/guide/copy.md").symlink_to("start.md")
    repo.commit("links")
    with pytest.raises(ContentError, match=r"2026-H1.yml:1:1: OKR112 a symbolic link"):
        build(repo.path / "mkdocs.yml", at="HEAD")


def test_a_bare_repository_has_portals_too(repo: Repo, tmp_path: Path) -> None:
    """For whoever has no work tree at all."""
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    bare = repository_of(tmp_path / "bare.git")
    with portal_of(bare, revision_of(bare, "2026-02-15"), "goals") as committed:
        settings, root = load(committed.config_file)
        assert (settings.site_name, settings.content) == ("Goals", "content")
        assert (root / "content/guide/start.md").is_file()
        assert not (root.parent / "other").exists()
    assert not root.exists()


def test_goals_in_a_submodule(tmp_path: Path) -> None:
    """They come from their own repository, whose commit history goes up to; others need not be there."""
    goals = Repo(tmp_path / "goals")
    put(goals.path, {n.removeprefix("content/okrs/"): t for n, t in SMALL.items() if n.startswith("content/okrs/")})
    first = goals.commit("goals")
    repo = Repo(tmp_path / "repo")
    put(repo.path, {n: t for n, t in SMALL.items() if not n.startswith("content/okrs/")})
    repo.git("submodule", "add", "-q", str(goals.path), "content/okrs")
    repo.git("submodule", "add", "-q", str(goals.path), "vendor/other")
    repo.commit("portal")
    Repo(repo.path / "content/okrs").commit("later")
    with committed_portal(repo.path / "mkdocs.yml", "HEAD") as committed:
        assert (committed.root / "content/okrs/acme/unit.yml").is_file()
        assert committed.commit_of("content/okrs") == first
    repo.git("submodule", "deinit", "-q", "-f", "vendor/other")
    with committed_portal(repo.path / "mkdocs.yml", "HEAD") as committed:
        assert committed.checkout.missing.keys() == {"vendor/other"}
    repo.git("submodule", "deinit", "-q", "-f", "content/okrs")
    with pytest.raises(GitError, match=r"the submodule 'content/okrs' is not there: `git submodule update --init`"):
        build(repo.path / "mkdocs.yml", at="HEAD")


def test_content_beside_the_portal(tmp_path: Path) -> None:
    """A content folder outside the portal's own is brought along, and nobody sees where."""
    repo = Repo(tmp_path / "repo")
    put(repo.path, {name: text for name, text in SMALL.items() if name.startswith("content/")})
    repo.write("portal/mkdocs.yml", SMALL["mkdocs.yml"].replace("docs_dir: content", "docs_dir: ../content"))
    repo.commit("beside")
    with committed_portal(repo.path / "portal/mkdocs.yml", "HEAD") as committed:
        settings, _ = load(committed.config_file)
        assert settings.content == "../content"
        assert committed.commit_of("../content/okrs") == repo.head()
        assert (committed.root / settings.content / "index.md").is_file()

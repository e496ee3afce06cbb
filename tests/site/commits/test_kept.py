"""What publishing keeps: the last commit's files and site, brought up to date to what they would be from nothing."""

from __future__ import annotations

import os
import random
import shutil
from datetime import date
from pathlib import Path

import pytest
from gitrepos import Repo
from portalfiles import MKDOCS, SMALL, put
from snapshots import OPTIONS

from okrsite.history import repository_of, revision_of
from okrsite.publish.targets import open_target
from okrsite.publish.targets.folder.locks import Locks
from okrsite.site.commits.committed import portal_of
from okrsite.site.commits.kept import kept_commit
from okrsite.site.freshness.workfolder import work_folder
from okrsite.site.publication.publishing import Publication, place_of, publish_commit

GOALS = "content/okrs/acme/it/2026-Q1.yml"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A portal with a commit."""
    repo = Repo(tmp_path / "repo")
    put(repo.path, {**SMALL, "mkdocs.yml": MKDOCS.replace(OPTIONS, "okrsite\n")})
    repo.write(".gitignore", ".okrsite/\nsite/\n")
    repo.commit("first", "2026-02-13")
    return repo


def _publish(repo: Repo, target: str, at: str = "HEAD") -> Publication:
    place = place_of(repo.path / "mkdocs.yml")
    return publish_commit(
        place, open_target(str(repo.path.parent / target)), at=at, today=lambda: date(2026, 3, 1), as_of=None
    )


def _edited(repo: Repo, old: str, new: str) -> None:
    repo.write(GOALS, (repo.path / GOALS).read_text(encoding="utf-8").replace(old, new))
    repo.commit(f"{new} for {old}", "2026-02-13")


def _tree(folder: Path) -> dict[str, bytes | str]:
    """All files below a folder, with links as what they say; folders as nothing."""
    found: dict[str, bytes | str] = {}
    for file in folder.rglob("*"):
        name = file.relative_to(folder).as_posix()
        found[name] = str(file.readlink()) if file.is_symlink() else b"" if file.is_dir() else file.read_bytes()
    return found


def test_only_what_differs_is_built(repo: Repo) -> None:
    """A second commit has most pages kept, and gives the snapshot that one from nothing gives."""
    first = _publish(repo, "target")
    assert first.built.pages_kept == 0
    _edited(repo, "title: ", "title: Really ")
    second = _publish(repo, "target")
    assert second.built.pages_kept > second.built.pages_made > 0
    assert second.built.written < second.built.unchanged
    shutil.rmtree(repo.path / ".okrsite")
    again = _publish(repo, "other")
    assert again.built.pages_kept == 0
    assert again.published.manifest.files == second.published.manifest.files
    back = _publish(repo, "target", "HEAD~1")
    assert back.published.was_there


def test_whatever_was_done_to_it_is_undone(repo: Repo) -> None:
    """Files that were altered, deleted or added in what is kept do not show in the next snapshot."""
    first = _publish(repo, "target").published.manifest
    place = repo.path / ".okrsite/published"
    goals = place / "commit" / GOALS
    times = goals.stat()
    goals.write_bytes(goals.read_bytes().replace(b"uptime", b"UPTIME"))
    os.utime(goals, ns=(times.st_atime_ns, times.st_mtime_ns))
    (place / "commit/content/okrs/acme/unit.yml").unlink()
    put(place / "commit", {"content/okrs/left/unit.yml": "name: Left\nlevel: team\n", "theme/main.html": "x"})
    (place / "site/index.html").write_text("<p>Mine</p>")
    (place / "site/acme/index.html").unlink()
    (place / "site/more.html").write_text("more")
    shutil.rmtree(repo.path.parent / "target")
    second = _publish(repo, "target").published.manifest
    assert second.id == first.id
    assert second.files == first.files


def test_a_note_that_is_damaged_or_gone_costs_time_only(repo: Repo) -> None:
    """Without it nothing of the commit is kept; a site that no build had marked is made anew."""
    first = _publish(repo, "target").published.manifest
    place = repo.path / ".okrsite/published"
    (place / "commit.note").write_bytes((place / "commit.note").read_bytes()[:-7])
    (place / "site/api/okrs.json").unlink()
    assert _publish(repo, "other").published.manifest.files == first.files
    (place / "commit.note").unlink()
    shutil.rmtree(place / "site")
    (place / "site").mkdir()
    (place / "site/half.html").write_text("half")
    assert _publish(repo, "another").published.manifest.files == first.files


def test_two_at_once_do_not_share_it(repo: Repo) -> None:
    """While somebody else is at it, a publisher works in a folder of its own, which goes in the end."""
    first = _publish(repo, "target").published.manifest
    place = repo.path / ".okrsite/published"
    before = {file: file.stat().st_ctime_ns for file in place.rglob("*")}
    with Locks(place / "lock").alone(0) as held:
        assert held
        second = _publish(repo, "other")
    assert second.built.pages_kept == 0
    assert second.published.manifest.files == first.files
    assert {file: file.stat().st_ctime_ns for file in place.rglob("*")} == before
    assert not list((repo.path / ".okrsite").glob("scratch-*"))


def test_where_nothing_can_be_kept(repo: Repo) -> None:
    """A file in its place is left alone, and publishing works."""
    work_folder(repo.path)
    (repo.path / ".okrsite/published").write_text("mine")
    first = _publish(repo, "target").published.manifest
    assert (repo.path / ".okrsite/published").read_text() == "mine"
    assert _publish(repo, "other").published.manifest.files == first.files


@pytest.mark.parametrize("name", ["commit", "site"])
def test_links_are_not_followed(repo: Repo, tmp_path: Path, name: str) -> None:
    """Whoever puts a link in its place has no files deleted where it leads to."""
    put(tmp_path / "mine", {"diary.txt": "dear"})
    place = work_folder(repo.path) / "published"
    place.mkdir()
    (place / name).symlink_to(tmp_path / "mine")
    first = _publish(repo, "target").published.manifest
    assert _publish(repo, "other").published.manifest.files == first.files
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["diary.txt"]


@pytest.mark.parametrize("seed", range(4))
def test_files_are_those_of_each_commit(tmp_path: Path, seed: int) -> None:
    """Files and folders in place of each other, links, other bases: what is there is what would be from nothing."""
    chosen = random.Random(seed)  # noqa: S311 - seeded, to be the same each time
    repo = Repo(tmp_path / "repo")
    names = ("a.md", "b.md", "b.md/c.md", "d/e.md", "d/e.md/f.md", "d", "g/h/i.md", "g/h", "g/up")
    bases = ("one.yml", "two.yml", "shared/three.yml")
    home = repo.path / "goals"
    home.mkdir()
    for number in range(8):
        base = chosen.choice(bases)
        repo.write("goals/mkdocs.yml", f"INHERIT: ../{base}\nsite_name: Goals\n")
        repo.write(base, f"docs_dir: content\n# {chosen.choice((1, number))}\n")
        for name in chosen.sample(names, 4):
            _make_way(repo.path / "goals/content", name)
            if chosen.random() < 0.3:
                (repo.path / "goals/content" / name).symlink_to(chosen.choice(("a.md", "../mkdocs.yml", "d")))
            else:
                repo.write(f"goals/content/{name}", chosen.choice(("same", f"{number}")))
        repo.commit(f"{number}")
    repository = repository_of(home)
    for number in [*range(8), *chosen.sample(range(8), 8)]:
        revision = revision_of(repository, f"HEAD~{number}")
        with kept_commit(home) as kept, portal_of(repository, revision, "goals", home=home, kept=kept) as committed:
            assert committed.config_file == kept.top / "goals/mkdocs.yml"
            with portal_of(repository, revision, "goals", home=home) as fresh:
                assert _tree(kept.top) == _tree(fresh.checkout.top)


def _make_way(folder: Path, name: str) -> None:
    """Take away what is at a place, and what stands where a folder above it has to be."""
    place = folder / name
    for each in (place, *place.parents):
        if each == folder:
            break
        if each.is_symlink() or each.is_file():
            each.unlink()
    if place.is_dir():
        shutil.rmtree(place)
    place.parent.mkdir(parents=True, exist_ok=True)

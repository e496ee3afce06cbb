"""A site that was deleted is put back as it was, as far as it still is that, and then brought up to date."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from portalfiles import SMALL, put, run
from sitebuilds import Build
from webpages import bytes_of

from okrsite.site.build import build
from okrsite.site.output.signatures import Signature, content_digest
from okrsite.site.output.spares import Spares

GOAL = "acme/it/2026-Q1/reliability/index.html"
CHECK_IN = "content/okrs/acme/it/check-ins/2026-02-13.yml"


def _spares(root: Path) -> list[Path]:
    return sorted((root / ".okrsite/builds").glob("*.spares/*/*"))


def test_a_deleted_site_is_put_back(build_files: Build) -> None:
    """No page is made, every byte is the same, and the command says what it did; an edit since then shows."""
    first = build_files()
    before = bytes_of(first.result.site_dir)
    shutil.rmtree(first.result.site_dir)
    second = build_files()
    assert bytes_of(second.result.site_dir) == before
    assert (second.result.put_back, second.result.written, second.result.pages_made) == (len(before), 0, 0)
    assert build_files().result.put_back == 0
    shutil.rmtree(first.result.site_dir)
    told = run("okrsite", "build", cwd=first.root).stderr
    assert f"no files written, {len(before)} put back, 0 deleted" in told
    shutil.rmtree(first.result.site_dir)
    edited = build_files({CHECK_IN: SMALL[CHECK_IN].replace("value: 30", "value: 40")}).result
    assert edited.put_back == len(before)
    assert 0 < edited.pages_made < edited.pages_kept
    assert bytes_of(edited.site_dir)[GOAL] != before[GOAL]
    assert bytes_of(edited.site_dir) == bytes_of(build(first.root / "mkdocs.yml", first.root / "other").site_dir)


def test_a_portal_may_be_moved(build_files: Build, tmp_path: Path) -> None:
    """What is known of a site is known by where it is in the portal, so that it goes along."""
    first = build_files()
    before = bytes_of(first.result.site_dir)
    (tmp_path / "elsewhere").mkdir()
    for each in [each for each in tmp_path.iterdir() if each.name != "elsewhere"]:
        each.rename(tmp_path / "elsewhere" / each.name)
    moved = build(tmp_path / "elsewhere/mkdocs.yml")
    assert (moved.pages_made, moved.put_back) == (0, 0)
    assert bytes_of(moved.site_dir) == before


def test_altered_files_are_not_put_back(build_files: Build) -> None:
    """Whoever writes into a file of the site writes by its second name too; that is noticed, and the page made."""
    first = build_files()
    before = bytes_of(first.result.site_dir)
    file = first.result.site_dir / GOAL
    with file.open("r+b") as page:
        page.write(b"<!-- mine -->")
    shutil.rmtree(first.result.site_dir)
    second = build_files().result
    assert bytes_of(second.site_dir) == before
    assert (second.put_back, second.pages_made) == (len(before) - 1, 1)
    shutil.rmtree(first.result.site_dir)
    assert build_files().result.put_back == len(before)


def test_nothing_is_put_back_where_all_pages_may_differ(build_files: Build) -> None:
    """With another configuration every page is made, without a look at those of before."""
    first = build_files()
    shutil.rmtree(first.result.site_dir)
    named = build_files({"mkdocs.yml": SMALL["mkdocs.yml"].replace("site_name: Goals", "site_name: Aims")}).result
    assert (named.put_back, named.pages_kept) == (0, 0)
    assert b"Aims" in bytes_of(named.site_dir)[GOAL]


def test_there_are_no_more_than_files(build_files: Build) -> None:
    """What the site does not have any more has no second name either; what a killed build left goes, too."""
    first = build_files()
    assert len(_spares(first.root)) == len(set(bytes_of(first.result.site_dir).values()))
    kept = _spares(first.root)[0]
    left = kept.with_name("0" * len(kept.name))
    left.write_text("left")
    for number in range(3):
        edited = build_files({CHECK_IN: SMALL[CHECK_IN].replace("value: 30", f"value: {number}")})
    assert len(_spares(first.root)) == len(set(bytes_of(edited.result.site_dir).values())) + 1
    build_files({"mkdocs.yml": SMALL["mkdocs.yml"].replace("site_name: Goals", "site_name: Aims")})
    assert not left.exists()
    assert len(_spares(first.root)) == len(set(bytes_of(edited.result.site_dir).values()))


def test_without_second_names_all_is_made(build_files: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that has none is asked once, and a deleted site is made anew."""
    asked = []

    def refused(*names: object) -> None:
        asked.append(names)
        raise PermissionError

    monkeypatch.setattr(os, "link", refused)
    first = build_files().result
    assert len(asked) == 1
    before = bytes_of(first.site_dir)
    shutil.rmtree(first.site_dir)
    second = build_files().result
    assert (second.put_back, second.pages_made) == (0, first.pages_made)
    assert bytes_of(second.site_dir) == before


def test_links_are_not_followed(build_files: Build, tmp_path: Path) -> None:
    """Whoever puts links among the caches has no files deleted where they lead to."""
    first = build_files()
    put(tmp_path / "mine", {"diary.txt": "dear"})
    fan = _spares(first.root)[0].parent
    shutil.rmtree(fan)
    fan.symlink_to(tmp_path / "mine")
    renamed = {"mkdocs.yml": SMALL["mkdocs.yml"].replace("site_name: Goals", "site_name: Aims")}
    build_files(renamed)
    spares = fan.parent
    shutil.rmtree(spares)
    put(tmp_path / "mine", {"aa/diary.txt": "dear"})
    spares.symlink_to(tmp_path / "mine")
    build_files()
    shutil.rmtree(first.result.site_dir)
    assert build_files().result.put_back == 0
    assert {"aa/diary.txt", "diary.txt"} <= bytes_of(tmp_path / "mine").keys()


def test_many_are_put_back_by_two(tmp_path: Path) -> None:
    """With another process or without one the same files come back, each as the system then says; equal ones, too."""
    files = {f"{number % 7}/{number}.txt": b"%d" % (number // 2) for number in range(1600)}
    put(tmp_path / "site", {name: content.decode() for name, content in files.items()})
    spares = Spares(tmp_path / "spares")
    for name, content in files.items():
        spares.keep(content_digest(content), str(tmp_path / "site" / name))
    left = {name: Signature(content_digest(content), (0, 0, 0, 0)) for name, content in files.items()}
    spares.drop([content_digest(b"3")])
    for may_copy in (False, True):
        shutil.rmtree(tmp_path / "site")
        found = spares.put_back(tmp_path / "site", left, may_copy=may_copy)
        assert bytes_of(tmp_path / "site") == {name: text for name, text in files.items() if text != b"3"}
        assert found.keys() == bytes_of(tmp_path / "site").keys()
        stats = [os.lstat(tmp_path / "site" / name) for name in found]
        told = [(each.st_size, each.st_mtime_ns, each.st_ctime_ns, each.st_ino) for each in stats]
        assert [file.stat for file in found.values()] == told

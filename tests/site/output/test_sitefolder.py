"""A folder is brought to what it should hold, with a look at what is known of it, and with nothing else left in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from okrsite.crew.copies import Copies
from okrsite.disk import moment
from okrsite.site.output.sitefolder import SiteFolder

PAGES = {"index.html": b"home", "acme/index.html": b"a unit", "acme/it/index.html": b"another", "api/okrs.json": b"{}"}


def brought(folder: Path, files: Mapping[str, bytes], before: SiteFolder | None = None) -> SiteFolder:
    """A folder after some files were put, by whom it is known how it was left before."""
    site = SiteFolder(folder)
    if before is not None:
        site.left(before.files, before.folders)
    for name, content in files.items():
        site.put(name, content)
    site.finish()
    last = max(max(look[1:3]) for look in site.looks.values())
    while moment(folder.parent) <= last:  # what is done at the very moment of a look leaves nothing behind
        pass
    return site


def there(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def counts(site: SiteFolder) -> tuple[int, int, int]:
    """How many files were written, left as they were, and deleted."""
    return site.counts.written, site.counts.unchanged, site.counts.deleted


def test_what_is_known_is_neither_read_nor_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look at entries is enough where nothing was touched; all that is there is told of, as a first time would."""
    first = brought(tmp_path, PAGES)

    def refused(*_: object) -> None:
        raise AssertionError("nothing has to be opened or listed")

    with monkeypatch.context() as patch:
        patch.setattr("builtins.open", refused)
        patch.setattr(os, "scandir", refused)
        second = brought(tmp_path, PAGES, first)
    assert (counts(first), counts(second)) == ((4, 0, 0), (0, 4, 0))
    assert second.looks == first.looks == brought(tmp_path, PAGES).looks
    assert set(second.looks) == {str(tmp_path), *map(str, tmp_path.rglob("*"))}


@pytest.mark.parametrize("is_known", [False, True])
def test_nothing_else_is_left(tmp_path: Path, *, is_known: bool) -> None:
    """Known or not: what is not put any more goes, strangers too, and folders with nothing in them."""
    first = brought(tmp_path, {**PAGES, "acme/it/deep/a.txt": b"gone", "acme/gone.txt": b"gone"})
    (tmp_path / "acme/stranger.txt").write_bytes(b"?")
    (tmp_path / "strange/folder").mkdir(parents=True)
    (tmp_path / "index.html").write_bytes(b"hOme")
    (tmp_path / "api/okrs.json").unlink()
    second = brought(tmp_path, PAGES, first if is_known else None)
    assert there(tmp_path) == PAGES
    assert not (tmp_path / "strange").exists()
    assert not (tmp_path / "acme/it/deep").exists()
    assert counts(second) == (2, 2, 3)
    assert second.looks == brought(tmp_path, PAGES).looks


@pytest.mark.parametrize("is_known", [False, True])
def test_links_to_folders_are_left_alone(tmp_path: Path, *, is_known: bool) -> None:
    """They are their owner's, each time; what was put beside them and is not any more goes."""
    site, away = tmp_path / "site", tmp_path / "away"
    away.mkdir()
    before = brought(site, {**PAGES, "acme/gone.txt": b"gone"})
    (site / "acme/link").symlink_to(away, target_is_directory=True)
    for _ in range(2):
        before = brought(site, PAGES, before if is_known else None)
        assert there(site) == PAGES
        assert (site / "acme/link").is_symlink()
        assert str(site / "acme/link") in before.looks


def test_a_page_takes_the_place_of_a_folder_and_a_folder_that_of_a_page(tmp_path: Path) -> None:
    """What was there gives way."""
    first = brought(tmp_path, {"a/b/c.txt": b"deep", "d": b"file"})
    files = {"a/b": b"file", "d/e.txt": b"deep"}
    assert counts(brought(tmp_path, files, first)) == (2, 0, 0)
    assert there(tmp_path) == files


def test_a_file_is_kept_only_as_it_was_left(tmp_path: Path) -> None:
    """One that was altered or deleted since has to be put."""
    first = brought(tmp_path, PAGES)
    (tmp_path / "index.html").write_bytes(b"hOme")
    (tmp_path / "api/okrs.json").unlink()
    os.utime(tmp_path / "acme/index.html")
    site = SiteFolder(tmp_path)
    site.left(first.files, first.folders)
    assert [name for name in PAGES if site.keep(name)] == ["acme/index.html", "acme/it/index.html"]


def test_copies_of_the_process_bring_files(tmp_path: Path) -> None:
    """What each brought counts where it is taken, and only there; nothing of how it was written is left."""
    names = [f"unit-{number}/page/index.html" for number in range(20)]
    before = brought(tmp_path, {names[0]: b"0", names[1]: b"another", "gone.txt": b"gone"})
    (tmp_path / "unit-2").write_bytes(b"in the way of all")
    site = SiteFolder(tmp_path)
    site.left(before.files, before.folders)
    copies = Copies(3, 2)
    given = [copies.submit(site.bring, name, str(number).encode()) for number, name in enumerate(names)]
    assert not site.files
    for name, each in zip(names, given, strict=True):
        site.take(name, each.result())
    copies.shutdown()
    site.finish()
    assert there(tmp_path) == {name: str(number).encode() for number, name in enumerate(names)}
    assert counts(site) == (19, 1, 1)
    assert site.looks == brought(tmp_path, there(tmp_path)).looks


def test_two_builds_of_a_site_bear_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one takes for left over, and deletes, may be what the other is at, or deletes as well."""
    brought(tmp_path / "site", {**PAGES, "old/index.html": b"left over"})
    calls = {name: getattr(os, name) for name in ("replace", "unlink", "rmdir")}

    def after_another(name: str) -> Callable[..., None]:
        def call(*paths: str) -> None:
            monkeypatch.setattr(os, name, calls[name])  # once
            brought(tmp_path / "site", PAGES)
            calls[name](*paths)

        return call

    monkeypatch.setattr(os, "replace", after_another("replace"))
    changed = {**PAGES, "acme/index.html": b"edited", "new/index.html": b"new"}
    brought(tmp_path / "site", changed)
    assert there(tmp_path / "site") == changed
    for name in ("unlink", "rmdir"):
        monkeypatch.setattr(os, name, after_another(name))
        brought(tmp_path / "site", PAGES)
        assert there(tmp_path / "site") == PAGES
        brought(tmp_path / "site", changed)

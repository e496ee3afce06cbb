"""A build in which nothing changed ends before it has begun; whatever changed, it does not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from gitrepos import Repo
from portalfiles import CHECKED_IN, MKDOCS, put
from sitebuilds import Build, Built, build_at

from okrsite.site.build import build
from okrsite.site.built import Built as Said
from okrsite.site.freshness import ground
from okrsite.site.freshness.makers import look_of_makers, makers
from okrsite.site.freshness.notes import Note
from okrsite.site.freshness.standstill import Standstill
from okrsite.site.output import sitefolder

CHECK_INS = "content/okrs/acme/it/check-ins/2026-02-13.yml"


def _exchange(note: Path) -> None:
    """Put another note that says the same in the place of one."""
    other = Note(note.with_name("mkdocs.check"))
    other.write(Note(note).read())
    note.with_name("mkdocs.check").replace(note)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a check-in": lambda root: (root / CHECK_INS).write_text(CHECKED_IN.replace("30", "40")),
    "a new file": lambda root: (root / "content/new.md").write_text("# New\n"),
    "a file gone": lambda root: (root / "content/guide/map.svg").unlink(),
    "the configuration": lambda root: (root / "mkdocs.yml").write_text(f"{MKDOCS}repo_name: other\n"),
    "a page edited": lambda root: (root / "site/kpis/index.html").write_text("-"),
    "a page gone": lambda root: (root / "site/kpis/index.html").unlink(),
    "a file among pages": lambda root: (root / "site/kpis/other.html").write_text("-"),
    "a repository": lambda root: Repo(root).git("commit", "-q", "--allow-empty", "-m", "First"),
    "another note": lambda root: [_exchange(each) for each in (root / ".okrsite/builds").glob("*.still")],
    "a damaged note": lambda root: [each.write_text("{}") for each in (root / ".okrsite/builds").glob("*.still")],
}


def looked_at_again(built: Built) -> list[str]:
    """The files that are looked at by themselves in a build as the command does it."""
    still, found = Standstill(built.root / "mkdocs.yml", None), []
    as_left = sitefolder.as_left
    assert still.result(None) is None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sitefolder, "as_left", lambda path, left: [found.append(path), as_left(path, left)][1])
        with still.ahead(wanted=True):
            build(built.root / "mkdocs.yml", stands=still)
    return found


def looked(built: Built) -> Said | None:
    """What a build would say, if nothing changed."""
    return Standstill(built.root / "mkdocs.yml", None).result(None)


def test_says_what_a_build_says(build_files: Build) -> None:
    """Files, problems and warnings are those of the build before."""
    built = build_files()
    stands, again = looked(built), build_files().result
    assert stands is not None
    told = ("site_dir", "pages", "pages_made", "pages_kept", "written", "unchanged", "deleted", "charts_drawn")
    assert [getattr(stands, name) for name in told] == [getattr(again, name) for name in told]
    assert (stands.findings, stands.warnings, stands.notices) == (again.findings, again.warnings, again.notices)


def test_whatever_changes_is_noticed(build_files: Build) -> None:
    """Content, configuration, the site itself, git, another day, another folder: then a build runs."""
    built = build_files()
    for what, change in CHANGES.items():
        assert looked(built) is not None, what
        change(built.root)
        assert looked(built) is None, what
        build_at(built.root)


def test_the_day_counts(build_files: Build) -> None:
    """A build for another day is another build."""
    built = build_files()
    still = Standstill(built.root / "mkdocs.yml", None)
    assert still.result(date(2026, 2, 14)) is not None
    assert still.result(date(2026, 2, 15)) is None


@pytest.mark.parametrize(
    "more", ["hooks: [hook.py]\n", "site_description: !ENV [HERE, there]\n", '"INHERIT": base.yml\n']
)
def test_what_may_read_more_is_run(build_files: Build, tmp_path: Path, more: str) -> None:
    """Where hooks, the environment or another configuration have a say, a look at files is not enough."""
    (tmp_path / "hook.py").write_text("")
    (tmp_path / "base.yml").write_text("")
    assert looked(build_files({"mkdocs.yml": MKDOCS + more})) is None


def test_no_folder_is_listed_and_no_file_read(build_files: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file and folder of content and site is looked at by its name, and the note alone is read."""
    monkeypatch.setattr(ground, "look_of_makers", lambda _: {})
    built = build_files()
    done: list[str] = []
    read = Path.read_bytes
    monkeypatch.setattr(os, "scandir", lambda folder: done.append(str(folder)))
    monkeypatch.setattr(Path, "read_bytes", lambda file: [done.append(file.suffix), read(file)][1])
    assert looked(built) is not None
    assert done == [".still"]


def test_another_look_is_no_other_content(build_files: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """Okrsite put in place once more is read again, and as what it holds is the same, nothing changed."""
    built = build_files()
    monkeypatch.setattr(ground, "look_of_makers", lambda _: {"okrsite": (0, 0, 0, 0)})
    assert looked(built) is not None
    monkeypatch.setattr(ground, "makers", lambda _: "other")
    assert looked(built) is None


def test_a_build_need_not_look_again(build_files: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was looked at to tell that something changed, content and okrsite itself, is not looked at once more."""
    monkeypatch.setattr(ground, "look_of_makers", lambda _: {})
    built = build_files()
    CHANGES["a check-in"](built.root)
    still = Standstill(built.root / "mkdocs.yml", None)
    assert still.result(None) is None
    for function in ("okrsite.site.freshness.ground.look_at", "okrsite.site.freshness.ground.makers"):
        monkeypatch.setattr(function, lambda _: pytest.fail("looked at again"))
    monkeypatch.setattr("okrsite.site.build.makers", lambda _: pytest.fail("looked at again"))
    result = build(built.root / "mkdocs.yml", stands=still)
    assert 0 < result.pages_made < result.pages_kept


def test_the_site_is_looked_at_once(build_files: Build) -> None:
    """Before anything is loaded, all of it together: no file is looked at again unless one differs."""
    built = build_files()
    build_at(built.root)  # of what the first wrote last, the time was not past yet
    CHANGES["a new file"](built.root)
    assert not looked_at_again(built)
    for name in ("a check-in", "a page edited"):
        CHANGES[name](built.root)
    assert looked_at_again(built)
    assert "<title>" in (built.root / "site/kpis/index.html").read_text()


def test_history_that_was_read_ahead_is_no_earlier_than_what_is_noted(build_files: Build) -> None:
    """A commit that comes while it is read is for the next build, if it did not get into this one."""
    built = build_files()
    repo = Repo(built.root)
    for number, copied in enumerate((True, False)):
        repo.git("commit", "-q", "--allow-empty", "-m", f"{number}")
        build_at(built.root)
        CHANGES["a check-in"](built.root)
        still = Standstill(built.root / "mkdocs.yml", None)
        assert still.result(None) is None
        with still.ahead(copied):
            repo.git("commit", "-q", "--allow-empty", "-m", "Meanwhile")
            build(built.root / "mkdocs.yml", stands=still)
        assert looked(built) is None
        (built.root / CHECK_INS).write_text(CHECKED_IN)


def test_what_is_saved_after_the_look_is_for_the_next_build(build_files: Build) -> None:
    """It is not taken for what was there before: the next build brings it."""
    built = build_files()
    CHANGES["a check-in"](built.root)
    still = Standstill(built.root / "mkdocs.yml", None)
    assert still.result(None) is None
    (built.root / CHECK_INS).write_text(CHECKED_IN.replace("30", "50"))
    put(built.root, {"content/okrs/acme/later/unit.yml": "name: Later\nlevel: department\n"})
    build(built.root / "mkdocs.yml", stands=still)
    assert looked(built) is None
    site = build(built.root / "mkdocs.yml").site_dir
    assert '"progress": 0.25' in (site / "api/okrs.json").read_text()  # half of one of two key results
    assert (site / "acme/later/index.html").is_file()
    assert looked(built) is not None


def test_what_python_compiles_is_not_looked_at(tmp_path: Path) -> None:
    """A theme's files count as they are, but for what is made of them."""
    file = tmp_path / "theme" / "extension.py"
    file.parent.mkdir()
    file.write_text("1")
    folders = [str(file.parent)]
    before = look_of_makers(folders)
    (file.parent / "__pycache__").mkdir()
    (file.parent / "__pycache__" / "extension.cpython-311.pyc").write_text("1")
    after = look_of_makers(folders)
    assert before.keys() == after.keys()
    assert before[str(file)] == after[str(file)]
    file.write_text("12")
    assert look_of_makers(folders)[str(file)] != after[str(file)]


def test_what_links_lead_to_counts(tmp_path: Path) -> None:
    """A theme may borrow files and folders from another place; links that lead back, or nowhere, do no harm."""
    theme, elsewhere = tmp_path / "theme", tmp_path / "elsewhere"
    (elsewhere / "okr").mkdir(parents=True)
    theme.mkdir()
    for name, target in (("a.html", "b.html"), ("okr", "okr"), ("back", "../theme"), ("gone.html", "no.html")):
        (theme / name).symlink_to(elsewhere / target)
    (elsewhere / "b.html").write_text("1")

    seen = [(look_of_makers([str(theme)]), makers([str(theme)]))]
    for name in ("b.html", "okr/kpi.html", "no.html"):
        (elsewhere / name).write_text("22")
        seen.append((look_of_makers([str(theme)]), makers([str(theme)])))
    assert len({made_by for _, made_by in seen}) == len(seen)
    assert all(before != after for (before, _), (after, _) in pairwise(seen))


def test_a_copy_is_another_portal(build_files: Build, tmp_path: Path) -> None:
    """Of a portal that was copied with all that was noted of it, nothing is known."""
    built = build_files()
    shutil.copytree(built.root, tmp_path / "copy")
    assert Standstill(tmp_path / "copy" / "mkdocs.yml", None).result(None) is None

"""Files are written all or none, inside the content folder, never through links."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from okrsite.editing import FileChange, NotWrittenError, diff, write


def files(root: Path) -> dict[str, bytes]:
    """Every file below a folder with what it holds."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A portal's folder with two files."""
    root = tmp_path / "portal"
    (root / "content").mkdir(parents=True)
    (root / "content/a.yml").write_bytes(b"a: 1\n")
    (root / "content/b.yml").write_bytes(b"b: 1\n")
    return root


def test_changes_and_adds_files(root: Path) -> None:
    """Files that are there keep their mode; new ones get their folders; nothing is left beside them."""
    (root / "content/a.yml").chmod(0o640)
    write(
        root,
        "content",
        [FileChange("content/a.yml", b"a: 1\n", b"a: 2\n"), FileChange("content/new/c.yml", None, b"c: 1\n")],
    )
    assert files(root) == {"content/a.yml": b"a: 2\n", "content/b.yml": b"b: 1\n", "content/new/c.yml": b"c: 1\n"}
    assert (root / "content/a.yml").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_all_or_none(root: Path, fails_at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever putting files in place fails, what was put in place is taken back."""
    before = files(root)
    calls = 0
    really = {"replace": Path.replace, "link": os.link}

    def failing(name: str):  # type: ignore[no-untyped-def]
        def run(*args: object, **kwargs: object) -> object:
            nonlocal calls
            calls += 1
            if calls == fails_at:
                raise OSError(28, "No space left on device")
            return really[name](*args, **kwargs)  # type: ignore[operator]

        return run

    monkeypatch.setattr(Path, "replace", failing("replace"))
    monkeypatch.setattr(os, "link", failing("link"))
    changes = [
        FileChange("content/a.yml", b"a: 1\n", b"a: 2\n"),
        FileChange("content/new/c.yml", None, b"c: 1\n"),
        FileChange("content/b.yml", b"b: 1\n", b"b: 2\n"),
    ]
    with pytest.raises(NotWrittenError, match="No space left on device; nothing was changed"):
        write(root, "content", changes)
    assert files(root) == before
    assert not (root / "content/new").exists()


def test_a_file_that_changed_meanwhile_is_left_alone(root: Path) -> None:
    """What somebody else wrote since the file was read is never lost, nor is a new file of the same name."""
    with pytest.raises(NotWrittenError, match=r"content/a\.yml was changed meanwhile"):
        write(root, "content", [FileChange("content/a.yml", b"a: 0\n", b"a: 2\n")])
    with pytest.raises(NotWrittenError, match=r"content/b\.yml exists already"):
        write(root, "content", [FileChange("content/b.yml", None, b"b: 2\n")])
    assert (root / "content/a.yml").read_bytes() == b"a: 1\n"


def test_nothing_outside_or_behind_links(root: Path) -> None:
    """A name that leads out of the content folder, lexically or by a link, is refused."""
    elsewhere = root.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.yml").write_bytes(b"a: 1\n")
    (root / "content/link.yml").symlink_to(elsewhere / "a.yml")
    (root / "content/folder").symlink_to(elsewhere, target_is_directory=True)
    for name in ("mkdocs.yml", "content/../mkdocs.yml", "../elsewhere/new.yml"):
        with pytest.raises(NotWrittenError, match="outside the content folder"):
            write(root, "content", [FileChange(name, None, b"a: 2\n")])
    for name, before in (
        ("content/link.yml", b"a: 1\n"),
        ("content/folder/a.yml", b"a: 1\n"),
        ("content/folder/n", None),
    ):
        with pytest.raises(NotWrittenError, match="behind a symbolic link"):
            write(root, "content", [FileChange(name, before, b"a: 2\n")])
    assert files(elsewhere) == {"a.yml": b"a: 1\n"}


def test_diff_can_be_applied() -> None:
    """A diff names new files and files without an end to their last line as git and patch expect it."""
    changes = [FileChange("content/a.yml", b"a: 1\nb: 2", b"a: 1\nb: 3"), FileChange("content/n.yml", None, b"n: 1\n")]
    assert diff(changes) == (
        "--- a/content/a.yml\n+++ b/content/a.yml\n@@ -1,2 +1,2 @@\n a: 1\n-b: 2\n\\ No newline at end of file\n"
        "+b: 3\n\\ No newline at end of file\n"
        "--- /dev/null\n+++ b/content/n.yml\n@@ -0,0 +1 @@\n+n: 1\n"
    )

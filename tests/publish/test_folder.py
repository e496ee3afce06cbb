"""A folder as a target: what it looks like on the disk, what it shares, and what it refuses."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from smallsites import FILES, commit, publish_commit, publish_site, site_at

from okrsite.publish.listing import read_versions
from okrsite.publish.publishing import Wish, publish
from okrsite.publish.target import TargetError
from okrsite.publish.targets.folder import FolderTarget

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def target(tmp_path: Path) -> FolderTarget:
    """A folder where nothing is yet."""
    return FolderTarget(tmp_path / "target")


def _state(folder: Path) -> Mapping[str, tuple[int, int, int]]:
    """Everything in a folder, with times, modes and inodes."""
    found = {}
    for top, folders, files in os.walk(folder):
        for name in (".", *folders, *files):
            said = (Path(top) / name).lstat()
            found[f"{top}/{name}"] = (said.st_mtime_ns, said.st_mode, said.st_ino)
    return found


def test_the_same_again_touches_nothing(target: FolderTarget, tmp_path: Path) -> None:
    """Publishing again, by another process's eyes, leaves every file and directory with its time."""
    publish_commit(target, tmp_path, 1)
    before = _state(target.folder)
    assert publish_commit(FolderTarget(target.folder), tmp_path, 1).was_there
    assert _state(target.folder) == before


def test_what_is_shared(target: FolderTarget, tmp_path: Path) -> None:
    """Directories that did not change are one on the disk, other files are links, none to the built site."""
    one = publish_commit(target, tmp_path, 1).manifest.id
    two = publish_commit(target, tmp_path, 2).manifest.id
    first, second = (target.folder / "s" / id for id in (one, two))
    assert (first / "acme").readlink() == (second / "acme").readlink()
    assert not (first / "acme").readlink().is_absolute()
    assert (first / "api").readlink() != (second / "api").readlink()
    assert (first / "api/okrs.csv").stat().st_ino == (second / "api/okrs.csv").stat().st_ino
    assert (first / "index.html").stat().st_ino == (second / "index.html").stat().st_ino
    mine = {file.stat().st_ino for file in (tmp_path / "site-2").rglob("*")}
    assert not mine & {file.stat().st_ino for file in second.rglob("*")}
    assert (target.folder / "assets/okr.0123456789.css").samefile(second / "assets/okr.0123456789.css")


def test_what_moved_is_shared(target: FolderTarget, tmp_path: Path) -> None:
    """In a directory that did change, files are links wherever they were before, and so are links that are the same."""
    one = publish_commit(target, tmp_path, 1).manifest.id
    moved = {"acme/hr/index.html": FILES["acme/index.html"], "acme/news.txt": "news"}
    done = publish_commit(target, tmp_path, 2, files=moved)
    first, second = (target.folder / "s" / id for id in (one, done.manifest.id))
    assert (first / "acme").readlink() != (second / "acme").readlink()
    assert (first / "acme/it").lstat().st_ino == (second / "acme/it").lstat().st_ino
    assert (first / "acme/index.html").stat().st_ino == (second / "acme/hr/index.html").stat().st_ino
    assert (done.transfer.sent, list(target.faults(done.manifest.id))) == (2, [])  # and okrs.json


def test_others_may_read(target: FolderTarget, tmp_path: Path) -> None:
    """A web server of another user may read all of it, however narrow the publisher's umask is."""
    before = os.umask(0o077)
    try:
        publish_commit(target, tmp_path, 1, Wish(label="close"))
        publish_commit(target, tmp_path, 2, Wish(channel="previews/pr-1", expires=commit(9).as_of))
    finally:
        os.umask(before)
    for top, folders, files in os.walk(target.folder):
        assert all((Path(top) / name).stat().st_mode & 0o777 == 0o755 for name in folders), top
        readable = [name for name in files if not name.startswith("lock")]
        assert all((Path(top) / name).stat().st_mode & 0o777 == 0o644 for name in readable), top


def test_the_root_and_channels_lead_on(target: FolderTarget, tmp_path: Path) -> None:
    """Pages without a script lead to a page, not to a directory, which ``file://`` would list."""
    done = publish_commit(target, tmp_path, 1)
    assert b"url=current/index.html" in (target.read("index.html") or b"")
    target.show_channel("previews/pr-1", done.manifest.id)
    page = target.folder / "channels/previews/pr-1/index.html"
    assert f"url=../../../s/{done.manifest.id}/index.html" in page.read_text()
    target.show_channel("previews/pr-1", None)
    assert not (target.folder / "channels").exists()


def test_altered_trees_are_mended(target: FolderTarget, tmp_path: Path) -> None:
    """What readers of the next snapshot would share is looked at, and brought again where it is not as it was."""
    old = publish_commit(target, tmp_path, 1).manifest.id
    snapshot = target.folder / "s" / old
    (snapshot / "acme/index.html").write_text("cut off")
    (snapshot / "acme/it/index.html").unlink()
    (snapshot / "index.html").write_text("x" * len((snapshot / "index.html").read_bytes()))
    (snapshot / "feeds").resolve().rename(tmp_path / "gone")
    new = publish_commit(target, tmp_path, 2).manifest.id
    assert list(target.faults(new)) == []
    assert {fault.path for fault in target.faults(old)} == {"index.html"}


def test_cleaning(target: FolderTarget, tmp_path: Path) -> None:
    """What only dropped snapshots had goes, also from the pool; what others have stays."""
    assets = {"assets/okr.aaaaaaaaaa.css": "body { color: red }", "acme/index.html": "<title>Another</title>"}
    one = publish_commit(target, tmp_path, 1, files=assets).manifest.id
    (tmp_path / "site-2").mkdir()
    two = publish_commit(target, tmp_path, 2).manifest.id
    target.drop(one)
    assert target.clean(LONG_AGO) > 0
    assert sorted(each.name for each in (target.folder / "assets").iterdir()) == [
        name.removeprefix("assets/") for name in sorted(FILES) if name.startswith("assets/okr")
    ]
    assert list(target.snapshots()) == [two]
    assert list(target.faults(two)) == []
    assert target.clean(LONG_AGO) == 0


def test_older_and_rewritten_commits(target: FolderTarget, tmp_path: Path) -> None:
    """An older commit that comes late is no news; a line of commits that replaces another is."""
    newest = publish_commit(target, tmp_path, 5).manifest.id
    assert publish_commit(target, tmp_path, 4).newest == newest
    site = site_at(tmp_path / "pushed")
    late = publish(site, commit(3), target, lambda _: "apart", {})
    assert (late.newest, late.rewrote) == (newest, "")
    later = publish(site, commit(7), target, lambda _: "apart", {})
    assert (later.newest, later.rewrote) == (later.manifest.id, commit(5).commit)
    assert (target.folder / "current").resolve().name == later.manifest.id


def test_eight_at_once(tmp_path: Path) -> None:
    """Eight processes publish a commit each: all arrive, whole, the latest is the newest, and nothing is left over."""
    target = FolderTarget(tmp_path / "target")
    program = Path(__file__).parents[1] / "killedpublisher.py"
    started = []
    for number in range(1, 9):
        site = site_at(tmp_path / f"site-{number}", {**FILES, "acme/index.html": f"{number % 3}" * 2000}, number / 100)
        command = [sys.executable, str(program), str(target.folder), str(site), str(number)]
        started.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))
    assert [process.wait() for process in started] == [0] * 8
    versions = read_versions(target)
    assert [each.order[1] for each in versions.all] == [8, 7, 6, 5, 4, 3, 2, 1]
    assert versions == read_versions(target, anew=True)
    assert versions.newest is not None
    assert target.pointer() == versions.newest.id
    assert [fault for id in target.snapshots() for fault in target.faults(id)] == []
    assert list((target.folder / "staging").iterdir()) == []
    assert target.clean(LONG_AGO) == 0


def test_somebody_makes_it_first(target: FolderTarget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that comes between a look at it and its making is published into."""
    exists = Path.exists

    def comes_after(path: Path) -> bool:
        found = exists(path)
        if path == target.folder and not found:
            path.mkdir()
        return found

    monkeypatch.setattr(Path, "exists", comes_after)
    assert target.pointer() is None
    assert publish_commit(target, tmp_path, 1).manifest.id == target.pointer()


def test_a_dead_holder_of_locks(target: FolderTarget, tmp_path: Path) -> None:
    """Who held the locks and was killed holds them no more, and what it had begun goes."""
    publish_commit(target, tmp_path, 1)
    code = (
        "import sys, signal, os; from pathlib import Path\n"
        "from okrsite.publish.targets.folder import FolderTarget\n"
        f"target = FolderTarget(Path({str(target.folder)!r}))\n"
        "with target.publishing(), target.listing():\n"
        "    target._disk.scratch('.snapshot')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    assert list((target.folder / "staging").iterdir())
    assert publish_commit(target, tmp_path, 2).newest
    assert list((target.folder / "staging").iterdir()) == []


def test_pruning_waits_for_publishers(target: FolderTarget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who deletes waits for who publishes, and gives up rather than take something away from under them."""
    id = publish_commit(target, tmp_path, 1).manifest.id
    other = FolderTarget(target.folder)
    monkeypatch.setattr("okrsite.publish.targets.folder.target._PATIENCE", 0.05)
    with target.publishing():
        with pytest.raises(TargetError, match="somebody has been publishing"):
            other.drop(id)
        with pytest.raises(TargetError, match="somebody has been publishing"):
            other.clean(LONG_AGO)
    other.drop(id)
    assert list(other.snapshots()) == []


def test_what_is_refused(tmp_path: Path) -> None:
    """A folder with other things, a file, and a place whose parent is missing: each is said, with what to do."""
    site = site_at(tmp_path / "site")
    with pytest.raises(TargetError, match="holds other things") as told:
        publish_site(FolderTarget(site), site, 1)
    assert "empty folder" in told.value.hint
    with pytest.raises(TargetError, match="not a folder"):
        publish_site(FolderTarget(site / "index.html"), site, 1)
    with pytest.raises(TargetError, match="is not there") as told:
        publish_site(FolderTarget(tmp_path / "share/goals"), site, 1)
    assert "mounted" in told.value.hint


def test_no_symbolic_links(target: FolderTarget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file system has none, that is said, and nothing is left behind."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    with pytest.raises(TargetError, match="without symbolic links"):
        publish_commit(target, tmp_path, 1)
    assert list(target.snapshots()) == []
    assert list((target.folder / "staging").iterdir()) == []


_ON_A_SMALL_DISK = """\
import sys
from pathlib import Path
from smallsites import publish_site
from okrsite.publish.target import TargetError
from okrsite.publish.targets.folder import FolderTarget
folder, small, large = map(Path, sys.argv[1:])
target = FolderTarget(folder / "target")
first = publish_site(target, small, 1).manifest.id
before = target.read("versions.json")
try:
    publish_site(target, large, 2)
except TargetError as error:
    assert "is full" in error.message, error
    assert "prune" in error.hint, error
else:
    raise AssertionError("it fits")
assert (list(target.snapshots()), target.pointer()) == ([first], first)
assert target.read("versions.json") == before
assert list(target.faults(first)) == []
assert list((folder / "target/staging").iterdir()) == []
third = publish_site(FolderTarget(folder / "target"), small, 3).manifest.id
assert target.pointer() == third
"""


def test_a_full_disk(tmp_path: Path) -> None:
    """Readers keep what they had, the publisher is told, room is made at once, and the next one that fits works."""
    small = site_at(tmp_path / "small")
    large = site_at(tmp_path / "large", {**FILES, **{f"guide/{each}.bin": os.urandom(100_000) for each in range(30)}})
    disk, code = tmp_path / "disk", tmp_path / "publishes.py"
    disk.mkdir()
    code.write_text(_ON_A_SMALL_DISK)
    program = f"mount -t tmpfs -o size=1m tmpfs {disk} && exec {sys.executable} {code} {disk} {small} {large}"
    rights = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(
        ["unshare", *rights, "--mount", "sh", "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr

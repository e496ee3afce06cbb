"""Every kind of target does the same: a folder, objects in memory, an S3-compatible server, and one by SFTP."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path, PurePosixPath
from posixpath import normpath
from uuid import uuid4

import pytest
from sftpserver import sftp_server
from smallsites import FILES, publish_commit
from storeserver import BUCKET, KEYS

from okrsite.publish.files import site_files
from okrsite.publish.listing import read_versions, renew
from okrsite.publish.manifest import FileEntry
from okrsite.publish.marks import read_marks
from okrsite.publish.publishing import Wish
from okrsite.publish.target import Target
from okrsite.publish.targets import open_target

Open = Callable[[], Target]
"""Opens the target of a test; each time as another publisher would."""
LATER = datetime(2126, 1, 1, tzinfo=UTC)


@pytest.fixture(params=["folder", "memory", "s3", "sftp"])
def opened(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """A place of each kind where nothing is yet."""
    kind = request.param
    if kind == "folder":
        yield lambda: open_target(str(tmp_path / "target"))
    elif kind == "memory":
        address = f"memory://{uuid4().hex}/goals"
        yield lambda: open_target(address)
    elif kind == "s3":
        for name, value in {**KEYS, "AWS_ENDPOINT_URL": request.getfixturevalue("s3_address")}.items():
            monkeypatch.setenv(name, value)
        folder = uuid4().hex
        yield lambda: open_target(f"s3://{BUCKET}/{folder}/goals")
    else:
        monkeypatch.setenv("HOME", str(tmp_path))
        with sftp_server(tmp_path) as server:
            yield lambda: open_target(f"sftp://{server}{tmp_path}/served/goals")


def contents(target: Target, id: str) -> Mapping[str, bytes | None]:
    """What readers get of each file of a snapshot."""
    return {path: target.file(id, path) for path in target.manifest(id).files}


def led_to(target: Target, page: str) -> str:
    """Where a redirecting page leads, relative to the target."""
    text = (target.read(page) or b"").decode()
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', text)
    assert found, text
    return normpath(str(PurePosixPath(page).parent / found[1]))


def test_a_snapshot_arrives_whole(opened: Open, tmp_path: Path) -> None:
    """Every file is there with its bytes, the manifest says so, and another publisher sees the same."""
    target = opened()
    done = publish_commit(target, tmp_path, 1)
    id = done.manifest.id
    assert (done.was_there, done.newest, done.transfer.sent) == (False, id, len(done.manifest.files))
    other = opened()
    assert list(other.snapshots()) == [id]
    assert other.manifest(id) == done.manifest
    assert list(other.faults(id)) == []
    found = contents(other, id)
    assert found["acme/index.html"] == FILES["acme/index.html"].encode()
    assert found["acme/index.html.gz"] == site_files(tmp_path / "site-1", "both").content(
        done.manifest.files["acme/index.html.gz"]
    )
    assert other.file(id, "nowhere.html") is None
    assert abs(other.published(id) - datetime.now(UTC)) < timedelta(minutes=5)


def test_what_did_not_change_is_shared(opened: Open, tmp_path: Path) -> None:
    """A second snapshot sends what differs; where the server can copy, nothing else travels."""
    target = opened()
    first = publish_commit(target, tmp_path, 1).manifest
    second = publish_commit(target, tmp_path, 2, files={"acme/index.html": "another"})
    differing = {path for path, entry in second.manifest.files.items() if first.files.get(path) != entry}
    assert differing == {"api/okrs.json", "acme/index.html"}
    assert second.transfer.sent + second.transfer.shared == len(second.manifest.files)
    if not target.name.startswith("sftp:"):
        assert second.transfer.sent == len(differing)
    assert list(target.faults(second.manifest.id)) == []
    assert list(target.faults(first.id)) == []


def test_the_same_again_changes_nothing(opened: Open, tmp_path: Path) -> None:
    """Publishing a commit twice brings nothing, and leaves list and pointer as they are."""
    target = opened()
    id = publish_commit(target, tmp_path, 1).manifest.id
    before = [target.read(name) for name in ("versions.json", "versions.js", "current", "index.html")]
    again = publish_commit(opened(), tmp_path, 1)
    assert (again.was_there, again.transfer.sent, again.manifest.id) == (True, 0, id)
    assert [target.read(name) for name in ("versions.json", "versions.js", "current", "index.html")] == before


def test_the_newest_is_pointed_to(opened: Open, tmp_path: Path) -> None:
    """The pointer and the root's page lead to the newest; an older commit that comes later moves neither."""
    target = opened()
    second = publish_commit(target, tmp_path, 2).manifest.id
    first = publish_commit(opened(), tmp_path, 1).manifest.id
    assert [each.id for each in read_versions(target).listed] == [second, first]
    assert target.pointer() == second
    page = led_to(target, "index.html")
    assert page in {f"s/{second}/index.html", "current/index.html"}
    third = publish_commit(opened(), tmp_path, 3).manifest.id
    assert target.pointer() == third
    assert led_to(target, "index.html") in {f"s/{third}/index.html", "current/index.html"}


def test_channels(opened: Open, tmp_path: Path) -> None:
    """A channel has an address that leads to its snapshot, which is never the newest; it can be taken away."""
    target = opened()
    newest = publish_commit(target, tmp_path, 1).manifest.id
    wish = Wish(channel="previews/pr-12", expires=date(2026, 3, 1))
    draft = publish_commit(target, tmp_path, 2, wish).manifest.id
    assert led_to(target, "channels/previews/pr-12/index.html") == f"s/{draft}/index.html"
    versions = read_versions(opened())
    assert (versions.newest and versions.newest.id, target.pointer()) == (newest, newest)
    assert [each.id for each in versions.listed] == [newest]
    assert versions.marks.channels["previews/pr-12"].id == draft
    target.show_channel("previews/pr-12", None)
    assert target.read("channels/previews/pr-12/index.html") is None
    target.show_channel("previews/pr-12", None)


def test_small_files(opened: Open, tmp_path: Path) -> None:
    """Marks are written, made only where there are none, listed and deleted; what is not there is no failure."""
    target = opened()
    publish_commit(target, tmp_path, 1, Wish(label="2026-Q1-close"))
    assert list(read_marks(opened()).labels) == ["2026-Q1-close"]
    assert target.create("marks/withdrawn/one", b"1")
    assert not target.create("marks/withdrawn/one", b"2")
    target.write("marks/withdrawn/two", b"3")
    target.write("marks/withdrawn/two", b"4")
    assert list(target.names("marks/withdrawn")) == ["one", "two"]
    assert (target.read("marks/withdrawn/one"), target.read("marks/withdrawn/two")) == (b"1", b"4")
    target.remove("marks/withdrawn/one")
    target.remove("marks/withdrawn/one")
    assert (list(target.names("marks/withdrawn")), list(target.names("nowhere"))) == (["two"], [])
    assert (target.read("nowhere"), target.read("no/where")) == (None, None)


def test_faults(opened: Open, tmp_path: Path) -> None:
    """A file that was altered, is missing, or came from elsewhere is named; nothing else is."""
    target = opened()
    id = publish_commit(target, tmp_path, 1).manifest.id
    target.write(f"s/{id}/index.html", FILES["index.html"].replace("goal", "gaol").encode())
    target.write(f"s/{id}/assets/picture.svg", b"shorter")
    target.remove(f"s/{id}/feeds/okrs.ics")
    target.write(f"s/{id}/acme/added.html", b"<p>")
    found = {(fault.path, fault.what) for fault in target.faults(id)}
    assert found == {
        ("index.html", "altered"),
        ("assets/picture.svg", "altered"),
        ("feeds/okrs.ics", "missing"),
        ("acme/added.html", "unexpected"),
    }


def test_dropping(opened: Open, tmp_path: Path) -> None:
    """A deleted snapshot is gone, and those that shared files with it are whole."""
    target = opened()
    first = publish_commit(target, tmp_path, 1).manifest.id
    second = publish_commit(target, tmp_path, 2).manifest.id
    target.drop(first)
    target.clean(LATER)
    assert list(target.snapshots()) == list(opened().snapshots()) == [second]
    assert (list(target.faults(second)), target.file(first, "index.html")) == ([], None)
    renew(target)
    assert [each.id for each in read_versions(target).all] == [second]


def test_two_at_once(opened: Open, tmp_path: Path) -> None:
    """Both snapshots arrive, the list has both, and the newest is the later commit."""
    publish_commit(opened(), tmp_path, 1)
    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(lambda number: publish_commit(opened(), tmp_path, number), (3, 2)))
    ids = [each.manifest.id for each in done]
    target = opened()
    assert [each.id for each in read_versions(target).listed][:2] == ids
    assert target.pointer() == ids[0]
    assert target.read("lease") is None
    for id in ids:
        assert list(target.faults(id)) == []


class _KilledError(BaseException):
    """Nothing that anybody catches."""


def test_ended_half_way(opened: Open, tmp_path: Path) -> None:
    """A publisher that ends while it sends leaves readers as they were; the next one works, and what is left goes."""
    target = opened()
    first = publish_commit(target, tmp_path, 1).manifest.id
    seen = (target.pointer(), target.read("versions.json"))
    whole = site_files(tmp_path / "site-1", "both")
    asked: list[FileEntry] = []

    def content(entry: FileEntry) -> bytes:
        asked.append(entry)
        if len(asked) > 1:
            raise _KilledError
        return whole.content(entry)

    manifest = target.manifest(first)
    second = type(manifest)(
        manifest.origin.__class__(**{**_fields(manifest.origin), "commit": "f" * 40, "count": 9}),
        0,
        manifest.figures,
        manifest.built_by,
        manifest.files,
    )
    with pytest.raises(_KilledError):
        target.put(second, content, [])
    other = opened()
    assert list(other.snapshots()) == [first]
    assert (other.pointer(), other.read("versions.json")) == seen
    assert other.clean(datetime(2000, 1, 1, tzinfo=UTC)) == 0 or not _is_left(other, second.id)
    third = publish_commit(other, tmp_path, 3).manifest.id
    other.clean(LATER)
    assert not _is_left(other, second.id)
    assert list(other.snapshots()) == sorted([first, third])
    assert not [*other.faults(first), *other.faults(third)]


def _fields(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__slots__}  # type: ignore[attr-defined]


def _is_left(target: Target, id: str) -> bool:
    return any(target.file(id, path) is not None for path in FILES)


def test_packed_only(opened: Open, tmp_path: Path) -> None:
    """Files that are kept compressed only are read as they were, shared, and verified as they are stored."""
    target = opened()
    first = publish_commit(target, tmp_path, 1, Wish(compression="only"))
    assert first.manifest.files["index.html"].encoding == "gzip"
    assert target.file(first.manifest.id, "index.html") == FILES["index.html"].encode()
    second = publish_commit(target, tmp_path, 2, Wish(compression="only"))
    if not target.name.startswith("sftp:"):
        assert second.transfer.sent == 1
    assert list(target.faults(second.manifest.id)) == []
    assert (
        sha256(target.file(second.manifest.id, "api/okrs.csv") or b"").digest()
        == sha256(FILES["api/okrs.csv"].encode()).digest()
    )

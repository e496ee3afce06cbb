"""What only an object store has: headers, copies on the server, checked uploads, and a network that may fail."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from smallsites import FILES, publish_commit
from storeserver import BUCKET, KEYS, Asked, Way, fetched, way_to

from okrsite.publish.publishing import Wish
from okrsite.publish.target import TargetError
from okrsite.publish.targets.remote.opening import open_remote
from okrsite.publish.targets.remote.retrying import Retrying
from okrsite.publish.targets.remote.target import RemoteTarget

TESTS = Path(__file__).parents[1]


@pytest.fixture
def way(s3_address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Way]:
    """The way to the server, which the driver takes."""
    with way_to(s3_address) as way:
        for name, value in {**KEYS, "AWS_ENDPOINT_URL": way.address}.items():
            monkeypatch.setenv(name, value)
        yield way


@pytest.fixture
def folder() -> str:
    """A folder of the bucket where nothing is yet."""
    return f"{uuid4().hex}/goals"


Open = Callable[[], RemoteTarget]


@pytest.fixture
def waits() -> list[float]:
    """How long publishers have waited before they tried again; nobody really waits."""
    return []


@pytest.fixture
def opened(way: Way, folder: str, waits: list[float]) -> Open:
    """Opens the target, as another publisher would each time."""
    assert way.address
    return lambda: open_remote(f"s3://{BUCKET}/{folder}", Retrying(wait=waits.append, share=lambda: 0.5))


def test_headers(opened: Open, folder: str, s3_address: str, tmp_path: Path) -> None:
    """Browsers are told what each file is, and how long they may keep it without asking."""
    id = publish_commit(opened(), tmp_path, 1).manifest.id
    of_page, of_file, always = "max-age=600", "max-age=86400", "no-cache"
    for name, type, cache in (
        (f"s/{id}/acme/index.html", "text/html; charset=utf-8", of_page),
        (f"s/{id}/acme/index.html.gz", "application/gzip", of_page),
        (f"s/{id}/assets/okr.0123456789.css", "text/css; charset=utf-8", "max-age=31536000, immutable"),
        (f"s/{id}/assets/okr.9876543210.js", "text/javascript; charset=utf-8", "max-age=31536000, immutable"),
        (f"s/{id}/assets/picture.svg", "image/svg+xml; charset=utf-8", of_file),
        (f"s/{id}/feeds/okrs.atom", "application/atom+xml; charset=utf-8", of_file),
        (f"s/{id}/feeds/okrs.ics", "text/calendar; charset=utf-8", of_file),
        (f"s/{id}/api/okrs.csv", "text/csv; charset=utf-8", of_file),
        (f"s/{id}/api/okrs.json", "application/json; charset=utf-8", of_file),
        (f"s/{id}/manifest.json", "application/json; charset=utf-8", of_file),
        ("versions.json", "application/json; charset=utf-8", always),
        ("versions.js", "text/javascript; charset=utf-8", always),
        ("index.html", "text/html; charset=utf-8", always),
        ("404.html", "text/html; charset=utf-8", always),
        ("current", "text/plain; charset=utf-8", always),
    ):
        headers, _ = fetched(s3_address, f"{folder}/{name}")
        assert (headers["content-type"], headers["cache-control"]) == (type, cache), name
        assert "content-encoding" not in headers, name
    assert fetched(s3_address, f"{folder}/current")[1].decode() == f"{id}\n"


def test_packed_objects_say_so(opened: Open, folder: str, s3_address: str, tmp_path: Path) -> None:
    """A file that is kept compressed only has its plain name, type and encoding: browsers unpack it."""
    publish_commit(opened(), tmp_path, 1, Wish(compression="only"))
    id = publish_commit(opened(), tmp_path, 2, Wish(compression="only")).manifest.id
    headers, content = fetched(s3_address, f"{folder}/s/{id}/acme/index.html")
    assert (headers["content-type"], headers["content-encoding"]) == ("text/html; charset=utf-8", "gzip")
    assert gzip.decompress(content) == FILES["acme/index.html"].encode()
    headers, content = fetched(s3_address, f"{folder}/s/{id}/assets/picture.svg")
    assert ("content-encoding" in headers, content) == (False, FILES["assets/picture.svg"].encode())


def test_unchanged_files_do_not_travel(opened: Open, way: Way, tmp_path: Path) -> None:
    """What the snapshot before has is copied on the server, with headers as they are today."""
    first = publish_commit(opened(), tmp_path, 1).manifest
    way.asked.clear()
    second = publish_commit(opened(), tmp_path, 2)
    copied = {each.name.partition(f"s/{second.manifest.id}/")[2] for each in way.copies()}
    assert copied == {path for path, entry in second.manifest.files.items() if first.files[path] == entry}
    sent = [each.name for each in way.puts() if f"s/{second.manifest.id}/" in each.name]
    assert [name.rpartition("/")[2] for name in sent] == ["okrs.json", "manifest.json"]
    assert all(each.headers["cache-control"] for each in way.copies())
    assert len(way.asked) < 60, "a publish of a small change is a few requests a folder, not a few a file"


def test_uploads_are_checked_by_the_store(opened: Open, way: Way, tmp_path: Path) -> None:
    """Each file travels with the digest that the store has to find."""
    publish_commit(opened(), tmp_path, 1)
    assert all(
        "content-md5" in each.headers for each in way.puts() if "/s/" in each.name and "manifest" not in each.name
    )


def test_an_altered_file_does_not_spread(opened: Open, way: Way, tmp_path: Path) -> None:
    """What was put again after its snapshot was finished, or is missing, is sent anew and not copied."""
    target = opened()
    id = publish_commit(target, tmp_path, 1).manifest.id
    target.remove(f"s/{id}/feeds/okrs.ics")
    target.write(f"s/{id}/assets/picture.svg", b"x" * len(FILES["assets/picture.svg"]))
    later = target.store.listing(f"s/{id}")[f"s/{id}/assets/picture.svg"].modified
    while target.published(id) >= (later or target.published(id)):  # the store's clock has whole seconds
        target.write(f"s/{id}/assets/picture.svg", b"x" * len(FILES["assets/picture.svg"]))
        later = target.store.listing(f"s/{id}")[f"s/{id}/assets/picture.svg"].modified
    way.asked.clear()
    second = publish_commit(opened(), tmp_path, 2).manifest.id
    sent = {each.name.rpartition(f"s/{second}/")[2] for each in way.puts() if f"s/{second}/" in each.name}
    assert sent == {"api/okrs.json", "assets/picture.svg", "feeds/okrs.ics", "manifest.json"}
    assert list(target.faults(second)) == []


def test_what_did_not_arrive_is_sent_again(opened: Open, way: Way, tmp_path: Path) -> None:
    """A store that loses a file is found out before the snapshot is there; once is forgiven, always is not."""
    target = opened()
    lost: list[str] = []

    def lose(asked: Asked) -> int | None:
        if asked.method == "PUT" and asked.name.endswith("acme/index.html") and not lost:
            lost.append(asked.name)
            return 200
        return None

    way.meddle = lose
    first = publish_commit(target, tmp_path, 1)
    assert (len(lost), list(target.faults(first.manifest.id))) == (1, [])
    way.meddle = lambda asked: 200 if asked.method == "PUT" and asked.name.endswith("it/index.html") else None
    with pytest.raises(TargetError, match=r"does not keep what it is sent: acme/it/index.html is not there"):
        publish_commit(target, tmp_path, 2, files={"acme/it/index.html": "changed"})
    assert list(opened().snapshots()) == [first.manifest.id] == [target.pointer()]


def test_failures_on_the_way_heal(opened: Open, way: Way, waits: list[float], tmp_path: Path) -> None:
    """Overload and cut connections are tried again, after waits that grow; the snapshot is whole."""
    target = opened()
    asked: dict[tuple[str, str], int] = {}

    def meddle(each: Asked) -> int | None:
        asked[each.method, each.path] = number = asked.get((each.method, each.path), 0) + 1
        return {1: 503, 2: 0, 3: 500}.get(number) if each.method == "PUT" and "/acme/" in each.path else None

    way.meddle = meddle
    done = publish_commit(target, tmp_path, 1)
    assert list(target.faults(done.manifest.id)) == []
    files = sum(path.startswith("acme/") for path in done.manifest.files)
    assert (waits.count(0.1875), waits.count(0.375)) == (files, files)
    assert set(waits) <= {0.1875, 0.375, 0.75}, "the driver itself may have gone another way once"


def test_a_network_that_is_gone(opened: Open, way: Way, waits: list[float], tmp_path: Path) -> None:
    """Publishing ends with what is wrong and what to look at; readers see what they saw."""
    target = opened()
    first = publish_commit(target, tmp_path, 1).manifest.id
    way.meddle = lambda asked: 0 if "/s/" in asked.path and asked.method == "PUT" else None
    with pytest.raises(TargetError, match=r"cannot be reached .*check the network"):
        publish_commit(opened(), tmp_path, 2)
    assert max(waits) <= 8
    way.meddle = lambda _: None
    assert (list(target.snapshots()), target.pointer(), list(target.faults(first))) == ([first], first, [])
    second = publish_commit(opened(), tmp_path, 2).manifest.id
    assert (target.pointer(), list(target.faults(second))) == (second, [])


def test_what_does_not_heal_is_not_tried_again(opened: Open, way: Way, waits: list[float], tmp_path: Path) -> None:
    """Who may not write is told so at once, with the rights it takes."""
    target = opened()
    way.meddle = lambda asked: 403 if asked.method == "PUT" else None
    with pytest.raises(TargetError, match=r"access to s3://.* was denied: it takes s3:ListBucket, .*s3:PutObject"):
        publish_commit(target, tmp_path, 1)
    assert waits == []


def test_killed_while_sending(opened: Open, way: Way, folder: str, tmp_path: Path) -> None:
    """SIGKILL in the midst of an upload: readers see what they saw, and the next publish works."""
    target = opened()
    first = publish_commit(target, tmp_path, 1).manifest.id
    program = f"""
from pathlib import Path
from smallsites import publish_commit
from okrsite.publish.targets import open_target
publish_commit(open_target("s3://{BUCKET}/{folder}"), Path({str(tmp_path)!r}), 2)
"""
    publisher = subprocess.Popen([sys.executable, "-c", program], cwd=TESTS)
    copies = iter(range(1000))

    def kill(asked: Asked) -> int | None:
        if asked.is_copy and next(copies) == 3:
            publisher.kill()
        return None

    way.meddle = kill
    assert publisher.wait(60) == -9
    way.meddle = lambda _: None
    other = opened()
    assert (list(other.snapshots()), other.pointer(), list(other.faults(first))) == ([first], first, [])
    second = publish_commit(other, tmp_path, 2).manifest.id
    assert (other.pointer(), list(other.faults(second))) == (second, [])


def test_another_site_is_not_overwritten(opened: Open, way: Way, folder: str, tmp_path: Path) -> None:
    """A bucket whose root page is somebody else's is left alone."""
    assert way.address
    opened().write("index.html", b"<p>Our shop</p>")
    with pytest.raises(TargetError, match=r"holds another site: .*publish into a folder of its own"):
        publish_commit(opened(), tmp_path, 1)
    assert opened().read("index.html") == b"<p>Our shop</p>"
    assert not list(opened().store.listing("s")), folder

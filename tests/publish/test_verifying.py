"""What is wrong at a target is found, and what manifests and marks tell is made anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from smallsites import publish_commit

from okrsite.publish.labelling import label
from okrsite.publish.listing import read_versions
from okrsite.publish.publishing import Wish
from okrsite.publish.targets.folder import FolderTarget
from okrsite.publish.verifying import repair, verify

LATER = datetime(2126, 1, 1, tzinfo=UTC)
Place = tuple[FolderTarget, list[str]]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder with two labelled snapshots and a preview, and their ids."""
    target = FolderTarget(tmp_path / "target")
    ids = [publish_commit(target, tmp_path, number, Wish(label=f"label-{number}")).manifest.id for number in (1, 2)]
    wish = Wish(channel="pr/1", expires=date(2026, 3, 1))
    return target, [*ids, publish_commit(target, tmp_path, 3, wish).manifest.id]


def told(target: FolderTarget) -> list[tuple[str, str, str]]:
    """All faults that verifying finds."""
    return [(fault.id, fault.path, fault.what) for fault in verify(target).faults]


def files_of(target: FolderTarget) -> dict[str, bytes]:
    """What is at a target besides snapshots."""
    names = ("versions.json", "versions.js", "index.html", "channels/pr/1/index.html")
    return {name: target.read(name) or b"" for name in names}


def test_all_is_well(place: Place) -> None:
    """Nothing is found, everything was looked at, and repairing changes nothing."""
    target, ids = place
    before = files_of(target)
    found = verify(target)
    assert (found.snapshots, found.faults) == (3, ())
    assert found.files == sum(len(target.manifest(id).files) for id in ids)
    assert repair(target, LATER).mended == ()
    assert files_of(target) == before


def _damage(target: FolderTarget, name: str, content: bytes | None) -> None:
    if content is None:
        target.remove(name)
    else:
        target.write(name, content)


BREAKS: dict[str, tuple[Callable[[FolderTarget, list[str]], None], list[tuple[str, str]]]] = {
    "no list": (lambda target, _: _damage(target, "versions.json", None), [("versions.json", "missing")]),
    "a broken list": (lambda target, _: _damage(target, "versions.json", b"{"), [("versions.json", "damaged")]),
    "an old list": (
        lambda target, _: _damage(
            target, "versions.json", (target.read("versions.json") or b"").replace(b"Commit 1", b"X")
        ),
        [("versions.json", "outdated")],
    ),
    "no script": (lambda target, _: _damage(target, "versions.js", None), [("versions.js", "missing")]),
    "another script": (lambda target, _: _damage(target, "versions.js", b"evil()"), [("versions.js", "outdated")]),
    "the pointer": (lambda target, ids: target.point(ids[0]), [("current", "outdated")]),
    "a label of nothing": (
        lambda target, _: _damage(target, "marks/labels/lost", b'{"id": "2020-01-01-0000000-00000000"}'),
        [("marks/labels/lost", "dangling")],
    ),
    "a channel of nothing": (
        lambda target, _: _damage(target, "marks/channels/pr~2", b'{"id": "x", "expires": "2026-03-01"}'),
        [("versions.json", "outdated"), ("versions.js", "outdated"), ("channels/pr/2", "dangling")],
    ),
}


@pytest.mark.parametrize(("harm", "faults"), BREAKS.values(), ids=BREAKS)
def test_what_can_be_mended(
    place: Place, harm: Callable[[FolderTarget, list[str]], None], faults: list[tuple[str, str]]
) -> None:
    """The list, the pointer and the marks: each damage is named, and repairing brings back what was there."""
    target, ids = place
    before = files_of(target), read_versions(target)
    harm(target, ids)
    assert told(target) == [("", *fault) for fault in faults]
    found = repair(target, LATER)
    assert [(fault.path, fault.what) for fault in found.mended] == faults
    assert (files_of(target), read_versions(target)) == before
    assert target.pointer() == ids[1]
    assert told(target) == []


def test_pages_that_lead_elsewhere_are_written_anew(place: Place) -> None:
    """The addresses of the newest and of channels have no digest to compare; repairing writes them."""
    target, _ = place
    before = files_of(target)
    target.write("index.html", b"")
    target.remove("channels/pr/1/index.html")
    repair(target, LATER)
    assert files_of(target) == before


def test_files_of_a_snapshot(place: Place) -> None:
    """What is gone or another is named, and stays a fault: it cannot be made of what is there."""
    target, ids = place
    folder = target.folder / "s" / ids[2]
    for name in ("index.html", "index.html.gz"):
        (folder / name).unlink()
    (folder / "manifest.json").write_bytes(target.manifest(ids[1]).text)
    assert told(target)[0] == (ids[2], "manifest.json", "damaged")
    (folder / "manifest.json").write_bytes(b"{")
    assert told(target)[0] == (ids[2], "manifest.json", "damaged")
    assert [fault.what for fault in repair(target, LATER).faults] == ["damaged"]
    assert verify(target, [ids[0]]).faults == ()


def test_a_snapshot_that_vanished(place: Place) -> None:
    """The list remembers it, once; then it goes on without, and its label goes with it."""
    target, ids = place
    shutil.rmtree(target.folder / "s" / ids[0])
    assert (ids[0], "manifest.json", "missing") in told(target)
    assert ("", "marks/labels/label-1", "dangling") in told(target)
    repair(target, LATER)
    assert told(target) == []
    assert [each.id for each in read_versions(target).listed] == [ids[1]]


def test_labels_are_kept(place: Place) -> None:
    """A label that moves is told, and the list has it at its new place."""
    target, ids = place
    assert label(target, ids[0], "label-2")[1] == ids[1]
    assert read_versions(target).marks.labels == {"label-1": ids[0], "label-2": ids[0]}
    assert told(target) == []

"""Manifests that say what differs from one that several snapshots share."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from smallsites import commit, publish_commit, publish_site, site_at

from okrsite.publish.files import Compression, uncompressed
from okrsite.publish.manifest import ManifestError
from okrsite.publish.publishing import Published, Wish
from okrsite.publish.target import TargetError
from okrsite.publish.targets.folder import FolderTarget, manifests
from okrsite.publish.verifying import verify

MANY = {f"kpis/{number}/index.html": f"<title>KPI {number}</title>" for number in range(40)}


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FolderTarget:
    """A folder where every manifest counts as a large one."""
    monkeypatch.setattr(manifests, "_LARGE", 0)
    return FolderTarget(tmp_path / "target")


def _publish(target: FolderTarget, folder: Path, number: int, compression: Compression = "both") -> Published:
    wish = Wish(compression=compression)
    return publish_commit(target, folder, number, wish, {**MANY, f"news/{number}.txt": f"News of {number}"})


def _names(target: FolderTarget, id: str) -> set[str]:
    return {each.name for each in (target.folder / "s" / id).glob("manifest.*")}


@pytest.mark.parametrize("compression", ["both", "only"])
def test_the_list_of_files_is_shared(target: FolderTarget, tmp_path: Path, compression: Compression) -> None:
    """It is one on the disk, what is written anew is small, and together they give the same text."""
    done = [_publish(FolderTarget(target.folder), tmp_path, number, compression).manifest for number in (1, 2, 3)]
    first, *others = done
    assert _names(target, first.id) == {"manifest.json.gz"}
    whole = target.folder / "s" / first.id / "manifest.json.gz"
    for each in others:
        place = target.folder / "s" / each.id
        assert _names(target, each.id) == {"manifest.since.gz", "manifest.base.gz"}
        assert (place / "manifest.base.gz").samefile(whole)
        said = json.loads(uncompressed((place / "manifest.since.gz").read_bytes()))["files"]
        news = f"news/{each.origin.count}.txt"
        assert said.keys() == {"api/okrs.json", news, "news/1.txt"}
        assert said["news/1.txt"] is None
    assert list(target.snapshots()) == [each.id for each in done]
    assert verify(target).faults == ()
    for each in done:
        found = FolderTarget(target.folder).manifest(each.id)
        assert (found, found.text, list(found.files)) == (each, each.text, sorted(each.files))


def test_each_has_all_of_its_own(target: FolderTarget, tmp_path: Path) -> None:
    """Those that are left say the same when the one that wrote the list is deleted; and the next goes on from it."""
    ids = [_publish(target, tmp_path, number).manifest.id for number in (1, 2)]
    target.drop(ids[0])
    last = _publish(FolderTarget(target.folder), tmp_path, 3).manifest
    bases = [target.folder / "s" / id / "manifest.base.gz" for id in (ids[1], last.id)]
    assert bases[0].samefile(bases[1])
    assert FolderTarget(target.folder).manifest(last.id) == last
    assert list(target.faults(ids[1])) == []


def test_where_much_differs_all_is_told(target: FolderTarget, tmp_path: Path) -> None:
    """The next ones are told from the nearest that is like them."""
    _publish(target, tmp_path, 1)
    other = publish_site(target, site_at(tmp_path / "other", {"index.html": "<title>Anew</title>"}), 2)
    assert _names(target, other.manifest.id) == {"manifest.json.gz"}
    back = _publish(target, tmp_path, 3)
    assert _names(target, back.manifest.id) == {"manifest.since.gz", "manifest.base.gz"}
    assert FolderTarget(target.folder).manifest(back.manifest.id) == back.manifest


def test_without_hard_links(target: FolderTarget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each manifest is a whole one."""

    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refused)
    ids = [_publish(target, tmp_path, number).manifest.id for number in (1, 2)]
    assert [_names(target, id) for id in ids] == [{"manifest.json.gz"}] * 2
    assert verify(target).faults == ()


@pytest.mark.parametrize("name", ["manifest.since.gz", "manifest.base.gz"])
@pytest.mark.parametrize("how", ["cut", "another's", "gone"])
def test_damage(target: FolderTarget, tmp_path: Path, name: str, how: str) -> None:
    """It is found by whoever read the manifest before, too; another snapshot can still be published."""
    ids = [_publish(target, tmp_path, number).manifest.id for number in (1, 2, 3)]
    file = target.folder / "s" / ids[1] / name
    others = (target.folder / "s" / ids[2] / "manifest.since.gz").read_bytes()
    content = file.read_bytes()
    file.unlink()
    if how != "gone":
        file.write_bytes(content[:-9] if how == "cut" else others)
    if (name, how) == ("manifest.since.gz", "gone"):
        assert ids[1] not in target.snapshots()
        with pytest.raises(TargetError, match="there is no snapshot"):
            target.manifest(ids[1])
    else:
        with pytest.raises(ManifestError, match=r"damaged|is that of"):
            target.manifest(ids[1])
        assert [(fault.id, fault.path, fault.what) for fault in verify(target, ids).faults] == [
            (ids[1], "manifest.json", "damaged")
        ]
    target.drop(ids[2])
    assert commit(4).commit in {each.commit for each in _publish(target, tmp_path, 4).versions.all}

"""An id is trusted only where it names the same files: its hash is short enough to be met on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest
from smallsites import publish_commit

from okrsite.publish.files import compressed
from okrsite.publish.manifest import Manifest
from okrsite.publish.target import TargetError
from okrsite.publish.targets import open_target


@pytest.mark.parametrize("name", ["manifest.json", "manifest.json.gz"])
def test_a_made_up_manifest(tmp_path: Path, name: str) -> None:
    """What somebody put under the id of a commit to come is not taken for its snapshot, and stops nobody else."""
    done = publish_commit(open_target(str(tmp_path / "elsewhere")), tmp_path / "one", 1)
    target = open_target(str(tmp_path / "target"))
    publish_commit(target, tmp_path / "zero", 0)
    prepared = tmp_path / "target/s" / done.manifest.id
    prepared.mkdir()
    text = done.manifest.text.replace(done.manifest.files["index.html"].sha256.encode(), b"0" * 64)
    (prepared / name).write_bytes(compressed(text) if name.endswith(".gz") else text)
    newest = target.pointer()
    with pytest.raises(TargetError, match="is that of"):
        publish_commit(target, tmp_path / "again", 1)
    assert target.pointer() == newest
    assert publish_commit(target, tmp_path / "two", 2).newest == target.pointer() != newest


def test_the_same_id_by_design(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two snapshots whose hashes begin alike are told apart by their files."""
    monkeypatch.setattr(Manifest, "id", property(lambda self: f"2026-01-06-{self.origin.commit[:7]}-00000000"))
    target = open_target(str(tmp_path / "target"))
    publish_commit(target, tmp_path / "one", 1)
    with pytest.raises(TargetError, match="holds other files"):
        publish_commit(target, tmp_path / "other", 1, files={"index.html": "<p>Not the same</p>"})
    assert publish_commit(target, tmp_path / "again", 1).was_there

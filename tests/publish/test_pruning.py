"""What the policy does not keep is deleted, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from smallsites import publish_commit

from okrsite.publish.listing import read_versions
from okrsite.publish.marks import DRAFTS
from okrsite.publish.pruning import prune
from okrsite.publish.publishing import Wish
from okrsite.publish.targets.folder import FolderTarget
from okrsite.publish.verifying import verify
from okrsite.settings import PublishOptions

NOTHING = PublishOptions(last=1, days=0, weeks=0, cycle_ends=False, grace_days=0)
TODAY = date(2126, 1, 1)
"""Long after the tests publish: nothing is in its time of grace."""


def test_prune(tmp_path: Path) -> None:
    """Snapshots and channels go by the policy, in a dry run nothing does, and a second time nothing is left to go."""
    target = FolderTarget(tmp_path / "target")
    compared = []

    def compare(before: bytes, after: bytes) -> dict[str, int]:
        compared.append((before, after))
        return {"check_ins": len(compared)}

    ids = ["", *(publish_commit(target, tmp_path, number).manifest.id for number in (1, 2, 3, 4))]
    publish_commit(target, tmp_path, 2, Wish(label="kept"))
    over = publish_commit(target, tmp_path, 5, Wish(channel="pr/over", expires=date(2026, 3, 1))).manifest.id
    shown = publish_commit(target, tmp_path, 6, Wish(channel="pr/shown", expires=date.max)).manifest.id
    before = target.read("versions.json")
    dry = prune(target, NOTHING, TODAY, compare, dry_run=True)
    assert [each.version.id for each in dry.verdicts if not each.is_kept] == [over, ids[1]]
    assert (target.read("versions.json"), dry.channels) == (before, ("pr/over",))

    reported: list[tuple[int, int]] = []
    done = prune(target, NOTHING, TODAY, compare, lambda *told: reported.append(told))
    assert (done.verdicts, done.channels, reported) == (dry.verdicts, dry.channels, [(1, 2), (2, 2)])
    assert sorted(target.snapshots()) == sorted([*ids[2:], shown])
    versions = read_versions(target)
    assert [(each.id, each.since, each.labels) for each in versions.listed] == [
        (ids[4], ids[3], ()),
        (ids[3], ids[2], ()),
        (ids[2], "", ("kept",)),
    ]
    assert {*versions.marks.channels} == {"pr/shown"}
    assert target.names(DRAFTS) == [shown]
    assert not (target.folder / "channels" / "pr" / "over").exists()
    assert verify(target).faults == ()
    assert all(each.is_kept for each in prune(target, NOTHING, TODAY, compare).verdicts)


def test_neighbours_that_are_new_to_each_other_are_compared(tmp_path: Path) -> None:
    """Once the one between is gone, what happened is told over both steps."""
    target = FolderTarget(tmp_path / "target")
    ids = [publish_commit(target, tmp_path, number).manifest.id for number in (1, 2, 3)]
    publish_commit(target, tmp_path, 1, Wish(label="first"))
    policy = replace(NOTHING, labelled=True)
    publish_commit(target, tmp_path, 4)
    prune(target, policy, TODAY, lambda before, after: {"both": int(b"0.01" in before and b"0.03" in after)})
    versions = read_versions(target)
    assert [each.id for each in versions.listed][1:] == [ids[2], ids[0]]
    assert versions.listed[1].changes == {"both": 1}


def test_the_time_of_grace(tmp_path: Path) -> None:
    """What has just come is not deleted, whatever else the policy says."""
    target = FolderTarget(tmp_path / "target")
    for number in (1, 2, 3):
        publish_commit(target, tmp_path, number)
    came = target.published(target.snapshots()[0]).date()
    assert all(each.is_kept for each in prune(target, replace(NOTHING, grace_days=7), came).verdicts)

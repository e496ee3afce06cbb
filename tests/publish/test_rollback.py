"""Readers see an earlier snapshot again, for as long as that is wanted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from smallsites import commit, publish_commit, site_at

from okrsite.problems import OkrsiteError
from okrsite.publish.listing import read_versions
from okrsite.publish.publishing import Published, Wish, publish
from okrsite.publish.rollback import roll_back
from okrsite.publish.target import Target
from okrsite.publish.targets.folder import FolderTarget


@pytest.fixture
def target(tmp_path: Path) -> Target:
    """A folder with nothing in it."""
    return FolderTarget(tmp_path / "target")


@pytest.fixture
def ids(target: Target, tmp_path: Path) -> list[str]:
    """The ids of three snapshots there, of three commits; the first is at no place, so that numbers are commits."""
    return ["", *(publish_commit(target, tmp_path, number).manifest.id for number in (1, 2, 3))]


def another_day(target: Target, folder: Path, number: int, as_of: date) -> Published:
    """A commit published once more, as of another day."""
    site = site_at(folder / f"site-{number}-{as_of}", progress=number / 100)
    return publish(site, commit(number, as_of), target, lambda _: "before", {})


def newest(target: Target) -> str:
    """What readers see: the list and the pointer say the same."""
    found = read_versions(target).newest
    assert found is not None
    assert target.pointer() == found.id
    return found.id


def test_back_and_forth(target: Target, ids: list[str]) -> None:
    """One back, one more back, and forward again; nothing is deleted."""
    done = roll_back(target)
    assert (done.before and done.before.id, done.newest.id) == (ids[3], ids[2])
    assert newest(target) == ids[2]
    assert roll_back(target).newest.id == newest(target) == ids[1]
    with pytest.raises(OkrsiteError, match="no snapshot before the newest"):
        roll_back(target)
    forward = roll_back(target, ids[3])
    assert newest(target) == ids[3]
    assert [each.id for each in forward.restored] == [ids[3]]
    assert sorted(target.snapshots()) == sorted(ids[1:])


def test_all_days_of_a_commit(target: Target, ids: list[str], tmp_path: Path) -> None:
    """What a commit got wrong it got wrong on each day: back is another commit, and the next night stays there."""
    days = [another_day(target, tmp_path, 3, date(2026, 2, day)) for day in (1, 2)]
    assert newest(target) == days[1].manifest.id
    done = roll_back(target)
    assert [each.id for each in done.withdrawn] == [days[1].manifest.id, days[0].manifest.id, ids[3]]
    assert newest(target) == ids[2]
    another_day(target, tmp_path, 3, date(2026, 2, 3))
    assert newest(target) == ids[2]


def test_one_decision_is_undone_at_once(target: Target, ids: list[str]) -> None:
    """What was withdrawn together comes back together, and a rollback that changes nothing changes nothing."""
    done = roll_back(target, ids[1])
    assert [each.id for each in done.withdrawn] == [ids[3], ids[2]]
    undone = roll_back(target, ids[3])
    assert [each.id for each in undone.restored] == [ids[3], ids[2]]
    assert not any(each.is_withdrawn for each in read_versions(target).all)
    nothing = roll_back(target, ids[3])
    assert (nothing.withdrawn, nothing.restored) == ((), ())


def test_forward_a_part_of_the_way(target: Target, ids: list[str]) -> None:
    """Only what is not later than the one that was named comes back."""
    roll_back(target, ids[1])
    assert [each.id for each in roll_back(target, ids[2]).restored] == [ids[2]]
    assert newest(target) == ids[2]
    assert read_versions(target).marks.withdrawn == {ids[3]}


def test_only_a_later_commit_moves_on(target: Target, ids: list[str], tmp_path: Path) -> None:
    """A nightly build of the commit that was passed over stays passed over; the next commit is the newest."""
    roll_back(target)
    nightly = another_day(target, tmp_path, 3, date(2026, 2, 1))
    assert newest(target) == nightly.newest == ids[2]
    again = another_day(target, tmp_path, 2, date(2026, 2, 1))
    assert newest(target) == again.newest == again.manifest.id
    assert publish_commit(target, tmp_path, 4).newest == newest(target)
    assert newest(target).startswith("2026-01-09-0000004")


def test_a_dry_run_only_tells(target: Target, ids: list[str]) -> None:
    """Nothing is marked, nothing moves."""
    assert roll_back(target, dry_run=True).newest.id == ids[2]
    assert newest(target) == ids[3]
    assert not read_versions(target).marks.withdrawn


def test_no_preview_becomes_the_newest(target: Target, ids: list[str], tmp_path: Path) -> None:
    """What came for a channel was never meant for all readers."""
    wish = Wish(channel="previews/pr-1", expires=date(2026, 3, 1))
    preview = publish_commit(target, tmp_path, 9, wish)
    with pytest.raises(OkrsiteError, match="for a channel only"):
        roll_back(target, preview.manifest.id)
    assert newest(target) == ids[3]


def test_nothing_to_go_back_to(target: Target) -> None:
    """An empty target is told as such."""
    with pytest.raises(OkrsiteError, match="nothing has been published"):
        roll_back(target)

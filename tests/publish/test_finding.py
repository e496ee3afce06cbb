"""Snapshots are found by what people call them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from okrsite.problems import OkrsiteError
from okrsite.publish.finding import find
from okrsite.publish.manifest import Figures
from okrsite.publish.marks import Channel, Marks
from okrsite.publish.versions import Version, Versions


def version(day: str, commit: str, count: int, **more: bool) -> Version:
    """A snapshot of a commit."""
    as_of, at = date.fromisoformat(day), datetime(2026, 1, 1, tzinfo=UTC)
    return Version(f"{day}-{commit[:7]}-00000000", commit, at, "", as_of, (0, count, as_of), Figures(), **more)


LATER = version("2026-02-14", "abcdef1" + "0" * 33, 3, is_withdrawn=True)
NIGHTLY = version("2026-02-13", "1234567" + "0" * 33, 2)
EARLIER = version("2026-02-10", "1234567" + "0" * 33, 2)
FIRST = version("2026-01-31", "fedcba9" + "0" * 33, 1)
DRAFT = version("2026-02-12", "7777777" + "0" * 33, 1, is_draft=True)
MARKS = Marks({"close": FIRST.id, "gone": "2020-01-01-0000000-00000000"}, {"pr/1": Channel("pr/1", DRAFT.id, date.max)})
VERSIONS = Versions((LATER, NIGHTLY, EARLIER, FIRST, DRAFT), MARKS)

MEANT: Mapping[str, Version] = {
    FIRST.id: FIRST,
    "newest": NIGHTLY,
    "close": FIRST,
    "pr/1": DRAFT,
    "2026-02-14": LATER,
    "2026-02-12": EARLIER,
    "2026-01-31": FIRST,
    "2026-02-10-1": EARLIER,
    "2026-01": FIRST,
    "1234567": NIGHTLY,
    "fedcba90000": FIRST,
}


@pytest.mark.parametrize(("name", "meant"), MEANT.items(), ids=MEANT)
def test_names(name: str, meant: Version) -> None:
    """By id, label, channel, day, commit, or the beginning of one."""
    assert find(VERSIONS, name) == meant


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2026-02", "may mean 4 snapshots: .* Write more of the id"),
        ("2026-01-01", "no snapshot of 2026-01-01 or before"),
        ("2026-02-30", "not a day"),
        ("clsoe", "did you mean 'close'"),
        ("gone", "there is no snapshot 'gone'"),
        ("", "there is no snapshot ''"),
        ("abc", "okrsite snapshots list"),
    ],
)
def test_nothing_or_several(name: str, said: str) -> None:
    """It is said what is there, and how to go on."""
    with pytest.raises(OkrsiteError, match=said):
        find(VERSIONS, name)


def test_nothing_published() -> None:
    """An empty target is told as such."""
    with pytest.raises(OkrsiteError, match="nothing has been published there yet"):
        find(Versions(), "newest")

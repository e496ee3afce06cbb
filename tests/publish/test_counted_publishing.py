"""How much work publishing does, counted in calls of functions: each page more costs what the one before cost."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from types import FrameType

import pytest
from smallsites import publish_site, site_at

from okrsite.publish.pruning import prune
from okrsite.publish.targets.folder import FolderTarget
from okrsite.publish.verifying import verify
from okrsite.settings import PublishOptions

SIZES = (10, 100, 190)
SITUATIONS = ("first", "one differs", "all differ", "verify", "prune")


def _site(folder: Path, pages: int, changed: int = 0) -> Path:
    """A site with so many pages in folders of their own, of which the first few say something else."""
    return site_at(
        folder,
        {f"team-{page}/index.html": f"<p>{page} {page < changed}</p>" * 300 for page in range(pages)},
        changed / pages,
    )


def _calls(work: Callable[[], object]) -> int:
    """How many functions are called, those of Python itself too."""
    count = 0

    def counted(_frame: FrameType, event: str, _about: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[int]]:
    """The calls that each situation takes, by the number of pages."""
    counted: dict[str, list[int]] = {situation: [] for situation in SITUATIONS}
    policy = PublishOptions(last=1, days=0, weeks=0, cycle_ends=False, grace_days=0)
    for pages in SIZES:
        folder = tmp_path_factory.mktemp("publishing")
        target = FolderTarget(folder / "target")
        differing = {"first": 0, "one differs": 1, "all differ": pages}
        works: dict[str, Callable[[], object]] = {}
        for number, (situation, changed) in enumerate(differing.items(), 1):
            works[situation] = partial(publish_site, target, _site(folder / situation, pages, changed), number)
        works |= {"verify": partial(verify, target), "prune": partial(prune, target, policy, date(2126, 1, 1))}
        publish_site(FolderTarget(folder / "other"), folder / "first", 0)  # what it needs is imported
        for situation in SITUATIONS:
            counted[situation].append(_calls(works[situation]))
    return counted


@pytest.mark.parametrize("situation", SITUATIONS)
def test_each_page_more_is_the_same_work_more(calls: dict[str, list[int]], situation: str) -> None:
    """From a hundred pages on as between ten and a hundred: nothing is gone through for each page again."""
    few, some, many = calls[situation]
    assert many - some <= 1.2 * (some - few), calls[situation]  # threads wait for each other now and then

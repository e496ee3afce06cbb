"""What pages tell of how goals moved, of a real repository."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from gitrepos import Repo
from movedgoals import REASON, RELIABILITY, moved_goals
from portalfiles import warm
from sitebuilds import Built, build_at

OBJECTIVE = f"{RELIABILITY}/index.html"
COMMIT = "https://github.com/acme/goals/commit/"


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """The portal's repository, for reading only."""
    return moved_goals(tmp_path_factory.mktemp("moved"))


@pytest.fixture(scope="module")
def built(repo: Repo) -> Built:
    """The portal, built."""
    return build_at(repo.path)


def test_the_ledger_of_an_objective(built: Built, repo: Repo) -> None:
    """Who moved what, when, from what to what, why, by which request and commit, and what it did to progress."""
    page = built.site.pages[OBJECTIVE]
    text = " ".join(page.text.split())
    assert "20 Feb 2026 Katherine Example · #17" in text
    assert "target 45 then 36 easier" in text
    assert "progress 28% then 44%" in text
    assert "The survey has a new scale (#17)" in text
    assert "<b>36</b> there is what 45 was." in text, "a message is text, whatever it looks like"
    assert "the reading of 13 Feb 2026 was changed from 99.5% to 99.6%" in text
    assert "owner Grace Hopper then Katherine Example" in text
    assert "Drills held added after the cycle began" in text
    assert "changes before the cycle began were planning" in text
    assert "2026-Q1.yml of 15 Feb 2026 could not be read" in text
    assert {f"{COMMIT}{repo.head()}", "https://github.com/acme/goals/pull/17"} <= set(page.links)
    assert (page.faults, page.duplicate_ids, built.site.broken_links()) == ([], set(), [])
    assert text.index("2 Mar 2026") < text.rindex("24 Feb 2026") < text.rindex("20 Feb 2026"), "newest first"


def test_its_key_results_and_its_trend(built: Built) -> None:
    """A note in the key result's own place, marks on the trend, and what was known then where that was different."""
    text = " ".join(built.site.pages[OBJECTIVE].text.split())
    assert "target 45 then 36 , 20 Feb" in text.replace("36,", "36 ,")
    assert "Goalposts moved:" in text
    assert "as it was known then" in text


def test_the_ledger_of_a_kpi(built: Built) -> None:
    """Its limits; the status may change with them."""
    text = " ".join(built.site.pages["acme/kpis/health/index.html"].text.split())
    assert "24 Feb 2026 Linus Example" in text
    assert "target 90 then 85 easier" in text
    assert built.result.notices == built.result.warnings == ()


def test_the_quality_page_points_it_out(built: Built) -> None:
    """The rule on goalposts has the history, too, and gives the reason that the commit gave."""
    text = built.site.pages["quality/index.html"].text
    assert "was made easier on" in text
    assert REASON.partition("\n")[0] in text


def test_a_shallow_clone_says_so(repo: Repo, tmp_path: Path) -> None:
    """Pages say from when on history is known, the build what to do: never a silently shorter one."""
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--depth", "2", f"file://{repo.path}", str(clone))
    warm(clone)
    built = build_at(clone)
    text = " ".join(built.site.pages[OBJECTIVE].text.split())
    assert "History is known from 24 Feb 2026 on: the clone is shallow. fetch-depth: 0" in text
    (warning,) = built.result.warnings
    assert warning.startswith("history is known from 2026-02-24 on: ")
    assert "fetch-depth: 0" in warning


def test_a_portal_without_a_repository_says_so(repo: Repo, tmp_path: Path) -> None:
    """It is built all the same, and nobody claims that no goalpost has moved."""
    root = tmp_path / "plain"
    shutil.copytree(repo.path, root, ignore=shutil.ignore_patterns(".git", ".okrsite", "site"))
    warm(root)
    built = build_at(root)
    text = built.site.pages[OBJECTIVE].text
    assert "History is not known: the portal is in no git repository." in text
    assert "No goalpost has moved" not in text
    assert built.result.warnings == ()
    (notice,) = built.result.notices
    assert notice.startswith("history is not known: the portal is in no git repository")

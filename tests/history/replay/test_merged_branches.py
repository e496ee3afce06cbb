"""Merges: each change is told once, when it took effect, by whoever made it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gitrepos import Repo
from ledgers import IT, MEETING, Q1, TRUST, history_of, line, lines, started


def test_changes_of_a_branch_are_its_authors(tmp_path: Path) -> None:
    """The last commit that set the value, on the day of the merge, with the merge's request."""
    repo = started(tmp_path)
    repo.branch("lower")
    ids = []
    for day, text in (
        ("2026-02-01", TRUST.replace("60}", "50}")),
        ("2026-02-02", TRUST.replace("60}", "50}").replace("owner: Ada", "owner: Bo")),
        ("2026-02-03", TRUST.replace("60}", "50}").replace("owner: Ada", "owner: Bo") + "# a comment\n"),
    ):
        repo.write(Q1, text)
        ids.append(repo.commit("Edit", day, "Bo Chief"))
    repo.checkout("main")
    repo.write("content/news.md", "# News\n")
    repo.commit("News", "2026-02-04")
    merge = repo.merge("lower", "Merge pull request #7 from bo/lower", "2026-02-05")
    by = {line(each): each.commit for each in history_of(repo).changes if each.what == "goalpost"}
    target = by["goalpost acme/2026-Q1/trust/nps target 60 -> 50 *"]
    assert (target.id, target.merge, target.request, target.day) == (ids[0], merge, 7, date(2026, 2, 5))
    assert by["goalpost acme/2026-Q1/trust owner Ada -> Bo *"].id == ids[1]
    assert {each.author for each in by.values()} == {"Bo Chief"}


def test_what_the_merge_itself_decides_is_its_own(tmp_path: Path) -> None:
    """A conflict that is resolved with a third value, and an evil merge."""
    repo = started(tmp_path)
    repo.branch("side")
    repo.write(Q1, TRUST.replace("60}", "40}"))
    repo.commit("Side", "2026-02-01")
    repo.write(Q1, TRUST.replace("60}", "45}"))
    repo.commit("Side, again", "2026-02-01")
    repo.checkout("main")
    repo.write(Q1, TRUST.replace("60}", "50}"))
    repo.commit("Main", "2026-02-02")
    repo.git("merge", "-q", "--no-commit", "-s", "ours", "side")
    repo.write(Q1, TRUST.replace("60}", "47}").replace("Ada", "Eve"))
    merge = repo.commit("Merge", "2026-02-03")
    told = [each for each in history_of(repo).changes if each.commit.day == date(2026, 2, 3)]
    assert {each.commit.id for each in told} == {merge}
    assert "goalpost acme/2026-Q1/trust/nps target 50 -> 47 *" in map(line, told)


def test_branches_of_branches_octopuses_and_strangers(tmp_path: Path) -> None:
    """Merges within branches, of several branches at once, and of a history with a beginning of its own."""
    repo = started(tmp_path)
    for name in ("one", "two", "three"):
        repo.checkout("main")
        repo.branch(name)
        repo.write(f"content/okrs/acme/{name}/unit.yml", IT)
        repo.commit(f"Add {name}", "2026-02-01", name)
    repo.checkout("one")
    repo.merge("two", "Inner merge", "2026-02-02")
    repo.checkout("main")
    repo.merge("one three", "Outer merge", "2026-02-03")
    repo.git("checkout", "-q", "--orphan", "stranger")
    repo.git("rm", "-rqf", ".")
    repo.write("content/okrs/other/unit.yml", IT.replace("department", "corporate"))
    repo.commit("Another beginning", "2026-01-01", "Stranger")
    repo.checkout("main")
    repo.git("merge", "-q", "--allow-unrelated-histories", "-m", "Marry", "stranger", day="2026-02-04")
    told = [(line(each), each.commit.author) for each in history_of(repo).changes if each.what == "added"]
    assert told[-4:] == [
        ("added acme/one", "one"),
        ("added acme/three", "three"),
        ("added acme/two", "two"),
        ("added other", "Stranger"),
    ]


def test_a_revert_of_a_merge_is_a_step(tmp_path: Path) -> None:
    """What came by a merge and goes by its revert is told twice; empty commits and other files are not."""
    repo = started(tmp_path)
    repo.branch("side")
    repo.write(MEETING, "check_ins: {trust/nps: 30}\n")
    repo.write(Q1, TRUST.replace("60}", "40}"))
    repo.commit("Side", "2026-02-01")
    repo.checkout("main")
    repo.commit("", "2026-02-02")
    repo.merge("side", "Merge", "2026-02-03")
    repo.git("revert", "-m", "1", "--no-edit", "HEAD", day="2026-02-04")
    assert lines(history_of(repo)) == [
        "goalpost acme/2026-Q1/trust/nps target 60 -> 40 *",
        "goalpost acme/2026-Q1/trust/nps target 40 -> 60 *",
        "reading_removed acme/2026-Q1/trust/nps 2026-01-20 value 30 -> None",
    ]


def test_a_merged_branch_behind_a_moved_folder(tmp_path: Path) -> None:
    """A branch that edits what the line has moved meanwhile keeps its author."""
    repo = started(tmp_path, **{"content/okrs/acme/it/unit.yml": IT, "content/okrs/acme/it/2026-Q1.yml": TRUST})
    repo.branch("side")
    repo.write("content/okrs/acme/it/2026-Q1.yml", TRUST.replace("60}", "40}"))
    side = repo.commit("Side", "2026-02-01", "Bo Chief")
    repo.checkout("main")
    repo.move("content/okrs/acme/it", "content/okrs/acme/tech")
    repo.commit("Move", "2026-02-02")
    repo.merge("side", "Merge", "2026-02-03")
    told = history_of(repo).changes[-1]
    assert line(told) == "goalpost acme/tech/2026-Q1/trust/nps target 60 -> 40 *"
    assert told.commit.id in (side, repo.head())


def test_the_line_of_another_revision(tmp_path: Path) -> None:
    """History is told up to the commit that is asked for."""
    repo = started(tmp_path)
    repo.write(Q1, TRUST.replace("60}", "40}"))
    repo.commit("Later", "2026-02-01")
    assert lines(history_of(Repo(tmp_path), revision="HEAD~1")) == []

"""Goals keep their identity: by id, by git's detection of renamed files, or by what they say."""

from __future__ import annotations

from pathlib import Path

from ledgers import IT, KPIS, MEETING, NPS, Q1, TRUST, history_of, lines, started

GOALS = "content/okrs/acme"


def test_a_moved_unit_carries_all_that_is_in_it(tmp_path: Path) -> None:
    """One line for the unit; what it holds has new ids and keeps its past, support of it from elsewhere included."""
    above = TRUST.replace("owner: Ada\n", "owner: Ada\n    supports: [acme/it/2026-Q1/trust]\n")
    files = {f"{GOALS}/it/unit.yml": IT, f"{GOALS}/it/2026-Q1.yml": TRUST, f"{GOALS}/it/kpis.yml": KPIS, Q1: above}
    repo = started(tmp_path, **files)
    repo.write(f"{GOALS}/it/check-ins/2026-01-20.yml", "check_ins: {trust/nps: 30}\n")
    repo.commit("Check in", "2026-01-20")
    repo.move(f"{GOALS}/it", f"{GOALS}/tech")
    repo.write(Q1, above.replace("acme/it/", "acme/tech/"))
    repo.commit("Rename IT", "2026-02-01")
    repo.write(f"{GOALS}/tech/2026-Q1.yml", TRUST.replace("60}", "50}"))
    repo.commit("Aim lower", "2026-02-02")
    history = history_of(repo)
    assert lines(history) == [
        "renamed acme/it -> acme/tech rename",
        "goalpost acme/tech/2026-Q1/trust/nps target 60 -> 50 *",
    ]
    added = [each for each in history.by_goal["acme/tech/2026-Q1/trust"] if each.what == "added"]
    assert [each.then for each in added] == ["acme/it/2026-Q1/trust"]
    assert len(history.known["acme/tech/2026-Q1/trust/nps"]) == 3
    assert "acme/it/2026-Q1/trust/nps" not in history.known


def test_what_is_renamed_is_recognised(tmp_path: Path) -> None:
    """Objectives by their file or what they say, key results and KPIs by their words, units by name and level."""
    page = TRUST.partition("id: trust\n")[2].replace("\n    ", "\n").lstrip().replace("Customers", "People")
    repo = started(tmp_path, **{f"{GOALS}/2026-Q1/people.md": f"---\n{page}---\nWhy.\n"})
    repo.move(f"{GOALS}/2026-Q1/people.md", f"{GOALS}/2026-Q1/persons.md")
    repo.commit("A better name", "2026-01-20")
    repo.write(Q1, TRUST.replace("id: trust", "id: faith"))
    repo.commit("And here", "2026-01-21")
    repo.write(Q1, TRUST.replace("id: trust", "id: faith").replace("id: nps", "id: score").replace("60}", "50}"))
    repo.write(f"{GOALS}/kpis.yml", KPIS.replace("id: uptime", "id: availability"))
    repo.commit("More of it", "2026-01-22")
    repo.move(GOALS, "content/okrs/corp")
    repo.write("content/okrs/corp/unit.yml", "# Entirely another file, so that git sees no rename of it.\n" * 5 + IT)
    repo.commit("Move", "2026-01-23")
    repo.move("content/okrs/corp", "content/okrs/group")
    repo.write("content/okrs/group/unit.yml", "# Once more, with other words and other lines.\n" * 9 + IT)
    repo.commit("Move again", "2026-01-24")
    history = history_of(repo)
    assert lines(history) == [
        "renamed acme/2026-Q1/people -> acme/2026-Q1/persons rename",
        "renamed acme/2026-Q1/trust -> acme/2026-Q1/faith equal",
        "renamed acme/2026-Q1/faith/nps -> acme/2026-Q1/faith/score equal",
        "renamed acme/kpis/uptime -> acme/kpis/availability equal",
        "goalpost acme/2026-Q1/faith/score target 60 -> 50 *",
        # Name and level are others, and git sees no rename: another unit, whose goals say what those of the first said.
        "renamed acme/2026-Q1/faith -> corp/2026-Q1/faith rename",
        "renamed acme/2026-Q1/persons -> corp/2026-Q1/persons rename",
        "renamed acme/kpis/availability -> corp/kpis/availability rename",
        "removed acme",
        "added corp",
        "renamed corp -> group equal",
    ]
    assert {each.goal for each in history.changes if each.field == "target"} == {"group/2026-Q1/faith/score"}


def test_names_that_are_swapped(tmp_path: Path) -> None:
    """Two goals that take each other's id are, by their ids, two goals with new words."""
    two = TRUST + TRUST.partition("\n")[2].replace("id: trust", "id: faith").replace("Customers", "People")
    repo = started(tmp_path, **{Q1: two})
    repo.write(Q1, two.replace("id: trust", "id: x").replace("id: faith", "id: trust").replace("id: x", "id: faith"))
    repo.commit("Swap", "2026-01-20")
    assert lines(history_of(repo)) == [
        "goalpost acme/2026-Q1/faith title People trust us -> Customers trust us *",
        "goalpost acme/2026-Q1/trust title Customers trust us -> People trust us *",
    ]


def test_a_goal_that_moves_to_a_file_of_its_own_is_the_same(tmp_path: Path) -> None:
    """Where a goal stands is not what it is; and back again by a revert."""
    repo = started(tmp_path)
    repo.write(MEETING, "check_ins: {trust/nps: 30}\n")
    repo.commit("Check in", "2026-01-20")
    page = TRUST.partition("id: trust\n")[2].replace("\n    ", "\n").lstrip()
    repo.remove(Q1)
    repo.write(f"{GOALS}/2026-Q1/trust.md", f"---\n{page}---\nWhy.\n")
    repo.commit("Say more", "2026-01-21")
    repo.git("revert", "--no-edit", "HEAD", day="2026-01-22")
    history = history_of(repo)
    assert lines(history) == []
    assert len(history.known[NPS]) == 2


def test_the_goals_folder_itself_moved(tmp_path: Path) -> None:
    """All of it at once, from another place in the repository, twice; nothing is lost, and no goal is new."""
    repo = started(tmp_path)
    repo.move("content/okrs", "goals")
    repo.commit("Put goals apart", "2026-01-20")
    repo.write("goals/acme/2026-Q1.yml", TRUST.replace("60}", "55}"))
    repo.commit("Aim lower", "2026-01-21")
    repo.move("goals", "content/okrs")
    repo.write(Q1, TRUST.replace("60}", "50}"))
    repo.commit("Put them back, lower still", "2026-01-22")
    history = history_of(repo)
    assert lines(history) == [
        "goalpost acme/2026-Q1/trust/nps target 60 -> 55 *",
        "goalpost acme/2026-Q1/trust/nps target 55 -> 50 *",
    ]
    assert history.since is not None
    assert history.since.isoformat() == "2026-01-02"


def test_what_moved_while_a_goal_was_gone(tmp_path: Path) -> None:
    """A goal that comes back with another target has moved its goalpost, also where history goes on from the cache."""
    repo = started(tmp_path / "portal")
    repo.move(Q1, "content/notes.yml")
    repo.commit("Put it aside", "2026-01-20")
    kept = tmp_path / "kept"
    history_of(repo, kept)
    repo.move("content/notes.yml", Q1)
    repo.write(Q1, TRUST.replace("60}", "50}"))
    repo.commit("Back again", "2026-02-10")
    history = history_of(repo, kept)
    assert lines(history) == [
        "removed acme/2026-Q1/trust",
        "added acme/2026-Q1/trust",
        f"goalpost {NPS} target 60 -> 50 *",
    ]
    assert history.changes[-1].easier
    assert history == history_of(repo)


def test_a_broken_file_is_named_as_it_was_called_then(tmp_path: Path) -> None:
    """Also where the goals' folder has another name since."""
    repo = started(tmp_path)
    repo.write(Q1, "objectives: [\n")
    repo.commit("Break", "2026-01-20")
    repo.write(Q1, TRUST)
    repo.commit("Mend", "2026-01-21")
    repo.move("content", "portal/content")
    repo.commit("Move", "2026-01-22")
    (broken,) = history_of(repo, folder="portal").broken
    assert broken.path == Q1

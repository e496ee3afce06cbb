"""The ledger is complete: whoever knows it, and what new goals began with, knows the goals at every commit."""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from commitstreams import Stream
from gitrepos import Repo
from randomgoals import Author, Goals, Text

from okrsite.content import read_portal
from okrsite.history import GOALPOSTS, Change, Sort, Value, read_history
from okrsite.history.replay.versions import Versions
from okrsite.settings import Settings

COMMITS = 45
SETTINGS = Settings()
Fields = dict[str, Value]
State = dict[tuple[Sort, str], Fields]


def random_history(seed: int) -> tuple[Stream, list[int]]:
    """Edits, reverts, broken files and merges; the stream, and the marks of the line."""
    author, stream = Author(seed), Stream()
    files = author.goals.files()
    line = [stream.commit(files, expected=files)]
    past: list[Goals] = [author.snapshot()]
    while stream.count < COMMITS:
        kind = author.chance.random()
        if kind < 0.1:
            path = author.chance.choice(sorted(files))
            line.append(stream.commit({**files, path: "{broken: ["}, line[-1], expected=None))
        elif kind < 0.2:
            author.goals = past[-author.chance.randint(1, min(len(past), 4))]
        elif kind < 0.35:
            # Beside the line somebody edits one top-level unit, on the line somebody else the other.
            units = sorted(id for id in author.goals.units if "/" not in id)
            side = past[-1]
            before, author.goals = author.goals, side
            author.edit(units[0])
            beside = stream.commit(side.files(), line[-1], expected=None)
            author.edit(units[0])
            beside = stream.commit(side.files(), beside, expected=None)
            author.goals = before
            author.edit(units[1])
            files = author.goals.files()
            line.append(stream.commit(files, line[-1], expected=files))
            own = f"content/okrs/{units[0]}/"
            files = {path: text for path, text in files.items() if not path.startswith(own)}
            files |= {path: text for path, text in side.files().items() if path.startswith(own)}
            line.append(stream.commit(files, line[-1], beside, expected=files))
            author.goals.take(side, units[0])
            past.append(author.snapshot())
            continue
        else:
            for _ in range(author.chance.randint(1, 3)):
                author.edit()
        files = author.goals.files()
        line.append(stream.commit(files, line[-1], expected=files))
        past.append(author.snapshot())
    return stream, line


def goals_in(files: Text, folder: Path) -> State:
    """The goals that a portal's files have, with their fields."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    reading = read_portal(folder, SETTINGS)
    shutil.rmtree(folder)
    assert reading.problems == ()
    assert reading.portal is not None
    portal = reading.portal
    sorts: dict[Sort, object] = {
        "unit": portal.units,
        "objective": portal.objectives,
        "key_result": portal.key_results,
        "kpi": portal.kpis,
    }
    return {
        (sort, id): {field: value(goal) for field, value in GOALPOSTS[sort].items()}
        for sort, goals in sorts.items()
        for id, goal in goals.items()  # type: ignore[attr-defined]
    }


def apply(state: State, change: Change, expected: State, gone: State) -> None:
    """Do to the goals what the ledger says; one that was removed before comes back as it was."""
    key = change.sort, change.then
    if change.what == "goalpost":
        assert state[key][change.field] == change.before
        state[key][change.field] = change.after
    elif change.what == "added":
        state[key] = gone.pop(key, None) or dict(expected[key])
        if change.sort == "objective":
            for other in [other for other in expected if other[1].startswith(f"{key[1]}/")]:
                state[other] = gone.pop(other, None) or dict(expected[other])


def remove(state: State, change: Change, gone: State) -> None:
    """Take away a goal; an objective with its key results."""
    gone[change.sort, change.then] = state.pop((change.sort, change.then))
    if change.sort == "objective":
        for other in [key for key in state if key[1].startswith(f"{change.then}/")]:
            gone[other] = state.pop(other)


def rename(state: State, renamed: dict[str, str]) -> None:
    """Give goals, all that is in them, and whatever names these, the ids that they have after a step."""

    def new(id: str) -> str:
        former = id
        while former and former not in renamed:
            former = former.rpartition("/")[0]
        return renamed[former] + id[len(former) :] if former else id

    moved = {(sort, new(id)): fields for (sort, id), fields in state.items()}
    state.clear()
    state.update(moved)
    for fields in state.values():
        if isinstance(supports := fields.get("supports"), tuple):
            fields["supports"] = tuple(sorted(new(str(id)) for id in supports))


@pytest.mark.parametrize("seed", range(6))
def test_replaying_the_ledger_gives_each_commits_goals(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From nothing, through edits, renames, moved units, reverts, broken versions and merges, to every commit."""
    stream, line = random_history(seed)
    repo = Repo(tmp_path / "repo")
    ids = stream.imported(repo)
    head = ids[line[-1]]
    history = read_history(repo.path, SETTINGS, revision=head)
    assert history.gap is None
    of_step: defaultdict[str, list[Change]] = defaultdict(list)
    for change in history.changes:
        of_step[change.commit.merge or change.commit.id].append(change)
    state: State = {}
    gone: State = {}
    for mark in line:
        files = stream.states[mark]
        expected = {} if files is None else goals_in(files, tmp_path / "portal")
        changes = of_step.pop(ids[mark], [])
        for change in changes:
            if change.what == "removed":
                remove(state, change, gone)
        renamed = {str(each.before): str(each.after) for each in changes if each.what == "renamed"}
        rename(state, renamed)
        rename(gone, renamed)
        for key in state.keys() & gone.keys():
            del gone[key]  # another goal has its id now
        for change in changes:
            apply(state, change, expected, gone)
        if files is not None:
            assert state == expected, f"commit {mark}"
    assert not of_step

    # What was known in between, and went on from there, is the same.
    for mark in (line[len(line) // 3], line[len(line) // 2], line[-1]):
        again = read_history(repo.path, SETTINGS, tmp_path / "cache", ids[mark])
    assert again == history

    # So is what is read in portions smaller than a commit, and let go of before the next.
    monkeypatch.setattr(Versions, "at_once", 4)
    assert read_history(repo.path, SETTINGS, revision=head) == history

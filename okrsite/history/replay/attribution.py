"""Which commit of a merged branch made a change."""

from __future__ import annotations

from collections.abc import Sequence

from okrsite.history.goalposts import GOALPOSTS, Goal, Value
from okrsite.history.ledger import Change, Commit
from okrsite.history.replay.changes import Found
from okrsite.history.replay.commits import Logged, commit_of
from okrsite.history.replay.drafts import Built, Held
from okrsite.history.replay.places import place_of
from okrsite.history.replay.standing import Standing
from okrsite.history.replay.versions import Versions
from okrsite.model import CheckIn

_ABSENT = object()


class Attribution:
    """Of the changes that one merge brought.

    Args:
        merge: The commit of the portal's own line.
        branch: What it brought, oldest first.
        standing: The goals after the merge.
        versions: Gives versions of files.
    """

    def __init__(self, merge: Logged, branch: Sequence[Logged], standing: Standing, versions: Versions) -> None:
        self._merge = merge
        self._standing = standing
        self._versions = versions
        self._own = commit_of(merge)
        self._commits: dict[str, Commit] = {}
        self._built: dict[tuple[str, str], Built | None] = {}
        self._touching: dict[str, list[tuple[Logged, str | None, str]]] = {}
        for commit in branch:
            for change in commit.files:
                for path in {change.before, change.after} - {None}:
                    blob = change.blob if path == change.after else ""
                    self._touching.setdefault(str(path), []).append((commit, path, blob))
        self._order = {commit.id: place for place, commit in enumerate(branch)}

    def of(self, found: Found) -> Commit:
        """The last commit of the branch that touched the goal's file and set the value; the merge where none did."""
        touching = [each for path in found.files for each in self._touching.get(path, ())]
        touching = touching or self._touching.get("cycles.yml", [])
        if not touching:
            return self._own
        by_commit: dict[str, list[tuple[Logged, str | None, str]]] = {}
        for each in sorted(touching, key=lambda each: self._order[each[0].id]):
            by_commit.setdefault(each[0].id, []).append(each)
        if len(by_commit) == 1:
            return self._commit(touching[0][0])
        wanted = self._wanted(found.change)
        setter: Logged | None = None
        for touched in reversed(by_commit.values()):
            if any(self._value(str(path), blob, found) == wanted for _, path, blob in touched):
                setter = touched[0][0]
            elif setter is not None:
                break
        return self._own if setter is None else self._commit(setter)

    def of_file(self, path: str, blob: str) -> Commit:
        """The commit that a version of a file came with."""
        for commit, _, has in self._touching.get(path, ()):
            if has == blob:
                return self._commit(commit)
        return self._own

    def _commit(self, logged: Logged) -> Commit:
        if logged.id not in self._commits:
            self._commits[logged.id] = commit_of(logged, self._merge)
        return self._commits[logged.id]

    @staticmethod
    def _wanted(change: Change) -> object:
        if change.what in ("added", "renamed"):
            return True
        if change.what in ("removed", "reading_removed"):
            return _ABSENT
        return change.after

    def _value(self, path: str, blob: str, found: Found) -> object:
        """What a version of a file says of what was changed."""
        built = self._at(path, blob)
        change = found.change
        if change.reading is not None:
            return _reading(built, change, found.former)
        goal = _goal(built, change.then) or (_goal(built, found.former) if change.what != "renamed" else None)
        if goal is None:
            return _ABSENT
        if change.what in ("added", "removed", "renamed"):
            return True
        return GOALPOSTS[change.sort][change.field](goal)

    def _at(self, path: str, blob: str) -> Built | None:
        if (path, blob) not in self._built:
            place = place_of(path) if blob else None
            version = self._versions.get((place.kind, blob), path) if place else None
            content = version.content if version else None
            held = Held(place, blob, path, self._versions) if place and content is not None else None
            self._built[path, blob] = self._standing.built(held) if held else None
        return self._built[path, blob]


def _goal(built: Built | None, id: str) -> Goal | None:
    if built is None:
        return None
    return built.units.get(id) or built.objectives.get(id) or built.key_results.get(id) or built.kpis.get(id)


def _reading(built: Built | None, change: Change, former: str) -> object:
    readings = [] if built is None else [*built.readings.get(change.then, ()), *built.readings.get(former, ())]
    reading = next((each for each in readings if each.date == change.reading), None)
    if reading is None:
        return _ABSENT
    value: Value = reading.value
    if change.field != "value" and isinstance(reading, CheckIn):
        value = reading.confidence if change.field == "confidence" else reading.note or None
    return value

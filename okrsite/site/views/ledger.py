"""The ledger: who moved which goalpost when and why, commit by commit, newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from okrsite.history import BrokenVersion, Change, Effect
from okrsite.model import Cycle
from okrsite.reads import Once, fact_of, once_property
from okrsite.site import addresses
from okrsite.site.views.entries import ROOM, Entry, Ledger, Missing, Moved, Note, Shift, Step, with_room
from okrsite.site.views.gallery import Gallery
from okrsite.site.views.goals import KeyResultView, KpiView, Link, ObjectiveView
from okrsite.site.views.some import Some, first
from okrsite.site.views.told_changes import amount_planned, is_told, title_last, without_inherited
from okrsite.site.words.ledger import LedgerWords

__all__ = ["ROOM", "Entry", "Ledger", "Ledgers", "Missing", "Moved", "Note", "Shift", "Step"]

_LONGEST = 1_200
"""Letters of one message; git shows the rest."""


class Ledgers:
    """The ledgers of a portal's goals, up to its day.

    Args:
        gallery: The portal.
    """

    def __init__(self, gallery: Gallery) -> None:
        self.gallery = gallery
        self.words = LedgerWords(gallery.words, gallery.portal)
        self._objectives = Once(self._of_objective)
        self._told = Once(self._told_of)

    @fact_of("ledgers")
    def known(self) -> bool:
        """Whether anybody asked for the history."""
        history = self.gallery.history
        return bool(history.head) or history.gap is not None

    @once_property
    def missing(self) -> Missing | None:
        """What of the history is not known."""
        history = self.gallery.history
        if history.gap is None:
            return None
        return Missing(self.words.missing(history.gap, history.since), self.words.mending(history.gap))

    def objective(self, view: ObjectiveView, room: int = ROOM) -> Ledger | None:
        """The ledger of an objective and its key results, also those that are gone; None where nobody asked for it.

        Args:
            view: The objective.
            room: About how many bytes it may take.
        """
        if not self.known:
            return None
        planned = amount_planned(self._objectives[view.objective.id], view.objective.id)
        told = self.told(view)
        quiet = self.gallery.words.language.gettext("No goalpost has moved since the cycle began.")
        ledger = self._ledger(view.objective.id, view.objective.source.path, told, quiet, room)
        return replace(ledger, planned=self.words.planned(planned), begins=self._begins(view.cycle))

    def told(self, view: ObjectiveView) -> Sequence[Change]:
        """The changes that the ledger of an objective tells, goal by goal."""
        return self._told[view.objective.id]

    def kpi(self, view: KpiView) -> Ledger | None:
        """The ledger of a KPI; None where nobody asked for it."""
        if not self.known:
            return None
        told = [change for change in self._by_goal.get(view.kpi.id, ()) if change.what != "added"]
        quiet = self.gallery.words.language.gettext("Neither its target nor its limits have moved.")
        return self._ledger(view.kpi.id, view.kpi.source.path, told, quiet, ROOM)

    def entries(self, changes: Iterable[Change], own: str = "") -> list[Entry]:
        """Changes commit by commit, the newest commit first.

        Args:
            changes: Oldest first.
            own: The id of the goal that the page is about: it is not named.
        """
        by_commit: dict[str, list[Change]] = {}
        for change in sorted(without_inherited(changes), key=lambda change: change.commit.at):
            by_commit.setdefault(change.commit.id, []).append(change)
        return [self._entry(each, own) for each in reversed(by_commit.values())]

    def notes(self, view: KeyResultView, ledger: Ledger | None, most: int = 2) -> Some[Note]:
        """The goalposts of a key result that moved, newest first, for its own place."""
        moved = [change for change in self.moved(view.kr.id) if change.field != "title"] if ledger else []
        places = {entry.commit.id: entry.anchor for entry in ledger.entries} if ledger else {}
        return first(moved[::-1], most).each(
            lambda change: Note(self.step(change), change.commit.day, places.get(change.commit.id, "okr_ledger"))
        )

    def moved(self, id: str) -> list[Change]:
        """The goalposts of a goal that were moved after its cycle had begun, oldest first."""
        return [change for change in self._by_goal.get(id, ()) if change.what == "goalpost" and change.in_cycle]

    def step(self, change: Change) -> Step:
        """A change in words."""
        if change.what == "goalpost":
            before, after = self.words.before_and_after(change)
            return Step(change, self.words.field(change.field), before, after)
        if change.what == "renamed":
            return Step(change, self.words.renamed(change))
        if change.what in ("added", "removed"):
            was_there = change.came_with(self.gallery.history.beginning)
            return Step(change, self.words.was_there() if was_there else self.words.came_or_went(change))
        return Step(change, self.words.reading(change))

    def _ledger(self, id: str, path: str, told: Sequence[Change], quiet: str, room: int) -> Ledger:
        entries = self.entries(told, id)
        shown = with_room(entries, room)
        left = len(told) - sum(len(moved.steps) for entry in shown for moved in entry.moved)
        since = self.gallery.history.since
        known = since is not None and since <= self.gallery.as_of
        return Ledger(
            id=id,
            entries=Some(shown, left),
            planned="",
            quiet=quiet if known and not entries else "",
            begins="",
            missing=self.missing,
            broken=self._broken.get(path, ())[-3:],
        )

    def _begins(self, cycle: Cycle) -> str:
        """When history begins, where goalposts may have moved before it; a shallow clone says that itself."""
        history = self.gallery.history
        if history.since is None or history.gap or history.since <= cycle.start:
            return ""
        return self.gallery.words.language.gettext(
            "History begins on %(day)s.", day=self.gallery.words.day(history.since)
        )

    def _told_of(self, id: str) -> Sequence[Change]:
        changes = self._objectives[id]
        return [change for change in changes if is_told(change) and not self._came_along(change, id)]

    def _of_objective(self, id: str) -> Sequence[Change]:
        """The changes of an objective, of its key results, and of those that are gone."""
        objective = self.gallery.portal.objectives[id]
        own = self._by_goal.get(objective.id, ())
        names = {objective.id, *(str(change.before) for change in own if change.what == "renamed")}
        found = [*own]
        for kr in objective.key_results:
            found += self._by_goal.get(kr.id, ())
        key_results = self.gallery.portal.key_results
        for gone in (id for name in sorted(names) for id in self._had.get(name, ()) if id not in key_results):
            found += self._by_goal[gone]
        return found

    def _came_along(self, change: Change, objective_id: str) -> bool:
        """Whether a goal came with its objective, or with the first state that history knows of."""
        if change.what != "added":
            return False
        since = self.gallery.history.since
        if since is not None and change.commit.day <= since:
            return True
        own = self._by_goal.get(objective_id, ())
        came = next((each.commit.id for each in own if each.what == "added"), "")
        return change.goal != objective_id and change.commit.id == came

    def _entry(self, changes: Sequence[Change], own: str) -> Entry:
        commit = changes[0].commit
        by_goal: dict[str, list[Change]] = {}
        for change in changes:
            by_goal.setdefault(change.goal, []).append(change)
        rest = commit.message.strip().partition("\n")[2].strip()
        if len(rest) > _LONGEST:
            rest = f"{rest[:_LONGEST].rstrip()}…"
        return Entry(commit, rest, tuple(self._moved(each, own) for each in by_goal.values()))

    def _moved(self, changes: Sequence[Change], own: str) -> Moved:
        latest = changes[-1]
        effect = next((change.effect for change in changes if change.effect), None)
        return Moved(
            sort=latest.sort,
            goal=None if latest.goal == own else self.link(latest),
            steps=tuple(self.step(change) for change in sorted(changes, key=title_last)),
            shift=self._shift(effect, latest) if effect else None,
        )

    def link(self, change: Change) -> Link:
        """The goal that a change is of, as it is called now; without an address where it is gone."""
        gallery, id, sort = self.gallery, change.goal, self.words.sort(change.sort)
        if id in gallery.portal.objectives or id in gallery.portal.key_results:
            return replace(gallery.link_of(id), note=sort)
        if id in gallery.portal.kpis:
            return Link(gallery.portal.kpis[id].name, addresses.goal(id), sort)
        if id in gallery.portal.units:
            return Link(gallery.portal.units[id].name, addresses.goal(id), sort)
        return Link(change.title or id, "", sort)

    def _shift(self, effect: Effect, change: Change) -> Shift | None:
        _, percent = self.gallery.words.language.gettext, self.gallery.words.percent
        if effect.status_before or effect.status_after:
            if effect.status_before == effect.status_after:
                return None
            return Shift(_("status"), effect.status_before or "no_data", effect.status_after or "no_data", of_kpi=True)
        before, after = percent(effect.before), percent(effect.after)
        if before == after:
            return None
        if effect.goal in (change.then, change.goal):
            return Shift(_("progress"), before, after)
        if change.sort == "key_result":
            return Shift(_("progress of the objective"), before, after)
        return Shift(_("progress of the unit"), before, after)

    @once_property
    def _known(self) -> Sequence[Change]:
        """The changes up to the day: later ones do not exist yet."""
        changes, as_of = self.gallery.history.changes, self.gallery.as_of
        past = {day for day in {change.commit.day for change in changes} if day <= as_of}  # each is asked for once
        return without_inherited([change for change in changes if change.commit.day in past])

    @fact_of("ledgers")
    def _by_goal(self) -> Mapping[str, Sequence[Change]]:
        found: defaultdict[str, list[Change]] = defaultdict(list)
        for change in self._known:
            found[change.goal].append(change)
        return dict(found)

    @fact_of("ledgers")
    def _had(self) -> Mapping[str, Sequence[str]]:
        """The key results that changes tell of, by the id that their objective had at their last one."""
        last = {each.goal: each.then.rpartition("/")[0] for each in self._known if each.sort == "key_result"}
        found: defaultdict[str, list[str]] = defaultdict(list)
        for goal, objective in last.items():
            found[objective].append(goal)
        return dict(found)

    @fact_of("ledgers")
    def _broken(self) -> Mapping[str, tuple[BrokenVersion, ...]]:
        """Versions of files that were passed over, by every end of the file's path: a portal may lie anywhere."""
        found: defaultdict[str, list[BrokenVersion]] = defaultdict(list)
        for version in self.gallery.history.broken:
            if version.commit.day <= self.gallery.as_of:
                parts = version.path.split("/")
                for begin in range(len(parts)):
                    found["/".join(parts[begin:])].append(version)
        return {path: tuple(versions) for path, versions in found.items()}

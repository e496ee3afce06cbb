"""What changed between two days: the one record behind the page of changes, home, the feeds and the digest."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from okrsite.history import Change
from okrsite.model import Kpi, Objective
from okrsite.reads import Once, fact_of, once_property
from okrsite.scoring import STATUSES, OnDemand, known_by
from okrsite.site.views.arrivals import Arrived, arrived
from okrsite.site.views.gallery import Gallery
from okrsite.site.views.goals import KpiView, Link, ObjectiveView

WEEK = timedelta(days=7)
"""What "this week" is: the seven days up to the day. A week of the calendar would be empty on each Monday."""

ENDED = ("closed", "postponed", "cancelled")
"""The states in which an objective is worked on no more."""

Heading = Literal["moved", "goals", "edited", ""]
"""Under what a change of git's is told: goalposts, goals that came or went, readings; or not at all."""

_COLOURS = ("red", "amber", "no_data", "green")
_DEPTH = {"unit": 0, "kpi": 2, "objective": 2, "key_result": 3}


@dataclass(frozen=True, slots=True)
class Turned:
    """An objective or KPI whose status is another than it was.

    Attributes:
        before: Its status then.
        now: Its status at the end.
        is_better: Whether it became achieved, or needs less attention now.
    """

    view: ObjectiveView | KpiView
    before: str
    now: str
    is_better: bool

    @property
    def link(self) -> Link:
        """The goal."""
        view = self.view
        title = view.objective.title if isinstance(view, ObjectiveView) else view.kpi.name
        return Link(title, view.address, view.unit.name)


@dataclass(frozen=True)
class News:
    """What changed after one day, up to and with another.

    Attributes:
        since: The day before the first one told of.
        until: The last day.
        turned: Objectives under way whose status became another; what got worse first.
        kpis: The same of KPIs.
        moved: Goalposts that were moved after their cycle had begun, and units' own facts; newest first.
        goals: Goals that came, ended or have another id; newest first.
        edited: Readings that were changed or removed after the fact; newest first.
        check_ins: By their dates, newest first.
    """

    since: date
    until: date
    turned: tuple[Turned, ...] = ()
    kpis: tuple[Turned, ...] = ()
    moved: tuple[Change, ...] = ()
    goals: tuple[Change, ...] = ()
    edited: tuple[Change, ...] = ()
    check_ins: tuple[Arrived, ...] = ()

    @property
    def total(self) -> int:
        """How many things changed."""
        lists = (self.turned, self.kpis, self.moved, self.goals, self.edited, self.check_ins)
        return sum(map(len, lists))

    @property
    def first_day(self) -> date:
        """The first day told of."""
        return self.since + timedelta(days=1)

    @property
    def came(self) -> tuple[Change, ...]:
        """The goals that are new, or taken up."""
        return tuple(change for change in self.goals if is_begun(change))

    @property
    def ended(self) -> tuple[Change, ...]:
        """The goals that were closed, postponed, cancelled or removed."""
        return tuple(change for change in self.goals if not is_begun(change) and change.what != "renamed")

    @cached_property
    def by_unit(self) -> Mapping[str, News]:
        """The news of each unit that has any, by its id; of a unit that is gone too."""
        found: defaultdict[str, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
        for name, items in self._lists():
            for item in items:
                found[unit_of(item)][name].append(item)
        return {
            id: News(self.since, self.until, **{name: tuple(items) for name, items in lists.items()})  # type: ignore[arg-type]  # each list keeps its kind
            for id, lists in sorted(found.items())
        }

    def of(self, unit_ids: Collection[str]) -> News:
        """The news of some units alone."""
        lists = {name: tuple(item for item in items if unit_of(item) in unit_ids) for name, items in self._lists()}
        return News(self.since, self.until, **lists)  # type: ignore[arg-type]  # as above

    def _lists(self) -> Iterator[tuple[str, Sequence[Arrived | Change | Turned]]]:
        yield "turned", self.turned
        yield "kpis", self.kpis
        yield "moved", self.moved
        yield "goals", self.goals
        yield "edited", self.edited
        yield "check_ins", self.check_ins


class Chronicle:
    """All news of a portal up to its day, from which any part is taken; gathered once.

    Attributes:
        week_by_unit: What changed in each unit within the seven days, by its id, gathered from its goals alone.

    Args:
        gallery: The portal.
    """

    def __init__(self, gallery: Gallery) -> None:
        self.gallery = gallery
        self._between = Once(self._told)
        self.week_by_unit: Mapping[str, News] = OnDemand(gallery.portal.units, self._week_of)

    def between(self, since: date, until: date | None = None, *, statuses: bool = True) -> News:
        """What changed after a day, up to and with another.

        Args:
            since: The day before the first one.
            until: The last; the portal's day where not given.
            statuses: Whether to compare the figures of the two days, too.
        """
        return self._between[since, until or self.gallery.as_of, statuses]

    @property
    def week(self) -> News:
        """What changed within the seven days up to the portal's day."""
        return self.between(self.gallery.as_of - WEEK)

    def came_in(self, unit_id: str) -> Sequence[Arrived]:
        """The check-ins of a unit, newest first; none of one that is gone."""
        by_cycle = self.gallery.portal.objectives_by_unit.get(unit_id, {})
        return arrived(self.gallery.objectives[each.id] for goals in by_cycle.values() for each in goals)

    def changes_of(self, unit_id: str) -> Sequence[tuple[Heading, Change]]:
        """Those of `changes` that are of a unit, which may be gone."""
        return self._changes_by_unit.get(unit_id, ())

    @once_property
    def changes(self) -> Sequence[tuple[Heading, Change]]:
        """Every change that is news, with what it is told under; newest first."""
        known = [change for change in self.gallery.history.changes if change.commit.day <= self.gallery.as_of]
        wholes: set[tuple[str, str, str]] = {
            (change.commit.id, change.what, change.then) for change in known if change.what in _CARRIED
        }
        wholes |= {
            (change.commit.id, f"{change.before} {change.after}", change.then)
            for change in known
            if change.sort == "objective" and change.field == "owner"
        }
        told = [
            (heading_of(change), change)
            for change in known
            if not _goes_along(change, wholes) and not self.gallery.history.was_there(change)
        ]
        found = [(heading, change) for heading, change in told if heading]
        found.sort(key=lambda each: each[1].commit.at, reverse=True)
        return found

    @fact_of("chronicle")
    def _changes_by_unit(self) -> Mapping[str, Sequence[tuple[Heading, Change]]]:
        found: defaultdict[str, list[tuple[Heading, Change]]] = defaultdict(list)
        for heading, change in self.changes:
            found[unit_of(change)].append((heading, change))
        return dict(found)

    def _told(self, key: tuple[date, date, bool]) -> News:
        since, until, statuses = key
        portal = self.gallery.portal
        goals = portal.objectives.values(), portal.kpis.values()
        return self._news(*goals, self.changes, since, until, statuses=statuses)

    def _week_of(self, unit_id: str) -> News:
        portal, until = self.gallery.portal, self.gallery.as_of
        objectives = [each for goals in portal.objectives_by_unit[unit_id].values() for each in goals]
        changes = self.changes_of(unit_id)
        return self._news(objectives, portal.kpis_by_unit[unit_id], changes, until - WEEK, until, statuses=True)

    def _news(
        self,
        objectives: Collection[Objective],
        kpis: Iterable[Kpi],
        changes: Sequence[tuple[Heading, Change]],
        since: date,
        until: date,
        *,
        statuses: bool,
    ) -> News:
        headed: dict[str, list[Change]] = {"moved": [], "goals": [], "edited": []}
        for heading, change in _within(changes, since, until):
            headed[heading].append(change)
        return News(
            since=since,
            until=until,
            turned=tuple(self._turned(objectives, since, until)) if statuses else (),
            kpis=tuple(self._turned_kpis(kpis, since, until)) if statuses else (),
            check_ins=self._arrived(objectives, since, until),
            moved=tuple(headed["moved"]),
            goals=tuple(headed["goals"]),
            edited=tuple(headed["edited"]),
        )

    def _arrived(self, objectives: Iterable[Objective], since: date, until: date) -> tuple[Arrived, ...]:
        """The check-ins of some days; only the objectives that have any are looked at closely."""
        ids = [
            each.id
            for each in objectives
            if any(len(known_by(kr.check_ins, until)) > len(known_by(kr.check_ins, since)) for kr in each.key_results)
        ]
        return arrived((self.gallery.objectives[id] for id in ids), since, until)

    def _turned(self, objectives: Iterable[Objective], since: date, until: date) -> list[Turned]:
        """The objectives under way that had another status, as was known then; what got worse first.

        Those that had not begun then are left out: that a cycle starts is no news of a goal.
        """
        gallery, cycles = self.gallery, self.gallery.portal.cycles
        then, now = gallery.goals_on(since).objectives, gallery.goals_on(until).objectives
        found = []
        for each in objectives:
            if each.state == "active" and cycles[each.cycle_id].holds(until):
                before, after = then[each.id].status, now[each.id].status
                if before not in (after, "not_started"):
                    is_better = STATUSES.index(after) > STATUSES.index(before)
                    found.append(Turned(gallery.objectives[each.id], before, after, is_better))
        return _worse_first(found)

    def _turned_kpis(self, kpis: Iterable[Kpi], since: date, until: date) -> list[Turned]:
        then, now = self.gallery.goals_on(since).kpis, self.gallery.goals_on(until).kpis
        found = []
        for each in kpis:
            before, after = then[each.id].status, now[each.id].status
            if before != after:
                is_better = _COLOURS.index(after) > _COLOURS.index(before)
                found.append(Turned(self.gallery.kpis[each.id], before, after, is_better))
        return _worse_first(found)


def heading_of(change: Change) -> Heading:
    """What a change is told under; nothing for what was planning before a cycle began."""
    if change.what in ("reading_edited", "reading_removed"):
        return "edited"
    if change.what != "goalpost" or is_begun(change) or change.after in ENDED:
        return "goals"
    return "moved" if change.in_cycle or change.sort == "unit" else ""


def is_begun(change: Change) -> bool:
    """Whether a goal is new, or taken up again."""
    return change.what == "added" or (change.field == "state" and change.after == "active")


def unit_of(item: Arrived | Change | Turned) -> str:
    """The id of the unit that something is news of."""
    if isinstance(item, Change):
        parts = item.goal.split("/")
        return "/".join(parts[: len(parts) - _DEPTH[item.sort]])
    return item.objective.unit.id if isinstance(item, Arrived) else item.view.unit.id


_CARRIED = frozenset({"added", "removed", "renamed"})


def _goes_along(change: Change, wholes: Collection[tuple[str, str, str]]) -> bool:
    """Whether something only came, went, was renamed or got another owner with the goal that it is a part of."""
    if change.what == "goalpost" and change.sort == "key_result" and change.field == "owner":
        owned = change.then.rpartition("/")[0]
        return (change.commit.id, f"{change.before} {change.after}", owned) in wholes
    if change.what not in _CARRIED or change.sort == "unit":
        return False
    above = change.then.split("/")
    objective, unit = "/".join(above[:-1]), "/".join(above[: len(above) - _DEPTH[change.sort]])
    part = change.sort == "key_result" and (change.commit.id, change.what, objective) in wholes
    return part or (change.what == "renamed" and (change.commit.id, "renamed", unit) in wholes)


def _worse_first(found: Iterable[Turned]) -> list[Turned]:
    return sorted(found, key=lambda each: (each.is_better, each.view.address))


def _within(changes: Sequence[tuple[Heading, Change]], since: date, until: date) -> Sequence[tuple[Heading, Change]]:
    """The part of some changes, newest first, that is of the days after one up to another."""
    begin = bisect_left(changes, -until.toordinal(), key=lambda each: -each[1].commit.day.toordinal())
    end = bisect_left(changes, -since.toordinal(), key=lambda each: -each[1].commit.day.toordinal())
    return changes[begin:end]

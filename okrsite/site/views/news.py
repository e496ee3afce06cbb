"""What changed between two days: the one record behind the page of changes, home, the feeds and the digest."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Literal, NamedTuple

from okrsite.history import Change
from okrsite.model import Objective
from okrsite.reads import Once, OnDemand, fact_of, once_property
from okrsite.scoring import STATUSES, known_by
from okrsite.site import addresses
from okrsite.site.views.arrivals import Arrived, arrived, newest_first
from okrsite.site.views.gallery import Gallery
from okrsite.site.views.goals import Link

WEEK = timedelta(days=7)
"""What "this week" is: the seven days up to the day. A week of the calendar would be empty on each Monday."""

LATELY = timedelta(days=28)
"""So many days up to the day are told of most, and are gathered together."""

ENDED = ("closed", "postponed", "cancelled")
"""The states in which an objective is worked on no more."""

Heading = Literal["moved", "goals", "edited", ""]
"""Under what a change of git's is told: goalposts, goals that came or went, readings; or not at all."""

_COLOURS = ("red", "amber", "no_data", "green")
_DEPTH = {"unit": 0, "kpi": 2, "objective": 2, "key_result": 3}


class Turned(NamedTuple):
    """An objective or KPI whose status is another than it was.

    Attributes:
        gallery: What has it.
        sort: Which of the two it is.
        id: Its id.
        before: Its status then.
        now: Its status at the end.
    """

    gallery: Gallery
    sort: Literal["objective", "kpi"]
    id: str
    before: str
    now: str

    @property
    def is_better(self) -> bool:
        """Whether it became achieved, or needs less attention now."""
        order: Sequence[str] = STATUSES if self.sort == "objective" else _COLOURS
        return order.index(self.now) > order.index(self.before)

    @property
    def unit_id(self) -> str:
        """The id of its unit."""
        return self.id.rsplit("/", 2)[0]

    @property
    def link(self) -> Link:
        """The goal."""
        portal = self.gallery.portal
        return Link(portal.titles[self.id], addresses.goal(self.id), portal.units[self.unit_id].name)


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
    def has_more_than_check_ins(self) -> bool:
        """Whether anything changed beside what came in."""
        return bool(self.turned or self.kpis or self.moved or self.goals or self.edited)

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
    """All news of a portal up to its day, gathered unit by unit: what is known of a unit stays until it changes.

    Attributes:
        week_by_unit: What changed in each unit within the seven days, by its id.

    Args:
        gallery: The portal.
    """

    def __init__(self, gallery: Gallery) -> None:
        self.gallery = gallery
        self._between = Once(self._told)
        self.week_by_unit: Mapping[str, News] = OnDemand(gallery.portal.units, self._week_of)

    def look_ahead(self) -> None:
        """Look through all of history, which copies of this process would else do each for themselves."""
        _ = self._changes_by_unit, self.last_changed

    def between(self, since: date, until: date | None = None) -> News:
        """What changed after a day, up to and with another.

        Args:
            since: The day before the first one.
            until: The last; the portal's day where not given.
        """
        return self._between[since, until or self.gallery.as_of]

    @property
    def week(self) -> News:
        """What changed within the seven days up to the portal's day."""
        return self.between(self.gallery.as_of - WEEK)

    @property
    def week_before(self) -> News:
        """What changed within the seven days before these."""
        end = self.gallery.as_of - WEEK
        return self.between(end - WEEK, end)

    def moved_between(self, since: date, until: date) -> News:
        """The same as `between`, of git's changes alone."""
        return self._news((), self.changes, since, until)

    def came_between(self, since: date, until: date) -> tuple[Arrived, ...]:
        """The check-ins of some days, newest first."""
        return self._arrived(self.gallery.portal.units, since, until)

    def checked_in(self, since: date, until: date) -> Mapping[str, int]:
        """How many check-ins of some days each unit has, by its id; of those that have any."""
        days = f"{since}", f"{until}"
        found = ((unit, self.gallery.part(_check_ins_between, unit, *days)) for unit in self.gallery.portal.units)
        return {unit: number for unit, number in found if number}

    def week_before_in(self, unit_id: str) -> Sequence[tuple[Any, ...]]:
        """Which goals of a unit had another status at the end of `week_before` than at its beginning."""
        before = self.gallery.as_of - WEEK
        return self.gallery.part(_turned_between, unit_id, f"{before - WEEK}", f"{before}")

    def came_in(self, unit_id: str) -> Sequence[Arrived]:
        """The check-ins of a unit, newest first; none of one that is gone."""
        by_cycle = self.gallery.portal.objective_ids.get(unit_id, {})
        return arrived(self.gallery, (id for ids in by_cycle.values() for id in ids))

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
        beginning = self.gallery.history.beginning
        told = [
            (heading_of(change), change)
            for change in known
            if not _goes_along(change, wholes) and not change.came_with(beginning)
        ]
        found = [(heading, change) for heading, change in told if heading]
        found.sort(key=lambda each: each[1].commit.at, reverse=True)
        return found

    @fact_of("chronicle")
    def last_changed(self) -> Mapping[str, str]:
        """The moment at which each goal was last changed, as far as is known, by its id."""
        by_goal = self.gallery.history.by_goal
        return {id: max(change.commit.at for change in changes).isoformat() for id, changes in by_goal.items()}

    @fact_of("chronicle")
    def _changes_by_unit(self) -> Mapping[str, Sequence[tuple[Heading, Change]]]:
        found: defaultdict[str, list[tuple[Heading, Change]]] = defaultdict(list)
        for heading, change in self.changes:
            found[unit_of(change)].append((heading, change))
        return dict(found)

    def _told(self, key: tuple[date, date]) -> News:
        return self._news(self.gallery.portal.units, self.changes, *key)

    def _week_of(self, unit_id: str) -> News:
        until = self.gallery.as_of
        return self._news((unit_id,), self.changes_of(unit_id), until - WEEK, until)

    def _news(
        self, units: Collection[str], changes: Sequence[tuple[Heading, Change]], since: date, until: date
    ) -> News:
        headed: dict[str, list[Change]] = {"moved": [], "goals": [], "edited": []}
        for heading, change in _within(changes, since, until):
            headed[heading].append(change)
        turned = self._turned(units, since, until)
        return News(
            since=since,
            until=until,
            turned=tuple(each for each in turned if each.sort == "objective"),
            kpis=tuple(each for each in turned if each.sort == "kpi"),
            check_ins=self._arrived(units, since, until),
            moved=tuple(headed["moved"]),
            goals=tuple(headed["goals"]),
            edited=tuple(headed["edited"]),
        )

    def _turned(self, units: Collection[str], since: date, until: date) -> Sequence[Turned]:
        """The goals that have another status; what got worse first."""
        gallery, days = self.gallery, (f"{since}", f"{until}")
        found = [Turned(gallery, *each) for unit in units for each in gallery.part(_turned_between, unit, *days)]
        return sorted(found, key=lambda each: (each.is_better, addresses.goal(each.id)))

    def _arrived(self, units: Collection[str], since: date, until: date) -> tuple[Arrived, ...]:
        """The check-ins of some days, newest first."""
        gallery, after = self.gallery, f"{min(since, self.gallery.as_of - LATELY)}"
        first, last = since.toordinal() + 1, until.toordinal()
        return newest_first(
            Arrived(gallery, *each)
            for unit in units
            for each in gallery.part(_arrived_after, unit, after)
            if first <= each[0] <= last
        )


def _turned_between(gallery: Gallery, unit_id: str, since: str, until: str) -> tuple[tuple[Any, ...], ...]:
    """The objectives under way and the KPIs of a unit that had another status, as was known then.

    Objectives that had not begun then are left out: that a cycle starts is no news of a goal.
    """
    portal, end = gallery.portal, date.fromisoformat(until)
    then, now = gallery.goals_on(date.fromisoformat(since)), gallery.goals_on(end)
    found: list[tuple[str, str, str, str]] = []
    for each in _objectives_of(gallery, unit_id):
        if each.state == "active" and portal.cycles[each.cycle_id].holds(end):
            before, after = then.objectives[each.id].status, now.objectives[each.id].status
            if before not in (after, "not_started"):
                found.append(("objective", each.id, before, after))
    for id in portal.kpi_ids[unit_id]:
        colour, is_now = then.kpis[id].status, now.kpis[id].status
        if colour != is_now:
            found.append(("kpi", id, colour, is_now))
    return tuple(found)


def _arrived_after(gallery: Gallery, unit_id: str, since: str) -> tuple[tuple[Any, ...], ...]:
    """The check-ins of a unit after a day; only the objectives that have any are looked at closely."""
    day = date.fromisoformat(since)
    ids = [each.id for each in _objectives_of(gallery, unit_id) if _number_of(each, day, gallery.as_of)]
    return tuple(each[1:] for each in arrived(gallery, ids, day))


def _check_ins_between(gallery: Gallery, unit_id: str, since: str, until: str) -> int:
    """How many check-ins of some days a unit has."""
    days = date.fromisoformat(since), date.fromisoformat(until)
    return sum(_number_of(each, *days) for each in _objectives_of(gallery, unit_id))


def _number_of(objective: Objective, since: date, until: date) -> int:
    """How many check-ins of some days an objective has."""
    each = (kr.check_ins for kr in objective.key_results)
    return sum(len(known_by(check_ins, until)) - len(known_by(check_ins, since)) for check_ins in each)


def _objectives_of(gallery: Gallery, unit_id: str) -> Iterator[Objective]:
    for objectives in gallery.portal.objectives_by_unit[unit_id].values():
        yield from objectives


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
    return item.unit_id


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


def _within(changes: Sequence[tuple[Heading, Change]], since: date, until: date) -> Sequence[tuple[Heading, Change]]:
    """The part of some changes, newest first, that is of the days after one up to another."""
    begin = bisect_left(changes, -until.toordinal(), key=lambda each: -each[1].commit.day.toordinal())
    end = bisect_left(changes, -since.toordinal(), key=lambda each: -each[1].commit.day.toordinal())
    return changes[begin:end]

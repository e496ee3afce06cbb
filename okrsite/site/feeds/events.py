"""The dates of a portal: what is due when, when to check in, and the tasks of the rollout."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from okrsite.model import Cycle, KeyResult, Objective
from okrsite.site import addresses
from okrsite.site.feeds.names import NEVER
from okrsite.site.views import Gallery

MOST = 200
"""How many events a calendar has, the next ones first."""

KEPT = timedelta(days=31)
"""How long what is over stays: a calendar that forgot on the next day would be of little use."""

_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day, or on several.

    Attributes:
        thing: What it is, by a name that stays.
        start: Its first day.
        end: Its last day.
        title: In a line.
        about: Lines of text.
        address: The page that has more.
        changed: When it last became another.
        every: Days after which it repeats; 0 for once.
        times: How often it is in all.
    """

    thing: str
    start: date
    end: date
    title: str
    about: str
    address: str
    changed: datetime
    every: int = 0
    times: int = 1

    @property
    def last(self) -> date:
        """The last day on which it is."""
        return self.end + timedelta(days=self.every * (self.times - 1))


@dataclass(frozen=True, slots=True)
class Events:
    """The events of all calendars.

    Attributes:
        portal: The ends of cycles, the dates of the units at the top, and the rollout.
        units: Of each unit that has any, by its id.
        owners: Of each owner that has any, by the last part of the address of their page.
        everybody: The end of the portal's cycle, for calendars that would have nothing: the standard wants something in
            each. Empty before there are goals.
    """

    portal: tuple[Event, ...]
    units: Mapping[str, tuple[Event, ...]]
    owners: Mapping[str, tuple[Event, ...]]
    everybody: tuple[Event, ...]


def events(gallery: Gallery) -> Events:
    """The dates of a portal."""
    return _Gathering(gallery).events()


class _Gathering:
    def __init__(self, gallery: Gallery) -> None:
        self.gallery = gallery
        self.kept_from = gallery.as_of - KEPT
        self.units: defaultdict[str, dict[str, Event]] = defaultdict(dict)
        self.owners: defaultdict[str, dict[str, Event]] = defaultdict(dict)
        self.portal: dict[str, Event] = {}

    def events(self) -> Events:
        portal = self.gallery.portal
        for id, by_cycle in portal.objectives_by_unit.items():
            for cycle_id, objectives in by_cycle.items():
                active = [each for each in objectives if each.state == "active"]
                if active:
                    self._unit_in_cycle(id, portal.cycles[cycle_id], active)
        self._kpis()
        self._rollouts()
        for cycle_id in {cycle for by_cycle in portal.objectives_by_unit.values() for cycle in by_cycle}:
            end = _cycle_end(portal.cycles[cycle_id], self.gallery)
            self.portal[end.thing] = end
        for unit in portal.top_units:
            self.portal |= self.units.get(unit.id, {})
        return Events(
            self._next(self.portal),
            {id: self._next(found) for id, found in self.units.items()},
            {slug: self._next(found) for slug, found in self.owners.items()},
            (_cycle_end(self.gallery.cycle, self.gallery),) if self.gallery.cycle else (),
        )

    def _next(self, found: Mapping[str, Event]) -> tuple[Event, ...]:
        """Those to come first, then those that are over; when there are too many these go."""
        today = self.gallery.as_of
        kept = [event for event in found.values() if event.last >= self.kept_from]
        kept.sort(key=lambda event: (event.last < today, event.last, event.start, event.thing))
        return tuple(sorted(kept[:MOST], key=lambda event: (event.start, event.thing)))

    def _unit_in_cycle(self, id: str, cycle: Cycle, objectives: list[Objective]) -> None:
        if cycle.end < self.kept_from:
            return
        rhythm = self._rhythm(id, cycle)
        self.units[id][rhythm.thing] = rhythm
        for objective in objectives:
            by_day: defaultdict[date, list[KeyResult]] = defaultdict(list)
            for kr in objective.key_results:
                by_day[kr.due].append(kr)
            for day, key_results in by_day.items():
                due = self._due(objective, day, key_results)
                self.units[id][due.thing] = due
                for name in {objective.owner, *(kr.owner for kr in key_results)}:
                    self.owners[addresses.slug(name)] |= {due.thing: due, rhythm.thing: rhythm}

    def _due(self, objective: Objective, day: date, key_results: list[KeyResult]) -> Event:
        _, plural = self.gallery.words.language.gettext, self.gallery.words.language.ngettext
        whole, alone = len(key_results) == len(objective.key_results), len(key_results) == 1
        name = objective.title if whole else key_results[0].title
        title = _("Due: %(goal)s", goal=name)
        if not whole and not alone:
            title = plural(
                "Due: %(num)s key result of: %(goal)s",
                "Due: %(num)s key results of: %(goal)s",
                len(key_results),
                goal=objective.title,
            )
        named = [f"{kr.title} ({self.gallery.words.kind_in_words(kr)})" for kr in key_results]
        thing = objective.id if whole else key_results[0].id
        ids = (objective.id, *(kr.id for kr in key_results))
        changed = self._changed(*ids) or _start(self.gallery.portal.cycles[objective.cycle_id].start)
        about = "\n".join(named[:_MOST_NAMED])
        return Event(f"due/{thing}", day, day, title, about, addresses.goal(objective.id), changed)

    def _rhythm(self, unit_id: str, cycle: Cycle) -> Event:
        """The last days of a cycle's check-in periods; the last of all is a due date, so it need not be whole."""
        _, unit = self.gallery.words.language.gettext, self.gallery.portal.units[unit_id]
        times = max(cycle.days // cycle.check_in_every, 1)
        day = min(cycle.start + timedelta(days=cycle.check_in_every - 1), cycle.end)
        title = _("Check-in: %(unit)s", unit=unit.name)
        every = self.gallery.words.count(cycle.check_in_every, "day")
        about = _("One every %(days)s in %(cycle)s.", days=every, cycle=cycle.name)
        thing, address = f"check-in/{unit_id}/{cycle.id}", addresses.goal(unit_id)
        return Event(thing, day, day, title, about, address, _start(cycle.start), cycle.check_in_every, times)

    def _kpis(self) -> None:
        _, words = self.gallery.words.language.gettext, self.gallery.words
        for kpi in self.gallery.portal.kpis.values():
            if kpi.due is None:
                continue
            title, about = _("Due: %(goal)s", goal=kpi.name), words.target_in_words(kpi)
            changed = self._changed(kpi.id) or NEVER
            event = Event(f"due/{kpi.id}", kpi.due, kpi.due, title, about, addresses.goal(kpi.id), changed)
            self.units[kpi.unit_id][event.thing] = event
            if kpi.owner:
                self.owners[addresses.slug(kpi.owner)][event.thing] = event

    def _rollouts(self) -> None:
        for plan in self.gallery.portal.rollouts:
            seen: Counter[str] = Counter()
            for place, task in enumerate(plan.tasks, 1):
                anchor, name = addresses.rollout_task(plan.id, place), addresses.slug(task.title)
                seen[name] += 1  # by its title, since tasks before it may come and go
                thing = f"rollout/{plan.id}/{name}" + (f"-{seen[name]}" if seen[name] > 1 else "")
                address = f"rollout/#{anchor}"
                event = Event(thing, task.start, task.end, task.title, plan.title, address, _start(plan.start))
                self.portal[thing] = event
                if task.owner:
                    self.owners[addresses.slug(task.owner)][thing] = event

    def _changed(self, *ids: str) -> datetime | None:
        """When one of some goals was last changed, as far as is known."""
        by_goal = self.gallery.history.by_goal
        return max((change.commit.at for id in ids for change in by_goal.get(id, ())), default=None)


def _cycle_end(cycle: Cycle, gallery: Gallery) -> Event:
    title = gallery.words.language.gettext("%(cycle)s ends", cycle=cycle.name)
    thing, address = f"cycle/{cycle.id}", addresses.cycle(cycle.id)
    return Event(thing, cycle.end, cycle.end, title, "", address, _start(cycle.start))


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)

"""The dates of a portal: what is due when, when to check in, and the tasks of the rollout."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from okrsite.frozen import frozen
from okrsite.model import Cycle, KeyResult, Objective
from okrsite.site import addresses
from okrsite.site.feeds.names import NEVER
from okrsite.site.parts import MADE_NOW, Parts
from okrsite.site.views import Gallery
from okrsite.site.views.news import Chronicle

MOST = 200
"""How many events a calendar has, the next ones first."""

KEPT = timedelta(days=31)
"""How long what is over stays: a calendar that forgot on the next day would be of little use."""

_MOST_NAMED = 20


@frozen
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


Dated = tuple[int, str, int, str]
"""An event as calendars have it: its first day, what it is, the last day on which it is, and how it is written."""


@frozen
class Dater:
    """What the events of calendars are made of.

    Attributes:
        gallery: The portal.
        write: Writes an event.
    """

    gallery: Gallery
    write: Callable[[Event], str]

    def dated(self, event: Event) -> Dated:
        """An event as calendars have it."""
        return event.start.toordinal(), event.thing, event.last.toordinal(), self.write(event)


@frozen
class Events:
    """The events of all calendars.

    Attributes:
        portal: The ends of cycles, the dates of the units at the top, and the rollout.
        units: Of each unit that has any, by its id.
        owners: Of each owner that has any, by the last part of the address of their page.
        everybody: The end of the portal's cycle, for calendars that would have nothing: the standard wants something in
            each. Empty before there are goals.
    """

    portal: tuple[Dated, ...]
    units: Mapping[str, tuple[Dated, ...]]
    owners: Mapping[str, tuple[Dated, ...]]
    everybody: tuple[Dated, ...]


def events(dater: Dater, parts: Parts = MADE_NOW) -> Events:
    """The dates of a portal.

    Args:
        dater: What events are made of.
        parts: Has or makes those of each unit.
    """
    gallery = dater.gallery
    units: dict[str, dict[str, Dated]] = {}
    owners: defaultdict[str, dict[str, Dated]] = defaultdict(dict)
    for id in gallery.portal.units:
        own = units[id] = {}
        for names, event in parts.of(dates_of, dater, id):
            own[event[1]] = event
            for name in names:
                owners[name][event[1]] = event
    of_portal: dict[str, Dated] = {}
    for task, owner in _tasks(gallery):
        of_portal[task.thing] = dater.dated(task)
        if owner:
            owners[addresses.slug(owner)][task.thing] = of_portal[task.thing]
    for cycle_id in gallery.units_in:
        end = _cycle_end(gallery.portal.cycles[cycle_id], gallery)
        of_portal[end.thing] = dater.dated(end)
    for unit in gallery.portal.top_units:
        of_portal |= units[unit.id]
    today = gallery.as_of
    return Events(
        _next(today, of_portal.values()),
        {id: _next(today, found.values()) for id, found in units.items()},
        {slug: _next(today, found.values()) for slug, found in owners.items()},
        (dater.dated(_cycle_end(gallery.cycle, gallery)),) if gallery.cycle else (),
    )


def _next(today: date, found: Iterable[Dated]) -> tuple[Dated, ...]:
    """Those to come first, then those that are over; when there are too many these go."""
    now, first = today.toordinal(), (today - KEPT).toordinal()
    kept = [event for event in found if event[2] >= first]
    if len(kept) > MOST:
        kept.sort(key=lambda event: (event[2] < now, event[2], *event[:2]))
    return tuple(sorted(kept[:MOST]))


def dates_of(dater: Dater, unit_id: str) -> tuple[tuple[tuple[str, ...], Dated], ...]:
    """The dates of a unit, each with whose calendars it is in, by the last parts of the addresses of their pages."""
    dates = _Dates(dater.gallery, unit_id)
    found = [*dates.of_cycles(), *dates.of_kpis()]
    return tuple((tuple(sorted(map(addresses.slug, names))), dater.dated(event)) for names, event in found)


class _Dates:
    """The dates of a unit, each with the names of those in whose calendars it is."""

    def __init__(self, gallery: Gallery, unit_id: str) -> None:
        self.gallery = gallery
        self.unit = gallery.portal.units[unit_id]
        self.changes = gallery.kept(Chronicle).last_changed

    def of_cycles(self) -> Iterator[tuple[set[str], Event]]:
        """When objectives are due, and when to check in on them."""
        by_cycle, cycles = self.gallery.portal.objectives_by_unit[self.unit.id], self.gallery.portal.cycles
        for cycle in (cycles[id] for id in by_cycle):
            if self.gallery.as_of > cycle.end + min(KEPT, date.max - cycle.end):
                continue
            active = [each for each in by_cycle[cycle.id] if each.state == "active"]
            due = [each for objective in active for each in self._of_objective(objective)]
            yield from due
            if active:
                yield {name for names, _ in due for name in names}, self._rhythm(cycle)

    def of_kpis(self) -> Iterator[tuple[set[str], Event]]:
        """When KPIs are due."""
        _, words = self.gallery.words.language.gettext, self.gallery.words
        for kpi in self.gallery.portal.kpis_by_unit[self.unit.id]:
            if kpi.due is None:
                continue
            title, about = _("Due: %(goal)s", goal=kpi.name), words.target_in_words(kpi)
            changed = self._changed(kpi.id) or NEVER
            event = Event(f"due/{kpi.id}", kpi.due, kpi.due, title, about, addresses.goal(kpi.id), changed)
            yield {kpi.owner} if kpi.owner else set(), event

    def _of_objective(self, objective: Objective) -> Iterator[tuple[set[str], Event]]:
        by_day: defaultdict[date, list[KeyResult]] = defaultdict(list)
        for kr in objective.key_results:
            by_day[kr.due].append(kr)
        for day, key_results in by_day.items():
            yield {objective.owner, *(kr.owner for kr in key_results)}, self._due(objective, day, key_results)

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

    def _rhythm(self, cycle: Cycle) -> Event:
        """The last days of a cycle's check-in periods; the last of all is a due date, so it need not be whole."""
        _, unit = self.gallery.words.language.gettext, self.unit
        times = max(cycle.days // cycle.check_in_every, 1)
        day = min(cycle.start + timedelta(days=cycle.check_in_every - 1), cycle.end)
        title = _("Check-in: %(unit)s", unit=unit.name)
        every = self.gallery.words.count(cycle.check_in_every, "day")
        about = _("One every %(days)s in %(cycle)s.", days=every, cycle=cycle.name)
        thing, address = f"check-in/{unit.id}/{cycle.id}", addresses.goal(unit.id)
        return Event(thing, day, day, title, about, address, _start(cycle.start), cycle.check_in_every, times)

    def _changed(self, *ids: str) -> datetime | None:
        """When one of some goals was last changed, as far as is known."""
        known = (self.changes.get(id) for id in ids)
        return max((datetime.fromisoformat(moment) for moment in known if moment), default=None)


def _tasks(gallery: Gallery) -> Iterator[tuple[Event, str]]:
    """The tasks of the rollout, each with its owner."""
    for plan in gallery.portal.rollouts:
        seen: Counter[str] = Counter()
        for place, task in enumerate(plan.tasks, 1):
            anchor, name = addresses.rollout_task(plan.id, place), addresses.slug(task.title)
            seen[name] += 1  # by its title, since tasks before it may come and go
            thing = f"rollout/{plan.id}/{name}" + (f"-{seen[name]}" if seen[name] > 1 else "")
            address = f"rollout/#{anchor}"
            yield Event(thing, task.start, task.end, task.title, plan.title, address, _start(plan.start)), task.owner


def _cycle_end(cycle: Cycle, gallery: Gallery) -> Event:
    title = gallery.words.language.gettext("%(cycle)s ends", cycle=cycle.name)
    thing, address = f"cycle/{cycle.id}", addresses.cycle(cycle.id)
    return Event(thing, cycle.end, cycle.end, title, "", address, _start(cycle.start))


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)

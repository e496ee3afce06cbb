"""Changes: a newspaper of the goals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from okrsite.frozen import frozen
from okrsite.model import Cycle
from okrsite.scoring import CycleFigures
from okrsite.site import addresses
from okrsite.site.messages.news import in_a_sentence
from okrsite.site.pages.page import Material, Page, PagePlan
from okrsite.site.views import Gallery, Link, Some, first
from okrsite.site.views.arrivals import Arrived, Meeting, meetings
from okrsite.site.views.ledger import Entry, Ledgers, Missing
from okrsite.site.views.news import Chronicle, News, Turned

_MOST_ENTRIES = 8
_MOST_TURNED = 12
_MOST_SAID = 12
"""What is told of one unit within a week: commits, statuses, check-ins."""

_MOST_TOLD = 120
"""How much is told of all units within a week; what goes beyond is counted."""

_MOST_ROWS = 200
_MOST_IN_CYCLE = 80
"""Units in the table of the cycle, and commits that are told of below it."""


@frozen
class Said:
    """A meeting, with as many of its check-ins as there is room for."""

    meeting: Meeting
    said: tuple[Arrived, ...]


@frozen
class UnitNews:
    """What changed in a unit.

    Attributes:
        unit: Without an address where it is gone.
        level: The unit's; empty where it is gone.
        turned: Objectives and KPIs that have another status, what got worse first.
        moved: Commits that moved goalposts, newest first.
        goals: Commits by which goals came or ended.
        edited: Commits that changed readings after the fact.
        meetings: Check-ins, newest first; ``more`` counts the check-ins that are left out.
    """

    unit: Link
    level: str
    turned: Some[Turned]
    moved: Some[Entry]
    goals: Some[Entry]
    edited: Some[Entry]
    meetings: Some[Said]

    @property
    def amount(self) -> int:
        """How many goals by how many commits, those included that are left out."""
        commits = (self.moved, self.goals, self.edited)
        return sum(len(entry.moved) for each in commits for entry in each) + sum(each.more for each in commits)

    @property
    def size(self) -> int:
        """How much is told."""
        said = sum(len(each.said) for each in self.meetings)
        return len(self.turned) + len(self.moved) + len(self.goals) + len(self.edited) + said


@frozen
class Period:
    """Some days.

    Attributes:
        id: Its place on the page.
        sentence: What changed, counted.
        units: What changed, unit by unit; ``more`` counts the units there is no room for.
    """

    id: str
    title: str
    first_day: date
    until: date
    sentence: str
    units: Some[UnitNews]


@frozen
class CycleRow:
    """How much changed in a unit since the cycle began; ``figures`` are None where it has none, or is gone."""

    unit: Link
    level: str
    figures: CycleFigures | None
    check_ins: int
    news: News


@frozen
class CycleNews:
    """What changed since the cycle began.

    Attributes:
        rows: The units in which something did.
        units: The goalposts, new and ended goals of each, folded; ``more`` counts the units there is no room for.
    """

    cycle: Cycle
    until: date
    sentence: str
    rows: Some[CycleRow]
    units: Some[UnitNews]


@frozen
class ChangesPage:
    """The page of changes.

    Attributes:
        sentence: What changed within the last seven days.
        weeks: These days, and the seven before.
        cycle: The current cycle; None where there is none that has begun.
        missing: What of the history is not known, so that nothing is told of it; None where everything is.
    """

    sentence: str
    weeks: tuple[Period, ...]
    cycle: CycleNews | None
    missing: Missing | None

    @property
    def is_long(self) -> bool:
        """Whether more than one unit is told of, so that there is something to choose from."""
        lists = [week.units for week in self.weeks] + ([self.cycle.units] if self.cycle else [])
        return len({each.unit for units in lists for each in units}) > 1


def plans(material: Material) -> Iterator[PagePlan]:
    """The page of changes."""
    del material
    yield PagePlan(addresses.CHANGES, _page)


def _page(material: Material) -> Page:
    _ = material.gallery.words.language.gettext
    record = changes(material.chronicle)
    return Page(
        address=addresses.CHANGES,
        template="okr/changes.html",
        title=_("Changes"),
        record=record,
        description=_("Within seven days: %(news)s", news=record.sentence),
        feeds=addresses.PORTAL_FEEDS,
    )


def changes(chronicle: Chronicle) -> ChangesPage:
    """What the page of changes shows."""
    gallery = chronicle.gallery
    ledgers, words, as_of = gallery.kept(Ledgers), gallery.words, gallery.as_of
    _ = words.language.gettext
    weeks = [
        _period(ledgers, "this-week", _("This week"), chronicle.week),
        _period(ledgers, "last-week", _("The week before"), chronicle.week_before),
    ]
    cycle = gallery.cycle
    return ChangesPage(
        sentence=in_a_sentence(words, chronicle.week),
        weeks=tuple(weeks),
        cycle=_cycle(chronicle, ledgers, cycle) if cycle and cycle.start <= as_of else None,
        missing=ledgers.missing,
    )


def _period(ledgers: Ledgers, id: str, title: str, news: News) -> Period:
    sentence = in_a_sentence(ledgers.gallery.words, news)
    return Period(id, title, news.first_day, news.until, sentence, _with_room(ledgers, news, _MOST_TOLD))


def _cycle(chronicle: Chronicle, ledgers: Ledgers, cycle: Cycle) -> CycleNews:
    gallery = chronicle.gallery
    until = min(cycle.end, gallery.as_of)
    days = date.fromordinal(cycle.start.toordinal() - 1), until
    news, check_ins = chronicle.moved_between(*days), chronicle.checked_in(*days)
    nothing = News(*days)

    def row(id: str) -> CycleRow:
        figures = gallery.figures.units.get(id, {}).get(cycle.id)
        return CycleRow(*_place(gallery, id), figures, check_ins.get(id, 0), news.by_unit.get(id, nothing))

    return CycleNews(
        cycle=cycle,
        until=until,
        sentence=in_a_sentence(gallery.words, news, sum(check_ins.values())),
        rows=first(sorted({*news.by_unit, *check_ins}), _MOST_ROWS).each(row),
        units=_with_room(ledgers, news, _MOST_IN_CYCLE),
    )


def _unit(ledgers: Ledgers, id: str, news: News) -> UnitNews:
    unit, level = _place(ledgers.gallery, id)
    return UnitNews(
        unit=unit,
        level=level,
        turned=first((*news.turned, *news.kpis), _MOST_TURNED),
        moved=first(ledgers.entries(news.moved), _MOST_ENTRIES),
        goals=first(ledgers.entries(news.goals), _MOST_ENTRIES),
        edited=first(ledgers.entries(news.edited), _MOST_ENTRIES),
        meetings=_said(meetings(news.check_ins)),
    )


def _place(gallery: Gallery, id: str) -> tuple[Link, str]:
    """A unit and its level; of one that is gone its id."""
    unit = gallery.portal.units.get(id)
    return (Link(unit.name, addresses.goal(id)), unit.level) if unit else (Link(id, ""), "")


def _said(all: Sequence[Meeting]) -> Some[Said]:
    room, shown = _MOST_SAID, []
    for meeting in all:
        said = meeting.said[:room]
        room -= len(said)
        if said:
            shown.append(Said(meeting, said))
    left = sum(len(meeting.said) for meeting in all) - _MOST_SAID + room
    return Some(tuple(shown), left)


def _with_room(ledgers: Ledgers, news: News, most: int) -> Some[UnitNews]:
    """As many units as there is room for; those in which somebody only checked in give way first."""
    by_weight = sorted(news.by_unit.items(), key=lambda each: not each[1].has_more_than_check_ins)
    kept: dict[str, UnitNews] = {}
    room = most
    for id, each in by_weight:
        unit = _unit(ledgers, id, each)
        room -= unit.size
        if room < 0 and kept:
            break
        kept[id] = unit
    return Some(tuple(kept[id] for id in sorted(kept)), len(by_weight) - len(kept))

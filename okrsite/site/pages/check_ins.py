"""Check-ins: who is due, what waits, what came in?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from okrsite.site.page import Material, Page, PagePlan
from okrsite.site.views import KeyResultView, KpiView, ObjectiveView, Some, UnitView, first
from okrsite.site.views.arrivals import Meeting, meetings
from okrsite.site.views.news import Chronicle

_WEEK = timedelta(days=7)
_FEED_DAYS = timedelta(days=28)
_MOST_MEETINGS = 30
_MOST_DUE = 60


@dataclass(frozen=True, slots=True)
class Due:
    """A check-in that is due; ``days`` since the last reading (or the window's start)."""

    key_result: KeyResultView
    objective: ObjectiveView
    on: date
    days: int
    every: int


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a unit checks in; ``waiting`` of its check-ins are overdue."""

    unit: UnitView
    waiting: int


@dataclass(frozen=True, slots=True)
class CheckInsPage:
    """The check-ins page.

    Attributes:
        waiting: By how long they have waited, longest first; of very many those.
        waited_for: How many there are.
        due: Within the next seven days, soonest first; of very many those.
        due_soon: How many there are.
        kpis: KPIs whose next measurement is overdue.
        meetings: What came in within four weeks, newest first; of very much the newest.
        recent: How many check-ins came in within the last week.
        rhythm: Units with goals in the current cycle, all of them: everyone finds their own.
    """

    waiting: Some[Due]
    waited_for: int
    due: Some[Due]
    due_soon: int
    kpis: tuple[KpiView, ...]
    meetings: Some[Meeting]
    recent: int
    rhythm: tuple[Rhythm, ...]


def plans(material: Material) -> Iterator[PagePlan]:
    """The check-ins page."""
    del material
    yield PagePlan("check-ins/", _page)


def _page(material: Material) -> Page:
    record, _ = _check_ins(material.chronicle), material.gallery.words.language.gettext
    about = _("Who is due, and what came in.")
    return Page("check-ins/", "okr/check-ins.html", _("Check-ins"), record, description=about)


def _check_ins(chronicle: Chronicle) -> CheckInsPage:
    gallery = chronicle.gallery
    as_of = gallery.as_of
    waiting, due = [], []
    for view in gallery.running:
        for kr in view.key_results:
            last = kr.figures.last_check_in or kr.kr.start
            if kr.check_in_due is None or as_of < kr.kr.start:
                continue
            entry = Due(kr, view, kr.check_in_due, (as_of - last).days, view.cycle.check_in_every)
            if kr.waits:
                waiting.append(entry)
            elif kr.check_in_due <= as_of + _WEEK:
                due.append(entry)
    feed = chronicle.between(as_of - _FEED_DAYS, statuses=False).check_ins
    cycle = gallery.cycle
    by_unit = Counter(entry.objective.unit.id for entry in waiting)
    return CheckInsPage(
        waiting=first(sorted(waiting, key=lambda entry: (-entry.days, entry.key_result.kr.id)), _MOST_DUE),
        waited_for=len(waiting),
        due=first(sorted(due, key=lambda entry: (entry.on, entry.key_result.kr.id)), _MOST_DUE),
        due_soon=len(due),
        kpis=tuple(view for view in gallery.kpis.values() if view.figures.stale),
        meetings=first(meetings(feed), _MOST_MEETINGS),
        recent=len(chronicle.week.check_ins),
        rhythm=tuple(
            Rhythm(gallery.unit(id, cycle.id), by_unit[id])
            for id, cycles in gallery.portal.objectives_by_unit.items()
            if cycle and cycle.id in cycles
        ),
    )

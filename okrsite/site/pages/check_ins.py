"""Check-ins: who is due, what waits, what came in?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from okrsite.site.page import Material, Page
from okrsite.site.pages.home import RECENT_DAYS, Arrived, arrived
from okrsite.site.views import Gallery, KeyResultView, KpiView, ObjectiveView, UnitView

_WEEK = timedelta(days=7)
_FEED_DAYS = 28


@dataclass(frozen=True, slots=True)
class Due:
    """A check-in that is due; ``days`` since the last reading (or the window's start)."""

    key_result: KeyResultView
    objective: ObjectiveView
    on: date
    days: int
    every: int


@dataclass(frozen=True, slots=True)
class CheckInsPage:
    """The check-ins page.

    Attributes:
        waiting: By how long they have waited, longest first.
        due: Within the next seven days, soonest first.
        kpis: KPIs whose next measurement is overdue.
        arrived: What came in within four weeks, newest first; ``recent`` of it within the last week.
        rhythm: Units with goals in the current cycle.
    """

    waiting: tuple[Due, ...]
    due: tuple[Due, ...]
    kpis: tuple[KpiView, ...]
    arrived: tuple[Arrived, ...]
    recent: int
    rhythm: tuple[UnitView, ...]


def pages(material: Material) -> Iterator[Page]:
    """The check-ins page."""
    record = _page(material.gallery)
    yield Page("check-ins/", "okr/check-ins.html", "Check-ins", record, description="Who is due, and what came in.")


def _page(gallery: Gallery) -> CheckInsPage:
    as_of = gallery.as_of
    waiting, due = [], []
    for view in gallery.objectives.values():
        for kr in view.key_results:
            last = kr.figures.last_check_in or kr.kr.start
            if kr.check_in_due is None or as_of < kr.kr.start:
                continue
            entry = Due(kr, view, kr.check_in_due, (as_of - last).days, view.cycle.check_in_every)
            if kr.waits:
                waiting.append(entry)
            elif kr.check_in_due <= as_of + _WEEK:
                due.append(entry)
    feed = arrived(gallery, _FEED_DAYS)
    since = as_of - timedelta(days=RECENT_DAYS)
    cycle = gallery.cycle
    return CheckInsPage(
        waiting=tuple(sorted(waiting, key=lambda entry: (-entry.days, entry.key_result.kr.id))),
        due=tuple(sorted(due, key=lambda entry: (entry.on, entry.key_result.kr.id))),
        kpis=tuple(view for view in gallery.kpis.values() if view.figures.stale),
        arrived=feed,
        recent=sum(item.reading.date > since for item in feed),
        rhythm=tuple(
            gallery.unit(id, cycle.id)
            for id, cycles in gallery.portal.objectives_by_unit.items()
            if cycle and cycle.id in cycles
        ),
    )

"""Check-ins: who is due, what waits, what came in?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from okrsite.frozen import frozen
from okrsite.site import addresses
from okrsite.site.pages.page import Material, Page, PagePlan
from okrsite.site.views import Gallery, KpiView, Link, Some, first
from okrsite.site.views.arrivals import Meeting, meetings
from okrsite.site.views.kept_units import sums_of
from okrsite.site.views.leading import Leading, Ranked, first_of_all, leading
from okrsite.site.views.news import LATELY, WEEK, Chronicle

_MOST_MEETINGS = 30
_MOST_DUE = 60
_MOST_KPIS = 100


@frozen
class Due:
    """A check-in that is due.

    Attributes:
        key_result: What it is on.
        objective: The title of the objective.
        unit: The unit.
        owner: Of the key result.
        on: When it is due.
        last: The day of the last reading; None where there is none.
        days: How many days ago that was, or the window began.
        every: How many days there are between check-ins.
    """

    key_result: Link
    objective: str
    unit: Link
    owner: str
    on: date
    last: date | None
    days: int
    every: int


@frozen
class Rhythm:
    """How a unit checks in.

    Attributes:
        periods: The last check-in periods, oldest first: whether anything came in.
        waiting: How many of its check-ins are overdue.
    """

    unit: Link
    periods: tuple[bool, ...]
    waiting: int


@frozen
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
    kpis: Some[KpiView]
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
    as_of, units, cycle = gallery.as_of, gallery.portal.units, gallery.cycle
    asked = {id: gallery.part(asked_of, id) for id in units}
    waiting = first_of_all((waits for waits, _, _ in asked.values()), _MOST_DUE)
    due = first_of_all((due for _, due, _ in asked.values()), _MOST_DUE)
    kpis = first_of_all((kpis for _, _, kpis in asked.values()), _MOST_KPIS)
    return CheckInsPage(
        waiting=waiting.each(lambda row: _due(gallery, row)),
        waited_for=waiting.total,
        due=due.each(lambda row: _due(gallery, row)),
        due_soon=due.total,
        kpis=kpis.each(lambda row: gallery.kpis[row[0]]),
        meetings=first(meetings(chronicle.came_between(as_of - LATELY, as_of)), _MOST_MEETINGS),
        recent=len(chronicle.came_between(as_of - WEEK, as_of)),
        rhythm=tuple(
            Rhythm(gallery.unit_link(id), sums_of(gallery, id, cycle.id).rhythm, asked[id][0][0])
            for id, cycles in gallery.portal.objective_ids.items()
            if cycle and cycle.id in cycles
        ),
    )


def asked_of(gallery: Gallery, unit_id: str) -> tuple[Leading, Leading, Leading]:
    """The key results of a unit that wait for a check-in, those whose is due soon, and its KPIs that are overdue."""
    waiting: list[Ranked] = []
    due: list[Ranked] = []
    for objective in gallery.running_in(unit_id):
        for view in gallery.objectives[objective.id].key_results:
            if view.check_in_due is None or gallery.as_of < view.kr.start:
                continue
            last, on = view.figures.last_check_in, view.check_in_due.toordinal()
            days = (gallery.as_of - (last or view.kr.start)).days
            plain = view.kr.id, view.kr.owner, on, last and last.toordinal(), days
            if view.waits:
                waiting.append((-days, *plain))
            elif view.check_in_due <= gallery.as_of + WEEK:
                due.append((on, *plain))
    kpis = [(id,) for id in gallery.portal.kpi_ids[unit_id] if gallery.figures.kpis[id].stale]
    return leading(waiting, _MOST_DUE), leading(due, _MOST_DUE), leading(kpis, _MOST_KPIS)


def _due(gallery: Gallery, row: Ranked) -> Due:
    _, id, owner, on, last, days = row
    unit_id, cycle_id, *_ = id.rsplit("/", 3)
    titles = gallery.portal.titles
    return Due(
        key_result=Link(titles[id], addresses.key_result(id)),
        objective=titles[id.rpartition("/")[0]],
        unit=gallery.unit_link(unit_id),
        owner=owner,
        on=date.fromordinal(on),
        last=None if last is None else date.fromordinal(last),
        days=days,
        every=gallery.portal.cycles[cycle_id].check_in_every,
    )

"""Cycles: how did each go?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from okrsite.charts import Chart, Line, portal_progress
from okrsite.frozen import frozen
from okrsite.model import Cycle
from okrsite.scoring import CycleFigures, Grade, Status
from okrsite.site import addresses
from okrsite.site.pages.page import Material, Page, PagePlan
from okrsite.site.views import (
    Gallery,
    Link,
    ObjectiveView,
    Some,
    Tally,
    TrendTable,
    UnitRow,
    beside,
    first,
    trend_table,
)
from okrsite.site.views.explanations import Explanation, explain_portal
from okrsite.site.views.graphs import distribution
from okrsite.site.views.kept_rows import GRADES
from okrsite.site.views.kept_units import standings, sums_of
from okrsite.site.views.retrospective import Retrospective, retrospective
from okrsite.site.views.standing import Standing

MOST_CHARTED = 60
MOST_UNITS = 100
MOST_GRADED = 100

Counts = tuple[tuple[Status, int], ...]
"""Those of a `Tally`."""

_BANDS = (Fraction(7), Fraction(4), Fraction(0))
"""From which confidence on owners were sure, open, doubtful."""


@frozen
class Band:
    """Graded objectives of about the same confidence.

    Attributes:
        least: The lowest confidence that belongs to it; None for those that none was given for.
        below: The lowest that is above it; None for the highest band.
        grades: How many of them have each of `GRADES`.
    """

    least: Fraction | None
    below: Fraction | None
    grades: tuple[int, ...]


@frozen
class Outcome:
    """A cycle as a row beside others."""

    cycle: Cycle
    address: str
    figures: CycleFigures | None
    objectives: Tally
    key_results: Tally
    grades: tuple[tuple[Grade, int], ...]


@frozen
class CyclePage:
    """A cycle's page.

    Attributes:
        why: How its figures came to be.
        outcome: What it came to.
        units: The units with goals in it; of too many those farthest behind.
        graded: Objectives with a grade, the lowest score first.
        bands: Their grades against the last confidence.
        looking_back: How it was graded, what was learned, and what went on.
        by_status: The key results of its units by status; None where they are too many.
        previous: What the cycle before it came to.
        others: The cycles around it, newest first.
    """

    cycle: Cycle
    figures: CycleFigures | None
    sentence: str
    why: Explanation | None
    outcome: Outcome
    units: Some[UnitRow]
    graded: Some[ObjectiveView]
    bands: tuple[Band, ...]
    looking_back: Retrospective
    trend: Chart | None
    trend_table: TrendTable
    by_status: Chart | None
    previous: Outcome | None
    others: Some[Link]

    @property
    def charts(self) -> tuple[Chart, ...]:
        """All that are there."""
        return tuple(chart for chart in (self.trend, self.by_status) if chart)


@frozen
class Cycles:
    """The list of cycles, newest first."""

    cycles: tuple[Outcome, ...]
    current: str | None


def plans(material: Material) -> Iterator[PagePlan]:
    """The page of each cycle, and the list of them."""
    yield PagePlan("cycles/", _cycles_page)
    portal = material.gallery.portal
    goals = Counter(id for of_unit in portal.objective_ids.values() for id, ids in of_unit.items() for _ in ids)
    for id in portal.cycles:
        yield PagePlan(addresses.cycle(id), _cycle_page, (id,), goals=goals[id])


def _cycles_page(material: Material) -> Page:
    gallery, _ = material.gallery, material.gallery.words.language.gettext
    outcomes = [gallery.kept(_outcome, id) for id in gallery.portal.cycles]
    record = Cycles(tuple(reversed(outcomes)), gallery.figures.cycle)
    return Page("cycles/", "okr/cycles.html", _("Cycles"), record, description=_("All cycles, newest first."))


def _cycle_page(material: Material, id: str) -> Page:
    gallery, _ = material.gallery, material.gallery.words.language.gettext
    cycle = gallery.portal.cycles[id]
    page = _cycle(gallery, material.settings.site_name, cycle)
    title = cycle.name if cycle.name == id else f"{cycle.name} ({id})"
    above = [Link(_("Cycles"), "cycles/")]
    return Page(addresses.cycle(id), "okr/cycle.html", title, page, above, page.sentence, page.charts)


def _cycle(gallery: Gallery, name: str, cycle: Cycle) -> CyclePage:
    outcome, words = gallery.kept(_outcome, cycle.id), gallery.words
    figures = outcome.figures
    tops = gallery.portal.top_units
    name = tops[0].name if len(tops) == 1 else name
    units = gallery.units_in.get(cycle.id, ())
    every = _standings(gallery, cycle.id)
    graded = sorted((each for each in every if each.grade), key=lambda each: (each.progress, each.id))
    series = gallery.trends.portal_trend(cycle.id)
    whole, _ = Line(name, series), words.language.gettext
    drawn = _("Progress in %(cycle)s", cycle=cycle.name)
    by_status = _("Key results by status, %(cycle)s", cycle=cycle.name)
    newest_first = [*gallery.portal.cycles][::-1]
    earlier = [each for each in gallery.portal.cycles.values() if each.end < cycle.start]
    before = max(earlier, key=lambda each: each.end, default=None)
    return CyclePage(
        cycle=cycle,
        figures=figures,
        sentence=words.state(name, figures, cycle, gallery.as_of) if figures else "",
        why=explain_portal(gallery, cycle.id),
        outcome=outcome,
        units=_shown(gallery, cycle.id),
        graded=first(graded, MOST_GRADED).each(lambda each: gallery.objectives[each.id]),
        bands=_bands(graded),
        looking_back=retrospective(gallery, every, over=cycle.end < gallery.as_of),
        trend=portal_progress(drawn, cycle.start, cycle.end, whole, (), words.language) if series else None,
        trend_table=trend_table([whole]),
        by_status=distribution(gallery, by_status, (gallery.unit_row(id, cycle.id) for id in units))
        if len(units) <= MOST_CHARTED
        else None,
        previous=gallery.kept(_outcome, before.id) if before else None,
        others=beside(newest_first, newest_first.index(cycle.id)).each(gallery.cycle_link),
    )


def _outcome(gallery: Gallery, cycle_id: str) -> Outcome:
    cycle = gallery.portal.cycles[cycle_id]
    objectives, key_results, grades = gallery.part(_counts, cycle_id)
    return Outcome(
        cycle=cycle,
        address=addresses.cycle(cycle.id),
        figures=gallery.figures.portal.get(cycle.id),
        objectives=Tally(objectives),
        key_results=Tally(key_results),
        grades=grades,
    )


def _counts(gallery: Gallery, cycle_id: str) -> tuple[Counts, Counts, tuple[tuple[Grade, int], ...]]:
    """How many objectives and key results of a cycle have which status, and which grades there are."""
    counting = [each for each in _standings(gallery, cycle_id) if each.rolls_up]
    of_units = (sums_of(gallery, id, cycle_id) for id in gallery.units_in.get(cycle_id, ()))
    grades = Counter(each.grade for each in counting)
    return (
        Tally.of([each.status for each in counting]).counts,
        Tally.of([status for sums in of_units for status in sums.statuses]).counts,
        tuple((grade, grades[grade]) for grade in GRADES if grades[grade]),
    )


def _standings(gallery: Gallery, cycle_id: str) -> list[Standing]:
    """All objectives of a cycle, unit by unit."""
    units = gallery.units_in.get(cycle_id, ())
    return [each for id in units for each in standings(gallery, id, cycle_id)]


def _shown(gallery: Gallery, cycle_id: str) -> Some[UnitRow]:
    """The units with goals in a cycle, in the order of their ids; of too many those farthest behind."""
    units: Sequence[str] = gallery.units_in.get(cycle_id, ())
    if len(units) > MOST_UNITS:
        figures = {id: gallery.figures.units[id].get(cycle_id) for id in units}
        behind = {id: each.progress - each.expected for id, each in figures.items() if each}
        units = [*sorted(behind, key=lambda unit: (behind[unit], unit)), *(id for id in units if id not in behind)]
    return first(units, MOST_UNITS).each(lambda unit: gallery.unit_row(unit, cycle_id))


def _bands(graded: Sequence[Standing]) -> tuple[Band, ...]:
    """Grades against confidence; a band that nothing is in is left out."""
    members: dict[Fraction | None, list[Grade | None]] = {}
    for each in graded:
        sure = each.confidence
        least = None if sure is None else next(limit for limit in _BANDS if sure >= limit)
        members.setdefault(least, []).append(each.grade)
    above: dict[Fraction | None, Fraction | None] = dict(zip(_BANDS, (None, *_BANDS), strict=False))
    return tuple(
        Band(least, above.get(least), tuple(members[least].count(grade) for grade in GRADES))
        for least in (*_BANDS, None)
        if least in members
    )

"""Cycles: how did each go?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from okrsite.charts import Chart, Line, portal_progress
from okrsite.model import Cycle
from okrsite.scoring import CycleFigures, Grade
from okrsite.site import addresses
from okrsite.site.page import Material, Page, PagePlan
from okrsite.site.views import (
    Gallery,
    Link,
    ObjectiveView,
    Some,
    Tally,
    TrendTable,
    UnitView,
    first,
    trend_table,
)
from okrsite.site.views.explanations import Explanation, explain_portal
from okrsite.site.views.graphs import distribution
from okrsite.site.views.retrospective import GRADES, Retrospective, retrospective

MOST_CHARTED = 60
MOST_UNITS = 100
MOST_GRADED = 100

_BANDS = (Fraction(7), Fraction(4), Fraction(0))
"""From which confidence on owners were sure, open, doubtful."""


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """A cycle as a row beside others."""

    cycle: Cycle
    address: str
    figures: CycleFigures | None
    objectives: Tally
    key_results: Tally
    grades: tuple[tuple[Grade, int], ...]


@dataclass(frozen=True, slots=True)
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
    """

    cycle: Cycle
    figures: CycleFigures | None
    sentence: str
    why: Explanation | None
    outcome: Outcome
    units: Some[UnitView]
    graded: Some[ObjectiveView]
    bands: tuple[Band, ...]
    looking_back: Retrospective
    trend: Chart | None
    trend_table: TrendTable
    by_status: Chart | None
    previous: Outcome | None
    others: tuple[Link, ...]

    @property
    def charts(self) -> tuple[Chart, ...]:
        """All that are there."""
        return tuple(chart for chart in (self.trend, self.by_status) if chart)


@dataclass(frozen=True, slots=True)
class Cycles:
    """The list of cycles, newest first."""

    cycles: tuple[Outcome, ...]
    current: str | None


def plans(material: Material) -> Iterator[PagePlan]:
    """The page of each cycle, and the list of them."""
    yield PagePlan("cycles/", _cycles_page)
    for id in material.gallery.portal.cycles:
        yield PagePlan(addresses.cycle(id), _cycle_page, (id,))


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
    units = _units(gallery, cycle)
    counting = _counting(units)
    graded = _lowest_first(view for view in counting if view.figures.grade)
    series = gallery.trends.portal_trend(cycle.id)
    whole, _ = Line(name, series), words.language.gettext
    drawn = _("Progress in %(cycle)s", cycle=cycle.name)
    by_status = _("Key results by status, %(cycle)s", cycle=cycle.name)
    earlier = [each for each in gallery.portal.cycles.values() if each.end < cycle.start]
    before = max(earlier, key=lambda each: each.end, default=None)
    return CyclePage(
        cycle=cycle,
        figures=figures,
        sentence=words.state(name, figures, cycle, gallery.as_of) if figures else "",
        why=explain_portal(gallery, cycle.id),
        outcome=outcome,
        units=_shown(units),
        graded=first(graded, MOST_GRADED),
        bands=_bands(graded),
        looking_back=retrospective(
            [view for unit in units for view in unit.objectives], over=cycle.end < gallery.as_of
        ),
        trend=portal_progress(drawn, cycle.start, cycle.end, whole, (), words.language) if series else None,
        trend_table=trend_table([whole]),
        by_status=distribution(gallery, by_status, units) if len(units) <= MOST_CHARTED else None,
        previous=gallery.kept(_outcome, before.id) if before else None,
        others=tuple(
            Link(each.name, addresses.cycle(each.id))
            for each in reversed(tuple(gallery.portal.cycles.values()))
            if each.id != cycle.id
        ),
    )


def _outcome(gallery: Gallery, cycle_id: str) -> Outcome:
    cycle, figures = gallery.portal.cycles[cycle_id], gallery.figures
    by_unit = gallery.portal.objectives_by_unit
    counting = [each for id in gallery.units_in.get(cycle_id, ()) for each in by_unit[id][cycle_id] if each.rolls_up]
    key_results = [kr.id for each in counting for kr in each.key_results]
    counts = Counter(figures.objectives[each.id].grade for each in counting)
    return Outcome(
        cycle=cycle,
        address=addresses.cycle(cycle.id),
        figures=figures.portal.get(cycle.id),
        objectives=Tally.of([figures.objectives[each.id].status for each in counting]),
        key_results=Tally.of([figures.key_results[id].status for id in key_results]),
        grades=tuple((grade, counts[grade]) for grade in GRADES if counts[grade]),
    )


def _units(gallery: Gallery, cycle: Cycle) -> list[UnitView]:
    """The units with goals in a cycle, in the order of their ids."""
    return [gallery.unit(id, cycle.id) for id in gallery.units_in.get(cycle.id, ())]


def _shown(units: list[UnitView]) -> Some[UnitView]:
    if len(units) <= MOST_UNITS:
        return Some(tuple(units))
    with_figures = [
        (view.figures.progress - view.figures.expected, view.unit.id, view) for view in units if view.figures
    ]
    behind = [view for *_, view in sorted(with_figures, key=lambda each: each[:2])]
    return first([*behind, *(view for view in units if not view.figures)], MOST_UNITS)


def _counting(units: Sequence[UnitView]) -> list[ObjectiveView]:
    return [view for unit in units for view in unit.objectives if view.objective.rolls_up]


def _lowest_first(views: Iterator[ObjectiveView]) -> list[ObjectiveView]:
    return sorted(views, key=lambda view: (view.figures.progress, view.objective.id))


def _bands(graded: Sequence[ObjectiveView]) -> tuple[Band, ...]:
    """Grades against confidence; a band that nothing is in is left out."""
    members: dict[Fraction | None, list[Grade | None]] = {}
    for view in graded:
        sure = view.figures.confidence
        least = None if sure is None else next(each for each in _BANDS if sure >= each)
        members.setdefault(least, []).append(view.figures.grade)
    above: dict[Fraction | None, Fraction | None] = dict(zip(_BANDS, (None, *_BANDS), strict=False))
    return tuple(
        Band(least, above.get(least), tuple(members[least].count(grade) for grade in GRADES))
        for least in (*_BANDS, None)
        if least in members
    )

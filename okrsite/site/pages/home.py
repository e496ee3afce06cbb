"""Home: how are we doing, and what needs me?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from okrsite.charts import Chart, Line, portal_progress
from okrsite.frozen import frozen
from okrsite.model import Cycle, Unit
from okrsite.scoring import CycleFigures
from okrsite.site import addresses
from okrsite.site.messages.handout import Handout, portal_handout
from okrsite.site.messages.news import in_a_sentence
from okrsite.site.pages.page import Material, Page, PagePlan
from okrsite.site.pages.rollout import RolloutView
from okrsite.site.views import Gallery, Link, Some, Tally, TrendTable, UnitView, first, trend_table
from okrsite.site.views.arrivals import Arrived, telling
from okrsite.site.views.attention import Attention, attention
from okrsite.site.views.explanations import Explanation, explain_portal
from okrsite.site.views.kept_units import standings, sums_of
from okrsite.site.views.ledger import Entry, Ledgers
from okrsite.site.views.news import Chronicle, News

_FORTNIGHT = timedelta(days=14)
_SHOWN_CYCLES = 4
_MOST_LINES = 8
_MOST_HEAT = 40
_MOST_TOPS = 12
_MOST_ARRIVED = 6
_MOST_MOVED = 3


@frozen
class HeatRow:
    """A unit's status in the last cycles; None where it has no figures."""

    unit: Unit
    address: str
    cells: tuple[tuple[Cycle, CycleFigures | None], ...]


@frozen
class Home:
    """The home page.

    Attributes:
        name: Of the one unit at the top, or of the portal where there are several.
        headline: The state of the portal in a few words; empty before there are goals.
        pace: The figures behind the headline in words.
        sentence: Both in one sentence, for previews.
        why: How the figures came to be.
        objectives: How many objectives of the cycle have which status.
        key_results: The same of their key results.
        confidence_before: What the confidence was a fortnight ago.
        trend: The portal's progress over the cycle.
        trend_table: The same in numbers.
        top: The units at the top with their objectives, each in its own current cycle.
        attention: What is off track, at risk, without data, overdue, or trusted less than before.
        news: What changed within seven days; ``changed`` is that in a sentence.
        telling: Those of the check-ins that say most.
        moved: The commits that moved goalposts, newest first.
        goals: The commits by which goals came or ended, newest first.
        others: The other cycles, newest first.
        heat_level: The second level, or the only one.
        heat: Its units by cycle.
        handout: The portal's status to hand on; None before there are goals.
    """

    name: str
    cycle: Cycle | None
    figures: CycleFigures | None
    headline: str
    pace: str
    sentence: str
    why: Explanation | None
    objectives: Tally
    key_results: Tally
    confidence: Fraction | None
    confidence_before: float | None
    trend: Chart | None
    trend_table: TrendTable | None
    top: Some[UnitView]
    attention: Attention
    news: News
    changed: str
    telling: tuple[Arrived, ...]
    moved: Some[Entry]
    goals: Some[Entry]
    rollout: RolloutView | None
    others: tuple[Link, ...]
    heat_level: str
    heat_cycles: tuple[Cycle, ...]
    heat: Some[HeatRow]
    handout: Handout | None


def plans(material: Material) -> Iterator[PagePlan]:
    """The home page."""
    del material
    yield PagePlan("", _page)


def _page(material: Material) -> Page:
    record = home(material)
    charts = [record.trend] if record.trend else []
    feeds = addresses.PORTAL_FEEDS
    return Page("", "okr/home.html", "", record, description=record.sentence, charts=charts, feeds=feeds)


def home(material: Material) -> Home:
    """What the home page shows; made once, since other pages show it, too."""
    return material.gallery.kept(_home, material.settings.site_name)


def _home(gallery: Gallery, site_name: str) -> Home:
    cycle, words = gallery.cycle, gallery.words
    figures = gallery.figures.portal.get(cycle.id) if cycle else None
    tops = gallery.portal.top_units
    name = tops[0].name if len(tops) == 1 else site_name
    level, heat_units = _heat_units(gallery)
    cycles = tuple(gallery.portal.cycles.values())
    used = [c for c in cycles if any(c.id in by for by in gallery.figures.units.values())][-_SHOWN_CYCLES:]
    lines = _lines(gallery, cycle, name) if figures and cycle else []
    plans = gallery.figures.plans
    rollout = RolloutView.of(gallery, plans[0]) if plans else None
    with_goals = [(id, cycle.id) for id in gallery.units_in.get(cycle.id, ())] if cycle else []
    news, ledgers = gallery.kept(Chronicle).week, gallery.kept(Ledgers)
    return Home(
        name=name,
        cycle=cycle,
        figures=figures,
        headline=words.headline(name, figures, cycle, gallery.as_of) if figures and cycle else "",
        pace=words.reached(figures, cycle, gallery.as_of) if figures and cycle else "",
        sentence=words.state(name, figures, cycle, gallery.as_of) if figures and cycle else "",
        why=explain_portal(gallery, cycle.id) if cycle else None,
        objectives=Tally.of([each.status for at in with_goals for each in standings(gallery, *at) if each.rolls_up]),
        key_results=Tally.of([status for at in with_goals for status in sums_of(gallery, *at).statuses]),
        confidence=figures.confidence if figures else None,
        confidence_before=_confidence_before(gallery, cycle),
        trend=_trend(gallery, cycle, lines) if cycle and lines else None,
        trend_table=trend_table(lines) if lines else None,
        top=first(tops, _MOST_TOPS).each(lambda unit: gallery.unit(unit.id, gallery.figures.unit_cycle.get(unit.id))),
        attention=attention(gallery),
        news=news,
        changed=in_a_sentence(words, news),
        telling=telling(news.check_ins)[: _MOST_ARRIVED - 2 * bool(news.moved or news.goals)],
        moved=first(ledgers.entries(news.moved), _MOST_MOVED),
        goals=first(ledgers.entries(news.goals), _MOST_MOVED),
        rollout=rollout,
        others=gallery.other_cycles,
        heat_level=level,
        heat_cycles=tuple(used),
        heat=first(heat_units, _MOST_HEAT).each(
            lambda unit: HeatRow(
                unit,
                addresses.goal(unit.id),
                tuple((c, gallery.figures.units[unit.id].get(c.id)) for c in used),
            )
        ),
        handout=portal_handout(gallery, name, [rollout.sentence] if rollout else []),
    )


def _trend(gallery: Gallery, cycle: Cycle, lines: list[Line]) -> Chart | None:
    title = gallery.words.language.gettext("Progress in %(cycle)s", cycle=cycle.name)
    return portal_progress(title, cycle.start, cycle.end, lines[0], lines[1:], gallery.words.language)


def _heat_units(gallery: Gallery) -> tuple[str, tuple[Unit, ...]]:
    """The level below the top with its units; the top itself where there is nothing below."""
    levels = [(level, units) for level, units in gallery.portal.units_by_level.items() if units]
    return levels[1] if len(levels) > 1 else levels[0] if levels else ("", ())


def _lines(gallery: Gallery, cycle: Cycle, name: str) -> list[Line]:
    """The portal's progress, and that of the units below the top where they are few enough to tell apart."""
    units = [
        Line(unit.name, series)
        for top in gallery.portal.top_units
        for unit in gallery.portal.children[top.id]
        if (series := gallery.trends.unit_trend(unit.id, cycle.id))
    ]
    return [Line(name, gallery.trends.portal_trend(cycle.id)), *(units if len(units) <= _MOST_LINES else ())]


def _confidence_before(gallery: Gallery, cycle: Cycle | None) -> float | None:
    """The portal's confidence a fortnight ago: the plain mean over the top units' objectives that had one."""
    if cycle is None or gallery.as_of - _FORTNIGHT < cycle.start:
        return None
    then = gallery.as_of - _FORTNIGHT
    means = []
    for unit in gallery.portal.top_units:
        values = []
        for view in gallery.unit(unit.id, cycle.id).objectives:
            if view.objective.rolls_up:
                series = [value for day, value in gallery.trends.confidence_trend(view.objective.id) if day <= then]
                values += series[-1:]
        if values:
            means.append(sum(values) / len(values))
    return sum(means) / len(means) if means else None

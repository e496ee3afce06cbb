"""The charts of goals: what each is made of, in the portal's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from okrsite.charts import (
    Chart,
    GanttMonth,
    GanttTask,
    History,
    Line,
    Reached,
    Statuses,
    confidence_trend,
    gantt_days,
    portal_progress,
    rollout_adoption,
    rollout_gantt,
    status_distribution,
    status_heatmap,
)
from okrsite.model import Cycle, Rollout, Unit
from okrsite.scoring import RolloutFigures, TakenUp, adoption_course, taken_up
from okrsite.site.views.gallery import Gallery
from okrsite.site.views.goals import ObjectiveView, UnitRow

MOST_LINES = 8
"""How many lines a chart can tell apart by their ink."""


def heatmap(gallery: Gallery, title: str, units: Sequence[Unit], cycles: Sequence[Cycle]) -> Chart | None:
    """What units reached in cycles; None where there are no figures."""
    figures = gallery.figures.units
    rows = []
    for unit in units:
        cells = [figures[unit.id].get(cycle.id) for cycle in cycles]
        reached = [Reached(float(cell.progress), cell.status) if cell else None for cell in cells]
        rows.append(History(unit.name, reached))
    return status_heatmap(title, rows, [cycle.name for cycle in cycles], gallery.words.language)


def distribution(gallery: Gallery, title: str, units: Iterable[UnitRow]) -> Chart | None:
    """The key results of units by status, with all of them first; None where there are none."""
    language = gallery.words.language
    rows = [
        Statuses(view.unit.name, {str(status): n for status, n in view.key_result_tally.counts})
        for view in units
        if view.key_result_tally.total
    ]
    return status_distribution(title, rows, language, total=language.gettext("all units") if len(rows) > 1 else "")


def objective_confidence(gallery: Gallery, view: ObjectiveView) -> Chart | None:
    """The confidence of an objective and of its key results over the cycle; None without any."""
    language, cycle, trends = gallery.words.language, view.cycle, gallery.trends
    told_apart = view.key_results if len(view.key_results) <= MOST_LINES else ()
    return confidence_trend(
        language.gettext("Confidence in: %(goal)s", goal=view.objective.title),
        cycle.start,
        cycle.end,
        Line(language.gettext("objective"), trends.confidence_trend(view.objective.id)),
        [Line(kr.kr.title, trends.key_result_confidence(kr.kr.id)) for kr in told_apart],
        language,
    )


def unit_confidence(gallery: Gallery, unit: Unit, cycle: Cycle) -> Chart | None:
    """The confidence of a unit and of its objectives over a cycle; None without any."""
    language, trends = gallery.words.language, gallery.trends
    views = [view for view in gallery.objectives_in(cycle.id, [unit.id]) if view.objective.rolls_up]
    told_apart = views if len(views) <= MOST_LINES else ()
    return confidence_trend(
        language.gettext("Confidence of %(unit)s, %(cycle)s", unit=unit.name, cycle=cycle.name),
        cycle.start,
        cycle.end,
        Line(unit.name, trends.unit_confidence(unit.id, cycle.id)),
        [Line(view.objective.title, trends.confidence_trend(view.objective.id)) for view in told_apart],
        language,
    )


def level_progress(gallery: Gallery, level: str, cycle: Cycle) -> tuple[Chart, Sequence[Line]] | None:
    """The progress of a level over a cycle, with its units where they can be told apart, and the lines in it."""
    language, trends = gallery.words.language, gallery.trends
    whole = trends.level_trend(level, cycle.id)
    if not whole:
        return None
    units = [
        Line(unit.name, series)
        for unit in gallery.portal.units_by_level[level]
        if (series := trends.unit_trend(unit.id, cycle.id))
    ]
    name = language.gettext("%(level)s level", level=gallery.words.level(level))
    lines = [Line(name, whole), *(units if 1 < len(units) <= MOST_LINES else ())]
    title = language.gettext(
        "Progress over the cycle, %(level)s level, %(cycle)s", level=gallery.words.word(level), cycle=cycle.name
    )
    return portal_progress(title, cycle.start, cycle.end, lines[0], lines[1:], language), lines


def gantt(gallery: Gallery, figures: RolloutFigures) -> Chart | None:
    """The plan of a rollout as it stands on the day; None without tasks."""
    plan = figures.rollout
    return rollout_gantt(plan.title, _months(plan), _tasks(figures), gallery.as_of, gallery.words.language)


def adoption(gallery: Gallery, figures: RolloutFigures) -> Chart | None:
    """How the units took up a rollout from its first day up to the day, below its Gantt; None before it has begun."""
    plan, language = figures.rollout, gallery.words.language
    start, end = gantt_days(_months(plan), _tasks(figures))
    last = min(gallery.as_of, end - timedelta(days=1))
    units = [gallery.part(_taken_up, id, start.isoformat(), last.isoformat()) for id in gallery.portal.units]
    shares = adoption_course(units, _weeks(start, last))
    title = language.gettext("Adoption by the units: %(plan)s", plan=plan.title)
    lines = [
        Line(language.gettext("have objectives"), [(each.day, each.have_objectives) for each in shares]),
        Line(language.gettext("measure KPIs"), [(each.day, each.measure_kpis) for each in shares]),
        Line(language.gettext("check in"), [(each.day, each.check_in) for each in shares]),
    ]
    return rollout_adoption(title, (start, end), [month.start for month in plan.months], lines, language)


def _taken_up(gallery: Gallery, unit_id: str, start: str, last: str) -> TakenUp:
    return taken_up(gallery.portal, unit_id, _weeks(date.fromisoformat(start), date.fromisoformat(last)))


def _weeks(start: date, last: date) -> list[date]:
    """A day a week from a first to a last one, which is among them."""
    days = [start + timedelta(days=passed) for passed in range(0, (last - start).days + 1, 7)]
    return days if not days or days[-1] == last else [*days, last]


def _months(plan: Rollout) -> list[GanttMonth]:
    return [GanttMonth(month.title, month.start, month.end) for month in plan.months]


def _tasks(figures: RolloutFigures) -> list[GanttTask]:
    return [
        GanttTask(
            each.task.title,
            each.task.start,
            each.task.end,
            float(each.progress),
            float(each.expected),
            each.status,
        )
        for each in figures.tasks
    ]

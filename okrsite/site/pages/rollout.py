"""The rollout: where does the introduction stand?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from okrsite.charts import Chart, GanttMonth, GanttTask, rollout_gantt
from okrsite.model import Rollout, RolloutMonth, Unit
from okrsite.scoring import RolloutFigures, TaskFigures, UnitAdoption
from okrsite.site import addresses
from okrsite.site.page import Material, Page
from okrsite.site.views import Gallery, Link


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task of the plan.

    Attributes:
        anchor: Its place on the page.
        evidence: What its evidence measures, in words; empty without evidence.
        missing: The units (or objectives) that have not yet what is measured.
        when: ``done``, ``late`` (its last day has passed and it is not achieved), ``now`` (under way) or ``later``.
    """

    figures: TaskFigures
    anchor: str
    evidence: str
    missing: tuple[Link, ...]
    when: str


@dataclass(frozen=True, slots=True)
class MonthView:
    """Four weeks of the plan with their tasks."""

    month: RolloutMonth
    progress: str
    expected: str
    tasks: tuple[TaskView, ...]


@dataclass(frozen=True, slots=True)
class RolloutView:
    """A plan.

    Attributes:
        anchor: Its place on the page.
        sentence: Where it stands.
        late: Tasks whose last day has passed and that are not achieved.
        now: Tasks of this week.
        next: The tasks that come after these.
    """

    rollout: Rollout
    figures: RolloutFigures
    anchor: str
    sentence: str
    week: int
    weeks: int
    chart: Chart | None
    months: tuple[MonthView, ...]
    late: tuple[TaskView, ...]
    now: tuple[TaskView, ...]
    next: tuple[TaskView, ...]

    @classmethod
    def of(cls, gallery: Gallery, figures: RolloutFigures) -> RolloutView:
        """A plan as it stands on the day."""
        plan, as_of = figures.rollout, gallery.as_of
        tasks = [_task(gallery, plan, task, place) for place, task in enumerate(figures.tasks)]
        weeks = 4 * len(plan.months)
        week = min(max((as_of - plan.start).days // 7 + 1, 0), weeks)
        upcoming = sorted((t for t in tasks if t.when == "later"), key=lambda t: t.figures.task.start)
        first = upcoming[0].figures.task.start if upcoming else None
        return cls(
            rollout=plan,
            figures=figures,
            anchor=addresses.rollout_plan(plan.id),
            sentence=_sentence(gallery, figures, week, weeks),
            week=week,
            weeks=weeks,
            chart=_gantt(figures, as_of),
            months=_months(gallery, figures, tasks),
            late=tuple(task for task in tasks if task.when == "late"),
            now=tuple(task for task in tasks if task.when == "now"),
            next=tuple(task for task in upcoming if task.figures.task.start == first),
        )


@dataclass(frozen=True, slots=True)
class AdoptionRow:
    """A unit and where it stands with the introduction."""

    unit: Unit
    address: str
    adoption: UnitAdoption


@dataclass(frozen=True, slots=True)
class RolloutPage:
    """The rollout page: every plan, and the adoption by unit."""

    plans: tuple[RolloutView, ...]
    adoption: tuple[AdoptionRow, ...]
    counts: tuple[tuple[str, int], ...]
    total: int


def pages(material: Material) -> Iterator[Page]:
    """The rollout page; a portal without a plan has none."""
    gallery = material.gallery
    plans = [RolloutView.of(gallery, figures) for figures in gallery.figures.plans]
    if not plans:
        return
    rows = tuple(
        AdoptionRow(unit, addresses.goal(unit.id), gallery.figures.adoption[unit.id])
        for unit in gallery.portal.units.values()
    )
    counts = (
        ("have objectives", sum(row.adoption.has_objectives for row in rows)),
        ("have KPIs", sum(row.adoption.has_kpis for row in rows)),
        ("are checking in", sum(row.adoption.checks_in for row in rows)),
    )
    record = RolloutPage(tuple(plans), rows, counts, len(rows))
    charts = [plan.chart for plan in plans if plan.chart]
    yield Page("rollout/", "okr/rollout.html", "Rollout", record, (), plans[0].sentence, charts)


def _sentence(gallery: Gallery, figures: RolloutFigures, week: int, weeks: int) -> str:
    plan, as_of = figures.rollout, gallery.as_of
    pace = f"{gallery.words.percent(figures.progress)} done, {gallery.words.percent(figures.expected)} expected"
    state = f"{pace}: {gallery.words.status(figures.status)}."
    if as_of < plan.start:
        return f"Begins on {gallery.words.day(plan.start)}. {state}"
    if as_of > plan.end:
        return f"Ended on {gallery.words.day(plan.end)}. {state}"
    return f"Month {(week + 3) // 4} of {len(plan.months)}, week {week} of {weeks}. {state}"


def _task(gallery: Gallery, plan: Rollout, figures: TaskFigures, place: int) -> TaskView:
    task, as_of = figures.task, gallery.as_of
    if figures.progress >= 1:
        when = "done"
    elif as_of > task.end:
        when = "late"
    else:
        when = "now" if task.start <= as_of else "later"
    return TaskView(
        figures=figures,
        anchor=addresses.rollout_task(plan.id, place + 1),
        evidence=_evidence(gallery, figures),
        missing=tuple(_missing(gallery, id) for id in figures.adoption.missing) if figures.adoption else (),
        when=when,
    )


def _missing(gallery: Gallery, id: str) -> Link:
    return gallery.unit_link(id) if id in gallery.portal.units else gallery.link_of(id)


def _evidence(gallery: Gallery, figures: TaskFigures) -> str:
    """What a task's evidence says: ``9 of 12 units have objectives, all are wanted``."""
    evidence = figures.task.evidence
    if evidence is None:
        return ""
    if evidence.kpi is not None:
        kpi = gallery.portal.kpis[evidence.kpi]
        value = gallery.words.measured(figures.measured, kpi.unit_of_measure)
        return f"{kpi.name}: {value}, at least {gallery.words.measured(evidence.at_least, kpi.unit_of_measure)} wanted"
    says = {
        "units_with_objectives": "have objectives",
        "units_with_kpis": "have KPIs",
        "units_checking_in": "are checking in",
        "objectives_aligned": "support something above them",
    }[evidence.measure]
    adoption = figures.adoption
    met, total = (len(adoption.met), len(adoption.met) + len(adoption.missing)) if adoption else (0, 0)
    things = "objectives" if evidence.measure == "objectives_aligned" else _units_named(figures.task.levels)
    wanted = "all are wanted" if evidence.at_least == 1 else f"{gallery.words.percent(evidence.at_least)} wanted"
    return f"{met} of {total} {things} {says}, {wanted}"


def _units_named(levels: tuple[str, ...]) -> str:
    return f"{levels[0]}s" if len(levels) == 1 else "units"


def _months(gallery: Gallery, figures: RolloutFigures, tasks: list[TaskView]) -> tuple[MonthView, ...]:
    return tuple(
        MonthView(
            month=month,
            progress=gallery.words.percent(progress),
            expected=gallery.words.percent(expected),
            tasks=tuple(task for task in tasks if task.figures.task.month == month.number),
        )
        for month, (progress, expected) in zip(figures.rollout.months, figures.months, strict=True)
    )


def _gantt(figures: RolloutFigures, as_of: date) -> Chart | None:
    plan = figures.rollout
    tasks = [
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
    months = [GanttMonth(month.title, month.start, month.end) for month in plan.months]
    return rollout_gantt(plan.title, months, tasks, as_of) if tasks else None

"""The rollout: where does the introduction stand?"""

from __future__ import annotations

from collections.abc import Iterator

from okrsite.charts import Chart
from okrsite.frozen import frozen
from okrsite.model import Rollout, RolloutMonth, Unit
from okrsite.scoring import RolloutFigures, TaskFigures, UnitAdoption
from okrsite.site import addresses
from okrsite.site.pages.page import Material, Page, PagePlan
from okrsite.site.views import Gallery, Link, Some, first
from okrsite.site.views.explanations import Explanation, explain_rollout, explain_task
from okrsite.site.views.graphs import adoption, gantt
from okrsite.site.words import forms

_HOW_TO_START = "guide/how-to-start/"
"""A written page that units which have no goals yet are led to, where the portal has it."""

_MOST_UNITS = 400

_MEASURED = {
    "units_with_objectives": forms(
        "%(met)s of %(num)s unit has objectives", "%(met)s of %(num)s units have objectives"
    ),
    "units_with_kpis": forms("%(met)s of %(num)s unit has KPIs", "%(met)s of %(num)s units have KPIs"),
    "units_checking_in": forms("%(met)s of %(num)s unit checks in", "%(met)s of %(num)s units check in"),
    "objectives_aligned": forms(
        "%(met)s of %(num)s objective supports something above it",
        "%(met)s of %(num)s objectives support something above them",
    ),
}
"""What the evidence of a task says of the things that it measures."""


@frozen
class TaskView:
    """A task of the plan.

    Attributes:
        anchor: Its place on the page.
        evidence: What its evidence measures, in words; empty without evidence.
        missing: The units (or objectives) that have not yet what is measured.
        why: How its figures came to be.
        when: ``done``, ``late`` (its last day has passed and it is not achieved), ``now`` (under way) or ``later``.
    """

    figures: TaskFigures
    anchor: str
    evidence: str
    missing: tuple[Link, ...]
    when: str
    why: Explanation


@frozen
class MonthView:
    """Four weeks of the plan with their tasks."""

    month: RolloutMonth
    progress: str
    expected: str
    tasks: tuple[TaskView, ...]


@frozen
class RolloutView:
    """A plan.

    Attributes:
        anchor: Its place on the page.
        sentence: Where it stands.
        why: How its figures came to be.
        adoption: What share of the units took it up, by week; aligned with ``chart``.
        late: Tasks whose last day has passed and that are not achieved.
        now: Tasks of this week.
        next: The tasks that come after these.
    """

    rollout: Rollout
    figures: RolloutFigures
    anchor: str
    sentence: str
    why: Explanation
    week: int
    weeks: int
    chart: Chart | None
    adoption: Chart | None
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
        soonest = upcoming[0].figures.task.start if upcoming else None
        return cls(
            rollout=plan,
            figures=figures,
            anchor=addresses.rollout_plan(plan.id),
            sentence=_sentence(gallery, figures, week, weeks),
            why=explain_rollout(gallery, figures),
            week=week,
            weeks=weeks,
            chart=gantt(gallery, figures),
            adoption=adoption(gallery, figures),
            months=_months(gallery, figures, tasks),
            late=tuple(task for task in tasks if task.when == "late"),
            now=tuple(task for task in tasks if task.when == "now"),
            next=tuple(task for task in upcoming if task.figures.task.start == soonest),
        )


@frozen
class AdoptionRow:
    """A unit and where it stands with the introduction."""

    unit: Unit
    address: str
    adoption: UnitAdoption

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return self.adoption.has_objectives and self.adoption.has_kpis and self.adoption.checks_in


@frozen
class RolloutPage:
    """The rollout page: every plan, and the adoption by unit.

    Attributes:
        adoption: Of all units; of very many those first that have something to begin with.
        adopted: How many units do what, in sentences.
        how_to_start: The written page for those who begin; empty where there is none.
    """

    plans: tuple[RolloutView, ...]
    adoption: Some[AdoptionRow]
    adopted: tuple[str, ...]
    how_to_start: str


def plans(material: Material) -> Iterator[PagePlan]:
    """The rollout page; a portal without a plan has none."""
    if material.gallery.portal.rollouts:
        yield PagePlan("rollout/", _page)


def _page(material: Material) -> Page:
    gallery = material.gallery
    plans = [RolloutView.of(gallery, figures) for figures in gallery.figures.plans]
    rows = tuple(
        AdoptionRow(unit, addresses.goal(unit.id), gallery.figures.adoption[unit.id])
        for unit in gallery.portal.units.values()
    )
    counts = (
        ("units_with_objectives", sum(row.adoption.has_objectives for row in rows)),
        ("units_with_kpis", sum(row.adoption.has_kpis for row in rows)),
        ("units_checking_in", sum(row.adoption.checks_in for row in rows)),
    )
    plural = gallery.words.language.ngettext
    adopted = tuple(plural(*_MEASURED[measure], len(rows), met=met) for measure, met in counts)
    shown = rows if len(rows) <= _MOST_UNITS else sorted(rows, key=lambda row: row.is_complete)
    how_to_start = _HOW_TO_START if _HOW_TO_START in material.written else ""
    record = RolloutPage(tuple(plans), first(shown, _MOST_UNITS), adopted, how_to_start)
    charts = [chart for plan in plans for chart in (plan.chart, plan.adoption) if chart]
    title = gallery.words.language.gettext("Rollout")
    return Page("rollout/", "okr/rollout.html", title, record, (), plans[0].sentence, charts)


def _sentence(gallery: Gallery, figures: RolloutFigures, week: int, weeks: int) -> str:
    plan, as_of, words, _ = figures.rollout, gallery.as_of, gallery.words, gallery.words.language.gettext
    if as_of < plan.start:
        time = _("Begins on %(day)s.", day=words.day(plan.start))
    elif as_of > plan.end:
        time = _("Ended on %(day)s.", day=words.day(plan.end))
    else:
        time = _(
            "Month %(month)s of %(months)s, week %(week)s of %(weeks)s.",
            month=(week + 3) // 4,
            months=len(plan.months),
            week=week,
            weeks=weeks,
        )
    state = _(
        "%(progress)s done, %(expected)s expected: %(status)s.",
        progress=words.percent(figures.progress),
        expected=words.percent(figures.expected),
        status=words.status(figures.status),
    )
    return f"{time} {state}"


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
        why=explain_task(gallery, plan, figures, place + 1),
    )


def _missing(gallery: Gallery, id: str) -> Link:
    return gallery.unit_link(id) if id in gallery.portal.units else gallery.link_of(id)


def _evidence(gallery: Gallery, figures: TaskFigures) -> str:
    """What a task's evidence says: ``9 of 12 units have objectives; all are wanted``."""
    evidence, words, _ = figures.task.evidence, gallery.words, gallery.words.language.gettext
    if evidence is None:
        return ""
    if evidence.kpi is not None:
        kpi = gallery.portal.kpis[evidence.kpi]
        return _(
            "%(kpi)s: %(value)s, at least %(wanted)s wanted",
            kpi=kpi.name,
            value=words.measured(figures.measured, kpi.unit_of_measure),
            wanted=words.measured(evidence.at_least, kpi.unit_of_measure),
        )
    adoption = figures.adoption
    met, total = (len(adoption.met), len(adoption.met) + len(adoption.missing)) if adoption else (0, 0)
    one, many = _MEASURED[evidence.measure]
    says = words.language.ngettext(one, many, total, met=met)
    if figures.task.levels:
        levels = ", ".join(map(words.level, figures.task.levels))
        says = _("%(levels)s: %(sentence)s", levels=levels, sentence=says)
    if evidence.at_least == 1:
        return _("%(sentence)s; all are wanted", sentence=says)
    return _("%(sentence)s; %(share)s are wanted", sentence=says, share=words.percent(evidence.at_least))


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

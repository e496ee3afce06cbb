"""The rollout plan on a day: each task's progress, from its owner's word or from evidence in the content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from okrsite.model import Evidence, Measure, Portal, Rollout, RolloutTask
from okrsite.reads import Deferred, Once, OnDemand
from okrsite.scoring.adoption import adoption_by
from okrsite.scoring.figures import Adoption, KpiFigures, RolloutFigures, Status, TaskFigures, UnitAdoption
from okrsite.scoring.means import ONE, ZERO, clamp, exact, weighted_mean
from okrsite.scoring.status import progress_status
from okrsite.settings import StatusLimits


def rollout_figures(
    portal: Portal,
    units: Mapping[str, UnitAdoption],
    kpis: Mapping[str, KpiFigures],
    as_of: date,
    limits: StatusLimits,
) -> Mapping[str, RolloutFigures]:
    """Id -> figures of each plan on a day.

    Args:
        portal: The portal.
        units: Where each unit stands with the introduction.
        kpis: The figures of the KPIs on that day.
        as_of: The day.
        limits: How far behind is on track, and at risk.
    """

    def of_plans() -> Mapping[str, RolloutFigures]:
        plans = {rollout.id: rollout for rollout in portal.rollouts}
        evidence = _Measured(portal, units, kpis)
        return OnDemand(plans, lambda plan: _of_plan(plans[plan], evidence, as_of, limits))

    return Deferred(of_plans)  # who looks at a plan has read that it is one of these


def _of_plan(rollout: Rollout, evidence: _Measured, as_of: date, limits: StatusLimits) -> RolloutFigures:
    """A plan on a day: means of its tasks, weighted by their weeks."""
    by_month = [[_of_task(task, evidence, as_of, limits) for task in month.tasks] for month in rollout.months]
    tasks = [task for month in by_month for task in month]
    progress, expected = _means(tasks)
    return RolloutFigures(
        rollout=rollout,
        progress=progress,
        expected=expected,
        status=_status(progress, expected, limits),
        months=tuple(_means(month) for month in by_month),
        tasks=tuple(tasks),
    )


def _of_task(task: RolloutTask, evidence: _Measured, as_of: date, limits: StatusLimits) -> TaskFigures:
    """A task on a day. What it is measured by is shown, also where its owner's word decides."""
    measured, adoption = evidence.of(task)
    if task.done is True or (task.done is not None and task.done <= as_of):
        progress = ONE
    elif task.progress is not None:
        progress = exact(task.progress)
    else:
        progress = _share_of(measured, task.evidence)
    expected = clamp(Fraction((as_of - task.start).days + 1, task.days))
    return TaskFigures(task, progress, expected, _status(progress, expected, limits), measured, adoption)


def _share_of(measured: Fraction | None, evidence: Evidence | None) -> Fraction:
    """How much of what counts as done is measured, 0..1."""
    if measured is None or evidence is None:
        return ZERO
    enough = exact(evidence.at_least)
    if enough <= 0:
        return ONE if measured >= enough else ZERO
    return clamp(measured / enough)


def _means(tasks: Sequence[TaskFigures]) -> tuple[Fraction, Fraction]:
    """Progress and expected progress of several tasks, weighted by their weeks."""
    weeks = [Decimal(each.task.weeks) for each in tasks]
    return (
        weighted_mean(zip(weeks, (each.progress for each in tasks), strict=True)),
        weighted_mean(zip(weeks, (each.expected for each in tasks), strict=True)),
    )


def _status(progress: Fraction, expected: Fraction, limits: StatusLimits) -> Status:
    """Achieved at 1, else by how far it is behind."""
    return "achieved" if progress == ONE else progress_status(progress, expected, limits)


class _Measured:
    """What tasks are measured by; counted once for all tasks that count the same."""

    def __init__(self, portal: Portal, units: Mapping[str, UnitAdoption], kpis: Mapping[str, KpiFigures]) -> None:
        self._kpis = kpis
        self._counted = Once[tuple[Measure, frozenset[str]], Adoption](lambda key: adoption_by(*key, portal, units))

    def of(self, task: RolloutTask) -> tuple[Fraction | None, Adoption | None]:
        """The measure of a task's evidence, and the units or objectives behind it."""
        if task.evidence is None:
            return None, None
        if task.evidence.kpi is not None:
            latest = self._kpis[task.evidence.kpi].current
            return (None if latest is None else exact(latest)), None
        measure, levels = task.evidence.measure, frozenset(task.levels)
        adoption = self._counted[measure, levels]
        return adoption.share, adoption

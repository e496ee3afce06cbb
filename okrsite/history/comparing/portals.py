"""A portal that was read and scored, as a state to compare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from okrsite.history.comparing.identity import Face
from okrsite.history.comparing.records import (
    LATEST,
    Figure,
    PortalState,
    Reading,
    Record,
    RecordSort,
    TaskIds,
    key_result_face,
    kpi_face,
    objective_face,
    plan_face,
    state_of_records,
    task_face,
    unit_face,
)
from okrsite.history.goalposts import GOALPOSTS, WORDS, Value, sort_of
from okrsite.model import Cycle, KeyResult, Kpi, Objective, Portal, Rollout, Unit
from okrsite.scoring import CycleFigures, Figures, RolloutFigures, TaskFigures


def state_of(portal: Portal, figures: Figures, prefix: str = "") -> PortalState:
    """The state of a portal.

    Args:
        portal: As read.
        figures: Of the same portal.
        prefix: The portal's folder relative to the repository's top, with a slash at its end, for files that were
            renamed.
    """
    return state_of_records(_Reader(portal, figures, prefix).records(), figures.as_of)


class _Reader:
    def __init__(self, portal: Portal, figures: Figures, prefix: str) -> None:
        self.portal = portal
        self.figures = figures
        self.prefix = prefix

    def records(self) -> Iterator[Record]:
        portal, figures = self.portal, self.figures
        own = {cycle: _by_name(each) for cycle, each in figures.portal.items()}
        yield _plain("portal", "", "", figures={"": {"cycle": figures.cycle}, **own})
        for level in portal.levels:
            cycles = figures.levels.get(level, {})
            yield _plain("level", level, level, figures={cycle: _by_name(each) for cycle, each in cycles.items()})
        yield from map(_cycle, portal.cycles.values())
        yield from map(self._unit, portal.units.values())
        for objective in portal.objectives.values():
            yield self._objective(objective)
            yield from map(self._key_result, objective.key_results)
        yield from map(self._kpi, portal.kpis.values())
        for plan in portal.rollouts:
            yield from _rollout(plan, figures.rollouts[plan.id])

    def _unit(self, unit: Unit) -> Record:
        cycles: Mapping[str, CycleFigures] = self.figures.units.get(unit.id, {})
        figures = {cycle: {**_by_name(each), "alignment": each.alignment} for cycle, each in cycles.items()}
        face = unit_face(unit.id, unit.name, self.prefix + unit.source.path)
        return _goal(unit, unit.name, face, figures, unit=unit.id, cycle="")

    def _objective(self, objective: Objective) -> Record:
        own = self.figures.objectives[objective.id]
        names = ("covered", "progress", "expected", "status", "grade", "confidence", "stale")
        parts = [(kr.title, kr.kind) for kr in objective.key_results]
        path = self.prefix + objective.source.path
        face = objective_face(objective.id, objective.unit_id, objective.title, parts, path)
        figures = {"": {name: getattr(own, name) for name in names}}
        return _goal(objective, objective.title, face, figures, unit=objective.unit_id, cycle=objective.cycle_id)

    def _key_result(self, kr: KeyResult) -> Record:
        own = self.figures.key_results[kr.id]
        names = ("current", "progress_raw", "progress", "expected", "status", "stale", "confidence", "last_check_in")
        readings: dict[date | str, Reading] = {
            each.date: {"value": each.value, "confidence": each.confidence, "note": each.note, "by": each.by}
            for each in kr.check_ins
        }
        readings |= {each.title: {"done": each.done} for each in kr.milestones if each.done is not None}
        objective = self.portal.objectives[kr.objective_id]
        return _goal(
            kr,
            kr.title,
            key_result_face(kr.id, kr.objective_id, kr.title, kr.kind),
            {"": {name: getattr(own, name) for name in names}},
            unit=objective.unit_id,
            cycle=objective.cycle_id,
            readings=readings,
            unit_of_measure=kr.unit_of_measure,
        )

    def _kpi(self, kpi: Kpi) -> Record:
        own = self.figures.kpis[kpi.id]
        figures = {"": {name: getattr(own, name) for name in ("current", "status", "trend", "stale")}}
        readings = {each.date: {"value": each.value, "note": each.note} for each in kpi.measurements}
        face = kpi_face(kpi.id, kpi.unit_id, kpi.name)
        more = {"readings": readings, "unit_of_measure": kpi.unit_of_measure}
        return _goal(kpi, kpi.name, face, figures, unit=kpi.unit_id, cycle="", **more)


def _goal(
    goal: Unit | Objective | KeyResult | Kpi, title: str, face: Face, figures: Mapping[str, Any], **more: Any
) -> Record:
    sort = sort_of(goal)
    return Record(
        sort=sort,
        id=goal.id,
        title=title,
        face=face,
        goalposts={name: value(goal) for name, value in GOALPOSTS[sort].items()},
        words={name: value(goal) for name, value in WORDS[sort].items()},
        figures=figures,
        source=goal.source.path,
        **more,
    )


def _plain(sort: RecordSort, id: str, title: str, **more: Any) -> Record:
    """What is known by its id alone."""
    return Record(sort, id, title, "", "", Face(id, "", id), **more)


def _cycle(cycle: Cycle) -> Record:
    fields = {"name": cycle.name, "start": cycle.start, "end": cycle.end}
    every = Decimal(cycle.check_in_every)
    return _plain("cycle", cycle.id, cycle.name, goalposts={**fields, "check_in_every": every})


def _by_name(figures: CycleFigures) -> dict[str, Figure]:
    return {name: getattr(figures, name) for name in ("progress", "expected", "status", "confidence")}


def _rollout(plan: Rollout, figures: RolloutFigures) -> Iterator[Record]:
    own = {"progress": figures.progress, "expected": figures.expected, "status": figures.status}
    fields: dict[str, Value] = {"title": plan.title, "start": plan.start, "end": plan.end}
    fields["months"] = tuple(month.title for month in plan.months)
    face, source = plan_face(plan.id, plan.title), plan.source.path
    yield Record("rollout", plan.id, plan.title, "", "", face, fields, figures={"": own}, source=source)
    ids = TaskIds(plan.id)
    for task in figures.tasks:
        yield _task(plan.id, ids.next(task.task.title), task)


def _task(plan: str, id: str, figures: TaskFigures) -> Record:
    task, evidence = figures.task, figures.task.evidence
    fields: dict[str, Value] = {
        "title": task.title,
        "month": Decimal(task.month),
        "start": task.start,
        "end": task.end,
        "owner": task.owner,
        "levels": task.levels,
        "evidence": f"{evidence.kpi or evidence.measure} at least {evidence.at_least:f}" if evidence else None,
    }
    reading: Reading = {"done": task.done, "progress": task.progress}
    return Record(
        sort="task",
        id=id,
        title=task.title,
        unit="",
        cycle="",
        face=task_face(id, plan, (task.month, task.start, task.end)),
        goalposts=fields,
        readings={LATEST: reading} if task.done is not None or task.progress is not None else {},
        figures={"": {"progress": figures.progress, "expected": figures.expected, "status": figures.status}},
        source=task.source.path,
    )

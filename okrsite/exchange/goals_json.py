"""``api/okrs.json``: every goal with its figures on one day, for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Protocol, TypeVar

from okrsite.exchange.values import day_or_none, number, number_or_none, reading, share, share_or_none, target
from okrsite.model import Cycle, KeyResult, Kpi, Objective, Portal, Unit
from okrsite.scoring.figures import (
    CycleFigures,
    Figures,
    KeyResultFigures,
    KpiFigures,
    ObjectiveFigures,
    RolloutFigures,
    TaskFigures,
)

SCHEMA = "okrsite/1"
"""What the file calls its format; the number rises when a reader of the old one would fail."""


def okrs_json(portal: Portal, figures: Figures) -> dict[str, object]:
    """Every goal with its figures: keys in a fixed order, lists sorted by id, tasks in the order of their plan.

    Dates are ISO texts, shares unrounded numbers (progress 0..1, ``progress_raw`` beyond), None stands where
    there is no value.
    """
    return {
        "schema": SCHEMA,
        "as_of": figures.as_of.isoformat(),
        "cycle": figures.cycle,
        "cycles": [_cycle(cycle) for cycle in _by_id(portal.cycles.values())],
        "units": [_unit(unit, figures.units.get(unit.id, {})) for unit in _by_id(portal.units.values())],
        "levels": [{"id": level, "cycles": _cycles(figures.levels.get(level, {}))} for level in sorted(portal.levels)],
        "portal": {"cycles": _cycles(figures.portal)},
        "objectives": [_objective(objective, figures) for objective in _by_id(portal.objectives.values())],
        "kpis": [_kpi(kpi, figures.kpis[kpi.id]) for kpi in _by_id(portal.kpis.values())],
        "rollouts": [_rollout(figures.rollouts[plan.id]) for plan in _by_id(portal.rollouts)],
    }


_SEPARATED = ",\n "

Lines = tuple[str, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]
"""What the text has of a unit: its line, and those of its objectives and KPIs, each with its id."""


def okrs_json_text(portal: Portal, figures: Figures, lines: Callable[[str], Lines] | None = None) -> str:
    """The same as text: a line for each unit, objective, KPI and plan, so that a diff of two files reads well.

    Args:
        portal: The portal.
        figures: Of the portal on a day.
        lines: Gives the lines of a unit by its id, where somebody has them already.
    """
    return "".join(okrs_json_pieces(portal, figures, lines))


def okrs_json_pieces(portal: Portal, figures: Figures, lines: Callable[[str], Lines] | None = None) -> Iterator[str]:
    """The same piece by piece: as a whole it is large, and may be needed in bytes."""
    units: dict[str, str] = {}
    objectives: dict[str, str] = {}
    kpis: dict[str, str] = {}
    for id in portal.units:
        units[id], own, measured = lines(id) if lines else unit_lines(portal, figures, id)
        objectives.update(own)
        kpis.update(measured)
    levels = [{"id": level, "cycles": _cycles(figures.levels.get(level, {}))} for level in sorted(portal.levels)]
    parts: dict[str, Iterable[str]] = {
        "schema": [_compact(SCHEMA)],
        "as_of": [_compact(figures.as_of.isoformat())],
        "cycle": [_compact(figures.cycle)],
        "cycles": _list(_compact(_cycle(cycle)) for cycle in _by_id(portal.cycles.values())),
        "units": _list(units.pop(id) for id in sorted(units)),
        "levels": _list(map(_compact, levels)),
        "portal": [_compact({"cycles": _cycles(figures.portal)})],
        "objectives": _list(objectives.pop(id) for id in sorted(objectives)),
        "kpis": _list(kpis.pop(id) for id in sorted(kpis)),
        "rollouts": _list(_compact(_rollout(figures.rollouts[plan.id])) for plan in _by_id(portal.rollouts)),
    }
    between = "{"
    for key, texts in parts.items():
        yield f"{between}{_compact(key)}: "
        yield from texts
        between = _SEPARATED
    yield "}\n"


def unit_lines(portal: Portal, figures: Figures, id: str) -> Lines:
    """What `okrs_json_text` has of a unit."""
    objectives = (each for of_cycle in portal.objectives_by_unit[id].values() for each in of_cycle)
    return (
        _compact(_unit(portal.units[id], figures.units.get(id, {}))),
        tuple((each.id, _compact(_objective(each, figures))) for each in objectives),
        tuple((kpi.id, _compact(_kpi(kpi, figures.kpis[kpi.id]))) for kpi in portal.kpis_by_unit[id]),
    )


def _list(lines: Iterable[str]) -> Iterator[str]:
    """A list as pieces of text, since the whole is large: a line for each of its values."""
    begin = "[\n  "
    for line in lines:
        yield begin
        yield line
        begin = ",\n  "
    yield "[]" if begin.startswith("[") else "\n ]"


def goal_json(portal: Portal, figures: Figures, id: str) -> dict[str, object] | None:
    """A unit (with its objectives and KPIs), an objective, a key result or a KPI as it stands in `okrs_json`.

    None where nothing has that id.
    """
    if (unit := portal.units.get(id)) is not None:
        by_cycle = portal.objectives_by_unit[id]
        return {
            **_unit(unit, figures.units.get(id, {})),
            "objectives": [_objective(each, figures) for each in _by_id(o for all in by_cycle.values() for o in all)],
            "kpis": [_kpi(kpi, figures.kpis[kpi.id]) for kpi in _by_id(portal.kpis_by_unit[id])],
        }
    if id in portal.objectives:
        return _objective(portal.objectives[id], figures)
    if id in portal.key_results:
        return _key_result(portal.key_results[id], figures.key_results[id])
    return _kpi(portal.kpis[id], figures.kpis[id]) if id in portal.kpis else None


_compact = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_Thing = TypeVar("_Thing", bound=_Named)


def _by_id(things: Iterable[_Thing]) -> list[_Thing]:
    return sorted(things, key=attrgetter("id"))


def _cycle(cycle: Cycle) -> dict[str, object]:
    return {"id": cycle.id, "start": cycle.start.isoformat(), "end": cycle.end.isoformat()}


def _cycle_figures(figures: CycleFigures) -> dict[str, object]:
    return {
        "progress": share(figures.progress),
        "expected": share(figures.expected),
        "status": figures.status,
        "confidence": share_or_none(figures.confidence),
    }


def _cycles(cycles: Mapping[str, CycleFigures]) -> dict[str, object]:
    return {id: _cycle_figures(cycles[id]) for id in sorted(cycles)}


def _unit(unit: Unit, cycles: Mapping[str, CycleFigures]) -> dict[str, object]:
    return {
        "id": unit.id,
        "name": unit.name,
        "level": unit.level,
        "parent": unit.parent,
        "lead": unit.lead,
        "cycles": {
            id: {**_cycle_figures(cycles[id]), "alignment": share_or_none(cycles[id].alignment)}
            for id in sorted(cycles)
        },
    }


def _objective(objective: Objective, figures: Figures) -> dict[str, object]:
    own: ObjectiveFigures = figures.objectives[objective.id]
    return {
        "id": objective.id,
        "unit": objective.unit_id,
        "cycle": objective.cycle_id,
        "title": objective.title,
        "owner": objective.owner,
        "type": objective.type,
        "state": objective.state,
        "weight": number(objective.weight),
        "supports": sorted(objective.supports),
        "covered": own.covered,
        "progress": share(own.progress),
        "expected": share(own.expected),
        "status": own.status,
        "grade": own.grade,
        "score": number_or_none(objective.score),
        "confidence": share_or_none(own.confidence),
        "stale": own.stale,
        "key_results": [_key_result(kr, figures.key_results[kr.id]) for kr in _by_id(objective.key_results)],
    }


def _key_result(kr: KeyResult, figures: KeyResultFigures) -> dict[str, object]:
    return {
        "id": kr.id,
        "title": kr.title,
        "kind": kr.kind,
        "unit": kr.unit_of_measure,
        "baseline": number_or_none(kr.baseline),
        "target": target(kr.target, kr.target_range),
        "current": reading(figures.current),
        "weight": number(kr.weight),
        "due": kr.due.isoformat(),
        "progress_raw": share(figures.progress_raw),
        "progress": share(figures.progress),
        "expected": share(figures.expected),
        "status": figures.status,
        "stale": figures.stale,
        "confidence": number_or_none(figures.confidence),
        "last_check_in": day_or_none(figures.last_check_in),
        "kpi": kr.kpi,
    }


def _kpi(kpi: Kpi, figures: KpiFigures) -> dict[str, object]:
    return {
        "id": kpi.id,
        "unit": kpi.unit_id,
        "name": kpi.name,
        "direction": kpi.direction,
        "target": target(kpi.target, kpi.target_band),
        "amber": target(kpi.amber, kpi.amber_band),
        "current": number_or_none(figures.current),
        "status": figures.status,
        "trend": figures.trend,
        "stale": figures.stale,
    }


def _rollout(figures: RolloutFigures) -> dict[str, object]:
    plan = figures.rollout
    return {
        "id": plan.id,
        "title": plan.title,
        "start": plan.start.isoformat(),
        "end": plan.end.isoformat(),
        "progress": share(figures.progress),
        "expected": share(figures.expected),
        "status": figures.status,
        "tasks": [_task(task) for task in figures.tasks],
    }


def _task(figures: TaskFigures) -> dict[str, object]:
    task = figures.task
    return {
        "title": task.title,
        "month": task.month,
        "start": task.start.isoformat(),
        "end": task.end.isoformat(),
        "progress": share(figures.progress),
    }

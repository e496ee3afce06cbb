"""Which of the goals that a step took away came back under another id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import TypeVar

from okrsite.frozen import frozen
from okrsite.history.comparing.identity import Face, Match, matched
from okrsite.history.goalposts import Sort
from okrsite.history.replay.standing import Standing
from okrsite.history.replay.tables import Step, Turn
from okrsite.model import KeyResult, Kpi, Objective, Unit

Goal = TypeVar("Goal", Unit, Objective, KeyResult, Kpi)
Matches = Mapping[str, Match]


@frozen
class Identities:
    """Ids before a step -> ids after it, of goals that have another one.

    Attributes:
        of_sort: By sort of goal, with how they were recognised: ``holder`` where what holds them has a new id.
        ids: Of all sorts.
    """

    of_sort: Mapping[Sort, Matches] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)


def identities(step: Step, standing: Standing, renamed: Mapping[str, str]) -> Identities:
    """What a step gave another id.

    Args:
        step: The step.
        standing: The goals after it.
        renamed: Files that git takes for renamed, by their names before.
    """
    if not any(turn.gone and turn.new for turn in (step.units, step.objectives, step.key_results, step.kpis)):
        return Identities()
    parents = {id.rpartition("/")[0] for id in (*step.units.gone, *step.units.new)} - set(step.units.new)
    staying = [Face(id, "", id) for id in sorted(parents) if id in standing.units]
    found = matched(
        [*staying, *_faces(step.units, step.units.gone, step.units.before, _unit_face)],
        [*staying, *_faces(step.units, step.units.new, step.units.after, _unit_face)],
        None,
        renamed,
    )
    units = {id: _carried(id, match, found) for id, match in found.items() if id != match.id}

    def before(objective: Objective) -> Face:
        return _objective_face(objective, step.files.get(objective.id, ()))

    def after(objective: Objective) -> Face:
        return _objective_face(objective, standing.objectives.files(objective.id))

    objectives = matched(
        _faces(step.objectives, step.objectives.gone, step.objectives.before, before),
        _faces(step.objectives, step.objectives.new, step.objectives.after, after),
        _holders((_unit_of(id) for id in step.objectives.gone), units, step.units.gone),
        renamed,
    )
    gone_krs = [id for id in step.key_results.gone if _alive(_objective_of(id), step.objectives.gone, objectives)]
    key_results = matched(
        _faces(step.key_results, gone_krs, step.key_results.before, _key_result_face),
        _faces(step.key_results, step.key_results.new, step.key_results.after, _key_result_face),
        _holders(map(_objective_of, gone_krs), objectives, step.objectives.gone),
    )
    kpis = matched(
        _faces(step.kpis, step.kpis.gone, step.kpis.before, _kpi_face),
        _faces(step.kpis, step.kpis.new, step.kpis.after, _kpi_face),
        _holders((id.rpartition("/kpis/")[0] for id in step.kpis.gone), units, step.units.gone),
        renamed,
    )
    of_sort: dict[Sort, Matches] = {
        "unit": units,
        "objective": objectives,
        "key_result": key_results,
        "kpi": kpis,
    }
    return Identities(of_sort, {id: match.id for matches in of_sort.values() for id, match in matches.items()})


def _carried(id: str, match: Match, found: Matches) -> Match:
    """A unit that is called as before within the one above it has another id by that one alone."""
    parent, _, name = id.rpartition("/")
    above = found.get(parent)
    return Match(match.id, "holder") if above is not None and match.id == f"{above.id}/{name}" else match


def id_now(id: str, ids: Mapping[str, str]) -> str:
    """What a goal is called since some goals have other ids: its own, or one below what holds it."""
    former = id
    while former not in ids:
        former = former.rpartition("/")[0]
        if not former:
            return id
    return ids[former] + id[len(former) :]


def _faces(
    turn: Turn[Goal], ids: Iterable[str], goals: Mapping[str, Goal | None], face: Callable[[Goal], Face]
) -> list[Face]:
    del turn  # ties the types together
    return [face(goal) for id in ids if (goal := goals[id]) is not None]


def _holders(ids: Iterable[str], matches: Matches, gone: Iterable[str]) -> dict[str, Match]:
    """What became of what holds goals: those that are not gone are what they were."""
    lost = set(gone)
    return {id: matches.get(id, Match(id, "")) for id in ids if id in matches or id not in lost}


def _alive(id: str, gone: Iterable[str], matches: Matches) -> bool:
    return id in matches or id not in gone


def _unit_of(objective_id: str) -> str:
    return objective_id.rsplit("/", 2)[0]


def _objective_of(key_result_id: str) -> str:
    return key_result_id.rpartition("/")[0]


def _unit_face(unit: Unit) -> Face:
    parent, _, name = unit.id.rpartition("/")
    return Face(unit.id, parent, name, f"{unit.id}/unit.yml", None, (unit.name, unit.level))


def _objective_face(objective: Objective, files: Iterable[str]) -> Face:
    alike = (objective.title, tuple(sorted(kr.title for kr in objective.key_results)))
    name = objective.id.removeprefix(f"{objective.unit_id}/")
    return Face(objective.id, objective.unit_id, name, max(files, default=""), alike, alike)


def _key_result_face(kr: KeyResult) -> Face:
    return Face(kr.id, kr.objective_id, kr.id.rpartition("/")[2], "", kr.title)


def _kpi_face(kpi: Kpi) -> Face:
    name = kpi.id.removeprefix(f"{kpi.unit_id}/")
    return Face(kpi.id, kpi.unit_id, name, f"{kpi.unit_id}/kpis.yml", kpi.name)

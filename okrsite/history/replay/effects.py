"""What a changed goalpost did to a figure that day: the figure with it and without it, all else being equal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from okrsite.history.ledger import Effect
from okrsite.history.replay.drafts import Reading
from okrsite.history.replay.figures import Figures
from okrsite.history.replay.standing import Standing
from okrsite.history.replay.tables import Step
from okrsite.model import KeyResult, Kpi, Objective

_OF_KEY_RESULT = frozenset(
    {"kind", "baseline", "target", "inclusive", "sustained", "milestones", "kpi", "start", "due"}
)
_OF_KPI = frozenset({"direction", "target", "amber"})


class Effects:
    """Effects of the changes of one step.

    Args:
        standing: The goals after the step.
        figures: Their figures.
        step: What the step did.
        day: Its day.
    """

    def __init__(self, standing: Standing, figures: Figures, step: Step, day: date) -> None:
        self._standing = standing
        self._figures = figures
        self._step = step
        self._day = day

    def key_result(self, before: KeyResult, after: KeyResult, fields: Sequence[str]) -> dict[str, Effect]:
        """What changed fields of a key result did, by field.

        Args:
            before: Its version before, by the ids of the one after.
            after: The version that stands.
            fields: Those that changed.
        """
        found: dict[str, Effect] = {}
        own = [field for field in fields if field in _OF_KEY_RESULT]
        if own:
            done = {each.title: each.done for each in after.milestones}
            steps = tuple(replace(each, done=done.get(each.title, each.done)) for each in before.milestones)
            was = self._figures.key_result(replace(before, milestones=steps), self._day)
            _note(found, own, Effect(after.id, was, self._figures.key_result(after, self._day)))
        if "weight" in fields:
            others = [
                replace(kr, weight=before.weight) if kr.id == after.id else kr
                for kr in self._standing.objectives[after.objective_id].key_results
            ]
            _note(found, ["weight"], self._in_objective(after.objective_id, others))
        return found

    def key_result_came(self, kr: KeyResult) -> Effect | None:
        """What a new key result did to its objective."""
        others = self._standing.objectives[kr.objective_id].key_results
        return _telling(self._in_objective(kr.objective_id, [each for each in others if each.id != kr.id]))

    def key_result_went(self, kr: KeyResult, objective_id: str) -> Effect | None:
        """What taking a key result out did to its objective."""
        others = self._standing.objectives[objective_id].key_results
        return _telling(self._in_objective(objective_id, [*others, kr]))

    def objective(self, before: Objective, after: Objective, fields: Sequence[str]) -> dict[str, Effect]:
        """What changed fields of an objective did, by field; see `key_result`."""
        found: dict[str, Effect] = {}
        own = [field for field in fields if field in ("weight", "state")]
        progress = self._figures.standing_objective(after.id, self._day)
        was = replace(after, weight=before.weight, state=before.state)
        if own:
            unit, cycle = after.unit_id, after.cycle_id
            without = self._figures.unit(unit, cycle, self._day, {after.id: (was, progress)})
            _note(found, own, Effect(unit, without, self._figures.unit(unit, cycle, self._day, {})))
        if "supports" in fields:
            for above in sorted({*before.supports} ^ {*after.supports}):
                kr = self._standing.key_results.get(above)
                if kr is not None and kr.kind == "rollup" and after.rolls_up:
                    supported = (after, progress) if above in before.supports else None
                    rolled_up = self._figures.rollup(kr, self._day, {after.id: supported})
                    _note(found, ["supports"], Effect(kr.id, rolled_up, self._figures.key_result(kr, self._day)))
                    break
        return found

    def objective_came(self, objective: Objective) -> Effect | None:
        """What a new objective did to its unit; nothing that can be told where it came with all others of its cycle."""
        unit, cycle = objective.unit_id, objective.cycle_id
        before = self._step.objectives.before
        if all(before.get(id, objective) is None for id in self._standing.in_cycle(unit, cycle)):
            return None
        without = self._figures.unit(unit, cycle, self._day, {objective.id: None})
        return _telling(Effect(unit, without, self._figures.unit(unit, cycle, self._day, {})))

    def objective_went(self, objective: Objective) -> Effect | None:
        """What taking an objective out did to its unit; nothing that can be told where none of its cycle is left."""
        unit, cycle = objective.unit_id, objective.cycle_id
        if not self._standing.in_cycle(unit, cycle):
            return None
        progress = self._progress(objective.key_results)
        with_it = self._figures.unit(unit, cycle, self._day, {objective.id: (objective, progress)})
        return _telling(Effect(unit, with_it, self._figures.unit(unit, cycle, self._day, {})))

    def kpi(self, before: Kpi, after: Kpi, fields: Sequence[str]) -> dict[str, Effect]:
        """What changed limits of a KPI did, by field."""
        found: dict[str, Effect] = {}
        own = [field for field in fields if field in _OF_KPI]
        if own:
            was, now = (self._figures.kpi_status(each, self._day) for each in (before, after))
            _note(found, own, Effect(after.id, status_before=was, status_after=now))
        return found

    def _in_objective(self, id: str, key_results: Sequence[KeyResult]) -> Effect:
        was = self._progress(key_results) if any(kr.weight for kr in key_results) else None
        return Effect(id, was, self._figures.standing_objective(id, self._day))

    def _progress(self, key_results: Sequence[KeyResult]) -> Fraction:
        """The progress of an objective that has some key results, with the readings that they had or have."""
        readings = {kr.id: self._readings(kr) for kr in key_results}
        return self._figures.mean(key_results, self._day, readings)

    def _readings(self, kr: KeyResult) -> Sequence[Reading]:
        if kr.id in self._standing.key_results:
            return self._standing.readings.of(kr.id)
        return self._step.readings.get(kr.id) or self._standing.readings.of(kr.id)


def _note(found: dict[str, Effect], fields: Sequence[str], effect: Effect) -> None:
    if (told := _telling(effect)) is not None:
        found.update(dict.fromkeys(fields, told))


def _telling(effect: Effect) -> Effect | None:
    """An effect, where there is one."""
    same = effect.before == effect.after and effect.status_before == effect.status_after
    return None if same else effect

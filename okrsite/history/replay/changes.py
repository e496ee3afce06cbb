"""From one step to its lines in the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from okrsite.frozen import frozen
from okrsite.history.easing import ease_of
from okrsite.history.goalposts import GOALPOSTS, MEASURED, FieldChange, Goal, Sort, Value, changed_fields
from okrsite.history.ledger import Change, Commit, Effect
from okrsite.history.replay.course import Gone
from okrsite.history.replay.drafts import Reading
from okrsite.history.replay.effects import Effects
from okrsite.history.replay.figures import Figures
from okrsite.history.replay.identities import Identities, id_now
from okrsite.history.replay.standing import Standing
from okrsite.history.replay.tables import Step, Turn
from okrsite.model import CheckIn, KeyResult, Kpi, Objective, Unit

_EASED = frozenset({"target", "amber", "inclusive", "due", "type"})
"""The fields of which it is certain what makes a goal easier to reach."""


@frozen
class Found:
    """A change with what tells which commit of a merged branch made it.

    Attributes:
        change: Still with the commit of the portal's own line.
        files: Where the goal or reading stood before the step or stands after it.
        former: The goal's id before the step.
    """

    change: Change
    files: frozenset[str]
    former: str


class Changes:
    """The changes of one step.

    Args:
        standing: The goals after it.
        figures: Their figures.
        step: What it did.
        identities: Which goals have another id since.
        commit: The commit of the portal's own line.
        latest: Gives the id that a goal has by now, where it had another in an earlier step.
        gone: The fields of goals that were removed, by their ids now; brought up to date.
    """

    def __init__(
        self,
        standing: Standing,
        figures: Figures,
        step: Step,
        identities: Identities,
        commit: Commit,
        latest: Mapping[str, str],
        gone: Gone,
    ) -> None:
        self._standing = standing
        self._step = step
        self._ids = identities
        self._commit = commit
        self._latest = latest
        self._gone = gone
        self._effects = Effects(standing, figures, step, commit.day)

    def all(self) -> Iterator[Found]:
        """Those that gave a goal another id first, then units, objectives, key results and KPIs, each by id."""
        yield from self._renamed()
        yield from self._units()
        yield from self._objectives()
        yield from self._key_results()
        yield from self._kpis()
        yield from self._came_back()
        yield from self._readings()

    def _came_back(self) -> Iterator[Found]:
        """What is other than it was in goals that were removed in an earlier step and are here again."""
        if self._ids.ids:
            moved = {id_now(id, self._ids.ids): fields for id, fields in self._gone.items()}
            self._gone.clear()
            self._gone.update(moved)
        step = self._step
        for sort, turn in _turns(step):
            matches = self._ids.of_sort.get(sort, {})
            same = {match.id for match in matches.values()}
            for id in turn.new:
                before, after = self._gone.pop(id, None), self._goal(sort, id)
                if before is not None and after is not None and id not in same:
                    yield from self._other(sort, id, before, after)
            for id in turn.gone:
                goal = turn.before[id]
                if id not in matches and goal is not None:
                    values = {name: value(goal) for name, value in GOALPOSTS[sort].items()}
                    self._gone[id_now(id, self._ids.ids)] = values

    def _other(self, sort: Sort, id: str, before: Mapping[str, Value], after: Goal) -> Iterator[Found]:
        values = {name: value(after) for name, value in GOALPOSTS[sort].items()}
        for field, new in values.items():
            old = before.get(field)
            if field == "supports" and isinstance(old, tuple):
                old = tuple(sorted(self._now(str(each)) for each in old))
            elif field == "kpi" and isinstance(old, str):
                old = self._now(old)
            if old != new:
                unit = getattr(after, "unit_of_measure", "") if field in MEASURED else ""
                easier = field in _EASED and ease_of(field, before, values) == "easier"
                changed = {"field": field, "before": old, "after": new, "unit_of_measure": unit, "easier": easier}
                yield self._found(sort, id, "goalpost", id, **changed)  # type: ignore[arg-type]

    def _renamed(self) -> Iterator[Found]:
        for sort, matches in self._ids.of_sort.items():
            for former, match in sorted(matches.items()):
                if match.how in ("rename", "equal"):
                    how: Literal["rename", "equal"] = "rename" if match.how == "rename" else "equal"
                    yield self._found(
                        sort, match.id, "renamed", former, field="id", before=former, after=match.id, how=how
                    )

    def _pairs(self, sort: Sort, turn_before: Mapping[str, Goal | None]) -> Iterator[tuple[Goal, Goal]]:
        """Versions of the same goal before the step, under the id it has now, and after it."""
        former = {match.id: id for id, match in self._ids.of_sort.get(sort, {}).items()}
        for id in sorted(turn_before):
            after = self._goal(sort, id)
            before = turn_before.get(former.get(id, id))
            if before is not None and after is not None and before != after:
                yield self._as_now(before), after

    def _goal(self, sort: Sort, id: str) -> Goal | None:
        if sort == "unit":
            return self._standing.units.get(id)
        if sort == "objective":
            return self._standing.objectives.get(id)
        if sort == "key_result":
            return self._standing.key_results.get(id)
        return self._standing.kpis.get(id)

    def _as_now(self, goal: Goal) -> Goal:
        """A version of before, with the ids that it and what it names have now."""
        ids = self._ids.ids
        if isinstance(goal, Objective):
            return replace(
                goal, id=ids.get(goal.id, goal.id), supports=tuple(self._now(each) for each in goal.supports)
            )
        if isinstance(goal, KeyResult):
            objective_id = ids.get(goal.objective_id, goal.objective_id)
            kpi = None if goal.kpi is None else self._now(goal.kpi)
            return replace(goal, id=ids.get(goal.id, goal.id), objective_id=objective_id, kpi=kpi)
        return replace(goal, id=ids[goal.id]) if goal.id in ids else goal

    def _now(self, id: str) -> str:
        """The id that a goal has now which had, or once had, some id."""
        if id in self._ids.ids:
            return self._ids.ids[id]
        if self._standing.knows(id):
            return id
        return self._latest[id] if id in self._latest else id_now(id, self._ids.ids)

    def _units(self) -> Iterator[Found]:
        turn = self._step.units
        for before, after in self._pairs("unit", turn.before):
            yield from self._moved("unit", before, after, {}, in_cycle=False)
        yield from self._came_and_went("unit", turn.gone, turn.new, turn.before)

    def _objectives(self) -> Iterator[Found]:
        turn = self._step.objectives
        for before, after in self._pairs("objective", turn.before):
            assert isinstance(before, Objective)  # noqa: S101 - tells the type checker
            assert isinstance(after, Objective)  # noqa: S101
            fields = [each.field for each in changed_fields(before, after)]
            if fields:
                effects = self._effects.objective(before, after, fields)
                yield from self._moved("objective", before, after, effects, in_cycle=self._in_cycle(after.id))
        yield from self._came_and_went("objective", turn.gone, turn.new, turn.before)

    def _key_results(self) -> Iterator[Found]:
        turn = self._step.key_results
        for before, after in self._pairs("key_result", turn.before):
            assert isinstance(before, KeyResult)  # noqa: S101 - tells the type checker
            assert isinstance(after, KeyResult)  # noqa: S101
            fields = [each.field for each in changed_fields(before, after)]
            if fields:
                effects = self._effects.key_result(before, after, fields)
                in_cycle = self._in_cycle(after.objective_id)
                yield from self._moved("key_result", before, after, effects, in_cycle=in_cycle)
        objectives = self._step.objectives
        came = {match.id for match in self._ids.of_sort.get("objective", {}).values()}
        stays = self._standing.objectives
        whole = set(objectives.new) - came
        new = [id for id in turn.new if id.rpartition("/")[0] not in whole]
        gone = []
        for id in turn.gone:
            objective = id.rpartition("/")[0]
            if self._ids.ids.get(objective, objective) in stays:
                gone.append(id)
        yield from self._came_and_went("key_result", gone, new, turn.before)

    def _kpis(self) -> Iterator[Found]:
        turn = self._step.kpis
        for before, after in self._pairs("kpi", turn.before):
            assert isinstance(before, Kpi)  # noqa: S101 - tells the type checker
            assert isinstance(after, Kpi)  # noqa: S101
            fields = [each.field for each in changed_fields(before, after)]
            if fields:
                effects = self._effects.kpi(before, after, fields)
                yield from self._moved("kpi", before, after, effects, in_cycle=True)
        yield from self._came_and_went("kpi", turn.gone, turn.new, turn.before)

    def _came_and_went(
        self, sort: Sort, gone: Sequence[str], new: Sequence[str], before: Mapping[str, Goal | None]
    ) -> Iterator[Found]:
        matches = self._ids.of_sort.get(sort, {})
        found = {match.id for match in matches.values()}
        for id in gone:
            goal = before[id]
            if id not in matches and goal is not None:
                yield self._found(sort, id, "removed", id, goal=goal, effect=self._without(goal))
        for id in new:
            goal = self._goal(sort, id)
            if id not in found and goal is not None:
                yield self._found(sort, id, "added", id, effect=self._with(goal))

    def _without(self, goal: Goal) -> Effect | None:
        if isinstance(goal, Objective):
            return self._effects.objective_went(goal)
        if isinstance(goal, KeyResult):
            return self._effects.key_result_went(goal, self._ids.ids.get(goal.objective_id, goal.objective_id))
        return None

    def _with(self, goal: Goal) -> Effect | None:
        if isinstance(goal, Objective):
            return self._effects.objective_came(goal)
        return self._effects.key_result_came(goal) if isinstance(goal, KeyResult) else None

    def _moved(
        self, sort: Sort, before: Goal, after: Goal, effects: Mapping[str, Effect], *, in_cycle: bool
    ) -> Iterator[Found]:
        former = {match.id: id for id, match in self._ids.of_sort.get(sort, {}).items()}
        for each in changed_fields(before, after):
            yield self._found(
                sort,
                after.id,
                "goalpost",
                former.get(after.id, after.id),
                field=each.field,
                before=each.before,
                after=each.after,
                unit_of_measure=each.unit_of_measure,
                effect=effects.get(each.field),
                easier=each.field in _EASED and _is_easier(each, sort, before, after),
                in_cycle=in_cycle,
            )

    def _readings(self) -> Iterator[Found]:
        former = {new: old for old, new in self._ids.ids.items()}
        for id in sorted({self._ids.ids.get(id, id) for id in self._step.readings}):
            old_id = former.get(id, id)
            kr = self._standing.key_results.get(id)
            was = self._step.key_results.before if kr is not None else self._step.kpis.before
            if (kr is None and id not in self._standing.kpis) or was.get(old_id, id) is None:
                continue  # it came or went with its goal
            before = self._step.readings.get(old_id, self._standing.readings.of(old_id))
            after = self._standing.readings.of(id)
            dangling = {each.date for each in self._standing.readings.of(old_id)} if old_id != id else set()
            now = {each.date: each for each in after}
            for reading in before:
                if reading.date not in now:
                    if reading.date not in dangling:
                        yield self._reading(id, old_id, "reading_removed", reading, "value", reading.value, None)
                elif reading is not now[reading.date]:
                    for field, old, new in _differing(reading, now[reading.date]):
                        yield self._reading(id, old_id, "reading_edited", reading, field, old, new)

    def _reading(
        self,
        id: str,
        former: str,
        what: Literal["reading_edited", "reading_removed"],
        reading: Reading,
        field: str,
        before: Value,
        after: Value,
    ) -> Found:
        goal = self._standing.key_results.get(id) or self._standing.kpis[id]
        files = frozenset(self._standing.readings.files(id)) | self._step.reading_files.get(former, frozenset())
        return self._found(
            "key_result" if isinstance(goal, KeyResult) else "kpi",
            id,
            what,
            former,
            field=field,
            before=before,
            after=after,
            unit_of_measure=goal.unit_of_measure if field == "value" else "",
            reading=reading.date,
            files=files,
        )

    def _found(
        self,
        sort: Sort,
        id: str,
        what: Literal["added", "removed", "renamed", "goalpost", "reading_edited", "reading_removed"],
        former: str,
        *,
        field: str = "",
        before: Value = None,
        after: Value = None,
        unit_of_measure: str = "",
        reading: date | None = None,
        how: Literal["", "rename", "equal"] = "",
        effect: Effect | None = None,
        easier: bool = False,
        in_cycle: bool | None = None,
        goal: Goal | None = None,
        files: frozenset[str] | None = None,
    ) -> Found:
        goal = goal or self._goal(sort, id)
        assert goal is not None, "it stands, or was given"  # noqa: S101 - tells the type checker
        if in_cycle is None:
            in_cycle = sort == "kpi" or (sort != "unit" and self._in_cycle(_objective_id(goal)))
        title = goal.name if isinstance(goal, (Unit, Kpi)) else goal.title
        change = Change(
            goal=id_now(id, self._ids.ids) if what == "removed" else id,
            then=id,
            sort=sort,
            what=what,
            commit=self._commit,
            in_cycle=in_cycle,
            title=title,
            field=field,
            before=before,
            after=after,
            unit_of_measure=unit_of_measure,
            reading=reading,
            how=how,
            effect=effect,
            easier=easier,
        )
        if files is None:
            files = frozenset((*self._step.files.get(former, ()), *self._standing.files_of(sort, id)))
        return Found(change, files, former)

    def _in_cycle(self, objective_id: str) -> bool:
        cycle = self._standing.cycle_of(objective_id) or self._step.cycles_before.get(objective_id.split("/")[-2])
        return cycle is not None and self._commit.day >= cycle.start


def _turns(step: Step) -> Iterator[tuple[Sort, Turn[Any]]]:
    yield "unit", step.units
    yield "objective", step.objectives
    yield "key_result", step.key_results
    yield "kpi", step.kpis


def _objective_id(goal: Goal) -> str:
    return goal.objective_id if isinstance(goal, KeyResult) else goal.id


def _is_easier(change: FieldChange, sort: Sort, before: Goal, after: Goal) -> bool:
    fields = GOALPOSTS[sort]
    old, new = ({name: value(goal) for name, value in fields.items()} for goal in (before, after))
    return ease_of(change.field, old, new) == "easier"


def _differing(before: Reading, after: Reading) -> Iterator[tuple[str, Value, Value]]:
    """The fields in which two readings of one day differ."""
    if before.value != after.value or isinstance(before.value, bool) != isinstance(after.value, bool):
        yield "value", before.value, after.value
    if isinstance(before, CheckIn) and isinstance(after, CheckIn):
        if before.confidence != after.confidence:
            yield "confidence", before.confidence, after.confidence
        if before.note != after.note:
            yield "note", before.note or None, after.note or None

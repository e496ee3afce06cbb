"""What differs between two states of a portal: goals, goalposts, readings, words, and what that does to the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from okrsite.frozen import frozen
from okrsite.history.comparing.identity import How, Match, matched
from okrsite.history.comparing.records import LATEST, SORTS, Figure, PortalState, Reading, Record, RecordSort
from okrsite.history.comparing.sameness import same
from okrsite.history.easing import Ease, ease_of
from okrsite.history.goalposts import Value

_HOLDERS: Mapping[RecordSort, RecordSort] = {
    "objective": "unit",
    "key_result": "objective",
    "kpi": "unit",
    "task": "rollout",
}
_AIMS = ("objective", "key_result", "kpi")
_DATED = ("start", "end", "due")


@frozen
class FieldDifference:
    """A field of a goal that differs, by the content format's name.

    Attributes:
        field: Its name.
        before: None where the goal has none, or is new.
        after: None where the goal has none, or is gone.
        ease: Whether this makes the goal easier or harder to reach.
        follows: Whether it says nothing of its own: it names a goal that has a new id, or a default that changed.
    """

    field: str
    before: Value
    after: Value
    ease: Ease = ""
    follows: bool = False


@frozen
class ReadingDifference:
    """A reading that came, went or is another.

    Attributes:
        key: Its day; a milestone's title; ``latest`` where single readings are not known.
        what: What happened to it.
        before: Its values by name; empty where it came.
        after: Likewise; empty where it went.
    """

    key: date | str
    what: Literal["added", "edited", "removed"]
    before: Reading
    after: Reading


@frozen
class GoalDifference:
    """A goal, or a level, cycle, plan or task, that is not the same.

    Attributes:
        sort: Which sort of thing.
        what: ``moved`` means by itself; one that only has another id since its holder has, is ``changed``.
        id: Its id after; of one that is gone, its id before.
        former: Its id before where that was another, else empty.
        how: By what it was recognised under another id.
        title: After; of one that is gone, before.
        unit: The id of its unit, likewise; empty where it has none.
        cycle: Likewise.
        fields: Goalposts; all of one that is new or gone.
        words: What else it says.
        readings: By day.
        unit_of_measure: Of numbers.
    """

    sort: RecordSort
    what: Literal["added", "removed", "moved", "renamed", "changed"]
    id: str
    former: str
    how: How
    title: str
    unit: str
    cycle: str
    fields: tuple[FieldDifference, ...] = ()
    words: tuple[FieldDifference, ...] = ()
    readings: tuple[ReadingDifference, ...] = ()
    unit_of_measure: str = ""

    @property
    def follows(self) -> bool:
        """Whether it says nothing of its own: all of it comes from something else that changed."""
        return self.what == "changed" and not self.words and not self.readings and all(f.follows for f in self.fields)


@frozen
class FigureDifference:
    """A figure that differs, by its name in ``okrs.json``; None where there is none."""

    name: str
    before: Figure
    after: Figure


@frozen
class Shift:
    """What became of the figures of a goal, a unit in a cycle, a level, or the portal.

    Attributes:
        sort: Which sort of thing.
        id: After; of one that is gone, before.
        title: Likewise.
        cycle: The cycle of a unit's, level's or portal's figures; empty for others.
        on: On which side it has figures at all.
        figures: Those that differ; of one that has figures on one side only, all of them.
        state: All figures before and after, to show a status that stayed beside progress that did not.
    """

    sort: RecordSort
    id: str
    title: str
    cycle: str
    on: Literal["both", "before", "after"]
    figures: tuple[FigureDifference, ...]
    state: tuple[Mapping[str, Figure], Mapping[str, Figure]]

    def changed(self, name: str) -> bool:
        """Whether a figure is another."""
        return any(each.name == name for each in self.figures)


@dataclass(frozen=True)
class Difference:
    """What differs between two states.

    Attributes:
        goals: What changed in the content, what holds others first.
        shifts: What that did to the figures, the top first.
        matches: Of each sort, what was recognised: ids before to those after.
    """

    goals: Sequence[GoalDifference]
    shifts: Sequence[Shift]
    matches: Mapping[RecordSort, Mapping[str, Match]]

    @cached_property
    def units(self) -> frozenset[str]:
        """The ids of the units whose own figures moved."""
        return frozenset(shift.id for shift in self.shifts if shift.sort == "unit")


def difference(before: PortalState, after: PortalState, renamed: Mapping[str, str] | None = None) -> Difference:
    """What differs between two states.

    Args:
        before: The one to start from.
        after: The other.
        renamed: Files that git takes for renamed, relative to the repository's top.
    """
    matches: dict[RecordSort, dict[str, Match]] = {}
    for sort in SORTS:
        old, new = ([record.face for record in state[sort].values()] for state in (before, after))
        holder = _HOLDERS.get(sort)
        holders = matches[holder] if holder else {}
        matches[sort] = matched(old, new, None if sort == "unit" else holders, renamed)
    comparison = _Comparison(before, after, matches)
    return Difference(tuple(comparison.goals()), tuple(comparison.shifts()), matches)


class _Comparison:
    def __init__(
        self, before: PortalState, after: PortalState, matches: Mapping[RecordSort, Mapping[str, Match]]
    ) -> None:
        self.before = before
        self.after = after
        self.matches = matches
        self.now = {id: match.id for sort in ("objective", "key_result", "kpi") for id, match in matches[sort].items()}
        """The ids that references name: before -> after."""

    def pairs(self, sort: RecordSort) -> Iterator[tuple[Record | None, Record | None, How]]:
        """Each record of a sort before and after, in the order after; what is gone at the end."""
        match = {each.id: (id, each.how) for id, each in self.matches[sort].items()}
        for id, record in self.after[sort].items():
            former, how = match.get(id, ("", ""))
            yield self.before[sort].get(former), record, how
        for id, record in self.before[sort].items():
            if id not in self.matches[sort]:
                yield record, None, ""

    def goals(self) -> Iterator[GoalDifference]:
        for sort in SORTS:
            for before, after, how in self.pairs(sort):
                found = self._goal(before, after, how)
                if found is not None:
                    yield found

    def _goal(self, before: Record | None, after: Record | None, how: How) -> GoalDifference | None:
        record = after or before
        assert record is not None, "there is one on a side"  # noqa: S101 - tells the type checker
        former = before.id if before and after and before.id != after.id else ""
        fields = tuple(self._fields(before, after))
        words = tuple(_differing(before.words if before else {}, after.words if after else {}, before, after))
        readings = tuple(_readings(before, after))
        whole = before is not None and after is not None
        if whole and not (former or fields or words or readings):
            return None
        what: Literal["added", "removed", "moved", "renamed", "changed"] = "changed"
        if not whole:
            what = "added" if after else "removed"
        elif former and how != "holder" and before and after:
            what = "renamed" if self._same_place(before, after) else "moved"
        return GoalDifference(
            sort=record.sort,
            what=what,
            id=record.id,
            former=former,
            how=how,
            title=record.title,
            unit=record.unit,
            cycle=record.cycle,
            fields=fields,
            words=words,
            readings=readings,
            unit_of_measure=record.unit_of_measure,
        )

    def _same_place(self, before: Record, after: Record) -> bool:
        """Whether it is still held by the same thing and set for the same cycle."""
        sort: RecordSort | None = "unit" if before.sort == "unit" else _HOLDERS.get(before.sort)
        if sort is None:
            return True
        match = self.matches[sort].get(before.face.holder)
        holder = match.id if match else ""
        return before.cycle == after.cycle and holder == after.face.holder

    def _fields(self, before: Record | None, after: Record | None) -> Iterator[FieldDifference]:
        old, new = before.goalposts if before else {}, after.goalposts if after else {}
        for each in _differing(old, new, before, after):
            if before is None or after is None:
                yield each
            elif self._follows(each, before, after):
                yield FieldDifference(each.field, each.before, each.after, follows=True)
            else:
                ease = ease_of(each.field, old, new) if after.sort in _AIMS else ""
                yield FieldDifference(each.field, each.before, each.after, ease)

    def _follows(self, each: FieldDifference, before: Record, after: Record) -> bool:
        """Whether a field only follows something else that changed."""
        old, new = each.before, each.after
        if each.field == "supports" and isinstance(old, tuple) and isinstance(new, tuple):
            return sorted(self.now.get(str(id), id) for id in old) == list(new)
        if each.field in ("kpi", "continues"):
            return old is not None and self.now.get(str(old)) == new
        sort = _HOLDERS.get(before.sort)
        if sort == "objective" and each.field == "owner":
            return self._as_held(sort, each, before, after)
        if before.sort == "key_result" and each.field in _DATED:
            as_of_cycle = "end" if each.field == "due" else "start"
            cycles = self.before["cycle"].get(before.cycle), self.after["cycle"].get(after.cycle)
            return all(
                cycle is not None and value == cycle.goalposts.get(as_of_cycle)
                for cycle, value in zip(cycles, (old, new), strict=True)
            )
        if before.sort == "task" and each.field in _DATED:
            return _moved_by(old, new) == self._plan_moved_by(before, after)
        return False

    def _as_held(self, sort: RecordSort, each: FieldDifference, before: Record, after: Record) -> bool:
        holders = self.before[sort].get(before.face.holder), self.after[sort].get(after.face.holder)
        return all(
            holder is not None and value == holder.goalposts.get(each.field)
            for holder, value in zip(holders, (each.before, each.after), strict=True)
        )

    def _plan_moved_by(self, before: Record, after: Record) -> timedelta | None:
        plans = self.before["rollout"].get(before.face.holder), self.after["rollout"].get(after.face.holder)
        starts = [plan.goalposts.get("start") if plan else None for plan in plans]
        return _moved_by(*starts)

    def shifts(self) -> Iterator[Shift]:
        for sort in SORTS:
            for before, after, _ in self.pairs(sort):
                yield from _shifts(before, after)


def _moved_by(old: Value, new: Value) -> timedelta | None:
    return new - old if isinstance(old, date) and isinstance(new, date) else None


def _differing(
    old: Mapping[str, Value], new: Mapping[str, Value], before: Record | None, after: Record | None
) -> Iterator[FieldDifference]:
    """Fields that differ; between two goals only those that both states know of."""
    both = before is not None and after is not None
    for name in [*new, *(name for name in old if name not in new)]:
        if both and (name not in old or name not in new):
            continue
        if not same(old.get(name), new.get(name)):
            yield FieldDifference(name, old.get(name), new.get(name))


def _readings(before: Record | None, after: Record | None) -> Iterator[ReadingDifference]:
    old = before.readings if before else {}
    new = after.readings if after else {}
    if before and after and (old is None or new is None):
        yield from _newest(_latest(before), _latest(after))
        return
    old, new = old or {}, new or {}
    for key in sorted({*old, *new}, key=lambda key: (isinstance(key, str), str(key))):
        was, became = old.get(key, {}), new.get(key, {})
        if key not in old:
            yield ReadingDifference(key, "added", {}, became)
        elif key not in new:
            yield ReadingDifference(key, "removed", was, {})
        elif was.keys() != became.keys() or any(not same(was[name], became[name]) for name in became):
            yield ReadingDifference(key, "edited", was, became)


def _newest(was: Reading, became: Reading) -> Iterator[ReadingDifference]:
    """What differs of the latest readings: one of a later day is another reading, not the earlier one edited."""
    if all(same(was.get(name), became.get(name)) for name in {*was, *became}):
        return
    days = was.get("date"), became.get("date")
    if not _any(was) or (isinstance(days[0], date) and isinstance(days[1], date) and days[0] < days[1]):
        yield ReadingDifference(LATEST, "added", {}, became)
    elif not _any(became):
        yield ReadingDifference(LATEST, "removed", was, {})
    else:
        yield ReadingDifference(LATEST, "edited", was, became)


def _any(reading: Reading) -> bool:
    return any(value is not None for value in reading.values())


def _latest(record: Record) -> Reading:
    """What is known of a goal's latest reading by its figures alone."""
    figures = record.figures.get("", {})
    names = {"current": "value", "confidence": "confidence", "last_check_in": "date"}
    own = ("current",) if record.sort == "kpi" else tuple(names) if record.sort == "key_result" else ()
    return {names[name]: figures[name] for name in own if name in figures}  # type: ignore[misc]  # no shares among them


def _shifts(before: Record | None, after: Record | None) -> Iterator[Shift]:
    old = before.figures if before else {}
    new = after.figures if after else {}
    record = after or before
    assert record is not None, "there is one on a side"  # noqa: S101 - tells the type checker
    for cycle in sorted({*old, *new}):
        was, became = old.get(cycle), new.get(cycle)
        names = [*(became or {}), *(name for name in was or {} if name not in (became or {}))]
        if was is not None and became is not None:
            names = [name for name in names if name in was and name in became]
        found = [FigureDifference(name, (was or {}).get(name), (became or {}).get(name)) for name in names]
        moved = tuple(each for each in found if not same(each.before, each.after))
        if moved or (was is None) != (became is None):
            on: Literal["both", "before", "after"] = "both"
            if was is None or became is None:
                on = "after" if was is None else "before"
            yield Shift(record.sort, record.id, record.title, cycle, on, moved, (was or {}, became or {}))

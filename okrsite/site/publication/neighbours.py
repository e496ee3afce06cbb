"""What happened between two snapshots, from the ``okrs.json`` of each: how often, by kind."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from okrsite.exchange import state_of_json
from okrsite.history.comparing.difference import GoalDifference, Shift, difference
from okrsite.history.comparing.records import PortalState
from okrsite.problems import OkrsiteError
from okrsite.publish.changes import Kind
from okrsite.publish.versions import Changes

_GOALS = b' "objectives": ['
"""The line from which on each is a thing of its own that may be left out; the units above it are needed."""
_BY_THE_DAY = frozenset({"progress", "progress_raw", "expected", "stale", "covered", "grade", "trend"})
"""What no kind is about. Left alone with it, a goal is the same although a day has passed."""
_RANKS: Mapping[object, int] = {"achieved": 3, "on_track": 2, "at_risk": 1, "off_track": 0}
_COLOURS: Mapping[object, int] = {"green": 2, "amber": 1, "red": 0}
_ENDS = {"closed": Kind.OBJECTIVES_CLOSED, "postponed": Kind.OBJECTIVES_STOPPED, "cancelled": Kind.OBJECTIVES_STOPPED}
_CAME_OR_WENT = {
    ("unit", "added"): Kind.UNITS_ADDED,
    ("unit", "moved"): Kind.UNITS_CHANGED,
    ("unit", "renamed"): Kind.UNITS_CHANGED,
    ("unit", "removed"): Kind.UNITS_REMOVED,
    ("cycle", "added"): Kind.CYCLES_ADDED,
    ("objective", "added"): Kind.OBJECTIVES_ADDED,
    ("objective", "moved"): Kind.OBJECTIVES_MOVED,
    ("objective", "renamed"): Kind.OBJECTIVES_MOVED,
    ("objective", "removed"): Kind.OBJECTIVES_REMOVED,
    ("kpi", "added"): Kind.KPIS_ADDED,
    ("kpi", "removed"): Kind.KPIS_REMOVED,
}


def happened(before: bytes, after: bytes) -> Changes:
    """What happened from one snapshot to the next.

    What is the same in both files is left out before anything is compared: most of a portal, in most commits.

    Args:
        before: The ``api/okrs.json`` of the snapshot before.
        after: Likewise of the one after.

    Returns:
        How often, by `Kind`, in its order; empty too where one of them is of another version of okrsite.
    """
    if before == after:
        return {}
    try:
        one, other = _without_same(*map(json.loads, without_same_lines(before, after)))
        states = state_of_json(json.dumps(one), "before"), state_of_json(json.dumps(other), "after")
    except (OkrsiteError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    counted = Counter(_Happenings(*states))
    return {kind.value: counted[kind] for kind in Kind if counted[kind]}


def without_same_lines(before: bytes, after: bytes) -> tuple[bytes, bytes]:
    """Both files without lines that both have. Each objective, KPI and plan has a line; where not, all is left.

    Args:
        before: An ``api/okrs.json``.
        after: Another one.
    """
    lines, others = before.split(b"\n"), after.split(b"\n")
    return _unlike(lines, frozenset(others)), _unlike(others, frozenset(lines))


def _unlike(own: Sequence[bytes], others: Container[bytes]) -> bytes:
    begin = own.index(_GOALS) if _GOALS in own else len(own)
    goals = (each for each in own[begin:] if not (each.startswith(b"  {") and each.endswith(b"},") and each in others))
    return b"\n".join([*own[:begin], *goals])


def _without_same(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both files with what can tell something; units all stay, since goals are recognised by them."""
    kept: list[dict[str, Any]] = []
    for one, other in ((before, after), (after, before)):
        kept.append(
            {
                **one,
                "units": [{**unit, "cycles": {}} for unit in one["units"]],
                "levels": [],
                "portal": {"cycles": {}},
                **{name: _differing(one[name], other[name]) for name in ("objectives", "kpis", "rollouts")},
            }
        )
    return kept[0], kept[1]


def _differing(own: Sequence[dict[str, Any]], others: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    known = {each["id"]: each for each in others}
    return [each for each in own if not _same(each, known.get(each["id"]))]


def _same(one: dict[str, Any], other: dict[str, Any] | None) -> bool:
    if other is None or one.keys() != other.keys():
        return False
    if one == other:
        return True
    for name, value in one.items():
        if name == "key_results":
            parts = other[name]
            if len(value) != len(parts) or not all(map(_same, value, parts)):
                return False
        elif name not in _BY_THE_DAY and value != other[name]:
            return False
    return True


class _Happenings:
    """Tells of what kinds the differences between two states are."""

    def __init__(self, before: PortalState, after: PortalState) -> None:
        self.before, self.after = before, after
        self.found = difference(before, after)
        self.kept = {id: match.id for id, match in self.found.matches["objective"].items()}
        self.kept_after = frozenset(self.kept.values())

    def __iter__(self) -> Iterator[Kind]:
        for goal in self.found.goals:
            yield from self._of_goal(goal)
        for shift in self.found.shifts:
            yield from _of_shift(shift)

    def _of_goal(self, goal: GoalDifference) -> Iterator[Kind]:
        kind = _CAME_OR_WENT.get((goal.sort, goal.what))
        if kind is not None:
            yield kind
        elif goal.sort == "unit" and goal.fields:
            yield Kind.UNITS_CHANGED
        if goal.what in ("added", "removed"):
            yield from self._of_part(goal)
        elif goal.sort in ("objective", "key_result", "kpi"):
            yield from self._of_fields(goal)
            yield from self._of_reading(goal)

    def _of_part(self, goal: GoalDifference) -> Iterator[Kind]:
        """A key result that came to an objective or left it; those of new objectives came with them."""
        if goal.sort != "key_result":
            return
        if goal.what == "added" and self.after["key_result"][goal.id].face.holder in self.kept_after:
            yield Kind.KEY_RESULTS_ADDED
        if goal.what == "removed" and self.before["key_result"][goal.id].face.holder in self.kept:
            yield Kind.KEY_RESULTS_REMOVED

    def _of_fields(self, goal: GoalDifference) -> Iterator[Kind]:
        cycle = self.after["cycle"].get(goal.cycle)
        start = cycle.goalposts.get("start") if cycle else None
        planned = isinstance(start, date) and self.after.as_of < start
        for each in goal.fields:
            if each.follows:
                continue
            if each.field == "state" and each.after in _ENDS:
                yield _ENDS[str(each.after)]
                continue
            yield Kind.PLANS if planned else Kind.GOALPOSTS
            if each.ease == "easier" and not planned:
                yield Kind.GOALPOSTS_EASED

    def _of_reading(self, goal: GoalDifference) -> Iterator[Kind]:
        for each in goal.readings:
            if each.what == "removed":
                continue
            if goal.sort == "kpi":
                yield Kind.KPIS_MEASURED
            elif not self.after["key_result"][goal.id].goalposts["kpi"]:
                yield Kind.CHECK_INS
            elif each.before.get("confidence") != each.after.get("confidence"):
                yield Kind.CHECK_INS  # its value is the KPI's


def _of_shift(shift: Shift) -> Iterator[Kind]:
    if shift.on != "both":
        return
    before, after = shift.state
    if shift.sort == "task":
        if before["progress"] != 1 and after["progress"] == 1:
            yield Kind.TASKS_DONE
    elif shift.sort in ("objective", "kpi"):
        ranks = _RANKS if shift.sort == "objective" else _COLOURS
        was, became = ranks.get(before["status"]), ranks.get(after["status"])
        if was is None or became is None or was == became:
            return
        if shift.sort == "objective":
            yield Kind.STATUSES_IMPROVED if became > was else Kind.STATUSES_WORSENED
        else:
            yield Kind.KPI_STATUSES_IMPROVED if became > was else Kind.KPI_STATUSES_WORSENED

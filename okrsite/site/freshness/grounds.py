"""What decides many values at once: while it is the same, none of them need be looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date

from okrsite.history import History, Known
from okrsite.model import Portal
from okrsite.reads import EVERYTHING, Way
from okrsite.site.freshness.digests import digest_of

TREE = "*tree"
"""The units, with all that is said of each but its goals, levels and cycles."""

LINKS = "*links"
"""What goals name: supported ones, continued ones, KPIs."""

GOALS = "*goals"
"""All objectives and KPIs."""

ALL_GOALS = (("portal", "objectives", EVERYTHING), ("portal", "kpis", EVERYTHING))
"""The ways to all of them: what lies there differs whenever what stands for all goals does."""

HISTORY = "*history"
"""How goals moved, up to the day."""

KNOWN = "*known "
"""With the id of a unit: the progress of its key results as it was known then."""

ALONE = ""
"""What is looked at by itself each time."""

Find = Callable[[Collection[str], str], str]


def _of_goal(_units: Collection[str], id: str) -> str:
    return id.rsplit("/", 2)[0]


def _of_unit(_units: Collection[str], id: str) -> str:
    return id


def _of_either(units: Collection[str], id: str) -> str:
    return TREE if id in units else _of_goal(units, id)


def _of_titled(units: Collection[str], id: str) -> str:
    unit = _of_goal(units, id)
    return unit if unit in units else id.rsplit("/", 3)[0]  # of a key result


def _of_known(_units: Collection[str], id: str) -> str:
    return ALONE if id == EVERYTHING else KNOWN + _unit_of(id)


def _always(ground: str) -> Find:
    return lambda _units, _id: ground


_FINDS: Mapping[tuple[str, ...], Find] = {
    ("portal", "objectives"): _of_goal,
    ("portal", "kpis"): _of_goal,
    ("portal", "key_result_ids"): _of_goal,
    ("portal", "objective_ids"): _of_unit,
    ("portal", "kpi_ids"): _of_unit,
    ("portal", "place_beside"): _of_either,
    ("portal", "rolls_up"): _of_goal,
    ("portal", "titles"): _of_titled,
    ("portal", "owners"): _of_titled,
    ("portal", "supporter_ids"): _always(LINKS),
    ("portal", "continuing_ids"): _always(LINKS),
    ("portal", "measured_ids"): _always(LINKS),
    ("portal", "units"): _always(TREE),
    ("portal", "children"): _always(TREE),
    ("portal", "top_units"): _always(TREE),
    ("portal", "units_by_level"): _always(TREE),
    ("portal", "levels"): _always(TREE),
    ("portal", "cycles"): _always(TREE),
    ("ledgers", "_by_goal"): _always(HISTORY),
    ("ledgers", "_had"): _always(HISTORY),
    ("ledgers", "_broken"): _always(HISTORY),
    ("chronicle", "_changes_by_unit"): _always(HISTORY),
    ("chronicle", "last_changed"): _always(HISTORY),
    ("history", "known"): _of_known,
    **{("history", name): _always(HISTORY) for name in ("since", "beginning", "changes", "broken", "gap", "eased")},
}
"""Which ground decides the values of a mapping, by the id of the value; of what is not in here, none."""


def ground_of(way: Way, units: Collection[str]) -> str:
    """The name of what decides the value at the end of a way; `ALONE` where nothing but the value does.

    Args:
        way: The way.
        units: The ids of all units.
    """
    find = _FINDS.get(way[:2])
    if find is None:
        return ALONE
    id = way[2] if len(way) > 2 else EVERYTHING
    ground = find(units, id)
    return GOALS if id == EVERYTHING and ground not in (TREE, LINKS, HISTORY, ALONE) else ground


def told_grounds(history: History) -> dict[str, bytes]:
    """What stands for all that a history tells of changes; with most commits, which bring readings, it stays."""
    return {HISTORY: digest_of((history.since, history.gap, tuple(history.changes), tuple(history.broken)))}


def known_grounds(history: History) -> dict[str, bytes]:
    """What stands for progress as it was known then, unit by unit."""
    of_unit: defaultdict[str, list[tuple[str, Known]]] = defaultdict(list)
    for id, known in sorted(history.known.items()):
        of_unit[_unit_of(id)].append((id, known))
    return {f"{KNOWN}{unit}": digest_of(tuple(known)) for unit, known in of_unit.items()}


def _unit_of(key_result: str) -> str:
    return key_result.rsplit("/", 3)[0]


def grounds_of(
    portal: Portal, history: History, as_of: date, contents: Mapping[str, bytes], of_history: Mapping[str, bytes]
) -> dict[str, bytes]:
    """What stands for each ground, by its name.

    Args:
        portal: As read.
        history: How its goals moved.
        as_of: The day that figures are for; what came later does not exist yet.
        contents: Ids of units, each with what stands for all its objectives and KPIs, where that is known.
        of_history: As of `told_grounds`, and of `known_grounds` where progress that was known then is asked for.
    """
    known = {**contents, **of_history}
    known[TREE] = digest_of((portal.levels, tuple(portal.units.values()), tuple(portal.cycles.values())))
    known[LINKS] = digest_of((portal.supporter_ids, portal.continuing_ids, portal.measured_ids))
    told = [sum(each.commit.day <= as_of for each in moved) for moved in (history.changes, history.broken)]
    known[HISTORY] = digest_of((known[HISTORY], *told))
    if contents.keys() == portal.units.keys():
        known[GOALS] = digest_of((known[TREE], tuple(sorted(contents.items()))))
    return known

"""What happened to a goal, from its content and from git together: check-ins, measurements and changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from itertools import chain

from okrsite.frozen import frozen
from okrsite.history.goalposts import Sort
from okrsite.history.ledger import BrokenVersion, Change, History
from okrsite.model import CheckIn, KeyResult, Kpi, Measurement, Portal

_NEAR = 3


@frozen
class Asked:
    """A goal that somebody asked for.

    Attributes:
        id: Its id now; where it is gone, its last one.
        former: The id that was asked for, where it has another one now; empty else.
        gone: Whether it is no longer there.
        title: Its title or name, the last one where it is gone.
        names: Every id that it has had.
    """

    id: str
    former: str
    gone: bool
    title: str
    names: frozenset[str]


@frozen
class Happening:
    """One thing that happened: a check-in, a measurement or a change; of these exactly one is there.

    Attributes:
        day: Of the check-in or measurement by the content; of a change the day on which it took effect.
        goal: The goal's id now.
        sort: Which sort of goal.
        title: Its title or name.
    """

    day: date
    goal: str
    sort: Sort
    title: str
    unit_of_measure: str = ""
    check_in: CheckIn | None = None
    measurement: Measurement | None = None
    change: Change | None = None


def asked_for(portal: Portal, history: History, id: str) -> Asked | None:
    """The goal of an id, also of a former one and of one that is gone; None where nothing ever had it."""
    id = id.strip("/")
    now = id
    if id not in _known(portal):
        if id not in history.by_goal:
            last = next((each for each in reversed(history.changes) if id in (each.then, each.before)), None)
            now = last.goal if last and (last.then == id or last.what == "renamed") else ""
        if not now:
            return None
    gone = now not in _known(portal)
    changes = history.by_goal.get(now, ())
    title = changes[-1].title if gone else _known(portal)[now]
    names = {now, *(str(change.before) for change in changes if change.what == "renamed")}
    return Asked(now, id if id != now else "", gone, title, frozenset(names))


def near(portal: Portal, history: History, id: str) -> list[str]:
    """Ids that are like one that nothing has."""
    known = [*_known(portal), *(goal for goal in history.by_goal if goal not in _known(portal))]
    ends_alike = [other for other in known if other.endswith(f"/{id.strip('/')}")]
    return ends_alike[:_NEAR] or get_close_matches(id, known, n=_NEAR)


def story(portal: Portal, history: History, asked: Asked | None = None, since: date | None = None) -> list[Happening]:
    """What happened, newest first.

    Args:
        portal: With the check-ins and measurements.
        history: With the changes.
        asked: A goal, for what happened to it and to all below it; None for the whole portal.
        since: The first day that is told; None for all of them.
    """
    found = [each for each in chain(_read(portal), _changed(history)) if since is None or each.day >= since]
    if asked is not None:
        found = [each for each in found if _belongs(each, asked)]
    # A change says when on its day it was; what was read has only a day, and stands before all that was changed on it.
    found.sort(key=lambda each: (each.day, each.change.commit.at.timestamp() if each.change else 0.0))
    return found[::-1]


def broken_versions(portal: Portal, history: History, asked: Asked | None = None) -> list[BrokenVersion]:
    """The versions of files that were passed over, newest first.

    Args:
        portal: Says in which file a goal stands.
        history: With the versions.
        asked: A goal, for its file alone.
    """
    versions = list(reversed(history.broken))
    if asked is None:
        return versions
    goal = portal.objectives.get(asked.id) or portal.key_results.get(asked.id) or portal.kpis.get(asked.id)
    if goal is None:
        inside = asked.id if asked.id in portal.units else asked.id.rpartition("/")[0]
        return [version for version in versions if f"/{inside}" in f"/{version.path}"]
    return [version for version in versions if f"/{version.path}".endswith(f"/{goal.source.path}")]


def _belongs(each: Happening, asked: Asked) -> bool:
    ids = (each.goal, each.change.then) if each.change else (each.goal,)
    return any(id == name or id.startswith(f"{name}/") for id in ids for name in asked.names)


def _known(portal: Portal) -> Mapping[str, str]:
    """Every goal's title or name by its id."""
    return {
        **{unit.id: unit.name for unit in portal.units.values()},
        **{objective.id: objective.title for objective in portal.objectives.values()},
        **{kr.id: kr.title for kr in portal.key_results.values()},
        **{kpi.id: kpi.name for kpi in portal.kpis.values()},
    }


def _read(portal: Portal) -> Iterator[Happening]:
    for kr in portal.key_results.values():
        yield from (_check_in(kr, check_in) for check_in in kr.check_ins)
    for kpi in portal.kpis.values():
        yield from (_measurement(kpi, measurement) for measurement in kpi.measurements)


def _check_in(kr: KeyResult, check_in: CheckIn) -> Happening:
    return Happening(check_in.date, kr.id, "key_result", kr.title, kr.unit_of_measure, check_in=check_in)


def _measurement(kpi: Kpi, measurement: Measurement) -> Happening:
    return Happening(measurement.date, kpi.id, "kpi", kpi.name, kpi.unit_of_measure, measurement=measurement)


def _changed(history: History) -> Iterator[Happening]:
    for change in history.changes:
        yield Happening(
            change.commit.day, change.goal, change.sort, change.title, change.unit_of_measure, change=change
        )

"""Which of several cycles is the current one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from okrsite.model import Cycle, Portal


def current_cycle(cycles: Collection[Cycle], as_of: date) -> Cycle | None:
    """The cycle that readers want to see on a day; None of none.

    The shortest that holds the day (of equally long ones the one that starts later, then by id); else the latest that
    has ended; else the next to begin.
    """
    by_length = sorted(cycles, key=lambda cycle: (cycle.days, -cycle.start.toordinal(), cycle.id))
    for cycle in by_length:
        if cycle.holds(as_of):
            return cycle
    ended = [cycle for cycle in by_length if cycle.end < as_of]
    if ended:
        return max(ended, key=lambda cycle: cycle.end)
    return min(by_length, key=lambda cycle: cycle.start, default=None)


def current_cycles(portal: Portal, as_of: date) -> tuple[str | None, dict[str, str]]:
    """The id of the portal's current cycle, and of each unit's that has objectives.

    A cycle counts where there are objectives for it, of any state.
    """
    of_units: dict[str, str] = {}
    used: dict[str, Cycle] = {}
    for unit_id, by_cycle in portal.objective_ids.items():
        cycles = {id: portal.cycles[id] for id in by_cycle}
        used.update(cycles)
        current = current_cycle(cycles.values(), as_of)
        if current is not None:
            of_units[unit_id] = current.id
    current = current_cycle(used.values(), as_of)
    return (current.id if current else None), of_units

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
    found: dict[tuple[str, ...], str | None] = {}
    """The current one of those that units have; thousands have the same."""

    def current(*ids: str) -> str | None:
        if ids not in found:
            cycle = current_cycle([portal.cycles[id] for id in ids], as_of)
            found[ids] = cycle.id if cycle else None
        return found[ids]

    of_units = {unit: current(*by_cycle) for unit, by_cycle in portal.objective_ids.items()}
    used = dict.fromkeys(id for ids in found for id in ids)
    return current(*used), {unit: id for unit, id in of_units.items() if id is not None}

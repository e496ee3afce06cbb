"""What happened between two snapshots, and sizes, in words."""

from __future__ import annotations

from okrsite.publish.changes import Kind
from okrsite.publish.versions import Changes

_WORDS = {
    Kind.UNITS_ADDED: ("unit added", "units added"),
    Kind.UNITS_CHANGED: ("unit changed", "units changed"),
    Kind.UNITS_REMOVED: ("unit removed", "units removed"),
    Kind.CYCLES_ADDED: ("cycle added", "cycles added"),
    Kind.OBJECTIVES_ADDED: ("objective added", "objectives added"),
    Kind.OBJECTIVES_MOVED: ("objective moved", "objectives moved"),
    Kind.OBJECTIVES_CLOSED: ("objective closed", "objectives closed"),
    Kind.OBJECTIVES_STOPPED: ("objective postponed or cancelled", "objectives postponed or cancelled"),
    Kind.OBJECTIVES_REMOVED: ("objective removed", "objectives removed"),
    Kind.KEY_RESULTS_ADDED: ("key result added", "key results added"),
    Kind.KEY_RESULTS_REMOVED: ("key result removed", "key results removed"),
    Kind.GOALPOSTS: ("goalpost moved", "goalposts moved"),
    Kind.GOALPOSTS_EASED: ("of them easier", "of them easier"),
    Kind.PLANS: ("change to plans", "changes to plans"),
    Kind.CHECK_INS: ("key result checked in", "key results checked in"),
    Kind.KPIS_ADDED: ("KPI added", "KPIs added"),
    Kind.KPIS_REMOVED: ("KPI removed", "KPIs removed"),
    Kind.KPIS_MEASURED: ("KPI measured", "KPIs measured"),
    Kind.TASKS_DONE: ("task done", "tasks done"),
    Kind.STATUSES_IMPROVED: ("objective with a better status", "objectives with a better status"),
    Kind.STATUSES_WORSENED: ("objective with a worse status", "objectives with a worse status"),
    Kind.KPI_STATUSES_IMPROVED: ("KPI with a better status", "KPIs with a better status"),
    Kind.KPI_STATUSES_WORSENED: ("KPI with a worse status", "KPIs with a worse status"),
}


def changes(counts: Changes) -> str:
    """What happened, as a list of counts; kinds of a newer okrsite are left out."""
    told = [f"{counts[kind]:,} {_WORDS[kind][counts[kind] != 1]}" for kind in Kind if counts.get(kind)]
    return ", ".join(told) or "nothing in the goals"


def size(number: int) -> str:
    """So many bytes, in the unit that reads best: ``8.6 MB``."""
    for unit, least in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if number >= least:
            return f"{number / least:.1f} {unit}" if number < 10 * least else f"{number / least:,.0f} {unit}"
    return f"{number} bytes"

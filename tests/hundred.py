"""A cycle of a hundred steps, so that a day is a hundredth of what is expected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from builders import make_cycle, make_key_result, make_objective, make_portal

from okrsite.model import KeyResult, Kpi, Objective
from okrsite.scoring import KeyResultFigures, ObjectiveFigures, score

HUNDRED = make_cycle("hundred", "2026-01-01", "2026-04-11", check_in_every=10)


def on(step: int) -> date:
    """The day on which so many hundredths are expected."""
    return HUNDRED.start + timedelta(days=step)


def iso(step: int) -> str:
    """The same as it stands in a file."""
    return on(step).isoformat()


def kr(id: str = "kr", kind: str = "increase", readings: dict[int, Any] | None = None, **fields: Any) -> KeyResult:
    """A key result of the cycle with readings by step."""
    if readings is not None:
        fields["check_ins"] = {iso(step): value for step, value in readings.items()}
    return make_key_result(id, kind, cycle=HUNDRED, **fields)


def goal(*key_results: KeyResult, id: str = "acme/hundred/goal", **fields: Any) -> Objective:
    """An objective of the cycle."""
    return make_objective(id, key_results, **fields)


def reaching(progress: str, id: str = "acme/hundred/goal", **fields: Any) -> Objective:
    """An objective whose progress is known: one key result, read on the first day."""
    return goal(kr(baseline=0, target=1, readings={0: Decimal(progress)}), id=id, **fields)


def figures_of(key_result: KeyResult, step: int, kpis: Iterable[Kpi] = ()) -> KeyResultFigures:
    """The figures of a single key result on a day of the cycle."""
    portal = make_portal([goal(key_result)], kpis=kpis, cycles=[HUNDRED])
    return score(portal, on(step)).key_results[f"acme/hundred/goal/{key_result.id}"]


def objective_on(objective: Objective, step: int, others: Sequence[Objective] = ()) -> ObjectiveFigures:
    """The figures of an objective on a day of the cycle."""
    return score(make_portal([objective, *others], cycles=[HUNDRED]), on(step)).objectives[objective.id]

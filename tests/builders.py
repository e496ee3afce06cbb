"""Models made by hand, with defaults for what a test does not care about.

Days may be ISO strings and numbers anything that ``str`` writes as a decimal. Everything belongs to `Q1` unless said
otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from okrsite.model import (
    CheckIn,
    Cycle,
    Evidence,
    KeyResult,
    Kpi,
    Measurement,
    Milestone,
    Objective,
    Portal,
    Rollout,
    RolloutMonth,
    RolloutTask,
    Source,
    Unit,
)

Day = date | str
Number = int | float | str | Decimal
LEVELS = ("corporate", "department", "team")


def day(value: Day) -> date:
    """A day from an ISO string."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def number(value: Number) -> Decimal:
    """A number as it would stand in a file."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def optional(value: Number | None) -> Decimal | None:
    """A number, or None."""
    return None if value is None else number(value)


def band(value: tuple[Number, Number] | None) -> tuple[Decimal, Decimal] | None:
    """Two numbers, or None."""
    return None if value is None else (number(value[0]), number(value[1]))


def make_source(path: str = "content/okrs/acme/2026-Q1.yml", line: int = 1, column: int = 1) -> Source:
    """A place in a file."""
    return Source(path, line, column)


def make_cycle(
    id: str = "2026-Q1", start: Day = "2026-01-01", end: Day = "2026-03-31", check_in_every: int = 14, name: str = ""
) -> Cycle:
    """A cycle; the first quarter of 2026 by default."""
    return Cycle(id, name or id, day(start), day(end), check_in_every)


Q1 = make_cycle()


def make_unit(id: str = "acme", *, level: str | None = None, **fields: Any) -> Unit:
    """A unit; its parent from its id, its level from its depth."""
    parent, _, _ = id.rpartition("/")
    values: dict[str, Any] = {
        "name": id.rpartition("/")[2].upper(),
        "level": level or LEVELS[min(id.count("/"), 2)],
        "parent": parent or None,
        "lead": "",
        "mission": "",
        "description": "",
        "visibility": "internal",
        "source": make_source(f"content/okrs/{id}/unit.yml"),
    }
    return Unit(id=id, **(values | fields))


def make_check_in(
    on: Day,
    value: Number | bool | None = None,
    confidence: Number | None = None,
    note: str = "",
    by: str = "",
    source: Source | None = None,
) -> CheckIn:
    """One reading, or a confidence or note alone."""
    exact = value if value is None or isinstance(value, bool) else number(value)
    return CheckIn(day(on), exact, optional(confidence), note, by, source or make_source())


def make_milestone(title: str = "A step", weight: Number = 1, done: Day | None = None) -> Milestone:
    """A step; not done by default."""
    return Milestone(title, number(weight), None if done is None else day(done))


def make_key_result(
    id: str = "kr",
    kind: Any = "increase",
    *,
    baseline: Number | None = None,
    target: Number | tuple[Number, Number] | None = None,
    check_ins: Mapping[str, Number | bool] | Iterable[CheckIn] = (),
    milestones: Sequence[Milestone] = (),
    weight: Number = 1,
    start: Day | None = None,
    due: Day | None = None,
    cycle: Cycle = Q1,
    **fields: Any,
) -> KeyResult:
    """A key result: from 0 to 100 by default, or with a target of 100 (90 to 100).

    Args:
        id: Its last part; `make_objective` completes it.
        kind: How it is scored.
        baseline: Where it began.
        target: A number, or for ``between`` two.
        check_ins: Day to value, or check-ins; sorted here.
        milestones: Its steps.
        weight: Its weight.
        start: First day of its window; the cycle's by default.
        due: Last day of its window; the cycle's by default.
        cycle: Its objective's cycle.
        **fields: Any other field of the model.
    """
    if isinstance(check_ins, Mapping):
        check_ins = [make_check_in(on, value) for on, value in check_ins.items()]
    if target is None and kind in ("increase", "decrease", "at_least", "at_most"):
        target = 0 if kind == "decrease" else 100
    if target is None and kind == "between":
        target = (90, 100)
    if baseline is None and kind in ("increase", "decrease"):
        baseline = 100 if kind == "decrease" else 0
    values: dict[str, Any] = {
        "objective_id": f"acme/{cycle.id}/objective",
        "title": f"Key result {id}",
        "unit_of_measure": "",
        "inclusive": True,
        "sustained": False,
        "owner": "Ada",
        "kpi": None,
        "evidence": (),
        "source": make_source(),
    }
    return KeyResult(
        id=id,
        kind=kind,
        baseline=optional(baseline),
        target=None if isinstance(target, tuple) else optional(target),
        target_range=band(target) if isinstance(target, tuple) else None,
        check_ins=tuple(sorted(check_ins, key=lambda each: each.date)),
        milestones=tuple(milestones),
        weight=number(weight),
        start=cycle.start if start is None else day(start),
        due=cycle.end if due is None else day(due),
        **(values | fields),
    )


def make_objective(
    id: str = "acme/2026-Q1/objective",
    key_results: Sequence[KeyResult] | None = None,
    *,
    weight: Number = 1,
    supports: Iterable[str] = (),
    score: Number | None = None,
    **fields: Any,
) -> Objective:
    """An objective; unit and cycle from its id, and the ids of its key results completed."""
    unit_id, cycle_id, _ = id.rsplit("/", 2)
    own = [make_key_result()] if key_results is None else key_results
    values: dict[str, Any] = {
        "title": f"Objective {id}",
        "owner": "Ada",
        "type": "aspirational",
        "state": "active",
        "visibility": "internal",
        "tags": (),
        "description": "",
        "closing_note": "",
        "source": make_source(f"content/okrs/{unit_id}/{cycle_id}.yml"),
    }
    return Objective(
        id=id,
        unit_id=unit_id,
        cycle_id=cycle_id,
        weight=number(weight),
        supports=tuple(supports),
        score=optional(score),
        key_results=tuple(replace(kr, id=f"{id}/{kr.id.rpartition('/')[2]}", objective_id=id) for kr in own),
        **(values | fields),
    )


def make_kpi(
    id: str = "acme/kpis/kpi",
    direction: Any = "up",
    *,
    target: Number | tuple[Number, Number] | None = None,
    amber: Number | tuple[Number, Number] | None = None,
    baseline: Number | None = None,
    measurements: Mapping[str, Number] | Iterable[Measurement] = (),
    **fields: Any,
) -> Kpi:
    """A KPI: with a target of 100 (90 to 100 for a band), monthly, by default."""
    if isinstance(measurements, Mapping):
        measurements = [Measurement(day(on), number(value), "", make_source()) for on, value in measurements.items()]
    if target is None:
        target = (90, 100) if direction == "band" else 100
    values: dict[str, Any] = {
        "unit_id": id.rsplit("/", 2)[0],
        "name": f"KPI {id}",
        "definition": "",
        "unit_of_measure": "",
        "due": None,
        "cadence": "monthly",
        "kind": "",
        "data_source": "",
        "owner": "",
        "source": make_source(f"content/okrs/{id.rsplit('/', 2)[0]}/kpis.yml"),
    }
    return Kpi(
        id=id,
        direction=direction,
        baseline=optional(baseline),
        target=None if isinstance(target, tuple) else optional(target),
        target_band=band(target) if isinstance(target, tuple) else None,
        amber=None if isinstance(amber, tuple) else optional(amber),
        amber_band=band(amber) if isinstance(amber, tuple) else None,
        measurements=tuple(sorted(measurements, key=lambda each: each.date)),
        **(values | fields),
    )


def make_evidence(measure: Any = "units_with_objectives", at_least: Number = 1, kpi: str | None = None) -> Evidence:
    """What a task is measured by; of a KPI where one is named."""
    return Evidence("kpi" if kpi else measure, kpi, number(at_least))


def make_task(
    title: str = "A task",
    *,
    plan_start: Day = "2026-01-05",
    month: int = 1,
    weeks: tuple[int, int] = (1, 1),
    done: Day | bool | None = None,
    progress: Number | None = None,
    **fields: Any,
) -> RolloutTask:
    """A task; its dates from the plan's start, its month and weeks."""
    begins = day(plan_start) + timedelta(weeks=4 * (month - 1) + weeks[0] - 1)
    values: dict[str, Any] = {
        "owner": "",
        "levels": (),
        "evidence": None,
        "source": make_source("content/rollout.yml"),
    }
    return RolloutTask(
        title=title,
        month=month,
        first_week=weeks[0],
        last_week=weeks[1],
        start=begins,
        end=begins + timedelta(weeks=weeks[1] - weeks[0] + 1, days=-1),
        done=day(done) if isinstance(done, str | date) else (done or None),
        progress=optional(progress),
        **(values | fields),
    )


def make_rollout(tasks: Iterable[RolloutTask] = (), *, id: str = "rollout", start: Day = "2026-01-05") -> Rollout:
    """A plan of these tasks; as many months as they need."""
    tasks = tuple(tasks)
    begins = day(start)
    months = tuple(
        RolloutMonth(
            title=f"Month {month}",
            number=month,
            start=begins + timedelta(weeks=4 * (month - 1)),
            end=begins + timedelta(weeks=4 * month, days=-1),
            tasks=tuple(task for task in tasks if task.month == month),
        )
        for month in range(1, max((task.month for task in tasks), default=1) + 1)
    )
    return Rollout(id, "The plan", begins, months[-1].end, months, make_source("content/rollout.yml"))


def make_portal(
    objectives: Iterable[Objective] = (),
    *,
    kpis: Iterable[Kpi] = (),
    units: Iterable[Unit] = (),
    cycles: Iterable[Cycle] = (Q1,),
    rollouts: Iterable[Rollout] = (),
    levels: Sequence[str] = LEVELS,
) -> Portal:
    """A portal in the order that reading gives; units that are not given are made from the ids."""
    by_id = {each.id: each for each in sorted(objectives, key=lambda each: each.id)}
    kpis_by_id = {each.id: each for each in sorted(kpis, key=lambda each: each.id)}
    found = {unit.id: unit for unit in units}
    used = [each.unit_id for each in by_id.values()] + [each.unit_id for each in kpis_by_id.values()]
    for id in [*used, *found]:
        parts = id.split("/")
        for depth in range(1, len(parts) + 1):
            above = "/".join(parts[:depth])
            found.setdefault(above, make_unit(above))
    return Portal(
        levels=tuple(levels),
        cycles={each.id: each for each in sorted(cycles, key=lambda each: (each.start, each.id))},
        units={id: found[id] for id in sorted(found)},
        objectives=by_id,
        kpis=kpis_by_id,
        rollouts=tuple(sorted(rollouts, key=lambda each: each.id)),
    )

"""Rollout plans of a whole portal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from okrsite.model import Evidence, Portal, Rollout, RolloutMonth, RolloutTask, Source

Valid = Callable[[str], Portal]
PLAN = "content/rollout.yml"


def test_several_plans(valid: Valid) -> None:
    """rollout.yml and each file in rollouts/ is a plan; a month is four weeks, also one without tasks."""
    it, main = valid("several-rollouts").rollouts
    begin = RolloutTask(
        title="Begin",
        month=1,
        first_week=1,
        last_week=1,
        start=date(2026, 2, 2),
        end=date(2026, 2, 8),
        owner="",
        levels=(),
        done=None,
        progress=None,
        evidence=None,
        source=Source("content/rollouts/it.yml", 3, 31),
    )
    assert it == Rollout(
        id="it",
        title="IT alone",
        start=date(2026, 2, 2),
        end=date(2026, 3, 1),
        months=(RolloutMonth("One", 1, date(2026, 2, 2), date(2026, 3, 1), (begin,)),),
        source=Source("content/rollouts/it.yml", 1, 1),
    )
    assert (main.id, main.title, main.start, main.end) == (
        "rollout",
        "Introducing KPIs and OKRs",
        date(2026, 1, 5),
        date(2026, 3, 29),
    )
    assert [(month.title, month.number, month.start, month.end, len(month.tasks)) for month in main.months] == [
        ("Planning", 1, date(2026, 1, 5), date(2026, 2, 1), 3),
        ("Nothing yet", 2, date(2026, 2, 2), date(2026, 3, 1), 0),
        ("Training", 3, date(2026, 3, 2), date(2026, 3, 29), 3),
    ]


def test_tasks(valid: Valid) -> None:
    """Tasks have the dates of their weeks, and keep apart what is done, said and measured."""
    workshops, goals, tracking, train, align, reach = valid("several-rollouts").rollouts[1].tasks
    assert workshops == RolloutTask(
        title="Workshops",
        month=1,
        first_week=1,
        last_week=2,
        start=date(2026, 1, 5),
        end=date(2026, 1, 18),
        owner="PMO",
        levels=("corporate", "team"),
        done=date(2026, 1, 16),
        progress=None,
        evidence=None,
        source=Source(PLAN, 6, 9),
    )
    assert (goals.start, goals.end, goals.evidence) == (
        date(2026, 1, 19),
        date(2026, 2, 1),
        Evidence("units_with_objectives", None, Decimal("0.8")),
    )
    assert (tracking.first_week, tracking.last_week, tracking.progress, tracking.done) == (4, 4, Decimal("0.5"), True)
    assert (train.start, train.end, train.done, train.evidence) == (
        date(2026, 3, 2),
        date(2026, 3, 29),
        None,
        Evidence("kpi", "acme/kpis/trained", Decimal(100)),
    )
    assert (align.start, align.end, align.evidence) == (
        date(2026, 3, 9),
        date(2026, 3, 15),
        Evidence("objectives_aligned", None, Decimal("0.5")),
    )
    assert reach.evidence == Evidence("kpi", "acme/kpis/people", Decimal(75))

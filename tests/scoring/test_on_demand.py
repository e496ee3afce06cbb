"""Figures and trends that are computed when they are asked for: what is wanted and no more, and the same as all."""

from __future__ import annotations

from datetime import date

import pytest
from builders import make_key_result, make_objective, make_portal

from okrsite.model import KeyResult, Portal
from okrsite.reads import OnDemand
from okrsite.scoring import GoalsOnDay, Trends, score
from okrsite.scoring.steps import Steps
from okrsite.settings import StatusLimits

DAY = date(2026, 2, 14)


def portal() -> Portal:
    """Ten objectives of a key result each; the second feeds the first."""
    top = make_objective("acme/2026-Q1/o0", [make_key_result("kr", "rollup")])
    below = [make_objective(f"acme/2026-Q1/o{n}", supports=["acme/2026-Q1/o0/kr"] * (n == 1)) for n in range(1, 10)]
    return make_portal([top, *below])


def test_a_value_is_made_when_it_is_asked_for_and_once() -> None:
    """Whether it is there, and how many there are, makes none."""
    asked: list[str] = []

    def upper(id: str) -> str:
        asked.append(id)
        return id.upper()

    values = OnDemand({"a": 1, "b": 2}, upper)
    assert ("a" in values, "c" in values, len(values), list(values)) == (True, False, 2, ["a", "b"])
    assert not asked
    assert (values["a"], values["a"], values.get("c")) == ("A", "A", None)
    assert asked == list(values.made) == ["a"]
    with pytest.raises(KeyError):
        values["c"]


def test_one_goal_costs_what_feeds_it() -> None:
    """The figures of the first objective ask for the second's, and for none of the other eight."""
    goals = GoalsOnDay(portal(), DAY, StatusLimits())
    assert goals.objectives["acme/2026-Q1/o0"].progress == 0
    assert {id[-1] for id in goals.objectives.made} == {"0", "1"}
    assert len(goals.key_results.made) == 2


def test_they_are_the_figures_of_the_whole() -> None:
    """One by one, in another order, every goal has the figures that scoring all of them gives."""
    whole, goals = score(portal(), DAY), GoalsOnDay(portal(), DAY, StatusLimits())
    assert {id: goals.key_results[id] for id in reversed(list(whole.key_results))} == whole.key_results
    assert dict(goals.objectives) == whole.objectives
    assert dict(goals.kpis) == whole.kpis


def test_one_trend_costs_what_feeds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The readings of the one key result that feeds the first objective are looked at for its trend, and once."""
    looked: list[str] = []
    own = Trends._own_steps

    def noted(self: Trends, kr: KeyResult) -> Steps:
        looked.append(kr.id)
        return own(self, kr)

    monkeypatch.setattr(Trends, "_own_steps", noted)
    trends = Trends(portal(), DAY)
    for _ in range(2):
        trends.objective_trend("acme/2026-Q1/o0")
    assert [id.split("/")[2] for id in looked] == ["o1"]

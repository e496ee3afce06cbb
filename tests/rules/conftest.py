"""A builder of small portals: everything has a default that pleases the rules, a test changes what it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from okrsite.model import CheckIn, Cycle, KeyResult, Kpi, Milestone, Objective, Portal, Source, Unit
from okrsite.problems import Problem
from okrsite.rules import check
from okrsite.scoring import score
from okrsite.settings import LimitValue, RuleSetting, Settings

CYCLES = {
    f"{year}-Q{quarter}": Cycle(f"{year}-Q{quarter}", f"{year}-Q{quarter}", date(year, month, 1), date(year, *end))
    for year in (2025, 2026)
    for quarter, month, end in ((1, 1, (3, 31)), (2, 4, (6, 30)), (3, 7, (9, 30)), (4, 10, (12, 31)))
}


class Goals:
    """Collects units, objectives and KPIs, and asks the rules what they find."""

    def __init__(self) -> None:
        self.cycles = dict(CYCLES)
        self.units: dict[str, Unit] = {}
        self.objectives: dict[str, Objective] = {}
        self.kpis: dict[str, Kpi] = {}
        self.line = 0

    def source(self, path: str) -> Source:
        """The next free line."""
        self.line += 1
        return Source(path, self.line, 5)

    def unit(self, id: str, **changes: Any) -> Unit:
        """A unit with the KPI that it should have; ``kpi=False`` leaves that out."""
        parent, _, name = id.rpartition("/")
        with_kpi = changes.pop("kpi", True)
        level = ("corporate", "department", "team")[id.count("/")]
        source = Source(f"content/okrs/{id}/unit.yml")
        unit = Unit(id, name.capitalize(), level, parent or None, "", "", "", "internal", source)
        self.units[id] = replace(unit, **changes)
        if with_kpi:
            self.kpi(f"{id}/kpis/health")
        return self.units[id]

    def kpi(self, id: str, **changes: Any) -> Kpi:
        """A KPI to which nothing is missing but a key result."""
        unit_id = id.partition("/kpis/")[0]
        kpi = Kpi(
            id=id,
            unit_id=unit_id,
            name="Health",
            definition="Good days / all days",
            unit_of_measure="%",
            direction="up",
            baseline=Decimal(80),
            target=Decimal(90),
            target_band=None,
            amber=None,
            amber_band=None,
            due=date(2026, 12, 31),
            cadence="monthly",
            kind="",
            data_source="Monitoring",
            owner="Grace Hopper",
            measurements=(),
            source=self.source(f"content/okrs/{unit_id}/kpis.yml"),
        )
        self.kpis[id] = replace(kpi, **changes)
        return self.kpis[id]

    def objective(self, id: str, *key_results: dict[str, Any], **changes: Any) -> Objective:
        """An objective, by default with two key results; the first is due early and takes its value from no KPI."""
        unit_id, cycle_id, _ = id.rsplit("/", 2)
        path = f"content/okrs/{unit_id}/{cycle_id}.yml"
        owner = changes.get("owner", "Grace Hopper")
        source = self.source(path)
        wanted = key_results or ({}, {"due": self.cycles[cycle_id].end})
        objective = Objective(
            id=id,
            unit_id=unit_id,
            cycle_id=cycle_id,
            title="People can rely on our systems",
            owner=owner,
            type="aspirational",
            weight=Decimal(1),
            supports=(),
            state="active",
            visibility="internal",
            tags=(),
            description="",
            key_results=tuple(self._key_result(id, place, owner, kr) for place, kr in enumerate(wanted, start=1)),
            score=None,
            closing_note="",
            source=source,
        )
        self.objectives[id] = replace(objective, **changes)
        return self.objectives[id]

    def _key_result(self, objective_id: str, place: int, owner: str, changes: dict[str, Any]) -> KeyResult:
        unit_id, cycle_id, _ = objective_id.rsplit("/", 2)
        path = f"content/okrs/{unit_id}/{cycle_id}.yml"
        cycle = self.cycles[cycle_id]
        kr = KeyResult(
            id=f"{objective_id}/kr-{place}",
            objective_id=objective_id,
            title="Uptime from 99.2% to 99.9%",
            kind="increase",
            unit_of_measure="%",
            baseline=Decimal("99.2"),
            target=Decimal("99.9"),
            target_range=None,
            inclusive=True,
            sustained=False,
            milestones=(),
            owner=owner,
            start=cycle.start,
            due=date(cycle.end.year, cycle.end.month, 15),
            weight=Decimal(1),
            kpi=None,
            evidence=(),
            check_ins=(),
            source=self.source(path),
        )
        changes = dict(changes)
        readings = changes.pop("readings", ())
        made = [self.check_in(path, *reading) for reading in readings]
        return replace(kr, check_ins=tuple(made), **changes)

    def check_in(
        self, path: str, day: date, value: str | None = None, confidence: int | None = None, note: str = ""
    ) -> CheckIn:
        """A check-in at the next free line."""
        reading = None if value is None else Decimal(value)
        sure = None if confidence is None else Decimal(confidence)
        return CheckIn(day, reading, sure, note, "", self.source(path))

    def milestone(self, title: str, done: date | None) -> Milestone:
        """A milestone of weight 1."""
        return Milestone(title, Decimal(1), done)

    def portal(self) -> Portal:
        """What was collected."""
        return Portal(
            levels=("corporate", "department", "team"),
            cycles=self.cycles,
            units=dict(sorted(self.units.items())),
            objectives=dict(sorted(self.objectives.items())),
            kpis=dict(sorted(self.kpis.items())),
            rollouts=(),
        )

    def problems(self, as_of: date = date(2026, 2, 14), **rules: RuleSetting) -> list[Problem]:
        """Everything the rules find on a day."""
        portal = self.portal()
        return check(portal, score(portal, as_of), Settings(rules=rules))

    def found(self, code: str, as_of: date = date(2026, 2, 14), setting: RuleSetting | None = None) -> list[Problem]:
        """What one rule finds on a day."""
        rules = {} if setting is None else {code: setting}
        return [problem for problem in self.problems(as_of, **rules) if problem.code == code]

    def messages(self, code: str, as_of: date = date(2026, 2, 14), setting: RuleSetting | None = None) -> list[str]:
        """The messages of one rule on a day."""
        return [problem.message for problem in self.found(code, as_of, setting)]


@pytest.fixture
def goals() -> Goals:
    """A company with a department, and no goals yet."""
    collected = Goals()
    collected.unit("acme")
    collected.unit("acme/it", name="Information Technology")
    return collected


@pytest.fixture
def limits() -> Callable[..., RuleSetting]:
    """Makes a setting that changes limits of a rule."""

    def setting(**values: LimitValue) -> RuleSetting:
        return RuleSetting(limits=values)

    return setting

"""What a check finds in a unit depends on that unit, on what its goals name, and on nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builders import make_cycle, make_key_result, make_kpi, make_objective, make_portal, make_unit
from moves import make_change, make_commit, make_history

from okrsite.reads import EVERYTHING, Way, recording, ways_to
from okrsite.settings import Settings
from okrsite.site.inspection.inspection import Inspection
from okrsite.site.parts import MADE_NOW, Parts

UNITS = ("acme", "acme/hr", "acme/it", "acme/it/ops", "acme/sales")


@pytest.fixture
def inspected() -> Callable[[Parts], Inspection]:
    """Units with an objective each; that of ``it`` supports the company's, and measures a KPI of ``hr``."""
    key_results = [make_key_result("kr"), make_key_result("measured", kpi="acme/hr/kpis/health")]
    goals = [make_objective(f"{unit}/2026-Q1/goal", description="[all](okr:gone)") for unit in UNITS]
    goals[2] = make_objective("acme/it/2026-Q1/goal", key_results, supports=["acme/2026-Q1/goal"])
    kpis = [make_kpi(f"{unit}/kpis/health") for unit in UNITS]
    portal = make_portal(goals, units=[make_unit(unit) for unit in UNITS], kpis=kpis)
    late = make_commit("2026-03-12")
    history = make_history([make_change(f"{unit}/2026-Q1/goal", late, easier=True) for unit in UNITS])
    return lambda parts: Inspection(portal, history, Settings(), make_cycle().end, parts)


class Heard:
    """Makes parts, and hears what is read for each.

    Attributes:
        reads: By the first id: of the units, or of a text.
    """

    def __init__(self) -> None:
        self.reads: dict[str, set[Way]] = {unit: set() for unit in UNITS}

    def of(self, make: Callable[..., Any], given: object, *ids: str) -> Any:
        """As of all parts."""
        with recording() as read:
            value = make(given, *ids)
        self.reads.setdefault(ids[0], set()).update(ways_to(read))
        return value

    def newly(self) -> tuple[()]:
        """None is kept."""
        return ()

    def units(self, id: str) -> set[str]:
        """The units of which something was read for one."""
        own = {step for way in self.reads[id] for step in way[2:] if step.partition("/")[0] in UNITS}
        return {max((unit for unit in UNITS if f"{step}/".startswith(f"{unit}/")), key=len) for step in own}


def test_a_unit_is_judged_by_its_own(inspected: Callable[[Parts], Inspection], tmp_path: Path) -> None:
    """Read are its goals, those that support them, and KPIs that are named; nothing goes over all goals or units."""
    (tmp_path / "content").mkdir()
    heard = Heard()
    found = inspected(heard).problems(tmp_path)
    assert {problem.code for problem in found} >= {"OKR402", "OKR505", "OKR511", "OKR542", "OKR543"}
    assert {unit: heard.units(unit) - {unit} for unit in UNITS} == {
        "acme": {"acme/it"},
        "acme/hr": {"acme/it"},
        "acme/it": {"acme/hr"},
        "acme/it/ops": set(),
        "acme/sales": set(),
    }
    assert not [way for reads in heard.reads.values() for way in reads if way[2:] == (EVERYTHING,)]
    assert found == inspected(MADE_NOW).problems(tmp_path)

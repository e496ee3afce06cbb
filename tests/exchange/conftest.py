"""A portal that has something of everything, scored on a day in its cycle."""

from __future__ import annotations

from datetime import date

import pytest

from okrsite.model import Portal
from okrsite.scoring import Figures, score
from tests.builders import (
    make_check_in,
    make_evidence,
    make_key_result,
    make_kpi,
    make_milestone,
    make_objective,
    make_portal,
    make_rollout,
    make_task,
    make_unit,
)

AS_OF = date(2026, 2, 14)


@pytest.fixture(scope="session")
def portal() -> Portal:
    """Two units, every kind of key result, KPIs of every direction, a rollout plan."""
    kinds = make_objective(
        "acme/it/2026-Q1/kinds",
        [
            make_key_result("uptime", "increase", baseline="99.2", target="99.9", kpi="acme/it/kpis/up"),
            make_key_result(
                "minus", "decrease", baseline=10, target=-5, check_ins={"2026-02-01": -3}, unit_of_measure="d"
            ),
            make_key_result("least", "at_least", target=5, check_ins={"2026-02-01": "5.25"}),
            make_key_result("most", "at_most", target=5, sustained=True, check_ins={"2026-02-01": 4}),
            make_key_result("inside", "between", target=(-1, "2.5"), check_ins=[make_check_in("2026-02-02", 1, "6.5")]),
            make_key_result(
                "steps", "milestones", milestones=[make_milestone("One", done="2026-01-20"), make_milestone()]
            ),
            make_key_result("ready", "done", check_ins={"2026-02-03": True}),
            make_key_result("above", "rollup"),
        ],
        supports=["acme/2026-Q1/trust/kr", "acme/2026-Q1/trust"],
        weight="1.5",
        owner="=HYPERLINK(1)",
    )
    graded = make_objective("acme/2026-Q1/trust", state="closed", score="0.8", title="Trust, “quoted”\nand more")
    draft = make_objective("acme/2026-Q1/a-draft", state="draft")
    return make_portal(
        [kinds, graded, draft],
        units=[make_unit("acme", name="-Acme"), make_unit("acme/it", lead="Grace"), make_unit("acme/pmo")],
        kpis=[
            make_kpi("acme/it/kpis/up", amber=95, measurements={"2026-01-31": "99.5", "2026-02-28": 12}),
            make_kpi("acme/it/kpis/down", "down", measurements={"2026-01-31": 3, "2026-02-10": 2}),
            make_kpi("acme/kpis/band", "band", target=(1, 4), amber=("0.5", 5)),
        ],
        rollouts=[make_rollout([make_task(evidence=make_evidence(at_least="0.5")), make_task("Later", month=2)])],
    )


@pytest.fixture(scope="session")
def figures(portal: Portal) -> Figures:
    """Its figures on 2026-02-14."""
    return score(portal, AS_OF)

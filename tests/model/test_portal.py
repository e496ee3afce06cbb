"""The ways through a portal: by ids, which are known without any goal, and to the goals."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import make_cycle, make_key_result, make_kpi, make_objective, make_portal

from okrsite.model import Outline, Portal
from okrsite.reads import recording, ways_to
from okrsite.site.freshness.watched import watched

LATER = make_cycle("2026-Q2")


@pytest.fixture
def portal() -> Portal:
    """Two units, of which one supports the other, in two cycles."""
    top = make_objective("acme/2026-Q1/top", [make_key_result("kr", "rollup"), make_key_result("other")])
    measured = make_objective("acme/it/2026-Q1/a", [make_key_result("kr", kpi="acme/it/kpis/k")], supports=[top.id])
    cancelled = make_objective("acme/it/2026-Q1/b", supports=[f"{top.id}/kr"], state="cancelled")
    on = make_objective("acme/it/2026-Q2/a", continues=measured.id)
    return make_portal(
        [top, measured, cancelled, on], kpis=[make_kpi("acme/it/kpis/k")], cycles=[make_cycle("2026-Q1"), LATER]
    )


def test_what_names_what(portal: Portal) -> None:
    """By id, in the order of the content, with those that roll up nowhere; only what is named has an entry."""
    assert portal.objective_ids == {
        "acme": {"2026-Q1": ("acme/2026-Q1/top",)},
        "acme/it": {"2026-Q1": ("acme/it/2026-Q1/a", "acme/it/2026-Q1/b"), "2026-Q2": ("acme/it/2026-Q2/a",)},
    }
    assert portal.key_result_ids["acme/2026-Q1/top"] == ("acme/2026-Q1/top/kr", "acme/2026-Q1/top/other")
    assert portal.supporter_ids == {
        "acme/2026-Q1/top": ("acme/it/2026-Q1/a",),
        "acme/2026-Q1/top/kr": ("acme/it/2026-Q1/b",),
    }
    assert portal.continuing_ids == {"acme/it/2026-Q1/a": ("acme/it/2026-Q2/a",)}
    assert portal.measured_ids == {"acme/it/kpis/k": ("acme/it/2026-Q1/a/kr",)}
    assert portal.rolls_up["acme/it/2026-Q1/a"]
    assert not portal.rolls_up["acme/it/2026-Q1/b"]


def test_goals_stand_where_their_ids_do(portal: Portal) -> None:
    """Every group of goals is that of the ids, and nothing is found by an id that is not there."""
    assert {kr.id: kr for kr in portal.key_results.values()} == dict(portal.key_results)
    assert [each.id for each in portal.supporters["acme/2026-Q1/top"]] == ["acme/it/2026-Q1/a"]
    assert portal.supporters.get("acme/2026-Q1/nothing", ()) == ()
    for groups, ids in (
        (portal.kpis_by_unit, portal.kpi_ids),
        (portal.continued_by, portal.continuing_ids),
        (portal.key_results_by_kpi, portal.measured_ids),
        *((portal.objectives_by_unit[unit], ids) for unit, ids in portal.objective_ids.items()),
    ):
        assert {name: tuple(goal.id for goal in goals) for name, goals in groups.items()} == ids
    for id in ("acme/2026-Q1/top/none", "acme/2026-Q1/none/kr", ""):
        assert id not in portal.key_results
        with pytest.raises(KeyError):
            portal.key_results[id]


def test_outlines_that_are_known_are_used(portal: Portal) -> None:
    """Who has them need not look at any goal; they are no part of what a portal is."""
    units = {id: [each for each in portal.objectives.values() if each.unit_id == id] for id in portal.units}
    outlines = {id: Outline.of(goals, portal.kpis_by_unit[id]) for id, goals in units.items()}
    known = replace(portal, outlines=outlines)
    assert known == portal
    assert (known.titles, known.objective_ids) == (portal.titles, portal.objective_ids)
    bare = replace(known, objectives=dict.fromkeys(portal.objectives))
    assert bare.supporter_ids == portal.supporter_ids


def test_who_asks_for_a_title_has_read_no_goal(portal: Portal) -> None:
    """And who asks for a group of goals has read which they are, and each of them."""
    seen = watched("portal", portal)
    with recording() as places:
        assert seen.titles["acme/2026-Q1/top/kr"]
    assert ways_to(places) == {("portal", "titles", "acme/2026-Q1/top/kr")}
    with recording() as places:
        assert seen.objectives_by_unit["acme"]["2026-Q1"]
    assert ways_to(places) == {
        ("portal", "objective_ids", "acme"),
        ("portal", "objective_ids", "acme", "2026-Q1"),
        ("portal", "objectives", "acme/2026-Q1/top"),
    }

"""Progress and confidence over time."""

from __future__ import annotations

from collections.abc import Iterable

from builders import make_check_in, make_kpi, make_milestone, make_portal, make_unit
from hundred import HUNDRED, goal, iso, kr, on, reaching

from okrsite.model import KeyResult, Kpi, Objective
from okrsite.scoring import Trends

KR = "acme/hundred/goal/kr"
GOAL = "acme/hundred/goal"


def trends(objectives: Iterable[Objective], step: int, kpis: Iterable[Kpi] = ()) -> Trends:
    """The trends of a portal with these objectives."""
    return Trends(make_portal(objectives, kpis=kpis, units=[make_unit("acme/pmo")], cycles=[HUNDRED]), on(step))


def steps(series: tuple[tuple[object, float], ...]) -> dict[int, float]:
    """A trend by the cycle's steps."""
    return {step: value for step in range(-20, 160) for day, value in series if day == on(step)}


def of(key_result: KeyResult, step: int = 100) -> dict[int, float]:
    """The trend of a single key result."""
    return steps(trends([goal(key_result)], step).key_result_trend(KR))


def test_every_reading_is_a_point_raw() -> None:
    """From nothing on the first day, past the target and back; the future is not drawn."""
    key_result = kr(readings={5: 50, 10: 128, 20: -12})
    assert of(key_result) == {0: 0.0, 5: 0.5, 10: 1.28, 20: -0.12}
    assert of(key_result, 15) == {0: 0.0, 5: 0.5, 10: 1.28}


def test_it_begins_with_what_was_known_on_the_first_day() -> None:
    """Earlier readings are one point; before the first day there is no trend."""
    key_result = kr(start=on(10), readings={2: 10, 4: 20, 10: 30, 11: 40})
    assert of(key_result) == {10: 0.3, 11: 0.4}
    assert of(key_result, 10) == {10: 0.3}
    assert of(key_result, 9) == {}


def test_milestones_and_periods_are_steps() -> None:
    """Two of three milestones, of which two on one day; two of eleven periods, one of them lost again."""
    done = [make_milestone(done=iso(7)), make_milestone(weight=2, done=iso(5)), make_milestone(done=iso(7))]
    assert of(kr(kind="milestones", milestones=done)) == {0: 0.0, 5: 0.5, 7: 1.0}
    sustained = kr(kind="at_most", target=5, sustained=True, readings={1: 5, 11: 5, 12: 6, 150: 1})
    assert of(sustained, 160) == {0: 0.0, 1: 1 / 11, 11: 2 / 11, 12: 1 / 11}


def test_objectives_merge_their_key_results() -> None:
    """Clamped and weighted 3 to 1; two changes on one day are one point."""
    a, b = kr("a", weight=3, readings={-3: 20, 10: 40, 30: 200}), kr("b", start=on(20), readings={10: 100, 30: 0})
    found = trends([goal(a, b, kr("silent", weight=0, readings={15: 9}))], 100)
    assert steps(found.objective_trend(GOAL)) == {0: 0.15, 10: 0.55, 30: 0.75}


def test_rollups_follow_what_supports_them() -> None:
    """Drafts do not lift it; a roll-up without support stays down."""
    supporters = [
        goal(kr(readings={5: 40}), id="acme/it/hundred/a", supports=[KR]),
        goal(kr(readings={9: 100}), id="acme/it/hundred/b", supports=[KR]),
        goal(kr(readings={7: 100}), id="acme/it/hundred/c", supports=[KR], state="draft"),
    ]
    found = trends([goal(kr(kind="rollup")), *supporters], 100)
    assert steps(found.key_result_trend(KR)) == steps(found.objective_trend(GOAL)) == {0: 0.0, 5: 0.2, 9: 0.7}
    assert of(kr(kind="rollup")) == {0: 0.0}


def test_units_levels_and_the_portal() -> None:
    """Weighted in the unit, plain above; units without figures are left out."""
    found = trends(
        [
            goal(kr(readings={5: 30}), id="acme/it/hundred/a", weight=2),
            goal(kr(readings={8: 60}), id="acme/it/hundred/b"),
            goal(kr(readings={8: 100}), id="acme/it/hundred/c", state="cancelled"),
            goal(kr(readings={5: 100}), id="acme/hr/hundred/a"),
            reaching("0.5", "acme/hundred/a"),
        ],
        100,
    )
    assert steps(found.unit_trend("acme/it", "hundred")) == {0: 0.0, 5: 0.2, 8: 0.4}
    assert steps(found.level_trend("department", "hundred")) == {0: 0.0, 5: 0.6, 8: 0.7}
    assert steps(found.portal_trend("hundred")) == {0: 0.5}


def test_nothing_without_figures() -> None:
    """A unit, a level and a portal without anything that counts have no trend, and nobody has one too early."""
    found = trends([reaching("1", "acme/hundred/a", weight=0)], 50)
    assert found.unit_trend("acme", "hundred") == found.unit_trend("acme/pmo", "hundred") == ()
    assert found.level_trend("corporate", "hundred") == found.portal_trend("hundred") == ()
    early = trends([reaching("1")], -1)
    assert early.objective_trend(GOAL) == early.portal_trend("hundred") == early.confidence_trend(GOAL) == ()


def test_confidence_is_the_mean_of_those_given_so_far() -> None:
    """It begins with the first; a check-in without one changes nothing."""
    a = kr("a", check_ins=[make_check_in(iso(5), 1, 6), make_check_in(iso(9), 1), make_check_in(iso(12), confidence=3)])
    b = kr("b", check_ins=[make_check_in(iso(8), confidence=9)])
    assert steps(trends([goal(a, b, kr("c"))], 100).confidence_trend(GOAL)) == {5: 6.0, 8: 7.5, 12: 6.0}
    early = kr("a", check_ins=[make_check_in("2025-12-20", confidence=4)])
    assert steps(trends([goal(early)], 100).confidence_trend(GOAL)) == {0: 4.0}
    assert trends([goal(kr())], 100).confidence_trend(GOAL) == ()


def test_kpis_are_their_measurements() -> None:
    """Those until the day."""
    kpi = make_kpi(measurements={iso(1): "0.5", iso(2): 7, iso(3): 9})
    assert steps(trends([], 2, [kpi]).kpi_trend(kpi.id)) == {1: 0.5, 2: 7.0}

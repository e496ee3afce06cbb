"""How units took up the introduction, day by day."""

from __future__ import annotations

from datetime import date, timedelta

from builders import Q1, make_check_in, make_cycle, make_key_result, make_kpi, make_objective, make_portal, make_unit

from okrsite.model import Portal
from okrsite.scoring import AdoptionShares, Trends, adoption_course, taken_up, unit_adoption

WEEKS = [Q1.start + timedelta(weeks=week) for week in range(14)]


def portal() -> Portal:
    """Four units: one that checks in, one with goals alone, one with a KPI, one with nothing."""
    check_ins = [make_check_in("2026-01-10", 1), make_check_in("2026-02-25", 2)]
    kr = make_key_result("acme/it/2026-Q1/up/kr", check_ins=check_ins)
    objectives = [make_objective("acme/it/2026-Q1/up", [kr]), make_objective("acme/hr/2026-Q2/later")]
    kpi = make_kpi("acme/pmo/kpis/late", measurements={"2026-02-01": 3, "2026-01-20": 2})
    units = [make_unit(f"acme/{id}") for id in ("it", "hr", "pmo")]
    later = make_cycle("2026-Q2", "2026-03-15", "2026-06-30")
    return make_portal(objectives, kpis=[kpi], units=[make_unit(), *units], cycles=[Q1, later])


def course_of(units: Portal, days: list[date]) -> tuple[AdoptionShares, ...]:
    """How all units of a portal took it up."""
    return adoption_course([taken_up(units, id, days) for id in units.units], days)


def test_each_day_is_as_the_figures_of_that_day() -> None:
    """Objectives and check-ins are what `unit_adoption` finds on the same day; KPIs count from a first measurement."""
    units = portal()
    course = course_of(units, WEEKS)
    assert [each.day for each in course] == WEEKS
    for each in course:
        found = unit_adoption(units, each.day).values()
        assert each.have_objectives == sum(unit.has_objectives for unit in found) / 4
        assert each.check_in == sum(unit.checks_in for unit in found) / 4
        assert each.measure_kpis == (0.25 if each.day >= date(2026, 1, 20) else 0)


def test_a_check_in_is_fresh_for_its_period() -> None:
    """Fourteen days here: on the last of them still, on the next no more."""
    days = [date(2026, 1, day) for day in (9, 10, 24, 25)]
    assert [each.check_in for each in course_of(portal(), days)] == [0, 0.25, 0.25, 0]


def test_no_units_and_no_days() -> None:
    """An empty portal, or a plan that has not begun, is no error."""
    assert course_of(portal(), []) == ()
    (only,) = course_of(make_portal(), [Q1.start])
    assert (only.have_objectives, only.measure_kpis, only.check_in) == (0, 0, 0)


def test_the_confidence_of_a_unit_is_the_mean_of_its_objectives() -> None:
    """From the first that has one; its key results' own begin with their first."""
    early = make_key_result("acme/it/2026-Q1/a/kr", check_ins=[make_check_in("2026-01-10", 1, confidence=8)])
    late = make_key_result("acme/it/2026-Q1/b/kr", check_ins=[make_check_in("2026-02-10", 1, confidence=4)])
    goals = [make_objective("acme/it/2026-Q1/a", [early]), make_objective("acme/it/2026-Q1/b", [late])]
    draft = make_objective("acme/it/2026-Q1/c", [make_key_result("acme/it/2026-Q1/c/kr")], state="draft")
    trends = Trends(make_portal([*goals, draft], units=[make_unit(), make_unit("acme/it")]), date(2026, 3, 1))
    assert trends.unit_confidence("acme/it", "2026-Q1") == ((date(2026, 1, 10), 8.0), (date(2026, 2, 10), 6.0))
    assert trends.key_result_confidence("acme/it/2026-Q1/b/kr") == ((date(2026, 2, 10), 4.0),)

"""What holds for every portal: laws of the formulas, on portals that hypothesis makes up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

from builders import make_check_in, make_kpi, make_milestone, make_portal
from hundred import HUNDRED, figures_of, goal, iso, kr, objective_on, on
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsite.model import KeyResult, Kind, Objective, Portal
from okrsite.scoring import Figures, Trends, score

NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=2)
STEPS = st.integers(min_value=-10, max_value=120)
WEIGHTS = st.sampled_from(["0", "0.5", "1", "2", "3.25"]).map(Decimal)
KPI = "acme/kpis/kpi"


@st.composite
def check_ins(draw: st.DrawFn, kind: Kind) -> list[Any]:
    """Check-ins on different days, some without value or confidence."""
    values = {"done": st.booleans(), "milestones": st.none(), "rollup": st.none()}.get(kind, NUMBERS)
    days = draw(st.lists(STEPS, max_size=5, unique=True))
    confidence = st.none() | st.integers(0, 10)
    return [make_check_in(on(step), draw(st.none() | values), draw(confidence)) for step in days]


@st.composite
def key_results(draw: st.DrawFn, id: str) -> KeyResult:
    """A valid key result of any kind."""
    kind: Kind = draw(st.sampled_from(get_args(Kind)))
    low, high = sorted(draw(st.lists(NUMBERS, min_size=2, max_size=2, unique=True)))
    fields: dict[str, Any] = {"check_ins": draw(check_ins(kind))}
    if kind in ("increase", "decrease"):
        fields["baseline"], fields["target"] = (low, high) if kind == "increase" else (high, low)
    if kind in ("at_least", "at_most", "between"):
        fields["target"] = (low, high) if kind == "between" else low
        fields["sustained"], fields["inclusive"] = draw(st.booleans()), draw(st.booleans())
    if kind == "milestones":
        done = draw(st.lists(st.none() | STEPS, min_size=1, max_size=4))
        fields["milestones"] = [make_milestone(done=None if step is None else on(step)) for step in done]
    if kind in ("increase", "decrease", "at_least") and draw(st.booleans()):
        fields["kpi"] = KPI
        fields["check_ins"] = [replace(each, value=None) for each in fields["check_ins"]]
    first, last = sorted(draw(st.tuples(st.integers(0, 100), st.integers(0, 100))))
    return kr(id, kind, start=on(first), due=on(last), weight=draw(WEIGHTS), **fields)


@st.composite
def portals(draw: st.DrawFn) -> Portal:
    """A company and two departments; an objective may support any before it, so that there are no loops."""
    made: list[Objective] = []
    for place in range(draw(st.integers(1, 5))):
        own = [draw(key_results(f"k{number}")) for number in range(draw(st.integers(1, 3)))]
        own[0] = replace(own[0], weight=own[0].weight or Decimal(1))
        above = [id for each in made for id in (each.id, *(one.id for one in each.key_results))]
        unit = draw(st.sampled_from(["acme", "acme/it", "acme/hr"]))
        made.append(
            goal(
                *own,
                id=f"{unit}/hundred/o{place}",
                weight=draw(WEIGHTS),
                state=draw(st.sampled_from(["active", "active", "closed", "draft"])),
                supports=draw(st.lists(st.sampled_from(above), unique=True, max_size=3)) if above else [],
            )
        )
    measured = draw(st.dictionaries(STEPS.map(iso), NUMBERS, max_size=4))
    return make_portal(made, kpis=[make_kpi(KPI, measurements=measured)], cycles=[HUNDRED])


def figures_without_the_future(portal: Portal, as_of: date) -> Figures:
    """The figures of a portal from which everything later than the day was cut."""
    objectives = [
        replace(
            each,
            key_results=tuple(
                replace(
                    one,
                    check_ins=tuple(reading for reading in one.check_ins if reading.date <= as_of),
                    milestones=tuple(
                        replace(step, done=step.done if step.done and step.done <= as_of else None)
                        for step in one.milestones
                    ),
                )
                for one in each.key_results
            ),
        )
        for each in portal.objectives.values()
    ]
    kpis = [
        replace(each, measurements=tuple(one for one in each.measurements if one.date <= as_of))
        for each in portal.kpis.values()
    ]
    return score(make_portal(objectives, kpis=kpis, cycles=portal.cycles.values()), as_of)


@given(portals(), STEPS)
def test_shares_are_shares(portal: Portal, step: int) -> None:
    """Whatever rolls up is within 0..1, and so is what is expected; the score is the raw progress, clamped."""
    figures = score(portal, on(step))
    in_cycles = [each for unit in (*figures.units.values(), *figures.levels.values()) for each in unit.values()]
    for each in (*figures.key_results.values(), *figures.objectives.values(), *in_cycles, *figures.portal.values()):
        assert 0 <= each.progress <= 1
        assert 0 <= each.expected <= 1
        assert each.confidence is None or 0 <= each.confidence <= 10
    for one in figures.key_results.values():
        assert one.progress == min(max(one.progress_raw, 0), 1)


@given(portals(), STEPS)
def test_the_future_is_not_seen(portal: Portal, step: int) -> None:
    """Cutting off everything that is dated later changes nothing."""
    assert figures_without_the_future(portal, on(step)) == score(portal, on(step))


@given(portals(), STEPS)
@settings(max_examples=150)
def test_trends_end_where_the_figures_are(portal: Portal, step: int) -> None:
    """On any later day too: a trend at a day is the figure of that day."""
    trends = Trends(portal, on(step))
    for day in {on(step), on(max(step // 2, 0))}:
        figures = score(portal, day)

        def then(series: tuple[tuple[date, float], ...], exact: Fraction | None, day: date = day) -> None:
            known = [value for since, value in series if since <= day]
            if known:
                assert exact is not None
                assert abs(known[-1] - float(exact)) < 1e-9

        for id, one in figures.key_results.items():
            then(trends.key_result_trend(id), one.progress_raw)
        for id, each in figures.objectives.items():
            then(trends.objective_trend(id), each.progress)
            then(trends.confidence_trend(id), each.confidence)
        for id, by_cycle in figures.units.items():
            assert bool(trends.unit_trend(id, "hundred")) == (bool(by_cycle) and step >= 0)
            then(trends.unit_trend(id, "hundred"), by_cycle["hundred"].progress if by_cycle else None)
        for level, by_cycle in figures.levels.items():
            then(trends.level_trend(level, "hundred"), by_cycle["hundred"].progress if by_cycle else None)
        then(trends.portal_trend("hundred"), figures.portal["hundred"].progress if figures.portal else None)


@given(portals(), STEPS, st.sampled_from(["0.1", "3", "7.5"]).map(Decimal))
def test_only_the_proportion_of_weights_matters(portal: Portal, step: int, factor: Decimal) -> None:
    """Scaling all weights changes nothing."""
    scaled = [
        replace(
            each,
            weight=each.weight * factor,
            key_results=tuple(replace(one, weight=one.weight * factor) for one in each.key_results),
        )
        for each in portal.objectives.values()
    ]
    other = make_portal(scaled, kpis=portal.kpis.values(), cycles=[HUNDRED])
    assert score(other, on(step)) == score(portal, on(step))


@given(portals(), STEPS)
def test_the_order_of_key_results_does_not_matter(portal: Portal, step: int) -> None:
    """Turned around they give the same figures."""
    turned = [replace(each, key_results=each.key_results[::-1]) for each in portal.objectives.values()]
    other = make_portal(turned, kpis=portal.kpis.values(), cycles=[HUNDRED])
    assert score(other, on(step)) == score(portal, on(step))


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_more_is_never_worse_where_it_should_increase(baseline: Decimal, way: Decimal, a: Decimal, b: Decimal) -> None:
    """A higher reading gives more raw progress, and no less of the score."""
    target = baseline + abs(way) + 1
    low, high = sorted([a, b])
    less, more = (figures_of(kr(baseline=baseline, target=target, readings={1: value}), 9) for value in (low, high))
    assert (less.progress_raw < more.progress_raw) is (low < high)
    assert less.progress <= more.progress


@given(NUMBERS, NUMBERS, NUMBERS, st.integers(0, 100))
def test_decrease_mirrors_increase(baseline: Decimal, way: Decimal, value: Decimal, step: int) -> None:
    """With all signs turned around it is the same."""
    target = baseline + abs(way) + 1
    up = figures_of(kr(baseline=baseline, target=target, readings={1: value}), step)
    down = figures_of(kr(kind="decrease", baseline=-baseline, target=-target, readings={1: -value}), step)
    assert replace(down, current=None) == replace(up, current=None)


@given(NUMBERS, NUMBERS, st.booleans(), st.booleans())
def test_at_most_mirrors_at_least(target: Decimal, value: Decimal, inclusive: bool, sustained: bool) -> None:
    """With all signs turned around it is the same."""
    fields: dict[str, Any] = {"inclusive": inclusive, "sustained": sustained}
    least = figures_of(kr(kind="at_least", target=target, readings={1: value}, **fields), 9)
    most = figures_of(kr(kind="at_most", target=-target, readings={1: -value}, **fields), 9)
    assert least.progress_raw == most.progress_raw


@given(st.dictionaries(st.integers(0, 100), st.booleans(), max_size=30), st.integers(0, 100), st.integers(0, 100))
def test_sustained_never_exceeds_the_periods_that_have_begun(readings: dict[int, bool], due: int, step: int) -> None:
    """What is met is at most the periods read, of those that the window has."""
    values = {when: 1 if met else 0 for when, met in readings.items()}
    figures = figures_of(kr(kind="at_least", target=1, sustained=True, due=on(due), readings=values), step)
    read = {when // 10 for when in readings if when <= min(step, due)}
    assert 0 <= figures.progress_raw <= Fraction(len(read), due // 10 + 1)


@given(st.integers(-50, 150), st.integers(1, 50))
def test_expected_never_falls(step: int, days: int) -> None:
    """A later day never expects less."""
    early, late = objective_on(goal(kr()), step), objective_on(goal(kr()), step + days)
    assert early.expected <= late.expected


def test_the_calendars_ends() -> None:
    """The first and the last day that there is can be asked for."""
    portal = make_portal([goal(kr(readings={1: 5}))], cycles=[HUNDRED])
    assert score(portal, date.min).objectives["acme/hundred/goal"].status == "not_started"
    assert score(portal, date.max - timedelta(days=1)).objectives["acme/hundred/goal"].status == "off_track"

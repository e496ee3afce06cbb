"""Each figure's explanation holds the numbers that give the figure."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from builders import (
    Q1,
    make_check_in,
    make_cycle,
    make_evidence,
    make_key_result,
    make_kpi,
    make_milestone,
    make_objective,
    make_portal,
    make_rollout,
    make_source,
    make_task,
    make_unit,
)

from okrsite.model import KeyResult, Objective, Portal
from okrsite.scoring import score
from okrsite.settings import StatusLimits
from okrsite.site import addresses
from okrsite.site.views import Gallery
from okrsite.site.views.contrast import confidence_and_pace
from okrsite.site.views.explanations import (
    MOST_INPUTS,
    Explanation,
    explain_key_result,
    explain_kpi,
    explain_level,
    explain_objective,
    explain_portal,
    explain_rollout,
    explain_task,
    explain_unit,
)
from okrsite.site.words import ENGLISH_WORDS

NOON = "2026-02-14"
"""44 of the cycle's 89 days have passed."""

_OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def gallery_of(portal: Portal, as_of: str = NOON, limits: StatusLimits | None = None) -> Gallery:
    """A portal's views on a day."""
    limits = limits or StatusLimits()
    return Gallery(portal, score(portal, date.fromisoformat(as_of), limits), limits=limits)


def of_key_result(kr: KeyResult, as_of: str = NOON, **portal: Any) -> Explanation:
    """The explanation of one key result of one objective."""
    gallery = gallery_of(make_portal([make_objective(key_results=[kr])], **portal), as_of)
    (view,) = gallery.objectives.values()
    return explain_key_result(gallery, view.key_results[0])


def step(explanation: Explanation, figure: str) -> str:
    """What is said of one of the further figures."""
    (text,) = [step.text for step in explanation.steps if step.figure == figure]
    return text


def worked_out(text: str) -> tuple[Fraction, Fraction]:
    """What the arithmetic of a formula gives, and the percentage that is said to come out."""
    *_, term, result = (part.strip() for part in text.partition(";")[0].split("="))
    return _value(term), _value(re.findall(r"[\d.,]+%", result)[0])


def _value(term: str) -> Fraction:
    """The value of a sum as it is shown."""
    plain = term.replace("−", "-").replace("×", "*").replace(",", "")
    plain = re.sub(r"([\d.]+)%", r"(\1 / 100)", plain)
    return _computed(ast.parse(plain, mode="eval").body)


def _computed(node: ast.expr) -> Fraction:
    if isinstance(node, ast.BinOp):
        found: Fraction = _OPERATORS[type(node.op)](_computed(node.left), _computed(node.right))
        return found
    if isinstance(node, ast.UnaryOp):
        return -_computed(node.operand)
    assert isinstance(node, ast.Constant)
    return Fraction(str(node.value))


def shown(explanation: Explanation) -> list[tuple[str, str]]:
    """The inputs as a reader sees them."""
    return [(each.label, each.value) for each in explanation.inputs]


@pytest.mark.parametrize(
    ("kr", "inputs"),
    [
        (
            make_key_result(baseline=99.2, target=99.9, unit_of_measure="%", check_ins={"2026-02-13": 99.5}),
            [("latest reading", "99.5%"), ("baseline", "99.2%"), ("target", "99.9%")],
        ),
        (
            make_key_result(kind="decrease", baseline=9, target=-4, check_ins={"2026-02-01": 3}),
            [("latest reading", "3"), ("baseline", "9"), ("target", "−4")],
        ),
        (
            make_key_result(
                kind="milestones",
                milestones=[make_milestone("Built", 2, done="2026-02-01"), make_milestone("Used", 3)],
            ),
            [("Built", "done, weight 2"), ("Used", "open, weight 3")],
        ),
        (
            make_key_result(
                kind="at_most",
                target=30,
                sustained=True,
                check_ins={"2026-01-05": 20, "2026-01-20": 40, "2026-02-10": 30},
            ),
            [
                ("target", "at most 30, in every check-in period"),
                ("12 Feb to 25 Feb", "no reading"),
                ("29 Jan to 11 Feb", "30, met"),
                ("15 Jan to 28 Jan", "40, missed"),
                ("1 Jan to 14 Jan", "20, met"),
            ],
        ),
    ],
)
def test_progress_follows_from_its_inputs(kr: KeyResult, inputs: list[tuple[str, str]]) -> None:
    """The formula has the numbers of the inputs, and works out to the progress."""
    found = of_key_result(kr)
    (figures,) = score(make_portal([make_objective(key_results=[kr])]), date.fromisoformat(NOON)).key_results.values()
    term, result = worked_out(found.formula)
    assert term == figures.progress_raw
    assert abs(result - term) <= Fraction(1, 200)
    assert shown(found) == inputs


@pytest.mark.parametrize(
    ("fields", "reading", "said"),
    [
        ({}, None, "no reading yet, so 0%"),
        ({"kind": "at_least", "target": 10}, 12, "100% while the latest reading meets the target, else 0%: 100%"),
        ({"kind": "at_least", "target": 10}, 9, "100% while the latest reading meets the target, else 0%: 0%"),
        ({"kind": "between"}, 95, "100% while the latest reading meets the target, else 0%: 100%"),
        ({"kind": "done"}, True, "100% once it is checked in as done: 100%"),
        ({"kind": "done"}, None, "no reading yet, so 0%"),
        ({"kind": "rollup"}, None, "weighted mean of the objectives that support it = 0%"),
    ],
)
def test_formulas_without_arithmetic(fields: dict[str, Any], reading: Any, said: str) -> None:
    """What is met or not, done or not, or has no reading, is said in words."""
    check_ins = [] if reading is None else [make_check_in("2026-02-01", reading)]
    assert of_key_result(make_key_result(check_ins=check_ins, **fields)).formula == said


def test_a_reading_has_its_day_and_line() -> None:
    """The reading that counts: not one without a value, not a later one."""
    line = make_source("content/okrs/acme/check-ins/2026-02-01.yml", 4)
    check_ins = [
        make_check_in("2026-02-01", 40, source=line),
        make_check_in("2026-02-10", None, confidence=7),
        make_check_in("2026-03-01", 90),
    ]
    latest = of_key_result(make_key_result(check_ins=check_ins)).inputs[0]
    assert (latest.value, latest.on, latest.source) == ("40", date(2026, 2, 1), line)


def test_a_value_from_a_kpi_leads_to_it() -> None:
    """Also where its last measurement is from before the cycle."""
    kpi = make_kpi("acme/kpis/load", measurements={"2025-12-20": 40})
    latest = of_key_result(make_key_result(kpi="acme/kpis/load"), kpis=[kpi]).inputs[0]
    assert (latest.value, latest.on) == ("40", date(2025, 12, 20))
    assert latest.link
    assert latest.link.address == "acme/kpis/load/"


def test_expected_is_the_share_of_the_days() -> None:
    """From the window's start to its due day, by the day; a window of one day has no share."""
    found = of_key_result(make_key_result())
    assert worked_out(step(found, "Expected")) == (Fraction(44, 89), Fraction(49, 100))
    one_day = of_key_result(make_key_result(start="2026-02-01", due="2026-02-01"))
    assert step(one_day, "Expected") == "everything from the one day it is due, 1 Feb 2026 = 100%"
    before = of_key_result(make_key_result(start="2026-03-01", due="2026-03-01"))
    assert step(before, "Expected") == "everything from the one day it is due, 1 Mar 2026 = 0%"


def test_nothing_is_expected_before_a_day_has_passed() -> None:
    """Which is said the same on each day before, and on the first."""
    for start in ("2026-02-14", "2026-02-15", "2026-03-01"):
        said = step(of_key_result(make_key_result(start=start)), "Expected")
        assert "none yet" in said
        assert worked_out(said) == (0, 0)


def test_progress_beyond_the_target_is_cut() -> None:
    """What rolls up is said where it is not the progress itself."""
    assert "= 100%" in step(of_key_result(make_key_result(check_ins={"2026-02-01": 128})), "Score")
    assert not [each for each in of_key_result(make_key_result()).steps if each.figure == "Score"]


@pytest.mark.parametrize(
    ("kr", "said"),
    [
        (make_key_result(), "no data: there is no reading, and 49% is expected"),
        (make_key_result(start="2026-03-01"), "not started: there is no reading, and nothing is expected yet"),
        (make_key_result(check_ins={"2026-02-01": 100}), "achieved: the score is 100%"),
        (make_key_result(check_ins={"2026-02-01": 60}), "on track: 10.6 points ahead of what is expected"),
        (
            make_key_result(check_ins={"2026-02-01": 40}),
            "on track: 9.4 points behind what is expected; up to 10 points",
        ),
        (make_key_result(check_ins={"2026-02-01": 39.4}), "at risk: 10.04 points behind what is expected"),
        (make_key_result(check_ins={"2026-02-01": 20}), "off track: 29.4 points behind what is expected"),
    ],
)
def test_status_names_the_distance_and_the_limits(kr: KeyResult, said: str) -> None:
    """With as many decimals as show on which side of a limit it is."""
    assert step(of_key_result(kr), "Status").startswith(said)


def test_limits_are_those_of_the_portal() -> None:
    """A portal that sets its own limits reads them in the explanation."""
    portal = make_portal([make_objective(key_results=[make_key_result(check_ins={"2026-02-01": 40})])])
    gallery = gallery_of(portal, limits=StatusLimits(Fraction(1, 20), Fraction(3, 10)))
    (view,) = gallery.objectives.values()
    text = step(explain_objective(gallery, view), "Status")
    assert "up to 5 points behind is on track, up to 30 points at risk" in text


def test_an_overdue_check_in_has_its_days() -> None:
    """Since the last one, or since the beginning."""
    assert step(of_key_result(make_key_result(check_ins={"2026-01-20": 10})), "Overdue").startswith("25 days since")
    assert "without a check-in" in step(of_key_result(make_key_result()), "Overdue")


def portal_of(*objectives: Objective) -> Portal:
    """A portal with one unit below another."""
    return make_portal(objectives, units=[make_unit("acme"), make_unit("acme/it")])


def at(value: float, **fields: Any) -> KeyResult:
    """A key result that is at so many per cent."""
    return make_key_result(fields.pop("id", "kr"), check_ins=[make_check_in("2026-02-13", value, **fields)])


def test_an_objective_is_the_mean_of_its_key_results() -> None:
    """Weighted; each input leads to its own explanation."""
    heavy = make_key_result("heavy", weight=2, check_ins={"2026-02-13": 40})
    gallery = gallery_of(portal_of(make_objective(key_results=[heavy, at(70, id="light", confidence=8)])))
    (view,) = gallery.objectives.values()
    found = explain_objective(gallery, view)
    assert worked_out(found.formula) == (view.figures.progress, Fraction(1, 2))
    assert [each.value for each in found.inputs] == ["40%, weight 2", "70%"]
    assert [each.link and each.link.address for each in found.inputs] == [kr.why for kr in view.key_results]
    assert step(found, "Confidence") == "the one that was given: 8 of 10"
    assert found.source == view.objective.source


def test_grades_stand_side_by_side() -> None:
    """The computed one with its limits, and the owner's own."""
    objective = make_objective(key_results=[at(62)], state="closed", score=0.8)
    gallery = gallery_of(portal_of(objective), "2026-04-02")
    (view,) = gallery.objectives.values()
    found = explain_objective(gallery, view)
    assert step(found, "Grade").startswith("62% is yellow: an aspirational objective is green from 0.7")
    assert step(found, "The owner's own") == "0.8 is green, by the same limits"


def test_units_levels_and_the_portal() -> None:
    """A unit is the weighted mean of what counts, a level and the portal the plain mean of units."""
    gallery = gallery_of(
        portal_of(
            make_objective("acme/2026-Q1/a", [at(40, confidence=6)]),
            make_objective("acme/2026-Q1/b", [at(70)], weight=2),
            make_objective("acme/2026-Q1/draft", [at(1)], state="draft"),
            make_objective("acme/it/2026-Q1/c", [at(10)], supports=["acme/2026-Q1/a"]),
        )
    )
    unit = explain_unit(gallery, "acme", "2026-Q1")
    assert unit
    assert worked_out(unit.formula) == (Fraction(6, 10), Fraction(6, 10))
    assert [each.value for each in unit.inputs] == ["40%", "70%, weight 2"]
    assert step(unit, "Confidence") == "mean of the objectives that have one (1) = 6"
    below = explain_unit(gallery, "acme/it", "2026-Q1")
    assert below
    assert worked_out(step(below, "Aligned")) == (1, 1)
    portal, level = explain_portal(gallery, "2026-Q1"), explain_level(gallery, "department", "2026-Q1")
    assert portal
    assert level
    assert [each.value for each in portal.inputs] == ["60%"]
    assert (level.formula, level.source) == ("plain mean of the units with goals in the cycle (1) = 10%", None)
    assert level.inputs[0].link
    assert level.inputs[0].link.address == "acme/it/2026-Q1/#okr_why_2026-Q1" == gallery.unit("acme/it", "2026-Q1").why


def test_what_has_no_figures_has_no_explanation() -> None:
    """A unit, level or portal without goals in the cycle."""
    gallery = gallery_of(make_portal(units=[make_unit("acme")]))
    assert explain_unit(gallery, "acme", "2026-Q1") is None
    assert explain_level(gallery, "team", "2026-Q1") is None
    assert explain_portal(gallery, "2026-Q1") is None


def test_long_lists_of_inputs_lead_on() -> None:
    """Of many the first, and where the rest is."""
    many = [make_objective(f"acme/2026-Q1/o{number:02}", [at(number)]) for number in range(MOST_INPUTS + 3)]
    found = explain_unit(gallery_of(portal_of(*many)), "acme", "2026-Q1")
    assert found
    assert (len(found.inputs), found.more) == (MOST_INPUTS, 3)
    assert found.rest
    assert found.rest.address == "acme/2026-Q1/"


@pytest.mark.parametrize(
    ("fields", "values", "formula", "trend"),
    [
        ({}, (90, 100), "green: 100 meets the target, at least 100", "improving"),
        (
            {"amber": 80},
            (90, 85),
            "amber: 85 misses the target, at least 100, and meets the limit of amber, at least 80",
            "worsening",
        ),
        (
            {"direction": "down", "target": 10, "amber": 20},
            (30, 30),
            "red: 30 misses the target, at most 10, and the limit of amber, at most 20",
            "flat",
        ),
        ({"direction": "band"}, (50, 80), "red: 80 misses the target, between 90 and 100", "improving"),
    ],
)
def test_kpis(fields: dict[str, Any], values: Sequence[float], formula: str, trend: str) -> None:
    """The value against target and limit; the trend from the two last measurements."""
    kpi = make_kpi(measurements=dict(zip(("2026-01-01", "2026-02-01"), values, strict=True)), **fields)
    gallery = gallery_of(make_portal(kpis=[kpi]))
    found = explain_kpi(gallery, gallery.kpis[kpi.id])
    assert found.formula.startswith(formula)
    assert step(found, "Trend").startswith(f"{trend}: from {values[0]} to {values[1]}")
    assert [each.on for each in found.inputs[:2]] == [date(2026, 2, 1), date(2026, 1, 1)]


def test_a_kpi_that_waits_for_a_measurement() -> None:
    """Its cadence and the day it was due by; without any there is nothing to compare."""
    late = make_kpi(measurements={"2026-01-01": 1})
    silent = make_kpi("acme/kpis/silent")
    gallery = gallery_of(make_portal(kpis=[late, silent]))
    found = explain_kpi(gallery, gallery.kpis[late.id])
    assert step(found, "Overdue") == "measured monthly, so due by 1 Feb 2026"
    nothing = explain_kpi(gallery, gallery.kpis[silent.id])
    assert (nothing.formula, nothing.steps) == ("no data: there is no measurement yet", ())


def test_the_rollout_and_its_tasks() -> None:
    """A plan is the mean of its tasks by their weeks; a task is its owner's word or its evidence."""
    tasks = [
        make_task("Told", done="2026-01-10"),
        make_task("Said", progress=0.5, weeks=(2, 4)),
        make_task("Counted", evidence=make_evidence("units_with_objectives", 0.5)),
        make_task("Measured", evidence=make_evidence(kpi="acme/kpis/kpi", at_least=80)),
        make_task("Open"),
    ]
    kpi = make_kpi(measurements={"2026-02-01": 40})
    objective = make_objective(key_results=[at(10)])
    units = [make_unit("acme"), *(make_unit(f"acme/u{number}") for number in range(3))]
    gallery = gallery_of(make_portal([objective], kpis=[kpi], units=units, rollouts=[make_rollout(tasks)]))
    (plan,) = gallery.figures.rollouts.values()
    found = explain_rollout(gallery, plan)
    assert [each.value for each in found.inputs] == ["100%", "50%, weight 3", "50%", "50%", "0%"]
    assert found.formula.endswith("= 50%")
    said = [explain_task(gallery, plan.rollout, task, place) for place, task in enumerate(plan.tasks, 1)]
    assert [each.formula for each in said] == [
        "it is said to be done: 100%",
        "as its owner says: 50%",
        "what is measured / what is wanted = 50%",
        "what is measured / what is wanted = 50%",
        "it is not said to be done, and nothing measures it: 0%",
    ]
    assert shown(said[2]) == [("units that have objectives", "1 of 4"), ("wanted", "at least 50%")]
    assert shown(said[3]) == [(kpi.name, "40"), ("wanted", "at least 80")]
    assert worked_out(step(said[1], "Expected")) == (1, 1)
    assert len({each.anchor for each in (found, *said)}) == len(tasks) + 1


def test_where_explanations_are() -> None:
    """A panel's place on the page of its goal, a key result's on its objective's."""
    assert addresses.why("acme/it/") == "acme/it/#okr_why"
    assert addresses.why("acme/2026-Q1/a/#uptime") == "acme/2026-Q1/a/#okr_why_uptime"
    assert addresses.why("acme/2026-Q1/", "2026-Q1") == "acme/2026-Q1/#okr_why_2026-Q1"


@pytest.mark.parametrize(
    ("value", "confidence", "said"),
    [
        (20, 8, "Confidence 8 of 10, yet 29 points behind pace."),
        (60, 4, "On pace, yet confidence is 4 of 10."),
        (20, 6, ""),
        (60, 8, ""),
        (20, None, ""),
    ],
)
def test_confidence_beside_the_pace(value: float, confidence: float | None, said: str) -> None:
    """Where one is high and the other low, both are told in one sentence."""
    gallery = gallery_of(portal_of(make_objective(key_results=[at(value, confidence=confidence)])))
    (view,) = gallery.objectives.values()
    assert view.contrast == view.key_results[0].contrast == said
    assert confidence_and_pace(ENGLISH_WORDS, view.figures) == said


def test_what_is_over_has_no_contrast() -> None:
    """Confidence is about what is to come: a cycle that has ended, a draft or a closed objective has none."""
    old = make_cycle("2025-Q4", "2025-10-01", "2025-12-31")
    key_result = make_key_result(check_ins=[make_check_in("2025-12-01", 1, confidence=9)], cycle=old)
    closed = make_objective("acme/2026-Q1/b", [at(1, confidence=9)], state="closed")
    portal = make_portal([make_objective("acme/2025-Q4/a", [key_result]), closed], cycles=[Q1, old])
    assert {view.contrast for view in gallery_of(portal).objectives.values()} == {""}

"""A portal whose every figure was calculated by hand."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date
from fractions import Fraction as F  # noqa: N817 - tables of numbers are read by their numbers

import pytest
from builders import make_check_in, make_key_result, make_kpi, make_milestone, make_objective, make_portal

from okrsite.model import Portal
from okrsite.scoring import Figures, score

MIDDLE = date(2026, 2, 15)  # day 45 of 89
E = F(45, 89)
CARE = "acme/2026-Q1/care"
SPEED = "acme/it/2026-Q1/speed"
SAFE = "acme/it/2026-Q1/safe"


@pytest.fixture(scope="module")
def portal() -> Portal:
    """A company whose one goal lives from its department's two."""
    answers = make_kpi(
        "acme/it/kpis/answers", "down", target=30, amber=40, measurements={"2026-01-31": 45, "2026-02-14": 36}
    )
    care = make_objective(
        CARE,
        [
            make_key_result("delivered", "rollup", weight=3),
            make_key_result("score", baseline=20, target=60, check_ins=[make_check_in("2026-02-10", 30, 5)]),
        ],
        type="committed",
        score="0.5",
    )
    speed = make_objective(
        SPEED,
        [
            make_key_result("answers", "decrease", baseline=60, target=30, kpi=answers.id),
            make_key_result(
                "steps", "milestones", milestones=[make_milestone(done="2026-01-20"), make_milestone(weight=3)]
            ),
        ],
        supports=[f"{CARE}/delivered"],
        weight=2,
    )
    safe = make_objective(
        SAFE,
        [make_key_result("loss", "at_most", target=0, check_ins=[make_check_in("2026-02-15", 0, 9)])],
        supports=[f"{CARE}/delivered"],
    )
    return make_portal([care, speed, safe], kpis=[answers])


@pytest.fixture(scope="module")
def figures(portal: Portal) -> Figures:
    """The portal in the middle of its cycle."""
    return score(portal, MIDDLE)


@pytest.mark.parametrize(
    ("id", "current", "raw", "status", "stale", "last"),
    [
        (f"{SPEED}/answers", 36, F(4, 5), "on_track", False, date(2026, 2, 14)),  # (36-60) / (30-60)
        (f"{SPEED}/steps", None, F(1, 4), "off_track", True, date(2026, 1, 20)),  # 1 of 4, 0.256 behind
        (f"{SAFE}/loss", 0, F(1), "on_track", False, date(2026, 2, 15)),  # can still be lost
        (f"{CARE}/delivered", None, F(41, 60), "on_track", False, None),  # (2 x 0.525 + 1) / 3
        (f"{CARE}/score", 30, F(1, 4), "off_track", False, date(2026, 2, 10)),
    ],
)
def test_key_results(
    figures: Figures, id: str, current: object, raw: F, status: str, stale: bool, last: date | None
) -> None:
    """Every kind that the portal uses, with half of the cycle gone."""
    found = figures.key_results[id]
    assert (found.current, found.progress_raw, found.status, found.stale, found.last_check_in) == (
        current,
        raw,
        status,
        stale,
        last,
    )
    assert found.expected == E


@pytest.mark.parametrize(
    ("id", "progress", "status", "confidence", "stale", "covered"),
    [
        (SPEED, F(21, 40), "on_track", None, True, False),  # (0.8 + 0.25) / 2
        (SAFE, F(1), "on_track", F(9), False, False),
        (CARE, F(23, 40), "on_track", F(5), False, True),  # (3 x 41/60 + 1/4) / 4
    ],
)
def test_objectives(
    figures: Figures, id: str, progress: F, status: str, confidence: F | None, stale: bool, covered: bool
) -> None:
    """No grades yet."""
    found = figures.objectives[id]
    assert (found.progress, found.expected, found.status, found.confidence) == (progress, E, status, confidence)
    assert (found.stale, found.covered, found.grade, found.owner_grade) == (stale, covered, None, None)


def test_units_levels_and_portal(figures: Figures) -> None:
    """The department: (2 x 0.525 + 1) / 3; each level has one unit; the portal is its only company."""
    company = (F(23, 40), E, "on_track", F(5), None)
    assert astuple(figures.units["acme"]["2026-Q1"]) == company
    assert astuple(figures.units["acme/it"]["2026-Q1"]) == (F(41, 60), E, "on_track", F(9), F(1))
    assert astuple(figures.levels["department"]["2026-Q1"]) == (F(41, 60), E, "on_track", F(9), None)
    assert astuple(figures.portal["2026-Q1"]) == astuple(figures.levels["corporate"]["2026-Q1"]) == company


def test_the_kpi(figures: Figures) -> None:
    """36 is better than 45, but green is 30."""
    found = figures.kpis["acme/it/kpis/answers"]
    assert (found.current, found.status, found.trend, found.stale) == (36, "amber", "improving", False)


def test_the_end_of_the_cycle(portal: Portal) -> None:
    """Nothing more came in: the promise is missed by 0.425, the owner's 0.5 is not far from 0.575."""
    figures = score(portal, date(2026, 3, 31))
    care, safe = figures.objectives[CARE], figures.objectives[SAFE]
    assert (care.status, care.grade, care.owner_grade, care.grades_differ) == ("off_track", "red", "red", False)
    assert (safe.status, safe.grade) == ("achieved", "green")
    assert figures.objectives[SPEED].grade == "yellow"


def test_mappings_are_in_the_order_of_the_portal(portal: Portal, figures: Figures) -> None:
    """Whatever order the roll-ups asked for."""
    assert list(figures.objectives) == list(portal.objectives)
    assert list(figures.key_results) == list(portal.key_results)


def test_an_empty_portal() -> None:
    """Nothing to score is no error."""
    figures = score(make_portal(), MIDDLE)
    assert (figures.cycle, figures.objectives, figures.portal, figures.rollouts) == (None, {}, {}, {})

"""The current cycle of a unit and of the portal."""

from __future__ import annotations

from datetime import date

import pytest
from builders import make_cycle, make_objective, make_portal, make_unit

from okrsite.scoring import current_cycle, score

YEAR = make_cycle("2026", "2026-01-01", "2026-12-31")
Q1 = make_cycle("2026-Q1", "2026-01-01", "2026-03-31")
Q3 = make_cycle("2026-Q3", "2026-07-01", "2026-09-30")


@pytest.mark.parametrize(
    ("day", "current"),
    [
        ("2026-02-01", "2026-Q1"),
        ("2026-03-31", "2026-Q1"),
        ("2026-05-01", "2026"),
        ("2027-01-01", "2026"),
        ("2025-06-01", "2026-Q1"),
    ],
)
def test_the_shortest_that_holds_the_day(day: str, current: str) -> None:
    """The quarter within it, the year outside it; after all, the latest that has ended; before all, the next."""
    found = current_cycle([YEAR, Q1, Q3], date.fromisoformat(day))
    assert found is not None
    assert found.id == current


def test_between_two_cycles_the_one_that_has_ended() -> None:
    """The third quarter is still to come, so readers want the first."""
    assert current_cycle([Q3, Q1], date(2026, 5, 1)) == Q1


def test_ties_go_to_the_later_start_and_then_to_the_id() -> None:
    """Three of equal length hold the day."""
    early = make_cycle("early", "2026-01-01", "2026-01-31")
    late = make_cycle("late", "2026-01-10", "2026-02-09")
    also = make_cycle("also-late", "2026-01-10", "2026-02-09")
    assert current_cycle([early, late], date(2026, 1, 20)) == late
    assert current_cycle([late, also, early], date(2026, 1, 20)) == also


def test_no_cycles() -> None:
    """None of none."""
    assert current_cycle([], date(2026, 1, 1)) is None


def test_cycles_count_where_there_are_objectives() -> None:
    """The portal has what any unit has; a unit without objectives has none."""
    portal = make_portal(
        [make_objective("acme/2026/a"), make_objective("acme/it/2026-Q1/a", state="draft")],
        units=[make_unit("acme/pmo")],
        cycles=[YEAR, Q1, Q3],
    )
    figures = score(portal, date(2026, 2, 1))
    assert (figures.cycle, figures.unit_cycle) == ("2026-Q1", {"acme": "2026", "acme/it": "2026-Q1"})
    assert score(portal, date(2026, 8, 1)).cycle == "2026"
    assert score(make_portal(cycles=[Q1]), date(2026, 2, 1)).cycle is None

"""Cycles of whole portals: fiscal years and names of one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from okrsite.model import Cycle, Portal

Valid = Callable[[str], Portal]


def dates(portal: Portal) -> list[tuple[str, date, date]]:
    """The cycles of a portal in their order."""
    return [(cycle.id, cycle.start, cycle.end) for cycle in portal.cycles.values()]


def test_fiscal_year_named_by_the_year_it_starts_in(valid: Valid) -> None:
    """With a year from February on, 2026 runs to January 2027; months stay those of the calendar."""
    assert dates(valid("fiscal-year-named-by-start")) == [
        ("2026-01", date(2026, 1, 1), date(2026, 1, 31)),
        ("2026", date(2026, 2, 1), date(2027, 1, 31)),
        ("2026-H1", date(2026, 2, 1), date(2026, 7, 31)),
        ("2026-Q1", date(2026, 2, 1), date(2026, 4, 30)),
        ("2026-H2", date(2026, 8, 1), date(2027, 1, 31)),
        ("2026-Q4", date(2026, 11, 1), date(2027, 1, 31)),
    ]


def test_fiscal_year_named_by_the_year_it_ends_in(valid: Valid) -> None:
    """With a year from October on, 2026 began in October 2025."""
    assert dates(valid("fiscal-year-named-by-end")) == [
        ("2026", date(2025, 10, 1), date(2026, 9, 30)),
        ("2026-Q1", date(2025, 10, 1), date(2025, 12, 31)),
        ("2026-Q2", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-H2", date(2026, 4, 1), date(2026, 9, 30)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
    ]


def test_declared_cycles(valid: Valid) -> None:
    """Declared cycles have the dates given, and for the rest what the calendar knows; unused ones are kept."""
    portal = valid("custom-cycles")
    assert list(portal.cycles.values()) == [
        Cycle("Winter", "Winter", date(2025, 12, 1), date(2026, 2, 28), 14),
        Cycle("2026-Q1", "2026-Q1", date(2026, 1, 1), date(2026, 4, 4), 14),
        Cycle("sprint-1", "The first sprint", date(2026, 1, 5), date(2026, 1, 16), 3),
        Cycle("2026-Q2", "Spring", date(2026, 4, 5), date(2026, 6, 30), 14),
        Cycle("unused", "unused", date(2026, 7, 1), date(2026, 7, 1), 14),
    ]
    assert list(portal.objectives) == ["acme/2026-Q1/ship", "acme/Winter/warm", "acme/sprint-1/ship"]
    key_result = portal.key_results["acme/sprint-1/ship/done"]
    assert (key_result.start, key_result.due) == (date(2026, 1, 5), date(2026, 1, 16))

"""Rules on check-ins."""

from datetime import date

from okrsite.settings import RuleSetting


def test_check_in_before_cycle(goals):
    """The problem stands at the check-in itself."""
    goals.objective("acme/2026-Q1/trust", {"readings": [(date(2025, 12, 20), "99.3"), (date(2026, 2, 1), "99.4")]}, {})
    (problem,) = goals.found("OKR521")
    assert problem.message == (
        'the check-in of "Uptime from 99.2% to 99.9%" on 2025-12-20 is before 2026-Q1 begins on 2026-01-01'
    )
    assert problem.hint == "mend the date; a value from before the cycle is the key result's `baseline`"
    assert problem.severity == "warning"
    assert problem.line == goals.objectives["acme/2026-Q1/trust"].key_results[0].check_ins[0].source.line


def test_check_in_after_cycle(goals, limits):
    """The last readings may come in for a month, or as long as the portal says."""
    goals.objective("acme/2026-Q1/trust", {"readings": [(date(2026, 4, 20), "99.9")]}, {})
    assert goals.messages("OKR521") == []
    (problem,) = goals.found("OKR521", setting=limits(days_after=19))
    assert problem.message == (
        'the check-in of "Uptime from 99.2% to 99.9%" on 2026-04-20 is 20 days after 2026-Q1 ended on 2026-03-31'
    )
    assert problem.hint == "mend the date, or check in on a goal of a later cycle"


def test_overdue_check_in(goals):
    """The words are factual, the severity is a notice and cannot be raised."""
    goals.objective(
        "acme/2026-Q1/trust",
        {"title": "Recent at 99.9%", "readings": [(date(2026, 1, 31), "99.5")]},
        {"title": "Old at 99.9%", "readings": [(date(2026, 1, 22), "99.5")]},
        {"title": "New at 99.9%", "start": date(2026, 1, 31)},
    )
    (problem,) = goals.found("OKR522", date(2026, 2, 14), RuleSetting("error"))
    assert problem.message == 'key result "Old at 99.9%": last reading 23 days ago; every 14 expected'
    assert problem.hint == "check in: a value, or just a confidence or a note"
    assert problem.severity == "notice"


def test_overdue_without_any_reading(goals):
    """Without a reading the days since its start count; a KPI is measured, not checked in."""
    goals.kpi("acme/kpis/uptime")
    goals.objective("acme/2026-Q1/trust", {"kpi": "acme/kpis/uptime"})
    (problem,) = goals.found("OKR522", date(2026, 1, 20))
    assert problem.message == (
        'key result "Uptime from 99.2% to 99.9%": no reading yet, begun 19 days ago; every 14 expected'
    )
    assert problem.hint == "add a measurement of its KPI"


def test_nobody_is_reminded_of_what_is_over(goals):
    """Only active objectives of a cycle that holds the day."""
    goals.objective("acme/2026-Q1/draft", state="draft")
    goals.objective("acme/2026-Q1/closed", state="closed")
    goals.objective("acme/2025-Q4/old")
    assert goals.messages("OKR522") == []


def test_low_confidence_without_note(goals, limits):
    """Three or less asks for a word; the limit is the portal's."""
    goals.objective("acme/2026-Q1/trust", {"readings": [(date(2026, 2, 10), "99.5", 3)]}, {})
    (problem,) = goals.found("OKR523")
    assert problem.message == (
        'key result "Uptime from 99.2% to 99.9%" has a confidence of 3 out of 10 since 2026-02-10, without a note'
    )
    assert problem.hint == "say in a `note` what is in the way, and what would help"
    assert problem.severity == "warning"
    assert goals.messages("OKR523", setting=limits(confidence=2)) == []


def test_low_confidence_with_note(goals):
    """A note at it or later will do, and so will newer hope: check-ins are never edited."""
    low = (date(2026, 1, 20), "99.3", 2)
    goals.objective(
        "acme/2026-Q1/trust",
        {"readings": [(*low, "The vendor is late.")]},
        {"readings": [low, (date(2026, 2, 1), None, None, "The vendor was late.")]},
        {"readings": [low, (date(2026, 2, 1), "99.6", 7)]},
        {"readings": [(date(2026, 2, 1), "99.6")]},
    )
    goals.objective("acme/2026-Q1/over", {"readings": [low]}, {}, state="closed")
    assert goals.messages("OKR523") == []

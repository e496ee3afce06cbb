"""What is known of a key result on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from builders import make_check_in, make_kpi, make_milestone
from hundred import figures_of, iso, kr, on


def test_current_is_the_latest_until_the_day() -> None:
    """Later readings do not exist yet; the day itself counts."""
    key_result = kr(readings={10: 1, 20: 2, 30: 3})
    found = [(figures_of(key_result, step).current, figures_of(key_result, step).previous) for step in (9, 10, 20, 29)]
    assert found == [(None, None), (1, None), (2, 1), (2, 1)]


def test_check_ins_may_come_before_and_after_the_cycle() -> None:
    """They were made for this key result, whenever that was."""
    key_result = kr(readings={-5: 10, 120: 90})
    assert figures_of(key_result, -1).progress_raw == Fraction(1, 10)
    assert figures_of(key_result, 150).progress_raw == Fraction(9, 10)


def test_measurements_count_until_the_last_day_of_the_cycle() -> None:
    """Those from before count, the last day's does, later ones do not."""
    kpi = make_kpi(measurements={"2025-12-01": 5, iso(100): 60, iso(101): 99})
    key_result = kr(kpi=kpi.id)
    before, after = figures_of(key_result, -1, [kpi]), figures_of(key_result, 200, [kpi])
    assert (before.current, before.last_check_in, before.has_reading) == (5, date(2025, 12, 1), True)
    assert (after.current, after.last_check_in, after.previous) == (60, on(100), 5)


def test_measurements_after_the_due_date_count_until_the_cycle_ends() -> None:
    """The cap is the cycle's end, not the key result's window."""
    kpi = make_kpi(measurements={iso(60): 60})
    assert figures_of(kr(kpi=kpi.id, due=on(50)), 100, [kpi]).current == 60


def test_confidence_beside_a_kpi_comes_from_check_ins() -> None:
    """The measurement decides about value and day, the check-in about confidence."""
    kpi = make_kpi(measurements={iso(10): 60})
    key_result = kr(kpi=kpi.id, check_ins=[make_check_in(iso(20), confidence=7)])
    figures = figures_of(key_result, 30, [kpi])
    assert (figures.current, figures.last_check_in, figures.confidence) == (60, on(10), 7)


def test_sustained_over_a_kpi() -> None:
    """Measurements in the window decide its periods; 101 days in steps of 10 are 11."""
    kpi = make_kpi(measurements={"2025-12-31": 9, iso(3): 9, iso(14): 1, iso(25): 9})
    assert figures_of(kr(kind="at_least", target=5, sustained=True, kpi=kpi.id), 30, [kpi]).progress_raw == Fraction(
        2, 11
    )


def test_a_check_in_without_a_value_is_no_reading_but_a_sign_of_life() -> None:
    """Value, confidence and day each come from the latest check-in that has them."""
    readings = [
        make_check_in(iso(5), 50, 4),
        make_check_in(iso(10), confidence=6),
        make_check_in(iso(15), note="Slow."),
    ]
    figures = figures_of(kr(check_ins=readings), 20)
    assert (figures.current, figures.confidence, figures.last_check_in) == (Decimal(50), 6, on(15))
    alone = figures_of(kr(check_ins=readings[1:]), 20)
    assert (alone.has_reading, alone.status, alone.last_check_in) == (False, "no_data", on(15))


def test_the_last_sign_of_life_of_milestones() -> None:
    """The later of check-in and milestone."""
    steps = [make_milestone(done=iso(10))]
    earlier, later = [make_check_in(iso(5), confidence=5)], [make_check_in(iso(15), confidence=5)]
    assert figures_of(kr(kind="milestones", milestones=steps, check_ins=earlier), 20).last_check_in == on(10)
    assert figures_of(kr(kind="milestones", milestones=steps, check_ins=later), 20).last_check_in == on(15)


def test_a_check_in_does_not_start_milestones() -> None:
    """Confidence is no reading; one milestone done is."""
    key_result = kr(kind="milestones", milestones=[make_milestone()], check_ins=[make_check_in(iso(5), confidence=5)])
    assert not figures_of(key_result, 20).has_reading

"""Expected progress, the status that follows from it, and the grade at the end."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import lru_cache

from okrsite.model import ObjectiveType
from okrsite.scoring.figures import Grade, Status
from okrsite.scoring.means import ONE, ZERO
from okrsite.settings import StatusLimits

_GRADES: dict[ObjectiveType, tuple[Fraction, Fraction]] = {
    "committed": (ONE, Fraction(7, 10)),
    "aspirational": (Fraction(7, 10), Fraction(4, 10)),
}


def expected_progress(start: date, due: date, as_of: date) -> Fraction:
    """How far a goal should be on a day, 0..1: nothing on its first day, everything on its last, in equal steps.

    Where both are one day, everything from that day on.
    """
    if as_of >= due:
        return ONE
    if as_of <= start:
        return ZERO
    return _share((as_of - start).days, (due - start).days)


_share = lru_cache(maxsize=4096)(Fraction)  # most goals of a cycle have the same window


def status_of(
    progress: Fraction, expected: Fraction, limits: StatusLimits, *, has_reading: bool, achieved: bool
) -> Status:
    """The first status that fits.

    Args:
        progress: The score, 0..1.
        expected: How far it should be, 0..1.
        limits: How far behind is on track, and at risk.
        has_reading: Whether there is any reading at all.
        achieved: Whether it is, by the rule of its kind or of its parts.
    """
    if not has_reading:
        return "no_data" if expected else "not_started"
    if achieved:
        return "achieved"
    return progress_status(progress, expected, limits)


def progress_status(progress: Fraction, expected: Fraction, limits: StatusLimits) -> Status:
    """On track, at risk or off track, by how far progress is behind what is expected."""
    if _within(limits.on_track, progress, expected):
        return "on_track"
    return "at_risk" if _within(limits.at_risk, progress, expected) else "off_track"


def _within(limit: Fraction, progress: Fraction, expected: Fraction) -> bool:
    """Whether expected - progress <= limit, in whole numbers: no fraction has to be made and reduced for it."""
    common = expected.denominator * progress.denominator
    behind = expected.numerator * progress.denominator - progress.numerator * expected.denominator
    return behind * limit.denominator <= limit.numerator * common


def grade_of(score: Fraction, type: ObjectiveType) -> Grade:
    """The grade of a score 0..1: promises have to be kept in full, stretch goals by seven tenths."""
    green, yellow = _GRADES[type]
    if score >= green:
        return "green"
    return "yellow" if score >= yellow else "red"

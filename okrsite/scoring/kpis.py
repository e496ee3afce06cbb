"""KPIs: are they where they should be, which way do they go, and are they measured?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from okrsite.model import Cadence, Kpi
from okrsite.scoring.figures import KpiFigures, KpiStatus, Trend
from okrsite.scoring.means import ZERO, exact
from okrsite.scoring.readings import known_by

CADENCE_DAYS: Mapping[Cadence, int] = {
    "daily": 1,
    "weekly": 7,
    "biweekly": 14,
    "monthly": 31,
    "quarterly": 92,
    "yearly": 366,
}
"""How many days may pass between two measurements."""


def kpi_figures(kpi: Kpi, as_of: date) -> KpiFigures:
    """A KPI on a day, from the measurements dated until then."""
    measurements = known_by(kpi.measurements, as_of)
    if not measurements:
        return KpiFigures(None, None, None, "no_data", None, stale=False, next_due=None)
    latest = measurements[-1]
    previous = measurements[-2].value if len(measurements) > 1 else None
    next_due = _day_after(latest.date, CADENCE_DAYS[kpi.cadence])
    return KpiFigures(
        current=latest.value,
        measured_on=latest.date,
        previous=previous,
        status=kpi_status(kpi, latest.value),
        trend=None if previous is None else _trend(kpi, previous, latest.value),
        stale=as_of > next_due,
        next_due=next_due,
    )


def kpi_status(kpi: Kpi, value: Decimal) -> KpiStatus:
    """Green where a value meets the target, amber where only the amber limit, else red; equality meets."""
    if _meets(kpi, value, kpi.target, kpi.target_band):
        return "green"
    return "amber" if _meets(kpi, value, kpi.amber, kpi.amber_band) else "red"


def _meets(kpi: Kpi, value: Decimal, limit: Decimal | None, band: tuple[Decimal, Decimal] | None) -> bool:
    """Whether a value is on the good side of a limit or inside a band; not where there is none."""
    if kpi.direction == "band":
        return band is not None and band[0] <= value <= band[1]
    if limit is None:
        return False
    return value >= limit if kpi.direction == "up" else value <= limit


def _trend(kpi: Kpi, previous: Decimal, latest: Decimal) -> Trend:
    """The latest measurement against the one before."""
    before, now = distance(kpi, previous), distance(kpi, latest)
    if now == before:
        return "flat"
    return "improving" if now < before else "worsening"


def distance(kpi: Kpi, value: Decimal) -> Fraction:
    """A number that is lower the better the value: for a band the way back into it."""
    exactly = exact(value)
    if kpi.target_band is not None:
        low, high = map(exact, kpi.target_band)
        return max(low - exactly, exactly - high, ZERO)
    return -exactly if kpi.direction == "up" else exactly


def _day_after(day: date, days: int) -> date:
    """The day so many days later, or the calendar's last."""
    return day + min(timedelta(days=days), date.max - day)

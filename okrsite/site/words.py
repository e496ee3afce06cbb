"""Figures in words: the filters of the templates, and the sentences that pages open with."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from okrsite.model import Cycle, KeyResult, Kpi
from okrsite.scoring import CycleFigures, KeyResultFigures, ObjectiveFigures

Number = Fraction | Decimal | float | int
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

STATUS_WORDS = {
    "not_started": "not started",
    "no_data": "no data",
    "achieved": "achieved",
    "on_track": "on track",
    "at_risk": "at risk",
    "off_track": "off track",
    "green": "green",
    "amber": "amber",
    "yellow": "yellow",
    "red": "red",
}
"""What readers see of a status, a grade or the colour of a KPI."""


def percent(share: Number | None) -> str:
    """A share as a whole percentage; what is not quite 100% never reads as if it were."""
    if share is None:
        return "–"
    whole = _rounded(share, 100)
    if whole == 100 and share < 1:
        whole = 99
    shown = f"{whole}" if abs(whole) < 1_000_000 else f"{Decimal(whole).normalize():.3g}"
    return f"{shown}%".replace("-", "−")


def _rounded(value: Number, times: int) -> int:
    """A value times a number, to the nearest whole, halves to even."""
    # Pages are full of these, and with fractions each would take ten times as long.
    above, below = value.as_integer_ratio()
    whole, rest = divmod(above * times, below)
    return whole + (2 * rest > below or (2 * rest == below and whole % 2 == 1))


def number(value: Decimal | Fraction | bool | None) -> str:
    """A reading with its own digits, thousands set apart, at most four decimals."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    exact = value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)
    if not exact:
        return "0"
    if not -4 <= exact.adjusted() <= 15:
        return f"{exact:.4g}".replace("-", "−")
    if -exact.as_tuple().exponent > 4:  # type: ignore[operator]  # finite numbers have a whole exponent
        exact = exact.quantize(Decimal("0.0001"), ROUND_HALF_EVEN).normalize()
    return f"{exact:,f}".replace("-", "−")


def measured(value: Decimal | Fraction | bool | None, unit: str) -> str:
    """A reading with its unit of measure: ``99.9%``, ``30 min``."""
    if value is None or isinstance(value, bool) or not unit:
        return number(value)
    return f"{number(value)}{unit}" if unit == "%" else f"{number(value)}\u00a0{unit}"


def between(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    """A range with its unit of measure said once: ``between 20 and 40 reports``; a percent sign stands at both ends."""
    return f"between {measured(low, unit) if unit == '%' else number(low)} and {measured(high, unit)}"


def confidence(value: Number | None) -> str:
    """A confidence of 0..10 with at most one decimal."""
    if value is None:
        return "–"
    tenths = _rounded(value, 10)
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths / 10:.1f}"


def day(value: date | None) -> str:
    """A date as ``5 Jun 2026``."""
    return "–" if value is None else f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def short_day(value: date | None) -> str:
    """A date as ``5 Jun``."""
    return "–" if value is None else f"{value.day} {_MONTHS[value.month - 1]}"


def status(value: str) -> str:
    """A status in words."""
    return STATUS_WORDS[value]


def count(amount: int, one: str, many: str = "") -> str:
    """An amount with its word: ``1 goal``, ``2 goals``, ``no goals``."""
    return f"{amount or 'no'} {one if amount == 1 else many or one + 's'}"


def kind_in_words(kr: KeyResult) -> str:
    """What a key result asks for: ``from 99.2% to 99.9%``, ``at most 30 min in every check-in period``."""
    unit = kr.unit_of_measure
    sustained = ", in every check-in period" if kr.sustained else ""
    if kr.kind in ("increase", "decrease"):
        return f"from {measured(kr.baseline, unit)} to {measured(kr.target, unit)}"
    if kr.kind == "at_least":
        return f"{'at least' if kr.inclusive else 'more than'} {measured(kr.target, unit)}{sustained}"
    if kr.kind == "at_most":
        return f"{'at most' if kr.inclusive else 'less than'} {measured(kr.target, unit)}{sustained}"
    if kr.kind == "between":
        low, high = kr.target_range or (None, None)
        inner = "" if kr.inclusive else ", the ends excluded"
        return f"{between(low, high, unit)}{inner}{sustained}"
    if kr.kind == "milestones":
        return count(len(kr.milestones), "milestone")
    return "done or not" if kr.kind == "done" else "the mean of the objectives that support it"


def adds_to_title(kr: KeyResult) -> str:
    """The kind in words; nothing where the title holds all its numbers already."""
    asks = kind_in_words(kr)
    numbers = re.findall(r"\d[\d.,]*", asks)
    said = set(re.findall(r"\d[\d.,]*\d|\d", kr.title))
    return "" if numbers and said.issuperset(numbers) and not kr.sustained else asks


def target_in_words(kpi: Kpi) -> str:
    """What a KPI aims at: ``at least 99.9%``, ``between 1 and 4``."""
    unit = kpi.unit_of_measure
    if kpi.target_band:
        return between(*kpi.target_band, unit)
    return f"{'at least' if kpi.direction == 'up' else 'at most'} {measured(kpi.target, unit)}"


def formula(kr: KeyResult, figures: KeyResultFigures) -> str:
    """How a key result's progress was computed, with its numbers."""
    now, result = measured(figures.current, kr.unit_of_measure), percent(figures.progress_raw)
    if kr.kind in ("increase", "decrease"):
        if figures.current is None:
            return "no reading yet, so 0%"
        base = _term(kr.baseline)
        return f"({number(figures.current)} − {base}) / ({number(kr.target)} − {base}) = {result}"
    if kr.kind == "milestones":
        return f"the weights of the milestones done, of all weights = {result}"
    if kr.kind == "rollup":
        return f"the weighted mean of the objectives that support it = {result}"
    if kr.sustained:
        return f"check-in periods whose last reading meets the target, of all periods = {result}"
    if figures.current is None:
        return "no reading yet, so 0%"
    if kr.kind == "done":
        return f"checked in as {'done' if figures.current else 'not done'}, so {result}"
    return f"{now} {'meets' if figures.progress_raw else 'misses'} {kind_in_words(kr)}, so {result}"


def _term(value: Decimal | None) -> str:
    """A number after a minus sign."""
    return f"({number(value)})" if value is not None and value < 0 else number(value)


def pace(figures: CycleFigures | ObjectiveFigures | KeyResultFigures) -> str:
    """Progress against pace: ``52% done, 49% expected by today``."""
    return f"{percent(figures.progress)} done, {percent(figures.expected)} expected by today"


def silent(no_reading: int, total: int) -> str:
    """How much rests on nothing: ``29 of 48 key results have no reading yet.``; empty where all have one."""
    if not no_reading:
        return ""
    return f"{no_reading} of {count(total, 'key result')} {'has' if no_reading == 1 else 'have'} no reading yet."


def time_in_cycle(cycle: Cycle, as_of: date) -> str:
    """Where a day is in a cycle: ``day 44 of 90``, ``ended 31 Mar 2026``, ``begins 1 Apr 2026``."""
    if as_of < cycle.start:
        return f"begins {day(cycle.start)}"
    if as_of > cycle.end:
        return f"ended {day(cycle.end)}"
    return f"day {(as_of - cycle.start).days + 1} of {cycle.days}"


def state(name: str, figures: CycleFigures, cycle: Cycle, as_of: date) -> str:
    """A unit, level or portal in a sentence.

    For example ``Acme is at risk: 41% done, 49% expected by today (day 44 of 90).``
    """
    if as_of > cycle.end:
        return f"{name} ended {cycle.name} at {percent(figures.progress)}: {status(figures.status)}."
    return f"{name} is {status(figures.status)}: {pace(figures)} ({time_in_cycle(cycle, as_of)})."


def ago(then: date, as_of: date) -> str:
    """How long ago: ``today``, ``yesterday``, ``23 days ago``, ``in 5 days``."""
    days = (as_of - then).days
    if days < 0:
        return "tomorrow" if days == -1 else f"in {-days} days"
    return "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"

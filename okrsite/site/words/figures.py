"""Figures in words, in the portal's language: the filters of the templates, and the sentences that pages open with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from functools import lru_cache

from okrsite.languages import ENGLISH, Language
from okrsite.model import Cycle, KeyResult, Kpi
from okrsite.scoring import CycleFigures, KeyResultFigures, ObjectiveFigures

_NUMBER = re.compile(r"\d[\d.,]*")
_SAID_NUMBER = re.compile(r"\d[\d.,]*\d|\d")

Number = Fraction | Decimal | float | int
Counted = tuple[str, str, str]


def message(text: str) -> str:
    """Marks a text for the catalogue that is looked up later."""
    return text


def counted(one: str, many: str, none: str) -> Counted:
    """Marks the three forms of a noun with its number for the catalogue."""
    return one, many, none


def forms(one: str, many: str) -> tuple[str, str]:
    """Marks the two forms of a sentence with a number for the catalogue."""
    return one, many


STATUS_WORDS = {
    "not_started": message("not started"),
    "no_data": message("no data"),
    "achieved": message("achieved"),
    "on_track": message("on track"),
    "at_risk": message("at risk"),
    "off_track": message("off track"),
    "green": message("green"),
    "amber": message("amber"),
    "yellow": message("yellow"),
    "red": message("red"),
}
"""What readers see of a status, a grade or the colour of a KPI."""

OTHER_WORDS = {
    "active": message("active"),
    "draft": message("draft"),
    "closed": message("closed"),
    "postponed": message("postponed"),
    "cancelled": message("cancelled"),
    "committed": message("committed"),
    "aspirational": message("aspirational"),
    "corporate": message("corporate"),
    "department": message("department"),
    "team": message("team"),
    "individual": message("individual"),
    "improving": message("improving"),
    "worsening": message("worsening"),
    "flat": message("flat"),
    "daily": message("daily"),
    "weekly": message("weekly"),
    "biweekly": message("biweekly"),
    "monthly": message("monthly"),
    "quarterly": message("quarterly"),
    "yearly": message("yearly"),
    "leading": message("leading"),
    "lagging": message("lagging"),
    "up": message("up"),
    "down": message("down"),
    "band": message("band"),
    "check-in": message("check-in"),
    "KPI": message("KPI"),
    "specific": message("specific"),
    "measurable": message("measurable"),
    "achievable": message("achievable"),
    "relevant": message("relevant"),
    "time-bound": message("time-bound"),
    "no definition": message("no definition"),
    "no unit": message("no unit"),
    "no source": message("no source"),
    "no baseline": message("no baseline"),
    "no key result takes its value from it": message("no key result takes its value from it"),
    "no due date": message("no due date"),
}
"""What readers see of the other words that content has fixed ones for; a level of the portal's own stays as it is."""

NOUNS = {
    "change": counted("%(num)s change", "%(num)s changes", message("no changes")),
    "check-in": counted("%(num)s check-in", "%(num)s check-ins", message("no check-ins")),
    "day": counted("%(num)s day", "%(num)s days", message("no days")),
    "file": counted("%(num)s file", "%(num)s files", message("no files")),
    "goal": counted("%(num)s goal", "%(num)s goals", message("no goals")),
    "key result": counted("%(num)s key result", "%(num)s key results", message("no key results")),
    "KPI": counted("%(num)s KPI", "%(num)s KPIs", message("no KPIs")),
    "milestone": counted("%(num)s milestone", "%(num)s milestones", message("no milestones")),
    "notice": counted("%(num)s notice", "%(num)s notices", message("no notices")),
    "objective": counted("%(num)s objective", "%(num)s objectives", message("no objectives")),
    "person": counted("%(num)s person", "%(num)s people", message("nobody")),
    "reading": counted("%(num)s reading", "%(num)s readings", message("no readings")),
    "team": counted("%(num)s team", "%(num)s teams", message("no teams")),
    "unit": counted("%(num)s unit", "%(num)s units", message("no units")),
    "warning": counted("%(num)s warning", "%(num)s warnings", message("no warnings")),
}
"""What is counted on pages."""


class Words:
    """Figures in the words of a language.

    Attributes:
        language: Whose words these are.

    Args:
        language: English where not given.
    """

    def __init__(self, language: Language = ENGLISH) -> None:
        self.language = language

    def percent(self, share: Number | None) -> str:
        """A share as a whole percentage; what is not quite 100% never reads as if it were."""
        if share is None:
            return "–"
        above, below = share.as_integer_ratio()
        whole = _nearest(above * 100, below)
        return _percent(self.language, 99 if whole == 100 and above < below else whole)

    def points(self, share: Fraction, limits: Iterable[Fraction] = ()) -> str:
        """A distance between two shares in percentage points, 0..1: ``12.6 points``.

        Args:
            share: The distance.
            limits: Distances it is compared with; it has as many decimals as show on which side of them it is.
        """
        above, below = share.as_integer_ratio()
        ends = [limit.as_integer_ratio() for limit in limits]
        places, one = 1, 1000
        shown = _nearest(above * one, below)
        # In whole numbers: shown / one is the share, rounded.
        while places < 9 and any((shown * of <= end * one) != (above * of <= end * below) for end, of in ends):
            places, one = places + 1, one * 10
            shown = _nearest(above * one, below)
        return _points(self.language, shown, one)

    def number(self, value: Decimal | Fraction | bool | None) -> str:
        """A reading with its own digits, thousands set apart, at most four decimals."""
        if value is None:
            return "–"
        if isinstance(value, bool):
            return self.language.gettext("yes") if value else self.language.gettext("no")
        exact = value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)
        return _number(self.language, str(exact))

    def measured(self, value: Decimal | Fraction | bool | None, unit: str) -> str:
        """A reading with its unit of measure: ``99.9%``, ``30 min``."""
        if value is None or isinstance(value, bool) or not unit:
            return self.number(value)
        number = self.number(value)
        return self.language.percent(number) if unit == "%" else f"{number}\u00a0{unit}"

    def between(self, low: Decimal | None, high: Decimal | None, unit: str) -> str:
        """A range with its unit of measure said once: ``between 20 and 40 reports``; percent signs stand at both."""
        lowest = self.measured(low, unit) if unit == "%" else self.number(low)
        return self.language.gettext("between %(low)s and %(high)s", low=lowest, high=self.measured(high, unit))

    def confidence(self, value: Number | None) -> str:
        """A confidence of 0..10 with at most one decimal."""
        if value is None:
            return "–"
        return _tenths(self.language, _rounded(value, 10))

    def day(self, value: date | None) -> str:
        """A date as ``5 Jun 2026``."""
        return "–" if value is None else self.language.day(value)

    def short_day(self, value: date | None) -> str:
        """A date as ``5 Jun``."""
        return "–" if value is None else self.language.short_day(value)

    def status(self, value: str) -> str:
        """A status in words."""
        return self.language.gettext(STATUS_WORDS[value])

    def word(self, value: str) -> str:
        """Another word that content has fixed ones for, such as a state or a level; others stay as they are."""
        known = OTHER_WORDS.get(value)
        return value if known is None else self.language.gettext(known)

    def level(self, id: str) -> str:
        """A level as a title: ``Department``; one of the portal's own as it is, with a capital."""
        said = self.word(id)
        return said[:1].upper() + said[1:]

    def count(self, amount: int, noun: str) -> str:
        """An amount with one of the `NOUNS`: ``1 goal``, ``2 goals``, ``no goals``."""
        one, many, none = NOUNS[noun]
        return self.language.ngettext(one, many, amount) if amount else self.language.gettext(none)

    def kind_in_words(self, kr: KeyResult) -> str:
        """What a key result asks for: ``from 99.2% to 99.9%``, ``at most 30 min in every check-in period``."""
        asks = self._kind(kr)
        if not kr.sustained:
            return asks
        return self.language.gettext("%(target)s, in every check-in period", target=asks)

    def _kind(self, kr: KeyResult) -> str:
        _, unit = self.language.gettext, kr.unit_of_measure
        if kr.kind in ("increase", "decrease"):
            low, high = self.measured(kr.baseline, unit), self.measured(kr.target, unit)
            return _("from %(baseline)s to %(target)s", baseline=low, target=high)
        target = self.measured(kr.target, unit)
        if kr.kind == "at_least":
            at_least = _("at least %(target)s", target=target)
            return at_least if kr.inclusive else _("more than %(target)s", target=target)
        if kr.kind == "at_most":
            at_most = _("at most %(target)s", target=target)
            return at_most if kr.inclusive else _("less than %(target)s", target=target)
        if kr.kind == "between":
            ends = kr.target_range or (None, None)
            between = self.between(ends[0], ends[1], unit)
            return between if kr.inclusive else _("%(range)s, the ends excluded", range=between)
        if kr.kind == "milestones":
            return self.count(len(kr.milestones), "milestone")
        return _("done or not") if kr.kind == "done" else _("the mean of the objectives that support it")

    def adds_to_title(self, kr: KeyResult, asks: str = "") -> str:
        """The kind in words, as they are given or found; nothing where the title holds all its numbers already."""
        asks = asks or self.kind_in_words(kr)
        if kr.sustained:
            return asks
        numbers = _NUMBER.findall(asks)
        return "" if numbers and set(_SAID_NUMBER.findall(kr.title)).issuperset(numbers) else asks

    def target_in_words(self, kpi: Kpi) -> str:
        """What a KPI aims at: ``at least 99.9%``, ``between 1 and 4``."""
        unit = kpi.unit_of_measure
        if kpi.target_band:
            return self.between(*kpi.target_band, unit)
        target = self.measured(kpi.target, unit)
        if kpi.direction == "up":
            return self.language.gettext("at least %(target)s", target=target)
        return self.language.gettext("at most %(target)s", target=target)

    def way(self, kr: KeyResult, figures: KeyResultFigures) -> str:
        """The way done, of the way from baseline to target, in numbers that end with the percentage."""
        base, result = self._term(kr.baseline), self.percent(figures.progress_raw)
        return f"({self.number(figures.current)} − {base}) / ({self.number(kr.target)} − {base}) = {result}"

    def _term(self, value: Decimal | None) -> str:
        """A number after a minus sign."""
        return f"({self.number(value)})" if value is not None and value < 0 else self.number(value)

    def pace(self, figures: CycleFigures | ObjectiveFigures | KeyResultFigures) -> str:
        """Progress against pace: ``52% done, 49% expected by today``."""
        return self.language.gettext(
            "%(progress)s done, %(expected)s expected by today",
            progress=self.percent(figures.progress),
            expected=self.percent(figures.expected),
        )

    def silent(self, no_reading: int, total: int) -> str:
        """How much rests on nothing: ``29 of 48 key results have no reading yet.``; empty where all have one."""
        if not no_reading:
            return ""
        return self.language.ngettext(
            "%(num)s of %(total)s has no reading yet.",
            "%(num)s of %(total)s have no reading yet.",
            no_reading,
            total=self.count(total, "key result"),
        )

    def time_in_cycle(self, cycle: Cycle, as_of: date) -> str:
        """Where a day is in a cycle: ``day 44 of 90``, ``ended 31 Mar 2026``, ``begins 1 Apr 2026``."""
        _ = self.language.gettext
        if as_of < cycle.start:
            return _("begins %(day)s", day=self.day(cycle.start))
        if as_of > cycle.end:
            return _("ended %(day)s", day=self.day(cycle.end))
        return _("day %(day)s of %(days)s", day=(as_of - cycle.start).days + 1, days=cycle.days)

    def headline(self, name: str, figures: CycleFigures, cycle: Cycle, as_of: date) -> str:
        """A unit, level or portal in a few words: ``Acme is at risk``, ``Acme ended 2026-Q1: at risk``."""
        _, status = self.language.gettext, self.status(figures.status)
        if as_of > cycle.end:
            return _("%(name)s ended %(cycle)s: %(status)s", name=name, cycle=cycle.name, status=status)
        return _("%(name)s is %(status)s", name=name, status=status)

    def reached(self, figures: CycleFigures, cycle: Cycle, as_of: date) -> str:
        """The figures behind a headline: ``41% done, 49% expected by today.``, or ``79% was reached.`` at the end."""
        if as_of > cycle.end:
            return self.language.gettext("%(progress)s was reached.", progress=self.percent(figures.progress))
        return self.language.gettext(
            "%(progress)s done, %(expected)s expected by today.",
            progress=self.percent(figures.progress),
            expected=self.percent(figures.expected),
        )

    def state(self, name: str, figures: CycleFigures, cycle: Cycle, as_of: date) -> str:
        """A unit, level or portal in a sentence.

        For example ``Acme is at risk: 41% done, 49% expected by today (day 44 of 90).``
        """
        _, status = self.language.gettext, self.status(figures.status)
        if as_of > cycle.end:
            reached = self.percent(figures.progress)
            return _(
                "%(name)s ended %(cycle)s at %(progress)s: %(status)s.",
                name=name,
                cycle=cycle.name,
                progress=reached,
                status=status,
            )
        return _(
            "%(name)s is %(status)s: %(pace)s (%(time)s).",
            name=name,
            status=status,
            pace=self.pace(figures),
            time=self.time_in_cycle(cycle, as_of),
        )

    def ago(self, then: date, as_of: date) -> str:
        """How long ago: ``today``, ``yesterday``, ``23 days ago``, ``in 5 days``."""
        _, plural = self.language.gettext, self.language.ngettext
        days = (as_of - then).days
        if days < 0:
            return _("tomorrow") if days == -1 else plural("in %(num)s day", "in %(num)s days", -days)
        if days < 2:
            return _("yesterday") if days else _("today")
        return plural("%(num)s day ago", "%(num)s days ago", days)


# Pages say the same numbers again and again. They are kept as texts: 1 and 1.0 are equal, but not said the same.


@lru_cache(maxsize=16384)
def _number(language: Language, digits: str) -> str:
    """A finite decimal, given as Python writes it."""
    exact = Decimal(digits)
    if not exact:
        return "0"
    if not -4 <= exact.adjusted() <= 15:
        return language.digits(f"{exact:.4g}")
    if -exact.as_tuple().exponent > 4:  # type: ignore[operator]  # finite numbers have a whole exponent
        exact = exact.quantize(Decimal("0.0001"), ROUND_HALF_EVEN).normalize()
    return language.digits(f"{exact:,f}")


@lru_cache(maxsize=4096)
def _percent(language: Language, whole: int) -> str:
    shown = f"{whole}" if abs(whole) < 1_000_000 else f"{Decimal(whole).normalize():.3g}"
    return language.percent(language.digits(shown))


@lru_cache(maxsize=4096)
def _tenths(language: Language, tenths: int) -> str:
    """So many tenths, with a decimal where they are not whole."""
    return str(tenths // 10) if tenths % 10 == 0 else language.digits(f"{tenths / 10:.1f}")


@lru_cache(maxsize=4096)
def _points(language: Language, shown: int, one: int) -> str:
    """Percentage points of a share, given as a whole number of parts of one."""
    number = _number(language, str(Decimal(shown) / (one // 100)))
    return language.ngettext("%(num)s point", "%(num)s points", 1 if shown * 100 == one else 2, num=number)


def _rounded(value: Number, times: int) -> int:
    """A value times a number, to the nearest whole, halves to even."""
    above, below = value.as_integer_ratio()
    return _nearest(above * times, below)


def _nearest(above: int, below: int) -> int:
    """A ratio to the nearest whole, halves to even."""
    # Pages are full of these, and with fractions each would take ten times as long.
    whole, rest = divmod(above, below)
    return whole + (2 * rest > below or (2 * rest == below and whole % 2 == 1))


ENGLISH_WORDS = Words(ENGLISH)
"""For the terminal."""

"""What charts show of goalposts that moved: marks, former limits, and progress as it was known then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import cast

from okrsite.charts import Chart, Goalpost, Limits, known_then_trend
from okrsite.history import Change, Known, Value
from okrsite.model import Kpi
from okrsite.site.views.goals import KeyResultView, KpiView, ObjectiveView
from okrsite.site.views.ledger import Ledgers

_MOST_KNOWN_THEN = 3

MOST_MARKS = 8
"""How many marks a chart has; of more the newest."""

_FIRST = ("target", "baseline", "amber", "kind", "direction", "weight", "milestones", "due", "start", "state")
"""What the words of a mark name first where several things moved on a day."""

_UNSAID = frozenset({"title", "name", "supports"})
"""What has no mark: it moves no line."""

_LATE = timedelta(days=3)
"""Up to so long what is known may lag behind what was read: a reading is brought in after the weekend."""

_ABOUT_THE_SAME = 0.005
"""A difference in progress that nobody sees."""

Series = Sequence[tuple[date, float]]


def goalposts_of_objective(ledgers: Ledgers, view: ObjectiveView, most: int = MOST_MARKS) -> list[Goalpost]:
    """The marks on an objective's trend: one for each day and goal, by day; of many the newest."""
    return _goalposts(ledgers, ledgers.told(view), view.objective.id, most)


def goalposts_of_kpi(ledgers: Ledgers, view: KpiView) -> list[Goalpost]:
    """The marks on a KPI's chart: where its target, limits or direction moved."""
    moved = [change for change in ledgers.moved(view.kpi.id) if change.field in _LIMITS]
    return _goalposts(ledgers, moved, view.kpi.id)


def former_limits(ledgers: Ledgers, kpi: Kpi) -> list[Limits]:
    """What a KPI was to meet before its limits moved, by day; of several changes on a day, what held before it."""
    found: list[Limits] = []
    then = kpi
    moved = [change for change in ledgers.moved(kpi.id) if change.field in _LIMITS]
    # What moves with a direction goes with it only once all of the day is undone.
    for day, changes in groupby(reversed(moved), lambda change: change.commit.day):
        for change in changes:
            then = _undone(then, change.field, change.before)
        limits = limits_of(then)
        if limits is None:
            break
        found.append(Limits(day, then.direction, *limits))
    return found[::-1]


_LIMITS = frozenset({"target", "amber", "direction"})


def limits_of(kpi: Kpi) -> tuple[float | tuple[float, float], float | tuple[float, float] | None] | None:
    """A KPI's target and amber limit as charts take them; None where they do not go with its direction."""
    amber = _drawn(kpi.amber if kpi.amber_band is None else kpi.amber_band)
    target = _drawn(kpi.target if kpi.target_band is None else kpi.target_band)
    fits = isinstance(target, tuple) == (kpi.direction == "band")
    if target is None or not fits or (amber is not None and isinstance(amber, tuple) != isinstance(target, tuple)):
        return None
    return target, amber


def _drawn(limit: Decimal | tuple[Decimal, Decimal] | None) -> float | tuple[float, float] | None:
    return (float(limit[0]), float(limit[1])) if isinstance(limit, tuple) else None if limit is None else float(limit)


def _undone(kpi: Kpi, field: str, value: Value) -> Kpi:
    """The KPI before one of its limits moved."""
    if field == "direction":
        return replace(kpi, direction=cast("str", value))  # type: ignore[arg-type]  # it was a valid one
    ends = cast("tuple[Decimal, Decimal] | None", value if isinstance(value, tuple) else None)
    number = value if isinstance(value, Decimal) else None
    if field == "target":
        return replace(kpi, target=number, target_band=ends)
    return replace(kpi, amber=number, amber_band=ends)


def known_then(ledgers: Ledgers, view: ObjectiveView) -> list[tuple[str, Chart]]:
    """The ids of key results whose progress was known otherwise than today's readings tell, with a chart of it.

    First stand those where it differs most; of many, only these are named. Courses are compared as long as they are
    drawn: up to the last day of the cycle.
    """
    found: list[tuple[float, KeyResultView, Series, Series]] = []
    until = min(ledgers.gallery.as_of, view.cycle.end)
    for kr in view.key_results:
        known = ledgers.gallery.history.known.get(kr.kr.id, ())
        read = ledgers.gallery.trends.key_result_trend(kr.kr.id)
        course = _course(known, kr.kr.start, until)
        far = _difference(read, course, until)
        if far:
            found.append((-far, kr, read, course))
    found.sort(key=lambda each: (each[0], each[1].kr.id))
    return [(kr.kr.id, _known_then(ledgers, view, kr, read, known)) for _, kr, read, known in found[:_MOST_KNOWN_THEN]]


def _known_then(ledgers: Ledgers, view: ObjectiveView, kr: KeyResultView, read: Series, known: Series) -> Chart:
    language = ledgers.gallery.words.language
    return known_then_trend(
        language.gettext("As it was known then: %(goal)s", goal=kr.kr.title),
        view.cycle.start,
        view.cycle.end,
        read,
        known,
        language,
        _goalposts(ledgers, ledgers.moved(kr.kr.id), kr.kr.id),
    )


def _course(known: Known, start: date, until: date) -> Series:
    """What was known from the first day of the window on, up to a day."""
    before = [(max(day, start), float(share)) for day, share in known if day <= start][-1:]
    return [*before, *((day, float(share)) for day, share in known if start < day <= until)]


def _difference(read: Series, known: Series, until: date) -> float:
    """How far two courses are apart, in shares times days; nothing where they never are for longer than a few days.

    Compared are the days on which both are known, up to one.
    """
    if not read or not known:
        return 0.0
    begin = max(read[0][0], known[0][0])
    days = sorted({begin, *(day for day, _ in (*read, *known) if begin < day <= until)})
    ends = [*days[1:], until + timedelta(days=1)]
    whole = apart = 0.0
    long = timedelta()
    for day, end, one, other in zip(days, ends, _values(read, days), _values(known, days), strict=True):
        far = abs(one - other)
        if far > _ABOUT_THE_SAME:
            long += end - day
            apart += far * (end - day).days
            continue
        whole += apart if long > _LATE else 0
        long, apart = timedelta(), 0.0
    return whole + (apart if long > _LATE else 0)


def _values(course: Series, days: Sequence[date]) -> Iterable[float]:
    """A course's value on each of some days, within 0..1 as it is drawn."""
    place, value = 0, 0.0
    for day in days:
        while place < len(course) and course[place][0] <= day:
            value = min(max(course[place][1], 0.0), 1.0)
            place += 1
        yield value


def _goalposts(ledgers: Ledgers, changes: Iterable[Change], own: str, most: int = MOST_MARKS) -> list[Goalpost]:
    """The marks of some changes: one for each day and goal, by day."""
    by_day: dict[tuple[date, str], list[Change]] = {}
    for change in changes:
        if change.what in ("goalpost", "added", "removed") and change.field not in _UNSAID:
            by_day.setdefault((change.commit.day, change.goal), []).append(change)
    shown = sorted(by_day)[-most:] if most else []
    return [_goalpost(ledgers, day, by_day[day, goal], own) for day, goal in shown]


def _goalpost(ledgers: Ledgers, day: date, changes: Sequence[Change], own: str) -> Goalpost:
    order = {field: place for place, field in enumerate(_FIRST)}
    steps = [ledgers.step(change) for change in sorted(changes, key=lambda each: order.get(each.field, len(order)))]
    texts = []
    for step in steps:
        moved = f"{step.before} → {step.after}" if step.before else step.after
        texts.append(f"{step.text} {moved}" if moved else step.text)
    foremost = steps[0].change
    in_short = isinstance(foremost.after, str | bool | tuple) and not foremost.unit_of_measure
    label = ledgers.words.in_short(foremost) if foremost.what != "goalpost" else steps[0].text if in_short else texts[0]
    told = "; ".join(texts)
    title = ledgers.link(changes[-1]).title
    return Goalpost(day, label, told if changes[-1].goal == own else f"{title}: {told}", title)

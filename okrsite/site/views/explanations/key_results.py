"""How a key result's figures came to be, kind by kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from okrsite.frozen import frozen
from okrsite.model import Cycle, KeyResult, Objective, Source
from okrsite.scoring import KeyResultFigures, expected_progress, meets
from okrsite.site import addresses
from okrsite.site.views.explanations.explanation import Explanation, Input, Step, inputs_of
from okrsite.site.views.explanations.pace import mean_in_words, status_step, weighed
from okrsite.site.views.gallery import Gallery
from okrsite.site.views.goals import KeyResultView, Link, Reading
from okrsite.site.views.some import Some
from okrsite.site.words import Words


def explain_key_result(gallery: Gallery, view: KeyResultView) -> Explanation:
    """How a key result's figures came to be."""
    kr, figures = view.kr, view.figures
    objective = gallery.portal.objectives[kr.objective_id]
    cycle = gallery.portal.cycles[objective.cycle_id]
    rest = None
    if kr.kind == "milestones":
        formula, inputs = _milestones(gallery.words, kr, figures, min(gallery.as_of, cycle.end))
    elif kr.kind == "rollup":
        formula, inputs = _rollup(gallery, kr, figures)
        rest = Link(gallery.words.language.gettext("all of them"), "alignment/") if inputs.more else None
    elif kr.sustained:
        formula, inputs = _sustained(gallery, view, cycle)
    else:
        formula, inputs = _by_reading(gallery.words, view)
    steps = (
        *_score(gallery.words, figures),
        _expected(gallery.words, kr.start, kr.due, _within(kr, gallery.as_of)),
        status_step(gallery, figures, _achieved(gallery.words, kr) if figures.status == "achieved" else ""),
        *_confidence(gallery.words, view),
        *_stale(gallery, view, cycle),
    )
    anchor = addresses.why_anchor(view.anchor)
    return Explanation(formula, inputs.shown, kr.source, steps, inputs.more, rest, anchor)


def _by_reading(words: Words, view: KeyResultView) -> tuple[str, Some[Input]]:
    """Progress from the latest reading: the way done, or whether it meets the target."""
    _, kr, figures = words.language.gettext, view.kr, view.figures
    result = words.percent(figures.progress_raw)
    latest = _latest(view)
    current = Input(_("latest reading"), words.measured(figures.current, kr.unit_of_measure), *latest)
    target = Input(_("target"), _target(words, kr))
    if kr.kind in ("increase", "decrease"):
        baseline = Input(_("baseline"), words.measured(kr.baseline, kr.unit_of_measure))
        if figures.current is None:
            return _("no reading yet, so %(result)s", result=result), Some((baseline, target))
        numbers = words.way(kr, figures)
        formula = _("(latest reading − baseline) / (target − baseline) = %(numbers)s", numbers=numbers)
        return formula, Some((current, baseline, target))
    if figures.current is None:
        return _("no reading yet, so %(result)s", result=result), Some(() if kr.kind == "done" else (target,))
    if kr.kind == "done":
        formula = _("%(full)s once it is checked in as done: %(result)s", full=words.percent(1), result=result)
        return formula, Some((current,))
    formula = _(
        "%(full)s while the latest reading meets the target, else %(none)s: %(result)s",
        full=words.percent(1),
        none=words.percent(0),
        result=result,
    )
    return formula, Some((current, target))


def _target(words: Words, kr: KeyResult) -> str:
    """What the latest reading is compared with."""
    if kr.kind in ("increase", "decrease"):
        return words.measured(kr.target, kr.unit_of_measure)
    return words.kind_in_words(kr)


def _latest(view: KeyResultView) -> tuple[date | None, Link | None, Source | None]:
    """The day of the reading that counts, the KPI it comes from, and its line."""
    reading = next((each for each in _counting(view) if each.value is not None), None)
    if reading is not None:
        return reading.date, view.kpi, reading.source
    # A KPI's measurement from before the cycle counts as well, though it is not among the readings.
    return (view.figures.last_check_in if view.kpi else None), view.kpi, None


def _counting(view: KeyResultView) -> Iterator[Reading]:
    """The readings a key result is scored by, newest first: those of its KPI where it has one."""
    origin = "KPI" if view.kpi else "check-in"
    return (reading for reading in view.readings if reading.origin == origin)


@frozen
class _Period:
    """A check-in period of the window with the last reading in it."""

    start: date
    end: date
    reading: Reading | None


def _periods(view: KeyResultView, cycle: Cycle, until: date) -> list[_Period]:
    """The periods of a key result's window that have begun by a day, oldest first."""
    kr, every = view.kr, cycle.check_in_every
    if until < kr.start:  # whichever day that is
        return []
    last: dict[int, Reading] = {}
    for reading in _counting(view):
        if reading.value is not None and kr.start <= reading.date <= kr.due:
            last.setdefault((reading.date - kr.start).days // every, reading)
    begun = (min(until, kr.due) - kr.start).days // every + 1
    starts = [kr.start + timedelta(days=every * place) for place in range(begun)]
    return [
        _Period(start, min(start + timedelta(days=every - 1), kr.due), last.get(place))
        for place, start in enumerate(starts)
    ]


def _sustained(gallery: Gallery, view: KeyResultView, cycle: Cycle) -> tuple[str, Some[Input]]:
    """Progress as the share of the check-in periods whose last reading meets the target."""
    words, kr, figures = gallery.words, view.kr, view.figures
    _ = words.language.gettext
    every = cycle.check_in_every
    total = -(-((kr.due - kr.start).days + 1) // every)
    formula = _(
        "check-in periods of %(days)s whose last reading meets the target / all %(total)s"
        " = %(met)s / %(total)s = %(result)s",
        days=words.count(every, "day"),
        met=int(figures.progress_raw * total),
        total=total,
        result=words.percent(figures.progress_raw),
    )

    def period(each: _Period) -> Input:
        name = _("%(start)s to %(end)s", start=words.short_day(each.start), end=words.short_day(each.end))
        if each.reading is None:
            return Input(name, _("no reading"))
        value = words.measured(each.reading.value, kr.unit_of_measure)
        met = each.reading.value is not None and meets(kr, each.reading.value)
        said = _("%(value)s, met", value=value) if met else _("%(value)s, missed", value=value)
        return Input(name, said, each.reading.date, source=each.reading.source)

    inputs = inputs_of(_periods(view, cycle, gallery.as_of)[::-1], period)
    target = Input(_("target"), words.kind_in_words(kr))
    return formula, Some((target, *inputs.shown), inputs.more)


def _milestones(words: Words, kr: KeyResult, figures: KeyResultFigures, until: date) -> tuple[str, Some[Input]]:
    """Progress as the weight of the milestones done, of all weights."""
    _ = words.language.gettext
    done = [step.weight for step in kr.milestones if step.done is not None and step.done <= until]
    formula = _(
        "weights of the milestones done / all weights = %(done)s / %(all)s = %(result)s",
        done=words.number(sum(done, Decimal(0))),
        all=words.number(sum((step.weight for step in kr.milestones), Decimal(0))),
        result=words.percent(figures.progress_raw),
    )
    return formula, inputs_of(
        kr.milestones,
        lambda step: Input(
            step.title,
            weighed(words, step.weight, _("done") if step.done and step.done <= until else _("open")),
            step.done if step.done and step.done <= until else None,
        ),
    )


def _rollup(gallery: Gallery, kr: KeyResult, figures: KeyResultFigures) -> tuple[str, Some[Input]]:
    """Progress as the weighted mean of the objectives that support it."""
    words = gallery.words
    supporters = [each for each in gallery.portal.supporters.get(kr.id, ()) if each.rolls_up]
    terms = [(each.weight, gallery.figures.objectives[each.id].progress) for each in supporters]
    result = mean_in_words(words, terms, figures.progress_raw)
    formula = words.language.gettext("weighted mean of the objectives that support it = %(result)s", result=result)

    def supporter(each: Objective) -> Input:
        link = gallery.link_of(each.id)
        value = weighed(words, each.weight, words.percent(gallery.figures.objectives[each.id].progress))
        return Input(each.title, value, link=Link(each.title, addresses.why(link.address), link.note))

    return formula, inputs_of(supporters, supporter)


def _score(words: Words, figures: KeyResultFigures) -> Iterable[Step]:
    """What rolls up, where progress is beyond 0..1."""
    _ = words.language.gettext
    if figures.progress_raw != figures.progress:
        score = words.percent(figures.progress)
        text = _("progress, kept within 0 and %(full)s = %(score)s; this rolls up", full=words.percent(1), score=score)
        yield Step(_("Score"), text)


def _within(kr: KeyResult, as_of: date) -> date | None:
    """A day of a key result's window; its last day for any after it, None for any on which none of it has passed."""
    if as_of >= kr.due:
        return kr.due
    return as_of if as_of > kr.start else None


@lru_cache(maxsize=1024)
def _expected(words: Words, start: date, due: date, as_of: date | None) -> Step:
    """The share of the window that has passed; kept, since most key results of a cycle have the same window.

    Args:
        words: Say it.
        start: The window's first day.
        due: Its last day.
        as_of: A day `_within` it, so that this is the same on each day before it begins, and once it has passed.
    """
    _ = words.language.gettext
    whole = (due - start).days
    named: dict[str, object] = {
        "start": words.day(start),
        "due": words.day(due),
        "whole": whole,
        "expected": words.percent(0 if as_of is None else expected_progress(start, due, as_of)),
    }
    if not whole:
        text = _("everything from the one day it is due, %(due)s = %(expected)s", **named)
    elif as_of is None:
        text = _("days passed from %(start)s to %(due)s, none yet = 0 / %(whole)s = %(expected)s", **named)
    elif as_of == due:
        text = _("all days from %(start)s to %(due)s have passed, %(whole)s / %(whole)s = %(expected)s", **named)
    else:
        text = _(
            "days passed from %(start)s to %(due)s, by %(as_of)s = %(passed)s / %(whole)s = %(expected)s",
            as_of=words.day(as_of),
            passed=(as_of - start).days,
            **named,
        )
    return Step(_("Expected"), text)


def _achieved(words: Words, kr: KeyResult) -> str:
    """What makes it achieved, for one that is."""
    _ = words.language.gettext
    if kr.kind in ("at_least", "at_most", "between") and not kr.sustained:
        return _("the target is met on the due day, %(due)s; before it could still be lost", due=words.day(kr.due))
    return _("the score is %(full)s", full=words.percent(1))


def _confidence(words: Words, view: KeyResultView) -> Iterable[Step]:
    """The latest confidence and its day."""
    _ = words.language.gettext
    given = next((each for each in view.readings if each.confidence is not None), None)
    if given is not None:
        value = words.confidence(given.confidence)
        text = _("the latest one given: %(value)s of 10 on %(day)s", value=value, day=words.day(given.date))
        yield Step(_("Confidence"), text)


def _stale(gallery: Gallery, view: KeyResultView, cycle: Cycle) -> Iterable[Step]:
    """Why a check-in is overdue, where it is."""
    words, figures = gallery.words, view.figures
    if not figures.stale:
        return
    _ = words.language.gettext
    last = figures.last_check_in
    days = words.count((gallery.as_of - (last or view.kr.start)).days, "day")
    every = words.count(cycle.check_in_every, "day")
    if last:
        text = _(
            "%(days)s since the last check-in, on %(last)s; one every %(every)s is expected",
            days=days,
            last=words.day(last),
            every=every,
        )
    else:
        text = _(
            "%(days)s since it began, on %(start)s, without a check-in; one every %(every)s is expected",
            days=days,
            start=words.day(view.kr.start),
            every=every,
        )
    yield Step(_("Overdue"), text)

"""What is said the same of all goals: what is expected of them, and the status that follows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from okrsite.scoring import CycleFigures, KeyResultFigures, ObjectiveFigures, RolloutFigures, TaskFigures
from okrsite.site.views.explanations.explanation import Step
from okrsite.site.views.gallery import Gallery
from okrsite.site.words import Words

Paced = KeyResultFigures | ObjectiveFigures | CycleFigures | TaskFigures | RolloutFigures

_MOST_TERMS = 4
"""How many terms a mean shows in full; of more the words alone say it, and the inputs below it."""


def status_step(gallery: Gallery, figures: Paced, achieved: str) -> Step:
    """Why a status is what it is.

    Args:
        gallery: Has the words and the limits.
        figures: Of the goal.
        achieved: What makes it achieved, said where it is.
    """
    _, words = gallery.words.language.gettext, gallery.words
    if figures.status == "not_started":
        text = _("there is no reading, and nothing is expected yet")
    elif figures.status == "no_data":
        text = _("there is no reading, and %(expected)s is expected", expected=words.percent(figures.expected))
    elif figures.status == "achieved":
        text = achieved
    else:
        text = _(
            "%(distance)s; up to %(on_track)s behind is on track, up to %(at_risk)s at risk, more is off track",
            distance=distance(gallery, figures.progress, figures.expected),
            on_track=words.points(gallery.limits.on_track),
            at_risk=words.points(gallery.limits.at_risk),
        )
    text = _("%(status)s: %(reason)s", status=words.status(figures.status), reason=text)
    return Step(_("Status"), text)


def distance(gallery: Gallery, progress: Fraction, expected: Fraction) -> str:
    """How far progress is from what is expected: ``12.6 points behind what is expected``.

    With as many decimals as it takes to be on the right side of both limits.
    """
    _, words = gallery.words.language.gettext, gallery.words
    behind = expected - progress
    limits = (gallery.limits.on_track, gallery.limits.at_risk)
    if not behind:
        return _("exactly what is expected")
    if behind.numerator < 0:
        return _("%(points)s ahead of what is expected", points=words.points(-behind))
    return _("%(points)s behind what is expected", points=words.points(behind, limits))


def mean_in_words(words: Words, terms: Sequence[tuple[Decimal, Fraction]], result: Fraction) -> str:
    """A weighted mean with its numbers, e.g. ``(40% + 55%) / 2 = 48%``; of many terms the result alone."""
    counted = [(weight, value) for weight, value in terms if weight]
    total = words.percent(result)
    if not 1 < len(counted) <= _MOST_TERMS:
        return total
    if all(weight == 1 for weight, _ in counted):
        sum_of = " + ".join(words.percent(value) for _, value in counted)
    else:
        sum_of = " + ".join(f"{words.number(weight)} × {words.percent(value)}" for weight, value in counted)
    weights = words.number(sum((weight for weight, _ in counted), Decimal(0)))
    return f"({sum_of}) / {weights} = {total}"


def weighed(words: Words, weight: Decimal, value: str) -> str:
    """An input with its weight, where that is not the usual 1."""
    if weight == 1:
        return value
    return words.language.gettext("%(value)s, weight %(weight)s", value=value, weight=words.number(weight))

"""How a KPI's status, trend and freshness came to be."""

from __future__ import annotations

from okrsite.model import Kpi
from okrsite.site import addresses
from okrsite.site.views.explanations.explanation import Explanation, Input, Step
from okrsite.site.views.gallery import Gallery
from okrsite.site.views.goals import KpiView


def explain_kpi(gallery: Gallery, view: KpiView) -> Explanation:
    """How a KPI's figures came to be."""
    words, kpi, figures = gallery.words, view.kpi, view.figures
    _ = words.language.gettext
    known = [each for each in kpi.measurements if each.date <= gallery.as_of]
    names = (_("latest measurement"), _("the one before"))
    inputs = [
        Input(name, words.measured(each.value, kpi.unit_of_measure), each.date, None, each.source)
        for name, each in zip(names, reversed(known), strict=False)
    ]
    inputs.append(Input(_("target"), view.aims))
    if amber := _amber(gallery, kpi):
        inputs.append(Input(_("limit of amber"), amber))
    value = words.measured(figures.current, kpi.unit_of_measure)
    formula = {
        "green": _("green: %(value)s meets the target, %(target)s", value=value, target=view.aims),
        "amber": _(
            "amber: %(value)s misses the target, %(target)s, and meets the limit of amber, %(amber)s",
            value=value,
            target=view.aims,
            amber=amber,
        ),
        "red": _(
            "red: %(value)s misses the target, %(target)s, and the limit of amber, %(amber)s",
            value=value,
            target=view.aims,
            amber=amber,
        )
        if amber
        else _(
            "red: %(value)s misses the target, %(target)s, and there is no limit of amber",
            value=value,
            target=view.aims,
        ),
        "no_data": _("no data: there is no measurement yet"),
    }[figures.status]
    return Explanation(
        formula=formula,
        inputs=tuple(inputs),
        source=kpi.source,
        steps=(*_trend(gallery, view), *_fresh(gallery, view)),
        anchor=addresses.why_anchor(),
    )


def _amber(gallery: Gallery, kpi: Kpi) -> str:
    """The limit of amber in words; empty where there is none."""
    words = gallery.words
    if kpi.amber_band:
        return words.between(*kpi.amber_band, kpi.unit_of_measure)
    if kpi.amber is None:
        return ""
    limit = words.measured(kpi.amber, kpi.unit_of_measure)
    _ = words.language.gettext
    return _("at least %(target)s", target=limit) if kpi.direction == "up" else _("at most %(target)s", target=limit)


def _trend(gallery: Gallery, view: KpiView) -> tuple[Step, ...]:
    """The latest measurement against the one before."""
    figures = view.figures
    if figures.trend is None:
        return ()
    words, unit = gallery.words, view.kpi.unit_of_measure
    _ = words.language.gettext
    trend, before, now = (
        words.word(figures.trend),
        words.measured(figures.previous, unit),
        words.measured(figures.current, unit),
    )
    if view.kpi.direction == "band":
        text = _(
            "%(trend)s: from %(before)s to %(now)s, by the distance to the band", trend=trend, before=before, now=now
        )
    elif view.kpi.direction == "up":
        text = _("%(trend)s: from %(before)s to %(now)s, and more is better", trend=trend, before=before, now=now)
    else:
        text = _("%(trend)s: from %(before)s to %(now)s, and less is better", trend=trend, before=before, now=now)
    return (Step(_("Trend"), text),)


def _fresh(gallery: Gallery, view: KpiView) -> tuple[Step, ...]:
    """When the next measurement is due, or since when it is overdue."""
    figures, words = view.figures, gallery.words
    if figures.measured_on is None:
        return ()
    _ = words.language.gettext
    every, due = words.word(view.kpi.cadence), words.day(figures.next_due)
    if figures.stale:
        return (Step(_("Overdue"), _("measured %(cadence)s, so due by %(day)s", cadence=every, day=due)),)
    return (Step(_("Next"), _("measured %(cadence)s, so due by %(day)s", cadence=every, day=due)),)

"""How the figures of units, levels and the portal came to be: from objectives, and from units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from okrsite.model import Unit
from okrsite.scoring import CycleFigures
from okrsite.site import addresses
from okrsite.site.views.explanations.explanation import Explanation, Input, Step, inputs_of
from okrsite.site.views.explanations.pace import mean_in_words, status_step, weighed
from okrsite.site.views.gallery import Gallery
from okrsite.site.views.goals import Link, ObjectiveView
from okrsite.site.words import Words


def explain_unit(gallery: Gallery, unit_id: str, cycle_id: str) -> Explanation | None:
    """How a unit's figures in a cycle came to be; None where it has none."""
    return gallery.kept(_of_unit, unit_id, cycle_id)


def _of_unit(gallery: Gallery, unit_id: str, cycle_id: str) -> Explanation | None:
    view = gallery.unit(unit_id, cycle_id)
    if view.figures is None:
        return None
    words, figures = gallery.words, view.figures
    _ = words.language.gettext
    counting = [each for each in view.objectives if each.objective.rolls_up]
    terms = [(each.objective.weight, each.figures.progress) for each in counting]
    expected = [(each.objective.weight, each.figures.expected) for each in counting]
    inputs = inputs_of(counting, lambda each: _objective(words, each))
    result = mean_in_words(words, terms, figures.progress)
    pace = mean_in_words(words, expected, figures.expected)
    steps = [
        Step(_("Expected"), _("weighted mean of what is expected of its objectives = %(result)s", result=pace)),
        status_step(gallery, figures, _("every objective that has a weight is achieved")),
    ]
    if figures.confidence is not None:
        given = sum(each.figures.confidence is not None for each in counting)
        value = words.confidence(figures.confidence)
        text = _("mean of the objectives that have one (%(n)s) = %(value)s", n=given, value=value)
        steps.append(Step(_("Confidence"), text))
    if figures.alignment is not None:
        text = _(
            "objectives that support something above / all that count = %(part)s / %(whole)s = %(result)s",
            part=sum(bool(each.objective.supports) for each in counting),
            whole=len(counting),
            result=words.percent(figures.alignment),
        )
        steps.append(Step(_("Aligned"), text))
    return Explanation(
        formula=_("weighted mean of its active and closed objectives = %(result)s", result=result),
        inputs=inputs.shown,
        source=view.unit.source,
        steps=tuple(steps),
        more=inputs.more,
        rest=Link(_("all of them"), f"{view.address}{cycle_id}/") if inputs.more else None,
        anchor=addresses.why_anchor(cycle_id),
    )


def explain_level(gallery: Gallery, level: str, cycle_id: str) -> Explanation | None:
    """How a level's figures in a cycle came to be; None where it has none."""
    figures = gallery.figures.levels[level].get(cycle_id)
    rest = Link(gallery.words.language.gettext("all of them"), addresses.level(level))
    return _plain_mean(gallery, gallery.portal.units_by_level[level], cycle_id, figures, rest) if figures else None


def explain_portal(gallery: Gallery, cycle_id: str) -> Explanation | None:
    """How the portal's figures in a cycle came to be; None where it has none."""
    figures = gallery.figures.portal.get(cycle_id)
    rest = Link(gallery.words.language.gettext("the cycle"), addresses.cycle(cycle_id))
    return _plain_mean(gallery, gallery.portal.top_units, cycle_id, figures, rest) if figures else None


def _plain_mean(
    gallery: Gallery, units: Sequence[Unit], cycle_id: str, figures: CycleFigures, rest: Link
) -> Explanation:
    """How figures came to be that are the plain mean of units, each counting the same."""
    words = gallery.words
    _ = words.language.gettext
    of_units = gallery.figures.units
    counting = [unit for unit in units if cycle_id in of_units[unit.id]]
    parts = [of_units[unit.id][cycle_id] for unit in counting]
    progress = mean_in_words(words, [(Decimal(1), part.progress) for part in parts], figures.progress)
    pace = mean_in_words(words, [(Decimal(1), part.expected) for part in parts], figures.expected)
    inputs = inputs_of(counting, lambda unit: _unit(gallery, unit, cycle_id))
    steps = [
        Step(_("Expected"), _("plain mean of what is expected of them = %(result)s", result=pace)),
        status_step(gallery, figures, _("every unit is achieved")),
    ]
    if figures.confidence is not None:
        given = sum(part.confidence is not None for part in parts)
        value = words.confidence(figures.confidence)
        text = _("mean of the units that have one (%(n)s) = %(value)s", n=given, value=value)
        steps.append(Step(_("Confidence"), text))
    formula = _(
        "plain mean of the units with goals in the cycle (%(n)s) = %(result)s", n=len(counting), result=progress
    )
    return Explanation(formula, inputs.shown, None, tuple(steps), inputs.more, rest if inputs.more else None)


def _objective(words: Words, view: ObjectiveView) -> Input:
    value = weighed(words, view.objective.weight, words.percent(view.figures.progress))
    return Input(view.objective.title, value, _latest(view), Link(view.objective.title, view.why))


def _latest(view: ObjectiveView) -> date | None:
    """The day of the latest reading behind an objective; None where there is none."""
    days = (kr.figures.last_check_in for kr in view.key_results)
    return max((day for day in days if day is not None), default=None)


def _unit(gallery: Gallery, unit: Unit, cycle_id: str) -> Input:
    value = gallery.words.percent(gallery.figures.units[unit.id][cycle_id].progress)
    address = addresses.why(f"{addresses.goal(unit.id)}{cycle_id}/", cycle_id)
    latest = gallery.unit_row(unit.id, cycle_id).latest
    return Input(unit.name, value, latest, Link(unit.name, address), unit.source)

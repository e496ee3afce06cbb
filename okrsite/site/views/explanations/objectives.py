"""How an objective's figures came to be: from its key results."""

from __future__ import annotations

from collections.abc import Iterable

from okrsite.model import Objective
from okrsite.scoring import ObjectiveFigures
from okrsite.site import addresses
from okrsite.site.views.explanations.explanation import Explanation, Input, Step, inputs_of
from okrsite.site.views.explanations.pace import mean_in_words, status_step, weighed
from okrsite.site.views.gallery import Gallery
from okrsite.site.views.goals import KeyResultView, Link, ObjectiveView
from okrsite.site.words import Words


def explain_objective(gallery: Gallery, view: ObjectiveView) -> Explanation:
    """How an objective's figures came to be."""
    words, figures = gallery.words, view.figures
    _ = words.language.gettext
    terms = [(kr.kr.weight, kr.figures.progress) for kr in view.key_results]
    result = mean_in_words(words, terms, figures.progress)
    inputs = inputs_of(view.key_results, lambda kr: _key_result(words, kr))
    expected = mean_in_words(words, [(kr.kr.weight, kr.figures.expected) for kr in view.key_results], figures.expected)
    steps = (
        Step(_("Expected"), _("weighted mean of what is expected of its key results = %(result)s", result=expected)),
        status_step(gallery, figures, _("every key result that has a weight is achieved")),
        *_confidence(words, view),
        *_grade(words, view.objective, figures),
        *_stale(words, view),
    )
    return Explanation(
        formula=_("weighted mean of its key results' scores = %(result)s", result=result),
        inputs=inputs.shown,
        source=view.objective.source,
        steps=steps,
        more=inputs.more,
        rest=Link(_("all of them"), view.address) if inputs.more else None,
        anchor=addresses.why_anchor(),
    )


def _key_result(words: Words, view: KeyResultView) -> Input:
    value = weighed(words, view.kr.weight, words.percent(view.figures.progress))
    return Input(view.kr.title, value, view.figures.last_check_in, Link(view.kr.title, view.why))


def _confidence(words: Words, view: ObjectiveView) -> Iterable[Step]:
    """The mean of the latest ones."""
    _, given = words.language.gettext, [kr.figures.confidence for kr in view.key_results]
    said = [words.confidence(value) for value in given if value is not None]
    if said:
        value = words.confidence(view.figures.confidence)
        if len(said) == 1:
            text = _("the one that was given: %(value)s of 10", value=value)
        else:
            text = _("mean of the latest of each key result, %(all)s = %(value)s", all=", ".join(said), value=value)
        yield Step(_("Confidence"), text)


def _grade(words: Words, objective: Objective, figures: ObjectiveFigures) -> Iterable[Step]:
    """The computed grade, and the owner's own."""
    if figures.grade is None:
        return
    _ = words.language.gettext
    limits = (
        _(
            "a committed objective is green only at %(full)s, yellow from %(yellow)s",
            full=words.percent(1),
            yellow="0.7",
        )
        if objective.type == "committed"
        else _("an aspirational objective is green from %(green)s, yellow from %(yellow)s", green="0.7", yellow="0.4")
    )
    score = words.percent(figures.progress)
    text = _("%(score)s is %(grade)s: %(limits)s", score=score, grade=words.status(figures.grade), limits=limits)
    yield Step(_("Grade"), text)
    if figures.owner_grade is not None:
        own, grade = words.number(objective.score), words.status(figures.owner_grade)
        text = _("%(score)s is %(grade)s, by the same limits", score=own, grade=grade)
        yield Step(_("The owner's own"), text)


def _stale(words: Words, view: ObjectiveView) -> Iterable[Step]:
    """Which key results have no fresh check-in."""
    stale = sum(kr.figures.stale for kr in view.key_results)
    if stale:
        text = words.language.ngettext(
            "%(num)s of its key results waits for a check-in", "%(num)s of its key results wait for a check-in", stale
        )
        yield Step(words.language.gettext("Overdue"), text)

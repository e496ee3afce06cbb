"""How the figures of a rollout plan and its tasks came to be."""

from __future__ import annotations

from decimal import Decimal

from okrsite.model import Rollout
from okrsite.scoring import RolloutFigures, TaskFigures
from okrsite.site import addresses
from okrsite.site.views.explanations.explanation import Explanation, Input, Step, inputs_of
from okrsite.site.views.explanations.pace import mean_in_words, status_step, weighed
from okrsite.site.views.gallery import Gallery
from okrsite.site.views.goals import Link


def explain_rollout(gallery: Gallery, figures: RolloutFigures) -> Explanation:
    """How a plan's figures came to be: from its tasks, weighted by their weeks."""
    words, plan = gallery.words, figures.rollout
    _ = words.language.gettext
    places = list(enumerate(figures.tasks, 1))
    weeks = [Decimal(each.task.weeks) for each in figures.tasks]
    progress = mean_in_words(
        words, list(zip(weeks, (t.progress for t in figures.tasks), strict=True)), figures.progress
    )
    expected = mean_in_words(
        words, list(zip(weeks, (t.expected for t in figures.tasks), strict=True)), figures.expected
    )

    def task(place: tuple[int, TaskFigures]) -> Input:
        number, each = place
        value = weighed(words, Decimal(each.task.weeks), words.percent(each.progress))
        address = f"rollout/#{addresses.rollout_task(plan.id, number)}"
        return Input(each.task.title, value, link=Link(each.task.title, address))

    inputs = inputs_of(places, task)
    return Explanation(
        formula=_("mean of its tasks, each weighted by its weeks = %(result)s", result=progress),
        inputs=inputs.shown,
        source=plan.source,
        steps=(
            Step(
                _("Expected"),
                _("mean of what is expected of its tasks, weighted by weeks = %(result)s", result=expected),
            ),
            status_step(gallery, figures, _("every task is done")),
        ),
        more=inputs.more,
        anchor=addresses.why_anchor(addresses.rollout_plan(plan.id)),
    )


def explain_task(gallery: Gallery, plan: Rollout, figures: TaskFigures, number: int) -> Explanation:
    """How a task's figures came to be.

    Args:
        gallery: The portal.
        plan: The task's.
        figures: The task's.
        number: The task's place in the plan, counted from 1.
    """
    words, task, as_of = gallery.words, figures.task, gallery.as_of
    _ = words.language.gettext
    formula, inputs = _progress(gallery, figures)
    passed = min(max((as_of - task.start).days + 1, 0), task.days)
    expected = _(
        "days from %(start)s to %(end)s that have come by %(as_of)s = %(passed)s / %(whole)s = %(expected)s",
        start=words.day(task.start),
        end=words.day(task.end),
        as_of=words.day(as_of),
        passed=passed,
        whole=task.days,
        expected=words.percent(figures.expected),
    )
    return Explanation(
        formula=formula,
        inputs=inputs,
        source=task.source,
        steps=(Step(_("Expected"), expected), status_step(gallery, figures, _("it is done"))),
        anchor=addresses.why_anchor(addresses.rollout_task(plan.id, number)),
    )


def _progress(gallery: Gallery, figures: TaskFigures) -> tuple[str, tuple[Input, ...]]:
    """A task's progress: its owner's word, or what its evidence measures."""
    words, task = gallery.words, figures.task
    _ = words.language.gettext
    result = words.percent(figures.progress)
    if task.done is True:
        return _("it is said to be done: %(result)s", result=result), ()
    if task.done is not None and task.done <= gallery.as_of:
        said = Input(_("done on"), words.day(task.done))
        return _("it is said to be done: %(result)s", result=result), (said,)
    if task.progress is not None:
        return _("as its owner says: %(result)s", result=result), ()
    evidence = task.evidence
    if evidence is None:
        return _("it is not said to be done, and nothing measures it: %(result)s", result=result), ()
    if evidence.kpi is not None:
        kpi = gallery.portal.kpis[evidence.kpi]
        unit, latest = kpi.unit_of_measure, gallery.kpis[kpi.id]
        measured = Input(
            kpi.name,
            words.measured(figures.measured, unit),
            latest.figures.measured_on,
            Link(kpi.name, latest.why),
        )
        wanted = Input(_("wanted"), _("at least %(target)s", target=words.measured(evidence.at_least, unit)))
        return _("what is measured / what is wanted = %(result)s", result=result), (measured, wanted)
    adoption = figures.adoption
    met = len(adoption.met) if adoption else 0
    whole = met + len(adoption.missing) if adoption else 0
    names = {
        "units_with_objectives": _("units that have objectives"),
        "units_with_kpis": _("units that have KPIs"),
        "units_checking_in": _("units that are checking in"),
        "objectives_aligned": _("objectives that support something above them"),
    }
    value = _("%(part)s of %(whole)s", part=met, whole=whole)
    measured = Input(names[evidence.measure], value)
    wanted = Input(_("wanted"), _("at least %(target)s", target=words.percent(evidence.at_least)))
    return _("what is measured / what is wanted = %(result)s", result=result), (measured, wanted)

"""Key results and objectives on a day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from fractions import Fraction

from okrsite.model import Cycle, KeyResult, Objective
from okrsite.scoring.figures import KeyResultFigures, ObjectiveFigures
from okrsite.scoring.kinds import KINDS
from okrsite.scoring.means import ONE, clamp, exact, mean_of_given, weighted_mean
from okrsite.scoring.readings import Known
from okrsite.scoring.status import expected_progress, grade_of, status_of
from okrsite.settings import StatusLimits

_NOTABLE = Fraction(1, 10)  # how far an owner's score may be from the computed one without a word


def key_result_figures(kr: KeyResult, known: Known, as_of: date, limits: StatusLimits) -> KeyResultFigures:
    """A key result on a day, from what is known of it then."""
    formula = KINDS[kr.kind]
    raw = formula.progress(kr, known)
    progress = clamp(raw)
    expected = expected_progress(kr.start, kr.due, as_of)
    reached = progress == ONE
    certain = kr.sustained or not formula.can_be_lost or as_of >= kr.due
    can_be_stale = formula.can_be_stale and not reached and kr.start <= as_of <= kr.due
    has_reading = known.has_reading
    return KeyResultFigures(
        current=known.current,
        progress_raw=raw,
        progress=progress,
        expected=expected,
        status=status_of(progress, expected, limits, has_reading=has_reading, achieved=reached and certain),
        stale=can_be_stale and (as_of - (known.last_check_in or kr.start)).days > known.check_in_every,
        confidence=known.confidence,
        last_check_in=known.last_check_in,
        has_reading=has_reading,
        previous=known.previous,
    )


def objective_figures(
    objective: Objective,
    key_results: Sequence[KeyResultFigures],
    cycle: Cycle,
    supported: Collection[str],
    as_of: date,
    limits: StatusLimits,
) -> ObjectiveFigures:
    """An objective on a day.

    Args:
        objective: The objective.
        key_results: The figures of its key results, in their order.
        cycle: Its cycle.
        supported: The ids of everything that an objective that rolls up supports.
        as_of: The day.
        limits: How far behind is on track, and at risk.
    """
    weights = [kr.weight for kr in objective.key_results]
    progress = weighted_mean(zip(weights, (kr.progress for kr in key_results), strict=True))
    expected = weighted_mean(zip(weights, (kr.expected for kr in key_results), strict=True))
    has_reading = any(kr.has_reading for kr in key_results)
    achieved = all(kr.status == "achieved" for weight, kr in zip(weights, key_results, strict=True) if weight)
    graded = objective.rolls_up and (as_of >= cycle.end or objective.state == "closed")
    own = exact(objective.score) if graded and objective.score is not None else None
    return ObjectiveFigures(
        progress=progress,
        expected=expected,
        status=status_of(progress, expected, limits, has_reading=has_reading, achieved=achieved),
        grade=grade_of(progress, objective.type) if graded else None,
        owner_grade=None if own is None else grade_of(own, objective.type),
        grades_differ=own is not None and abs(own - progress) > _NOTABLE,
        confidence=mean_of_given(kr.confidence for kr in key_results),
        stale=any(kr.stale for kr in key_results),
        covered=objective.id in supported or any(kr.id in supported for kr in objective.key_results),
        has_reading=has_reading,
    )

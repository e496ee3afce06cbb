"""What a cycle came to: how it was graded and by whom, what was learned, and what went on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from okrsite.scoring import Grade
from okrsite.site.views.goals import ObjectiveView
from okrsite.site.views.some import Some, first

GRADES: tuple[Grade, ...] = ("green", "yellow", "red")
"""In the order of columns."""

MOST_LESSONS = 20
MOST_CARRIED = 60


@dataclass(frozen=True, slots=True)
class Graded:
    """Objectives as they were graded.

    Attributes:
        who: ``computed``, or ``owner`` for the owners' own grades; of some objectives their type.
        grades: How many have each of `GRADES`.
        mean: Of their scores, 0..1.
    """

    who: str
    grades: tuple[int, ...]
    mean: Fraction

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.grades)


@dataclass(frozen=True, slots=True)
class Retrospective:
    """A look back on a cycle.

    Attributes:
        graded: Rows to compare: all as computed, the owners' own, promises and stretch goals.
        missed: Objectives with a closing note that were not graded green, the lowest score first.
        reached: Those that were, the highest first, and those that have no grade yet.
        carried: Objectives that later ones carry on, the lowest score first.
        ended: Those that were not finished and that nothing carries on, likewise; only of a cycle that is over.
    """

    graded: tuple[Graded, ...]
    missed: Some[ObjectiveView]
    reached: Some[ObjectiveView]
    carried: Some[ObjectiveView]
    ended: Some[ObjectiveView]


def retrospective(views: Sequence[ObjectiveView], *, over: bool) -> Retrospective:
    """Look back on a cycle.

    Args:
        views: All its objectives.
        over: Whether its last day has passed.
    """
    counting = sorted(
        (view for view in views if view.objective.rolls_up), key=lambda view: (view.figures.progress, view.objective.id)
    )
    told = [view for view in counting if view.objective.closing_note]
    missed = [view for view in told if view.figures.grade in ("yellow", "red")]
    reached = [view for view in reversed(told) if view.figures.grade not in ("yellow", "red")]
    carried = sorted((view for view in views if view.continued_by), key=lambda view: view.figures.progress)
    ended = [view for view in counting if over and not view.continued_by and view.figures.progress < 1]
    return Retrospective(
        graded=_graded(counting),
        missed=first(missed, MOST_LESSONS),
        reached=first(reached, MOST_LESSONS),
        carried=first(carried, MOST_CARRIED),
        ended=first(ended, MOST_CARRIED),
    )


def _graded(views: Iterable[ObjectiveView]) -> tuple[Graded, ...]:
    """Grades side by side; a row that nothing is in is left out, and so is one that would only repeat the first."""
    graded = [view for view in views if view.figures.grade]
    if not graded:
        return ()
    own = [view for view in graded if view.figures.owner_grade and view.objective.score is not None]
    rows = [Graded("computed", *_tally([(view.figures.grade, view.figures.progress) for view in graded]))]
    if own:
        scores = [(view.figures.owner_grade, Fraction(view.objective.score or 0)) for view in own]
        rows.append(Graded("owner", *_tally(scores)))
    for type in ("committed", "aspirational"):
        of_type = [(view.figures.grade, view.figures.progress) for view in graded if view.objective.type == type]
        if 0 < len(of_type) < len(graded):
            rows.append(Graded(type, *_tally(of_type)))
    return tuple(rows)


def _tally(scores: Sequence[tuple[Grade | None, Fraction]]) -> tuple[tuple[int, ...], Fraction]:
    """How many have each grade, and the mean of the scores."""
    grades = [grade for grade, _ in scores]
    total = sum((score for _, score in scores), Fraction(0))
    return tuple(grades.count(grade) for grade in GRADES), total / len(scores)

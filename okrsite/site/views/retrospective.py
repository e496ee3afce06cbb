"""What a cycle came to: how it was graded and by whom, what was learned, and what went on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from okrsite.frozen import frozen
from okrsite.scoring import Grade
from okrsite.site.views.gallery import Gallery
from okrsite.site.views.goals import ObjectiveView
from okrsite.site.views.kept_rows import GRADES
from okrsite.site.views.some import Some, first
from okrsite.site.views.standing import Standing

MOST_LESSONS = 20
MOST_CARRIED = 60


@frozen
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


@frozen
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


def retrospective(gallery: Gallery, every: Sequence[Standing], *, over: bool) -> Retrospective:
    """Look back on a cycle.

    Args:
        gallery: Shows the objectives that are named.
        every: All objectives of the cycle.
        over: Whether its last day has passed.
    """
    later = gallery.portal.continuing_ids
    counting = [each for each in every if each.rolls_up]
    told = _by_score(each for each in counting if each.is_told)
    missed = [each for each in told if each.grade in ("yellow", "red")]
    reached = [each for each in reversed(told) if each.grade not in ("yellow", "red")]
    carried = sorted((each for each in every if each.id in later), key=lambda each: each.progress)
    ended = _by_score(each for each in counting if over and each.id not in later and each.progress < 1)

    def shown(some: Sequence[Standing], most: int) -> Some[ObjectiveView]:
        return first(some, most).each(lambda each: gallery.objectives[each.id])

    return Retrospective(
        graded=_graded(counting),
        missed=shown(missed, MOST_LESSONS),
        reached=shown(reached, MOST_LESSONS),
        carried=shown(carried, MOST_CARRIED),
        ended=shown(ended, MOST_CARRIED),
    )


def _by_score(standings: Iterable[Standing]) -> list[Standing]:
    """The lowest first."""
    return sorted(standings, key=lambda each: (each.progress, each.id))


def _graded(standings: Iterable[Standing]) -> tuple[Graded, ...]:
    """Grades side by side; a row that nothing is in is left out, and so is one that would only repeat the first."""
    graded = [each for each in standings if each.grade]
    if not graded:
        return ()
    own = [(each.owner_grade, Fraction(each.score)) for each in graded if each.owner_grade and each.score is not None]
    rows = [Graded("computed", *_tally([(each.grade, each.progress) for each in graded]))]
    if own:
        rows.append(Graded("owner", *_tally(own)))
    for type in ("committed", "aspirational"):
        of_type = [(each.grade, each.progress) for each in graded if each.type == type]
        if 0 < len(of_type) < len(graded):
            rows.append(Graded(type, *_tally(of_type)))
    return tuple(rows)


def _tally(scores: Sequence[tuple[Grade | None, Fraction]]) -> tuple[tuple[int, ...], Fraction]:
    """How many have each grade, and the mean of the scores."""
    grades = [grade for grade, _ in scores]
    total = sum((score for _, score in scores), Fraction(0))
    return tuple(grades.count(grade) for grade in GRADES), total / len(scores)

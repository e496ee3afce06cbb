"""What objectives give to the roll-ups that they support, over time: kept, so that what is below is not looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from okrsite.scoring import Contribution, Steps
from okrsite.site.views.kept_steps import Plain, as_plain, as_steps

if TYPE_CHECKING:
    from okrsite.site.views.gallery import Gallery


def given_steps(part: Callable[..., Any]) -> Callable[[str], tuple[Decimal, Steps]]:
    """Gives the weight and the steps of an objective by its id.

    Args:
        part: Of the gallery that shows them.
    """

    def given(id: str) -> tuple[Decimal, Steps]:
        weight, steps = part(_steps_of, id)
        return Decimal(weight), as_steps(steps)

    return given


def given_on(part: Callable[..., Any], day: date) -> Callable[[str], Contribution]:
    """Gives what an objective gave as it was known on a day, by its id.

    Args:
        part: Of the gallery that asks.
        day: The day.
    """

    def given(id: str) -> Contribution:
        weight, progress, has_reading = part(_known_on, id, f"{day}")
        return Contribution(Decimal(weight), Fraction(*progress), has_reading)

    return given


def _steps_of(gallery: Gallery, id: str) -> tuple[str, Plain]:
    return str(gallery.portal.objectives[id].weight), as_plain(gallery.trends.objective_steps(id))


def _known_on(gallery: Gallery, id: str, day: str) -> tuple[str, tuple[int, int], bool]:
    figures = gallery.goals_on(date.fromisoformat(day)).objectives[id]
    return str(gallery.portal.objectives[id].weight), figures.progress.as_integer_ratio(), figures.has_reading

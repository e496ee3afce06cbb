"""The way of units over a cycle, kept between builds: who draws what sums them up need not look at their goals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from okrsite.scoring import Steps

if TYPE_CHECKING:
    from okrsite.site.views.gallery import Gallery

Plain = tuple[tuple[int, float], ...]
"""Steps with the numbers of their days."""


def kept_steps(part: Callable[..., Any]) -> Callable[[str, str], Steps | None]:
    """Gives the steps of a unit in a cycle, those of the last build as far as they still hold.

    Args:
        part: Of the gallery that shows them.
    """

    def steps_of(unit_id: str, cycle_id: str) -> Steps | None:
        plain: Plain | None = part(steps_in_cycle, unit_id, cycle_id)
        return None if plain is None else as_steps(plain)

    return steps_of


def as_plain(steps: Steps) -> Plain:
    """Steps as a part may hold them."""
    return tuple([(day.toordinal(), value) for day, value in steps])


def as_steps(plain: Plain) -> Steps:
    """The steps that a part holds."""
    return tuple([(date.fromordinal(day), value) for day, value in plain])


def steps_in_cycle(gallery: Gallery, unit_id: str, cycle_id: str) -> Plain | None:
    """The steps of a unit in a cycle, as a part may hold them; None where nothing counts."""
    steps = gallery.trends.unit_steps(unit_id, cycle_id)
    return None if steps is None else as_plain(steps)

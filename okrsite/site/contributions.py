"""What objectives give to the roll-ups that they support, kept as parts: a roll-up is scored by these alone."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from okrsite.model import Portal
from okrsite.scoring import Contribution, Figures, is_shallow
from okrsite.site.parts import MADE_NOW, Parts

_Plain = tuple[str, tuple[int, int], bool]

_LONGEST = 20
"""How long chains of goals may be whose parts are made, and compared, each within another."""


class Scored(Protocol):
    """Goals with figures of which none is kept."""

    @property
    def portal(self) -> Portal:
        """The goals."""

    @property
    def computed(self) -> Figures:
        """Their figures."""


def keeps_rollups(portal: Portal, parts: Parts) -> bool:
    """Whether what objectives give is kept: not where nothing is, or where chains are longer than any sane one."""
    return parts is not MADE_NOW and is_shallow(portal, _LONGEST)


def kept_contributions(
    portal: Portal, scored: Callable[[], Scored], parts: Parts
) -> Callable[[str], Contribution] | None:
    """Who knows what an objective gives, by its id; None where nothing is kept, or chains are longer than any sane one.

    Args:
        portal: Whose objectives they are.
        scored: Gives the goals with the figures that are made with what this gives.
        parts: Has or makes what is kept.
    """
    if not keeps_rollups(portal, parts):
        return None

    def contribution(id: str) -> Contribution:
        weight, progress, has_reading = parts.of(contributed, scored(), id)
        return Contribution(Decimal(weight), Fraction(*progress), has_reading)

    return contribution


def contributed(scored: Scored, id: str) -> _Plain:
    """What an objective gives, as texts and numbers."""
    figures = scored.computed.objectives[id]
    return str(scored.portal.objectives[id].weight), figures.progress.as_integer_ratio(), figures.has_reading

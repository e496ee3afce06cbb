"""Figures of units and of what sums them up, kept between builds: who shows them need not score their goals again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import astuple, replace
from fractions import Fraction
from typing import Any

from okrsite.model import Portal
from okrsite.reads import Deferred, OnDemand
from okrsite.scoring import CycleFigures, Figures, UnitAdoption, plain_means, rollout_figures
from okrsite.settings import StatusLimits
from okrsite.site.views import Gallery

Plain = tuple[Any, ...]
"""Figures as texts and numbers."""


def kept_figures(computed: Figures, portal: Portal, limits: StatusLimits, gallery: Callable[[], Gallery]) -> Figures:
    """Figures of which those of units, levels and the portal are taken from the last build, as far as they still hold.

    Args:
        computed: As scoring computes them.
        portal: Whose they are.
        limits: Those that they are computed with.
        gallery: Gives the one that shows them, which has the parts.
    """

    def part(make: Callable[..., Plain], *ids: str) -> Plain:
        return gallery().part(make, *ids)

    def unit(id: str) -> Mapping[str, CycleFigures]:
        return OnDemand(part(_cycles_of_unit, id), lambda cycle: _figures(part(_unit_in_cycle, id, cycle)))

    def means(*level: str) -> Mapping[str, CycleFigures]:
        return OnDemand(part(_cycles_of, *level), lambda cycle: _figures(part(_means_in_cycle, cycle, *level)))

    adoption = OnDemand(portal.units, lambda unit: UnitAdoption(*part(adoption_of, unit)))
    return replace(
        computed,
        units=OnDemand(portal.units, unit),
        levels=OnDemand(portal.levels, means),
        portal=Deferred(means),
        adoption=adoption,
        rollouts=rollout_figures(portal, adoption, computed.kpis, computed.as_of, limits),
    )


def _cycles_of_unit(gallery: Gallery, id: str) -> Plain:
    return tuple(gallery.computed.units[id])


def _unit_in_cycle(gallery: Gallery, id: str, cycle: str) -> Plain:
    return _plain(gallery.computed.units[id][cycle])


def adoption_of(gallery: Gallery, id: str) -> Plain:
    """Where a unit stands with the introduction, as a part may hold it."""
    return astuple(gallery.computed.adoption[id])


def _cycles_of(gallery: Gallery, *level: str) -> Plain:
    return tuple(gallery.kept(_means, *level))


def _means_in_cycle(gallery: Gallery, cycle: str, *level: str) -> Plain:
    return _plain(gallery.kept(_means, *level)[cycle])


def _means(gallery: Gallery, *level: str) -> Mapping[str, CycleFigures]:
    """The means over the units of a level; without one, over those at the top, which are the portal's."""
    units = gallery.portal.units_by_level[level[0]] if level else gallery.portal.top_units
    return plain_means(gallery.portal, units, gallery.figures.units, gallery.limits)


def _plain(figures: CycleFigures) -> Plain:
    shares = (figures.progress, figures.expected, figures.confidence, figures.alignment)
    return figures.status, *(None if share is None else share.as_integer_ratio() for share in shares)


def _figures(plain: Plain) -> CycleFigures:
    status, progress, expected, *rest = plain
    confidence, alignment = (None if each is None else Fraction(*each) for each in rest)
    return CycleFigures(Fraction(*progress), Fraction(*expected), status, confidence, alignment)

"""Which pages there are: one file a kind of page, each with its record and how it is made.

A new kind of page is a file here with a function ``plans``, its name in `KINDS`, and a template in the theme.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from typing import Protocol

from okrsite.site.pages import (
    alignment,
    catalogue,
    changes,
    check_ins,
    cycles,
    home,
    impact,
    kpis,
    levels,
    objectives,
    owners,
    present,
    quality,
    rollout,
    search,
    units,
    versions,
)
from okrsite.site.pages.page import Material, Page, PagePlan

KINDS = (
    home,
    levels,
    units,
    objectives,
    catalogue,
    kpis,
    cycles,
    alignment,
    check_ins,
    changes,
    rollout,
    impact,
    owners,
    quality,
    present,
    versions,
    search,
)


class Kind(Protocol):
    """A kind of page: one of the files here."""

    def plans(self, material: Material) -> Iterator[PagePlan]:
        """The pages of the kind."""


def plans(material: Material) -> Iterator[PagePlan]:
    """Every page of a portal, none of them made yet."""
    for kind in KINDS:
        yield from kind.plans(material)


def goal_plan(material: Material, address: str) -> PagePlan | None:
    """The page of a unit, an objective or a KPI, found without going through those of thousands; None for others."""
    portal, id = material.gallery.portal, address.removesuffix("/")
    tables: tuple[tuple[Container[str], Callable[[str], PagePlan]], ...] = (
        (portal.units, units.plan),
        (portal.objectives, objectives.plan),
        (portal.kpis, kpis.plan),
    )
    found = next((plan(id) for goals, plan in tables if id in goals), None)
    return found if found is not None and found.address == address else None


def pages(material: Material, *kinds: Kind) -> Iterator[Page]:
    """Every page of a portal, or of some kinds, made one by one."""
    for kind in kinds or KINDS:
        for plan in kind.plans(material):
            yield plan.page(material)

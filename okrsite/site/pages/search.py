"""Search: where is it? Without a script, what there is, to be looked through."""

from __future__ import annotations

from collections.abc import Iterator

from okrsite.frozen import frozen
from okrsite.site import addresses
from okrsite.site.pages.page import Material, Page, PagePlan
from okrsite.site.views import Link, Some, first

MOST_BROWSED = 300
"""How many units and owners the page names; the pages of their levels and of all owners have the rest."""


@frozen
class SearchPage:
    """The page of the search.

    Attributes:
        levels: Top first.
        cycles: The latest first.
    """

    levels: tuple[Link, ...]
    cycles: tuple[Link, ...]
    units: Some[Link]
    owners: Some[Link]


def plans(material: Material) -> Iterator[PagePlan]:
    """The one page."""
    del material
    yield PagePlan("search/", _page)


def _page(material: Material) -> Page:
    gallery = material.gallery
    _ = gallery.words.language.gettext
    portal = gallery.portal
    owners = [Link(name, addresses.owner(name)) for name in gallery.owner_names.values()]
    record = SearchPage(
        levels=tuple(Link(gallery.words.level(id), addresses.level(id)) for id in portal.levels),
        cycles=tuple(Link(portal.cycles[id].name, addresses.cycle(id)) for id in list(portal.cycles)[::-1]),
        units=first(tuple(portal.units.values()), MOST_BROWSED).each(lambda unit: gallery.unit_link(unit.id)),
        owners=first(owners, MOST_BROWSED),
    )
    description = _("Find objectives, key results, KPIs, units, owners and pages.")
    return Page("search/", "okr/search.html", _("Search"), record, description=description)

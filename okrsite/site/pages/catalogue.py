"""The KPI catalogue: which KPIs there are, how they are, and who has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from okrsite.frozen import frozen
from okrsite.model import Unit
from okrsite.scoring import KpiStatus
from okrsite.site import addresses
from okrsite.site.pages.page import Material, Page, PagePlan
from okrsite.site.views import Gallery, KpiView, Link, Some, first

MOST_ON_ONE_PAGE = 150
"""How many KPIs one page lists in full; with more, each level has a page of its own."""

MOST_ATTENTION = 20
MOST_WITHOUT = 40

_ORDER: tuple[KpiStatus, ...] = ("red", "amber", "green", "no_data")


@frozen
class CatalogueLevel:
    """The KPIs of one level.

    Attributes:
        address: Its own page; empty where they stand on the catalogue's.
        kpis: Unit by unit; empty where they stand on a page of their own; of many those of the first units.
        beyond: The units whose KPIs are left out, each with how many it has.
        total: How many there are.
        colours: How many have which colour.
        smart: How many miss none of the SMART marks.
        units: How many units the level has, and ``covered`` how many of them have KPIs.
        without: The units that have none.
    """

    level: str
    address: str
    kpis: tuple[KpiView, ...]
    beyond: Some[Link]
    total: int
    colours: tuple[tuple[str, int], ...]
    smart: int
    units: int
    covered: int
    without: Some[Link]


@frozen
class Catalogue:
    """The catalogue, or the part of it on the page of one level.

    Attributes:
        level: The level whose page it is; empty on the page of all.
        levels: Top first.
        colours: How many have which colour.
        attention: Those in the red, or with an overdue measurement; on the page of all, where it does not list all.
        total: How many there are.
        smart: How many miss none of the SMART marks.
    """

    level: str
    levels: tuple[CatalogueLevel, ...]
    colours: tuple[tuple[str, int], ...]
    attention: Some[KpiView]
    total: int
    smart: int


def plans(material: Material) -> Iterator[PagePlan]:
    """The catalogue, and where it is long a page for each level."""
    gallery = material.gallery
    yield PagePlan("kpis/", _page)
    for id in gallery.portal.levels if _is_split(gallery) else ():
        yield PagePlan(addresses.kpi_level(id), _level_page, (id,))


def _is_split(gallery: Gallery) -> bool:
    return sum(map(len, gallery.portal.kpi_ids.values())) > MOST_ON_ONE_PAGE


def _page(material: Material) -> Page:
    gallery = material.gallery
    _, words = gallery.words.language.gettext, gallery.words
    every = sorted(each for id in gallery.portal.units for each in _in_brief(gallery, id))
    split = _is_split(gallery)
    levels = tuple(gallery.kept(_level, id) for id in gallery.portal.units_by_level)
    about = _("All KPIs by level: %(count)s.", count=words.count(len(every), "KPI"))
    needing = [each.id for each in every if each.status == "red" or each.stale] if split else []
    record = Catalogue(
        level="",
        levels=tuple(_without_list(level) for level in levels) if split else levels,
        colours=_colours(every),
        attention=first(needing, MOST_ATTENTION).each(lambda kpi: gallery.kpis[kpi]),
        total=len(every),
        smart=_smart(every),
    )
    return Page("kpis/", "okr/kpis.html", _("KPIs"), record, description=about)


def _level_page(material: Material, id: str) -> Page:
    gallery, words = material.gallery, material.gallery.words
    _ = words.language.gettext
    level = gallery.kept(_level, id)
    part = Catalogue(id, (level,), level.colours, first([], 0), level.total, level.smart)
    title = _("KPIs: %(level)s", level=words.word(id))
    count = words.count(level.total, "KPI")
    about = _("KPIs of one level, %(level)s: %(count)s.", level=words.word(id), count=count)
    return Page(level.address, "okr/kpis.html", title, part, [Link(_("KPIs"), "kpis/")], about)


def _level(gallery: Gallery, id: str) -> CatalogueLevel:
    units, own = gallery.portal.units_by_level[id], gallery.portal.kpi_ids
    every = [each for unit in units for each in _in_brief(gallery, unit.id)]
    without = [unit for unit in units if not own[unit.id]]
    listed = 0
    beyond: list[Unit] = []
    for unit in units:
        if beyond or (listed and listed + len(own[unit.id]) > MOST_ON_ONE_PAGE):
            beyond.append(unit)
        else:
            listed += len(own[unit.id])
    beyond = [unit for unit in beyond if own[unit.id]]
    return CatalogueLevel(
        level=id,
        address=addresses.kpi_level(id) if _is_split(gallery) else "",
        kpis=tuple(gallery.kpis[each.id] for each in every[:listed]),
        beyond=first(beyond, MOST_WITHOUT * 10).each(lambda unit: _counted(gallery, unit)),
        total=len(every),
        colours=_colours(every),
        smart=_smart(every),
        units=len(units),
        covered=len(units) - len(without),
        without=first(without, MOST_WITHOUT).each(lambda unit: gallery.unit_link(unit.id)),
    )


def _without_list(level: CatalogueLevel) -> CatalogueLevel:
    """A level on the page of all, where its KPIs are on a page of their own."""
    return replace(level, kpis=(), beyond=Some(()))


def _counted(gallery: Gallery, unit: Unit) -> Link:
    """The KPIs on a unit's page, and how many these are."""
    count = gallery.words.count(len(gallery.portal.kpi_ids[unit.id]), "KPI")
    return Link(unit.name, f"{addresses.goal(unit.id)}#kpis", count)


class _Brief(NamedTuple):
    """What the catalogue counts of a KPI."""

    id: str
    status: KpiStatus
    stale: bool
    is_smart: bool


def _in_brief(gallery: Gallery, unit_id: str) -> list[_Brief]:
    """The KPIs of a unit, none of which is looked at."""
    return [_Brief(*each) for each in gallery.part(_of_unit, unit_id)]


def _of_unit(gallery: Gallery, unit_id: str) -> tuple[tuple[str, KpiStatus, bool, bool], ...]:
    views = [gallery.kpis[id] for id in gallery.portal.kpi_ids[unit_id]]
    return tuple(
        (view.kpi.id, view.figures.status, view.figures.stale, all(mark.ok for mark in view.marks)) for view in views
    )


def _colours(every: Iterable[_Brief]) -> tuple[tuple[str, int], ...]:
    counts = Counter(each.status for each in every)
    return tuple((colour, counts[colour]) for colour in _ORDER if counts[colour])


def _smart(every: Iterable[_Brief]) -> int:
    return sum(each.is_smart for each in every)

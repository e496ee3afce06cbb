"""KPIs: the catalogue, and for each KPI whether it is healthy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from okrsite.charts import Chart, kpi_trend
from okrsite.model import Measurement, Unit
from okrsite.site import addresses
from okrsite.site.page import Material, Page
from okrsite.site.views import Gallery, KpiView, Link, Some, beside


@dataclass(frozen=True, slots=True)
class KpiPage:
    """A KPI's page; ``measurements`` are newest first, only those up to the day, ``siblings`` the KPIs beside it."""

    view: KpiView
    chart: Chart | None
    measurements: tuple[Measurement, ...]
    siblings: Some[Link]


@dataclass(frozen=True, slots=True)
class CatalogueLevel:
    """The KPIs of one level; ``without`` are its units that have none."""

    level: str
    kpis: tuple[KpiView, ...]
    units: int
    without: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All KPIs by level; ``colours`` counts them by colour."""

    levels: tuple[CatalogueLevel, ...]
    colours: tuple[tuple[str, int], ...]
    total: int


def pages(material: Material) -> Iterator[Page]:
    """The catalogue and the page of each KPI."""
    gallery = material.gallery
    catalogue = Link("KPIs", "kpis/")
    record = _catalogue(gallery)
    yield Page(catalogue.address, "okr/kpis.html", "KPIs", record, description=f"All {record.total} KPIs by level.")
    for view, siblings in _with_siblings(gallery):
        unit = view.unit
        above = [Link(each.name, addresses.goal(each.id)) for each in gallery.portal.ancestors(unit.id)]
        page = _kpi_page(gallery, view, siblings)
        yield Page(
            address=view.address,
            template="okr/kpi.html",
            title=view.kpi.name,
            record=page,
            charts=[page.chart] if page.chart else [],
            crumbs=[*above, Link(unit.name, addresses.goal(unit.id))],
            description=view.kpi.definition or f"{view.kpi.name}: a KPI of {unit.name}",
            source=view.kpi.source.path,
            line=view.kpi.source.line,
        )


def _with_siblings(gallery: Gallery) -> Iterator[tuple[KpiView, Some[Link]]]:
    """Each KPI with those beside it in its unit."""
    for kpis in gallery.portal.kpis_by_unit.values():
        for place, kpi in enumerate(kpis):
            siblings = beside(kpis, place).each(lambda each: Link(each.name, addresses.goal(each.id)))
            yield gallery.kpis[kpi.id], siblings


def _kpi_page(gallery: Gallery, view: KpiView, siblings: Some[Link]) -> KpiPage:
    kpi = view.kpi
    known = [m for m in kpi.measurements if m.date <= gallery.as_of]
    return KpiPage(
        view=view,
        chart=_chart(view, known) if known else None,
        measurements=tuple(reversed(known)),
        siblings=siblings,
    )


def _chart(view: KpiView, known: list[Measurement]) -> Chart | None:
    kpi = view.kpi
    band = kpi.target_band
    amber = kpi.amber_band
    target = (float(band[0]), float(band[1])) if band else float(kpi.target or 0)
    limit = (float(amber[0]), float(amber[1])) if amber else None if kpi.amber is None else float(kpi.amber)
    points = [(m.date, float(m.value)) for m in known]
    return kpi_trend(kpi.name, points, direction=kpi.direction, target=target, amber=limit, unit=kpi.unit_of_measure)


def _catalogue(gallery: Gallery) -> Catalogue:
    levels = tuple(_level(gallery, level, units) for level, units in gallery.portal.units_by_level.items())
    colours = [view.figures.status for view in gallery.kpis.values()]
    order = ("red", "amber", "green", "no_data")
    return Catalogue(
        levels=levels,
        colours=tuple((colour, n) for colour in order if (n := sum(c == colour for c in colours))),
        total=len(colours),
    )


def _level(gallery: Gallery, level: str, units: tuple[Unit, ...]) -> CatalogueLevel:
    own = gallery.portal.kpis_by_unit
    return CatalogueLevel(
        level=level,
        kpis=tuple(gallery.kpis[kpi.id] for unit in units for kpi in own[unit.id]),
        units=len(units),
        without=tuple(gallery.unit_link(unit.id) for unit in units if not own[unit.id]),
    )

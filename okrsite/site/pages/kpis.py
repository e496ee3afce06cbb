"""A KPI: is it healthy?"""

from __future__ import annotations

from collections.abc import Iterator

from okrsite.charts import Chart, kpi_trend
from okrsite.frozen import frozen
from okrsite.model import Measurement
from okrsite.site import addresses
from okrsite.site.pages.page import Material, Page, PagePlan
from okrsite.site.views import Gallery, KpiView, Link, Some, beside, first
from okrsite.site.views.explanations import Explanation, explain_kpi
from okrsite.site.views.ledger import Ledger, Ledgers
from okrsite.site.views.moved_charts import former_limits, goalposts_of_kpi, limits_of

MOST_MEASUREMENTS = 120
"""How many measurements a KPI's page lists: ten years of months; its chart has all of them."""


@frozen
class KpiPage:
    """A KPI's page.

    Attributes:
        why: How its figures came to be.
        measurements: Newest first, only those up to the day; of many the newest.
        siblings: The KPIs beside it.
        ledger: What moved; None where nobody asked for the history.
    """

    view: KpiView
    why: Explanation
    chart: Chart | None
    measurements: Some[Measurement]
    siblings: Some[Link]
    ledger: Ledger | None


def plans(material: Material) -> Iterator[PagePlan]:
    """The page of each KPI."""
    for kpis in material.gallery.portal.kpi_ids.values():
        for id in kpis:
            yield plan(id)


def plan(id: str) -> PagePlan:
    """The page of a KPI."""
    return PagePlan(addresses.goal(id), _page, (id,))


def _page(material: Material, id: str) -> Page:
    gallery, _ = material.gallery, material.gallery.words.language.gettext
    view = gallery.kpis[id]
    unit = view.unit
    above = [Link(each.name, addresses.goal(each.id)) for each in gallery.portal.ancestors(unit.id)]
    page = _kpi_page(material.ledgers, view, _siblings(gallery, view))
    return Page(
        address=view.address,
        template="okr/kpi.html",
        title=view.kpi.name,
        record=page,
        charts=[page.chart] if page.chart else [],
        crumbs=[*above, Link(unit.name, addresses.goal(unit.id))],
        description=view.kpi.definition or _("%(kpi)s: a KPI of %(unit)s", kpi=view.kpi.name, unit=unit.name),
        source=view.kpi.source.path,
        line=view.kpi.source.line,
    )


def _siblings(gallery: Gallery, view: KpiView) -> Some[Link]:
    """The KPIs beside one in its unit."""
    kpis, place = gallery.portal.kpi_ids[view.unit.id], gallery.portal.place_beside[view.kpi.id]
    return beside(kpis, place).each(lambda each: Link(gallery.portal.titles[each], addresses.goal(each)))


def _kpi_page(ledgers: Ledgers, view: KpiView, siblings: Some[Link]) -> KpiPage:
    gallery, kpi = ledgers.gallery, view.kpi
    known = [m for m in kpi.measurements if m.date <= gallery.as_of]
    return KpiPage(
        view=view,
        why=explain_kpi(gallery, view),
        chart=kpi_chart(gallery, view, ledgers),
        measurements=first(known[::-1], MOST_MEASUREMENTS),
        siblings=siblings,
        ledger=ledgers.kpi(view),
    )


def kpi_chart(gallery: Gallery, view: KpiView, ledgers: Ledgers | None = None) -> Chart | None:
    """A KPI's measurements, target and limits, with the ledgers also as they were then; None without a measurement."""
    kpi = view.kpi
    target, amber = limits_of(kpi) or (0.0, None)
    points = [(m.date, float(m.value)) for m in kpi.measurements if m.date <= gallery.as_of]
    return kpi_trend(
        kpi.name,
        points,
        direction=kpi.direction,
        target=target,
        amber=amber,
        unit=kpi.unit_of_measure,
        earlier=former_limits(ledgers, kpi) if ledgers else (),
        goalposts=goalposts_of_kpi(ledgers, view) if ledgers else (),
        language=gallery.words.language,
    )

"""What other pages and files say of a unit: made where its page is made, of the same figures and views."""

from __future__ import annotations

from okrsite.site.exports import lines_of, rows_of
from okrsite.site.feeds import FeedEntry, FeedMaker, dates_of, told_of
from okrsite.site.inspection.inspection import in_unit
from okrsite.site.layout.rendering import PageRenderer
from okrsite.site.messages.handout import news_of
from okrsite.site.pages.check_ins import asked_of
from okrsite.site.pages.owners import expected_in
from okrsite.site.pages.page import Material
from okrsite.site.search import found_of
from okrsite.site.views.attention import attention_in
from okrsite.site.views.kept_figures import adoption_of
from okrsite.site.views.kept_steps import steps_in_cycle

_FOR_LISTS = (adoption_of, asked_of, attention_in, expected_in, in_unit, news_of)
"""What the pages that list all units ask of each, for which its goals have to be looked at."""


def make_along(material: Material, renderer: PageRenderer, unit_id: str) -> None:
    """Have the parts that are of a unit alone made: whoever joins them to lists and files finds them.

    Args:
        material: What pages are made of.
        renderer: Lays them out.
        unit_id: The unit.
    """
    gallery = material.gallery
    for make in (lines_of, rows_of, found_of, *_FOR_LISTS):
        gallery.part(make, unit_id)
    if gallery.cycle is not None and gallery.cycle.id in gallery.portal.objective_ids[unit_id]:
        gallery.part(steps_in_cycle, unit_id, gallery.cycle.id)  # of other cycles hardly any page tells
    material.chronicle.week_before_in(unit_id)
    maker = feed_maker(material, renderer)
    gallery.parts.of(told_of, maker.teller, unit_id)
    gallery.parts.of(dates_of, maker.dater, unit_id)


def feed_maker(material: Material, renderer: PageRenderer) -> FeedMaker:
    """What the feeds of a portal are made with."""
    canonical = renderer.site.canonical

    def content(entry: FeedEntry) -> str:
        return renderer.part("okr/feed-entry.html", entry=entry, canonical=canonical)

    return FeedMaker(material.chronicle, material.settings.site_name, canonical, content)

"""What other files than its page say of a unit: made where its page is made, of the same figures and views."""

from __future__ import annotations

from okrsite.site.exports import lines_of, rows_of
from okrsite.site.feeds import FeedEntry, FeedMaker, dates_of, told_of
from okrsite.site.page import Material
from okrsite.site.rendering import PageRenderer
from okrsite.site.search import found_of


def make_along(material: Material, renderer: PageRenderer, unit_id: str) -> None:
    """Have the parts that are of a unit alone made: whoever joins them to files finds them.

    Args:
        material: What pages are made of.
        renderer: Lays them out.
        unit_id: The unit.
    """
    gallery = material.gallery
    for make in (lines_of, rows_of, found_of):
        gallery.part(make, unit_id)
    maker = feed_maker(material, renderer)
    gallery.parts.of(told_of, maker.teller, unit_id)
    gallery.parts.of(dates_of, maker.dater, unit_id)


def feed_maker(material: Material, renderer: PageRenderer) -> FeedMaker:
    """What the feeds of a portal are made with."""
    canonical = renderer.site.canonical

    def content(entry: FeedEntry) -> str:
        return renderer.part("okr/feed-entry.html", entry=entry, canonical=canonical)

    return FeedMaker(material.chronicle, material.settings.site_name, canonical, content)

"""The files of all feeds: of the portal, of each unit, of each owner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from okrsite.frozen import frozen
from okrsite.site import addresses
from okrsite.site.feeds.atom import AtomWriter, Content, Feed
from okrsite.site.feeds.calendars import CalendarWriter
from okrsite.site.feeds.entries import FeedEntries, Laid, Teller, feed_entries
from okrsite.site.feeds.events import Dated, Dater, Events, events
from okrsite.site.parts import MADE_NOW, Parts
from okrsite.site.views import Gallery
from okrsite.site.views.news import Chronicle


@frozen
class _Subject:
    """Whom a feed and a calendar are of."""

    name: str
    address: str
    page: str
    entries: Sequence[Laid]
    events: tuple[Dated, ...]


@frozen
class FeedMaker:
    """What feeds are made with.

    Attributes:
        chronicle: What happened.
        site_name: The portal's name.
        canonical: The site's address, ending with a slash; empty where none is set.
        content: Lays an entry out as HTML.
    """

    chronicle: Chronicle
    site_name: str
    canonical: str
    content: Content

    @property
    def writer(self) -> AtomWriter:
        """Writes feeds."""
        language = self.chronicle.gallery.words.language.tag
        return AtomWriter(self.site_name, self.canonical, language, self.content)

    @property
    def teller(self) -> Teller:
        """What their entries are made of."""
        return Teller(self.chronicle, self.writer.laid)

    @property
    def calendars(self) -> CalendarWriter:
        """Writes calendars."""
        return CalendarWriter(self.site_name, self.canonical)

    @property
    def dater(self) -> Dater:
        """What their events are made of."""
        return Dater(self.chronicle.gallery, self.calendars.event)


def feed_files(maker: FeedMaker, parts: Parts = MADE_NOW) -> Iterator[tuple[str, bytes]]:
    """The feeds and calendars of a portal, each with its file's name.

    Args:
        maker: What they are made with.
        parts: Has or makes what is told of each unit.
    """
    gallery, site_name = maker.chronicle.gallery, maker.site_name
    _, feeds, calendars = gallery.words.language.gettext, maker.writer, maker.calendars
    entries, dates = feed_entries(maker.teller, parts), events(maker.dater, parts)
    for subject in _subjects(gallery, entries, dates, site_name):
        about = _("Check-ins, moved goalposts, new and ended goals.")
        yield (
            f"{subject.address}.atom",
            feeds.feed(Feed(f"{subject.address}.atom", subject.name, about, subject.page, subject.entries)),
        )
        yield f"{subject.address}.ics", calendars.calendar(subject.name, (written for *_, written in subject.events))


def _subjects(gallery: Gallery, entries: FeedEntries, dates: Events, site_name: str) -> Iterator[_Subject]:
    yield _Subject(
        site_name, addresses.PORTAL_FEEDS, addresses.CHANGES, entries.portal, dates.portal or dates.everybody
    )
    for id, unit in gallery.portal.units.items():
        own = entries.units.get(id, ()), dates.units.get(id, ()) or dates.everybody
        yield _Subject(f"{unit.name} · {site_name}", addresses.unit_feeds(id), addresses.goal(id), *own)
    for slug, name in gallery.owner_names.items():
        own = entries.owners.get(slug, ()), dates.owners.get(slug, ()) or dates.everybody
        yield _Subject(f"{name} · {site_name}", addresses.owner_feeds(name), addresses.owner(name), *own)

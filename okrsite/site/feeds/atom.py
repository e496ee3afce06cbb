"""Atom feeds (RFC 4287). The one place that knows the library which writes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO

from feedgenerator import Atom1Feed  # type: ignore[import-untyped]

from okrsite.site import addresses
from okrsite.site.feeds.entries import FeedEntry
from okrsite.site.feeds.names import NEVER, Names
from okrsite.site.lines import sayable

Content = Callable[[FeedEntry], str]
"""Lays an entry out as HTML."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed.

    Attributes:
        address: The file's.
        title: What it is called.
        about: What it tells.
        page: The page that it belongs to.
        entries: Newest first.
    """

    address: str
    title: str
    about: str
    page: str
    entries: Sequence[FeedEntry]

    @property
    def updated(self) -> datetime:
        """When the newest entry happened."""
        return self.entries[0].at if self.entries else NEVER


class AtomWriter:
    """Writes the feeds of a site.

    Args:
        site_name: Who speaks where an entry has no author.
        canonical: The site's address; empty where none is set: then links are relative to the feed's own address.
        language: Of the texts.
        content: Lays an entry out; asked once for each.
    """

    def __init__(self, site_name: str, canonical: str, language: str, content: Content) -> None:
        self._name = sayable(site_name)
        self._canonical = canonical
        self._language = language
        self._names = Names.of_site(canonical, site_name)
        self._content = content
        self._laid_out: dict[str, str] = {}

    def feed(self, feed: Feed) -> bytes:
        """A feed's file."""
        made = _Atom(
            title=sayable(feed.title),
            link=self._link(feed, feed.page),
            description=sayable(feed.about),
            language=self._language,
            author_name=self._name,
            feed_url=self._link(feed, feed.address) if self._canonical else None,
            feed_guid=self._names.tag(feed.address.removesuffix(".atom")),
            updated=feed.updated,
        )
        for entry in feed.entries:
            made.add_item(
                title=sayable(entry.title),
                link=self._link(feed, entry.address),
                description=None,
                content=self._html(entry),
                author_name=sayable(entry.author) or None,
                pubdate=entry.at,
                updateddate=entry.at,
                unique_id=self._names.tag(entry.thing),
            )
        text = StringIO()
        made.write(text, "utf-8")
        return f"{text.getvalue()}\n".encode()

    def _html(self, entry: FeedEntry) -> str:
        if entry.thing not in self._laid_out:
            self._laid_out[entry.thing] = sayable(self._content(entry))
        return self._laid_out[entry.thing]

    def _link(self, feed: Feed, address: str) -> str:
        return addresses.absolute(self._canonical or "../" * feed.address.count("/"), address)


class _Atom(Atom1Feed):  # type: ignore[misc]  # the library has no types
    """A feed that says itself when it was updated: without entries the library would ask the clock."""

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated

"""Atom feeds (RFC 4287): the few elements that a feed and its entries have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape, quoteattr

from okrsite.frozen import frozen
from okrsite.site import addresses
from okrsite.site.feeds.entries import FeedEntry, Laid
from okrsite.site.feeds.names import NEVER, Names
from okrsite.site.messages.lines import sayable

_BEFORE_HREF = len('<link href="')

Content = Callable[[FeedEntry], str]
"""Lays an entry out as HTML."""


@frozen
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
    entries: Sequence[Laid]

    @property
    def updated(self) -> str:
        """When the newest entry happened."""
        return self.entries[0][0] if self.entries else NEVER.isoformat()


class AtomWriter:
    """Writes the feeds of a site. An entry that is in several of them need be laid out only once.

    Args:
        site_name: Who speaks where an entry has no author.
        canonical: The site's address; empty where none is set: then links are relative to the feed's own address.
        language: Of the texts.
        content: Lays an entry out.
    """

    def __init__(self, site_name: str, canonical: str, language: str, content: Content) -> None:
        self._name = sayable(site_name)
        self._canonical = canonical
        self._language = language
        self._names = Names.of_site(canonical, site_name)
        self._content = content

    def feed(self, feed: Feed) -> bytes:
        """A feed's file."""
        head = [
            '<?xml version="1.0" encoding="utf-8"?>\n',
            f'<feed xml:lang={quoteattr(self._language)} xmlns="http://www.w3.org/2005/Atom">',
            _element("title", sayable(feed.title)),
            _link(self._address(feed, feed.page), "alternate"),
            _link(self._address(feed, feed.address), "self") if self._canonical else "",
            _element("id", self._names.tag(feed.address.removesuffix(".atom"))),
            _element("updated", feed.updated),
            _author(self._name),
            _element("subtitle", sayable(feed.about)),
        ]
        to_top = self._to_top(feed)
        entries = [f"{before}{to_top}{after}" for _, before, after in feed.entries]
        return "".join([*head, *entries, "</feed>\n"]).encode()

    def laid(self, entry: FeedEntry) -> Laid:
        """An entry but for what each feed has in its link where the site has no address."""
        at, author = entry.at.isoformat(), sayable(entry.author)
        link = _link(addresses.absolute(self._canonical, entry.address), "alternate")
        after = (
            link[_BEFORE_HREF:],
            _element("published", at),
            _element("updated", at),
            _author(author) if author else "",
            _element("id", self._names.tag(entry.thing)),
            f'<content type="html">{escape(sayable(self._content(entry)))}</content></entry>',
        )
        return at, f"<entry>{_element('title', sayable(entry.title))}{link[:_BEFORE_HREF]}", "".join(after)

    def _address(self, feed: Feed, address: str) -> str:
        return addresses.absolute(self._canonical or self._to_top(feed), address)

    def _to_top(self, feed: Feed) -> str:
        """What relative links begin with; nothing where links have the site's address."""
        return "" if self._canonical else "../" * feed.address.count("/")


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else f"<{name}/>"


def _author(name: str) -> str:
    return f"<author>{_element('name', name)}</author>"


def _link(address: str, rel: str) -> str:
    return f'<link href={quoteattr(address)} rel="{rel}"/>'

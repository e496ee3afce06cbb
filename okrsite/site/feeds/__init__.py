"""Feeds: a portal's news for feed readers (Atom), and its dates for calendars (iCalendar)."""

from okrsite.site.feeds.entries import FeedEntry
from okrsite.site.feeds.files import feed_files

__all__ = ["FeedEntry", "feed_files"]

"""Feeds: a portal's news for feed readers (Atom), and its dates for calendars (iCalendar)."""

from okrsite.site.feeds.entries import FeedEntry, told_of
from okrsite.site.feeds.events import dates_of
from okrsite.site.feeds.files import FeedMaker, feed_files

__all__ = ["FeedEntry", "FeedMaker", "dates_of", "feed_files", "told_of"]

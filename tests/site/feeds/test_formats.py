"""Feeds and calendars are written byte for byte as the libraries for these formats write them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import icalendar
import pytest
from feedgenerator import Atom1Feed  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from okrsite.site.feeds.atom import AtomWriter, Feed
from okrsite.site.feeds.calendars import CalendarWriter, escaped, folded
from okrsite.site.feeds.entries import FeedEntry
from okrsite.site.feeds.events import Event
from okrsite.site.messages.lines import sayable

TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("\\^;,Nné漢 \n"), max_size=300).map(sayable)
SITE = "https://goals.example/x/"
EVENT = Event(
    thing="due/acme/2026-Q1/goal",
    start=date(2026, 2, 1),
    end=date(2026, 2, 3),
    title=f"Due: A, b; c\\{'é' * 90}",
    about="One\nTwo, three",
    address="acme/2026-Q1/goal/#kr",
    changed=datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC),
)


@given(TEXTS)
def test_texts_are_escaped_as_the_library_does(text: str) -> None:
    """Line breaks, commas, semicolons and backslashes."""
    assert escaped(text).encode() == icalendar.vText(text).to_ical()


@given(TEXTS.map(escaped))
def test_lines_are_folded_as_the_library_does(text: str) -> None:
    """By octets, never within a character or an escape."""
    line = f"SUMMARY:{text}"
    assert folded(line) == icalendar.parser.Contentline(line).to_ical()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("canonical", ["", SITE])
@pytest.mark.parametrize("event", [EVENT, replace(EVENT, every=14, times=6, about="")])
def test_events_are_written_as_the_library_does(canonical: str, event: Event) -> None:
    """The same properties in the same order."""
    title = "Skerry, and its ferries"
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//okrsite//okrsite//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    made = icalendar.Event()
    host = "goals.example" if canonical else "okrsite.invalid"
    made.add("uid", f"{'x' if canonical else 'site'}/{event.thing}@{host}")
    made.add("dtstamp", event.changed.replace(microsecond=0))
    made.add("dtstart", event.start)
    made.add("dtend", event.end + timedelta(days=1))
    if event.times > 1:
        made.add("rrule", {"freq": "daily", "interval": event.every, "count": event.times})
    made.add("summary", event.title)
    if event.about:
        made.add("description", event.about)
    if canonical:
        made.add("url", f"{SITE}acme/2026-Q1/goal/#kr")
    made.add("transp", "TRANSPARENT")
    calendar.add_component(made)
    writer = CalendarWriter("Site", canonical)
    assert writer.calendar(title, [writer.event(event)]) == calendar.to_ical()


@pytest.mark.parametrize("canonical", ["", SITE])
@given(title=TEXTS, author=TEXTS)
def test_feeds_are_written_as_the_library_does(canonical: str, title: str, author: str) -> None:
    """The same elements in the same order, and every text escaped."""
    at = datetime(2026, 2, 1, tzinfo=UTC)
    entry = FeedEntry("commits/1/acme", at, title, author, "acme/", "", (), 0)
    writer = AtomWriter("Me", canonical, "de", lambda _: "<p>&amp; so</p>")
    feed = Feed("feeds/units/acme.atom", title, 'What "moved" & <why>', "acme/", [writer.laid(entry)])
    up, place = canonical or "../../", "goals.example,2026:x" if canonical else "okrsite.invalid,2026:me"
    made = Atom1Feed(
        title=title,
        link=f"{up}acme/",
        description=feed.about,
        language="de",
        author_name="Me",
        feed_url=f"{SITE}feeds/units/acme.atom" if canonical else None,
        feed_guid=f"tag:{place}/feeds/units/acme",
    )
    made.add_item(
        title=title,
        link=f"{up}acme/",
        description=None,
        content="<p>&amp; so</p>",
        author_name=author or None,
        pubdate=at,
        updateddate=at,
        unique_id=f"tag:{place}/commits/1/acme",
    )
    text = StringIO()
    made.write(text, "utf-8")
    assert writer.feed(feed).decode() == f"{text.getvalue()}\n"

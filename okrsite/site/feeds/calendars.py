"""Calendars (iCalendar, RFC 5545). The one place that knows the library which writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import icalendar

from okrsite.site import addresses
from okrsite.site.feeds.events import Event
from okrsite.site.feeds.names import Names
from okrsite.site.lines import sayable

_END = b"END:VCALENDAR\r\n"


class CalendarWriter:
    """Writes the calendars of a site.

    They are to be subscribed to, not sent: there is no METHOD. What is in several of them is made once.

    Args:
        site_name: The portal's name.
        canonical: The site's address; empty where none is set: then events have no links.
    """

    def __init__(self, site_name: str, canonical: str) -> None:
        self._canonical = canonical
        self._names = Names.of_site(canonical, site_name)
        self._made: dict[str, bytes] = {}

    def calendar(self, title: str, events: Sequence[Event]) -> bytes:
        """A calendar's file."""
        calendar = icalendar.Calendar()
        calendar.add("prodid", "-//okrsite//okrsite//EN")
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("name", sayable(title))  # RFC 7986, and what was there before it
        calendar.add("x-wr-calname", sayable(title))
        head = calendar.to_ical().removesuffix(_END)
        return b"".join([head, *map(self._event, events), _END])

    def _event(self, event: Event) -> bytes:
        if event.thing not in self._made:
            self._made[event.thing] = self._new(event).to_ical()
        return self._made[event.thing]

    def _new(self, event: Event) -> icalendar.Event:
        made = icalendar.Event()
        made.add("uid", self._names.uid(event.thing))
        made.add("dtstamp", event.changed.replace(microsecond=0))
        made.add("dtstart", event.start)
        made.add("dtend", event.end + timedelta(days=1))  # it is exclusive
        if event.times > 1:
            made.add("rrule", {"freq": "daily", "interval": event.every, "count": event.times})
        made.add("summary", sayable(event.title))
        if event.about:
            made.add("description", sayable(event.about))
        if self._canonical:
            made.add("url", addresses.absolute(self._canonical, event.address))
        made.add("transp", "TRANSPARENT")  # nobody is busy because something is due
        return made

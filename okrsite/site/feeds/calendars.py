"""Calendars (iCalendar, RFC 5545): the few lines that an event needs, escaped and folded as the standard wants them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from okrsite.site import addresses
from okrsite.site.feeds.events import Event
from okrsite.site.feeds.names import Names
from okrsite.site.messages.lines import sayable

_ROOM = 74
"""Octets in a line, one less than the standard allows. The space before a line that goes on is beside them."""


class CalendarWriter:
    """Writes the calendars of a site.

    They are to be subscribed to, not sent: there is no METHOD.

    Args:
        site_name: The portal's name.
        canonical: The site's address; empty where none is set: then events have no links.
    """

    def __init__(self, site_name: str, canonical: str) -> None:
        self._canonical = canonical
        self._names = Names.of_site(canonical, site_name)

    def calendar(self, title: str, events: Iterable[str]) -> bytes:
        """A calendar's file.

        Args:
            title: What it is called.
            events: As `event` writes them.
        """
        name = sayable(title).replace("\n", " ")  # not escaped: readers take it as it stands
        head = (
            *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//okrsite//okrsite//EN", "CALSCALE:GREGORIAN"),
            *(f"NAME:{name}", f"X-WR-CALNAME:{name}"),  # RFC 7986, and what was there before it
        )
        return "".join([_lines(head), *events, "END:VCALENDAR\r\n"]).encode()

    def event(self, event: Event) -> str:
        """An event as it stands in calendars."""
        return _lines(self._properties(event))

    def _properties(self, event: Event) -> Iterator[str]:
        yield "BEGIN:VEVENT"
        yield f"SUMMARY:{escaped(sayable(event.title))}"
        yield f"DTSTART;VALUE=DATE:{_day(event.start)}"
        yield f"DTEND;VALUE=DATE:{_day(event.end + timedelta(days=1))}"  # it is exclusive
        yield f"DTSTAMP:{_moment(event.changed)}"
        yield f"UID:{escaped(self._names.uid(event.thing))}"
        if event.times > 1:
            yield f"RRULE:FREQ=DAILY;COUNT={event.times};INTERVAL={event.every}"
        if event.about:
            yield f"DESCRIPTION:{escaped(sayable(event.about))}"
        yield "TRANSP:TRANSPARENT"  # nobody is busy because something is due
        if self._canonical:
            yield f"URL:{addresses.absolute(self._canonical, event.address)}"
        yield "END:VEVENT"


def escaped(text: str) -> str:
    r"""A text as a value (RFC 5545, 3.3.11). A ``\N`` in it is taken for a line break, as readers would."""
    if "\\" in text:
        text = text.replace("\\N", "\n").replace("\\", "\\\\")
    return text.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A line in pieces (RFC 5545, 3.1), with a line break and a space between them.

    No character is cut in two, and no escape either: some readers look for these before they put the pieces together.
    """
    octets = line.encode()
    if len(octets) <= _ROOM:
        return octets
    pieces, begin = [], 0
    while len(octets) - begin > _ROOM:
        end = begin + _ROOM
        while octets[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        end -= octets[end - 1] in b"\\^"
        pieces.append(octets[begin:end])
        begin = end
    return b"\r\n ".join([*pieces, octets[begin:]])


def _lines(lines: Iterable[str]) -> str:
    return "".join([f"{folded(line).decode()}\r\n" for line in lines])


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _moment(moment: datetime) -> str:
    utc = moment.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    return f"{utc.isoformat().replace('-', '').replace(':', '')}Z"

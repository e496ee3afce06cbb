"""What changed as a message: short enough for a mail or a chat, the most important first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import chain

from okrsite.frozen import frozen
from okrsite.model import Portal
from okrsite.problems import OkrsiteError
from okrsite.site import addresses
from okrsite.site.messages.lines import Line, Part, more_of, plain
from okrsite.site.messages.news import NewsLines, in_a_sentence
from okrsite.site.views.arrivals import telling
from okrsite.site.views.ledger import Ledgers
from okrsite.site.views.news import Chronicle, News

MOST_LINES = 8
"""How many things of a kind a message names; the rest is counted."""


@frozen
class Digest:
    """What changed, to be sent.

    Attributes:
        title: Of what it is the news, and of which days.
        sentence: What changed, counted.
        parts: Statuses, goalposts, goals, readings, check-ins; empty ones are left out.
        address: The page that has more.
        since: The first day told of.
        until: The last one.
        missing: What is not known of the history, in a sentence; empty where all is.
    """

    title: str
    sentence: str
    parts: tuple[Part, ...]
    address: str
    since: date
    until: date
    missing: str

    def text(self, canonical: str = "") -> str:
        """It for a mail or a terminal.

        Args:
            canonical: The site's address, ending with a slash; without one there are no links.
        """
        lines = [self.title, "", self.sentence]
        for part in self.parts:
            lines += ["", part.title]
            lines += [f"  - {line.title}: {line.says}" for line in part.lines]
            lines += [f"  - {part.more}"] if part.more else []
        return _joined([*lines, *self._ends(canonical)])

    def markdown(self, canonical: str = "") -> str:
        """It for a chat: bold and lists, no tables; with the site's address goals are links."""
        lines = [f"**{plain(self.title)}**", "", plain(self.sentence)]
        for part in self.parts:
            lines += ["", *part.markdown(canonical)]
        return _joined([*lines, *map(plain, self._ends("")), *self._link(canonical)])

    def json(self, canonical: str = "") -> str:
        """It for programs; ``url`` is null without the site's address."""
        told = {
            "title": self.title,
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "sentence": self.sentence,
            "url": addresses.absolute(canonical, self.address) if canonical else None,
            "parts": [
                {"title": part.title, "lines": [_line(line, canonical) for line in part.lines], "more": part.more}
                for part in self.parts
            ],
            "missing": self.missing,
        }
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"

    def _ends(self, canonical: str) -> list[str]:
        return ["", self.missing, *self._link(canonical)] if self.missing else self._link(canonical)

    def _link(self, canonical: str) -> list[str]:
        return ["", addresses.absolute(canonical, self.address)] if canonical else []


def digest(chronicle: Chronicle, since: date, site_name: str, unit_id: str | None = None) -> Digest:
    """What changed from a day on.

    Args:
        chronicle: What happened.
        since: The first day told of.
        site_name: Of the portal.
        unit_id: Tells of this unit and those below it alone.

    Raises:
        OkrsiteError: There is no such unit, or the day is still to come.
    """
    gallery = chronicle.gallery
    words, ledgers = gallery.words, Ledgers(gallery)
    if since > gallery.as_of:
        raise OkrsiteError(f"nothing is known yet of {since}: the portal is that of {gallery.as_of}.")
    news = chronicle.between(date.fromordinal(since.toordinal() - 1))
    name, address = site_name, addresses.CHANGES
    if unit_id is not None:
        unit = gallery.portal.units.get(unit_id)
        if unit is None:
            raise OkrsiteError(f"there is no unit {unit_id!r}.{_near(gallery.portal, unit_id)}")
        below = f"{unit.id}/"
        news = news.of({id for id in (*gallery.portal.units, *news.by_unit) if f"{id}/".startswith(below)})
        name, address = unit.name, addresses.goal(unit.id)
    short = words.short_day if since.year == news.until.year else words.day
    days = {"start": short(since), "end": words.day(news.until)}
    return Digest(
        title=words.language.gettext("%(name)s, %(start)s to %(end)s", name=name, **days),
        sentence=in_a_sentence(words, news),
        parts=tuple(part for part in _parts(NewsLines(ledgers, with_unit=len(news.by_unit) > 1), news) if part.lines),
        address=address,
        since=since,
        until=news.until,
        missing=ledgers.missing.sentence if ledgers.missing else "",
    )


def _parts(lines: NewsLines, news: News) -> Iterable[Part]:
    _ = lines.words.language.gettext
    yield _part(lines, _("Status"), [lines.turned(each) for each in (*news.turned, *news.kpis)])
    for title, changes in (
        (_("Goalposts moved"), news.moved),
        (_("Goals that came or ended"), news.goals),
        (_("Readings edited"), news.edited),
    ):
        told = chain.from_iterable(map(lines.commit, lines.ledgers.entries(changes)))
        yield _part(lines, title, list(told))
    yield _part(lines, _("Check-ins"), [lines.check_in(item) for item in telling(news.check_ins)])


def _part(lines: NewsLines, title: str, told: Sequence[Line]) -> Part:
    return Part(title, tuple(told[:MOST_LINES]), more_of(lines.words, len(told) - MOST_LINES))


def _line(line: Line, canonical: str) -> dict[str, str | None]:
    url = addresses.absolute(canonical, line.address) if canonical and line.address else None
    return {"goal": line.title, "says": line.says, "url": url}


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip() + "\n"


def _near(portal: Portal, id: str) -> str:
    known = list(portal.units)
    near = [other for other in known if other.endswith(f"/{id}")][:3] or get_close_matches(id, known, n=3)
    return f" Did you mean {' or '.join(near)}?" if near else " okrsite show lists the units."

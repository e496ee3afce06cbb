"""Things told in a line each, in words already: what mails, chats and feeds are made of."""

from __future__ import annotations

import re
from decimal import Decimal

from okrsite.frozen import frozen
from okrsite.model import KeyResult
from okrsite.site import addresses
from okrsite.site.views import Reading
from okrsite.site.words import Words

MOST_TEXT = 80
"""Characters of a title or note."""

_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~])")


@frozen
class Line:
    """Something that is told in a line.

    Attributes:
        address: Where it leads; empty for nowhere.
    """

    title: str
    says: str
    address: str = ""


@frozen
class Part:
    """Lines of one kind.

    Attributes:
        title: What they are.
        lines: The first of them.
        more: What is left out, in words; empty for nothing.
    """

    title: str
    lines: tuple[Line, ...]
    more: str

    def markdown(self, canonical: str = "") -> list[str]:
        """It as lines of Markdown; with the site's address, which ends with a slash, their titles are links."""
        told = [f"**{plain(self.title)}**", ""]
        for line in self.lines:
            title = plain(line.title)
            if canonical and line.address:
                title = f"[{title}](<{addresses.absolute(canonical, line.address)}>)"
            told.append(f"- {title}: {plain(line.says)}")
        return [*told, f"- {plain(self.more)}"] if self.more else told


def more_of(words: Words, left: int) -> str:
    """What a list leaves out, in words; empty for nothing."""
    return words.language.ngettext("and %(num)s more", "and %(num)s more", left) if left > 0 else ""


def said(words: Words, reading: Reading, kr: KeyResult, before: Decimal | None = None) -> str:
    """A check-in in a line, such as ``13 Feb, 99.5%, confidence 7: Failover drill passed``.

    Args:
        words: Of the portal's language.
        reading: The check-in.
        kr: What it is on.
        before: The value that its own took the place of, to be said too.
    """
    parts = [words.short_day(reading.date)]
    if reading.value is not None:
        unit, value = kr.unit_of_measure, words.measured(reading.value, kr.unit_of_measure)
        parts.append(value if before is None else f"{words.measured(before, unit)} → {value}")
    if reading.confidence is not None:
        confidence = words.confidence(reading.confidence)
        parts.append(words.language.gettext("confidence %(confidence)s", confidence=confidence))
    note, told = short(reading.note), ", ".join(parts)
    return f"{told}: {note}" if note else told


def short(text: str) -> str:
    """A text in one line, cut at a word."""
    line = " ".join(sayable(text).split())
    return line if len(line) <= MOST_TEXT else f"{line[:MOST_TEXT].rsplit(' ', 1)[0]} …"


def plain(text: str) -> str:
    """A text in Markdown as it stands."""
    return _MARKDOWN.sub(r"\\\1", text)


def sayable(text: str) -> str:
    """A text without what XML, calendars and terminals cannot take: control characters, and what is no character."""
    if text.isprintable():  # then none of them is in it, and no line break
        return text
    return _UNSAYABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))

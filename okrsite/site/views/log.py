"""The check-ins of an objective as a conversation: who said what when, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from okrsite.frozen import frozen
from okrsite.model import Source
from okrsite.site.views.goals import KeyResultView, Reading
from okrsite.site.views.some import Some

MOST_LETTERS = 12_000
"""How many letters of notes a log shows; it ends with the check-in that goes beyond."""


@frozen
class LogEntry:
    """A check-in of one key result."""

    reading: Reading
    key_result: KeyResultView


@frozen
class Meeting:
    """What one person said on one day.

    Attributes:
        source: Where the first of it stands.
    """

    date: date
    by: str
    entries: tuple[LogEntry, ...]
    source: Source


def meetings(views: Iterable[KeyResultView], most: int) -> Some[Meeting]:
    """The check-ins of some key results by day and person, newest first.

    ``more`` counts the check-ins that are left out.

    Args:
        views: The key results.
        most: How many check-ins are shown; of more the newest.
    """
    entries = [LogEntry(reading, view) for view in views for reading in view.readings if reading.origin == "check-in"]
    entries.sort(key=lambda entry: (-entry.reading.date.toordinal(), entry.reading.by))
    shown = 0
    letters = 0
    found: list[list[LogEntry]] = []
    for entry in entries:
        letters += len(entry.reading.note)
        if shown and (shown == most or letters > MOST_LETTERS):
            break
        shown += 1
        last = found[-1][-1].reading if found else None
        if last is None or (last.date, last.by) != (entry.reading.date, entry.reading.by):
            found.append([])
        found[-1].append(entry)
    return Some(tuple(_meeting(each) for each in found), len(entries) - shown)


def _meeting(entries: list[LogEntry]) -> Meeting:
    reading = entries[0].reading
    return Meeting(reading.date, reading.by, tuple(entries), reading.source)

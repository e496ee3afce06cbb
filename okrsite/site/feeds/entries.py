"""What the feeds tell: check-in meetings, and commits that moved, began or ended goals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from heapq import merge

from okrsite.history import Change
from okrsite.model import Portal
from okrsite.site import addresses
from okrsite.site.lines import Line, short
from okrsite.site.news_words import NewsLines
from okrsite.site.views.arrivals import Meeting, meetings
from okrsite.site.views.ledger import Ledgers
from okrsite.site.views.news import Chronicle, unit_of

MOST_OF_PORTAL = 50
MOST_OF_ONE = 20
"""How many entries, the newest, the feed of the portal has, and that of a unit or an owner."""

_MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One thing that happened.

    Attributes:
        thing: What it is, by a name that stays.
        at: When; of a check-in the beginning of its day, since nobody says the hour.
        title: In a line.
        author: Who did it; empty where not known.
        address: The page that has more.
        reason: The message of a commit; empty for a meeting.
        lines: What happened, goal by goal.
        more: How many of them are left out.
    """

    thing: str
    at: datetime
    title: str
    author: str
    address: str
    reason: str
    lines: tuple[Line, ...]
    more: int


@dataclass(frozen=True, slots=True)
class FeedEntries:
    """The entries of all feeds, newest first.

    Attributes:
        portal: Of the whole portal.
        units: Of each unit that has any, by its id.
        owners: Of each owner that has any, by the last part of the address of their page.
    """

    portal: tuple[FeedEntry, ...]
    units: Mapping[str, tuple[FeedEntry, ...]]
    owners: Mapping[str, tuple[FeedEntry, ...]]


@dataclass(frozen=True, slots=True)
class _Happened:
    """Something not yet told: most of it is older than what feeds have."""

    at: datetime
    unit_id: str
    what: Meeting | tuple[Change, ...]


def feed_entries(chronicle: Chronicle) -> FeedEntries:
    """What the feeds of a portal tell."""
    lines = NewsLines(Ledgers(chronicle.gallery))
    portal = chronicle.gallery.portal
    all_of_it: list[FeedEntry] = []
    units: defaultdict[str, list[FeedEntry]] = defaultdict(list)
    owners: defaultdict[str, list[FeedEntry]] = defaultdict(list)
    for happened in _newest_first(chronicle):
        places = [] if len(all_of_it) >= MOST_OF_PORTAL else [all_of_it]
        own = [units[happened.unit_id], *(owners[name] for name in sorted(_owners(portal, happened.what)))]
        places += [place for place in own if len(place) < MOST_OF_ONE]
        if places:
            entry = _entry(lines, happened)
            for place in places:
                place.append(entry)
    return FeedEntries(
        tuple(all_of_it),
        {id: tuple(entries) for id, entries in units.items()},
        {slug: tuple(entries) for slug, entries in owners.items()},
    )


def _newest_first(chronicle: Chronicle) -> Iterator[_Happened]:
    came = (_Happened(_start(each), each.unit_id, each) for each in meetings(chronicle.check_ins))
    together: dict[tuple[str, str], list[Change]] = {}
    for _, change in chronicle.changes:
        together.setdefault((change.commit.id, unit_of(change)), []).append(change)
    moved = (_Happened(each[0].commit.at, unit, tuple(each)) for (_, unit), each in together.items())
    return merge(moved, came, key=lambda happened: happened.at, reverse=True)


def _start(meeting: Meeting) -> datetime:
    return datetime.combine(meeting.on, time(), UTC)


def _owners(portal: Portal, what: Meeting | tuple[Change, ...]) -> set[str]:
    """Whose goals something happened to."""
    if isinstance(what, Meeting):
        names = {name for item in what.said for name in (item.key_result.kr.owner, item.objective.objective.owner)}
    else:
        names = {name for change in what for name in _owners_of(portal, change)}
    return {addresses.slug(name) for name in names if name}


def _owners_of(portal: Portal, change: Change) -> Iterable[str]:
    kr = portal.key_results.get(change.goal)
    objective = portal.objectives.get(kr.objective_id if kr else change.goal)
    kpi, unit = portal.kpis.get(change.goal), portal.units.get(change.goal)
    yield from (goal.owner for goal in (kr, objective, kpi) if goal)
    if unit:
        yield unit.lead
    if change.field in ("owner", "lead"):  # who it was taken from hears of it, too
        yield str(change.before or "")


def _entry(lines: NewsLines, happened: _Happened) -> FeedEntry:
    if isinstance(happened.what, Meeting):
        return _of_meeting(lines, happened.what, happened.at)
    return _of_commit(lines, happened)


def _of_meeting(lines: NewsLines, meeting: Meeting, at: datetime) -> FeedEntry:
    words = lines.words
    amount = words.count(len(meeting.said), "check-in")
    who = f"/{addresses.slug(meeting.by)}" if meeting.by else ""
    return FeedEntry(
        thing=f"check-ins/{meeting.unit_id}/{meeting.on}{who}",
        at=at,
        title=f"{meeting.unit.title}: {amount}, {words.day(meeting.on)}",
        author=meeting.by,
        address=meeting.unit.address if len(meeting.said) > 1 else meeting.said[0].key_result.address,
        reason="",
        lines=tuple(map(lines.check_in, meeting.said[:_MOST_LINES])),
        more=max(len(meeting.said) - _MOST_LINES, 0),
    )


def _of_commit(lines: NewsLines, happened: _Happened) -> FeedEntry:
    assert isinstance(happened.what, tuple)  # noqa: S101 - tells the type checker
    (entry,) = lines.ledgers.entries(happened.what)
    unit = lines.ledgers.gallery.portal.units.get(happened.unit_id)
    told = [lines.goal(moved) for moved in entry.moved]
    first = happened.what[-1]
    address = next((moved.goal.address for moved in entry.moved if moved.goal and moved.goal.address), "")
    title, done = told[0]
    rest = lines.words.language.ngettext("and %(num)s more", "and %(num)s more", len(told) - 1)
    return FeedEntry(
        thing=f"commits/{entry.commit.id}/{_unit_then(first)}",
        at=happened.at,
        title=f"{unit.name if unit else happened.unit_id}: {title}: {short(done)}" + (f" {rest}" if told[1:] else ""),
        author=entry.commit.author,
        address=address if len(told) == 1 and address else addresses.goal(unit.id) if unit else addresses.CHANGES,
        reason=entry.commit.message.strip(),
        lines=tuple(
            Line(title, done, moved.goal.address if moved.goal else "")
            for (title, done), moved in zip(told[:_MOST_LINES], entry.moved, strict=False)
        ),
        more=max(len(told) - _MOST_LINES, 0),
    )


def _unit_then(change: Change) -> str:
    """The id that a unit had when something happened, which a later name does not change."""
    return "/".join(change.then.split("/")[: unit_of(change).count("/") + 1])

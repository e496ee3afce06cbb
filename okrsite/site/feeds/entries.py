"""What the feeds tell: check-in meetings, and commits that moved, began or ended goals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from heapq import merge
from operator import itemgetter

from okrsite.frozen import frozen
from okrsite.history import Change
from okrsite.model import Portal
from okrsite.site import addresses
from okrsite.site.messages.lines import Line, short
from okrsite.site.messages.news import NewsLines
from okrsite.site.parts import MADE_NOW, Parts
from okrsite.site.views.arrivals import Meeting, meetings
from okrsite.site.views.ledger import Ledgers
from okrsite.site.views.news import Chronicle, unit_of

MOST_OF_PORTAL = 50
MOST_OF_ONE = 20
"""How many entries, the newest, the feed of the portal has, and that of a unit or an owner."""

_MOST_LINES = 30


@frozen
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


Laid = tuple[str, str, str]
"""An entry as it is written: when it happened, and what stands before and after the way to the site's top in its link,
which is another in each feed where the site has no address."""

Came = tuple[float, str, tuple[str, ...], Laid]
"""A meeting: its moment, who spoke, whose goals it was about, and its entry."""

Moved = tuple[float, str, tuple[str, ...], Laid]
"""What a commit did to a unit: its moment, its id, whose goals it touched, and its entry."""

Told = tuple[tuple[Came, ...], tuple[Moved, ...]]
"""All that feeds may tell of a unit."""


@frozen
class Teller:
    """What entries are made of.

    Attributes:
        chronicle: What happened.
        lay: Lays an entry out.
    """

    chronicle: Chronicle
    lay: Callable[[FeedEntry], Laid]


@frozen
class FeedEntries:
    """The entries of all feeds, newest first.

    Attributes:
        portal: Of the whole portal.
        units: Of each unit that has any, by its id.
        owners: Of each owner that has any, by the last part of the address of their page.
    """

    portal: Sequence[Laid]
    units: Mapping[str, Sequence[Laid]]
    owners: Mapping[str, Sequence[Laid]]


@frozen
class _Happened:
    """Something not yet told: some of it is older than what feeds have."""

    at: datetime
    unit_id: str
    what: Meeting | tuple[Change, ...]
    owners: tuple[str, ...]


def feed_entries(teller: Teller, parts: Parts = MADE_NOW) -> FeedEntries:
    """What the feeds of a portal tell.

    Args:
        teller: What entries are made of.
        parts: Has or makes those of each unit.
    """
    # Of things at one moment, commits come first, in the order of all changes, then meetings by unit and person.
    order = {(change.commit.id, unit_of(change)): None for _, change in teller.chronicle.changes}
    place = {each: at for at, each in enumerate(order)}
    found: list[tuple[tuple[float, int, int, str, str], str, tuple[str, ...], Laid]] = []
    for id in dict.fromkeys((*teller.chronicle.gallery.portal.units, *(unit for _, unit in order))):
        came, moved = parts.of(told_of, teller, id)
        found += (((-at, 1, 0, id, by), id, owners, laid) for at, by, owners, laid in came)
        found += (((-at, 0, place[commit, id], id, ""), id, owners, laid) for at, commit, owners, laid in moved)
    found.sort(key=itemgetter(0))
    units: defaultdict[str, list[Laid]] = defaultdict(list)
    owners: defaultdict[str, list[Laid]] = defaultdict(list)
    for _, id, names, laid in found:
        for entries in (units[id], *(owners[name] for name in names)):
            if len(entries) < MOST_OF_ONE:
                entries.append(laid)
    return FeedEntries([laid for *_, laid in found[:MOST_OF_PORTAL]], units, owners)


def told_of(teller: Teller, unit_id: str) -> Told:
    """What some feed may tell of a unit: what is among the newest of the unit, or of an owner in it."""
    lines = NewsLines(teller.chronicle.gallery.kept(Ledgers))
    came: list[Came] = []
    moved: list[Moved] = []
    of_owner: Counter[str] = Counter()
    for number, happened in enumerate(_newest_first(teller.chronicle, unit_id)):
        if number < MOST_OF_PORTAL or any(of_owner[name] < MOST_OF_ONE for name in happened.owners):
            laid = teller.lay(_entry(lines, happened))
            if isinstance(happened.what, Meeting):
                came.append((happened.at.timestamp(), happened.what.by, happened.owners, laid))
            else:
                moved.append((happened.at.timestamp(), happened.what[0].commit.id, happened.owners, laid))
        of_owner.update(happened.owners)
    return tuple(came), tuple(moved)


def _newest_first(chronicle: Chronicle, unit_id: str) -> Iterator[_Happened]:
    """What happened in a unit."""
    portal = chronicle.gallery.portal
    came = (
        _Happened(_start(each), unit_id, each, _owners(portal, each)) for each in meetings(chronicle.came_in(unit_id))
    )
    together: dict[str, list[Change]] = {}
    for _, change in chronicle.changes_of(unit_id):
        together.setdefault(change.commit.id, []).append(change)
    moved = (
        _Happened(each[0].commit.at, unit_id, tuple(each), _owners(portal, tuple(each))) for each in together.values()
    )
    return merge(moved, came, key=lambda happened: happened.at, reverse=True)


def _start(meeting: Meeting) -> datetime:
    return datetime.combine(meeting.on, time(), UTC)


def _owners(portal: Portal, what: Meeting | tuple[Change, ...]) -> tuple[str, ...]:
    """Whose goals something happened to, by the last parts of the addresses of their pages."""
    if isinstance(what, Meeting):
        key_results = [item.kr for item in what.said]
        names = {name for kr in key_results for name in (kr.owner, portal.objectives[kr.objective_id].owner)}
    else:
        names = {name for change in what for name in _owners_of(portal, change)}
    return tuple(sorted({addresses.slug(name) for name in names if name}))


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
        address=meeting.unit.address if len(meeting.said) > 1 else meeting.said[0].address,
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

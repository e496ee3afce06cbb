"""Alignment: what contributes to what? The strategy map, from the top to the teams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from okrsite.frozen import frozen
from okrsite.model import Cycle, Objective, Unit
from okrsite.scoring import Status
from okrsite.site import addresses
from okrsite.site.pages.page import Material, Page, PagePlan
from okrsite.site.views import Gallery, Link
from okrsite.site.views.explanations import Explanation, Input
from okrsite.site.views.kept_units import standings
from okrsite.site.views.standing import Standing

_AT_ONCE = 80
"""How many rows are open when the page opens; branches below are closed."""

_FIRST_BRANCHES = 200
"""Up to so many rows the first branches are open all the same."""

_TROUBLE: tuple[Status, ...] = ("off_track", "at_risk")


@frozen
class MappedGoal:
    """An objective on the map.

    Attributes:
        figures: How it stands.
        supporters: The ids of the objectives that support it, each with the title of the key result that it supports,
            empty where that is the whole; also of those that the map does not show.
    """

    id: str
    title: str
    address: str
    unit: Unit
    figures: Standing
    supporters: Mapping[str, str]


@frozen
class Node:
    """A place in the map, in the order in which it is read.

    Attributes:
        depth: 0 for a root.
        step: How many columns right of the goal above it; for a root, of the first column.
        via: The key result it supports, where it supports one of the objective above rather than the whole.
        has_children: Whether a list of supporters follows.
        closes: How many lists end after it.
        repeated: Whether its supporters were shown further up already.
        is_first: Whether the objective has not stood further up: a link to it leads here.
        is_open: Whether what is below it is seen at once.
        below: How many places are below it.
        trouble: How many of these are off track and at risk; only what occurs.
        unsupported: Whether it should have supporters and has none.
        supports_nothing: Whether it should support something and does not.
    """

    goal: MappedGoal
    depth: int
    step: int
    via: str
    has_children: bool
    closes: int
    repeated: bool
    is_first: bool
    is_open: bool
    below: int
    trouble: tuple[tuple[Status, int], ...]
    unsupported: bool
    supports_nothing: bool


@frozen
class Alignment:
    """The alignment page, for one cycle.

    Attributes:
        tree: Every objective below what it supports; those that support nothing are roots, the top level first.
        levels: The levels that have objectives, top first: the columns.
        unsupported: Objectives of units with children that nobody supports.
        supporting_nothing: Objectives of units with a parent that support nothing.
        share: How many of the objectives of units with a parent support something, 0..1.
        why: How the share came to be, level by level; None without one.
        total: How many objectives there are.
        others: The way to the other cycles.
    """

    cycle: Cycle | None
    tree: tuple[Node, ...]
    levels: tuple[str, ...]
    unsupported: tuple[MappedGoal, ...]
    supporting_nothing: tuple[MappedGoal, ...]
    share: Fraction | None
    why: Explanation | None
    total: int
    others: tuple[Link, ...]


@dataclass(slots=True)
class _Entry:
    """A place in the map while it is laid out: ``end`` is the place after all that is below it."""

    goal: MappedGoal
    depth: int
    step: int
    via: str
    first: bool
    repeated: bool = False
    end: int = 0


def plans(material: Material) -> Iterator[PagePlan]:
    """The alignment page."""
    del material
    yield PagePlan("alignment/", _page)


def _page(material: Material) -> Page:
    record = _alignment(material.gallery)
    _ = material.gallery.words.language.gettext
    return Page("alignment/", "okr/alignment.html", _("Alignment"), record, description=_("What supports what."))


def is_on_map(gallery: Gallery, objective: Objective) -> bool:
    """Whether the map shows an objective: it rolls up, in the current cycle or another that runs."""
    return objective.rolls_up and _has_map(gallery, gallery.portal.cycles[objective.cycle_id])


def _has_map(gallery: Gallery, cycle: Cycle) -> bool:
    return cycle.id == gallery.figures.cycle or cycle.holds(gallery.as_of)


def _alignment(gallery: Gallery) -> Alignment:
    goals = dict(sorted((goal.id, goal) for goal in _goals(gallery)))
    below = [goal for goal in goals.values() if goal.unit.parent]
    places = {level: place for place, level in enumerate(gallery.portal.levels)}
    levels = {goal.unit.level for goal in goals.values()}
    top = min((places[level] for level in levels), default=0)
    supporting = {id for goal in goals.values() for id in goal.supporters}
    roots = [goal for goal in goals.values() if goal.id not in supporting]
    roots.sort(key=lambda goal: (places[goal.unit.level], not goal.supporters))
    share = Fraction(sum(goal.figures.supports for goal in below), len(below)) if below else None
    return Alignment(
        cycle=gallery.cycle,
        tree=tuple(_nodes(gallery, _entries(roots, goals, places, top))),
        levels=tuple(level for level in gallery.portal.levels if level in levels),
        unsupported=tuple(goal for goal in goals.values() if _is_unsupported(gallery, goal)),
        supporting_nothing=tuple(goal for goal in below if not goal.figures.supports),
        share=share,
        why=_explain(gallery, below, share) if share is not None else None,
        total=len(goals),
        others=gallery.other_cycles,
    )


def _goals(gallery: Gallery) -> Iterator[MappedGoal]:
    """All that the map shows."""
    portal = gallery.portal
    cycles = [id for id, cycle in portal.cycles.items() if _has_map(gallery, cycle)]
    for unit in portal.units.values():
        for cycle in cycles:
            if cycle in portal.objective_ids[unit.id]:
                yield from (_goal(gallery, unit, each) for each in standings(gallery, unit.id, cycle) if each.rolls_up)


def _goal(gallery: Gallery, unit: Unit, figures: Standing) -> MappedGoal:
    portal, id = gallery.portal, figures.id
    supporters = dict.fromkeys(portal.supporter_ids.get(id, ()), "")
    for kr in portal.key_result_ids[id]:
        for each in portal.supporter_ids.get(kr, ()):
            supporters.setdefault(each, portal.titles[kr])
    return MappedGoal(id, portal.titles[id], addresses.goal(id), unit, figures, supporters)


def _explain(gallery: Gallery, below: Sequence[MappedGoal], share: Fraction) -> Explanation:
    """How many of the objectives of units with a parent support something, and of which levels they are."""
    words = gallery.words

    def level(name: str) -> Input:
        supports = [goal.figures.supports for goal in below if goal.unit.level == name]
        title = words.level(name)
        return Input(title, f"{sum(supports)} / {len(supports)}", link=Link(title, addresses.level(name)))

    present = {goal.unit.level for goal in below}
    return Explanation(
        formula=words.language.gettext(
            "objectives that support something above / all that count = %(part)s / %(whole)s = %(result)s",
            part=sum(goal.figures.supports for goal in below),
            whole=len(below),
            result=words.percent(share),
        ),
        inputs=tuple(level(name) for name in gallery.portal.levels if name in present),
    )


def _is_unsupported(gallery: Gallery, goal: MappedGoal) -> bool:
    return bool(gallery.portal.children[goal.unit.id]) and not goal.figures.covered


def _entries(
    roots: Sequence[MappedGoal], goals: Mapping[str, MappedGoal], places: Mapping[str, int], top: int
) -> list[_Entry]:
    """The map in reading order; what supports several goals stands below each, its own supporters below the first."""
    entries: list[_Entry] = []
    seen: set[str] = set()
    waiting = [(root, 0, places[root.unit.level] - top, "") for root in reversed(roots)]
    while waiting:
        goal, depth, step, via = waiting.pop()
        again = goal.id in seen
        children = [(goals[id], title) for id, title in goal.supporters.items() if id in goals]
        entries.append(_Entry(goal, depth, step, via, not again, again and bool(children)))
        if not again:
            seen.add(goal.id)
            own = places[goal.unit.level]
            waiting.extend(
                (child, depth + 1, max(places[child.unit.level] - own, 0), title) for child, title in reversed(children)
            )
    _find_ends(entries)
    return entries


def _find_ends(entries: list[_Entry]) -> None:
    """Say of each place where all that is below it ends."""
    above: list[_Entry] = []
    for place, entry in enumerate(entries):
        while above and above[-1].depth >= entry.depth:
            above.pop().end = place
        above.append(entry)
    for entry in above:
        entry.end = len(entries)


def _nodes(gallery: Gallery, entries: list[_Entry]) -> Iterator[Node]:
    open_above = _open_above(entries)
    until = {
        status: list(accumulate((entry.goal.figures.status == status for entry in entries), initial=0))
        for status in _TROUBLE
    }
    for place, entry in enumerate(entries):
        after = entries[place + 1].depth if place + 1 < len(entries) else 0
        counts = [(status, found[entry.end] - found[place + 1]) for status, found in until.items()]
        goal = entry.goal
        yield Node(
            goal=goal,
            depth=entry.depth,
            step=entry.step,
            via=entry.via,
            has_children=after > entry.depth,
            closes=max(entry.depth - after, 0),
            repeated=entry.repeated,
            is_first=entry.first,
            is_open=entry.depth < open_above,
            below=entry.end - place - 1,
            trouble=tuple((status, n) for status, n in counts if n),
            unsupported=_is_unsupported(gallery, goal),
            supports_nothing=bool(goal.unit.parent) and not goal.figures.supports,
        )


def _open_above(entries: list[_Entry]) -> int:
    """The depth from which on branches are closed, so that about a screen of rows is there at once."""
    rows: list[int] = []
    for entry in entries:
        rows.extend([0] * (entry.depth + 1 - len(rows)))
        rows[entry.depth] += 1
    seen = list(accumulate(rows))
    fits = sum(n <= _AT_ONCE for n in seen)
    return max(fits - 1, 1 if len(seen) > 1 and seen[1] <= _FIRST_BRANCHES else 0)

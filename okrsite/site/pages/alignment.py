"""Alignment: what contributes to what?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from okrsite.model import Cycle
from okrsite.site.page import Material, Page
from okrsite.site.views import Gallery, Link, ObjectiveView


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the alignment tree, in the order in which it is read.

    Attributes:
        depth: 0 for a root.
        via: The key result it supports, where it supports one of the objective above rather than the whole.
        closes: How many lists end after it.
        has_children: Whether a list of supporters follows.
        repeated: Whether its supporters were shown further up already.
    """

    view: ObjectiveView
    depth: int
    via: str
    has_children: bool
    closes: int
    repeated: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """The alignment page, for one cycle.

    Attributes:
        tree: Objectives that support nothing and are supported, with all below them.
        unsupported: Objectives of units with children that nobody supports.
        supporting_nothing: Objectives of units with a parent that support nothing.
        share: How many of the objectives of units with a parent support something, 0..1.
        others: The way to the other cycles.
    """

    cycle: Cycle | None
    tree: tuple[Node, ...]
    unsupported: tuple[ObjectiveView, ...]
    supporting_nothing: tuple[ObjectiveView, ...]
    share: Fraction | None
    others: tuple[Link, ...]


def pages(material: Material) -> Iterator[Page]:
    """The alignment page."""
    record = _alignment(material.gallery)
    yield Page("alignment/", "okr/alignment.html", "Alignment", record, description="What supports what.")


def _alignment(gallery: Gallery) -> Alignment:
    cycle = gallery.cycle
    views = [
        view
        for view in gallery.objectives.values()
        if view.objective.rolls_up and cycle and (view.cycle.id == cycle.id or view.cycle.holds(gallery.as_of))
    ]
    shown = {view.objective.id for view in views}
    below = [view for view in views if view.unit.parent]
    roots = [view for view in views if not any(_objective_of(gallery, id) in shown for id in view.objective.supports)]
    linked = [view for view in roots if view.supported_by or not view.unit.parent]
    share = Fraction(sum(bool(view.objective.supports) for view in below), len(below)) if below else None
    return Alignment(
        cycle=cycle,
        tree=tuple(_tree(gallery, linked, shown)),
        unsupported=tuple(v for v in views if gallery.portal.children[v.unit.id] and not v.figures.covered),
        supporting_nothing=tuple(view for view in below if not view.objective.supports),
        share=share,
        others=gallery.other_cycles,
    )


def _objective_of(gallery: Gallery, id: str) -> str:
    """The objective that an id of an objective or key result belongs to."""
    kr = gallery.portal.key_results.get(id)
    return id if kr is None else kr.objective_id


def _tree(gallery: Gallery, roots: list[ObjectiveView], shown: set[str]) -> Iterator[Node]:
    """The tree in reading order; what supports several goals stands below each, its own supporters below the first."""
    entries: list[tuple[ObjectiveView, int, str]] = []
    seen: set[str] = set()
    repeated: list[bool] = []
    waiting = [(root, 0, "") for root in reversed(roots)]
    while waiting:
        view, depth, via = waiting.pop()
        entries.append((view, depth, via))
        again = view.objective.id in seen
        children = _children(gallery, view, shown)
        repeated.append(again and bool(children))
        if not again:
            seen.add(view.objective.id)
            waiting.extend((child, depth + 1, title) for child, title in reversed(children))
    for place, (view, depth, via) in enumerate(entries):
        after = entries[place + 1][1] if place + 1 < len(entries) else 0
        yield Node(view, depth, via, after > depth, max(depth - after, 0), repeated[place])


def _children(gallery: Gallery, view: ObjectiveView, shown: set[str]) -> list[tuple[ObjectiveView, str]]:
    supporters = gallery.portal.supporters
    found = [(o.id, "") for o in supporters.get(view.objective.id, ())]
    found += [(o.id, kr.kr.title) for kr in view.key_results for o in supporters.get(kr.kr.id, ())]
    first: dict[str, str] = {}
    for id, via in found:
        if id in shown:
            first.setdefault(id, via)
    return [(gallery.objectives[id], via) for id, via in first.items()]

"""A unit's goals in one cycle, as they hang on its wall: in full where there is room, else as a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from okrsite.frozen import frozen
from okrsite.model import Cycle, Unit
from okrsite.site.views.contrast import confidence_and_pace
from okrsite.site.views.explanations import Explanation, explain_unit
from okrsite.site.views.gallery import Gallery
from okrsite.site.views.goals import Link, ObjectiveView, UnitView
from okrsite.site.views.some import Some, first

MOST_AS_LINES = 60
"""How many objectives are named beyond those shown with their key results."""

_ROOM = 31_000
"""How many bytes of a page of 60 KB the goals may take, and what stands beside them; the rest is the page's own."""

_ROW = 1_300
_LINE = 300
"""About how many bytes a key result takes as a row of a table, and an objective as a line, with their links."""

_LEAST_ROWS = 6

MOST_DATES = 6
"""How many of the next dates are shown."""


@frozen
class Section:
    """A unit's goals in one cycle.

    Attributes:
        sentence: Its state in a sentence; empty where no objective counts.
        why: How its figures came to be; None where it has none.
        contrast: Where confidence and pace disagree; empty where they do not.
        objectives: Those shown with all their key results.
        rest: Those there is no room for, to be named.
        others: Objectives that roll up nowhere: drafts, postponed and cancelled ones.
        learned: Objectives with a closing note.
    """

    view: UnitView
    cycle: Cycle
    sentence: str
    why: Explanation | None
    contrast: str
    objectives: tuple[ObjectiveView, ...]
    rest: Some[ObjectiveView]
    others: Some[ObjectiveView]
    learned: Some[ObjectiveView]


@frozen
class DueDay:
    """A day on which something is due.

    Attributes:
        what: ``check-in`` or ``due``.
        links: The key results.
    """

    day: date
    what: str
    links: tuple[Link, ...]


def sections(gallery: Gallery, unit: Unit, cycles: Sequence[Cycle], beside: int = 0) -> tuple[Section, ...]:
    """A unit in some cycles, which share the room of its page.

    Args:
        gallery: The portal.
        unit: Whose goals.
        cycles: Which of them.
        beside: About how many bytes stand beside them on the page.
    """
    if not cycles:
        return ()
    named = sum(min(len(gallery.portal.objective_ids[unit.id].get(cycle.id, ())), MOST_AS_LINES) for cycle in cycles)
    rows = max((_ROOM - beside - named * _LINE) // _ROW, _LEAST_ROWS)
    return tuple(_section(gallery, unit, cycle, rows // len(cycles)) for cycle in cycles)


def _section(gallery: Gallery, unit: Unit, cycle: Cycle, room: int) -> Section:
    view = gallery.unit(unit.id, cycle.id)
    counting = [each for each in view.objectives if each.objective.rolls_up]
    others = [each for each in view.objectives if not each.objective.rolls_up]
    shown = _with_room(counting, room)
    under_way = view.figures if view.figures and cycle.holds(gallery.as_of) else None
    return Section(
        view=view,
        cycle=cycle,
        sentence=gallery.words.state(unit.name, view.figures, cycle, gallery.as_of) if view.figures else "",
        why=explain_unit(gallery, unit.id, cycle.id),
        contrast=confidence_and_pace(gallery.words, under_way) if under_way else "",
        objectives=tuple(counting[:shown]),
        rest=first(counting[shown:], MOST_AS_LINES),
        others=first(others, MOST_AS_LINES // 2),
        learned=first([each for each in counting if each.objective.closing_note], 12),
    )


def _with_room(views: Sequence[ObjectiveView], room: int) -> int:
    """How many objectives there is room for with all their key results; at least one."""
    rows = 0
    for place, view in enumerate(views):
        rows += len(view.key_results) + 1
        if rows > room and place:
            return place
    return len(views)


def next_dates(as_of: date, views: Iterable[ObjectiveView]) -> tuple[DueDay, ...]:
    """The next check-ins and due days of key results that are under way, soonest first.

    A check-in that is due on its key result's last day is not named beside it.
    """
    found: dict[tuple[date, str], list[Link]] = {}
    for view in views:
        if view.objective.state != "active":
            continue
        for kr in view.key_results:
            link = Link(kr.kr.title, kr.address)
            due = kr.kr.due >= as_of and kr.figures.progress < 1 and kr.kr.start <= as_of
            if kr.check_in_due and kr.check_in_due >= as_of and not (due and kr.check_in_due == kr.kr.due):
                found.setdefault((kr.check_in_due, "check-in"), []).append(link)
            if due:
                found.setdefault((kr.kr.due, "due"), []).append(link)
    return tuple(DueDay(day, what, tuple(found[day, what])) for day, what in sorted(found))[:MOST_DATES]

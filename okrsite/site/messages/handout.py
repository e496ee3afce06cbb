"""A status to hand on: the state of a unit or of the portal, short enough for a mail, a chat or a slide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from fractions import Fraction
from typing import Any, TypeVar

from okrsite.frozen import frozen
from okrsite.model import Objective, Unit
from okrsite.site import addresses
from okrsite.site.messages.lines import Line, Part, more_of, plain, said, short
from okrsite.site.views import Gallery, ObjectiveView, Some, first
from okrsite.site.views.arrivals import arrived
from okrsite.site.views.leading import Leading, Ranked, first_of_all, leading
from okrsite.site.views.wall import DueDay
from okrsite.site.words import Number, Words

RECENT_DAYS = 7
MOST_OBJECTIVES = 5
MOST_LINES = 3
_BEHIND = ("off_track", "at_risk", "no_data")

Thing = TypeVar("Thing")


@frozen
class Row:
    """An objective: its figures are words already."""

    title: str
    address: str
    status: str
    progress: str
    expected: str
    confidence: str
    says: str


@frozen
class Handout:
    """A status to hand on.

    Attributes:
        title: What it is the status of, and when.
        address: The page that has the whole.
        sentences: The state in words, a cycle each.
        rows: The objectives.
        more: How many are left out, in words.
        parts: What is behind, what came in, what is next; empty ones are left out.
    """

    title: str
    address: str
    sentences: tuple[str, ...]
    rows: tuple[Row, ...]
    more: str
    parts: tuple[Part, ...]

    def markdown(self, canonical: str = "") -> str:
        """It as Markdown that forges, chats and mail all take: bold and lists, no tables.

        Args:
            canonical: The site's address, ending with a slash; without one there is no link to the page.
        """
        lines = [f"**{plain(self.title)}**", "", *(plain(sentence) for sentence in self.sentences), ""]
        lines += [f"- **{plain(row.title)}**: {plain(row.says)}" for row in self.rows]
        lines += [f"- {plain(self.more)}"] if self.more else []
        for part in self.parts:
            lines += ["", *part.markdown()]
        if canonical:
            lines += ["", addresses.absolute(canonical, self.address)]
        return "\n".join(lines).replace("\n\n\n", "\n\n").strip() + "\n"


def unit_handout(gallery: Gallery, unit: Unit, coming: Sequence[DueDay] = ()) -> Handout | None:
    """The status of a unit in the cycles that its page shows; None where no objective counts.

    Args:
        gallery: The goals with their figures.
        unit: The unit.
        coming: The next dates.
    """
    words = gallery.words
    _ = words.language.gettext
    shown = [gallery.unit(unit.id, cycle.id) for cycle in gallery.shown_cycles(unit.id)]
    sentences = [
        _sentence(words, words.state(unit.name, view.figures, view.cycle, gallery.as_of), view.figures.confidence)
        for view in shown
        if view.figures and view.cycle
    ]
    objectives = [each for view in shown for each in view.objectives if each.objective.rolls_up]
    goals = [each.objective for each in objectives]
    if not sentences:
        return None
    parts = (
        *_goals(gallery, [_behind(gallery, goals)], [_arrived(gallery, goals)]),
        _part(words, _("Next dates"), first(coming, MOST_LINES), lambda each: _date(words, each)),
    )
    title = _("%(name)s, as of %(day)s", name=unit.name, day=words.day(gallery.as_of))
    return _handout(words, title, addresses.goal(unit.id), sentences, objectives, parts)


def portal_handout(gallery: Gallery, name: str, also: Sequence[str] = ()) -> Handout | None:
    """The status of the portal in its current cycle; None where no objective counts.

    Args:
        gallery: The goals with their figures.
        name: What the portal is called.
        also: What to say beside its state, such as how far its rollout is.
    """
    cycle = gallery.cycle
    figures = gallery.figures.portal.get(cycle.id) if cycle else None
    if cycle is None or figures is None:
        return None
    words = gallery.words
    top = gallery.objectives_in(cycle.id, [unit.id for unit in gallery.portal.top_units])
    title = words.language.gettext("%(name)s, as of %(day)s", name=name, day=words.day(gallery.as_of))
    state = _sentence(words, words.state(name, figures, cycle, gallery.as_of), figures.confidence)
    behind, came = zip(*(gallery.part(news_of, unit) for unit in gallery.portal.units), strict=True)
    parts = _goals(gallery, behind, came)
    return _handout(words, title, "", [state, *also], [o for o in top if o.objective.rolls_up], parts)


def _handout(
    words: Words,
    title: str,
    address: str,
    sentences: Sequence[str],
    objectives: Sequence[ObjectiveView],
    parts: Iterable[Part],
) -> Handout:
    rows = tuple(_row(words, view) for view in objectives[:MOST_OBJECTIVES])
    more = more_of(words, len(objectives) - MOST_OBJECTIVES)
    return Handout(title, address, tuple(sentences), rows, more, tuple(part for part in parts if part.lines))


def _sentence(words: Words, state: str, confidence: Number | None) -> str:
    """A state with how sure its owners are."""
    if confidence is None:
        return state
    return (
        f"{state} {words.language.gettext('Confidence %(confidence)s of 10.', confidence=words.confidence(confidence))}"
    )


def _part(words: Words, title: str, some: Some[Thing], line: Callable[[Thing], Line]) -> Part:
    return Part(title, some.each(line).shown, more_of(words, some.more))


def _row(words: Words, view: ObjectiveView) -> Row:
    figures = view.figures
    status, confidence = words.status(figures.status), words.confidence(figures.confidence)
    says = f"{status}, {words.pace(figures)}"
    if figures.confidence is not None:
        says += f", {words.language.gettext('confidence %(confidence)s', confidence=confidence)}"
    return Row(
        title=short(view.objective.title),
        address=view.address,
        status=status,
        progress=words.percent(figures.progress),
        expected=words.percent(figures.expected),
        confidence=confidence,
        says=says,
    )


def news_of(gallery: Gallery, unit_id: str) -> tuple[Leading, Leading]:
    """What of a unit's objectives under way is behind, and what came in on them."""
    running = gallery.running_in(unit_id)
    return _behind(gallery, running), _arrived(gallery, running)


def _behind(gallery: Gallery, objectives: Iterable[Objective]) -> Leading:
    """The key results that are behind or silent, those with the longest way to go first."""
    rows: list[Ranked] = []
    for kr in (kr for objective in objectives for kr in objective.key_results):
        figures = gallery.figures.key_results[kr.id]
        if figures.status in _BEHIND:
            gap = figures.progress - figures.expected
            rows.append((_BEHIND.index(figures.status), *gap.as_integer_ratio(), kr.id))
    return leading(rows, MOST_LINES, _farthest_first)


def _farthest_first(row: Ranked) -> Any:
    silence, *gap, id = row
    return silence, Fraction(*gap), id


def _arrived(gallery: Gallery, objectives: Iterable[Objective]) -> Leading:
    """What was checked in lately, newest first."""
    since = gallery.as_of - timedelta(days=RECENT_DAYS)
    found = arrived(gallery, (objective.id for objective in objectives), since)
    return leading([(-day, id, place) for _, day, id, place, *_ in found], MOST_LINES)


def _goals(gallery: Gallery, behind: Iterable[Leading], came: Iterable[Leading]) -> tuple[Part, Part]:
    """What is behind, and what came in, in lines."""
    words = gallery.words
    _ = words.language.gettext

    def late(row: Ranked) -> Line:
        kr, _ = gallery.key_result(row[-1])
        pace = f"{words.status(kr.figures.status)}, {words.pace(kr.figures)}"
        return Line(short(kr.kr.title), f"{pace} ({kr.kr.owner})")

    def read(row: Ranked) -> Line:
        kr, reading = gallery.portal.key_results[row[1]], gallery.readings[row[1]][row[2]]
        return Line(short(kr.title), said(words, reading, kr))

    return (
        _part(
            words, _("Key results that are behind or silent"), first_of_all(behind, MOST_LINES, _farthest_first), late
        ),
        _part(words, _("Came in within seven days"), first_of_all(came, MOST_LINES), read),
    )


def _date(words: Words, due: DueDay) -> Line:
    """A next date; key results are counted where there are several."""
    _, plural, count = words.language.gettext, words.language.ngettext, len(due.links)
    if count == 1:
        title = short(due.links[0].title)
        asked = _("check-in on: %(goal)s", goal=title)
        says = asked if due.what == "check-in" else _("to be reached: %(goal)s", goal=title)
    elif due.what == "check-in":
        says = plural("check-in on %(num)s key result", "check-ins on %(num)s key results", count)
    else:
        says = plural("%(num)s key result to be reached", "%(num)s key results to be reached", count)
    return Line(words.short_day(due.day), says)

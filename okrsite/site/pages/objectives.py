"""An objective: is it going to work, and who knows?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from okrsite.charts import Chart, Goalpost, Line, objective_trend
from okrsite.frozen import frozen
from okrsite.site import addresses
from okrsite.site.pages.alignment import is_on_map
from okrsite.site.pages.page import Material, Page, PagePlan
from okrsite.site.views import (
    Gallery,
    KeyResultView,
    Link,
    ObjectiveView,
    Reading,
    Some,
    TrendTable,
    beside,
    first,
    trend_table,
)
from okrsite.site.views.chain import Chain, chain
from okrsite.site.views.explanations import Explanation, explain_key_result, explain_objective
from okrsite.site.views.graphs import MOST_LINES, objective_confidence
from okrsite.site.views.ledger import ROOM, Ledger, Ledgers, Note
from okrsite.site.views.log import Meeting, meetings
from okrsite.site.views.moved_charts import MOST_MARKS, goalposts_of_objective, known_then
from okrsite.site.views.proposal import Proposal, proposal

MOST_READINGS = 60
"""How many rows the tables of readings of one objective have together; its key results share them."""

MOST_ENTRIES = 60
"""How many check-ins its log shows where it has few key results; with many it has less room."""

FEW = 4

_PAGE = 57_000
"""Bytes that a page may have, of which history takes what is left."""

_FRAME, _KEY_RESULT, _LOGGED, _READ, _LINK = 27_000, 2_500, 300, 150, 100
"""About how many bytes the page takes, each key result, each check-in in the log, each row of readings, each link."""

_LEAST = 1_000
"""What history has of a page that is full; its log then is short."""

_MARK, _NOTE, _CHART = 500, 300, 5_200
"""The same of a mark on the trend, a note on a key result, and a chart of what was known then."""


@frozen
class Measured:
    """A key result with all that its objective's page says of it.

    Attributes:
        why: How its figures came to be.
        readings: Newest first; of many the newest.
        moved: Its goalposts that moved, newest first.
        known_then: Its progress as it was known on each day; None where that is what its readings tell.
    """

    view: KeyResultView
    why: Explanation
    readings: Some[Reading]
    moved: Some[Note]
    known_then: Chart | None


@frozen
class ObjectivePage:
    """An objective's page.

    Attributes:
        why: How its figures came to be.
        key_results: Each with its explanation and readings.
        confidence: How sure its owners were over the cycle; None where nobody said.
        log: Its check-ins by day and person, newest first.
        siblings: The unit's objectives of the cycle beside it.
        proposal: The form for a new check-in; None where none is waited for.
        on_map: Its place on the alignment page; empty where it is not there.
        chain: The same goal in earlier and later cycles.
        ledger: What moved; None where nobody asked for the history.
    """

    view: ObjectiveView
    why: Explanation
    key_results: tuple[Measured, ...]
    trend: Chart
    trend_table: TrendTable
    confidence: Chart | None
    log: Some[Meeting]
    siblings: Some[Link]
    cycle_address: str
    proposal: Proposal | None
    on_map: str
    chain: Chain
    ledger: Ledger | None


def plans(material: Material) -> Iterator[PagePlan]:
    """The page of each objective."""
    for cycles in material.gallery.portal.objective_ids.values():
        for id in (id for ids in cycles.values() for id in ids):
            yield plan(id)


def plan(id: str) -> PagePlan:
    """The page of an objective."""
    return PagePlan(addresses.goal(id), _page, (id,))


def _page(material: Material, id: str) -> Page:
    gallery, _ = material.gallery, material.gallery.words.language.gettext
    forge, folder = material.forge, f"{material.settings.content}/{material.settings.source}"
    view = gallery.objectives[id]
    unit, cycle = view.unit, view.cycle
    above = [Link(each.name, addresses.goal(each.id)) for each in gallery.portal.ancestors(unit.id)]
    in_cycle = addresses.unit_in_cycle(view.objective)
    siblings = _siblings(gallery, view)
    record = _objective_page(material.ledgers, view, siblings, in_cycle, proposal(gallery, forge, view, folder))
    return Page(
        address=view.address,
        template="okr/objective.html",
        title=view.objective.title,
        record=record,
        charts=list(_charts(record)),
        crumbs=[*above, Link(unit.name, addresses.goal(unit.id)), Link(cycle.name, in_cycle)],
        description=_(
            "%(objective)s: an objective of %(unit)s for %(cycle)s",
            objective=view.objective.title,
            unit=unit.name,
            cycle=cycle.name,
        ),
        source=view.objective.source.path,
        line=view.objective.source.line,
    )


def _charts(record: ObjectivePage) -> Iterator[Chart]:
    """Every chart of an objective's page."""
    for chart in (record.trend, record.confidence, *(each.known_then for each in record.key_results)):
        if chart is not None:
            yield chart


def _siblings(gallery: Gallery, view: ObjectiveView) -> Some[Link]:
    """The objectives beside one in its unit and cycle."""
    objectives = gallery.portal.objectives_by_unit[view.unit.id][view.cycle.id]
    place = gallery.portal.place_beside[view.objective.id]
    return beside(objectives, place).each(lambda each: Link(each.title, addresses.goal(each.id)))


def _objective_page(
    ledgers: Ledgers, view: ObjectiveView, siblings: Some[Link], cycle_address: str, proposal: Proposal | None
) -> ObjectivePage:
    gallery = ledgers.gallery
    count = len(view.key_results)
    readings = MOST_READINGS // count if count <= MOST_LINES else 0  # the log has the latest of them
    entries = MOST_ENTRIES if count <= FEW else max(MOST_ENTRIES * FEW // count - count, FEW)
    cycle = view.cycle
    progress = gallery.trends.objective_trend(view.objective.id)
    told_apart = view.key_results if count <= MOST_LINES else ()
    log = meetings(view.key_results, entries)
    room = _room(view, log, readings, siblings)
    if not room and ledgers.told(view):
        log, room = meetings(view.key_results, FEW), _LEAST
    past = _past(ledgers, view, room)
    lines = [Line(kr.kr.title, gallery.trends.key_result_trend(kr.kr.id)) for kr in told_apart]
    return ObjectivePage(
        view=view,
        why=explain_objective(gallery, view),
        key_results=tuple(
            Measured(
                kr,
                explain_key_result(gallery, kr),
                first(kr.readings, readings),
                ledgers.notes(kr, past.ledger, past.notes),
                past.known_then.get(kr.kr.id),
            )
            for kr in view.key_results
        ),
        trend=objective_trend(
            gallery.words.language.gettext("Progress of: %(objective)s", objective=view.objective.title),
            cycle.start,
            cycle.end,
            progress,
            lines,
            gallery.words.language,
            past.goalposts,
        ),
        trend_table=trend_table([Line(gallery.words.language.gettext("Objective"), progress), *lines]),
        confidence=objective_confidence(gallery, view),
        log=log,
        siblings=siblings,
        cycle_address=cycle_address,
        proposal=proposal,
        on_map=addresses.on_map(view.objective.id) if is_on_map(gallery, view.objective) else "",
        chain=chain(gallery, view.objective.id),
        ledger=past.ledger,
    )


@frozen
class _Past:
    """What a page tells of how its goals moved; ``notes`` is how many goalposts each key result names."""

    ledger: Ledger | None
    goalposts: Sequence[Goalpost]
    known_then: Mapping[str, Chart]
    notes: int


def _past(ledgers: Ledgers, view: ObjectiveView, room: int) -> _Past:
    """What there is room for: marks and notes first, then the ledger, then charts."""
    count = len(view.key_results)
    goalposts = goalposts_of_objective(ledgers, view, min(MOST_MARKS, room // (4 * _MARK)))
    notes = min(2, room // (4 * _NOTE * count))
    moved = sum(bool(ledgers.moved(kr.kr.id)) for kr in view.key_results)
    room -= len(goalposts) * _MARK + notes * moved * _NOTE
    ledger = ledgers.objective(view, min(ROOM, room))
    room -= ledger.size if ledger else 0
    return _Past(ledger, goalposts, dict(known_then(ledgers, view)[: max(room, 0) // _CHART]), notes)


def _room(view: ObjectiveView, log: Some[Meeting], readings: int, siblings: Some[Link]) -> int:
    """About how many bytes the rest of the page leaves."""
    logged = sum(_LOGGED + len(entry.reading.note.encode()) for meeting in log for entry in meeting.entries)
    rows = sum(min(len(kr.readings), readings) for kr in view.key_results)
    texts = len(view.objective.description.encode()) + len(view.objective.closing_note.encode())
    texts += sum(_LINK + len(link.title.encode()) for link in (*siblings, *view.supports[:12], *view.supported_by[:12]))
    return max(_PAGE - _FRAME - _KEY_RESULT * len(view.key_results) - logged - _READ * rows - texts, 0)

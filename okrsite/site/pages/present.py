"""Present: the portal as slides, for a display on the wall or a review meeting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from okrsite.frozen import frozen
from okrsite.model import Cycle, Unit
from okrsite.scoring import CycleFigures, KpiStatus, ObjectiveFigures, RolloutFigures, Status, TaskFigures
from okrsite.site import addresses
from okrsite.site.pages.home import Home, home
from okrsite.site.pages.page import Material, Page, PagePlan
from okrsite.site.pages.rollout import RolloutView, TaskView
from okrsite.site.views import Gallery, KpiView, ObjectiveView, Tally, first
from okrsite.site.views.kept_units import standings
from okrsite.site.views.leading import Leading, first_of_all, leading
from okrsite.site.views.standing import Standing

MOST_ROWS = 6
"""How many rows a slide has room for, in letters that are read from five metres."""

MOST_UNITS = 40
"""How many units have a slide: with more, a round takes longer than anybody waits."""

MOST_OBJECTIVES = 12
"""How many objectives of the top have a slide."""

_KPI_ORDER: tuple[KpiStatus, ...] = ("red", "amber", "no_data", "green")


@frozen
class Pace:
    """What a bullet bar shows."""

    progress: Fraction
    expected: Fraction
    status: Status


@frozen
class SlideRow:
    """A line of a slide.

    Attributes:
        value: What stands at its end, in words.
        pace: Its bullet bar; None for none.
        status: A status or the status of a KPI.
    """

    title: str
    address: str
    note: str
    value: str
    status: str
    pace: Pace | None = None


@frozen
class Slide:
    """One screen.

    Attributes:
        id: Its place on the page, and in the address while it is shown.
        kind: ``state``, ``objective``, ``unit``, ``attention``, ``kpis`` or ``rollout``.
        above: What it is a part of, in small letters above the title.
        sentence: What it says.
        pace: Of the whole; None for none.
        counts: How many of which status.
        more: How many rows are left out.
    """

    id: str
    kind: str
    above: str
    title: str
    address: str
    sentence: str
    pace: Pace | None = None
    counts: Tally | None = None
    rows: tuple[SlideRow, ...] = ()
    more: int = 0


@frozen
class Present:
    """The slides in the order in which they are shown; ``units`` are those that a meeting may begin with."""

    slides: tuple[Slide, ...]
    units: tuple[Slide, ...]
    left_out: int


def plans(material: Material) -> Iterator[PagePlan]:
    """The page of all slides."""
    del material
    yield PagePlan("present/", _page)


def _page(material: Material) -> Page:
    gallery = material.gallery
    _ = gallery.words.language.gettext
    units = _units(gallery)
    slides = tuple(_slides(gallery, home(material), units[:MOST_UNITS]))
    record = Present(
        slides=slides,
        units=tuple(slide for slide in slides if slide.kind == "unit"),
        left_out=max(len(units) - MOST_UNITS, 0),
    )
    about = _("The state of the goals, slide by slide.")
    return Page("present/", "okr/present.html", _("Present"), record, description=about)


def _units(gallery: Gallery) -> list[Unit]:
    """The units right below the top, or the top itself where nothing is below; those that have goals now."""
    portal, cycle = gallery.portal, gallery.figures.cycle
    below = [unit for top in portal.top_units for unit in portal.children[top.id]]
    return [unit for unit in below or portal.top_units if cycle in gallery.figures.units.get(unit.id, {})]


def _slides(gallery: Gallery, state: Home, units: Iterable[Unit]) -> Iterator[Slide]:
    cycle = state.cycle
    if cycle and state.figures:
        yield _state(gallery, state, cycle, state.figures)
        tops = [view for unit in state.top for view in unit.objectives if view.objective.rolls_up]
        yield from (_objective(gallery, view) for view in tops[:MOST_OBJECTIVES])
        yield from (_unit(gallery, unit, cycle) for unit in units)
        yield _attention(gallery, state)
    if any(gallery.portal.kpi_ids.values()):
        yield _kpis(gallery)
    if state.rollout:
        yield _rollout(gallery, state.rollout)


def _state(gallery: Gallery, state: Home, cycle: Cycle, figures: CycleFigures) -> Slide:
    _ = gallery.words.language.gettext
    words = gallery.words
    sure = _("Confidence %(confidence)s of 10.", confidence=words.confidence(figures.confidence))
    rows = [
        SlideRow(
            view.unit.name,
            view.address,
            view.unit.lead,
            words.percent(view.figures.progress),
            view.figures.status,
            _pace(view.figures),
        )
        for unit in gallery.portal.top_units
        for child in gallery.portal.children[unit.id]
        if (view := gallery.unit_row(child.id, cycle.id)).figures
    ]
    return Slide(
        id="okr_state",
        kind="state",
        above=f"{cycle.name}, {words.time_in_cycle(cycle, gallery.as_of)}",
        title=_("How we are doing"),
        address="",
        sentence=f"{state.sentence} {sure}" if figures.confidence is not None else state.sentence,
        pace=_pace(figures),
        counts=state.key_results,
        rows=tuple(rows[:MOST_ROWS]),
        more=max(len(rows) - MOST_ROWS, 0),
    )


def _objective(gallery: Gallery, view: ObjectiveView) -> Slide:
    words = gallery.words
    rows = [
        SlideRow(
            each.kr.title,
            each.address,
            each.adds,
            words.percent(each.figures.progress),
            each.figures.status,
            Pace(each.figures.progress, each.figures.expected, each.figures.status),
        )
        for each in view.key_results
    ]
    return Slide(
        id=view.objective.id,
        kind="objective",
        above=f"{view.unit.name} · {view.objective.owner}",
        title=view.objective.title,
        address=view.address,
        sentence=words.pace(view.figures),
        pace=_pace(view.figures),
        rows=tuple(rows[:MOST_ROWS]),
        more=max(len(rows) - MOST_ROWS, 0),
    )


def _unit(gallery: Gallery, unit: Unit, cycle: Cycle) -> Slide:
    words, row = gallery.words, gallery.unit_row(unit.id, cycle.id)
    counting = [each.id for each in standings(gallery, unit.id, cycle.id) if each.rolls_up]
    shown = first(counting, MOST_ROWS)
    rows = [
        SlideRow(
            each.title,
            each.address,
            each.owner,
            words.percent(each.figures.progress),
            each.figures.status,
            _pace(each.figures),
        )
        for each in shown.each(gallery.objective_row)
    ]
    return Slide(
        id=unit.id,
        kind="unit",
        above=" · ".join(part for part in (words.level(unit.level), unit.lead) if part),
        title=unit.name,
        address=row.address,
        sentence=words.state(unit.name, row.figures, cycle, gallery.as_of) if row.figures else "",
        pace=_pace(row.figures) if row.figures else None,
        counts=row.key_result_tally,
        rows=tuple(rows),
        more=shown.more,
    )


def _attention(gallery: Gallery, state: Home) -> Slide:
    words, needed = gallery.words, state.attention
    _, plural = words.language.gettext, words.language.ngettext
    rows = [
        SlideRow(
            view.objective.title,
            view.address,
            f"{view.unit.name} · {view.objective.owner}",
            words.percent(view.figures.progress),
            view.figures.status,
            _pace(view.figures),
        )
        for view in (*needed.off_track, *needed.at_risk)
    ]
    said = [
        plural(
            "%(num)s key result has no reading yet.",
            "%(num)s key results have no reading yet.",
            needed.no_data.total,
        )
        if needed.no_data
        else "",
        plural("%(num)s check-in is overdue.", "%(num)s check-ins are overdue.", needed.waiting)
        if needed.waiting
        else "",
    ]
    nothing = "" if rows or any(said) else _("Nothing: every running goal is on track and checked in.")
    return Slide(
        id="okr_attention",
        kind="attention",
        above=_("Objectives behind their pace"),
        title=_("Needs attention"),
        address="",
        sentence=" ".join(part for part in (*said, nothing) if part),
        rows=tuple(rows[:MOST_ROWS]),
        more=max(needed.off_track.total + needed.at_risk.total - MOST_ROWS, 0),
    )


def _kpis(gallery: Gallery) -> Slide:
    words = gallery.words
    rows = first_of_all((gallery.part(_kpis_of, unit) for unit in gallery.portal.units), MOST_ROWS)
    return Slide(
        id="okr_kpis",
        kind="kpis",
        above=words.count(rows.total, "KPI"),
        title=words.language.gettext("KPIs"),
        address="kpis/",
        sentence="",
        rows=rows.each(lambda row: _kpi(gallery, gallery.kpis[row[2]])).shown,
        more=rows.more,
    )


def _kpis_of(gallery: Gallery, unit_id: str) -> Leading:
    depth, kpis = unit_id.count("/"), gallery.figures.kpis
    rows = [(depth, _KPI_ORDER.index(kpis[id].status), id) for id in gallery.portal.kpi_ids[unit_id]]
    return leading(rows, MOST_ROWS)


def _kpi(gallery: Gallery, view: KpiView) -> SlideRow:
    words = gallery.words
    value = words.measured(view.figures.current, view.kpi.unit_of_measure)
    return SlideRow(view.kpi.name, view.address, f"{view.unit.name} · {view.aims}", value, view.figures.status)


def _rollout(gallery: Gallery, plan: RolloutView) -> Slide:
    _ = gallery.words.language.gettext
    named: list[tuple[str, tuple[TaskView, ...]]] = [
        (_("late"), plan.late),
        (_("this week"), plan.now),
        (_("next"), plan.next),
    ]
    rows = [
        SlideRow(
            task.figures.task.title,
            f"rollout/#{task.anchor}",
            name,
            gallery.words.percent(task.figures.progress),
            task.figures.status,
            _pace(task.figures),
        )
        for name, tasks in named
        for task in tasks
    ]
    return Slide(
        id="okr_rollout",
        kind="rollout",
        above=_("Rollout"),
        title=plan.rollout.title,
        address=f"rollout/#{addresses.rollout_plan(plan.rollout.id)}",
        sentence=plan.sentence,
        pace=_pace(plan.figures),
        rows=tuple(rows[:MOST_ROWS]),
        more=max(len(rows) - MOST_ROWS, 0),
    )


def _pace(figures: CycleFigures | ObjectiveFigures | RolloutFigures | Standing | TaskFigures) -> Pace:
    return Pace(figures.progress, figures.expected, figures.status)

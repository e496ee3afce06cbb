"""Owners: what is on one person's plate?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from okrsite.scoring import TaskFigures
from okrsite.site import addresses
from okrsite.site.page import Material, Page
from okrsite.site.views import Gallery, KeyResultView, KpiView, Link, ObjectiveView


@dataclass(slots=True)
class _Plate:
    """What one owner has, while it is gathered."""

    name: str
    leads: list[Link] = field(default_factory=list)
    objectives: list[ObjectiveView] = field(default_factory=list)
    key_results: list[tuple[KeyResultView, ObjectiveView]] = field(default_factory=list)
    kpis: list[KpiView] = field(default_factory=list)
    tasks: list[tuple[TaskFigures, Link]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OwnerPage:
    """An owner's page.

    Attributes:
        leads: The units the owner leads.
        objectives: Of the running cycles; ``past`` are those of others.
        key_results: Those whose objective someone else owns, of the running cycles.
        dates: Coming check-ins and due days, soonest first.
    """

    name: str
    address: str
    leads: tuple[Link, ...]
    objectives: tuple[ObjectiveView, ...]
    past: tuple[ObjectiveView, ...]
    key_results: tuple[tuple[KeyResultView, ObjectiveView], ...]
    kpis: tuple[KpiView, ...]
    tasks: tuple[tuple[TaskFigures, Link], ...]
    waiting: tuple[tuple[KeyResultView, ObjectiveView], ...]
    dates: tuple[tuple[date, str, Link], ...]


@dataclass(frozen=True, slots=True)
class Owners:
    """Everyone who owns something, by name; ``waiting`` check-ins wait with ``waited_for`` of them."""

    owners: tuple[OwnerPage, ...]
    waiting: int
    waited_for: int


def pages(material: Material) -> Iterator[Page]:
    """The page of each owner, and the list of them."""
    gallery = material.gallery
    plates = _gather(gallery)
    records = [_owner(gallery, plate) for _, plate in sorted(plates.items())]
    waiting = [len(each.waiting) for each in records]
    everyone = Owners(tuple(records), sum(waiting), sum(n > 0 for n in waiting))
    _ = gallery.words.language.gettext
    top = Link(_("Owners"), "owners/")
    yield Page(top.address, "okr/owners.html", top.title, everyone, description=_("Who owns what."))
    for record in records:
        about = _("What %(name)s owns.", name=record.name)
        feeds = addresses.owner_feeds(record.name)
        yield Page(record.address, "okr/owner.html", record.name, record, [top], about, feeds=feeds)


def _gather(gallery: Gallery) -> dict[str, _Plate]:
    plates: dict[str, _Plate] = {}

    def plate(name: str) -> _Plate:
        return plates.setdefault(addresses.owner(name), _Plate(name))

    for unit in gallery.portal.units.values():
        if unit.lead:
            plate(unit.lead).leads.append(gallery.unit_link(unit.id))
    for view in gallery.objectives.values():
        owner = view.objective.owner
        plate(owner).objectives.append(view)
        for kr in view.key_results:
            if kr.kr.owner != owner:
                plate(kr.kr.owner).key_results.append((kr, view))
    for kpi in gallery.kpis.values():
        if kpi.kpi.owner:
            plate(kpi.kpi.owner).kpis.append(kpi)
    for plan in gallery.figures.plans:
        for place, figures in enumerate(plan.tasks, 1):
            task = figures.task
            if task.owner:
                address = f"rollout/#{addresses.rollout_task(plan.rollout.id, place)}"
                plate(task.owner).tasks.append((figures, Link(task.title, address, plan.rollout.title)))
    return plates


def _owner(gallery: Gallery, plate: _Plate) -> OwnerPage:
    as_of = gallery.as_of
    running = [view for view in plate.objectives if view.cycle.end >= as_of]
    own = [(kr, view) for view in running for kr in view.key_results if kr.kr.owner == plate.name]
    others = [(kr, view) for kr, view in plate.key_results if view.cycle.end >= as_of]
    dates: set[tuple[date, str, Link]] = set()
    for kr, view in (*own, *others):
        link = Link(kr.kr.title, kr.address)
        if kr.check_in_due and kr.check_in_due >= as_of:
            dates.add((kr.check_in_due, "check-in", link))
        if view.objective.state == "active" and kr.kr.due >= as_of and kr.figures.progress < 1:
            dates.add((kr.kr.due, "due", link))
    for figures, link in plate.tasks:
        if figures.task.end >= as_of and figures.progress < 1:
            dates.add((figures.task.end, "rollout", link))
    return OwnerPage(
        name=plate.name,
        address=addresses.owner(plate.name),
        leads=tuple(plate.leads),
        objectives=tuple(running),
        past=tuple(view for view in plate.objectives if view.cycle.end < as_of),
        key_results=tuple(others),
        kpis=tuple(plate.kpis),
        tasks=tuple(plate.tasks),
        waiting=tuple((kr, view) for kr, view in (*own, *others) if kr.waits),
        dates=tuple(sorted(dates, key=lambda item: (item[0], item[1], item[2].address))),
    )

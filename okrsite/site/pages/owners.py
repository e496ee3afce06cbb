"""Owners: what is on one person's plate?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from okrsite.model import Objective
from okrsite.scoring import TaskFigures
from okrsite.site import addresses
from okrsite.site.page import Material, Page, PagePlan
from okrsite.site.views import Gallery, KeyResultView, KpiView, Link, ObjectiveView
from okrsite.site.views.owned import Owned


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


def plans(material: Material) -> Iterator[PagePlan]:
    """The page of each owner, and the list of them."""
    yield PagePlan("owners/", _owners_page)
    for address in sorted(material.gallery.owned):
        yield PagePlan(address, _owner_page, (address,))


def _owners_page(material: Material) -> Page:
    gallery, _ = material.gallery, material.gallery.words.language.gettext
    records = [gallery.kept(_owner, address) for address in sorted(gallery.owned)]
    waiting = [len(each.waiting) for each in records]
    everyone = Owners(tuple(records), sum(waiting), sum(n > 0 for n in waiting))
    return Page("owners/", "okr/owners.html", _("Owners"), everyone, description=_("Who owns what."))


def _owner_page(material: Material, address: str) -> Page:
    gallery, _ = material.gallery, material.gallery.words.language.gettext
    record = replace(gallery.kept(_owner, address), past=_past(gallery, address))
    return Page(
        address=address,
        template="okr/owner.html",
        title=record.name,
        record=record,
        crumbs=[Link(_("Owners"), "owners/")],
        description=_("What %(name)s owns.", name=record.name),
        feeds=addresses.owner_feeds(record.name),
    )


def _owner(gallery: Gallery, address: str) -> OwnerPage:
    owned, as_of = gallery.owned[address], gallery.as_of
    goals = map(gallery.portal.objectives.__getitem__, owned.objectives)
    running = [gallery.objectives[each.id] for each in goals if not _is_past(gallery, each)]
    own = [(kr, view) for view in running for kr in view.key_results if kr.kr.owner == owned.name]
    others = [gallery.key_result(id) for id in owned.key_results if not _is_past(gallery, _objective_of(gallery, id))]
    tasks = _tasks(gallery, owned)
    dates: set[tuple[date, str, Link]] = set()
    for kr, view in (*own, *others):
        link = Link(kr.kr.title, kr.address)
        if kr.check_in_due and kr.check_in_due >= as_of:
            dates.add((kr.check_in_due, "check-in", link))
        if view.objective.state == "active" and kr.kr.due >= as_of and kr.figures.progress < 1:
            dates.add((kr.kr.due, "due", link))
    for figures, link in tasks:
        if figures.task.end >= as_of and figures.progress < 1:
            dates.add((figures.task.end, "rollout", link))
    return OwnerPage(
        name=owned.name,
        address=addresses.owner(owned.name),
        leads=tuple(gallery.unit_link(id) for id in owned.units),
        objectives=tuple(running),
        past=(),
        key_results=tuple(others),
        kpis=tuple(gallery.kpis[id] for id in owned.kpis),
        tasks=tuple(tasks),
        waiting=tuple((kr, view) for kr, view in (*own, *others) if kr.waits),
        dates=tuple(sorted(dates, key=lambda item: (item[0], item[1], item[2].address))),
    )


def _past(gallery: Gallery, address: str) -> tuple[ObjectiveView, ...]:
    """An owner's objectives of other cycles, which the list of all owners does without."""
    goals = map(gallery.portal.objectives.__getitem__, gallery.owned[address].objectives)
    return tuple(gallery.objectives[each.id] for each in goals if _is_past(gallery, each))


def _is_past(gallery: Gallery, objective: Objective) -> bool:
    return gallery.portal.cycles[objective.cycle_id].end < gallery.as_of


def _objective_of(gallery: Gallery, id: str) -> Objective:
    return gallery.portal.objectives[gallery.portal.key_results[id].objective_id]


def _tasks(gallery: Gallery, owned: Owned) -> list[tuple[TaskFigures, Link]]:
    """The tasks of the rollout, of the plan that readers want to see first, first."""
    found = []
    for plan in gallery.figures.plans if owned.tasks else ():
        for id, place in owned.tasks:
            if id == plan.rollout.id:
                figures = plan.tasks[place]
                address = f"rollout/#{addresses.rollout_task(id, place + 1)}"
                found.append((figures, Link(figures.task.title, address, plan.rollout.title)))
    return found

"""Owners: what is on one person's plate?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from okrsite.frozen import frozen
from okrsite.model import Cycle
from okrsite.scoring import TaskFigures
from okrsite.site import addresses
from okrsite.site.pages.page import Material, Page, PagePlan
from okrsite.site.views import Gallery, KeyResultView, KpiView, Link, ObjectiveRow, ObjectiveView
from okrsite.site.views.owned import Owned


@frozen
class OwnerPage:
    """An owner's page.

    Attributes:
        leads: The units the owner leads.
        objectives: Of the running cycles; ``past`` are those of others.
        key_results: Those whose objective someone else owns, of the running cycles.
        waiting: Overdue check-ins.
        dates: Coming check-ins and due days, soonest first.
    """

    name: str
    address: str
    leads: tuple[Link, ...]
    objectives: tuple[ObjectiveRow, ...]
    past: tuple[ObjectiveRow, ...]
    key_results: tuple[tuple[KeyResultView, ObjectiveView], ...]
    kpis: tuple[KpiView, ...]
    tasks: tuple[tuple[TaskFigures, Link], ...]
    waiting: tuple[Waiting, ...]
    dates: tuple[tuple[date, str, Link], ...]


@frozen
class Waiting:
    """A key result whose check-in is overdue: when the latest was, and how often one is expected, in days."""

    link: Link
    last: date | None
    every: int


@frozen
class OwnerRow:
    """An owner beside others: how many of which goals, and when something of them is due next."""

    name: str
    address: str
    leads: tuple[str, ...]
    objectives: int
    key_results: int
    kpis: int
    tasks: int
    waiting: int
    next: date | None


@frozen
class Owners:
    """Everyone who owns something, by name; ``waiting`` check-ins wait with ``waited_for`` of them."""

    owners: tuple[OwnerRow, ...]
    waiting: int
    waited_for: int


class _Expected(NamedTuple):
    """What is expected of a key result of a running cycle; days by their numbers, None where nothing is.

    Attributes:
        waits: Whether pages remind of its check-in.
        last: When the latest reading was.
        every: How often a check-in is expected, in days.
        check_in: When the next check-in is due, if that is still to come.
        due: Its last day, if that is still to come, it is under way and not done.
    """

    id: str
    owner: str
    waits: bool
    last: int | None
    every: int
    check_in: int | None
    due: int | None


def plans(material: Material) -> Iterator[PagePlan]:
    """The page of each owner, and the list of them."""
    yield PagePlan("owners/", _owners_page)
    for address in sorted(material.gallery.owned):
        yield PagePlan(address, _owner_page, (address,))


def _owners_page(material: Material) -> Page:
    gallery, _ = material.gallery, material.gallery.words.language.gettext
    rows = [_row(gallery, address) for address in sorted(gallery.owned)]
    waiting = [each.waiting for each in rows]
    everyone = Owners(tuple(rows), sum(waiting), sum(n > 0 for n in waiting))
    return Page("owners/", "okr/owners.html", _("Owners"), everyone, description=_("Who owns what."))


def _owner_page(material: Material, address: str) -> Page:
    gallery, _ = material.gallery, material.gallery.words.language.gettext
    record = _owner(gallery, address)
    return Page(
        address=address,
        template="okr/owner.html",
        title=record.name,
        record=record,
        crumbs=[Link(_("Owners"), "owners/")],
        description=_("What %(name)s owns.", name=record.name),
        feeds=addresses.owner_feeds(record.name),
    )


def _row(gallery: Gallery, address: str) -> OwnerRow:
    owned = gallery.owned[address]
    expected = _expected_of(gallery, owned)
    days = [day for each in expected for day in (each.check_in, each.due) if day is not None]
    days += [figures.task.end.toordinal() for figures, _ in _coming_tasks(gallery, owned)]
    return OwnerRow(
        name=owned.name,
        address=addresses.owner(owned.name),
        leads=tuple(gallery.portal.units[id].name for id in owned.units),
        objectives=len(_running(gallery, owned.objectives)),
        key_results=len(_running_key_results(gallery, owned)),
        kpis=len(owned.kpis),
        tasks=len(_tasks(gallery, owned)),
        waiting=sum(each.waits for each in expected),
        next=date.fromordinal(min(days)) if days else None,
    )


def _owner(gallery: Gallery, address: str) -> OwnerPage:
    owned = gallery.owned[address]
    running, expected = _running(gallery, owned.objectives), _expected_of(gallery, owned)
    past = [id for id in owned.objectives if _is_past(gallery, id)]
    return OwnerPage(
        name=owned.name,
        address=addresses.owner(owned.name),
        leads=tuple(gallery.unit_link(id) for id in owned.units),
        objectives=tuple(map(gallery.objective_row, running)),
        past=tuple(map(gallery.objective_row, past)),
        key_results=tuple(map(gallery.key_result, _running_key_results(gallery, owned))),
        kpis=tuple(gallery.kpis[id] for id in owned.kpis),
        tasks=tuple(_tasks(gallery, owned)),
        waiting=tuple(
            Waiting(_link(gallery, each.id), None if each.last is None else date.fromordinal(each.last), each.every)
            for each in expected
            if each.waits
        ),
        dates=_dates(gallery, owned, expected),
    )


def _dates(gallery: Gallery, owned: Owned, expected: Sequence[_Expected]) -> tuple[tuple[date, str, Link], ...]:
    dates: set[tuple[date, str, Link]] = set()
    for each in expected:
        for day, what in ((each.check_in, "check-in"), (each.due, "due")):
            if day is not None:
                dates.add((date.fromordinal(day), what, _link(gallery, each.id)))
    dates |= {(figures.task.end, "rollout", link) for figures, link in _coming_tasks(gallery, owned)}
    return tuple(sorted(dates, key=lambda item: (item[0], item[1], item[2].address)))


def _link(gallery: Gallery, id: str) -> Link:
    return Link(gallery.portal.titles[id], addresses.key_result(id))


def _running(gallery: Gallery, objectives: Sequence[str]) -> list[str]:
    return [id for id in objectives if not _is_past(gallery, id)]


def _running_key_results(gallery: Gallery, owned: Owned) -> list[str]:
    """Those of others' objectives."""
    return [id for id in owned.key_results if not _is_past(gallery, id.rpartition("/")[0])]


def _is_past(gallery: Gallery, objective_id: str) -> bool:
    return _is_over(gallery, gallery.portal.cycles[objective_id.rsplit("/", 2)[1]])


def _is_over(gallery: Gallery, cycle: Cycle) -> bool:
    return cycle.end < gallery.as_of


def _expected_of(gallery: Gallery, owned: Owned) -> list[_Expected]:
    """What is expected of an owner's key results: first of those of the own objectives."""
    running = _running(gallery, owned.objectives)
    own = [(id, kr) for id in running for kr in gallery.portal.key_result_ids[id]]
    found = [_expected_by_id(gallery, id)[kr] for id, kr in own]
    others = [_expected_by_id(gallery, id.rpartition("/")[0])[id] for id in _running_key_results(gallery, owned)]
    return [*(each for each in found if each.owner == owned.name), *others]


def _expected_by_id(gallery: Gallery, objective_id: str) -> Mapping[str, _Expected]:
    """By the ids of the key results of all running objectives of its unit."""
    return gallery.kept(_of_unit, objective_id.rsplit("/", 2)[0])


def _of_unit(gallery: Gallery, unit_id: str) -> Mapping[str, _Expected]:
    return {each[0]: _Expected(*each) for each in gallery.part(expected_in, unit_id)}


def expected_in(gallery: Gallery, unit_id: str) -> tuple[tuple[Any, ...], ...]:
    """What is expected of the key results of a unit, as a part may hold it."""
    cycles = [cycle for cycle in gallery.cycles_of(unit_id) if not _is_over(gallery, cycle)]
    views = [view for cycle in cycles for view in gallery.objectives_in(cycle.id, [unit_id])]
    return tuple(tuple(_expected(gallery, kr, view)) for view in views for kr in view.key_results)


def _expected(gallery: Gallery, view: KeyResultView, objective: ObjectiveView) -> _Expected:
    kr, last, check_in, as_of = view.kr, view.figures.last_check_in, view.check_in_due, gallery.as_of
    is_open = objective.objective.state == "active" and kr.due >= as_of and view.figures.progress < 1
    return _Expected(
        id=kr.id,
        owner=kr.owner,
        waits=view.waits,
        last=last.toordinal() if last else None,
        every=objective.cycle.check_in_every,
        check_in=check_in.toordinal() if check_in and check_in >= as_of else None,
        due=kr.due.toordinal() if is_open else None,
    )


def _coming_tasks(gallery: Gallery, owned: Owned) -> list[tuple[TaskFigures, Link]]:
    """The tasks that are not done and whose end is still to come."""
    return [
        (figures, link)
        for figures, link in _tasks(gallery, owned)
        if figures.task.end >= gallery.as_of and figures.progress < 1
    ]


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

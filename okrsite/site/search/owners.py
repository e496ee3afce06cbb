"""Everyone who owns something, and so has a page."""

from __future__ import annotations

from collections.abc import Iterator

from okrsite.model import Portal
from okrsite.site import addresses


def owner_names(portal: Portal) -> dict[str, str]:
    """The names of all owners by the last part of their page's address, sorted by it.

    Of names that share an address the first counts, in the order in which their page takes them.
    """
    found: dict[str, str] = {}
    for name in filter(None, _names(portal)):
        found.setdefault(addresses.slug(name), name)
    return dict(sorted(found.items()))


def _names(portal: Portal) -> Iterator[str]:
    yield from (unit.lead for unit in portal.units.values())
    for objective in portal.objectives.values():
        yield objective.owner
        yield from (kr.owner for kr in objective.key_results)
    yield from (kpi.owner for kpi in portal.kpis.values())
    yield from (task.owner for plan in portal.rollouts for task in plan.tasks)

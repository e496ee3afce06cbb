"""Who owns what, by id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from okrsite.model import Portal
from okrsite.site import addresses


@dataclass(slots=True)
class Owned:
    """What one person owns, as ids in the order of the content.

    Attributes:
        name: As it is first written.
        units: Those the person leads.
        objectives: Of all cycles.
        key_results: Those whose objective somebody else owns.
        tasks: Each as the id of its rollout, and its place in the plan from 0.
    """

    name: str
    units: list[str] = field(default_factory=list)
    objectives: list[str] = field(default_factory=list)
    key_results: list[str] = field(default_factory=list)
    kpis: list[str] = field(default_factory=list)
    tasks: list[tuple[str, int]] = field(default_factory=list)


def owned_by(portal: Portal) -> Mapping[str, Owned]:
    """What everyone owns, by the address of the owner's page; names that share one are taken together."""
    found: dict[str, Owned] = {}
    owners = portal.owners

    def of(name: str) -> Owned:
        return found.setdefault(addresses.owner(name), Owned(name))

    for unit in portal.units.values():
        if unit.lead:
            of(unit.lead).units.append(unit.id)
    for id, key_results in portal.key_result_ids.items():
        of(owners[id]).objectives.append(id)
        for kr in key_results:
            if owners[kr] != owners[id]:
                of(owners[kr]).key_results.append(kr)
    for id in portal.kpis:
        if owners[id]:
            of(owners[id]).kpis.append(id)
    for plan in portal.rollouts:
        for place, task in enumerate(plan.tasks):
            if task.owner:
                of(task.owner).tasks.append((plan.id, place))
    return found

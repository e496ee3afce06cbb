"""Goals as targets of ``okr:`` links."""

from __future__ import annotations

from okrsite.model import Portal, Source
from okrsite.site import addresses


class Goals:
    """The goals by their full ids: where they are on the site, and where in the content."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal

    def link(self, id: str) -> str | None:
        """The link to a goal, relative to the site's root; None where there is none of that id."""
        address = self.address(id)
        return None if address is None else addresses.href(address)

    def address(self, id: str) -> str | None:
        """The address of a unit, a unit in a cycle, an objective, key result or KPI."""
        portal = self._portal
        above, _, last = id.rpartition("/")
        if id in portal.titles:
            return addresses.key_result(id) if above in portal.key_result_ids else addresses.goal(id)
        if id in portal.units or (above in portal.units and last in portal.objective_ids[above]):
            return addresses.goal(id)
        return None

    def source(self, address: str) -> Source | None:
        """The content behind a goal's page; None where no goal is there."""
        id = address.rstrip("/")
        portal = self._portal
        goal = portal.units.get(id) or portal.objectives.get(id) or portal.kpis.get(id)
        if goal is None and self.address(id) == address:
            goal = portal.units[id.rpartition("/")[0]]
        return goal.source if goal else None

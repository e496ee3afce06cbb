"""A part of the organisation that owns goals."""

from __future__ import annotations

from typing import Literal

from okrsite.frozen import frozen
from okrsite.model.source import Source

Visibility = Literal["public", "internal"]


@frozen
class Unit:
    """A part of the organisation.

    Attributes:
        id: The folder's path below the goals' folder, e.g. ``acme/it``.
        name: What readers see.
        level: One of the portal's levels, e.g. ``department``.
        parent: The id of the unit above, or None at the top.
        lead: Who leads it; empty where not given.
        mission: A sentence; empty where not given.
        description: Markdown, the unit's own words; empty where not given.
        visibility: Inherited downwards.
        source: The unit's ``unit.yml``.
    """

    id: str
    name: str
    level: str
    parent: str | None
    lead: str
    mission: str
    description: str
    visibility: Visibility
    source: Source

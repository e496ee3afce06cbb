"""Standing metrics of a unit and their measurements."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from okrsite.frozen import frozen
from okrsite.model.source import Source

Direction = Literal["up", "down", "band"]
Cadence = Literal["daily", "weekly", "biweekly", "monthly", "quarterly", "yearly"]


@frozen
class Measurement:
    """One dated value of a KPI."""

    date: date
    value: Decimal
    note: str
    source: Source


@frozen
class Kpi:
    """A standing metric of a unit, independent of cycles, with a target and limits.

    Attributes:
        id: Full, e.g. ``acme/it/kpis/availability``.
        unit_id: The unit that owns it.
        name: What readers see.
        definition: How it is measured; empty where not given.
        unit_of_measure: ``%``, ``min``, ...; empty where not given.
        direction: ``up`` is better, ``down`` is better, or it should stay in a ``band``.
        baseline: Where it began, or None.
        target: For ``up`` and ``down``, else None.
        target_band: Low and high end, for ``band``, else None.
        amber: The limit between amber and red for ``up`` and ``down``, or None.
        amber_band: The same for ``band``, or None.
        due: When the target is to be met, or None.
        cadence: How often it is measured.
        kind: ``leading`` or ``lagging``; empty where not given.
        data_source: Where the numbers come from; empty where not given.
        owner: Who answers for it; empty where not given.
        measurements: By date, at most one a day.
        source: Where it stands.
    """

    id: str
    unit_id: str
    name: str
    definition: str
    unit_of_measure: str
    direction: Direction
    baseline: Decimal | None
    target: Decimal | None
    target_band: tuple[Decimal, Decimal] | None
    amber: Decimal | None
    amber_band: tuple[Decimal, Decimal] | None
    due: date | None
    cadence: Cadence
    kind: Literal["leading", "lagging", ""]
    data_source: str
    owner: str
    measurements: tuple[Measurement, ...]
    source: Source

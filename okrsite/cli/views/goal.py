"""Which view an id asks for."""

from __future__ import annotations

import json
from difflib import get_close_matches
from itertools import chain

from rich.console import RenderableType

from okrsite.cli.views.kpi import kpi_view
from okrsite.cli.views.objective import objective_view
from okrsite.cli.views.unit import unit_view
from okrsite.exchange import goal_json, okrs_json_text
from okrsite.model import Portal
from okrsite.problems import OkrsiteError
from okrsite.scoring.figures import Figures


def goal_view(portal: Portal, figures: Figures, id: str) -> RenderableType:
    """The view of a unit, an objective (also for one of its key results), or a KPI.

    Raises:
        OkrsiteError: Nothing has that id; the text says what is near.
    """
    id = id.strip("/")
    if id in portal.units:
        return unit_view(portal, figures, portal.units[id])
    if id in portal.objectives:
        return objective_view(portal, figures, portal.objectives[id])
    if id in portal.key_results:
        return objective_view(portal, figures, portal.objectives[portal.key_results[id].objective_id])
    if id in portal.kpis:
        return kpi_view(portal, figures, portal.kpis[id])
    raise OkrsiteError(f"nothing has the id {id!r}.{_near(portal, id)}")


def goal_text(portal: Portal, figures: Figures, id: str | None) -> str:
    """The same as JSON, in the shape of ``api/okrs.json``; without an id the whole of it.

    Raises:
        OkrsiteError: Nothing has that id.
    """
    if id is None:
        return okrs_json_text(portal, figures)
    found = goal_json(portal, figures, id.strip("/"))
    if found is None:
        raise OkrsiteError(f"nothing has the id {id!r}.{_near(portal, id)}")
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _near(portal: Portal, id: str) -> str:
    known = list(chain(portal.units, portal.objectives, portal.key_results, portal.kpis))
    ends_alike = [other for other in known if other.endswith(f"/{id}")]
    near = ends_alike[:3] or get_close_matches(id, known, n=3)
    return f" Did you mean {' or '.join(near)}?" if near else " okrsite show lists the units."

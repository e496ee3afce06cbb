"""Goals that are put into written pages: what a page says, and what is wrong with it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import NamedTuple

from okrsite.model import Portal
from okrsite.site.written.targets import Goals


class Call(NamedTuple):
    """One embedding.

    Attributes:
        name: ``okr`` or ``okr_chart``.
        id: What it names; None where that is not one text between quotes.
        text: All of it, as written.
    """

    name: str
    id: str | None
    text: str


def embed_problem(portal: Portal, call: Call) -> tuple[str, str] | None:
    """What is wrong with an embedding and what to do about it; None where it can be shown."""
    if call.id is None:
        hint = f'write {{{{ {call.name}("ID") }}}} with one full id between quotes'
        return f"{call.text} is not understood", hint
    if Goals(portal).address(call.id) is not None:
        return None
    known = [*portal.units, *portal.objectives, *portal.key_results, *portal.kpis]
    near = get_close_matches(call.id, known, 2)
    hint = f"did you mean {' or '.join(near)}?" if near else "write the full id of a unit, objective, key result or KPI"
    return f"there is no goal '{call.id}' to show", hint

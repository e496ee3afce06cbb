"""The option ``impact``: which KPIs show whether introducing goals was worth the effort."""

from __future__ import annotations

import re
from difflib import get_close_matches

from okrsite.model import Portal
from okrsite.problems import Problem
from okrsite.settings import IMPACT_AREAS, ImpactOptions

Fault = tuple[str, str]
"""What is wrong, and a hint."""

_KPI = re.compile(r"[a-z0-9][a-z0-9/-]*/kpis/[a-z0-9][a-z0-9-]*")
_EXAMPLE = "write e.g. {productivity: [acme/kpis/output], engagement: [acme/kpis/pulse]}"


def read_impact(value: object, file: str, line: int) -> tuple[ImpactOptions, list[Fault]]:
    """The option from what stands in the configuration, and everything that is wrong with it.

    Args:
        value: As YAML has it.
        file: The configuration's name.
        line: Where the option stands in it.
    """
    if not isinstance(value, dict):
        return ImpactOptions(), [(f"impact: '{value}' is not a mapping", _EXAMPLE)]
    faults: list[Fault] = []
    rollout = value.get("rollout", "")
    if not isinstance(rollout, str):
        faults.append((f"impact: rollout is {rollout!r}", "write the name of a plan's file without its ending"))
        rollout = ""
    kpis: dict[str, tuple[str, ...]] = {}
    for area, ids in value.items():
        if area == "rollout":
            continue
        if area not in IMPACT_AREAS:
            near = get_close_matches(str(area), IMPACT_AREAS, 1)
            hint = f"did you mean '{near[0]}'?" if near else f"there are rollout, {', '.join(IMPACT_AREAS)}"
            faults.append((f"impact: there is no '{area}'", hint))
            continue
        found = [ids] if isinstance(ids, str) else ids
        if not isinstance(found, list) or not all(isinstance(id, str) and _KPI.fullmatch(id) for id in found):
            faults.append((f"impact: {area} is no list of KPIs", "write their full ids, e.g. [acme/kpis/output]"))
            continue
        kpis[area] = tuple(dict.fromkeys(found))
    return ImpactOptions(rollout, kpis, file, line), faults


def impact_problems(portal: Portal, options: ImpactOptions) -> list[Problem]:
    """What the option names and the portal does not have."""
    faults: list[Fault] = []
    plans = [plan.id for plan in portal.rollouts]
    if options.rollout and options.rollout not in plans:
        known = f"known: {', '.join(plans)}" if plans else "there is no rollout.yml, and nothing in rollouts/"
        faults.append((f"impact: there is no rollout plan '{options.rollout}'", known))
    for ids in options.kpis.values():
        for id in ids:
            if id not in portal.kpis:
                near = get_close_matches(id, list(portal.kpis)[:5_000], 1)
                faults.append((f"impact: there is no KPI '{id}'", f"did you mean '{near[0]}'?" if near else ""))
    return [Problem(options.file, options.line, 1, "OKR401", message, hint) for message, hint in faults]

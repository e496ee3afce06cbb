"""The data of a small portal, computed by hand.

On 14 February 44 of the 89 days from the first to the last day of the quarter have passed.
"""

from __future__ import annotations

import json
from typing import Any

from sitebuilds import Built

EXPECTED = 44 / 89
DUE = {"weight": 1, "due": "2026-03-31", "kpi": None}
NO_READING = {
    "current": None,
    "progress_raw": 0,
    "progress": 0,
    "expected": EXPECTED,
    "status": "no_data",
    "confidence": None,
    "last_check_in": None,
    "stale": True,
}
UPTIME = {
    "id": "acme/it/2026-Q1/reliability/uptime",
    "title": "Uptime from 0 to 100",
    "kind": "increase",
    "unit": "",
    "baseline": 0,
    "target": 100,
    "current": 30,
    "progress_raw": 0.3,
    "progress": 0.3,
    "expected": EXPECTED,
    "status": "at_risk",
    "stale": False,
    "confidence": 6,
    "last_check_in": "2026-02-13",
    **DUE,
}
DRILLS = {
    "id": "acme/it/2026-Q1/reliability/drills",
    "title": "Drills held",
    "kind": "done",
    "unit": "",
    "baseline": None,
    "target": None,
    **NO_READING,
    **DUE,
}
NPS = {
    "id": "acme/2026-Q1/trust/nps",
    "title": "Net promoter score from 20 to 40",
    "kind": "increase",
    "unit": "",
    "baseline": 20,
    "target": 40,
    **NO_READING,
    **DUE,
}
AT_ALL = {"type": "aspirational", "state": "active", "weight": 1, "cycle": "2026-Q1", "grade": None, "score": None}
RELIABILITY = {
    "id": "acme/it/2026-Q1/reliability",
    "unit": "acme/it",
    "title": "People rely on our systems",
    "owner": "Grace Hopper",
    "supports": ["acme/2026-Q1/trust"],
    "covered": False,
    **AT_ALL,
    "progress": 0.15,
    "expected": EXPECTED,
    "status": "off_track",
    "confidence": 6,
    "stale": True,
    "key_results": [DRILLS, UPTIME],
}
TRUST = {
    "id": "acme/2026-Q1/trust",
    "unit": "acme",
    "title": "Customers trust us",
    "owner": "Ada Example",
    "supports": [],
    "covered": True,
    "progress": 0,
    "expected": EXPECTED,
    "status": "no_data",
    **AT_ALL,
    "confidence": None,
    "stale": True,
    "key_results": [NPS],
}
OF_ACME = {"progress": 0, "expected": EXPECTED, "status": "no_data", "confidence": None}
OF_IT = {"progress": 0.15, "expected": EXPECTED, "status": "off_track", "confidence": 6}
GOLDEN: dict[str, Any] = {
    "schema": "okrsite/1",
    "as_of": "2026-02-14",
    "cycle": "2026-Q1",
    "cycles": [{"id": "2026-Q1", "start": "2026-01-01", "end": "2026-03-31"}],
    "units": [
        {
            "id": "acme",
            "name": "Acme",
            "level": "corporate",
            "parent": None,
            "lead": "Ada Example",
            "cycles": {"2026-Q1": {**OF_ACME, "alignment": None}},
        },
        {
            "id": "acme/it",
            "name": "IT",
            "level": "department",
            "parent": "acme",
            "lead": "",
            "cycles": {"2026-Q1": {**OF_IT, "alignment": 1}},
        },
    ],
    "levels": [
        {"id": "corporate", "cycles": {"2026-Q1": OF_ACME}},
        {"id": "department", "cycles": {"2026-Q1": OF_IT}},
        {"id": "team", "cycles": {}},
    ],
    "portal": {"cycles": {"2026-Q1": OF_ACME}},
    "objectives": [TRUST, RELIABILITY],
    "kpis": [
        {
            "id": "acme/kpis/revenue",
            "unit": "acme",
            "name": "Revenue",
            "direction": "up",
            "target": 10,
            "amber": None,
            "current": 8,
            "status": "red",
            "trend": None,
            "stale": False,
        }
    ],
    "rollouts": [
        {
            "id": "rollout",
            "title": "The plan",
            "start": "2026-01-05",
            "end": "2026-02-01",
            "progress": 1,
            "expected": 1,
            "status": "achieved",
            "tasks": [
                {"title": "Workshops", "month": 1, "start": "2026-01-05", "end": "2026-01-18", "progress": 1},
                {"title": "Goals", "month": 1, "start": "2026-01-19", "end": "2026-02-01", "progress": 1},
            ],
        }
    ],
}


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_rounded(each) for each in value]
    return round(value, 9) if isinstance(value, float) else value


def test_the_data_are_as_computed_by_hand(small: Built) -> None:
    """Every field of api/okrs.json, none more and none less."""
    data = json.loads((small.site.folder / "api/okrs.json").read_text(encoding="utf-8"))
    assert _rounded(data) == _rounded(GOLDEN)

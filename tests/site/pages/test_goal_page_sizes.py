"""A goal's page stays below 60 KB, however much belongs to the goal."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from moves import make_change, make_commit, make_effect, make_history
from portalfiles import MKDOCS, put
from sitebuilds import Built, build_at

from okrsite.history import Change, History
from okrsite.site.freshness import ahead

LIMIT = 60_000
LONG = "Customers find what they came for, at the first attempt and without a word of help from us"


def _moved() -> History:
    """Thirty long-winded commits, each moving every key result of two objectives, none known as it is now."""
    changes: list[Change] = []
    krs = [f"acme/2026-Q1/o0/kr{number}" for number in range(4)]
    krs += [f"acme/many/2026-Q1/o0/kr{number}" for number in range(12)]
    for number in range(30):
        day = date(2026, 1, 2) + timedelta(number)
        commit = make_commit(day.isoformat(), f"{LONG} (#{number})\n\n{LONG * 9}", request=number)
        for kr in krs:
            values = {"title": LONG, "effect": make_effect(kr, "1/3", "1/2"), "unit_of_measure": "%"}
            changes += [
                make_change(kr, commit, field="target", before=Decimal(90), after=Decimal(80), easier=True, **values),
                make_change(kr, commit, field="title", before=LONG, after=LONG, **values),
            ]
    known = tuple((date(2026, 1, 5) + timedelta(2 * step), Fraction(step, 40)) for step in range(20))
    return make_history(changes, known=dict.fromkeys(krs, known))


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A unit with 40 objectives, 30 KPIs, 30 units below it and 14 past cycles; an objective with 12 key results."""
    acme = "content/okrs/acme"
    files = {
        "mkdocs.yml": f"repo_url: https://git.example.com/acme/goals-of-acme\nedit_uri: edit/main/content/\n{MKDOCS}",
        f"{acme}/unit.yml": f"name: Acme\nlevel: corporate\nmission: {LONG}\n",
        f"{acme}/kpis.yml": yaml.safe_dump({"kpis": [_kpi(number) for number in range(30)]}),
        f"{acme}/2026-Q1.yml": _objectives(40, key_results=4, check_ins=1),
        f"{acme}/many/unit.yml": "name: Many\nlevel: team\n",
        f"{acme}/many/2026-Q1.yml": _objectives(1, key_results=12, check_ins=7, supports=["acme/2026-Q1/o0"]),
    }
    for year in range(2011, 2025):
        files[f"{acme}/{year}.yml"] = _objectives(1, key_results=1, check_ins=0)
    for number in range(29):
        files[f"{acme}/unit-{number}/unit.yml"] = f"name: Unit {number} of our great company\nlevel: team\nlead: Ada\n"
    root: Path = tmp_path_factory.mktemp("full")
    put(root, files)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ahead, "read_history", lambda *_: _moved())
        return build_at(root)


def _kpi(number: int) -> dict[str, object]:
    readings = [{"date": date(2026, 1, 1) + timedelta(7 * week), "value": week} for week in range(2)]
    name = f"Share of the customers of kind {number} who come back"
    limits = {"direction": "up", "target": 90, "amber": 80, "cadence": "weekly", "unit": "%"}
    return {"id": f"k{number}", "name": name, "owner": "Ada Lovelace", "measurements": readings, **limits}


def _objectives(count: int, *, key_results: int, check_ins: int, supports: list[str] | None = None) -> str:
    objectives = [
        {
            "id": f"o{number}",
            "title": f"{LONG} ({number})",
            "owner": "Ada Lovelace",
            **({"supports": supports} if supports else {}),
            "key_results": [_key_result(each, check_ins) for each in range(key_results)],
        }
        for number in range(count)
    ]
    return yaml.safe_dump({"objectives": objectives}, sort_keys=False)


def _key_result(number: int, check_ins: int) -> dict[str, object]:
    said = [
        {
            "date": date(2026, 1, 2) + timedelta(6 * week),
            "value": 10 + week,
            "confidence": 5,
            "by": "Grace Hopper",
            "note": "A drill showed where we lose most of the time; the next one will show whether we were right.",
        }
        for week in range(check_ins)
    ]
    title = f"Share of visits that end well rises from 10% to 90% on channel {number}"
    key_result = {"id": f"kr{number}", "title": title, "kind": "increase", "baseline": 10, "target": 90, "unit": "%"}
    return {**key_result, "owner": "Linus Example", "check_ins": said}


@pytest.mark.parametrize(
    "page",
    [
        "acme/index.html",
        "acme/2026-Q1/index.html",
        "acme/2020/index.html",
        "acme/2026-Q1/o0/index.html",
        "acme/many/index.html",
        "acme/many/2026-Q1/o0/index.html",
        "acme/kpis/k0/index.html",
    ],
)
def test_size(full: Built, page: str) -> None:
    """Each kind of a goal's page is below the limit."""
    assert len((full.root / "site" / page).read_bytes()) < LIMIT


def test_what_has_no_room_is_named(full: Built) -> None:
    """Every objective and KPI of the unit can be reached from its page."""
    links = full.site.pages["acme/index.html"].links
    assert all(f"../acme/2026-Q1/o{number}/index.html" in links for number in range(40))
    assert all(f"../acme/kpis/k{number}/index.html" in links for number in range(30))
    assert full.site.broken_links() == []

"""What the diff says and what two files ``api/okrs.json`` say is the same, for every pair of a history."""

from __future__ import annotations

import json
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from portalfiles import SMALL, put

from okrsite.content import read_portal
from okrsite.exchange import okrs_json, okrs_json_text, state_of_json
from okrsite.exchange.differences import DifferenceReport, json_text
from okrsite.history import PortalState, Side, compared, state_of
from okrsite.model import Portal
from okrsite.scoring import score
from okrsite.settings import Settings
from okrsite.site.words import ENGLISH_WORDS

Json = dict[str, Any]
Things = dict[tuple[str, str], Json]

IT = "content/okrs/acme/it/2026-Q1.yml"
TECH = "content/okrs/acme/tech/2026-Q1.yml"
GOALS = SMALL[IT]
EASIER = GOALS.replace("target: 100", "target: 80, unit: '%'")
SECOND = """\
  - id: speed
    title: Quick
    owner: Ada
    weight: 0.3
    key_results:
      - {id: steps, title: Steps, kind: milestones, milestones: [{title: A, done: 2026-01-20}, {title: B, weight: 3}]}
      - {id: within, title: Within, kind: between, target: [1, 3], sustained: true,
         check_ins: [{date: 2026-01-10, value: 2}]}
      - {id: money, title: Money, kind: increase, baseline: 0, target: 10, kpi: acme/kpis/revenue}
"""
EDITS: list[dict[str, str | None]] = [
    {},
    {IT: EASIER, "content/okrs/acme/unit.yml": "name: Acme & Sons\nlevel: corporate\nlead: Ada Example\n"},
    {
        IT: EASIER + SECOND,
        "content/okrs/acme/kpis/revenue.csv": "date,value\n2026-01-31,8\n2026-02-10,9.5\n",
        "content/okrs/acme/it/check-ins/2026-02-20.yml": "cycle: 2026-Q1\ncheck_ins: {reliability/drills: true}\n",
        "content/okrs/cycles.yml": "cycles: {2026-Q1: {start: 2026-01-05, end: 2026-04-05}}\n",
    },
    {
        IT: EASIER.replace("id: uptime", "id: up") + SECOND.replace("Quick", "Swift").replace("id: speed", "id: swift"),
        "content/okrs/acme/it/check-ins/2026-02-13.yml": SMALL["content/okrs/acme/it/check-ins/2026-02-13.yml"].replace(
            "reliability/uptime: {value: 30, confidence: 6", "reliability/up: {value: 35, confidence: 9"
        ),
        "content/rollout.yml": SMALL["content/rollout.yml"].replace("2026-01-05", "2026-01-19").replace("1-2", "1-3"),
        "content/guide/start.md": "# Start\n",
    },
    {
        IT: None,
        "content/okrs/acme/it/unit.yml": None,
        "content/okrs/acme/it/check-ins/2026-02-13.yml": None,
        "content/okrs/acme/it/check-ins/2026-02-20.yml": None,
        "content/okrs/acme/tech/unit.yml": "name: IT\nlevel: team\n",
        TECH: GOALS.replace("acme/2026-Q1/trust", "acme/2026-Q1/trusted") + SECOND,
        "content/okrs/acme/2026-Q1/trust.md": None,
        "content/okrs/acme/2026-Q1/trusted.md": SMALL["content/okrs/acme/2026-Q1/trust.md"].split("Because")[0],
        "content/okrs/acme/kpis.yml": "kpis:\n  - {id: income, name: Revenue, direction: band, target: [7, 9], "
        "cadence: weekly}\n",
        "content/okrs/acme/kpis/revenue.csv": None,
        "content/rollouts/more.yml": SMALL["content/rollout.yml"],
    },
    {
        TECH: GOALS.replace("    supports: [acme/2026-Q1/trust]\n", "    state: postponed\n").replace("100,", "100, "),
        IT: None,
    },
]
"""Each on top of those before; the last two change goals by themselves and others by reference."""


@pytest.fixture(scope="module")
def portals(tmp_path_factory: pytest.TempPathFactory) -> list[Portal]:
    """The portal after each edit."""
    root = tmp_path_factory.mktemp("portal")
    files: dict[str, str] = dict(SMALL)
    found = []
    for edit in EDITS:
        for name, text in edit.items():
            if text is None:
                files.pop(name, None)
                (root / name).unlink(missing_ok=True)
            else:
                files[name] = text.replace("kpi: acme/kpis/revenue", "kpi: acme/kpis/income") if TECH in edit else text
        put(root, files)
        for folder in ("it/check-ins", "it", "kpis"):
            place = root / "content/okrs/acme" / folder
            if place.is_dir() and not any(place.iterdir()):
                place.rmdir()
        reading = read_portal(root, Settings())
        assert reading.portal is not None, reading.problems
        found.append(reading.portal)
    return found


def _side(name: str, state: PortalState) -> Side:
    return Side(name, "folder", "", state.as_of, state)


def _diff(before: PortalState, after: PortalState) -> Json:
    report = DifferenceReport(compared(_side("a", before), _side("b", after)), ENGLISH_WORDS)
    found: Json = json.loads(json_text(report))
    return found


def _things(data: Json) -> Things:
    """Everything in an ``okrs.json``, by sort and id; figures by cycle as ``cycle/figure``."""
    found: Things = {("portal", ""): {"/cycle": data["cycle"]} | _cycles(data["portal"])}
    for sort in ("cycle", "unit", "level", "kpi"):
        for thing in data[f"{sort}s"]:
            found[sort, thing["id"]] = {k: v for k, v in thing.items() if k != "cycles"} | _cycles(thing)
    for objective in data["objectives"]:
        found["objective", objective["id"]] = {k: v for k, v in objective.items() if k != "key_results"}
        for kr in objective["key_results"]:
            found["key_result", kr["id"]] = {**kr}
    for plan in data["rollouts"]:
        found["rollout", plan["id"]] = {k: v for k, v in plan.items() if k != "tasks"}
        for task in plan["tasks"]:
            found["task", f"{plan['id']}/{task['title']}"] = {**task}
    return found


def _cycles(thing: Json) -> Json:
    cycles = thing.get("cycles", {})
    return {f"{cycle}/{name}": value for cycle, figures in cycles.items() for name, value in figures.items()}


_PLACE = {
    "unit": {"id", "parent"},
    "objective": {"id", "unit", "cycle"},
    "key_result": {"id"},
    "kpi": {"id", "unit"},
    "cycle": {"id"},
    "level": {"id"},
    "rollout": {"id"},
}
"""What says where a thing is; the diff says it by the former id."""


def _said(diff: Json) -> tuple[Things, dict[tuple[str, str], str]]:
    """By sort and id after, the fields and figures that differ; and the former ids."""
    said: Things = {}
    former = {}
    for goal in diff["goals"]:
        key = goal["sort"], goal["id"]
        own = said.setdefault(key, {})
        own |= {each["field"]: (each["before"], each["after"]) for each in goal["goalposts"] + goal["words"]}
        if goal["former"]:
            former[key] = goal["former"]
    for shift in diff["figures"]:
        own = said.setdefault((shift["sort"], shift["id"]), {})
        prefix = f"{shift['cycle'] or ''}/" if shift["sort"] in ("portal", "level", "unit") else ""
        own |= {f"{prefix}{each['figure']}": (each["before"], each["after"]) for each in shift["figures"]}
    return said, former


def _agree(diff: Json, before: Json, after: Json) -> None:
    old, new = _things(before), _things(after)
    said, former = _said(diff)
    gone = {(goal["sort"], goal["id"]) for goal in diff["goals"] if goal["what"] == "removed"}
    came = {(goal["sort"], goal["id"]) for goal in diff["goals"] if goal["what"] == "added"}
    pairs = {key: (key[0], former.get(key, key[1])) for key in new if key not in came}
    assert came <= new.keys()
    assert gone == old.keys() - set(pairs.values())
    assert set(pairs.values()) <= old.keys()
    for key, was in pairs.items():
        one, other = old[was], new[key]
        names = {*one, *other} - _PLACE.get(key[0], set())
        differing = {name: (one.get(name), other.get(name)) for name in names if one.get(name) != other.get(name)}
        told = {name: values for name, values in said.get(key, {}).items() if name in names}
        assert told == differing, key


def test_every_pair_agrees(portals: list[Portal]) -> None:
    """Each field and figure that differs is in the diff with its values, and nothing else is."""
    day = date(2026, 2, 24)
    states = [(state_of(portal, score(portal, day)), okrs_json(portal, score(portal, day))) for portal in portals]
    whats = set()
    for (before, old), (after, new) in permutations(states, 2):
        diff = _diff(before, after)
        _agree(diff, json.loads(json.dumps(old)), json.loads(json.dumps(new)))
        whats |= {(goal["sort"], goal["what"]) for goal in diff["goals"]}
        assert diff["changed"]
    assert whats >= {
        *(("objective", what) for what in ("added", "removed", "renamed", "changed")),
        *(("key_result", what) for what in ("added", "removed", "renamed", "changed")),
        *(("unit", "renamed"), ("kpi", "renamed"), ("cycle", "changed"), ("rollout", "added"), ("task", "changed")),
    }


def test_files_agree_with_portals(portals: list[Portal]) -> None:
    """Of two ``okrs.json`` the diff says what it says of the portals, as far as the files have it."""
    day = date(2026, 2, 24)
    figures = [score(portal, day) for portal in portals]
    texts = [okrs_json_text(*each) for each in zip(portals, figures, strict=True)]
    files = [state_of_json(text, "okrs.json") for text in texts]
    for place, other in permutations(range(len(portals)), 2):
        diff = _diff(files[place], files[other])
        _agree(diff, json.loads(texts[place]), json.loads(texts[other]))
        mixed = _diff(state_of(portals[place], figures[place]), files[other])
        _agree(mixed, json.loads(texts[place]), json.loads(texts[other]))


def test_a_portal_and_its_own_file_are_the_same(portals: list[Portal]) -> None:
    """Nothing differs between them, whichever way round."""
    for portal in portals:
        figures = score(portal, date(2026, 2, 24))
        state, file = state_of(portal, figures), state_of_json(okrs_json_text(portal, figures), "okrs.json")
        for pair in ((state, file), (file, state), (state, state)):
            diff = _diff(*pair)
            assert (diff["changed"], diff["goals"], diff["figures"]) == (False, [], [])

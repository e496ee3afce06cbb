"""What happened between two snapshots is counted by kind, from their ``okrs.json`` alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any

import pytest

from okrsite.exchange import okrs_json, okrs_json_text
from okrsite.model import Portal
from okrsite.publish.changes import Kind
from okrsite.scoring import score
from okrsite.site.publication.neighbours import happened, without_same_lines
from tests.builders import (
    make_key_result,
    make_kpi,
    make_objective,
    make_portal,
    make_rollout,
    make_task,
    make_unit,
)

Told = dict[str, Any]
DAY = date(2026, 2, 14)


@cache
def _before() -> Told:
    """`_portal`, as of the middle of February."""
    portal = _portal()
    return json.loads(json.dumps(okrs_json(portal, score(portal, DAY))))


def _portal() -> Portal:
    """Two objectives in Q1, a KPI that a key result takes its value from, a plan."""
    objective = make_objective(
        "acme/it/2026-Q1/reliability",
        [
            make_key_result("uptime", "increase", baseline=90, target=100, check_ins={"2026-02-01": 95}),
            make_key_result("fast", "at_most", target=40, kpi="acme/it/kpis/latency"),
        ],
        supports=["acme/2026-Q1/trust"],
        title="Systems people can rely on",
    )
    trust = make_objective("acme/2026-Q1/trust", [make_key_result("kr", "done", check_ins={"2026-02-01": True})])
    return make_portal(
        [objective, trust],
        units=[make_unit("acme"), make_unit("acme/it")],
        kpis=[make_kpi("acme/it/kpis/latency", "down", target=50, measurements={"2026-01-31": 60}, name="Latency")],
        rollouts=[make_rollout([make_task("Workshops"), make_task("Goals", weeks=(2, 2))])],
    )


def _objective(told: Told, id: str = "acme/it/2026-Q1/reliability") -> Told:
    return next(each for each in told["objectives"] if each["id"] == id)


def _set(thing: Told, **values: Any) -> None:
    thing.update(values)


def _another_objective(told: Told) -> None:
    new = deepcopy(_objective(told))
    new["id"], new["title"] = "acme/it/2026-Q1/security", "Nobody gets in"
    for kr in new["key_results"]:
        kr["id"] = f"acme/it/2026-Q1/security/{kr['id'].rpartition('/')[2]}"
        kr["title"] += " now"
    told["objectives"].append(new)


def _renamed(told: Told) -> None:
    text = json.dumps(told).replace("2026-Q1/reliability", "2026-Q1/dependable")
    _set(told, **json.loads(text))


def _moved_unit(told: Told) -> None:
    _set(told, **json.loads(json.dumps(told).replace("acme/it", "acme/tech")))


def _planned(told: Told) -> None:
    for cycle in told["cycles"]:
        cycle["start"], cycle["end"] = "2026-04-01", "2026-06-30"
    _set(_objective(told)["key_results"][0], target=99)


CASES: Mapping[str, tuple[Callable[[Told], object], dict[Kind, int]]] = {
    "nothing": (dict, {}),
    "a day later": (
        lambda told: [_set(told, as_of="2026-02-15"), _set(_objective(told), expected=0.9, stale=True, covered=True)],
        {},
    ),
    "a check-in": (
        lambda told: _set(
            _objective(told)["key_results"][1], current=96, confidence=7, last_check_in="2026-02-10", progress=0.6
        ),
        {Kind.CHECK_INS: 1},
    ),
    "a confidence": (lambda told: _set(_objective(told)["key_results"][1], confidence=3), {Kind.CHECK_INS: 1}),
    "a measurement": (
        lambda told: [
            _set(told["kpis"][0], current=50, trend="improving"),
            _set(_objective(told)["key_results"][0], current=50, last_check_in="2026-02-12"),
        ],
        {Kind.KPIS_MEASURED: 1},
    ),
    "goalposts": (
        lambda told: [_set(_objective(told)["key_results"][1], target=97), _set(_objective(told), owner="Grace")],
        {Kind.GOALPOSTS: 2, Kind.GOALPOSTS_EASED: 1},
    ),
    "plans": (_planned, {Kind.PLANS: 1}),
    "limits of a KPI": (lambda told: _set(told["kpis"][0], target=10), {Kind.GOALPOSTS: 1}),
    "statuses": (
        lambda told: [_set(_objective(told), status="off_track"), _set(told["kpis"][0], status="green")],
        {Kind.STATUSES_WORSENED: 1, Kind.KPI_STATUSES_IMPROVED: 1},
    ),
    "the first status": (lambda told: _set(_objective(told, "acme/2026-Q1/trust"), status="no_data"), {}),
    "closed": (lambda told: _set(_objective(told), state="closed", grade="green"), {Kind.OBJECTIVES_CLOSED: 1}),
    "cancelled": (lambda told: _set(_objective(told), state="cancelled"), {Kind.OBJECTIVES_STOPPED: 1}),
    "added": (_another_objective, {Kind.OBJECTIVES_ADDED: 1}),
    "removed": (
        lambda told: told["objectives"].remove(_objective(told)),
        {Kind.OBJECTIVES_REMOVED: 1},
    ),
    "renamed": (_renamed, {Kind.OBJECTIVES_MOVED: 1}),
    "a unit moved": (_moved_unit, {Kind.UNITS_CHANGED: 1}),
    "a unit's lead": (lambda told: _set(told["units"][0], lead="Ada"), {Kind.UNITS_CHANGED: 1}),
    "a key result less": (lambda told: _objective(told)["key_results"].pop(), {Kind.KEY_RESULTS_REMOVED: 1}),
    "a key result more": (
        lambda told: _objective(told)["key_results"].append(
            {**_objective(told)["key_results"][1], "id": "acme/it/2026-Q1/reliability/new", "title": "New", "kind": "x"}
        ),
        {Kind.KEY_RESULTS_ADDED: 1},
    ),
    "a KPI gone": (lambda told: told["kpis"].clear(), {Kind.KPIS_REMOVED: 1}),
    "a task done": (lambda told: _set(told["rollouts"][0]["tasks"][0], progress=1.0), {Kind.TASKS_DONE: 1}),
    "a cycle": (
        lambda told: told["cycles"].append({"id": "2026-Q2", "start": "2026-04-01", "end": "2026-06-30"}),
        {Kind.CYCLES_ADDED: 1},
    ),
}


@pytest.mark.parametrize(("change", "counts"), CASES.values(), ids=CASES)
def test_kinds(change: Callable[[Told], object], counts: dict[Kind, int]) -> None:
    """Each change is counted under its kind, and as nothing else."""
    after = deepcopy(_before())
    change(after)
    assert happened(_text(_before()), _text(after)) == {kind.value: count for kind, count in counts.items()}


def test_every_kind_can_happen() -> None:
    """What comes and what goes are each other's opposites; no kind is never counted."""
    seen: set[str] = set()
    for change, _ in CASES.values():
        after = deepcopy(_before())
        change(after)
        seen |= {*happened(_text(_before()), _text(after)), *happened(_text(after), _text(_before()))}
    after = deepcopy(_before())
    after["units"] = after["units"][:1]
    after["objectives"] = [_objective(after, "acme/2026-Q1/trust")]
    seen |= {*happened(_text(_before()), _text(after)), *happened(_text(after), _text(_before()))}
    assert seen == {kind.value for kind in Kind}


@pytest.mark.parametrize("other", [b"", b"[]", b"null", b'{"schema": "okrsite/2"}', b'{"schema": "okrsite/1"}'])
def test_a_file_that_cannot_be_compared(other: bytes) -> None:
    """A snapshot of another version of okrsite costs the counts, not the publishing."""
    assert happened(_text(_before()), other) == happened(other, _text(_before())) == {}


@pytest.mark.parametrize("change", [change for change, _ in CASES.values()], ids=CASES)
def test_lines_that_both_have(change: Callable[[Told], object]) -> None:
    """They are left out, but for units, and make no difference: in files that have no such lines it is the same."""
    after = deepcopy(_before())
    change(after)
    whole = (_text(_before()), _text(after))
    one, other = map(json.loads, without_same_lines(*whole))
    assert (one["units"], other["units"]) == (_before()["units"], after["units"])
    unlike = [json.dumps(json.loads(text)).encode() for text in whole]
    assert without_same_lines(*unlike) == (*unlike,)
    assert happened(*unlike) == happened(*whole)


def test_the_lines_are_those_of_the_file() -> None:
    """What the tests here compare is laid out as a site has it, and an objective that is the same is left out."""
    portal = _portal()
    text = okrs_json_text(portal, score(portal, DAY)).encode()
    assert text == _text(_before())
    one, other = without_same_lines(text, text.replace(b'"current": 95', b'"current": 96'))
    assert [len(json.loads(each)["objectives"]) for each in (one, other)] == [1, 1]


def _text(told: Told) -> bytes:
    """As `okrs_json_text` lays it out."""
    parts = ",\n ".join(f"{_compact(name)}: {_in_lines(value)}" for name, value in told.items())
    return f"{{{parts}}}\n".encode()


def _in_lines(value: object) -> str:
    if not isinstance(value, list) or not value:
        return _compact(value)
    return "[\n  " + ",\n  ".join(map(_compact, value)) + "\n ]"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

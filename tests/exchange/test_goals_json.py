"""``okrs.json``: shape, order, exactness."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from okrsite.exchange import okrs_json, okrs_json_text
from okrsite.exchange.values import number, share
from okrsite.model import Portal
from okrsite.scoring import Figures, score
from tests.builders import make_key_result, make_objective, make_portal

KEYS = {
    "": "schema as_of cycle cycles units levels portal objectives kpis rollouts",
    "cycles": "id start end",
    "units": "id name level parent lead cycles",
    "levels": "id cycles",
    "objectives": (
        "id unit cycle title owner type state weight supports covered progress expected status grade score confidence "
        "stale key_results"
    ),
    "kpis": "id unit name direction target amber current status trend stale",
    "rollouts": "id title start end progress expected status tasks",
}
KEY_RESULT = (
    "id title kind unit baseline target current weight due progress_raw progress expected status stale confidence "
    "last_check_in kpi"
)


def _every_list(value: Any) -> Iterator[list[Any]]:
    if isinstance(value, list):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _every_list(inner)


def test_keys_stand_in_the_documented_order(portal: Portal, figures: Figures) -> None:
    """Programs and people find every key where the documentation shows it, and no other."""
    data: dict[str, Any] = okrs_json(portal, figures)
    assert list(data) == KEYS[""].split()
    for name, keys in KEYS.items():
        for item in data[name] if name else ():
            assert list(item) == keys.split()
    for objective in data["objectives"]:
        for key_result in objective["key_results"]:
            assert list(key_result) == KEY_RESULT.split()
    assert list(data["rollouts"][0]["tasks"][0]) == ["title", "month", "start", "end", "progress"]
    unit_figures = next(unit["cycles"]["2026-Q1"] for unit in data["units"] if unit["cycles"])
    assert list(unit_figures) == ["progress", "expected", "status", "confidence", "alignment"]
    assert list(data["portal"]["cycles"]["2026-Q1"]) == ["progress", "expected", "status", "confidence"]


def test_lists_are_sorted_by_id(portal: Portal, figures: Figures) -> None:
    """The order of the content's files changes nothing."""
    for found in _every_list(okrs_json(portal, figures)):
        ids = [item["id"] for item in found if isinstance(item, dict) and "id" in item]
        assert ids == sorted(ids)
        if found and all(isinstance(item, str) for item in found):
            assert found == sorted(found)


def test_values_of_each_kind(portal: Portal, figures: Figures) -> None:
    """Numbers stay numbers, whole ones whole; ranges are pairs; done is a boolean; none is null."""
    objectives: Any = okrs_json(portal, figures)["objectives"]
    by_id = {item["id"].rpartition("/")[2]: item for objective in objectives for item in objective["key_results"]}
    assert (by_id["uptime"]["baseline"], by_id["uptime"]["target"], by_id["uptime"]["current"]) == (99.2, 99.9, 99.5)
    assert by_id["uptime"]["last_check_in"] == "2026-01-31"
    assert by_id["minus"]["target"] == -5
    assert isinstance(by_id["minus"]["target"], int)
    assert by_id["inside"]["target"] == [-1, 2.5]
    assert by_id["inside"]["confidence"] == 6.5
    assert by_id["ready"]["current"] is True
    assert by_id["ready"]["target"] is None
    assert by_id["steps"]["current"] is None
    assert by_id["minus"]["progress_raw"] == pytest.approx(13 / 15, abs=1e-15)


def test_text_reads_back_as_the_same(portal: Portal, figures: Figures) -> None:
    """The text is JSON of the same content, a line a goal, the same on every call."""
    text = okrs_json_text(portal, figures)
    assert json.loads(text) == okrs_json(portal, figures)
    assert text == okrs_json_text(portal, figures)
    lines = text.splitlines()
    assert sum('"key_results"' in line for line in lines) == len(portal.objectives)
    assert text.endswith("}\n")


def test_a_portal_without_goals() -> None:
    """Nothing there is null and empty lists, not a failure."""
    portal = make_portal()
    data = okrs_json(portal, score(portal, date(2026, 2, 14)))
    assert data["cycle"] is None
    assert data["objectives"] == []
    assert json.loads(okrs_json_text(portal, score(portal, date(2026, 2, 14)))) == data


def test_numbers_beyond_a_double_stay_json() -> None:
    """Readings and progress that no double holds become the largest one: JSON knows no infinity."""
    huge = make_key_result(baseline=0, target="1e-300", check_ins={"2026-02-01": "1e300"})
    portal = make_portal([make_objective("acme/2026-Q1/huge", [huge])])
    data: Any = json.loads(okrs_json_text(portal, score(portal, date(2026, 2, 14))))
    assert data["objectives"][0]["key_results"][0]["progress_raw"] > 1e308
    assert share(Fraction(-(10**400))) < -1e308


@pytest.mark.parametrize(
    ("exact", "written"),
    [
        ("41", "41"),
        ("41.0", "41"),
        ("-0", "0"),
        ("0.1", "0.1"),
        ("99.25", "99.25"),
        ("1e3", "1000"),
        ("1e300", "1e+300"),
    ],
)
def test_numbers_of_the_content(exact: str, written: str) -> None:
    """They are written as a person would, without a trailing ``.0``."""
    assert json.dumps(number(Decimal(exact))) == written

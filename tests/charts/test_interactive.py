"""What a browser gets to draw a chart large."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import vl_convert

from okrsite.charts import Chart, Renderer, vega
from okrsite.charts.interactive import browsable, page_data
from okrsite.charts.templates import TEMPLATES
from okrsite.charts.vega import compile_template

WITH_DAYS = [
    *("confidence_trend", "kpi_moved", "kpi_trend", "progress_lines", "progress_moved", "progress_then"),
    *("rollout_adoption", "rollout_gantt"),
]


def marks(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All marks of a specification, at any depth."""
    for mark in part.get("marks", ()):
        yield mark
        yield from marks(mark)


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, Any]]:
    """Every template for a browser."""
    return {name: browsable(json.loads(compile_template(name))) for name in TEMPLATES}


def test_letters_have_a_size(made: dict[str, dict[str, Any]]) -> None:
    """Static drawings leave it out; in a browser, letters of no size would not be seen."""
    for name, template in made.items():
        texts = [mark for mark in marks(template) if mark["type"] == "text"]
        assert texts, name
        assert {mark["encode"]["update"]["fontSize"]["value"] for mark in texts} == {13}, name


def test_charts_of_days_can_be_looked_at_in_part(made: dict[str, dict[str, Any]]) -> None:
    """Their scale takes its days from a signal; words and marks outside of the plot disappear."""
    assert [name for name, template in made.items() if "okr_shown" in json.dumps(template)] == WITH_DAYS
    for name in WITH_DAYS:
        (across,) = [scale for scale in made[name]["scales"] if scale["name"] == "x"]
        assert across["domainRaw"] == {"signal": "okr_shown"}
        assert {"name": "okr_shown", "value": None} in made[name]["signals"]
        words = [mark["encode"]["update"] for mark in marks(made[name]) if mark["type"] == "text"]
        moving = [update for update in words if "scale" in json.dumps(update["x"])]
        assert moving
        assert all("okr_shown" in json.dumps(update["opacity"]) for update in moving), name


@pytest.mark.parametrize("name", TEMPLATES)
def test_points_are_in_the_data(name: str, charts: dict[str, Chart]) -> None:
    """Each point has a value for each column, and a place."""
    chart = next(chart for chart in charts.values() if chart.template == name)
    points = chart.points
    assert points is not None
    rows = [row for each in points.sets for row in chart.data[each]]
    assert rows
    for row in rows:
        assert {points.x, points.y} <= row.keys()
        assert not points.line or points.line in row
        for column in points.columns:
            assert column.names is None or str(row[column.field]) in column.names
            assert column.kind == "text" or column.field in row


def test_page_data_is_compact_and_complete(charts: dict[str, Chart]) -> None:
    """Every value of every data set is there, each field named once."""
    for chart in charts.values():
        told = json.loads(page_data(chart))
        for name, rows in chart.data.items():
            if not rows:
                assert name not in told["data"]
                continue
            fields, *values = told["data"][name]
            found = [{f: v for f, v in zip(fields, row, strict=True) if v is not None} for row in values]
            expected = [{f: pytest.approx(v) if isinstance(v, float) else v for f, v in row.items()} for row in rows]
            assert found == expected


def test_page_data_cannot_end_its_element(charts: dict[str, Chart]) -> None:
    """Titles come from pull requests: nothing in them is markup where the data stands."""
    hostile = "</script><!--<script>alert(1)</script>\u2028&amp;\x00\ud800"
    text = page_data(replace(charts["overview"], title=hostile))
    assert not set(text) & set("<>&\u2028\x00\ud800")
    assert json.loads(text)["title"] == "</script><!--<script>alert(1)</script> &amp;  "


def test_scripts_for_the_templates_that_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site without charts gets none; another gets what draws and the templates it shows, each made once."""
    made: list[str] = []

    def bundle(snippet: str) -> str:
        made.append(snippet)
        return "bundled"

    vega.bundle.cache_clear()
    monkeypatch.setattr(vl_convert, "javascript_bundle", bundle)
    assert dict(Renderer(tmp_path).browser_scripts([])) == {}
    assert not made
    first = dict(Renderer(tmp_path).browser_scripts(["spread", "overview", "spread"]))
    assert list(first) == ["vega.js", "charts/overview.js", "charts/spread.js"]
    assert first["vega.js"].startswith("/*! Vega ")
    assert first["charts/spread.js"].startswith("okr.charts.spread = {")
    vega.bundle.cache_clear()
    assert dict(Renderer(tmp_path).browser_scripts(["spread", "overview"])) == first
    assert len(made) == 1
    vega.bundle.cache_clear()

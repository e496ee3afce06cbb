"""Drawing, and not drawing again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import vl_convert

from okrsite.charts import Chart, ChartError, Renderer, cache, kpi_trend, renderer
from okrsite.charts.templates import TEMPLATES
from okrsite.charts.vega import compile_template
from okrsite.problems import OkrsiteError


@pytest.fixture
def chart(charts: dict[str, Chart]) -> Chart:
    """Any chart."""
    return charts["overview"]


def test_a_chart_in_the_cache_is_not_drawn(chart: Chart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another renderer with the same folder finds the drawing, and needs no template for it."""
    first = Renderer(tmp_path / "charts")
    drawing = first.svg(chart)
    assert first.svg(chart) == drawing
    assert (first.drawn, first.cached) == (1, 0)

    monkeypatch.setattr(renderer, "Painter", None)
    second = Renderer(tmp_path / "charts")
    assert second.svg(chart) == drawing
    assert (second.drawn, second.cached) == (0, 1)


def test_a_compiled_template_is_kept(chart: Chart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new chart of a known template is drawn without Altair and Vega-Lite."""
    Renderer(tmp_path).svg(chart)
    monkeypatch.delattr(vl_convert, "vegalite_to_vega")
    compile_template.cache_clear()
    second = Renderer(tmp_path)
    second.svg(replace(chart, title="Another"))
    assert second.drawn == 1


@pytest.mark.parametrize("damage", [b"", b"\n", b"<svg></svg>", b"\xff\xfe\x00"])
def test_a_damaged_entry_is_drawn_again(chart: Chart, tmp_path: Path, damage: bytes) -> None:
    """Cut, emptied or altered files of the cache are noticed and mended."""
    drawing = Renderer(tmp_path).svg(chart)
    for file in tmp_path.rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes()[:-7] + damage if damage == b"\n" else damage)
    second = Renderer(tmp_path)
    assert second.svg(chart) == drawing
    assert (second.drawn, second.cached) == (1, 0)
    again = Renderer(tmp_path)
    assert again.svg(chart) == drawing
    assert again.cached == 1


def test_another_entry_is_none(chart: Chart, tmp_path: Path) -> None:
    """A file that is whole, but in the place of another, is not taken for that."""
    drawing = Renderer(tmp_path).svg(chart)
    known = {file for file in tmp_path.rglob("*") if file.is_file()}
    Renderer(tmp_path).svg(replace(chart, title="Another"))
    (other,) = {file for file in tmp_path.rglob("*") if file.is_file()} - known
    for file in known:
        file.write_bytes(other.read_bytes())
    assert Renderer(tmp_path).svg(chart) == drawing


def test_a_full_disk_costs_the_cache_alone(chart: Chart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drawing of which a part could be kept is drawn, and drawn again."""

    def full(file: str, content: bytes) -> None:
        written = Path(file)
        written.parent.mkdir(parents=True, exist_ok=True)
        written.write_bytes(content[: len(content) // 2])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(cache, "_write", full)
        drawing = Renderer(tmp_path).svg(chart)
    second = Renderer(tmp_path)
    assert second.svg(chart) == drawing
    assert (second.drawn, second.cached) == (1, 0)


def test_charts_that_differ_have_other_digests(chart: Chart) -> None:
    """Each value counts with its type, and where it stands; what is the same in memory or only equal does not."""
    titles = ["A", "".join(["long ", "title"] * 20)]
    charts = [replace(chart, data={"bars": [{"row": row, "name": name}]}) for row in (1, 1.0, True) for name in titles]
    assert len({each.digest for each in charts}) == len(charts)
    one, other = ("".join(["long ", "title"] * 20) for _ in range(2))
    same, apart = ([{"name": one, "said": last}] for last in (one, other))
    assert replace(chart, data={"names": same}).digest == replace(chart, data={"names": apart}).digest
    assert replace(chart, points=None).digest != chart.digest


def test_another_version_draws_anew(chart: Chart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a drawing was made with is part of its key."""
    Renderer(tmp_path).svg(chart)
    monkeypatch.setattr("okrsite.charts.renderer._fingerprint", lambda: "another")
    second = Renderer(tmp_path)
    second.svg(chart)
    assert second.drawn == 1


def test_equal_charts_are_drawn_once(chart: Chart) -> None:
    """A chart that is made twice is still one."""
    drawn = Renderer(None)
    assert drawn.svg(chart) == drawn.svg(replace(chart))
    assert (drawn.drawn, drawn.cached) == (1, 0)


def test_a_size_of_its_own(chart: Chart) -> None:
    """A chart may be wider or higher than its template."""
    drawing = Renderer(None).svg(replace(chart, width=352, height=200))
    assert 'viewBox="-234 0 740 200"' in drawing
    assert "h352v10" in drawing


def test_a_chart_that_fails_says_so(charts: dict[str, Chart]) -> None:
    """What cannot be drawn raises a ChartError of one line; others are drawn."""
    good = charts["overview"]
    huge = kpi_trend("Huge", [(date(2026, 1, 1), 1.7e308), (date(2026, 1, 2), -1.7e308)], direction="up", target=0)
    assert huge is not None
    bad = [
        huge,
        replace(good, data={"no such": []}),
        replace(good, data={"bars": [{"row": 1, "progress": float("nan")}]}),
        replace(good, data={"bars": [{"row": 1, "status": "on_track"}]}),
        replace(good, data={"names": [{"row": 1, "kind": "item"}]}),
        replace(good, template="kpi_trend"),
    ]
    drawing = Renderer(None)
    for chart in bad:
        with pytest.raises(ChartError) as caught:
            drawing.svg(chart)
        assert isinstance(caught.value, OkrsiteError)
        assert "\n" not in str(caught.value)
    drawing.svg(good)
    assert drawing.drawn == 1


def test_templates_load_nothing() -> None:
    """No template names an address to load from."""
    assert not [name for name in TEMPLATES if '"url"' in compile_template(name)]


def test_memory_serves_without_a_folder() -> None:
    """A cache without a folder keeps texts as long as it lives."""
    kept = cache.Cache(None)
    assert kept.get("key") is None
    kept.put("key", "text")
    assert kept.get("key") == "text"

"""What every chart has in common once it is drawn."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from okrsite.charts import Chart, Renderer
from okrsite.charts.style import INKS
from okrsite.charts.templates import TEMPLATES

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ["kpi_trend", "objective_trend", "overview", "portal_progress", "rollout_gantt", "spread", "status_by_unit"]
DRAW_ALL = """
import hashlib, sys
sys.path.insert(0, {folder!r})
from conftest import samples
from okrsite.charts import Renderer
renderer = Renderer(None)
charts = sorted(samples().items(), reverse=True)
renderer.prepare(chart for _, chart in charts)
for kind, chart in sorted(charts):
    print(kind, hashlib.sha256(renderer.svg(chart).encode()).hexdigest())
"""


def drawn_elsewhere(time_zone: str) -> str:
    """What a process in another time zone and locale, with other fonts, says of its drawings."""
    environment = {**os.environ, "TZ": time_zone, "LC_ALL": "C", "FONTCONFIG_FILE": os.devnull}
    script = DRAW_ALL.format(folder=str(Path(__file__).parent))
    run = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    return run.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_says_what_it_is(kind: str, charts: dict[str, Chart], drawings: dict[str, str]) -> None:
    """Each drawing is an image with a title and a description, first of all it holds, that name it."""
    root = ET.fromstring(drawings[kind])  # noqa: S314 - our own
    title, description = root[0], root[1]
    assert root.get("role") == "img"
    assert (title.tag, title.text) == (f"{SVG}title", charts[kind].title)
    assert (description.tag, description.text) == (f"{SVG}desc", charts[kind].description)
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


@pytest.mark.parametrize("kind", KINDS)
def test_fits_the_page(kind: str, drawings: dict[str, str]) -> None:
    """Each drawing scales with its box, and takes font and colours from the page."""
    root = ET.fromstring(drawings[kind])  # noqa: S314 - our own
    assert root.get("viewBox", "").split()[2] == ("960" if kind == "rollout_gantt" else "640")
    assert not {"width", "height", "style"} & root.attrib.keys()
    paints = set()
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {"svg", "title", "desc", "g", "path", "line", "text"}
        assert not {"style", "font-family", "href", "class"} & element.attrib.keys() or element is root
        paints |= {element.get("fill"), element.get("stroke")} - {None, "none"}
    assert paints <= {f"var(--okr-{ink})" for ink in INKS}
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b", drawings[kind])


def test_every_template_is_drawn(charts: dict[str, Chart]) -> None:
    """No template is left out here."""
    assert {chart.template for chart in charts.values()} == set(TEMPLATES)


def test_ids_are_unique_on_a_page(drawings: dict[str, str]) -> None:
    """Charts on one page share no id."""
    ids = re.findall(r' id="([^"]+)"', "".join(drawings.values()))
    assert len(ids) == len(set(ids)) == 2 * len(KINDS)


def test_the_same_bytes_in_any_order_and_company(charts: dict[str, Chart], drawings: dict[str, str]) -> None:
    """One by one, or all on a sheet the other way round: a chart's drawing is the same."""
    renderer = Renderer(None)
    renderer.prepare(reversed(charts.values()))
    assert renderer.drawn == len(charts)
    assert {kind: renderer.svg(chart) for kind, chart in charts.items()} == drawings
    assert renderer.drawn == len(charts)


def test_the_same_bytes_in_any_time_zone(drawings: dict[str, str]) -> None:
    """Neither time zone, locale nor fonts of a machine change a byte: days are UTC, text is not measured."""
    here = "".join(
        f"{kind} {hashlib.sha256(drawing.encode()).hexdigest()}\n" for kind, drawing in sorted(drawings.items())
    )
    assert drawn_elsewhere("America/Los_Angeles") == here
    assert drawn_elsewhere("Asia/Tokyo") == here


def test_importing_is_cheap() -> None:
    """The command line imports the charts; Altair and vl-convert wait until something is drawn."""
    script = "import sys, okrsite.charts; assert not {'altair', 'vl_convert'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", script], check=True)

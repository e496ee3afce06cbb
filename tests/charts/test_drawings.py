"""What every chart has in common once it is drawn."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from okrsite.charts import Chart, Renderer
from okrsite.charts.style import INKS
from okrsite.charts.templates import TEMPLATES
from okrsite.languages import Language

SVG = "{http://www.w3.org/2000/svg}"
KINDS = [
    *(
        "confidence_trend",
        "kpi_moved",
        "kpi_trend",
        "known_then_trend",
        "objective_moved",
        "objective_trend",
        "overview",
    ),
    *("portal_progress", "rollout_adoption"),
    *("rollout_gantt", "spread", "status_distribution", "status_heatmap"),
]
WIDE = ("rollout_adoption", "rollout_gantt")
DRAW_ALL = """
import hashlib, os, sys, time
sys.path.insert(0, {folder!r})
from conftest import samples
from okrsite.charts import Renderer
first, second = Renderer(None), Renderer(None)
for renderer in (first, second):
    charts = sorted(samples().items(), reverse=True)
    lines = [f"{{kind}} {{hashlib.sha256(renderer.svg(chart).encode()).hexdigest()}}" for kind, chart in charts]
    print(*sorted(lines), sep="\\n")
    second.take_tools(first.tools())
    os.environ["TZ"] = {then!r}
    time.tzset()
"""


def drawn_elsewhere(time_zone: str, then: str) -> str:
    """What a process in another time zone and locale, with other fonts, says of its drawings; then in one more zone.

    What takes seconds to make, and knows no days, is made in the first zone.
    """
    environment = {**os.environ, "TZ": time_zone, "LC_ALL": "C", "FONTCONFIG_FILE": os.devnull}
    script = DRAW_ALL.format(folder=str(Path(__file__).parent), then=then)
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


@pytest.mark.parametrize("kind", KINDS)
def test_fits_the_page(kind: str, drawings: dict[str, str]) -> None:
    """Each drawing scales with its box, and takes font and colours from the page."""
    root = ET.fromstring(drawings[kind])  # noqa: S314 - our own
    assert root.get("viewBox", "").split()[2] == ("960" if kind in WIDE else "640")
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


def test_a_page_may_show_a_chart_twice(drawings: dict[str, str]) -> None:
    """Drawings have no ids and refer to none, so nothing on a page can be mistaken for a part of another."""
    assert not [kind for kind, drawing in drawings.items() if re.search(r'\bid="|url\(|labelledby', drawing)]


@pytest.mark.parametrize("kind", KINDS)
def test_time_goes_from_left_to_right(kind: str, drawings: dict[str, str]) -> None:
    """Also in a page that is written from right to left."""
    assert ET.fromstring(drawings[kind]).get("direction") == "ltr"  # noqa: S314 - our own


@pytest.mark.parametrize("kind", KINDS)
def test_speaks_the_language_of_the_portal(kind: str, make_charts: Callable[..., dict[str, Chart]]) -> None:
    """Nothing of a German chart is English: words, months, numbers and descriptions."""
    chart = make_charts("Ziel", Language("de"))[kind]
    assert chart.points is not None
    rows = [row for rows in chart.data.values() for row in rows]
    texts = [
        *(str(value) for row in rows for value in row.values()),
        *(column.title for column in chart.points.columns),
    ]
    said = " ".join([chart.description, *texts])
    english = r"\b(Jan|Feb|Mar|today|on track|at risk|expected|objective|Units|Progress|Confidence|from|of)\b(?!\.)|\d%"
    assert not re.search(english, said), said
    if "days" in chart.data:
        assert re.search(r"\d\. (Jan\.|Feb\.|März)", said)


def test_the_same_bytes_in_any_order(charts: dict[str, Chart], drawings: dict[str, str]) -> None:
    """A chart's drawing is the same, whatever was drawn before it."""
    renderer = Renderer(None)
    again = {kind: renderer.svg(chart) for kind, chart in reversed(charts.items())}
    assert renderer.drawn == len(charts)
    assert again == drawings


def test_the_same_bytes_in_any_time_zone(drawings: dict[str, str]) -> None:
    """Neither time zone, locale nor fonts of a machine change a byte: days are UTC, text is not measured."""
    here = "".join(
        f"{kind} {hashlib.sha256(drawing.encode()).hexdigest()}\n" for kind, drawing in sorted(drawings.items())
    )
    assert drawn_elsewhere("America/Los_Angeles", then="Asia/Tokyo") == here * 2


def test_importing_is_cheap() -> None:
    """The command line imports the charts; Altair and vl-convert wait until a template is compiled."""
    script = "import sys, okrsite.charts; assert not {'altair', 'vl_convert'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", script], check=True)

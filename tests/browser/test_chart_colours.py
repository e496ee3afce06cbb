"""Charts take their colours from the theme's variables, so that they suit a light screen, a dark one and paper."""

from __future__ import annotations

import pytest
from pagekinds import KINDS, short
from visits import Portal, Visits

PAINT = """() => [...document.querySelectorAll(".chart svg *")].flatMap((element) => {
  const style = getComputedStyle(element);
  return [style.fill, style.stroke].filter((paint) => paint.startsWith("rgb"));
})"""

LITERAL = r"""() => [...document.querySelectorAll(".chart svg *")].flatMap((element) =>
  ["fill", "stroke", "stop-color"].map((name) => element.getAttribute(name) ?? ""))
  .filter((paint) => /#|rgb|hsl/.test(paint) && !/^url\(#/.test(paint))"""

MARKED = """() => [...document.querySelectorAll(".chart svg *")].some((element) =>
  [getComputedStyle(element).fill, getComputedStyle(element).stroke].includes("rgb(1, 2, 3)"))"""

CHARTS = "okr/objective.html"


def _kinds_with_charts(example: Portal) -> list[str]:
    return [kind for kind in KINDS if 'class="chart' in (example.folder / example.of(kind)).read_text("utf-8")]


def test_there_are_charts(example: Portal) -> None:
    """These tests look at something."""
    assert CHARTS in _kinds_with_charts(example)


@pytest.mark.parametrize("kind", KINDS, ids=short)
def test_light_and_dark(example: Portal, visit: Visits, kind: str) -> None:
    """No colour is written into a chart; the paint differs from light to dark; paper is as light."""
    if kind not in _kinds_with_charts(example):
        return
    page = visit(example.url + example.of(kind), scheme="light")
    assert page.evaluate(LITERAL) == []
    light = page.evaluate(PAINT)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(PAINT)
    page.emulate_media(color_scheme="dark", media="print")
    paper = page.evaluate(PAINT)
    assert light
    assert len(light) == len(dark)
    assert [pair for pair in zip(light, dark, strict=True) if pair[0] == pair[1] != "rgb(0, 0, 0)"] == []
    assert paper == light


def test_variables(example: Portal, visit: Visits) -> None:
    """A portal that sets a colour of its own sees it in its charts."""
    page = visit(example.url + example.of(CHARTS))
    assert not page.evaluate(MARKED)
    page.evaluate("() => document.documentElement.style.setProperty('--okr-series-1', 'rgb(1, 2, 3)')")
    page.evaluate("() => document.documentElement.style.setProperty('--okr-accent', 'rgb(1, 2, 3)')")
    page.evaluate("() => document.documentElement.style.setProperty('--okr-ink-soft', 'rgb(1, 2, 3)')")
    assert page.evaluate(MARKED)

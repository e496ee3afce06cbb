"""Titles and names come from pull requests: whatever they hold is shown as text."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from okrsite.charts import Chart, Renderer

HOSTILE = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "quotes": """"onload="alert(1)" 'x' `y`""",
    "cdata": "]]><![CDATA[ <!-- --> &lt; &amp; &#60;",
    "expression": '\'+warn(datum)+\' ${1} {{x}} {"signal": "1"} datum.x',
    "control characters": "a\x00b\x08c\x1bd\x7fe\x85f\ud800g\ufffeh\u2028i",
    "right to left": "مشروع موثوقية الأنظمة",
    "Chinese and emoji": "可用性目標 👩‍👩‍👧‍👦🎉",
    "number": "1e5",
    "nothing": "",
}

UNNAMED = {"known_then_trend"}
"""Charts whose lines have names of their own; what is shown is named by their title alone."""


class Tags(HTMLParser):
    """Collects the elements that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and its attributes."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    """One for all, so that templates are compiled once."""
    return Renderer(None)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_is_text_in_every_chart(text: str, renderer: Renderer, make_charts: Callable[[str], dict[str, Chart]]) -> None:
    """Every chart of such a name is well-formed, holds only shapes and text, and shows what was written."""
    for kind, chart in make_charts(text).items():
        drawing = renderer.svg(chart)
        root = ET.fromstring(drawing)  # noqa: S314 - whether it parses is the question
        seen = Tags()
        seen.feed(drawing)
        assert seen.tags <= {"svg", "title", "desc", "g", "path", "line", "text"}, kind
        assert not {name for name in seen.attributes if name.startswith("on")}, kind
        assert "NaN" not in drawing.replace(text, ""), kind
        if text.isprintable():
            assert (root[0].text or "") == text
            shown = [element.text or "" for element in root.iter() if element.tag.endswith("text")]
            words = text.split()
            assert not words or kind in UNNAMED or any(words[0][:6] in line for line in shown), kind

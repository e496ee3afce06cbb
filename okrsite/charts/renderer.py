"""Charts to SVG, with a cache in front of what paints them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from okrsite import __version__
from okrsite.charts.cache import Cache
from okrsite.charts.chart import Chart
from okrsite.charts.interactive import page_data, template_script
from okrsite.charts.painting import Painter
from okrsite.charts.templates import TEMPLATES
from okrsite.charts.vega import bundle, bundle_edition, compile_template


class Drawing(NamedTuple):
    """A chart, drawn; each a line of text.

    Attributes:
        svg: To be put into a page as it is.
        data: What its large view shows, as JSON that may stand in a ``<script>`` element.
    """

    svg: str
    data: str


class Counts(NamedTuple):
    """What one or several renderers did.

    Attributes:
        drawn: The keys of the charts that were drawn.
        found: How often which were found in the cache.
    """

    drawn: AbstractSet[str]
    found: Mapping[str, int]


class Renderer:
    """Draws charts, each only once as long as the cache is kept.

    Args:
        cache: The folder to keep drawings in; None to forget them with the renderer.
        call: Calls the functions that need Vega, which starts threads.
        wait: Waits for whoever makes the tools of the same cache meanwhile.
    """

    def __init__(
        self,
        cache: Path | None,
        call: Callable[..., str] = lambda function, *values: function(*values),
        wait: Callable[[], None] = lambda: None,
    ) -> None:
        self._cache = Cache(cache)
        self._call, self._wait = call, wait
        self._painters: dict[str, Painter] = {}
        self._drawn: set[str] = set()
        self._found: Counter[str] = Counter()

    @property
    def is_ready(self) -> bool:
        """Whether all is there that takes seconds to make."""
        return len(self.tools()) > len(TEMPLATES)

    @property
    def drawn(self) -> int:
        """How many charts have been drawn."""
        return len(self._drawn)

    @property
    def cached(self) -> int:
        """How often one was found in the cache that had not been drawn before in the same build."""
        return sum(times for key, times in self._found.items() if key not in self._drawn)

    @contextmanager
    def counting(self) -> Iterator[Counts]:
        """What is done within; it does not count here."""
        before = self._drawn, self._found
        self._drawn, self._found = set(), Counter()
        try:
            yield Counts(self._drawn, self._found)
        finally:
            self._drawn, self._found = before

    def count(self, counts: Counts) -> None:
        """Count what was done, here or by another; what several drew at a time counts once."""
        self._drawn |= counts.drawn
        self._found.update(counts.found)

    def svg(self, chart: Chart) -> str:
        """The chart as SVG, to be put into a page as it is.

        Raises:
            ChartError: It cannot be drawn.
        """
        return self.drawing(chart).svg

    def drawing(self, chart: Chart) -> Drawing:
        """The chart as SVG, and the data behind it.

        Raises:
            ChartError: It cannot be drawn.
        """
        key = self._key(chart)
        known = self._cache.get(key)
        if known is not None:
            self._found[key] += 1
            return Drawing(*known.split("\n"))
        drawing = Drawing(self._painter(chart.template).paint(chart), page_data(chart))
        self._cache.put(key, "\n".join(drawing))
        self._drawn.add(key)
        return drawing

    def browser_scripts(self, templates: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The scripts that large views of charts need, by name: each template's, and what draws them.

        Args:
            templates: The names of those that pages show; with none, there are no scripts.
        """
        wanted = sorted(set(templates))
        if wanted:
            yield "vega.js", self._kept(_bundle_key(), lambda: self._call(bundle))
        for name in wanted:
            yield f"charts/{name}.js", template_script(name, json.loads(self._template(name)))

    def make_tools(self) -> None:
        """Have all that is needed for drawing in the cache, so that several processes need not make it each."""
        for _ in self.browser_scripts(TEMPLATES):
            pass

    def tools(self) -> Mapping[str, str]:
        """What drawing needs and takes seconds to make, as far as the cache has it: for a renderer elsewhere."""
        return {key: text for key in _tool_keys() if (text := self._cache.get(key)) is not None}

    def take_tools(self, tools: Mapping[str, str]) -> None:
        """Use another renderer's `tools`."""
        for key, text in tools.items():
            self._cache.put(key, text)

    def let_go(self) -> None:
        """After a build: delete drawings that were not used for long; those that were found are in use."""
        self._cache.let_go([*_tool_keys(), *self._found])

    def _painter(self, template: str) -> Painter:
        if template not in self._painters:
            self._painters[template] = Painter(json.loads(self._template(template)))
        return self._painters[template]

    def _template(self, name: str) -> str:
        # Kept like a drawing: without it, the first chart of a build waits some seconds for Altair and Vega-Lite.
        return self._kept(_template_key(name), lambda: self._call(compile_template, name))

    def _kept(self, key: str, make: Callable[[], str]) -> str:
        """A text that is made once as long as the cache is kept."""
        text = self._cache.get(key)
        if text is None:
            self._wait()
            text = self._cache.get(key)
        if text is None:
            text = make()
            self._cache.put(key, text)
        return text

    @staticmethod
    def _key(chart: Chart) -> str:
        return _hash(f"{_fingerprint()}\ndrawing\n{chart.digest}")


def _template_key(name: str) -> str:
    return _hash(f"{_fingerprint()}\ntemplate\n{name}")


def _tool_keys() -> Iterator[str]:
    yield _bundle_key()
    yield from map(_template_key, TEMPLATES)


def _bundle_key() -> str:
    """A key of its own: the bundle does not depend on this folder's files."""
    return _hash(bundle_edition())


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _fingerprint() -> str:
    """A hash of all that turns a chart into a drawing: with the chart's digest, it stands for the final specification.

    The files of this folder are what makes specifications, so none need be made, and neither Altair nor vl-convert
    loaded, to find a drawing in the cache.
    """
    found = hashlib.sha256(f"{__version__}\n{version('altair')}\n{version('vl-convert-python')}\n".encode())
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()

"""Charts to SVG: the one place that calls vl-convert, with a cache in front of it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from okrsite import __version__
from okrsite.charts.cache import Cache
from okrsite.charts.chart import Chart, ChartError
from okrsite.charts.interactive import page_data, template_script
from okrsite.charts.sheet import Template, compose, cut
from okrsite.charts.svg import finish
from okrsite.charts.templates import TEMPLATES, vega_lite

_SNIPPET = "okr.embed = vegaEmbed;"
_BUNDLE = """/*! Vega {version}, Vega-Lite and Vega-Embed: Copyright (c) 2013-2025 University of Washington
Interactive Data Lab and contributors, BSD-3-Clause. D3: Copyright (c) 2010-2025 Mike Bostock, ISC.
Bundled by vl-convert, BSD-3-Clause. */
(() => {{
{script}
}})();
"""
"""In a function, or the thousands of names in it would be the window's."""

SHEET = 25
"""How many charts are drawn in one run of Vega; more gain nothing, and cost memory."""


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
        call: Calls the functions below that need vl-convert, which starts threads.
    """

    def __init__(
        self, cache: Path | None, call: Callable[..., str] = lambda function, *values: function(*values)
    ) -> None:
        self._cache = Cache(cache)
        self._call = call
        self._templates: dict[str, Template] = {}
        self._drawn: set[str] = set()
        self._found: Counter[str] = Counter()

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

    def get_ready(self) -> None:
        """Start what draws: that takes a second, which the first drawing need not wait for then."""
        self._call(draw, "{}")

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
        if known is None:
            return self._draw([(key, chart)])[0]
        self._found[key] += 1
        return Drawing(*known.split("\n"))

    def browser_scripts(self, templates: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The scripts that large views of charts need, by name: each template's, and what draws them.

        Args:
            templates: The names of those that pages show; with none, there are no scripts.
        """
        wanted = sorted(set(templates))
        if wanted:
            yield "vega.js", self._kept(_bundle_key(), lambda: self._call(bundle))
        for name in wanted:
            yield f"charts/{name}.js", template_script(name, self._template(name))

    def make_tools(self) -> None:
        """Have all that is needed for drawing in the cache, so that several processes need not make it each."""
        for _ in self.browser_scripts(TEMPLATES):
            pass

    def tools(self) -> Mapping[str, str]:
        """What drawing needs and takes seconds to make, as far as the cache has it: for a renderer elsewhere."""
        keys = (_bundle_key(), *map(_template_key, TEMPLATES))
        return {key: text for key in keys if (text := self._cache.get(key)) is not None}

    def take_tools(self, tools: Mapping[str, str]) -> None:
        """Use another renderer's `tools`."""
        for key, text in tools.items():
            self._cache.put(key, text)

    def prepare(self, charts: Iterable[Chart]) -> None:
        """Draw those of the charts that are not in the cache, many at a time, so that `svg` finds them there.

        That takes little more than half the time of drawing them one by one. What cannot be drawn is left to `svg`.
        """
        missing = self._missing(charts)
        while batch := list(islice(missing, SHEET)):
            try:
                self._draw(batch)
            except ChartError:
                for single in batch:
                    self._try(single)

    def _missing(self, charts: Iterable[Chart]) -> Iterator[tuple[str, Chart]]:
        seen = set()
        for chart in charts:
            try:
                key = self._key(chart)
            except ChartError:
                continue
            if key not in seen and self._cache.get(key) is None:
                seen.add(key)
                yield key, chart

    def _try(self, single: tuple[str, Chart]) -> None:
        try:
            self._draw([single])
        except ChartError:
            return

    def _draw(self, charts: Sequence[tuple[str, Chart]]) -> list[Drawing]:
        filled = [(chart, self._template(chart.template)) for _, chart in charts]
        pieces = cut(self._call(draw, compose(filled)), filled)
        drawings = [
            Drawing(finish(chart, piece), page_data(chart)) for (_, chart), piece in zip(charts, pieces, strict=True)
        ]
        for (key, _), drawing in zip(charts, drawings, strict=True):
            self._cache.put(key, "\n".join(drawing))
            self._drawn.add(key)
        return drawings

    def _template(self, name: str) -> Template:
        if name not in self._templates:
            # Kept like a drawing: without it, the first chart of a build waits a second for Altair and Vega-Lite.
            text = self._kept(_template_key(name), lambda: self._call(compile_template, name))
            self._templates[name] = json.loads(text)
        return self._templates[name]

    def _kept(self, key: str, make: Callable[[], str]) -> str:
        """A text that is made once as long as the cache is kept."""
        text = self._cache.get(key)
        if text is None:
            text = make()
            self._cache.put(key, text)
        return text

    @staticmethod
    def _key(chart: Chart) -> str:
        return _hash(f"{_fingerprint()}\ndrawing\n{chart.digest}")


def draw(specification: str) -> str:
    """The SVG of a Vega specification; a function of its text alone, fetching nothing.

    Raises:
        ChartError: vl-convert refuses it.
    """
    import vl_convert  # noqa: PLC0415 - reading a portal does not need it

    try:
        return str(vl_convert.vega_to_svg(specification, allowed_base_urls=[]))
    except (ValueError, RuntimeError, TypeError) as error:
        # Several lines with a stack of Vega's own functions; the first few words say it.
        reason = " ".join(str(error).split())[:200]
        raise ChartError(f"the chart cannot be drawn: {reason}") from error


def compile_template(name: str) -> str:
    """A template as a Vega specification, as JSON, its data sets empty."""
    import vl_convert  # noqa: PLC0415

    return json.dumps(vl_convert.vegalite_to_vega(vega_lite(name)), ensure_ascii=False)


@cache
def bundle() -> str:
    """A script that draws Vega's specifications in a browser and hands itself to the theme's, as ``okr.embed``.

    It takes some seconds to make, and a process makes it once.
    """
    import vl_convert  # noqa: PLC0415

    made = vl_convert.javascript_bundle(_SNIPPET)
    return _BUNDLE.format(version=vl_convert.get_vega_version(), script=made)


def _template_key(name: str) -> str:
    return _hash(f"{_fingerprint()}\ntemplate\n{name}")


def _bundle_key() -> str:
    """A key of its own: the bundle does not depend on this folder's files."""
    return _hash(f"{version('vl-convert-python')}\n{_SNIPPET}{_BUNDLE}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _fingerprint() -> str:
    """A hash of all that turns a chart into a drawing: with the chart's digest, it stands for the final specification.

    The files of this folder are what makes specifications, so none need be made, and neither Altair nor vl-convert
    loaded, to find a drawing in the cache.
    """
    found = hashlib.sha256(f"{__version__}\n{version('altair')}\n{version('vl-convert-python')}\n".encode())
    for file in sorted(Path(__file__).parent.glob("*.py")):
        found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()

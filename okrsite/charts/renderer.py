"""Charts to SVG: the one place that calls vl-convert, with a cache in front of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from okrsite import __version__
from okrsite.charts.cache import Cache
from okrsite.charts.chart import Chart, ChartError
from okrsite.charts.sheet import Template, compose, cut
from okrsite.charts.svg import finish
from okrsite.charts.templates import vega_lite

SHEET = 25
"""How many charts are drawn in one run of Vega; more gain nothing, and cost memory."""


class Renderer:
    """Draws charts, each only once as long as the cache is kept.

    Attributes:
        drawn: How many charts it has drawn.
        cached: How many it has found in the cache.

    Args:
        cache: The folder to keep drawings in; None to forget them with the renderer.
    """

    def __init__(self, cache: Path | None) -> None:
        self.drawn = 0
        self.cached = 0
        self._cache = Cache(cache)
        self._templates: dict[str, Template] = {}
        self._own: set[str] = set()

    def svg(self, chart: Chart) -> str:
        """The chart as SVG, to be put into a page as it is.

        The same chart has the same ids: show it once on a page.

        Raises:
            ChartError: It cannot be drawn.
        """
        key = self._key(chart)
        known = self._cache.get(key)
        if known is None:
            return self._draw([(key, chart)])[0]
        if key not in self._own:
            self.cached += 1
        return known

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

    def _draw(self, charts: Sequence[tuple[str, Chart]]) -> list[str]:
        filled = [(chart, self._template(chart.template)) for _, chart in charts]
        pieces = cut(draw(compose(filled)), filled)
        drawings = [finish(chart, piece) for (_, chart), piece in zip(charts, pieces, strict=True)]
        for (key, _), drawing in zip(charts, drawings, strict=True):
            self._cache.put(key, drawing)
            self._own.add(key)
        self.drawn += len(drawings)
        return drawings

    def _template(self, name: str) -> Template:
        if name not in self._templates:
            key = hashlib.sha256(f"{_fingerprint()}\ntemplate\n{name}".encode()).hexdigest()
            # Kept like a drawing: without it, the first chart of a build waits a second for Altair and Vega-Lite.
            text = self._cache.get(key)
            if text is None:
                text = compile_template(name)
                self._cache.put(key, text)
            self._templates[name] = json.loads(text)
        return self._templates[name]

    @staticmethod
    def _key(chart: Chart) -> str:
        return hashlib.sha256(f"{_fingerprint()}\ndrawing\n{chart.digest}".encode()).hexdigest()


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
def _fingerprint() -> str:
    """A hash of all that turns a chart into a drawing: with the chart's digest, it stands for the final specification.

    The files of this folder are what makes specifications, so none need be made, and neither Altair nor vl-convert
    loaded, to find a drawing in the cache.
    """
    found = hashlib.sha256(f"{__version__}\n{version('altair')}\n{version('vl-convert-python')}\n".encode())
    for file in sorted(Path(__file__).parent.glob("*.py")):
        found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()

"""Pages to HTML: the theme's templates with okrsite's filters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from functools import lru_cache

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from okrsite.charts import Chart, ChartError, Renderer
from okrsite.model import Source
from okrsite.scoring import Status
from okrsite.site import addresses
from okrsite.site.forge import Forge
from okrsite.site.layout import translation as messages
from okrsite.site.layout.assets import FOLDER, hashed
from okrsite.site.layout.markdown import MarkdownText
from okrsite.site.layout.shell import Shell, Site, base_of
from okrsite.site.pages.page import Page
from okrsite.site.views.goals import Spark
from okrsite.site.words import Words


class PageRenderer:
    """Renders pages one after the other.

    Args:
        environment: The theme's; `prepare` has been called with it.
        site: What all pages share.
        forge: Where the content is.
        charts: Draws.
    """

    def __init__(self, environment: Environment, site: Site, forge: Forge, charts: Renderer) -> None:
        self.environment = environment
        self.site = site
        self.forge = forge
        self.charts = charts
        self.failures: list[str] = []
        environment.globals["chart"] = self._chart
        self._needed: dict[str, str] = {}
        self._chart_scripts: dict[str, bytes] = {}
        environment.filters.update(
            {
                "source_link": forge.view,
                "edit_link": forge.edit,
                "commit_link": forge.commit,
                "request_link": forge.request,
                "request_name": forge.request_name,
            }
        )

    def know_scripts(self, other: PageRenderer) -> None:
        """Share the scripts of charts with another renderer: they depend on the charts' templates alone."""
        self._needed, self._chart_scripts = other._needed, other._chart_scripts

    def chart_scripts(self, charts: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The files that the large views of charts need, given the names of the charts' templates."""
        for name in charts:
            self._needs(name)
        yield from sorted(self._chart_scripts.items())

    def compile_templates(self) -> None:
        """Compile every template of okrsite's pages, so that a mistake in one is found before anything is written.

        Raises:
            TemplateSyntaxError: A template cannot be compiled.
        """
        for name in self.environment.list_templates(filter_func=lambda name: name.startswith("okr/")):
            self.environment.get_template(name)

    def html(self, page: Page) -> str:
        """A page as HTML."""
        return self.part(page.template, okr=self.shell(page), record=page.record)

    def part(self, template: str, **values: object) -> str:
        """A part of a page that is made elsewhere."""
        environment = self.environment
        try:
            # As `render` does it, but that takes each value of `globals` through two mappings.
            made = environment.get_template(template)
            context = made.new_context({**environment.globals, **values}, shared=True)
            return environment.concat(made.root_render_func(context))
        except Exception:  # noqa: BLE001 - raised again, with the template's lines
            environment.handle_exception()

    def shell(self, page: Page) -> Shell:
        """What surrounds a page."""
        return Shell(
            site=self.site,
            base=base_of(page.address),
            address=page.address,
            title=page.title,
            description=page.description,
            crumbs=page.crumbs,
            edit=self.forge.edit(Source(page.source, page.line)),
            source=self.forge.view(Source(page.source, page.line)),
            feeds=page.feeds,
        )

    def _chart(self, chart: Chart) -> Markup:
        """A chart in its page; one that fails says so in its place."""
        try:
            svg, data = map(Markup, self.charts.drawing(chart))  # the renderer escapes what it is given
            scripts = self._needs(chart.template)
            return Markup(self.part("okr/chart.html", chart=chart, drawing=svg, data=data, scripts=scripts))  # noqa: S704 - a template
        except ChartError as error:
            self.failures.append(str(error))
            failed = self.site.language.gettext("This chart could not be drawn: %(reason)s", reason=error)
            return Markup('<p class="note">{}</p>').format(failed)

    def _needs(self, template: str) -> str:
        """What the large view of a chart loads, as its button names it.

        It is there and not in the script of every page, since only the pages tell which charts there are.
        """
        if template not in self._needed:
            named = []
            for name, script in self.charts.browser_scripts((template,)):
                content = script.encode()
                named.append(hashed(name, content))
                self._chart_scripts[f"{FOLDER}/{named[-1]}"] = content
            self._needed[template] = " ".join(name.removesuffix(".js") for name in named)
        return self._needed[template]


def prepare(environment: Environment, words: Words, as_of: date, markdown: MarkdownText) -> None:
    """Give the theme's environment what okrsite's templates use; everything put into a page is escaped."""
    environment.autoescape = True
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    messages.install(environment, words)
    environment.filters.update(
        {
            "href": addresses.href,
            "absolute": lambda address, canonical: addresses.absolute(canonical, address),
            "percent": words.percent,
            "number": words.number,
            "measured": words.measured,
            "between": words.between,
            "confidence": words.confidence,
            "code": code,
            "silent": lambda tally: words.silent(tally.no_reading, tally.total),
            "day": words.day,
            "short_day": words.short_day,
            "status": words.status,
            "word": words.word,
            "level": words.level,
            "say": words.language.say,
            "count": words.count,
            "demoted": demoted,
            "pace": words.pace,
            "shape": shape,
            "markdown": markdown.html,
            "points": points,
            "px": pixels,
            "strewn": strewn,
            "ago": lambda then: words.ago(then, as_of),
            "owner": addresses.owner,
            "time_in": lambda cycle: words.time_in_cycle(cycle, as_of),
        }
    )
    environment.globals["as_of"] = as_of


def demoted(html: str) -> Markup:
    """The HTML of a written page as a part of another: its title becomes a heading, and alone says nothing."""
    title, _, rest = html.partition("</h1>")
    if title.startswith("<h1") and not rest.strip():
        return Markup()
    return Markup(re.sub(r"(</?h)1\b", r"\g<1>2", html))  # noqa: S704 - sanitised by the plugin


def code(text: str) -> Markup:
    """A text whose words between backticks are set as code."""
    parts = str(escape(text)).split("`")
    return Markup("".join(f"<code>{part}</code>" if at % 2 else part for at, part in enumerate(parts)))  # noqa: S704 - escaped


def pixels(length: Fraction | float, times: float = 1) -> str:
    """A length, times a number, for an attribute of an SVG."""
    return f"{float(length) * times:.1f}".removesuffix(".0")


@lru_cache(1 << 12)  # a goal's stands on several pages
def points(spark: Spark, width: int, height: int) -> str:
    """A sparkline's points as the attribute of an SVG polyline, upside up, with room for the line's width."""
    inner = height - 4
    return " ".join(f"{x * (width - 4) + 2:.1f},{height - 2 - y * inner:.1f}" for x, y in spark)


SHAPES = {
    "on_track": "a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
    "at_risk": "m3-3.2 3.5 6.2h-7z",
    "off_track": "m0-3h6v6h-6z",
    "achieved": "m0 .5 2 2 4-5",
}
"""The statuses' shapes, 6 wide, from the middle of their start; those that are not here are circles."""


def shape(name: str) -> str:
    """The status whose shape a status, a grade or the status of a KPI has."""
    return {"green": "on_track", "amber": "at_risk", "yellow": "at_risk", "red": "off_track"}.get(name, name)


def strewn(spread: Iterable[tuple[Fraction, Status]], width: int) -> list[tuple[Status, str]]:
    """A strip plot: the path of all marks of a status, by status. A symbol a mark would be thousands on a level's page.

    Args:
        spread: Where each mark stands, 0..1, and its status.
        width: Of the whole strip.
    """
    places: dict[Status, dict[str, None]] = {}
    for share, status in spread:
        places.setdefault(status, {})[pixels(float(share) * (width - 8) + 1)] = None
    circle = SHAPES["on_track"]
    return [(status, "".join(f"M{x} 7{SHAPES.get(status, circle)}" for x in xs)) for status, xs in places.items()]

"""Pages to HTML: the theme's templates with okrsite's filters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from okrsite.charts import Chart, ChartError, Renderer
from okrsite.settings import Settings
from okrsite.site import addresses
from okrsite.site.markdown import MarkdownText
from okrsite.site.page import Page
from okrsite.site.shell import Shell, Site, base_of, edit_link
from okrsite.site.views import Gallery

TOGETHER = 256
"""How many pages are held in memory so that their charts can be drawn together."""


class PageRenderer:
    """Renders pages one after the other.

    Args:
        environment: The theme's; `prepare` has been called with it.
        site: What all pages share.
        settings: The portal's options.
        charts: Draws.
    """

    def __init__(self, environment: Environment, site: Site, settings: Settings, charts: Renderer) -> None:
        self.environment = environment
        self.site = site
        self.settings = settings
        self.charts = charts
        self.failures: list[str] = []
        environment.globals["chart"] = self._chart

    def files(self, pages: Iterable[Page]) -> Iterator[tuple[str, bytes]]:
        """Each page's file, relative to the site's folder, and what it holds."""
        waiting = iter(pages)
        while batch := list(islice(waiting, TOGETHER)):
            self.charts.prepare(chart for page in batch for chart in page.charts)
            for page in batch:
                yield addresses.file_of(page.address), self.html(page).encode()

    def compile_templates(self) -> None:
        """Compile every template of okrsite's pages, so that a mistake in one is found before anything is written.

        Raises:
            TemplateSyntaxError: A template cannot be compiled.
        """
        for name in self.environment.list_templates(filter_func=lambda name: name.startswith("okr/")):
            self.environment.get_template(name)

    def html(self, page: Page) -> str:
        """A page as HTML."""
        template = self.environment.get_template(page.template)
        return template.render(okr=self.shell(page), record=page.record)

    def shell(self, page: Page) -> Shell:
        """What surrounds a page."""
        return Shell(
            site=self.site,
            base=base_of(page.address),
            address=page.address,
            title=page.title,
            description=page.description,
            crumbs=page.crumbs,
            edit=edit_link(self.settings, page.source, page.line),
        )

    def _chart(self, chart: Chart) -> Markup:
        """A chart in its page; one that fails says so in its place."""
        try:
            return Markup(self.charts.svg(chart))  # noqa: S704 - drawn by the renderer, which escapes what it is given
        except ChartError as error:
            self.failures.append(str(error))
            return Markup('<p class="note">This chart could not be drawn: {}</p>').format(escape(str(error)))


def prepare(environment: Environment, gallery: Gallery, markdown: MarkdownText) -> None:
    """Give the theme's environment what okrsite's templates use; everything put into a page is escaped."""
    environment.autoescape = True
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    words = gallery.words
    language = words.language
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        language.gettext, language.ngettext, newstyle=True, pgettext=language.pgettext
    )
    environment.filters.update(
        {
            "href": addresses.href,
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
            "count": words.count,
            "demoted": demoted,
            "pace": words.pace,
            "markdown": markdown.html,
            "points": points,
            "px": pixels,
            "ago": lambda then: words.ago(then, gallery.as_of),
            "owner": addresses.owner,
            "time_in": lambda cycle: words.time_in_cycle(cycle, gallery.as_of),
        }
    )
    environment.globals["as_of"] = gallery.as_of


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


def points(spark: Iterable[tuple[float, float]], width: int, height: int) -> str:
    """A sparkline's points as the attribute of an SVG polyline, upside up, with room for the line's width."""
    inner = height - 4
    return " ".join(f"{x * (width - 4) + 2:.1f},{height - 2 - y * inner:.1f}" for x, y in spark)

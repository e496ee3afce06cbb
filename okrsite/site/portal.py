"""A portal as a site: read, checked, scored, and turned into files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from jinja2 import Environment, FileSystemBytecodeCache

from okrsite.charts import Renderer
from okrsite.content import read_portal
from okrsite.exchange import okrs_csv, okrs_json_text, okrs_schema
from okrsite.history import read_history
from okrsite.languages import Language
from okrsite.problems import ContentError, Problem
from okrsite.publish.versions import SCRIPT
from okrsite.rules import RULES, check
from okrsite.scoring import score
from okrsite.settings import Settings
from okrsite.site import addresses
from okrsite.site.assets import Assets
from okrsite.site.checks import site_problems
from okrsite.site.feeds import FeedEntry, feed_files
from okrsite.site.forge import Forge
from okrsite.site.goals import Goals
from okrsite.site.markdown import MarkdownText
from okrsite.site.page import Material, Page
from okrsite.site.pagelist import NO_VERSIONS, PAGES, page_list
from okrsite.site.pages import pages
from okrsite.site.pages.home import Home, home
from okrsite.site.rendering import PageRenderer, prepare
from okrsite.site.search import WrittenText, search_index
from okrsite.site.shell import MenuEntry, Site, menu
from okrsite.site.views import Gallery
from okrsite.site.views.news import Chronicle
from okrsite.site.words import Words
from okrsite.site.workfolder import work_folder, work_folder_problems


class PortalSite:
    """One build of a portal.

    Args:
        root: The portal's folder.
        settings: Its options.
        as_of: The day that figures are computed for.
        revision: The commit that history is told up to, by any name that git knows.
        home: The folder whose caches are used, where the portal is read from another: a commit's.
        past: The folder whose history is told; by default the home.

    Raises:
        ContentError: The content has errors.
    """

    def __init__(
        self,
        root: Path,
        settings: Settings,
        as_of: date,
        revision: str = "HEAD",
        home: Path | None = None,
        past: Path | None = None,
    ) -> None:
        reading = read_portal(root, settings)
        if reading.portal is None:
            raise ContentError(reading.problems)
        self.portal = reading.portal
        self._root, self._home = root, home or root
        if problems := [*work_folder_problems(self._home), *site_problems(self.portal, settings, root)]:
            raise ContentError(problems)
        self.settings = settings
        self.goals = Goals(self.portal)
        figures = score(self.portal, as_of, settings.status)
        self.language = Language(settings.locale)
        self._work = work_folder(self._home)
        self.history = read_history(past or self._home, settings, self._work / "history", revision)
        self.gallery = Gallery(self.portal, figures, Words(self.language), settings.status, self.history)
        self.chronicle = Chronicle(self.gallery)
        self.problems: Sequence[Problem] = check(self.portal, figures, settings, self.history)
        _ = self.language.gettext
        rules = {rule.code: (_(rule.summary), _(rule.reason), _(rule.mend)) for rule in RULES}
        self._material = Material(self.gallery, self.chronicle, self.problems, settings, rules)
        self.charts = Renderer(self._work / "charts")

    def home(self) -> Home:
        """What the home page shows."""
        return home(self._material)

    @property
    def expected_pages(self) -> int:
        """About how many files there will be, to show how far a build has come."""
        portal = self.portal
        unit_cycles = sum(map(len, portal.objectives_by_unit.values()))
        return len(portal.units) + unit_cycles + len(portal.objectives) + len(portal.kpis) + len(portal.cycles) + 20

    def site(
        self,
        written: Sequence[MenuEntry],
        canonical: str,
        styles: Sequence[str] = (),
        assets: Mapping[str, str] | None = None,
    ) -> Site:
        """What all pages share."""
        settings = self.settings
        own = menu(self.portal, self.gallery.words)
        return Site(settings.site_name, own, tuple(written), canonical, self.language, tuple(styles), assets or {})

    def renderer(self, environment: Environment, site: Site) -> PageRenderer:
        """Gets the theme's environment ready and renders with it."""
        # A language of its own each: what filters make of constants is compiled into a template.
        compiled = self._work / "templates" / self.language.tag
        compiled.mkdir(parents=True, exist_ok=True)
        environment.bytecode_cache = _Compiled(compiled, self._root, self._home)
        prepare(environment, self.gallery, MarkdownText(self.goals.link))
        return PageRenderer(environment, site, Forge(self.settings), self.charts)

    def files(
        self, renderer: PageRenderer, written: Sequence[str], assets: Assets, texts: Sequence[WrittenText] = ()
    ) -> Iterator[tuple[str, bytes]]:
        """Every file that okrsite writes itself.

        Args:
            renderer: Renders the pages.
            written: The addresses of written pages, which have files already.
            assets: What pages load.
            texts: What stands on the written pages, for the search.
        """
        known = set(written)
        rendered: list[str] = []

        def own() -> Iterator[Page]:
            for page in pages(replace(self._material, written=known)):
                if page.address not in known:
                    rendered.append(page.address)
                    yield page

        yield from self._exports()  # first: they mark the folder as a site, should the build be ended half-way
        yield from assets.files.items()
        yield "search/index.js", search_index(self.gallery, renderer.site.menu, texts).encode()
        yield from renderer.files(own())
        yield from renderer.chart_scripts()
        yield from self._feeds(renderer)
        yield "sitemap.xml", _sitemap(renderer.site.canonical or "/", [*known, *rendered])
        yield PAGES, page_list([*known, *rendered])
        yield SCRIPT, NO_VERSIONS

    def _feeds(self, renderer: PageRenderer) -> Iterator[tuple[str, bytes]]:
        """The news and dates for feed readers and calendars."""
        canonical, name = renderer.site.canonical, self.settings.site_name

        def content(entry: FeedEntry) -> str:
            return renderer.part("okr/feed-entry.html", entry=entry, canonical=canonical)

        return feed_files(self.chronicle, name, canonical, content)

    def _exports(self) -> Iterator[tuple[str, bytes]]:
        """The goals for programs."""
        figures = self.gallery.figures
        yield "api/okrs.json", okrs_json_text(self.portal, figures).encode()
        yield "api/okrs.csv", okrs_csv(self.portal, figures).encode()
        yield "api/schema.json", (json.dumps(okrs_schema(), indent=1, ensure_ascii=False) + "\n").encode()


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates by where they are at home: the folder of a commit has another name each time."""

    def __init__(self, folder: Path, root: Path, home: Path) -> None:
        super().__init__(str(folder))
        self._root, self._home = str(root), str(home)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return super().get_cache_key(name, filename and filename.replace(self._root, self._home))


def _sitemap(canonical: str, known: Sequence[str]) -> bytes:
    """All pages for search engines (sitemaps.org), without dates: a new day alone changes nothing."""
    places = sorted(set(known))
    urls = "".join(
        f"<url><loc>{escape(canonical + addresses.href(place).removesuffix('index.html'))}</loc></url>\n"
        for place in places
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{urls}</urlset>\n".encode()

"""A portal as a site: read, checked, scored, and turned into files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from itertools import chain, islice
from pathlib import Path
from xml.sax.saxutils import escape

from jinja2 import Environment

from okrsite.charts import Renderer
from okrsite.content import ContentCache, read_portal
from okrsite.crew import ALONE, Apart, Crew, Hands, crew_of, meanwhile
from okrsite.disk import Look
from okrsite.history import NO_HISTORY, History
from okrsite.languages import Language
from okrsite.problems import ContentError, Problem
from okrsite.publish.versions import SCRIPT
from okrsite.reads import DAY
from okrsite.settings import Settings
from okrsite.site import addresses
from okrsite.site.commits.kept import read_of_commits
from okrsite.site.exports import exports
from okrsite.site.feeds import feed_files
from okrsite.site.forge import Forge
from okrsite.site.freshness.ahead import Ahead, Told, told
from okrsite.site.freshness.grounds import grounds_of
from okrsite.site.freshness.keptparts import KeptParts
from okrsite.site.freshness.key import key_of
from okrsite.site.freshness.lastbuild import LastBuild
from okrsite.site.freshness.manifest import Manifest
from okrsite.site.freshness.workfolder import work_folder, work_folder_problems
from okrsite.site.inspection.checks import site_problems
from okrsite.site.inspection.findings import Findings
from okrsite.site.layout.assets import FOLDER, Assets
from okrsite.site.layout.cache import TemplateCache
from okrsite.site.layout.compiling import edition
from okrsite.site.layout.markdown import MarkdownText
from okrsite.site.layout.rendering import PageRenderer, prepare
from okrsite.site.layout.shell import MenuEntry, Site, menu
from okrsite.site.making.along import feed_maker
from okrsite.site.making.beside import Beside
from okrsite.site.making.kit import WorkshopKit, workshop_kit
from okrsite.site.making.materials import scored_material
from okrsite.site.making.rounds import Rounds, rounds_of
from okrsite.site.making.workshop import Made, Workshop, pages_worth
from okrsite.site.pagelist import PAGES, no_versions, page_list
from okrsite.site.pages import plans
from okrsite.site.pages.home import Home, home
from okrsite.site.pages.page import WRITTEN, Material, PagePlan
from okrsite.site.saved import Saved
from okrsite.site.search import WrittenText, search_index
from okrsite.site.written.targets import Goals

_FEEDS_A_PAGE = 16
"""How many feeds and calendars are put together in the time of a page."""


class PortalSite:
    """One build of a portal.

    Args:
        root: The portal's folder.
        settings: Its options.
        as_of: The day that figures are computed for.
        revision: The commit that history is told up to, by any name that git knows.
        home: The folder whose caches are used, where the portal is read from another: a commit's.
        past: The folder whose history is told; by default the home.
        hands: Who may be asked to make pages.
        before: An earlier reading of the same folder, which has in memory what did not change since.
        saved: All that may have changed since then; None where nobody knows.
        last: What the last build left; where not given, what an earlier reading made is used.
        ahead: What is known already.

    Attributes:
        pages_made: How many pages the last round of `files` made.
        memory: The parts that were made of this reading, where none were given.
        of_history: What stands for its history, by the names of grounds.

    Raises:
        ContentError: The content has errors.
    """

    history: History
    of_history: Mapping[str, bytes]

    def __init__(
        self,
        root: Path,
        settings: Settings,
        as_of: date,
        revision: str = "HEAD",
        home: Path | None = None,
        past: Path | None = None,
        hands: Hands = ALONE,
        before: PortalSite | None = None,
        saved: Saved | None = None,
        last: LastBuild | None = None,
        ahead: Ahead | None = None,
    ) -> None:
        self._root, self._home = root, home or root
        self._work = work_folder(self._home)
        self.memory = KeptParts(self._remembered)
        self._parts = self.memory if last is None else last.parts
        self._basis: PortalSite | None = before and before.remembering()
        self._hands, self._apart = hands, Apart(hands.may_copy)
        drawings = self._work / "charts"
        self.charts = Renderer(drawings, self._apart, self._apart.wait)
        if not self.charts.is_ready:
            self._apart.ahead(Renderer(drawings).make_tools)  # takes as long as reading some thousand goals
        kept = ContentCache(self._work / "content") if root == self._home else read_of_commits(self._home)
        self.content: ContentCache = before.content if before else kept
        known: History = before.history if before else NO_HISTORY

        ahead = ahead or Ahead()
        look = ahead.look

        def told_now() -> Told:
            if before is not None and saved is not None and not saved.commits:
                return known, before.of_history
            return told(past or self._home, settings, self._work / "history", revision, known)

        is_apart = hands.may_copy and before is None and not ahead.has_told(settings)
        with meanwhile(told_now, is_apart) as history:  # reading both takes as long as the longer
            if hands.may_copy and self.content.is_empty:
                _read_apart(root, settings, kept.folder, look)
            reading = read_portal(root, settings, self.content, saved.files if before and saved else None, look)
            if reading.portal is None:
                raise ContentError(reading.problems)
            self.portal = reading.portal
            of_folder = work_folder_problems(self._home) if saved is None else ()
            if problems := [*of_folder, *site_problems(self.portal, settings, root)]:
                raise ContentError(problems)
            self.settings = settings
            self.language = Language(settings.locale)
            if last is not None:
                last.read_ahead()
            self.history, self.of_history = ahead.told(settings) or history()
        self.figures, self._material = scored_material(
            self.portal, self.history, settings, as_of, self.language, self._parts
        )
        self.gallery, self.chronicle = self._material.gallery, self._material.chronicle
        self.goals = Goals(self.gallery.portal)
        self.problems = self.gallery.kept(Findings)
        self.pages_made = 0
        self._written: Collection[str] = ()

    def material(self, written: Collection[str]) -> Material:
        """What the pages are made from, where written pages have some of the addresses."""
        return replace(self._material, written=written)

    def home(self) -> Home:
        """What the home page shows."""
        return home(self._material)

    @property
    def expected_pages(self) -> int:
        """About how many files there will be, to show how far a build has come."""
        portal = self.portal
        unit_cycles = sum(map(len, portal.objective_ids.values()))
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
        environment.bytecode_cache = TemplateCache(compiled, self._root, self._home, edition(self.language))
        prepare(environment, self.gallery.words, self.gallery.as_of, MarkdownText(self.goals.link))
        return PageRenderer(environment, site, Forge(self.settings), self.charts)

    def remembering(self) -> PortalSite | None:
        """The last reading up to this one that made any parts; None of none."""
        return self if self.memory.has_begun else self._basis

    def _remembered(self, parts: KeptParts) -> None:
        """Have parts taken from the last reading in this process that asked for any, as far as they hold."""
        basis, self._basis = self._basis, None
        last = Manifest() if basis is None else basis.memory.unwritten()
        self._compare(parts, last, "")

    def begin(self, last: LastBuild, renderer: PageRenderer, written: Collection[str]) -> None:
        """Compare with the last build, before any page is made.

        Args:
            last: What it left.
            renderer: Renders the pages.
            written: The addresses of written pages.
        """
        key = key_of(last.makers, renderer.site, self.settings)
        self._written = written
        self._compare(last.parts, last.left(key, may_copy=self._hands.may_copy), key)

    def _compare(self, parts: KeptParts, last: Manifest, key: str) -> None:
        contents = self.content.contents()
        grounds = grounds_of(self.portal, self.history, self.gallery.as_of, contents, self.of_history)
        parts.begin(last, key, self._roots(), grounds, self.portal.units, self.gallery)

    def files(
        self,
        renderer: PageRenderer,
        written: Sequence[str],
        assets: Assets,
        texts: Sequence[WrittenText] = (),
        last: LastBuild | None = None,
        home: Callable[[], tuple[str, bytes]] | None = None,
    ) -> Generator[tuple[str, bytes | None], None, None]:
        """Every file that okrsite writes itself; without content one that holds what it should already.

        Args:
            renderer: Renders the pages.
            written: The addresses of written pages, which have files already.
            assets: What pages load.
            texts: What stands on the written pages, for the search.
            last: What the last build left; None to make every page.
            home: Makes the home page, where that is a written one, when the parts that it tells of are there.
        """
        known = set(written)
        shop = Workshop(self.material(known), renderer, along=True, bring=None if last is None else last.bring)
        own = [plan for plan in plans(shop.material) if plan.address not in known]
        files = Beside(self._parts, last)
        api = self.beside_pages("api", renderer, (), texts)
        # First: it marks the folder as a site, should the build be ended half-way.
        yield from islice(api, 1)
        feeds = self.beside_pages("feeds", renderer, (), texts)
        with ExitStack() as apart:
            is_begun = self._is_much and self._parts.holds_mostly
            fed = apart.enter_context(files.meanwhile(feeds, is_begun))
            charts: set[str] = set()
            kept: list[str] = []
            stale: list[PagePlan] = []
            if last is not None:
                self._parts.look_apart([addresses.file_of(plan.address) for plan in own], self._hands.may_copy)
            for plan in own:
                name = addresses.file_of(plan.address)
                shown = None if last is None else last.keep(name)
                if shown is None:
                    stale.append(plan)
                else:
                    charts.update(shown)
                    kept.append(name)
            self.pages_made = len(stale)
            again = pages_worth(self.content.largest)
            is_shared = self._hands.may_share(len(stale), again)
            of_goals, *others = rounds_of(stale, self.portal)
            with self._crew(shop, len(stale), again) as crew:
                yield from ((name, None) for name in kept)
                beside = iter(assets.files.items())
                rounds = Rounds(crew, shop, self._parts, last, beside)
                for some in (of_goals, *others):
                    yield from rounds.made(some)
                yield from beside
            if is_shared and not is_begun:  # not beside those who look: each has its memory
                with files.meanwhile(chain(api, feeds), self._is_much) as brought:
                    yield from brought()
            with self._parts.looking(is_shared):
                if home is not None:
                    yield home()
                yield from files.bring("search", self.beside_pages("search", renderer, (), texts), tuple(texts))
                if is_begun or not is_shared:
                    yield from fed()  # before exports are in the memory of this process, as feeds are in the other's
                    yield from api
                yield from renderer.chart_scripts(sorted(charts | rounds.charts))
                self._apart.close()
                pages = (*known, *(plan.address for plan in own))
                yield from files.bring("lists", self._lists(renderer, pages), tuple(sorted(pages)))
        self.charts.let_go()

    @property
    def _is_much(self) -> bool:
        """Whether another process may put feeds and exports together, and would be worth it."""
        feeds = 2 * (len(self.portal.units) + len(self.gallery.owner_names))
        return self._hands.may_copy and self._hands.may_share(feeds // _FEEDS_A_PAGE)

    def _crew(self, shop: Workshop, pages: int, again: int) -> Crew[Sequence[PagePlan], Made]:
        """Who makes some pages; as long as so many of them take is what each process does `again`."""
        if self._hands.may_share(pages, again):
            self.charts.make_tools()
            self._apart.close()
            self.chronicle.look_ahead()

        def kit() -> WorkshopKit:
            near = None if self._hands.cluster else self._work / "charts"
            return workshop_kit(shop, self.portal, self.history, near)

        return crew_of(self._hands, pages, shop.make, kit, again)

    def _roots(self) -> Mapping[str, object]:
        """What pages read, by the first step of the ways to it."""
        return {
            "portal": self.portal,
            "figures": self.figures,
            DAY: self.figures.as_of,
            "history": self.history,
            "gallery": self.gallery,
            "chronicle": self.chronicle,
            "ledgers": self._material.ledgers,
            WRITTEN: dict.fromkeys(self._written, True),
        }

    def beside_pages(
        self,
        part: str,
        renderer: PageRenderer,
        pages: Sequence[str],
        texts: Sequence[WrittenText],
    ) -> Iterator[tuple[str, bytes]]:
        """Some of the files that are no pages.

        Args:
            part: The folder that they are in; of none, those at the top.
            renderer: Renders parts of pages.
            pages: The addresses of all pages.
            texts: What stands on the written pages, for the search.
        """
        if part == "api":
            yield from exports(self.gallery, self._parts)
        elif part == "search":
            yield "search/index.js", search_index(self.gallery, renderer.site.menu, texts, self._parts).encode()
        elif part == "feeds":
            yield from feed_files(feed_maker(self._material, renderer), self._parts)
        elif part == FOLDER:
            yield from renderer.chart_scripts(())
        elif not part:
            yield from self._lists(renderer, pages)

    def _lists(self, renderer: PageRenderer, pages: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """What tells of all pages."""
        yield "sitemap.xml", _sitemap(renderer.site.canonical or "/", pages)
        yield PAGES, page_list(pages)
        yield SCRIPT, no_versions(self.gallery.as_of)


def _read_apart(root: Path, settings: Settings, kept: Path, look: Look | None) -> None:
    """Have another process read a portal of which nothing is kept, for what it keeps.

    Parsing all of it leaves memory behind with holes in it, four times of what is needed then, and each copy of the
    process has that too.

    Raises:
        ContentError: The content has errors.
    """

    def problems() -> Sequence[Problem]:
        reading = read_portal(root, settings, ContentCache(kept), look=look)
        return () if reading.portal else reading.problems

    with meanwhile(problems) as found:
        if errors := found():
            raise ContentError(errors)


def _sitemap(canonical: str, known: Sequence[str]) -> bytes:
    """All pages for search engines (sitemaps.org), without dates: a new day alone changes nothing."""
    places = sorted(set(known))
    urls = "".join(
        f"<url><loc>{escape(canonical + addresses.href(place).removesuffix('index.html'))}</loc></url>\n"
        for place in places
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{urls}</urlset>\n".encode()

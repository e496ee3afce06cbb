"""The MkDocs plugin: glue only. MkDocs renders the written pages, okrsite adds the goals to the same build."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Link as NavLink
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as WrittenPage
from mkdocs.utils.templates import TemplateContext

from okrsite.crew import ALONE, Hands
from okrsite.problems import ContentError
from okrsite.site import addresses
from okrsite.site.clock import day
from okrsite.site.commits.committed import Committed
from okrsite.site.freshness.ahead import Ahead
from okrsite.site.freshness.lastbuild import LastBuild
from okrsite.site.layout.assets import FOLDER, Assets, assets_of, hashed
from okrsite.site.layout.latepage import LatePage
from okrsite.site.layout.markdown import SafeHtml
from okrsite.site.layout.shell import MenuEntry, Site, base_of
from okrsite.site.options.config import OkrsiteOptions, has_own_templates, settings_of
from okrsite.site.output.sitefolder import write_all
from okrsite.site.pages.page import Page
from okrsite.site.saved import Saved
from okrsite.site.search import WrittenText, written_text
from okrsite.site.written.called import Call

if TYPE_CHECKING:  # these load all pages: for the options alone nobody should wait for them
    from okrsite.site.layout.rendering import PageRenderer
    from okrsite.site.portal import PortalSite
    from okrsite.site.written.embeds import Embed, Embeds, Render

_log = get_plugin_logger("okrsite")
Deliver = Callable[[Generator[tuple[str, bytes | None], None, None]], None]
Below = Callable[[Path, str], Path]


class OkrsitePlugin(BasePlugin[OkrsiteOptions]):  # type: ignore[no-untyped-call]  # as with its options
    """Adds the goals to a MkDocs build.

    `okrsite build` sets these; under plain MkDocs they stay as they are.

    Attributes:
        as_of: The day that figures are computed for; None to let the configuration, the environment or the clock say.
        deliver: Takes okrsite's files; None to write them into MkDocs' ``site_dir``.
        committed: The commit that is built, where it is not the work tree.
        last: What the last build left; None to make every page.
        ahead: What is known already.
        hands: Who may be asked to make pages.
        home_later: Whether MkDocs is to leave the home page out, as long as `home_now` is not called.
        written_below: Gives the folder in which MkDocs looks for pages, from that of the content and the goals' below
            it; None for the first of them.
    """

    as_of: date | None = None
    deliver: Deliver | None = None
    written_below: Below | None = None
    committed: Committed | None = None
    last: LastBuild | None = None
    ahead: Ahead | None = None
    hands: Hands = ALONE
    home_later: bool = False
    site: PortalSite
    safe: SafeHtml
    embeds: Embeds
    frame: Site
    renderer: PageRenderer
    nav: Navigation
    files: Files
    written: list[str]
    texts: dict[str, WrittenText]
    assets: Assets
    styles: list[str]
    _late: LatePage | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the portal before anything is written, so that a broken one leaves the old site alone."""
        from okrsite.site.written.embeds import Embeds

        try:
            self.site = self.read(config)
            self.safe = SafeHtml(self._goal, page=True)
            self.embeds = Embeds(self.site.gallery, self._embedded(config), self._miss)
            config.markdown_extensions.append(self.embeds.extension())  # type: ignore[arg-type]  # Markdown takes both
            self.texts = {}
            self.assets = assets_of(config.theme.dirs, self.site.language, config.theme.custom_dir)
        except ContentError as error:
            if self.deliver is not None:
                raise
            count = len(error.problems)
            raise PluginError(f"{error}\n{count} error{'s' if count > 1 else ''}; nothing was built.") from error
        config.theme.static_templates.discard("sitemap.xml")
        if self.written_below is not None:
            config.docs_dir = str(self.written_below(Path(config.docs_dir), self.site.settings.source))
        return config

    def read(self, config: MkDocsConfig, before: PortalSite | None = None, saved: Saved | None = None) -> PortalSite:
        """The portal as its files are now.

        Args:
            config: MkDocs'.
            before: As they were, in the same process.
            saved: All that may have changed since then; None where nobody knows.

        Raises:
            ContentError: The content has errors.
        """
        from okrsite.site.portal import PortalSite

        settings = settings_of(config)
        root = Path(config.config_file_path).resolve().parent
        as_of = day(self.as_of, settings)
        hands, last, ahead = self.hands, self.last, self.ahead
        if self.committed is None:
            return PortalSite(root, settings, as_of, hands=hands, before=before, saved=saved, last=last, ahead=ahead)
        revision = self.committed.commit_of(f"{settings.content}/{settings.source}")
        return PortalSite(root, settings, as_of, revision, self.committed.home, self.committed.past, hands, last=last)

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Keep out the goals' sources, what the theme's assets are made of, and MkDocs' sitemap; name style sheets."""
        source = f"{self.site.settings.source}/"
        for file in list(files):
            name = file.src_uri
            is_themes = file.src_dir in config.theme.dirs
            part = is_themes and name.startswith("styles/")
            made = is_themes and name.removeprefix(f"{FOLDER}/") in self.assets.names
            if part or made or name.startswith((source, "rollouts/")) or name in ("rollout.yml", "sitemap.xml"):
                files.remove(file)
        self.styles = [_style(each, files) for each in config.extra_css]
        self.files = files
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation until the pages have their titles."""
        self.nav = nav
        return nav

    def on_page_content(self, html: str, page: WrittenPage, config: MkDocsConfig, files: Files) -> str:
        """Make a written page safe, its links work without a server, and its words be found."""
        address = _address(page.file)
        base = base_of(address)
        safe = self.safe.clean(html, base)
        self.texts[address] = written_text(address, _title(page), self.embeds.named(safe))
        return self.embeds.put_in(safe, base)

    def _goal(self, id: str) -> str | None:
        """The link to a goal; one that only a Markdown extension made a link was not seen by the checks."""
        link = self.site.goals.link(id)
        if link is None:
            _log.warning("there is no goal '%s' to link to", id)
        return link

    def _miss(self, call: Call) -> None:
        """One that only a Markdown extension brought in was not seen by the checks."""
        _log.warning("%s names no goal to show", call.text)

    def _embedded(self, config: MkDocsConfig) -> Render:
        """Lays goals out for written pages, which are made before the site's own environment is."""
        renderers: dict[PortalSite, PageRenderer] = {}

        def render(embed: Embed, form: str, base: str) -> str:
            if self.site not in renderers:
                renderers.clear()
                renderers[self.site] = self.site.renderer(config.theme.get_env(), self.site.site((), ""))
            return renderers[self.site].part("okr/embed.html", record=embed, form=form, base=base)

        return render

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Get the theme ready, once every page has its title."""
        canonical = config.site_url.rstrip("/") + "/" if config.site_url else ""
        self.written = [_address(file) for file in files.documentation_pages()]
        self.frame = self.site.site(_menu(self.nav.items), canonical, self.styles, self.assets.names)
        of_goals = self.frame if has_own_templates(config) else self.frame.of_goals(self.written)
        self.renderer = self.site.renderer(env, of_goals)
        self._late = None
        if self.last is not None:
            self.site.begin(self.last, self.renderer, self.written)
        if self.last is not None or self.home_later:
            for file in files.documentation_pages():
                if file.page is not None and not _address(file):
                    self._late = LatePage(file.page, self.renderer.environment)
        return env

    def home_now(self) -> None:
        """Have the home page laid out whenever it is asked for: it tells of all goals, which takes long at first."""
        if self._late is not None:
            self._late.undo()
        self._late, self.home_later = None, False

    def renew(self, site: PortalSite) -> None:
        """Go on with another reading of the goals: what MkDocs found stays, and its pages are to be made anew."""
        self.site = site
        self.embeds.show(site.gallery)
        self.texts = {}

    @event_priority(-50)
    def on_page_context(
        self,
        context: TemplateContext,
        page: WrittenPage,
        config: MkDocsConfig,
        nav: Navigation,
    ) -> TemplateContext:
        """Put the shell around a written page; the home page gets the portal's figures."""
        values: dict[str, Any] = context  # type: ignore[assignment]  # MkDocs types only its own keys
        address = _address(page.file)
        title = _title(page) if address else ""
        about = str(page.meta.get("description", ""))
        shell = self.renderer.shell(
            Page(
                address=address,
                template="",
                title=title,
                record=None,
                description=about,
                source=f"{self.site.settings.content}/{page.file.src_uri}",
                feeds="" if address else addresses.PORTAL_FEEDS,
            )
        )
        values["okr"] = replace(shell, site=self.frame)
        values["neighbours"] = [
            (relation, MenuEntry(_title(near), _address(near.file)))
            for relation, near in (("prev", page.previous_page), ("next", page.next_page))
            if near is not None and _address(near.file)
        ]
        if not address:
            if self._late is None:
                values["record"] = self.site.home()
            else:
                self._late.context = values
        return context

    def on_template_context(
        self, context: TemplateContext, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Put the shell around pages such as 404, which are served from any address."""
        values: dict[str, Any] = context  # type: ignore[assignment]
        shell = self.renderer.shell(Page(template_name, "", self.site.language.gettext("Page not found"), None))
        base = urlsplit(config.site_url or "/").path
        values["okr"] = shell.at(base if base.endswith("/") else f"{base}/")
        return context

    @event_priority(-100)
    def on_page_markdown(
        self,
        markdown: str,
        page: WrittenPage,
        config: MkDocsConfig,
        files: Files,
    ) -> str:
        """Have the home page laid out as one, unless its front matter says otherwise."""
        if not _address(page.file):
            page.meta.setdefault("template", "okr/home.html")
        return markdown

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the goals' pages."""
        late = None if self._late is None else partial(self._late.file, self.site.home)
        files = self.site.files(self.renderer, self.written, self.assets, list(self.texts.values()), self.last, late)
        if self.deliver is not None:
            self.deliver(files)
        else:
            write_all(Path(config.site_dir), files)


def _address(file: File) -> str:
    """The address of a written page, as it is in the folder: MkDocs' own is quoted."""
    return addresses.of_file(file.dest_uri)


def _style(sheet: str, files: Files) -> str:
    """Where a sheet of ``extra_css`` is: with its content's hash in its name, if it is one of the site's files."""
    file = files.get_file_from_path(sheet)
    if file is None:
        return sheet
    if file.dest_uri == sheet:
        file.dest_uri = hashed(sheet, file.content_bytes)
    return file.dest_uri


def _title(page: WrittenPage) -> str:
    """A page's title as text: MkDocs gives what it takes from a heading as HTML."""
    return unescape(str(page.title or ""))


def _menu(items: Sequence[object]) -> tuple[MenuEntry, ...]:
    """MkDocs' navigation to written pages, without the home page."""
    entries = []
    for item in items:
        if isinstance(item, Section):
            below = _menu(item.children)
            if below:
                entries.append(MenuEntry(item.title, below[0].address, below))
        elif isinstance(item, WrittenPage):
            address = _address(item.file)
            if address:
                entries.append(MenuEntry(_title(item) or address, address))
        elif isinstance(item, NavLink):
            entries.append(MenuEntry(item.title, item.url))
    return tuple(entries)

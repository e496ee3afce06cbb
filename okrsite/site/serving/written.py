"""The written pages while they are edited: MkDocs finds them once, and each is made anew when it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import cast

from jinja2 import TemplateError
from mkdocs.commands.build import build, get_context
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.pages import Page

from okrsite.problems import OkrsiteError
from okrsite.site import addresses
from okrsite.site.build import template_failure
from okrsite.site.options.config import mkdocs_config, what_mkdocs_says
from okrsite.site.plugin import OkrsitePlugin
from okrsite.site.saved import Saved
from okrsite.site.search import WrittenText


class WrittenPages:
    """What MkDocs has of a portal: its configuration, the theme, the written pages, and what is copied as it is.

    Attributes:
        config: MkDocs'.
        plugin: okrsite's, which has the portal that was read with it.
        warnings: What MkDocs had to say.

    Args:
        config_file: The portal's ``mkdocs.yml``.
        folder: Where MkDocs may put what it builds; emptied.
        as_of: The day that figures are computed for; None to let the configuration or the clock say.
        url: Where the site is served.

    Raises:
        ContentError: The content has errors.
        OkrsiteError: The configuration cannot be used, or MkDocs or a template failed.
    """

    def __init__(self, config_file: Path, folder: Path, as_of: date | None, url: str) -> None:
        self.config = mkdocs_config(config_file)
        self.config.site_dir, self.config.site_url = str(folder), url
        self.plugin = cast(OkrsitePlugin, self.config.plugins["okrsite"])
        self.plugin.as_of, self.plugin.deliver, self.plugin.home_later = as_of, lambda _: None, True
        self.warnings = self._build()
        self.plugin.home_now()
        self._pages = self._found()
        self._sources = {str(Path(page.file.abs_src_path or "").resolve()): page for page in self._pages.values()}
        self._read = set(self._pages)
        """The addresses of pages that have been read since the goals were."""
        self._folder = folder
        own = {page.file.dest_uri for page in self._pages.values()}
        found = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
        self.files: Collection[str] = {name for name in found if name not in own}

    @property
    def addresses(self) -> Collection[str]:
        """Of the written pages."""
        return self._pages.keys()

    def knows(self, files: Collection[str]) -> bool:
        """Whether changes of files need no new look by MkDocs: they are of goals, or of pages that it found."""
        content = Path(self.config.docs_dir).resolve()
        goals = content / self.plugin.site.settings.source
        own = (f"{goals}/", f"{content / 'rollouts'}/", str(content / "rollout.yml"))
        return all(name.startswith(own) or (name in self._sources and Path(name).is_file()) for name in files)

    def renew(self, saved: Saved) -> None:
        """Read the goals again, and the pages among the files that were saved.

        Raises:
            ContentError: The content has errors; all is as it was.
        """
        config, plugin = self.config, self.plugin
        plugin.renew(plugin.read(config, plugin.site, saved))
        self._read.clear()
        for name in saved.files:
            if name in self._sources:
                self._take(self._sources[name])
        before = plugin.renderer
        # The theme anew as well: what it has rendered once, and menus with titles, may be of the last reading.
        config.plugins.on_env(config.theme.get_env(), config=config, files=plugin.files)
        plugin.renderer.know_scripts(before)

    def html(self, address: str) -> str:
        """A page as it is now."""
        page, config, plugin = self._pages[address], self.config, self.plugin
        self._take(page)
        page.active = True
        try:
            context = get_context(plugin.nav, plugin.files, config, page)
            template = plugin.renderer.environment.get_template(str(page.meta.get("template", "main.html")))
            context = config.plugins.on_page_context(context, page=page, config=config, nav=plugin.nav)
            return config.plugins.on_post_page(template.render(context), page=page, config=config)
        finally:
            page.active = False

    def texts(self) -> Sequence[WrittenText]:
        """What stands on the pages, for the search."""
        for page in self._pages.values():
            self._take(page)
        return [self.plugin.texts[address] for address in self._pages]

    def file(self, name: str) -> bytes:
        """A file that is no page."""
        return (self._folder / name).read_bytes()

    def _found(self) -> Mapping[str, Page]:
        found = {}
        for file in self.plugin.files.documentation_pages():
            if file.page is not None:
                found[addresses.of_file(file.dest_uri)] = file.page
        return found

    def _take(self, page: Page) -> None:
        """Read a page and turn it into HTML, if that was not done since the goals were read."""
        address = addresses.of_file(page.file.dest_uri)
        if address in self._read:
            return
        config, files, plugins = self.config, self.plugin.files, self.config.plugins
        page = plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        page.markdown = plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
        page.render(config, files)
        page.content = plugins.on_page_content(page.content or "", page=page, config=config, files=files)
        self._read.add(address)

    def _build(self) -> list[str]:
        with what_mkdocs_says() as said:
            try:
                self.config.plugins.on_startup(command="serve", dirty=False)
                build(self.config)
                self.plugin.renderer.compile_templates()
            except TemplateError as error:
                raise OkrsiteError(template_failure(error)) from error
            except (MkDocsException, SystemExit) as error:
                told = "\n".join([*said, str(error)]).strip()
                raise OkrsiteError(f"MkDocs could not build the written pages: {told}") from error
            finally:
                self.config.plugins.on_shutdown()
        return said

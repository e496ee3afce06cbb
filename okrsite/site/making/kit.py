"""A workshop for another process or machine: all that it is made from, and nothing that is of this process alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from jinja2 import Environment, FunctionLoader, TemplateNotFound
from mkdocs.utils.templates import script_tag_filter, url_filter

from okrsite.charts import Renderer
from okrsite.crew import CrewError
from okrsite.frozen import frozen
from okrsite.history import History
from okrsite.model import Portal
from okrsite.settings import Settings, is_hidden
from okrsite.site.forge import Forge
from okrsite.site.freshness.keptparts import KeptParts
from okrsite.site.freshness.makers import makers
from okrsite.site.layout.markdown import MarkdownText
from okrsite.site.layout.rendering import PageRenderer, prepare
from okrsite.site.layout.shell import Site
from okrsite.site.making.materials import scored_material
from okrsite.site.making.workshop import Made, Workshop
from okrsite.site.pages.page import PagePlan
from okrsite.site.words import Words
from okrsite.site.written.targets import Goals

_SAME = ("finalize", "undefined", "autoescape", "trim_blocks", "lstrip_blocks", "keep_trailing_newline")
_NAMED = ("filters", "tests", "globals")
_OF_MKDOCS = {"npgettext"}
"""What MkDocs puts there for themes that are translated its way, which okrsite's are not."""


@frozen
class WorkshopKit:
    """What a workshop is opened with.

    Attributes:
        portal: As read.
        history: How its goals moved.
        settings: The portal's options, without what is needed for reading alone.
        as_of: The day that figures are computed for.
        written: The addresses of written pages.
        site: What all pages share.
        templates: The theme's, by name: what each says, and the file that it is in.
        charts: Where drawings are kept; None where that folder cannot be reached.
        tools: What drawing needs, as far as it is there, if that folder cannot be reached.
    """

    portal: Portal
    history: History
    settings: Settings
    as_of: date
    written: Collection[str]
    site: Site
    templates: Mapping[str, tuple[str, str | None]]
    charts: Path | None
    tools: Mapping[str, str]

    @staticmethod
    def edition() -> str:
        """Stands for this okrsite and all that it uses; the theme comes with the kit."""
        return makers(())

    def open(self, folder: Path | None = None) -> Callable[[Sequence[PagePlan]], Made]:
        """The workshop's work.

        Args:
            folder: Where it may keep drawings, if the kit's own folder cannot be reached.
        """
        charts = Renderer(self.charts or (folder and folder / "okrsite-charts"))
        charts.take_tools(self.tools)
        _, material = scored_material(
            self.portal, self.history, self.settings, self.as_of, self.site.language, KeptParts()
        )
        renderer = PageRenderer(self._environment(), self.site, Forge(self.settings), charts)
        return Workshop(replace(material, written=self.written), renderer, along=True).make

    def strangers(self, environment: Environment) -> Sequence[str]:
        """What another plugin or a hook has put into the theme's environment, and would be missing elsewhere."""
        own = PageRenderer(self._environment(), self.site, Forge(self.settings), Renderer(None)).environment
        return sorted({*_strangers(environment, own)})

    def _environment(self) -> Environment:
        """The theme's environment as MkDocs makes it, its templates from the kit."""
        environment = Environment(loader=FunctionLoader(self._template), auto_reload=False)  # noqa: S701 - `prepare` does
        environment.filters.update(url=url_filter, script_tag=script_tag_filter)
        words = Words(self.site.language)
        prepare(environment, words, self.as_of, MarkdownText(Goals(self.portal).link))
        return environment

    def _template(self, name: str) -> tuple[str, str | None, None] | None:
        found = self.templates.get(name)
        return found and (*found, None)


def workshop_kit(shop: Workshop, portal: Portal, history: History, charts: Path | None) -> WorkshopKit:
    """Pack what a workshop is made from.

    Args:
        shop: The one here.
        portal: As read.
        history: How its goals moved.
        charts: Where drawings are kept, if other processes can reach that.

    Raises:
        CrewError: Another plugin or a hook has changed how templates are rendered.
    """
    material, renderer = shop.material, shop.renderer
    kit = WorkshopKit(
        portal=replace(portal),  # without what was made of it here
        history=history,
        settings=replace(material.settings, left_out=is_hidden, has_template=bool),
        as_of=material.gallery.as_of,
        written=frozenset(material.written),
        site=renderer.site,
        templates=dict(_templates(renderer.environment)),
        charts=charts,
        tools={} if charts else renderer.charts.tools(),
    )
    if strangers := kit.strangers(renderer.environment):
        raise CrewError(
            f"A plugin or hook beside okrsite has put {', '.join(strangers)} into the templates' environment, which "
            "cannot be sent to workers elsewhere; build without --executor."
        )
    return kit


def _templates(environment: Environment) -> Iterator[tuple[str, tuple[str, str | None]]]:
    if environment.loader is not None:
        for name in environment.list_templates():
            try:
                source, file, _ = environment.loader.get_source(environment, name)
            except (TemplateNotFound, UnicodeDecodeError):  # pictures of the theme
                continue
            yield name, (source, file)


def _strangers(live: Environment, own: Environment) -> Iterator[str]:
    yield from (f"the extension {name}" for name in live.extensions.keys() - own.extensions.keys())
    yield from (f"another {name}" for name in _SAME if getattr(live, name) != getattr(own, name))
    for kind in _NAMED:
        there, here = getattr(live, kind), getattr(own, kind)
        for name, value in ((name, there[name]) for name in there.keys() - _OF_MKDOCS):
            if name not in here or _called(value) != _called(here[name]):
                yield f"the {kind.removesuffix('s')} {name}"


def _called(value: object) -> object:
    """What tells a function from others, in another process too; of anything else itself."""
    if not callable(value):
        return value
    named = value if hasattr(value, "__qualname__") else type(value)
    return getattr(named, "__module__", ""), named.__qualname__

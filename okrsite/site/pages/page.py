"""A page is a value: what it shows, and the template that lays it out. A plan says where it is and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field

from okrsite.charts import Chart
from okrsite.frozen import frozen
from okrsite.problems import Problem
from okrsite.reads import Table
from okrsite.settings import Settings
from okrsite.site.forge import Forge
from okrsite.site.views import Gallery, Link
from okrsite.site.views.ledger import Ledgers
from okrsite.site.views.news import Chronicle

WRITTEN = "written"
"""The first step of the way to which written pages there are."""


@frozen
class Page:
    """One page of the site.

    Attributes:
        address: Relative to the site's root, ending with a slash.
        template: The file of the theme that lays it out.
        title: What the browser's tab says, without the site's name.
        record: What the template shows.
        crumbs: The way down to it, the top first, without the page itself.
        description: A sentence for search engines and previews.
        charts: The charts it shows.
        source: The content file behind it, relative to the portal's folder; empty where there is none.
        line: The line in that file.
        feeds: The address of what tells of the page's news, without the kind of the file; empty where there is none.
    """

    address: str
    template: str
    title: str
    record: object
    crumbs: Sequence[Link] = ()
    description: str = ""
    charts: Sequence[Chart] = ()
    source: str = ""
    line: int = 1
    feeds: str = ""


@frozen
class Material:
    """What the pages of a portal are made from.

    Attributes:
        gallery: The goals with their figures.
        chronicle: What happened to them.
        ledgers: How they moved.
        problems: What the rules say, sorted by place.
        settings: The portal's options.
        rules: Code -> (title, why, how to mend), of every rule, in the portal's language.
        written: The addresses of written pages, of which is noted which are asked for; empty while these are not
            known yet.
        forge: Where the content is.
    """

    gallery: Gallery
    chronicle: Chronicle
    ledgers: Ledgers
    problems: Sequence[Problem]
    settings: Settings
    rules: Mapping[str, tuple[str, str, str]]
    written: Collection[str] = ()
    forge: Forge = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "forge", Forge(self.settings))
        object.__setattr__(self, "written", Table((WRITTEN,), dict.fromkeys(self.written, True)))


@frozen
class PagePlan:
    """A page that can be made: few of thousands have to be after a small change.

    Attributes:
        address: As the page's.
        make: Makes it of the material and what it is of. A function of a module, not one within another: what it reads
            must come from its arguments, or nobody would know when the page has to be made again.
        of: What it is about: ids and names.
        unit: The unit that it is the page of; empty for other pages.
        goals: How many it tells of, where they may be very many, so that it takes long; of a page of all goals and of
            other pages 0.
    """

    address: str
    make: Callable[..., Page]
    of: tuple[str, ...] = ()
    unit: str = ""
    goals: int = 0

    @property
    def is_of_all(self) -> bool:
        """Whether it tells of all goals."""
        return not self.of

    @property
    def is_list(self) -> bool:
        """Whether it tells of all goals, or of those that something has together."""
        return self.is_of_all or self.goals > 0

    def page(self, material: Material) -> Page:
        """The page."""
        return self.make(material, *self.of)

"""What surrounds every page: the site's name, its navigation, the way down to the page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field, replace
from urllib.parse import urlsplit

from okrsite.frozen import frozen
from okrsite.languages import Language
from okrsite.model import Portal
from okrsite.site import addresses
from okrsite.site.views import Link
from okrsite.site.words import Words

_DAILY = ("alignment/", "kpis/", "check-ins/", "rollout/")
_MOST_LEVELS = 4
_MOST_LETTERS = 24


@frozen
class MenuEntry:
    """An entry of the navigation, with what is below it."""

    title: str
    address: str
    below: tuple[MenuEntry, ...] = ()

    @property
    def is_elsewhere(self) -> bool:
        """Whether it leads out of the site, or to a place on the server, as the configuration has it."""
        return urlsplit(self.address).scheme != "" or self.address.startswith("/")

    @property
    def is_level(self) -> bool:
        """Whether it leads to the page of a level."""
        return self.address.startswith(addresses.LEVELS) and self.address != addresses.LEVELS

    @property
    def leaves(self) -> tuple[MenuEntry, ...]:
        """The pages below it, at any depth, in the order of the navigation."""
        return tuple(leaf for entry in self.below for leaf in (entry.leaves if entry.below else (entry,)))

    def without(self, pages: Collection[str]) -> MenuEntry:
        """The same entry with nothing below it that leads to one of some pages.

        Args:
            pages: Their addresses.
        """
        below = (entry.without(pages) for entry in self.below)
        return replace(self, below=tuple(entry for entry in below if entry.below or entry.address not in pages))

    def holds(self, address: str) -> bool:
        """Whether a page is one of those below it."""
        return any(leaf.address == address for leaf in self.leaves)


@frozen
class Site:
    """What all pages share.

    Attributes:
        name: Of the site.
        menu: okrsite's own pages.
        written: The written pages.
        canonical: The site's address for links from elsewhere, ending with a slash; empty where none is set.
        language: Of the interface.
        styles: The portal's own style sheets, loaded after the theme's.
        assets: What the theme's files in ``assets/`` are called there.
        places: The addresses that the navigation leads to.
    """

    name: str
    menu: tuple[MenuEntry, ...]
    written: tuple[MenuEntry, ...]
    canonical: str
    language: Language
    styles: tuple[str, ...] = ()
    assets: Mapping[str, str] = field(default_factory=dict)
    places: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        entries = (each for entry in (*self.line, *self.more) for each in (entry, *entry.leaves))
        object.__setattr__(self, "places", frozenset(entry.address for entry in entries))

    def of_goals(self, written: Collection[str]) -> Site:
        """What pages of goals share: their navigation ends at the first level of the written pages.

        So a written page that comes, goes or has another title changes none of them, unless it stands there.

        Args:
            written: The addresses of written pages.
        """
        return replace(self, written=tuple(entry.without(written) for entry in self.written))

    @property
    def line(self) -> tuple[MenuEntry, ...]:
        """The entries of the navigation that stand in the header's line: those asked for daily, as many as it holds."""
        levels = tuple(entry for entry in self.menu if entry.is_level)
        if len(levels) > _MOST_LEVELS:
            title = self.language.gettext("Levels")
            levels = (MenuEntry(title, addresses.LEVELS, levels),)
        daily = tuple(entry for entry in self.menu if entry.address in _DAILY)
        return (*levels, *daily, *self._written_in_line)

    @property
    def more(self) -> tuple[MenuEntry, ...]:
        """The rest of the navigation, folded."""
        rest = (entry for entry in self.menu if entry.address and not entry.is_level and entry.address not in _DAILY)
        return (*rest, *(() if self._written_in_line else self.written))

    @property
    def _written_in_line(self) -> tuple[MenuEntry, ...]:
        return self.written if sum(len(entry.title) for entry in self.written) <= _MOST_LETTERS else ()


@frozen
class Shell:
    """What surrounds one page.

    Attributes:
        base: Leads from the page to the site's root: empty or ending with a slash.
        address: The page's own.
        section: The first part of the address, to mark the entry of the menu.
        edit: Where the source behind the page is changed on the forge; empty where unknown.
        source: Where it is looked at.
        feeds: What tells of the page's news and dates, without the kind of the file; empty where there is none.
    """

    site: Site
    base: str
    address: str
    title: str
    description: str
    crumbs: Sequence[Link]
    edit: str
    source: str
    feeds: str = ""

    @property
    def section(self) -> str:
        """Which entry of the menu the page belongs to."""
        first = self.address.partition("/")[0]
        return self.address if first == "levels" else f"{first}/"

    @property
    def standing(self) -> str:
        """What decides which entries of the navigation are marked: pages that share it share the menu."""
        if not self.address or self.address in self.site.places:
            return self.address
        return f"below {self.section}" if self.section in self.site.places else "elsewhere"

    def place_of(self, entry: MenuEntry) -> str:
        """Where an entry of the navigation stands to the page: ``page`` if it is it, ``above`` if it holds it."""
        if entry.address == self.address:
            return "page"
        return "above" if entry.holds(self.address) or entry.address == self.section else ""

    @property
    def is_in_more(self) -> bool:
        """Whether the page's entry is a folded one."""
        return any(self.place_of(entry) for entry in self.site.more)

    def asset(self, name: str) -> str:
        """The way from the page to a file of the theme in ``assets/``; one of the portal's own is called as it is."""
        return f"{self.base}assets/{self.site.assets.get(name, name)}"

    def at(self, base: str) -> Shell:
        """The same with another way to the site's root, for a page that is served from any address."""
        return replace(self, base=base)


def base_of(address: str) -> str:
    """What leads from a page to the site's root."""
    return "../" * address.count("/")


def menu(portal: Portal, words: Words) -> tuple[MenuEntry, ...]:
    """The navigation to okrsite's own pages."""
    _ = words.language.gettext
    levels = tuple(MenuEntry(words.level(level), addresses.level(level)) for level in portal.levels)
    entries = [
        MenuEntry(_("Home"), ""),
        *levels,
        MenuEntry(_("Alignment"), "alignment/"),
        MenuEntry(_("KPIs"), "kpis/"),
        MenuEntry(_("Check-ins"), "check-ins/"),
        MenuEntry(_("Changes"), addresses.CHANGES),
        MenuEntry(_("Rollout"), "rollout/"),
        MenuEntry(_("Impact"), "impact/"),
        MenuEntry(_("Cycles"), "cycles/"),
        MenuEntry(_("Owners"), "owners/"),
        MenuEntry(_("Quality"), "quality/"),
        MenuEntry(_("Versions"), addresses.VERSIONS),
        MenuEntry(_("Present"), "present/"),
    ]
    return tuple(entry for entry in entries if portal.rollouts or entry.address not in ("rollout/", "impact/"))

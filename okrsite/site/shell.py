"""What surrounds every page: the site's name, its navigation, the way down to the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from okrsite.languages import Language
from okrsite.model import Portal
from okrsite.settings import Settings
from okrsite.site import addresses
from okrsite.site.views import Link


@dataclass(frozen=True, slots=True)
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
    def leaves(self) -> tuple[MenuEntry, ...]:
        """The pages below it, at any depth, in the order of the navigation."""
        return tuple(leaf for entry in self.below for leaf in (entry.leaves if entry.below else (entry,)))

    def holds(self, address: str) -> bool:
        """Whether a page is one of those below it."""
        return any(leaf.address == address for leaf in self.leaves)


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages share.

    Attributes:
        name: Of the site.
        menu: okrsite's own pages.
        written: The written pages.
        canonical: The site's address for links from elsewhere, ending with a slash; empty where none is set.
        language: Of the interface.
        styles: The portal's own style sheets, loaded after the theme's.
    """

    name: str
    menu: tuple[MenuEntry, ...]
    written: tuple[MenuEntry, ...]
    canonical: str
    language: Language
    styles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shell:
    """What surrounds one page.

    Attributes:
        base: Leads from the page to the site's root: empty or ending with a slash.
        address: The page's own.
        section: The first part of the address, to mark the entry of the menu.
        edit: Where the source behind the page is changed; empty where unknown.
    """

    site: Site
    base: str
    address: str
    title: str
    description: str
    crumbs: Sequence[Link]
    edit: str

    @property
    def section(self) -> str:
        """Which entry of the menu the page belongs to."""
        first = self.address.partition("/")[0]
        return self.address if first == "levels" else f"{first}/"

    def at(self, base: str) -> Shell:
        """The same with another way to the site's root, for a page that is served from any address."""
        return replace(self, base=base)


def base_of(address: str) -> str:
    """What leads from a page to the site's root."""
    return "../" * address.count("/")


def menu(portal: Portal) -> tuple[MenuEntry, ...]:
    """The navigation to okrsite's own pages."""
    levels = tuple(MenuEntry(level.capitalize(), addresses.level(level)) for level in portal.levels)
    entries = [
        MenuEntry("Home", ""),
        *levels,
        MenuEntry("Alignment", "alignment/"),
        MenuEntry("KPIs", "kpis/"),
        MenuEntry("Check-ins", "check-ins/"),
        MenuEntry("Rollout", "rollout/"),
        MenuEntry("Cycles", "cycles/"),
        MenuEntry("Owners", "owners/"),
        MenuEntry("Quality", "quality/"),
    ]
    return tuple(entry for entry in entries if entry.address != "rollout/" or portal.rollouts)


def edit_link(settings: Settings, path: str, line: int) -> str:
    """Where a content file is looked at or changed on the forge; empty where the portal does not say where it is."""
    prefix = f"{settings.content}/"
    if not path or not settings.repo_url or not settings.edit_uri or not path.startswith(prefix):
        return ""
    base = settings.repo_url if settings.repo_url.endswith("/") else f"{settings.repo_url}/"
    middle = settings.edit_uri.strip("/")
    place = f"#L{line}" if settings.forge in ("github", "gitlab", "gitea", "forgejo") and line > 1 else ""
    return f"{base}{middle}/{path.removeprefix(prefix)}{place}"

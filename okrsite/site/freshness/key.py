"""What every page depends on, beside what it reads of goals: if any of it changes, all pages are made again."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from okrsite.settings import Settings
from okrsite.site.freshness.digests import digest_of

if TYPE_CHECKING:
    from okrsite.site.layout.shell import Site

_NOTED = ("left_out", "has_template", "as_of")
"""Settings that decide what is read: of that is noted what it gave."""


def key_of(makers: str, site: Site, settings: Settings) -> str:
    """Stands for all that every page depends on.

    Args:
        makers: Of `okrsite.site.freshness.makers`.
        site: What all pages of goals share.
        settings: The portal's options.
    """
    frame = (site.name, site.menu, site.written, site.canonical, site.language.tag, site.styles, dict(site.assets))
    return digest_of((makers, frame, options_of(settings))).hex()


def options_of(settings: Settings) -> list[tuple[str, object]]:
    """The portal's options with their names, but for those of which is noted what they gave."""
    return [(field.name, getattr(settings, field.name)) for field in fields(settings) if field.name not in _NOTED]

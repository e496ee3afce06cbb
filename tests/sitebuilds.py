"""Builds of portals as tests look at them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from webpages import WebSite, site_of

from okrsite.site.build import build
from okrsite.site.built import BuildResult


@dataclass(frozen=True, slots=True)
class Built:
    """A portal, the site that was built of it, and what the build said."""

    root: Path
    site: WebSite
    result: BuildResult


Build = Callable[..., Built]
"""Builds a portal of some files."""


def build_at(root: Path, as_of: str | None = None) -> Built:
    """Build a portal into ``site/`` beside its content."""
    result = build(root / "mkdocs.yml", as_of=date.fromisoformat(as_of) if as_of else None)
    return Built(root, site_of(result.site_dir), result)

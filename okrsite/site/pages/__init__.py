"""Which pages there are: one file a kind of page, each with its record and how it is made.

A new kind of page is a file here with a function ``pages``, its name in `KINDS`, and a template in the theme.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrsite.site.page import Material, Page
from okrsite.site.pages import (
    alignment,
    catalogue,
    changes,
    check_ins,
    cycles,
    home,
    impact,
    kpis,
    levels,
    objectives,
    owners,
    present,
    quality,
    rollout,
    search,
    units,
    versions,
)

KINDS = (
    home,
    levels,
    units,
    objectives,
    catalogue,
    kpis,
    cycles,
    alignment,
    check_ins,
    changes,
    rollout,
    impact,
    owners,
    quality,
    present,
    versions,
    search,
)


def pages(material: Material) -> Iterator[Page]:
    """Every page of a portal, made one by one."""
    for kind in KINDS:
        yield from kind.pages(material)

"""Versions: which snapshots are published, and how has the portal changed from one to the next?

A page holds no list of versions, which would make each publication change it: a script reads the list where the page
is served. So the record is the same in all versions.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrsite.frozen import frozen
from okrsite.site import addresses
from okrsite.site.pages.page import Material, Page, PagePlan

_PLACES = ("/srv/okrs", "s3://our-bucket/okrs", "sftp://host/srv/okrs")


@frozen
class VersionsPage:
    """The page of all versions.

    Attributes:
        commands: How to publish, one for each kind of place, shown where nothing has been published.
        commit: Stands for a commit's id in the address that the script is given for commits.
    """

    commands: tuple[str, ...]
    commit: str


def plans(material: Material) -> Iterator[PagePlan]:
    """The one page."""
    del material
    yield PagePlan(addresses.VERSIONS, _page)


def _page(material: Material) -> Page:
    _ = material.gallery.words.language.gettext
    record = VersionsPage(tuple(f"okrsite publish {place}" for place in _PLACES), "0" * 40)
    description = _("Every published version of the portal, and what changed from one to the next.")
    return Page(addresses.VERSIONS, "okr/versions.html", _("Versions"), record, description=description)

"""What tells one version of the site of another: a list of its pages, and the place of the list of versions.

Both are scripts, since a page may load a script from ``file://``, but fetch nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

PAGES = "pages.js"
"""The site's pages, asked for when a reader goes to this version from a page of another."""


def no_versions(as_of: date) -> bytes:
    """What a built site has for a list of versions: none, so that asking for it fails nowhere, and its own day.

    Args:
        as_of: The day that its figures are for, which stands in no page: each would be another one every day.
    """
    return f'window.okr_versions = null;\nwindow.okr_as_of = "{as_of.isoformat()}";\n'.encode()


def page_list(addresses: Iterable[str]) -> bytes:
    """The script with a site's pages: the tree of the parts of their addresses, so that each part is there once.

    A part's value is what is below it; ``""`` is among that if there is a page at the part itself, and ``0`` stands
    for a page with nothing below it.

    Args:
        addresses: Of all pages, relative to the site's root.
    """
    top: dict[str, Any] = {}
    for address in sorted(set(addresses)):
        below = top
        for part in address.removesuffix("/").split("/") if address else ():
            below = below.setdefault(part, {})
        below[""] = 0
    packed = json.dumps(_packed(top), separators=(",", ":"))  # ASCII only: nothing in it can end a script or a line
    return f"window.okr_pages={packed};\n".encode()


def _packed(below: dict[str, Any]) -> Any:
    if len(below) == 1 and "" in below:
        return 0
    return {part: _packed(more) if part else 0 for part, more in below.items()}

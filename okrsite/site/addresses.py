"""Where things are on the site. Addresses are relative to the site's root and end with a slash for a page."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

from okrsite.model import Objective

LEVELS = "levels/"
"""The list of levels."""


CHANGES = "changes/"
"""What changed lately."""

VERSIONS = "versions/"
"""Every published version."""

PORTAL_FEEDS = "feeds/portal"
"""What tells of the whole portal's news and dates, without the kind of the file."""


def unit_feeds(id: str) -> str:
    """What tells of a unit's news and dates, without the kind of the file."""
    return f"feeds/units/{id}"


def owner_feeds(name: str) -> str:
    """What tells of the news and dates of somebody's goals, without the kind of the file."""
    return f"feeds/owners/{slug(name)}"


def level(id: str) -> str:
    """The page of a level."""
    return f"{LEVELS}{id}/"


def cycle(id: str) -> str:
    """The page of a cycle."""
    return f"cycles/{id}/"


def goal(id: str) -> str:
    """The page of a unit, a unit in a cycle, an objective or a KPI: its full id."""
    return f"{id}/"


def kpi_level(id: str) -> str:
    """The page of a level's KPIs, where the catalogue is long."""
    return f"kpis/{id}/"


def key_result(id: str) -> str:
    """The place of a key result on its objective's page."""
    objective, _, last = id.rpartition("/")
    return f"{objective}/#{last}"


def anchor(id: str) -> str:
    """The last part of an id: the anchor of a key result on its objective's page."""
    return id.rpartition("/")[2]


def why(address: str, part: str = "") -> str:
    """The place that explains a goal's figures: on its page, or on its objective's for a key result's anchor.

    Args:
        address: The goal's.
        part: Tells apart several goals on one page, such as a unit in several cycles.
    """
    page, _, place = address.partition("#")
    return f"{page}#{why_anchor(place or part)}"


def why_anchor(part: str = "") -> str:
    """The id of a panel that explains a goal's figures."""
    return f"okr_why_{part}" if part else "okr_why"


def unit_in_cycle(objective: Objective) -> str:
    """The page of an objective's unit in the objective's cycle."""
    return f"{objective.unit_id}/{objective.cycle_id}/"


def owner(name: str) -> str:
    """The page of a person or group that owns something."""
    return f"owners/{slug(name)}/"


def on_map(objective_id: str) -> str:
    """An objective on the alignment page, where its line stands out."""
    return f"alignment/#okr_{objective_id}"


def rollout_plan(id: str) -> str:
    """The place of a plan on the rollout page; no id of a goal or heading has an underscore."""
    return f"plan_{id}"


def rollout_task(plan_id: str, number: int) -> str:
    """The place of a plan's task, counted from 1, on the rollout page."""
    return f"task_{plan_id}_{number}"


_ACCENTS = re.compile("[\u0300-\u036f]")
_MAX_SLUG = 80
"""Bytes; file systems end at 255 for a name."""


@lru_cache(100_000)  # pages name the same owners again and again
def slug(text: str) -> str:
    """Words for an address, hyphens between: letters lose their accents, other scripts stay whole.

    What is long is cut, and ends with a digest of the whole.
    """
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text))).casefold()
    words = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else "-" for c in plain)
    found = re.sub("-+", "-", words).strip("-") or "-".join(f"{ord(c):x}" for c in text)
    if len(found.encode()) <= _MAX_SLUG:
        return found
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"{found.encode()[:_MAX_SLUG].decode(errors='ignore').strip('-')}-{digest}"


def file_of(address: str) -> str:
    """The file, relative to the site's folder, that a page is written to."""
    return f"{address}index.html" if address.endswith("/") or not address else address


def of_file(name: str) -> str:
    """The address of a file of the site: what `file_of` takes."""
    return "" if name == "index.html" else name.removesuffix("index.html") if name.endswith("/index.html") else name


def absolute(canonical: str, address: str) -> str:
    """An address as links from elsewhere have it.

    Args:
        canonical: The site's address, ending with a slash.
        address: Of a page, or of a place on one.
    """
    page, hash, place = href(address).partition("#")
    if page == "index.html" or page.endswith("/index.html"):
        page = page.removesuffix("index.html")
    return f"{canonical}{page}{hash}{place}"


@lru_cache(100_000)  # and link to the same goals
def href(address: str) -> str:
    """An address as it stands in a link: with ``index.html``, so that it works without a server, and quoted."""
    page, hash, place = address.partition("#")
    return quote(file_of(page)) + hash + quote(place)

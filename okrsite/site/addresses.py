"""Where things are on the site. Addresses are relative to the site's root and end with a slash for a page."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from okrsite.model import KeyResult, Objective


def level(id: str) -> str:
    """The page of a level."""
    return f"levels/{slug(id)}/"


def cycle(id: str) -> str:
    """The page of a cycle."""
    return f"cycles/{id}/"


def goal(id: str) -> str:
    """The page of a unit, a unit in a cycle, an objective or a KPI: its full id."""
    return f"{id}/"


def key_result(kr: KeyResult) -> str:
    """The place of a key result on its objective's page."""
    return f"{kr.objective_id}/#{anchor(kr.id)}"


def anchor(id: str) -> str:
    """The last part of an id: the anchor of a key result on its objective's page."""
    return id.rpartition("/")[2]


def unit_in_cycle(objective: Objective) -> str:
    """The page of an objective's unit in the objective's cycle."""
    return f"{objective.unit_id}/{objective.cycle_id}/"


def owner(name: str) -> str:
    """The page of a person or group that owns something."""
    return f"owners/{slug(name)}/"


def slug(text: str) -> str:
    """Words for an address: accents taken off where that leaves letters, other scripts kept, hyphens between."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", plain).casefold()).strip("-")
    return words or "-".join(f"{ord(c):x}" for c in text)


def file_of(address: str) -> str:
    """The file, relative to the site's folder, that a page is written to."""
    return f"{address}index.html" if address.endswith("/") or not address else address


def href(address: str) -> str:
    """An address as it stands in a link: with ``index.html``, so that it works without a server, and quoted."""
    page, hash, place = address.partition("#")
    return quote(file_of(page)) + hash + quote(place)

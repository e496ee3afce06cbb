"""Sites as publishing sees them: some files in a folder, made in no time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from okrsite.publish.manifest import Origin
from okrsite.publish.publishing import Published, Relation, Wish, publish
from okrsite.publish.target import Target

FILES: Mapping[str, str] = {
    "index.html": "<!doctype html><title>Goals</title>" + "<p>A goal.</p>" * 200,
    "acme/index.html": "<!doctype html><title>Acme</title>" + "<p>Grüße</p>" * 200,
    "acme/it/index.html": "<!doctype html><title>IT</title>",
    "assets/okr.0123456789.css": "body { color: canvastext }",
    "assets/okr.9876543210.js": "okr = {}",
    "assets/picture.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "feeds/okrs.atom": "<feed xmlns='http://www.w3.org/2005/Atom'/>",
    "feeds/okrs.ics": "BEGIN:VCALENDAR",
    "api/okrs.csv": "id,title\n" + "a,b\n" * 500,
}
FIRST = datetime(2026, 1, 5, 12, tzinfo=UTC)


def site_at(folder: Path, files: Mapping[str, str | bytes] = FILES, progress: float = 0.5) -> Path:
    """Write a site with a little ``okrs.json``; what changes from one to the next is ``progress``."""
    told = {"cycle": "2026-Q1", "portal": {"cycles": {"2026-Q1": {"progress": progress}}}, "objectives": []}
    for name, content in {**files, "api/okrs.json": json.dumps(told)}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def commit(number: int, as_of: date | None = None) -> Origin:
    """The origin of the site of a commit: the first, the second, ..."""
    moment = FIRST + timedelta(days=number)
    id = f"{number:07x}" + "0" * 33
    return Origin(id, moment, f"Commit {number}", number, as_of or moment.date(), "Goals of Acme")


def publish_commit(
    target: Target, folder: Path, number: int, wish: Wish | None = None, files: Mapping[str, str] | None = None
) -> Published:
    """Publish the site of a commit of one straight line.

    Args:
        target: Where to.
        folder: Its site is written into a folder of this one.
        number: Which commit.
        wish: See `publish`.
        files: Those that differ from `FILES`.
    """
    site = site_at(folder / f"site-{number}", {**FILES, **(files or {})}, number / 100)
    return publish_site(target, site, number, wish)


def publish_site(target: Target, site: Path, number: int, wish: Wish | None = None) -> Published:
    """Publish a built site as that of a commit of one straight line."""

    def lineage(other: str) -> Relation:
        before = int(other[:7], 16)
        return "before" if before < number else "same" if before == number else "after"

    return publish(site, commit(number), target, lineage, {"deflate": "1"}, wish)

"""Snapshots to serve: small sites with a file of each kind, published for real."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from okrsite.publish.files import Compression
from okrsite.publish.manifest import Origin
from okrsite.publish.publishing import Wish, publish
from okrsite.publish.targets import open_target

LONG = "a line that is long enough to be worth compressing\n" * 40
OKRS = {"schema": "okrsite/1", "as_of": "2026-02-14", "cycle": None, "objectives": [], "portal": {"cycles": {}}}
KINDS = {
    "feeds/goals.atom": "application/atom+xml; charset=utf-8",
    "feeds/goals.ics": "text/calendar; charset=utf-8",
    "api/okrs.csv": "text/csv; charset=utf-8",
    "api/okrs.json": "application/json",
    "sitemap.xml": "application/xml; charset=utf-8",
    "assets/icon.svg": "image/svg+xml",
    "goals/index.html": "text/html; charset=utf-8",
    "404.html": "text/html; charset=utf-8",
}
"""The files of a snapshot beside its front page and its hashed asset, and what each is."""


def asset(number: int) -> str:
    """The hashed asset of a snapshot."""
    return f"assets/okr.{number:010x}.css"


@dataclass
class Snapshots:
    """A folder that snapshots are published to.

    Attributes:
        folder: The target.
        compression: Of each snapshot.
        ids: Of the snapshots, the oldest first.
    """

    folder: Path
    compression: Compression = "both"
    ids: list[str] = field(default_factory=list)

    def publish(self, channel: str = "") -> str:
        """Publish another snapshot; gives its id."""
        number = len(self.ids) + 1
        site = self.folder.parent / f"site-{self.folder.name}-{number}"
        texts = {name: f"{name}\n{LONG}" for name in KINDS}
        texts |= {
            "index.html": f"<p>snapshot {number}, {asset(number)}</p>{LONG}",
            asset(number): f"/*{number}*/{LONG}",
        }
        texts |= {"small.txt": "ä\n", "versions.js": "window.okr_versions = null;\n", "api/okrs.json": json.dumps(OKRS)}
        for name, text in texts.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, encoding="utf-8")
        origin = Origin(
            f"{number:040x}",
            datetime(2026, 2, 14, 12, number, tzinfo=UTC),
            "A commit",
            number,
            date(2026, 2, 14),
            "Goals",
        )
        wish = Wish(channel=channel, expires=date(2026, 3, 1) if channel else None, compression=self.compression)
        done = publish(site, origin, open_target(str(self.folder)), lambda _: "before", {"okrsite": "0"}, wish)
        self.ids.append(done.manifest.id)
        return done.manifest.id


@dataclass(frozen=True)
class Answer:
    """What a server answered: nothing is unpacked or followed."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(address: str, path: str, headers: dict[str, str] | None = None, method: str = "GET") -> Answer:
    """Ask a server for a path, just as it is written."""
    host = address.removeprefix("http://").rstrip("/")
    connection = http.client.HTTPConnection(host, timeout=120)
    try:
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, told, answer.read())
    finally:
        connection.close()

"""Small portals in git, and their ledgers as lines that a test can compare."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from gitrepos import Repo

from okrsite.history import Change, History, Value, read_history
from okrsite.settings import Settings

UNIT = "name: Acme\nlevel: corporate\n"
IT = "name: Information technology\nlevel: department\n"
TRUST = """\
objectives:
  - id: trust
    title: Customers trust us
    owner: Ada
    key_results:
      - {id: nps, title: Score from 20 to 60, kind: increase, baseline: 20, target: 60}
      - {id: losses, title: No losses, kind: at_most, target: 0}
"""
KPIS = """\
kpis:
  - {id: uptime, name: Uptime, unit: "%", direction: up, target: 99.9, amber: 99.5, cadence: monthly}
"""
Q1, MEETING = "content/okrs/acme/2026-Q1.yml", "content/okrs/acme/check-ins/2026-01-20.yml"
NPS = "acme/2026-Q1/trust/nps"


def started(path: Path, day: str = "2026-01-02", **files: str) -> Repo:
    """A repository with a small portal in its first commit."""
    repo = Repo(path)
    repo.write("mkdocs.yml", "site_name: Goals\ndocs_dir: content\nplugins: [okrsite]\n")
    repo.write("content/index.md", "# Goals\n")
    repo.write_all({"content/okrs/acme/unit.yml": UNIT, Q1: TRUST, "content/okrs/acme/kpis.yml": KPIS, **files})
    repo.commit("Set goals", day)
    return repo


def history_of(repo: Repo, cache: Path | None = None, revision: str = "HEAD", folder: str = "") -> History:
    """The history of the portal in a repository."""
    return read_history(repo.path / folder, Settings(), cache, revision)


def lines(history: History, *, setup: bool = False) -> list[str]:
    """What happened, a line each; without what came with the first commit unless that is asked for."""
    first = history.changes[0].commit.id if history.changes else ""
    return [line(each) for each in history.changes if setup or each.commit.id != first]


def line(change: Change) -> str:
    """A change as ``goalpost acme/2026-Q1/trust/nps target 60 -> 50 [*]``; the star marks one within its cycle."""
    said = [change.what, change.then]
    if change.what == "renamed":
        said = [change.what, f"{shown(change.before)} -> {shown(change.after)}", change.how]
    elif change.field:
        day = [str(change.reading)] if change.reading else []
        said += [*day, change.field, shown(change.before), "->", shown(change.after)]
    return " ".join([*said, *(["*"] if change.in_cycle and change.what == "goalpost" else [])])


def shown(value: Value) -> str:
    """A field's value, shortly."""
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return f"{value:f}" if isinstance(value, Decimal) else str(value)

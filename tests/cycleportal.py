"""A small portal at the end of a cycle, for tests of what owners do through one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from okrsite.editing import FileChange, write
from okrsite.model import Portal
from okrsite.scoring import Figures
from okrsite.settings import Settings

SETTINGS = Settings()

GOALS: Mapping[str, str] = {
    "content/okrs/acme/unit.yml": "name: Acme\nlevel: corporate\n",
    "content/okrs/acme/kpis.yml": "kpis:\n  - {id: nps, name: Net promoter score, direction: up, target: 40, "
    "cadence: monthly, measurements: [{date: 2026-03-31, value: 31}]}\n",
    "content/okrs/acme/2026.yml": "objectives:\n  - {id: grow, title: We grow, owner: Ada, "
    "key_results: [{id: all, title: All, kind: rollup}]}\n",
    "content/okrs/acme/2026-Q1.yml": """\
# What we want this winter.
objectives:
  - id: trust
    title: Customers trust us   # and say so
    owner: Ada
    type: committed
    supports: [acme/2026/grow/all]
    key_results:
      - {id: nps, title: "Score, from 20 to 40", kind: increase, baseline: 20, target: 40, kpi: nps}
      - id: steps
        title: Steps
        kind: milestones
        due: 2026-03-01
        milestones:
          - {title: One, done: 2026-02-01}
          - {title: "Two, at last"}
      - {id: done, title: Done, kind: done}

  # The next one waits.
  - {id: later, title: Later, owner: Ada, state: postponed, key_results: [{id: k, title: K, kind: done}]}
  - {id: idea, title: Idea, owner: Ada, state: draft, key_results: [{id: k, title: K, kind: done}]}
""",
    "content/okrs/acme/check-ins/2026-02-13.yml": "check_ins:\n  trust/done: true\n",
    "content/okrs/acme/it/unit.yml": "name: IT\nlevel: department\n",
    "content/okrs/acme/it/2026-Q1/up.md": """\
---
title: We are up
owner: Grace
supports: [acme/2026-Q1/trust/done, acme/2026-Q1/trust/nps, acme/2026-Q1/later]
tags: [ops]
weight: 2.0
key_results:
  - {id: uptime, title: Uptime, kind: increase, unit: "%", baseline: 90, target: 99.90, start: 2026-01-15}
  - {id: calls, title: Calls, kind: decrease, baseline: 10, target: 2}
  - {id: calm, title: Calm, kind: at_least, target: 5, check_ins: [{date: 2026-02-02, value: 6}]}
---
Why:  *because*.
""",
    "content/okrs/acme/it/check-ins/2026-03-02.yml": "check_ins:\n  up/uptime: {value: 95.50, confidence: 7}\n",
}
"""A unit and one below it in 2026-Q1: on its last day most of it is unfinished."""

LAST_DAY = date(2026, 3, 31)

Read = Callable[[], tuple[Portal, Figures]]


def written(root: Path, changes: list[FileChange]) -> dict[str, str]:
    """Write changes; the new texts by the end of their names."""
    write(root, "content", changes)
    return {change.name.removeprefix("content/okrs/"): change.after.decode() for change in changes}

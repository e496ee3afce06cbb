"""Portals as files, for tests that build them."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from okrsite.charts import Renderer

MKDOCS = """\
site_name: Goals
docs_dir: content
theme: {name: okr}
plugins:
  - okrsite:
      as_of: 2026-02-14
"""

CHECKED_IN = """\
cycle: 2026-Q1
check_ins:
  reliability/uptime: {value: 30, confidence: 6, note: Failover drill passed.}
"""

RELIABILITY = """\
objectives:
  - id: reliability
    title: People rely on our systems
    owner: Grace Hopper
    supports: [acme/2026-Q1/trust]
    key_results:
      - {id: uptime, title: Uptime from 0 to 100, kind: increase, baseline: 0, target: 100}
      - {id: drills, title: Drills held, kind: done}
"""

TRUST = """\
---
title: Customers trust us
owner: Ada Example
key_results:
  - {id: nps, title: Net promoter score from 20 to 40, kind: increase, baseline: 20, target: 40}
---

Because they pay. See [the platform](okr:acme/it) and [how to start](../../../guide/start/index.html).
"""

SMALL: Mapping[str, str] = {
    "mkdocs.yml": MKDOCS,
    "content/index.md": "# Our goals\n\nWelcome. [Start](guide/start.md)\n",
    "content/guide/start.md": "# Start\n\nLook at [uptime](okr:acme/it/2026-Q1/reliability/uptime).\n\n## Next\n",
    "content/guide/map.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>\n",
    "content/rollout.yml": "title: The plan\nstart: 2026-01-05\nmonths:\n  - title: One\n    tasks:\n"
    "      - {title: Workshops, weeks: 1-2, owner: PMO, done: 2026-01-16}\n"
    "      - {title: Goals, weeks: 3-4, evidence: {measure: units_with_objectives, at_least: 100%}}\n",
    "content/okrs/acme/unit.yml": "name: Acme\nlevel: corporate\nlead: Ada Example\n",
    "content/okrs/acme/index.md": "We make everything.\n",
    "content/okrs/acme/kpis.yml": "kpis:\n  - {id: revenue, name: Revenue, direction: up, target: 10, "
    "cadence: monthly}\n",
    "content/okrs/acme/kpis/revenue.csv": "date,value\n2026-01-31,8\n",
    "content/okrs/acme/2026-Q1/trust.md": TRUST,
    "content/okrs/acme/it/unit.yml": "name: IT\nlevel: department\n",
    "content/okrs/acme/it/2026-Q1.yml": RELIABILITY,
    "content/okrs/acme/it/check-ins/2026-02-13.yml": CHECKED_IN,
}
"""A small portal that has one of everything."""


_shared: list[Path] = []


def warm_from(folder: Path) -> None:
    """Have `warm` portals find and keep in this folder what none of them needs to make twice."""
    _shared[:] = [folder]


def warm(root: Path, *caches: str) -> None:
    """Have a portal that has no caches yet find in some what other tests have left there.

    Args:
        root: The portal's folder.
        caches: Their names; without any, drawn charts and compiled templates. A test that counts what is drawn
            shares only the templates, and has a copy of the ``tools`` that take seconds to make.
    """
    work = root / ".okrsite"
    if not _shared or work.exists():
        return
    work.mkdir(parents=True)
    (work / ".gitignore").write_text("*\n", encoding="utf-8")
    if "tools" in caches:
        Renderer(work / "charts").take_tools(_tools())
    for name in [each for each in caches if each != "tools"] or ("charts", "templates"):
        (_shared[0] / name).mkdir(parents=True, exist_ok=True)
        (work / name).symlink_to(_shared[0] / name)


@cache
def _tools() -> Mapping[str, str]:
    """What charts are drawn with."""
    renderer = Renderer(_shared[0] / "charts")
    renderer.make_tools()
    return renderer.tools()


def once(name: str, make: Callable[[Path], None]) -> Path:
    """A folder that one process of a test run fills, the first to ask; the others wait. It is not to be changed.

    Args:
        name: The folder's.
        make: Fills it.
    """
    folder = _shared[0] / "made" / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            with TemporaryDirectory(dir=folder.parent) as unfinished:
                make(Path(unfinished) / name)
                (Path(unfinished) / name).rename(folder)
    return folder


def put(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder; gives the portal's ``mkdocs.yml``. With one among the files the portal is `warm`."""
    if "mkdocs.yml" in files:
        warm(root)
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
    return root / "mkdocs.yml"


def run(*words: str | Path, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a Python module as users do, without what the surroundings set."""
    kept = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "OKRSITE_DEBUG")}
    return subprocess.run(
        [sys.executable, "-m", *map(str, words)],
        cwd=cwd,
        env={**kept, "PYTHONPATH": str(Path(__file__).parents[1]), **environ},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

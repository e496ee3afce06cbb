"""How fast portals of several sizes are built and checked, in each situation, as a Markdown table.

    python benchmarks/builds.py                 # 100, 1,000 and 10,000 goal pages
    python benchmarks/builds.py 100 1000        # these sizes only

Every measurement is a run of the command line as a process of its own, start and end included. Memory is the peak of
all its processes together. Compare the columns "a page": they stay the same where the cost is linear.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import tables
from aside import delete_aside, set_aside
from measure import Run, measure
from portal import AS_OF, new_check_in, write_portal

SIZES = (100, 1_000, 10_000)
_COUNTED = {"pages_made": "pages made", "pages_kept": "pages kept", "charts_drawn": "drawn", "written": "files written"}
"""What of the counts of ``okrsite build`` is shown -> what it is called."""

OKRSITE = (sys.executable, "-m", "okrsite")
_CHARTS = ("charts", "templates")
"""What of ``.okrsite/`` is left for a build whose charts alone are cached."""

_HEAD = ("run", "goal pages", "seconds", "CPU seconds", "ms a page", "MB at most", *_COUNTED.values())


@dataclass(frozen=True, slots=True)
class Built:
    """A run, and the work that it tells of.

    Attributes:
        run: What it took.
        counts: What was done how often, by the names of ``okrsite build --format json``.
    """

    run: Run
    counts: dict[str, int]


class BenchPortal:
    """A generated portal in git, and the builds that a benchmark does with it.

    Args:
        folder: Where it is; made by `write`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.site = folder / "site"
        self._edits = 0
        self._day = 0

    def write(self, pages: int) -> None:
        """Write it with about so many goal pages, and commit it."""
        write_portal(self.folder, pages)
        # A theme of the portal's own, so that there is something to change.
        configuration = self.folder / "mkdocs.yml"
        text = configuration.read_text("utf-8").replace("{name: okr}", "{name: okr, custom_dir: theme}")
        configuration.write_text(text, "utf-8")
        self._write_theme("")
        (self.folder / ".gitignore").write_text("/site/\n", "utf-8")
        commit(self.folder)

    def nothing_cached(self) -> Built:
        """As in a fresh clone."""
        self._remove_site()
        set_aside(self.folder / ".okrsite", self.folder)
        return self._build()

    def charts_cached(self) -> Built:
        """No site, and nothing known but drawings."""
        self._remove_site()
        for kept in (self.folder / ".okrsite").iterdir():
            if kept.is_file() or kept.name not in _CHARTS:
                set_aside(kept, self.folder)
        return self._build()

    def nothing_changed(self) -> Built:
        """Once more."""
        return self._build()

    def site_deleted(self) -> Built:
        """All caches are there and the site is not: as in CI."""
        self._remove_site()
        return self._build()

    def check_in_added(self) -> Built:
        """The meeting of the top unit, each time with another word."""
        self._add_check_in()
        return self._build()

    def theme_changed(self) -> Built:
        """What stands around all pages."""
        self._edits += 1
        self._write_theme(f"<!-- {self._edits} -->")
        return self._build()

    def next_day(self) -> Built:
        """A day later than the build before."""
        self._day += 1
        return self._build()

    def check(self) -> Run:
        """``okrsite check`` after a meeting, with what the one before left."""
        self._check()
        self._add_check_in()
        return self._check()

    def publish(self, target: Path) -> Run:
        """``okrsite publish`` of the last commit, as of the day."""
        return measure([*OKRSITE, "publish", str(target), "--as-of", str(AS_OF)], self.folder)

    def commit_check_in(self) -> None:
        """Put a meeting into a commit, and nothing else."""
        self._add_check_in()
        commit(self.folder, f"{AS_OF}T12:00:00Z", new_check_in()[0])

    def _check(self) -> Run:
        return measure([*OKRSITE, "check", "--as-of", self._as_of], self.folder)

    def _add_check_in(self) -> None:
        self._edits += 1
        name, text = new_check_in()
        (self.folder / name).write_text(text.replace("Added", f"Added {self._edits}"), "utf-8")

    @property
    def _as_of(self) -> str:
        return str(AS_OF + timedelta(days=self._day))

    def _build(self) -> Built:
        run = measure([*OKRSITE, "build", "--format", "json", "--as-of", self._as_of], self.folder)
        told = json.loads(run.said)
        return Built(run, {name: count for name, count in told.items() if isinstance(count, int)})

    def _remove_site(self) -> None:
        set_aside(self.site, self.folder)

    def _write_theme(self, comment: str) -> None:
        theme = Path(__file__).parents[1] / "themes" / "okr" / "base.html"
        (self.folder / "theme").mkdir(exist_ok=True)
        changed = theme.read_text("utf-8").replace("</body>", f"{comment}</body>")
        (self.folder / "theme" / "base.html").write_text(changed, "utf-8")


def commit(folder: Path, when: str = "2026-05-12T12:00:00Z", what: str = ".") -> None:
    """Put files into a commit; it is the same each time.

    Args:
        folder: In a repository, or not yet.
        when: The moment; else one after the last meeting, and before the week that is news.
        what: A path; else all files.
    """
    environment = {**os.environ, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    who = ("-c", "user.name=Bench", "-c", "user.email=bench@example.com", "-c", "init.defaultBranch=main")
    for words in (("init", "-q"), ("add", "-A", what), ("commit", "-q", "-m", "Go on", "--", what)):
        subprocess.run(["git", *who, *words], cwd=folder, env=environment, check=True)


def runs(portal: BenchPortal) -> Iterator[tuple[str, Built]]:
    """The runs over one portal, each with its name; they build upon each other."""
    for name, build in (
        ("nothing cached", portal.nothing_cached),
        ("charts cached", portal.charts_cached),
        ("nothing changed", portal.nothing_changed),
        ("site deleted", portal.site_deleted),
        ("one check-in added", portal.check_in_added),
        ("theme changed", portal.theme_changed),
        ("the next day", portal.next_day),
    ):
        yield name, build()
    yield "check", Built(portal.check(), {})


def rows(sizes: list[int], keep: Path | None) -> Iterator[tuple[str, ...]]:
    """The table's rows, one by one.

    Args:
        sizes: Numbers of goal pages.
        keep: Where the portals are left; None to delete them.
    """
    with tempfile.TemporaryDirectory() as scratch:
        for size in sizes:
            portal = BenchPortal((keep or Path(scratch)) / f"portal-{size}")
            portal.write(size)
            for name, built in runs(portal):
                run = built.run
                yield (
                    name,
                    f"{size:,}",
                    f"{run.seconds:.2f}",
                    f"{run.cpu:.2f}",
                    f"{run.cpu * 1000 / size:.2f}",
                    f"{run.memory / 1e6:.0f}",
                    *(f"{built.counts[name]:,}" if built.counts else "" for name in _COUNTED),
                )
            delete_aside(portal.folder)
            if keep is None:
                shutil.rmtree(portal.folder)


def main() -> None:
    """Measure the sizes that the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure builds of portals of several sizes.")
    parser.add_argument("sizes", type=int, nargs="*", default=list(SIZES), metavar="N")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the portals there")
    parser.add_argument("--write", action="store_true", help="put the table into docs/scale.md")
    given = parser.parse_args()
    measured = tables.table(_HEAD, rows(given.sizes, given.keep))
    if given.write:
        tables.put("scale.md", "builds", measured)


if __name__ == "__main__":
    main()

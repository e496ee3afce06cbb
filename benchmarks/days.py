"""What the days of a portal take: each thing that people do is built on top of all that came before it.

    python benchmarks/days.py                   # at 10,000 goal pages
    python benchmarks/days.py 1000

`builds.py` measures single situations, each after a build that left everything whole. Here a check-in follows a new day
and a new day follows check-ins, units come and go, and what one build leaves is what the next one finds.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import tables
from aside import set_aside
from builds import OKRSITE, Built, commit
from measure import measure
from portal import AS_OF, write_portal

PAGES = 10_000
_COUNTED = {"pages_made": "pages made", "written": "files written", "charts_drawn": "charts drawn"}
_HEAD = ("what happened", "seconds", "CPU seconds", *_COUNTED.values())
_NEW_UNIT = {
    "unit.yml": "name: The newest\nlevel: team\nlead: Somebody New\n",
    "2026-Q2.yml": "objectives:\n  - id: first\n    title: A first objective\n    owner: Somebody New\n"
    "    key_results:\n      - {id: kr-1, title: Do ten, kind: increase, baseline: 0, target: 10}\n",
}


class Days:
    """A portal that people work with.

    Args:
        folder: Where to write it.
        pages: How many goal pages it has.
    """

    def __init__(self, folder: Path, pages: int) -> None:
        self.folder = folder
        self.day: date = AS_OF
        self._chance = random.Random(1)
        self._meetings = 0
        write_portal(folder, pages)
        (folder / ".gitignore").write_text("/site/\n", "utf-8")
        commit(folder)
        self._goals = folder / "content" / "okrs"
        self._units = sorted(file.parent for file in self._goals.rglob("2026-Q2.yml"))

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The table's rows: what happened, and what the build after it took."""
        yield self._row("a first build", self._build())
        for what in (
            self._check_in,
            self._its_commit,
            self._twenty_check_ins,
            self._two_hundred_check_ins,
            self._title,
            self._weight,
            self._unit_comes,
            self._unit_goes,
            self._measurement,
            self._text,
            self._page,
            self._next_day,
            self._check_in_then,
            self._next_day_after_it,
            self._option,
            self._clone,
        ):
            what()
            said = (what.__doc__ or "").rstrip(".")
            yield self._row(said[:1].lower() + said[1:], self._build())

    def _check_in(self) -> None:
        """A check-in, not committed."""
        self._meet(1)

    def _its_commit(self) -> None:
        """Its commit."""
        self._commit()

    def _twenty_check_ins(self) -> None:
        """Twenty meetings."""
        self._meet(20)
        self._commit()

    def _two_hundred_check_ins(self) -> None:
        """Two hundred meetings."""
        self._meet(200)
        self._commit()

    def _title(self) -> None:
        """An objective's title."""
        self._edit("title: ", "title: Now ")

    def _weight(self) -> None:
        """A weight."""
        self._edit("weight: ", "weight: 1")

    def _unit_comes(self) -> None:
        """A unit comes."""
        for name, text in _NEW_UNIT.items():
            file = self._goals / "unit-0" / "newest" / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")
        self._commit()

    def _unit_goes(self) -> None:
        """It goes."""
        shutil.rmtree(self._goals / "unit-0" / "newest")
        self._commit()

    def _measurement(self) -> None:
        """A KPI is measured."""
        file = min(self._goals.rglob("*.csv"))
        file.write_text(f"{file.read_text('utf-8')}{self.day},77,\n", "utf-8")
        self._commit()

    def _text(self) -> None:
        """A written page is edited."""
        file = self.folder / "content" / "guide" / "page-1.md"
        file.write_text(f"{file.read_text('utf-8')}\nOne thing more.\n", "utf-8")
        self._commit()

    def _page(self) -> None:
        """A written page comes."""
        (self.folder / "content" / "guide" / "page-9.md").write_text("# More\n\nOf the guide.\n", "utf-8")
        self._commit()

    def _next_day(self) -> None:
        """The next day."""
        self.day += timedelta(days=1)

    def _check_in_then(self) -> None:
        """A meeting then."""
        self._meet(1)
        self._commit()

    def _next_day_after_it(self) -> None:
        """The day after that, with fifty."""
        self.day += timedelta(days=1)
        self._meet(50)
        self._commit()

    def _option(self) -> None:
        """An option of the portal."""
        file = self.folder / "mkdocs.yml"
        file.write_text(f"{file.read_text('utf-8')}      status: {{on_track: 0.06}}\n", "utf-8")
        self._commit()

    def _clone(self) -> None:
        """A meeting, in a new clone with the caches, as in CI."""
        self._meet(1)
        self._commit()
        there = self.folder.with_name("clone")
        subprocess.run(["git", "clone", "-q", str(self.folder), str(there)], check=True)
        shutil.copytree(self.folder / ".okrsite", there / ".okrsite")
        set_aside(self.folder, self.folder)
        there.rename(self.folder)

    def _meet(self, units: int) -> None:
        """Some units check in."""
        self._meetings += 1
        text = f"check_ins:\n  better/kr-1: {{confidence: 8, note: Met for the {self._meetings}. time}}\n"
        for unit in self._chance.sample(self._units, min(units, len(self._units))):
            file = unit / "check-ins" / f"{self.day}.yml"
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")

    def _edit(self, before: str, after: str) -> None:
        file = self._chance.choice(self._units) / "2026-Q2.yml"
        file.write_text(file.read_text("utf-8").replace(before, after, 1), "utf-8")
        self._commit()

    def _commit(self) -> None:
        commit(self.folder, f"{self.day}T12:00:00Z")

    def _build(self) -> Built:
        run = measure([*OKRSITE, "build", "--format", "json", "--as-of", str(self.day)], self.folder)
        told = json.loads(run.said)
        return Built(run, {name: told[name] for name in _COUNTED})

    def _row(self, what: str, built: Built) -> tuple[str, ...]:
        run = built.run
        return what, f"{run.seconds:.1f}", f"{run.cpu:.1f}", *(f"{count:,}" for count in built.counts.values())


def main() -> None:
    """Measure a portal of the size that the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure what happens to a portal, one thing after the other.")
    parser.add_argument("pages", type=int, nargs="?", default=PAGES, metavar="N", help="how many goal pages it has")
    parser.add_argument("--write", action="store_true", help="put the table into docs/speed.md")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        measured = tables.table(_HEAD, Days(Path(scratch) / "portal", given.pages).rows())
    if given.write:
        tables.put("speed.md", "days", measured)


if __name__ == "__main__":
    main()

"""Whether portals of unusual shapes cost what their size says: each is built in two sizes, one four times the other.

    python benchmarks/shapes.py                        # all shapes
    python benchmarks/shapes.py --scale 10 cycles      # one of them, ten times larger

The ratio of the two, without what an empty portal costs, is about 4 where the cost is linear.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import tables
from builds import BenchPortal
from installing import BENCH
from measure import Run
from progress import part

_CONFIGURATION = """\
site_name: Shape
docs_dir: content
theme: {name: okr}
plugins: [{okrsite: {as_of: 2026-05-20}}]
"""
_FIRST = date(2026, 1, 1)
LARGER = 4
"""How many times the second size is the first."""

_NOISE = 0.3
"""CPU seconds by which two builds of the same differ."""

_SHORT = 10.0
"""CPU seconds of a build that noise would be a part of: it is repeated, and the least counts."""

_REPEATED = 3

Files = Iterator[tuple[str, str]]
"""Names below the goals' folder, and what the files hold."""


def check_ins(size: int) -> Files:
    """One unit with a check-in every day: ``size`` of them in all."""
    yield "top/unit.yml", _unit("Top", "corporate")
    goals = max(1, size // 1000)
    yield "top/2026.yml", _objectives([f"goal-{number}" for number in range(goals)], key_results=10)
    for day in range(100):
        rows = "".join(f"  goal-{goal}/kr-{place}: {day}\n" for goal in range(goals) for place in range(10))
        yield f"top/check-ins/{_FIRST + timedelta(days=day)}.yml", f"check_ins:\n{rows}"


def units_beside(size: int) -> Files:
    """One unit with ``size`` units below it, each with an objective that supports its own."""
    yield "top/unit.yml", _unit("Top", "corporate")
    yield "top/2026-Q2.yml", _objectives(["goal"])
    for number in range(size):
        yield f"top/unit-{number}/unit.yml", _unit(f"Unit {number}")
        yield f"top/unit-{number}/2026-Q2.yml", _objectives(["goal"], supports="top/2026-Q2/goal")


def units_below(size: int) -> Files:
    """Chains of units below each other, twelve deep, each supporting the one above; ``size`` chains."""
    for chain in range(size):
        id = f"top-{chain}"
        for depth in range(12):
            above = id.rpartition("/")[0]
            yield f"{id}/unit.yml", _unit(f"Depth {depth}", "team" if depth else "corporate")
            yield f"{id}/2026-Q2.yml", _objectives(["goal"], supports=f"{above}/2026-Q2/goal" if above else "")
            id = f"{id}/below"


def cycles(size: int) -> Files:
    """Ten units with an objective in each of ``size`` monthly cycles."""
    for number in range(10):
        yield f"unit-{number}/unit.yml", _unit(f"Unit {number}", "corporate")
        for month in range(size):
            yield f"unit-{number}/{2000 + month // 12}-{month % 12 + 1:02}.yml", _objectives(["goal"])


def objectives(size: int) -> Files:
    """One unit with ``size`` objectives in a cycle."""
    yield "top/unit.yml", _unit("Top", "corporate")
    yield "top/2026-Q2.yml", _objectives([f"goal-{number}" for number in range(size)])


def key_results(size: int) -> Files:
    """One objective with ``size`` key results."""
    yield "top/unit.yml", _unit("Top", "corporate")
    yield "top/2026-Q2.yml", _objectives(["goal"], key_results=size)


def kpis(size: int) -> Files:
    """One unit with ``size`` KPIs, measured each month of a year."""
    yield "top/unit.yml", _unit("Top", "corporate")
    entry = "name: Share, direction: up, target: 90, cadence: monthly, owner: Ada"
    yield "top/kpis.yml", "kpis:\n" + "".join(f"  - {{id: kpi-{number}, {entry}}}\n" for number in range(size))
    months = "".join(f"2025-{month:02}-01,{70 + month}\n" for month in range(1, 13))
    for number in range(size):
        yield f"top/kpis/kpi-{number}.csv", f"date,value\n{months}"


SHAPES: dict[str, tuple[Callable[[int], Files], int, str]] = {
    "check-ins": (check_ins, 25_000, "check-ins of one unit"),
    "units-beside": (units_beside, 1_250, "units below one unit"),
    "units-below": (units_below, 30, "chains of twelve units"),
    "cycles": (cycles, 40, "cycles of ten units"),
    "objectives": (objectives, 200, "objectives of one unit"),
    "key-results": (key_results, 200, "key results of one objective"),
    "kpis": (kpis, 250, "KPIs of one unit"),
}
"""Name -> what writes it, the size to begin with, and what there are so many of."""


def _unit(name: str, level: str = "team") -> str:
    return f"name: {name}\nlevel: {level}\n"


def _objectives(names: list[str], supports: str = "", key_results: int = 1) -> str:
    above = f"    supports: [{supports}]\n" if supports else ""
    entry = "title: Orders rise to 100, kind: increase, baseline: 0, target: 100"
    krs = "".join(f"      - {{id: kr-{place}, {entry}}}\n" for place in range(key_results))
    goals = (f"  - id: {name}\n    title: A goal\n    owner: Ada\n{above}    key_results:\n{krs}" for name in names)
    return "objectives:\n" + "".join(goals)


@dataclass(frozen=True, slots=True)
class Grown:
    """A shape in two sizes.

    Attributes:
        what: There are so many of.
        sizes: Of the two.
        seconds: Of processors, without what an empty portal takes.
        memory: The peak of the larger, in bytes.
        largest: The bytes of the larger's largest goal page.
    """

    what: str
    sizes: tuple[int, int]
    seconds: tuple[float, float]
    memory: int
    largest: int

    @property
    def ratio(self) -> float:
        """About `LARGER` where the cost is linear; of a small size that costs next to nothing, less."""
        return self.seconds[1] / max(self.seconds[0], _NOISE)

    @property
    def is_linear(self) -> bool:
        """Less than linear is the case where some part costs the same at any size."""
        return self.ratio <= 1.3 * LARGER


def grown(names: list[str], scale: float, scratch: Path) -> Iterator[Grown]:
    """Build shapes, each in two sizes.

    Args:
        names: Of `SHAPES`.
        scale: Factor of all sizes.
        scratch: A folder; what is in it afterwards is as before.
    """
    empty = _build(scratch / "empty", kpis(1))[0].cpu
    for name in names:
        shape, size, what = SHAPES[name]
        sizes = tuple(max(1, int(size * times * scale)) for times in (1, LARGER))
        with part(f"{sizes[0]:,} and {sizes[1]:,} {what}"):
            (small, _), (large, largest) = (_build(scratch / name, shape(amount)) for amount in sizes)
        seconds = (small.cpu - empty, large.cpu - empty)
        yield Grown(what, (sizes[0], sizes[1]), seconds, large.memory, largest)


def _build(folder: Path, files: Files) -> tuple[Run, int]:
    """Write a portal, build it with only its charts known, and delete it.

    Returns:
        What the build took, and the bytes of its largest goal page.
    """
    (folder / "content").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(_CONFIGURATION, "utf-8")
    (folder / "content" / "index.md").write_text("# Shape\n", "utf-8")
    for name, text in files:
        file = folder / "content" / "okrs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    portal = BenchPortal(folder)
    portal.nothing_cached()
    runs = [portal.charts_cached().run]
    while runs[0].cpu < _SHORT and len(runs) < _REPEATED:
        runs.append(portal.charts_cached().run)
    run = min(runs, key=lambda run: run.cpu)
    tops = [entry.name for entry in (folder / "content" / "okrs").iterdir()]
    largest = max(page.stat().st_size for top in tops for page in (folder / "site" / top).rglob("*.html"))
    shutil.rmtree(folder)
    return run, largest


def main() -> None:
    """Build the shapes that the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure portals of unusual shapes.")
    parser.add_argument("shapes", nargs="*", choices=[*SHAPES, []], metavar="SHAPE", help=", ".join(SHAPES))
    parser.add_argument("--scale", type=float, default=1.0, help="factor of all sizes")
    parser.add_argument("--write", action="store_true", help="put the table into docs/scale.md")
    given = parser.parse_args()
    BENCH.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BENCH) as scratch:
        rows = (
            (
                one.what,
                " -> ".join(f"{size:,}" for size in one.sizes),
                " -> ".join(f"{seconds:.1f}" for seconds in one.seconds),
                f"{one.ratio:.1f}",
                f"{one.memory / 1e6:.0f}",
                f"{one.largest / 1e3:.0f}",
            )
            for one in grown(given.shapes or list(SHAPES), given.scale, Path(scratch))
        )
        head = ("shape", "size", "CPU seconds", "ratio", "MB at most", "largest goal page, KB")
        measured = tables.table(head, rows)
    if given.write:
        tables.put("scale.md", "shapes", measured)


if __name__ == "__main__":
    main()

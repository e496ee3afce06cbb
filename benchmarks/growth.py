"""Whether a page costs the same in a larger portal: builds with charts cached and nothing else, of several sizes.

python benchmarks/growth.py 1000 10000 50000
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import tables
from builds import BenchPortal
from installing import BENCH
from measure import Run

SIZES = (1_000, 10_000, 50_000)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a build of a size took.

    Attributes:
        pages: Goal pages.
        run: The build.
    """

    pages: int
    run: Run

    @property
    def milliseconds(self) -> float:
        """Of processors, a page."""
        return 1000 * self.run.cpu / self.pages


def cost(size: int, scratch: Path) -> Cost:
    """Measure a size.

    Args:
        size: Goal pages.
        scratch: A folder; what is in it afterwards is as before.
    """
    portal = BenchPortal(scratch / f"growth-{size}")
    portal.write(size)
    portal.nothing_cached()
    run = portal.charts_cached().run
    shutil.rmtree(portal.folder)
    return Cost(size, run)


def main() -> None:
    """Measure the sizes that the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure what a page costs in portals of several sizes.")
    parser.add_argument("sizes", type=int, nargs="*", default=list(SIZES), metavar="N")
    parser.add_argument("--write", action="store_true", help="put the table into docs/scale.md")
    given = parser.parse_args()
    BENCH.mkdir(exist_ok=True)

    def rows() -> Iterator[tuple[str, ...]]:
        with tempfile.TemporaryDirectory(dir=BENCH) as name:
            for size in given.sizes:
                found = cost(size, Path(name))
                yield (
                    f"{size:,}",
                    f"{found.run.seconds:.1f}",
                    f"{found.run.cpu:.1f}",
                    f"{found.milliseconds:.2f}",
                    f"{found.run.memory / 1e6:.0f}",
                )

    head = ("goal pages", "seconds", "CPU seconds", "CPU ms a page", "MB at most")
    measured = tables.table(head, rows(), left=0)
    if given.write:
        tables.put("scale.md", "growth", measured)


if __name__ == "__main__":
    main()

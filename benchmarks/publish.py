"""What a snapshot costs, in time and on the disk: many snapshots of a portal with one changed goal each.

    python benchmarks/publish.py 500                          # 500 snapshots of one day, 500 days: hours
    python benchmarks/publish.py 60 12                        # 60 of one day, 12 days
    python benchmarks/publish.py 60 12 --built A B C          # of built sites: one, a goal changed, a day later

Three neighbours are built for real: a portal, the same with one more check-in, and the same on the next day. So it is
known which files differ. The other snapshots are the first with the same files changed, a little differently each time:
building each of them would take hours, and publishing cannot tell.

Retention prunes after each tenth snapshot, without a grace period, with the limits that are the default.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from filecmp import cmp
from pathlib import Path
from typing import Literal

from measure import on_disk
from portal import AS_OF, new_check_in, write_portal

from okrsite.publish.files import Compression
from okrsite.publish.manifest import Origin
from okrsite.publish.pruning import prune
from okrsite.publish.publishing import Wish, publish
from okrsite.publish.targets import open_target
from okrsite.settings import PublishOptions
from okrsite.site.publication.digests import kept_digests
from okrsite.site.publication.provenance import built_by

PAGES = 2_000
_POLICY = replace(PublishOptions(), grace_days=0)
_PRUNED_EVERY = 10
_MOMENT = datetime(AS_OF.year, AS_OF.month, AS_OF.day, 8, tzinfo=UTC)
_HEAD = (
    *("snapshots", "of", "compression", "retention", "files a snapshot", "seconds", "at most"),
    *("MB a snapshot", "MB in all", "kept", "verified"),
)


def built(folder: Path, pages: int) -> tuple[Path, Path, Path]:
    """Build the three neighbours."""
    portal = folder / "portal"
    write_portal(portal, pages)
    sites = []
    for name, as_of in (("one", AS_OF), ("other", AS_OF), ("later", AS_OF + timedelta(days=1))):
        if name == "other":
            path, text = new_check_in()
            (portal / path).write_text(text, "utf-8")
        site = folder / name
        okrsite = [sys.executable, "-m", "okrsite", "build", "--as-of", str(as_of), "-d", str(site)]
        subprocess.run(okrsite, cwd=portal, check=True, capture_output=True)
        sites.append(site)
    return sites[0], sites[1], sites[2]


def differing(one: Path, other: Path) -> list[str]:
    """The files of a site that are not the same in another."""
    paths = (file.relative_to(other).as_posix() for file in sorted(other.rglob("*")) if file.is_file())
    return [path for path in paths if not (one / path).is_file() or not cmp(one / path, other / path, shallow=False)]


def changed(site: Path, like: Path, paths: list[str], number: int) -> None:
    """Change files of a site: to those of another, and a little differently each time."""
    for path in paths:
        mark = " " * number if path.endswith((".json", ".js")) else f"\n<!-- {number} -->\n"
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes((like / path).read_bytes() + mark.encode())


def row(
    work: Path, sites: tuple[Path, Path], count: int, compression: Compression, *, days: bool, retention: bool
) -> Iterator[str]:
    """Publish so many snapshots; the cells of the table's row."""
    site, folder = work / "site", work / "target"
    for old in (site, folder):
        shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(sites[0], site)
    paths = differing(*sites)
    times: list[float] = []
    first = 0
    made = built_by()
    for number in range(count):
        if number:
            changed(site, sites[1], paths, number)
        day = AS_OF + timedelta(days=number if days else 0)
        moment = _MOMENT + (timedelta(days=number) if days else timedelta(minutes=number))
        origin = Origin(f"{number:07x}" + "0" * 33, moment, f"Commit {number}", number + 1, day, "Goals")
        target = open_target(str(folder))
        begun = time.perf_counter()
        with kept_digests(site) as digests:
            publish(site, origin, target, _before, made, Wish(compression=compression), digests=digests)
        times.append(time.perf_counter() - begun)
        if not number:
            first = on_disk(folder)
        if retention and number % _PRUNED_EVERY == _PRUNED_EVERY - 1:
            prune(open_target(str(folder)), _POLICY, datetime.now(UTC).date())
    target, taken = open_target(str(folder)), on_disk(folder)
    kept = target.snapshots()
    faults = sum(1 for id in (kept[0], kept[-1]) for _ in target.faults(id))
    yield from (
        f"{count:,}",
        "days" if days else "one day",
        compression,
        "yes" if retention else "no",
        f"{len(paths):,}",
    )
    yield from (f"{statistics.median(times[1:]):.2f}", f"{max(times[1:]):.2f}")
    yield from (f"{(taken - first) / (count - 1) / 1e6:.2f}", f"{taken / 1e6:,.0f}", f"{len(kept):,}")
    yield "whole" if not faults else f"{faults} faults"


def _before(_: str) -> Literal["before"]:
    return "before"


def main() -> None:
    """Measure as many snapshots as the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure what snapshots cost.")
    parser.add_argument("snapshots", type=int, nargs="?", default=500, metavar="N", help="of one day")
    parser.add_argument("days", type=int, nargs="?", default=0, metavar="M", help="of as many days; as many as N")
    parser.add_argument("--pages", type=int, default=PAGES, help="goal pages of the portal")
    parser.add_argument("--built", type=Path, nargs=3, metavar="SITE", help="three built sites: one, changed, later")
    parser.add_argument("--folder", type=Path, help="where to work: the disk to measure")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        work = Path(name)
        one, other, later = given.built or built(work, given.pages)
        print("Three sites were built; the other snapshots are the first of them with the same files changed.\n")
        print(f"| {' | '.join(_HEAD)} |")
        print(f"| {' | '.join(['---:', '---', '---', '---', *['---:'] * 6, '---'])} |")
        for days, count in ((False, given.snapshots), (True, given.days or given.snapshots)):
            for compression in ("both", "only"):
                for retention in (False, True):
                    sites = (one, later if days else other)
                    cells = row(work, sites, count, compression, days=days, retention=retention)  # type: ignore[arg-type]
                    print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()

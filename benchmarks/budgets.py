"""``make bench``: every budget with what was measured, beside other generators in the same run, into RESULTS.md.

    python benchmarks/budgets.py                # 10,000 goal pages; growth up to 50,000; an hour or more
    python benchmarks/budgets.py --quick        # 1,000 goal pages, in under five minutes

okrsite and the others take turns, so that a slow minute of the machine slows all of them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import growth
import search
import serving
import shapes
import tables
from builds import OKRSITE, BenchPortal, Built
from installing import BENCH, installed
from machine import machine, versions
from measure import Runs, measure, on_disk
from peers.peer import Peer
from peers.sources import frame, goal_pages
from progress import part

RESULTS = Path(__file__).with_name("RESULTS.md")
_SITUATIONS = (
    *("charts cached", "nothing changed", "site deleted", "one check-in added", "theme changed", "the next day"),
)
_HEAD = ("what", "budget", "measured", "ratio", "kept")


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured.

    Attributes:
        pages: Goal pages of the portal.
        rounds: How often each build is measured.
        growth: Sizes of portals whose cost a page is compared.
        served: Sizes of portals whose server is measured.
        edits: How often a file is saved there.
        shapes: Unusual ones.
        factor: Of their sizes.
    """

    pages: int
    rounds: int
    growth: tuple[int, ...]
    served: tuple[int, ...]
    edits: int
    shapes: tuple[str, ...]
    factor: float


FULL = Scale(10_000, 2, (1_000, 10_000, 50_000), (1_000, 10_000), 5, tuple(shapes.SHAPES), 1.0)
QUICK = Scale(1_000, 2, (250, 1_000), (1_000,), 3, ("check-ins", "units-beside"), 0.1)
_ONCE = "MkDocs"
"""Is measured in the first round only: it takes as long as all others together."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table of budgets.

    Attributes:
        what: Is measured.
        budget: In words.
        measured: With its unit.
        ratio: To what it is compared with.
        kept: Whether the budget is.
    """

    what: str
    budget: str
    measured: str
    ratio: str
    kept: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """Of the table."""
        return self.what, self.budget, self.measured, self.ratio, "yes" if self.kept else "**no**"


@dataclass(slots=True)
class Measured:
    """What the rounds gave.

    Attributes:
        cold: With nothing cached, the first build of all among them.
        situations: Situation -> its other builds.
        peers: Name -> its builds.
        check: Of ``okrsite check``.
    """

    cold: list[Built]
    situations: dict[str, list[Built]]
    peers: dict[str, Runs]
    check: Runs

    @property
    def from_nothing(self) -> Runs:
        """With nothing cached."""
        return Runs([built.run for built in self.cold])

    def runs(self, situation: str) -> Runs:
        """Of a situation."""
        return Runs([built.run for built in self.situations[situation]])

    def count(self, situation: str, name: str) -> int | None:
        """What the last build of a situation did how often; None where it does not tell."""
        return self.situations[situation][-1].counts.get(name)


def measured(portal: BenchPortal, peers: list[Peer], scratch: Path, scale: Scale) -> Measured:
    """Build everything, in turns."""
    with part("writing the portal"):
        portal.write(scale.pages)
    with part("okrsite: nothing cached"):
        cold = [portal.nothing_cached()]
    with part("writing the others' sources"):
        _write_sources(portal, peers, scratch)
    situations: dict[str, list[Built]] = {name: [] for name in _SITUATIONS}
    others: dict[str, list] = {peer.name: [] for peer in peers}
    checks = []
    for turn in range(scale.rounds):
        for peer in peers:
            if turn and peer.name == _ONCE:
                continue
            peer.clean(scratch / peer.name)
            with part(peer.name):
                others[peer.name].append(measure(peer.build(), scratch / peer.name))
        if turn:
            with part("okrsite: nothing cached"):
                cold.append(portal.nothing_cached())
        changes = (portal.check_in_added, portal.theme_changed, portal.next_day)
        builds = (portal.charts_cached, portal.nothing_changed, portal.site_deleted, *changes)
        for name, build in zip(_SITUATIONS, builds, strict=True):
            with part(f"okrsite: {name}"):
                situations[name].append(build())
        with part("okrsite: check"):
            checks.append(portal.check())
    return Measured(cold, situations, {name: Runs(runs) for name, runs in others.items()}, Runs(checks))


def _write_sources(portal: BenchPortal, peers: list[Peer], scratch: Path) -> None:
    """The pages of a portal that was built, for each of the others in a folder of its name."""
    pages, around = list(goal_pages(portal.site)), frame(portal.site)
    for peer in peers:
        peer.write(scratch / peer.name, pages, around)


def build_lines(found: Measured) -> Iterator[Line]:
    """The budgets of builds."""
    hugo = found.peers["Hugo"].seconds

    def against(what: str, budget: str, seconds: float, times: float, also: float = 0, said: str = "") -> Line:
        kept = seconds <= times * hugo and (not also or seconds <= also)
        return Line(what, budget, f"{seconds:.2f} s{said}", f"{seconds / hugo:.2f} x Hugo", kept)

    def counted(situation: str, **names: str) -> str:
        told = ((found.count(situation, name), words) for name, words in names.items())
        return "".join(f", {count:,} {words}" for count, words in told if count is not None)

    again = found.runs("site deleted").seconds
    yield against("cold build, `.okrsite/` kept, as in CI", "<= 0.5 x Hugo", again, 0.5)
    yield against("cold build, only charts cached", "<= 0.5 x Hugo", found.runs("charts cached").seconds, 0.5)
    drawn = f", {found.cold[0].counts['charts_drawn']:,} charts drawn"
    yield against("cold build, nothing cached", "<= 5 x Hugo", found.from_nothing.seconds, 5, said=drawn)
    said = counted("the next day", written="files written", charts_drawn="charts drawn")
    yield against("the next day", "<= 0.5 x Hugo", found.runs("the next day").seconds, 0.5, said=said)
    unchanged = found.runs("nothing changed").seconds
    ratio = f"{unchanged / hugo:.2f} x Hugo"
    yield Line("nothing changed", "<= 1 s", f"{unchanged:.2f} s", ratio, unchanged <= 1)
    said = counted("one check-in added", pages_made="pages made", written="files written")
    seconds = found.runs("one check-in added").seconds
    yield against("one check-in added", "<= 0.1 x Hugo and <= 1 s", seconds, 0.1, 1, said)
    said = counted("theme changed", pages_rendered="pages", charts_drawn="charts drawn", files_parsed="files parsed")
    seconds = found.runs("theme changed").seconds
    again = found.count("theme changed", "charts_drawn") or found.count("theme changed", "files_parsed")
    what, budget = "theme changed", "pages again, no chart drawn, no file parsed"
    yield Line(what, budget, f"{seconds:.2f} s{said}", f"{seconds / hugo:.2f} x Hugo", not again)
    yield Line("`check`, warm", "<= 1 s", f"{found.check.seconds:.2f} s", "", found.check.seconds <= 1)
    for what, budget, memory in (
        ("memory, charts cached", 600, found.runs("charts cached").memory),
        ("memory, nothing cached", 800, found.from_nothing.memory),
    ):
        other = memory / found.peers["Hugo"].memory
        yield Line(what, f"<= {budget} MB", f"{memory / 1e6:.0f} MB", f"{other:.2f} x Hugo", memory <= budget * 1e6)


def publish_line(portal: BenchPortal, scratch: Path) -> Line:
    """What publishing a changed goal takes, with its build, and what it adds on the disk."""
    target = scratch / "published"
    with part("okrsite publish: the first snapshot"):
        portal.publish(target)
    before = on_disk(target)
    portal.commit_check_in()
    with part("okrsite publish: one check-in committed"):
        seconds = portal.publish(target).seconds
    growth = (on_disk(target) - before) / 1e6
    said = f"{seconds:.2f} s with its build, {growth:.1f} MB"
    return Line("`publish` of one changed goal", "<= 2 s, <= 1 MB", said, "", seconds <= 2 and growth <= 1)


def start_line(folder: Path) -> Line:
    """How long ``okrsite --help`` takes."""
    runs = Runs([measure([*OKRSITE, "--help"], folder) for _ in range(7)])
    return Line("import and `--help`", "<= 0.2 s", f"{runs.seconds:.2f} s", "", runs.seconds <= 0.2)


def growth_lines(sizes: tuple[int, ...], pages: int, found: Measured, scratch: Path) -> Iterator[Line]:
    """Whether larger portals cost more a page; the size that was measured already is not built again."""

    def cost(size: int) -> float:
        if size == pages:
            return 1000 * found.runs("charts cached").cpu / size
        with part(f"okrsite: {size:,} pages, built twice"):
            return growth.cost(size, scratch).milliseconds

    for less, more in pairwise((size, cost(size)) for size in sizes):
        ratio = more[1] / less[1]
        said = f"{less[1]:.2f} -> {more[1]:.2f} CPU ms a page"
        yield Line(f"{less[0]:,} -> {more[0]:,} goal pages", "<= 1.3 x a page", said, f"{ratio:.2f} x", ratio <= 1.3)


def shape_lines(names: tuple[str, ...], factor: float, scratch: Path) -> Iterator[Line]:
    """Whether unusual shapes cost what their size says."""
    for found in shapes.grown(list(names), factor, scratch):
        said = f"{found.seconds[0]:.2f} -> {found.seconds[1]:.2f} CPU s"
        what = f"{found.sizes[0]:,} -> {found.sizes[1]:,} {found.what}"
        yield Line(what, f"linear: <= {1.3 * shapes.LARGER:.1f} x", said, f"{found.ratio:.1f} x", found.is_linear)


def search_line(entries: int) -> Line:
    """The size of the search's index, and when it answers."""
    with part("search in Chromium"):
        found = search.measured([entries])[entries]
    said = f"{found['gzipped']:.0f} KB gzipped, first result {found['ready']:.0f} ms after it arrives"
    kept = found["gzipped"] <= 500 and found["ready"] <= 100
    return Line(f"search, {entries:,} entries", "<= 500 KB gzipped, <= 100 ms", said, "", kept)


def serve_lines(portal: BenchPortal, pages: int, peers: list[Peer], scratch: Path, edits: int) -> Iterator[Line]:
    """When a saved file is on the screen."""
    with part(f"okrsite serve, {pages:,} pages"):
        own = serving.okrsite_shown(portal, edits).median
    served = {}
    for peer in peers:
        if peer.name != _ONCE:
            with part(f"{peer.name}'s server, {pages:,} pages"):
                served[peer.name] = serving.peer_shown(peer, scratch / peer.name, edits).median
    said = "".join(f", {name} {seconds:.2f} s" for name, seconds in served.items())
    ratio = f"{own / served['Hugo']:.2f} x Hugo"
    yield Line(f"`serve`: saved until shown, {pages:,}", "<= 0.3 s", f"{own:.2f} s{said}", ratio, own <= 0.3)


def peer_table(found: Measured, peers: list[Peer], pages: int) -> str:
    """What other generators took, and okrsite beside them."""
    head = ("generator", "pages", "seconds, median", "least", "CPU seconds", "MB at most")
    runs = {
        **{f"{peer.name} {peer.version()}": found.peers[peer.name] for peer in peers},
        **{f"okrsite, {situation}": found.runs(situation) for situation in _SITUATIONS},
        "okrsite, nothing cached": found.from_nothing,
    }
    rows = (
        (name, f"{pages:,}", f"{one.seconds:.2f}", f"{one.least:.2f}", f"{one.cpu:.2f}", f"{one.memory / 1e6:.0f}")
        for name, one in runs.items()
    )
    return tables.table(head, rows)


_GIVEN = """\
The other generators are given the pages of units, objectives and KPIs that okrsite made of the portal: what stands in
`<main>`, with headings, paragraphs and lists as Markdown, and tables and SVG as HTML in the text, which all three let
through. Around it is the same template, okrsite's header, menu and footer. Their output has the same words, tables and
drawings. They make nothing else: no home page, no lists, no feeds, no map of the site; MkDocs' theme is one file.

okrsite makes the same pages from YAML, Markdown and CSV files, which it validates; it scores, applies the rules, reads
the history from git and draws the charts. Beside them it makes a page for each unit in each cycle and for each owner,
overviews, the search's index, feeds, `okrs.json` and `okrs.csv`, and data for the large view of each chart.
"""


def measure_all(scale: Scale) -> str:
    """Measure everything; the text of RESULTS.md."""
    BENCH.mkdir(exist_ok=True)
    peers = installed()
    with tempfile.TemporaryDirectory(dir=BENCH) as name:
        scratch = Path(name)
        portal = BenchPortal(scratch / "portal")
        found = measured(portal, peers, scratch, scale)
        others = peer_table(found, peers, scale.pages)
        print()

        def lines() -> Iterator[Line]:
            yield from build_lines(found)
            yield publish_line(portal, scratch)
            yield start_line(scratch)
            for size in scale.served:
                yield from _served(portal, size, peers, scratch, scale)
            yield from growth_lines(scale.growth, scale.pages, found, scratch)
            yield from shape_lines(scale.shapes, scale.factor, scratch)
            yield search_line(10_000)

        budgets = tables.table(_HEAD, (line.cells for line in lines()), left=2)
    rounds = f"{scale.rounds} rounds, in which all take turns, {_ONCE} in the first only; seconds are medians"
    if scale.rounds == 1:
        rounds = "one round, in which all take turns"
    return (
        f"# Results\n\nWritten by `make bench`: {scale.pages:,} goal pages, {rounds}. Every figure is of whole "
        f"processes, their memory what all of them have together.\n\n{machine()}.\n\n{versions()}.\n\n"
        f"## Budgets\n\n{budgets}\n\n## Other generators\n\n{others}\n\n{_GIVEN}"
    )


def _served(portal: BenchPortal, size: int, peers: list[Peer], scratch: Path, scale: Scale) -> Iterator[Line]:
    """For a size of its own, its own portal and sources."""
    if size == scale.pages:
        yield from serve_lines(portal, size, peers, scratch, scale.edits)
        return
    folder = scratch / f"served-{size}"
    other = BenchPortal(folder / "portal")
    with part(f"okrsite: {size:,} pages, nothing cached"):
        other.write(size)
        other.nothing_cached()
        _write_sources(other, peers, folder)
    yield from serve_lines(other, size, peers, folder, scale.edits)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description="Measure every budget, beside other generators.")
    parser.add_argument("--quick", action="store_true", help="1,000 goal pages, in under five minutes")
    parser.add_argument("--rounds", type=int, help="how often each build is measured")
    parser.add_argument("--largest", type=int, metavar="PAGES", help="leave out the growth to larger portals")
    parser.add_argument("--output", type=Path, default=RESULTS, help="default: benchmarks/RESULTS.md")
    given = parser.parse_args()
    scale = QUICK if given.quick else FULL
    if given.rounds:
        scale = replace(scale, rounds=given.rounds)
    if given.largest:
        scale = replace(scale, growth=tuple(size for size in scale.growth if size <= given.largest))
    print(f"{machine()}\n", flush=True)
    with part("all of it"):
        text = measure_all(scale)
    given.output.write_text(text, "utf-8")
    print(f"\nwritten to {given.output}")


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(str(error))

"""Where pages are made: plans come in, files go out. The same plans give the same files in any process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from okrsite.charts import Counts
from okrsite.reads import Way, recording, ways_to
from okrsite.site import addresses
from okrsite.site.page import Material, PagePlan
from okrsite.site.rendering import PageRenderer

TOGETHER = 64
"""How many pages are made at a time: they are held in memory, so that their charts can be drawn together."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of some plans.

    Attributes:
        files: Each page's file, relative to the site's folder, and what it holds; in the order of the plans.
        charts: The names of the templates of the charts on each page.
        reads: What was read for each page; None of one that has to be made again in any case.
        counts: Which charts were drawn anew, or found in the cache.
        failures: What could not be drawn.
    """

    files: tuple[tuple[str, bytes], ...]
    charts: tuple[tuple[str, ...], ...]
    reads: tuple[frozenset[Way] | None, ...]
    counts: Counts
    failures: tuple[str, ...]


class Workshop:
    """Makes pages of one portal.

    Args:
        material: What they are made of.
        renderer: Lays them out.
    """

    def __init__(self, material: Material, renderer: PageRenderer) -> None:
        self.material = material
        self.renderer = renderer

    def make(self, plans: Sequence[PagePlan]) -> Made:
        """The files of some pages; what was drawn for them stands in what is returned, and nowhere else."""
        charts, failures = self.renderer.charts, self.renderer.failures
        first = len(failures)
        with charts.counting() as counts:
            pages, reads = [], []
            for plan in plans:
                with recording() as places:
                    pages.append(plan.page(self.material))
                reads.append(places)
            charts.prepare(chart for page in pages for chart in page.charts)
            files, sound = [], []
            for page, places in zip(pages, reads, strict=True):
                before = len(failures)
                with recording() as more:
                    files.append((addresses.file_of(page.address), self.renderer.html(page).encode()))
                places.update(more)
                sound.append(len(failures) == before)
        failed = tuple(failures[first:])
        del failures[first:]
        return Made(
            files=tuple(files),
            charts=tuple(tuple(sorted({chart.template for chart in page.charts})) for page in pages),
            reads=tuple(ways_to(places) if kept else None for places, kept in zip(reads, sound, strict=True)),
            counts=counts,
            failures=failed,
        )

    def note(self, made: Made) -> None:
        """Count what was drawn, here or elsewhere, with what this workshop's renderer did itself."""
        self.renderer.charts.count(made.counts)
        self.renderer.failures += made.failures


def batches(plans: Sequence[PagePlan], hands: int = 1) -> Iterator[Sequence[PagePlan]]:
    """Plans, as many at a time as are made together; fewer, where all hands would not have some.

    Args:
        plans: Of the pages to be made.
        hands: How many batches there should be at least.
    """
    size = max(1, min(TOGETHER, -(-len(plans) // hands)))
    return (plans[first : first + size] for first in range(0, len(plans), size))

"""Where pages are made: plans come in, files go out. The same plans give the same files in any process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter

from okrsite.charts import Counts
from okrsite.frozen import frozen
from okrsite.reads import Way, recording, ways_to
from okrsite.site import addresses
from okrsite.site.freshness.numbering import Numbering, Read
from okrsite.site.layout.rendering import PageRenderer
from okrsite.site.making.along import make_along
from okrsite.site.output.sitefolder import Brought
from okrsite.site.pages.page import Material, PagePlan

TOGETHER = 24
"""How many pages are made at a time: enough for a process, and few enough for their files to be held in memory."""

_LOOKED_AT = 10_000
"""How many goals a process may have looked at for lists, before its memory is given back."""

_UNPACKED = 20_000
"""Bytes of kept goals that are unpacked, with all that pages make of them, in the time of a page."""


@frozen
class Made:
    """What came of some plans.

    Attributes:
        files: Each page's file, relative to the site's folder, and what it holds, or None where it was brought there;
            in the order of the plans.
        brought: Those that were, by name.
        charts: The names of the templates of the charts on each page.
        reads: What was read for each page; None of one that has to be made again in any case.
        parts: Those that were made for them, with what was read for each.
        ways: Those that were read, by the numbers that they have in this alone.
        named: The names of parts that were read, likewise.
        counts: Which charts were drawn anew, or found in the cache.
        failures: What could not be drawn.
    """

    files: tuple[tuple[str, bytes | None], ...]
    brought: Mapping[str, Brought]
    charts: tuple[tuple[str, ...], ...]
    reads: tuple[Read | None, ...]
    parts: tuple[tuple[str, Read, bytes], ...]
    ways: tuple[Way, ...]
    named: tuple[str, ...]
    counts: Counts
    failures: tuple[str, ...]


class Workshop:
    """Makes pages of one portal.

    Args:
        material: What they are made of.
        renderer: Lays them out.
        along: Whether what other files say of a unit is made along with its page.
        bring: Brings a page's file to what it should hold; None where the site's folder is not at hand.
    """

    def __init__(
        self,
        material: Material,
        renderer: PageRenderer,
        *,
        along: bool = False,
        bring: Callable[[str, bytes], Brought] | None = None,
    ) -> None:
        self.material = material
        self.renderer = renderer
        self._along = along
        self._bring = bring

    def make(self, plans: Sequence[PagePlan]) -> Made:
        """The files of some pages; what was drawn for them stands in what is returned, and nowhere else."""
        charts, failures = self.renderer.charts, self.renderer.failures
        first, numbering = len(failures), Numbering()
        with charts.counting() as counts:
            files, shown, reads, brought = [], [], [], {}
            for plan in plans:
                before = len(failures)
                with recording() as places:
                    page = plan.page(self.material)
                    html = self.renderer.html(page)
                name, content = addresses.file_of(page.address), html.encode()
                if self._bring is not None:
                    brought[name] = self._bring(name, content)
                files.append((name, None if name in brought else content))
                shown.append(tuple(sorted({chart.template for chart in page.charts})))
                reads.append(numbering.read(ways_to(places)) if len(failures) == before else None)
                if plan.unit and self._along:
                    make_along(self.material, self.renderer, plan.unit)
        failed = tuple(failures[first:])
        del failures[first:]
        newly = self.material.gallery.parts.newly()
        parts = tuple((each.name, numbering.read(each.reads), each.value) for each in newly)
        return Made(
            files=tuple(files),
            brought=brought,
            charts=tuple(shown),
            reads=tuple(reads),
            parts=parts,
            ways=tuple(numbering.ways),
            named=tuple(numbering.named),
            counts=counts,
            failures=failed,
        )

    def note(self, made: Made) -> None:
        """Count what was drawn, here or elsewhere, with what this workshop's renderer did itself."""
        self.renderer.charts.count(made.counts)
        self.renderer.failures += made.failures


def lists_each(goals: int) -> int:
    """How many lists a process makes, where each tells of about so many goals."""
    return max(1, _LOOKED_AT // max(1, goals))


def pages_worth(size: int) -> int:
    """How many pages are made in the time that each process needs to unpack goals of so many bytes."""
    return size // _UNPACKED


def batches(plans: Sequence[PagePlan], hands: int = 1) -> Iterator[Sequence[PagePlan]]:
    """Plans, as many at a time as are made together; fewer, where all hands would not have some.

    Pages that tell of very many goals take longest: each is a batch, and they come first. Others are sorted, so that
    the pages of a unit and of its goals are made together, of the same views; backwards, since what a unit is told of
    those below it has been made then.

    Args:
        plans: Of the pages to be made.
        hands: How many batches there should be at least.
    """
    yield from ([plan] for plan in plans if plan.is_list)
    some = sorted((plan for plan in plans if not plan.is_list), key=attrgetter("address"), reverse=True)
    size = max(1, min(TOGETHER, -(-len(plans) // hands)))
    yield from (some[first : first + size] for first in range(0, len(some), size))

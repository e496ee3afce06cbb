"""Pages made in rounds: those of goals first, since lists are made of parts that come along with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress, islice

from okrsite.crew import Crew
from okrsite.model import Portal
from okrsite.site.freshness.keptparts import KeptParts
from okrsite.site.freshness.lastbuild import LastBuild
from okrsite.site.making.workshop import Made, Workshop, batches, lists_each
from okrsite.site.pages.page import PagePlan

Round = tuple[Sequence[PagePlan], int | None]
"""Plans, and how many batches of them a worker should make; None for as many as there are."""


def rounds_of(plans: Sequence[PagePlan], portal: Portal) -> tuple[Round, ...]:
    """Plans in the order in which they are made: of goals, of all of them, of lists of some, of the rest."""
    of_goals = [plan.address.partition("/")[0] in portal.units for plan in plans]
    others = [plan for plan, of_goal in zip(plans, of_goals, strict=True) if not of_goal]
    of_some = [plan for plan in others if plan.is_list and not plan.is_of_all]
    return (
        (list(compress(plans, of_goals)), None),
        ([plan for plan in others if plan.is_of_all], lists_each(len(portal.objectives) + len(portal.kpis))),
        (of_some, lists_each(sum(plan.goals for plan in of_some) // max(1, len(of_some)))),
        ([plan for plan in others if not plan.is_list], None),
    )


class Rounds:
    """Has pages made.

    Attributes:
        charts: The names of the templates of the charts on those that were made.

    Args:
        crew: Who makes them.
        shop: Where they are made.
        parts: Takes the parts that they are made of.
        last: Takes what was read for them; None where nobody asks for it.
        beside: Other files, of which some are brought while others make the next pages.
    """

    def __init__(
        self,
        crew: Crew[Sequence[PagePlan], Made],
        shop: Workshop,
        parts: KeptParts,
        last: LastBuild | None,
        beside: Iterator[tuple[str, bytes]],
    ) -> None:
        self.charts: set[str] = set()
        self._crew = crew
        self._shop = shop
        self._parts = parts
        self._last = last
        self._beside = beside

    def made(self, some: Round) -> Iterator[tuple[str, bytes | None]]:
        """The files of one round, and others; without content those that hold what they should."""
        plans, life = some
        last = self._last
        for made in self._crew.work(batches(plans, self._crew.ahead), life):
            self._shop.note(made)
            if last is not None:
                last.take(made.brought)
            numbers = self._parts.take(made.parts, made.ways, made.named)
            for (name, content), read, shown in zip(made.files, made.reads, made.charts, strict=True):
                self.charts.update(shown)
                yield name, content
                if last is not None:
                    last.made(name, read and numbers.of(read), shown)
            yield from islice(self._beside, len(made.files))

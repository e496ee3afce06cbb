"""Who does the work: as few as get it done soonest."""

from __future__ import annotations

from collections.abc import Callable

from okrsite.crew.alone import Alone
from okrsite.crew.crew import Crew, CrewError, Kit, Result, Task
from okrsite.crew.fork import HAS_FORK, can_fork
from okrsite.crew.parcel import Parcel
from okrsite.crew.processes import Generations, NewProcesses, processors
from okrsite.frozen import frozen

WORTH_COPIES = 100
"""From how many pages on copies of this process gain more than they cost, which is about a twentieth of a second."""

WORTH_NEW_ONES = 600
"""The same of new processes: each loads everything and gets the portal, in two seconds or more."""

SCHEME = "dask://"


@frozen
class Hands:
    """Who may be asked to work.

    Attributes:
        jobs: How many processes on this machine, this one alone for 1; 0 for as many as there are processors, where
            there is enough to do.
        cluster: The address of a Dask scheduler, as ``HOST:PORT``; empty for this machine.
    """

    jobs: int = 0
    cluster: str = ""

    @property
    def may_copy(self) -> bool:
        """Whether copies of this process may be made, should there be enough to do."""
        return not self.cluster and self.may_share(WORTH_COPIES)

    def may_share(self, amount: int, again: int = 0) -> bool:
        """Whether others than this process may be asked to make so many things.

        Args:
            amount: How many.
            again: How many could be made in the time that each process needs for what every other has to do, too.
        """
        if self.cluster or self.jobs > 1:
            return amount > 0
        return self.jobs == 0 and amount - again >= WORTH_COPIES and processors() > 1


AS_NEEDED = Hands()
"""As many processes as are worth it."""

ALONE = Hands(1)
"""This process alone."""


def crew_of(
    hands: Hands, amount: int, do: Callable[[Task], Result], kit: Callable[[], Kit], again: int = 0
) -> Crew[Task, Result]:
    """Engage a crew.

    Args:
        hands: Who may be asked.
        amount: About how many things are to be made.
        do: The work on one task, in this process or a copy of it.
        kit: Packs what workers elsewhere need.
        again: As of `Hands.may_share`.

    Raises:
        CrewError: The cluster is not there or not fit, or what is needed cannot be packed.
    """
    if not amount:
        return Alone(do)
    if hands.cluster:
        from okrsite.crew.cluster import Cluster  # noqa: PLC0415 - needs an extra

        return Cluster(hands.cluster, Parcel(kit()))
    number = min(hands.jobs or processors(), amount)
    forked = can_fork()
    if number == 1 or not (hands.jobs or amount - again >= (WORTH_COPIES if forked else WORTH_NEW_ONES)):
        return Alone(do)
    if forked:
        return Generations(number, do)
    if not hands.jobs and HAS_FORK:
        return Alone(do)  # with threads: part of another program
    try:
        return NewProcesses(number, Parcel(kit()).open)
    except CrewError:
        return Alone(do)

"""From what content calls a goal to the goal's full id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from okrsite.content.syntax.log import ProblemLog
from okrsite.content.syntax.wording import did_you_mean, shown
from okrsite.model import Source

_MAX_HINTS = 20
_MAX_COMPARED = 5_000


class References:
    """Looks up references among the ids that exist.

    Args:
        ids: All ids that a reference may mean.
        broken: Ids below which something could not be read: what they should hold is not reported as missing too.
        log: Takes the problems.
        others: Ids of what a reference cannot mean, and what they are, e.g. ``a unit``.
    """

    def __init__(
        self, ids: Collection[str], broken: Collection[str], log: ProblemLog, others: Mapping[str, str] | None = None
    ) -> None:
        self.ids = ids
        self.broken = broken
        self.log = log
        self.others = others or {}
        self.hints = 0
        self.asker = ""
        """For whose sake ids are looked up now: a unit's id."""
        self.asked: defaultdict[str, set[str]] = defaultdict(set)
        """Who asked -> every id that was looked up, whether it is there or not."""
        self.lost: set[str] = set()
        """Who asked for something and did not get it."""

    def matches(self, reference: str, starts: Sequence[str]) -> list[str]:
        """Every id that a reference can mean: itself if it is full, else those inside the starts."""
        asked = self.asked[self.asker]
        asked.add(reference)
        if reference in self.ids:
            return [reference]
        possible = candidates(reference, starts)
        asked.update(possible)
        return [id for id in possible if id in self.ids]

    def find(self, reference: str, starts: Sequence[str], place: Source, what: str) -> str | None:
        """The full id of a reference, or None with the problem noted.

        Args:
            reference: As the content has it.
            starts: What a short reference may start inside, e.g. ``acme/it/2026-Q1``; each once.
            place: Where it stands.
            what: What is looked for, e.g. ``key result``.
        """
        found = self.matches(reference, starts)
        if len(found) == 1:
            return found[0]
        self.lost.add(self.asker)
        if found:
            message = f"{shown(reference)} could mean {' or '.join(found)}"
            self.log.add("OKR303", place, message, "write the full id of the one you mean")
        elif reference in self.others or not any(self.is_broken(id) for id in candidates(reference, starts)):
            message = f"there is no {what} {shown(reference)}"
            if reference in self.others:
                article = "an" if what.startswith("o") else "a"
                message = f"{shown(reference)} is {self.others[reference]}, not {article} {what}"
            self.log.add("OKR302", place, message, self._near(reference, starts))
        return None

    def is_broken(self, id: str) -> bool:
        """Whether an id is, or stands below, something that could not be read."""
        while id:
            if id in self.broken:
                return True
            id = id.rpartition("/")[0]
        return False

    def _near(self, reference: str, starts: Sequence[str]) -> str:
        """A hint; comparing costs time, so only the first few get the nearest id."""
        self.hints += 1
        if self.hints <= _MAX_HINTS:
            ending = next((id for id in islice(self.ids, _MAX_COMPARED) if id.endswith(f"/{reference}")), None)
            if ending is not None:
                return f"did you mean '{ending}'?"
            near = []
            for id in islice(self.ids, _MAX_COMPARED):
                short = next((id[len(start) + 1 :] for start in starts if id.startswith(f"{start}/")), None)
                near += [id] if short is None else [short, id]
            hint = did_you_mean(reference, near)
            if hint.startswith("did"):
                return hint
        return "write a full id such as acme/it/2026-Q1/reliability, or the end of one in the same unit and cycle"


def candidates(reference: str, starts: Sequence[str]) -> list[str]:
    """Every id that a reference could be: itself, or inside one of its starts."""
    return [reference, *[f"{start}/{reference}" for start in starts]]

"""From what content calls a goal to the goal's full id."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice

from okrsite.content.log import ProblemLog
from okrsite.content.validation import did_you_mean
from okrsite.model import Source

_MAX_HINTS = 20
_MAX_COMPARED = 5_000


class References:
    """Looks up references among the ids that exist.

    Args:
        ids: All ids that a reference may mean.
        log: Takes the problems.
    """

    def __init__(self, ids: Collection[str], log: ProblemLog) -> None:
        self.ids = ids
        self.log = log
        self.hints = 0
        self.broken: list[str] = []
        """Prefixes of ids that could not be read: what they should hold is not reported as missing too."""

    def find(self, reference: str, starts: Iterable[str], place: Source, what: str) -> str | None:
        """The full id of a reference, or None with the problem noted.

        Args:
            reference: As the content has it.
            starts: What a short reference may start inside, e.g. ``acme/it/2026-Q1``.
            place: Where it stands.
            what: What is looked for, e.g. ``key result``.
        """
        starts = list(starts)
        candidates = dict.fromkeys([reference, *(f"{start}/{reference}" for start in starts)])
        found = [id for id in candidates if id in self.ids]
        if len(found) == 1:
            return found[0]
        if found:
            self.log.add(
                "OKR303",
                place,
                f"'{reference}' could mean {' or '.join(found)}",
                "write the full id of the one you mean",
            )
        elif not any(id.startswith(broken) for id in candidates for broken in self.broken):
            self.log.add("OKR302", place, f"there is no {what} '{reference}'", self._near(reference, starts))
        return None

    def _near(self, reference: str, starts: list[str]) -> str:
        """A hint; comparing costs time, so only the first few get the nearest id."""
        self.hints += 1
        if self.hints <= _MAX_HINTS:
            near = set()
            for id in islice(self.ids, _MAX_COMPARED):
                short = next((id[len(start) + 1 :] for start in starts if id.startswith(f"{start}/")), None)
                near.add(id if short is None else short)
            hint = did_you_mean(reference, near)
            if hint.startswith("did"):
                return hint
        return "write a full id, or one that starts inside the own unit and cycle"

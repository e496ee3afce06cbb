"""What roll-ups are made of, and an order in which it is computed before it is asked for."""

from __future__ import annotations

from collections.abc import Container, Iterator

from okrsite.model import KeyResult, Objective, Portal


def supporting(portal: Portal, kr: KeyResult) -> list[Objective]:
    """The objectives that a roll-up is the mean of: those that roll up and support it; none for other kinds."""
    if kr.kind != "rollup":
        return []
    return [objective for objective in portal.supporters.get(kr.id, ()) if objective.rolls_up]


def feeding(portal: Portal, objective: Objective, known: Container[str]) -> Iterator[Objective]:
    """The objectives that an objective's roll-ups are made of, and what these are made of: that first, each once.

    Linear in the number of objectives and links, and without recursion: chains may be of any length. A portal has no
    loops, so that every objective's turn comes.

    Args:
        portal: The portal.
        objective: What they feed; it is not among them.
        known: The ids of those that need no turn. Whoever walks the order adds each before asking for the next.
    """
    waiting = [objective]
    while waiting:
        last = waiting[-1]
        before = [each for kr in last.key_results for each in supporting(portal, kr) if each.id not in known]
        if before and last.id not in known:
            waiting += before
            continue
        waiting.pop()
        if waiting and last.id not in known:
            yield last

"""What roll-ups are made of, and an order in which it is computed before it is asked for."""

from __future__ import annotations

from collections.abc import Container, Iterator

from okrsite.model import KeyResult, Objective, Portal


def supporting(portal: Portal, kr: KeyResult) -> list[Objective]:
    """The objectives that a roll-up is the mean of: those that roll up and support it; none for other kinds."""
    return [portal.objectives[id] for id in supporting_ids(portal, kr)]


def supporting_ids(portal: Portal, kr: KeyResult) -> list[str]:
    """The ids of the same."""
    if kr.kind != "rollup":
        return []
    return [id for id in portal.supporter_ids.get(kr.id, ()) if portal.rolls_up[id]]


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


def is_shallow(portal: Portal, most: int) -> bool:
    """Whether no chain of objectives that support one another has more than some number of steps."""
    below: dict[str, list[str]] = {}
    for id, supporters in portal.supporter_ids.items():
        supported = id if id in portal.objectives else id.rpartition("/")[0]
        below.setdefault(supported, []).extend(supporters)
    # Most chains end after a step: only those that go on are followed.
    going_on = {id: [each for each in supporters if each in below] for id, supporters in below.items()}
    reached = set(below)
    for _ in range(most):
        if not reached:
            break
        reached = {each for id in reached for each in going_on[id]}
    return not reached

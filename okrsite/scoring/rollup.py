"""What roll-ups are made of, and an order in which it is computed before it is asked for."""

from __future__ import annotations

from collections import defaultdict

from okrsite.model import KeyResult, Objective, Portal


def supporting(portal: Portal, kr: KeyResult) -> list[Objective]:
    """The objectives that a roll-up is the mean of: those that roll up and support it; none for other kinds."""
    if kr.kind != "rollup":
        return []
    return [objective for objective in portal.supporters.get(kr.id, ()) if objective.rolls_up]


def evaluation_order(portal: Portal) -> list[Objective]:
    """All objectives, those that support a roll-up key result before the objective that has it.

    Linear in the number of objectives and links, and without recursion: chains may be of any length. A portal has no
    loops, so that every objective's turn comes.
    """
    waits_for: defaultdict[str, int] = defaultdict(int)
    feeds: defaultdict[str, list[Objective]] = defaultdict(list)
    for objective in portal.objectives.values():
        for kr in objective.key_results:
            for supporter in supporting(portal, kr):
                feeds[supporter.id].append(objective)
                waits_for[objective.id] += 1
    order = [objective for objective in portal.objectives.values() if objective.id not in waits_for]
    for objective in order:  # grows while it is walked
        for fed in feeds.get(objective.id, ()):
            waits_for[fed.id] -= 1
            if not waits_for[fed.id]:
                order.append(fed)
    return order

"""Finds rings of goals that support each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def find_loops(edges: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Rings in a directed graph, each once, as the ids along it; every ring's first id is repeated at its end.

    A depth-first search without recursion: linear in nodes and edges. Where rings share nodes, at least one of them is
    given, so a graph without a result has none.
    """
    loops = []
    place: dict[str, int | None] = {}  # where a node is on the path; None once it is done with
    for root in edges:
        if root in place:
            continue
        path = [root]
        place[root] = 0
        waiting = [iter(edges.get(root, ()))]
        while waiting:
            following = next(waiting[-1], None)
            if following is None:
                waiting.pop()
                place[path.pop()] = None
            elif following not in place:
                place[following] = len(path)
                path.append(following)
                waiting.append(iter(edges.get(following, ())))
            elif (start := place[following]) is not None:
                loops.append([*path[start:], following])
    return loops

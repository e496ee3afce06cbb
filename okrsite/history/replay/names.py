"""What goals are called by now: whatever was said of a goal follows it, and what is below it, to its next id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class _Node:
    """A part of an id, what is below it, and what was said of the goal that it ends at."""

    __slots__ = ("below", "said")

    def __init__(self) -> None:
        self.below: dict[str, _Node] = {}
        self.said: list[int] = []

    def take(self, other: _Node) -> None:
        """Take over all that another node has."""
        waiting = [(self, other)]
        while waiting:
            to, since = waiting.pop()
            to.said += since.said
            for part, node in since.below.items():
                if part in to.below:
                    waiting.append((to.below[part], node))
                else:
                    to.below[part] = node


class Names:
    """Numbers by the ids of goals, whose ids change."""

    def __init__(self) -> None:
        self._top = _Node()

    def note(self, id: str, number: int) -> None:
        """Say something of the goal that has an id now."""
        self._node(id).said.append(number)

    def turn(self, ids: Mapping[str, str]) -> None:
        """Give goals other ids, all at once.

        Args:
            ids: Their ids until now -> those from now on. What is below one and has no entry of its own goes with it.
        """
        taken = []
        for former in sorted(ids, key=lambda each: (-each.count("/"), each)):
            above, _, part = former.rpartition("/")
            node = self._node(above).below.pop(part, None) if above else self._top.below.pop(part, None)
            if node is not None:
                taken.append((ids[former], node))
        for now, node in taken:
            self._node(now).take(node)

    def all(self) -> Iterator[tuple[str, list[int]]]:
        """Every id that something was said of, with it."""
        waiting = [("", self._top)]
        while waiting:
            id, node = waiting.pop()
            if node.said:
                yield id, node.said
            waiting += [(f"{id}/{part}" if id else part, below) for part, below in node.below.items()]

    def _node(self, id: str) -> _Node:
        node = self._top
        for part in id.split("/"):
            if part not in node.below:
                node.below[part] = _Node()
            node = node.below[part]
        return node

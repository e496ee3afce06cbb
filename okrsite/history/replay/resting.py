"""Units whose files are not looked at again before somebody asks for what they may say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from okrsite.frozen import frozen

_OWN_PARTS = 2
_BELOW_UNIT = 3  # parts of an id that follow its unit's, at most: cycle, objective and key result


@frozen
class Resting:
    """A unit's files as they were left.

    Attributes:
        files: Name below the unit's folder -> the blob of the version that counts.
        far: The references in them that may mean goals of units that are not above what is meant.
    """

    files: Mapping[str, str]
    far: Sequence[str]


class Asleep:
    """Units that rest, by the ids of goals that they may say something of.

    Args:
        units: By id; empty for the files that are in no unit's folder.
    """

    def __init__(self, units: Mapping[str, Resting]) -> None:
        self.units = dict(units)
        """Those whose goals are not built yet."""
        self.unnamed = dict(units)
        """Those of which not even the ids of their goals are known."""
        self._far: defaultdict[str, list[str]] = defaultdict(list)
        for id, resting in units.items():
            for reference in resting.far:
                self._far[reference].append(id)

    def having(self, id: str) -> list[str]:
        """Those that may have a goal, or be it."""
        return [unit for unit in _above(id) if unit in self.units]

    def naming(self, id: str) -> list[str]:
        """Those that may have a goal, or name it.

        A reference means its own text, or that inside something of its unit: of one or two parts only what has the unit
        among the last few parts of its id, and a longer one what ends with it.
        """
        found = dict.fromkeys(_above(id))
        for end in _ends(id):
            found.update(dict.fromkeys(self._far.get(end, ())))
        return [unit for unit in found if unit in self.units]

    def nameless(self, id: str) -> list[str]:
        """Those that may have a goal, and of which that is not known."""
        return [unit for unit in _above(id) if unit in self.unnamed]


def is_far(reference: str) -> bool:
    """Whether a reference may mean a goal of a unit that is not its file's."""
    return reference.count("/") >= _OWN_PARTS


def _above(id: str) -> Iterator[str]:
    """An id, and what is left of it without its last parts."""
    yield id
    for _ in range(_BELOW_UNIT):
        id = id.rpartition("/")[0]
        if not id:
            return
        yield id


def _ends(id: str) -> Iterator[str]:
    """An id, and what is left of it without its first parts."""
    while id:
        yield id
        id = id.partition("/")[2]

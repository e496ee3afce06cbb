"""What a push moves, as git tells its hooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from okrsite.frozen import frozen

_BRANCHES = "refs/heads/"


@frozen
class Update:
    """A branch or tag that a push moves.

    Attributes:
        old: The commit that it was at; empty for a new one.
        new: The commit that it is at now; empty for one that is deleted.
        ref: Its full name.
    """

    old: str
    new: str
    ref: str


def updates(lines: Iterable[str]) -> Iterator[Update]:
    """What a push moves.

    Args:
        lines: Git's: old commit, new commit and name each, where no commit is all zeros.
    """
    for line in lines:
        old, _, rest = line.rstrip("\n").partition(" ")
        new, _, ref = rest.partition(" ")
        if ref:
            yield Update(old.strip("0") and old, new.strip("0") and new, ref)


def update_of(branch: str, lines: Iterable[str]) -> Update | None:
    """What a push does to one branch; None where that is none of those it moves."""
    return next((each for each in updates(lines) if each.ref == _BRANCHES + branch), None)

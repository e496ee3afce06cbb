"""Has readers see an earlier snapshot again: the later ones are withdrawn, and stay at their addresses."""

from __future__ import annotations

from okrsite.frozen import frozen
from okrsite.problems import OkrsiteError
from okrsite.publish.finding import find
from okrsite.publish.listing import read_versions, renew
from okrsite.publish.marks import restore, withdraw, withdrawn_since
from okrsite.publish.target import Target
from okrsite.publish.versions import Compare, Version, Versions


@frozen
class RolledBack:
    """What a rollback did, or would do.

    Attributes:
        before: What readers saw as the newest; None for nothing.
        newest: What they see now.
        withdrawn: What was passed over, the newest first.
        restored: What is passed over no more, likewise.
    """

    before: Version | None
    newest: Version
    withdrawn: tuple[Version, ...]
    restored: tuple[Version, ...]


def roll_back(target: Target, name: str = "", compare: Compare | None = None, *, dry_run: bool = False) -> RolledBack:
    """Make a snapshot the newest that readers see.

    One that was withdrawn comes back, with what had been withdrawn along with it and is not later.

    Args:
        target: Where.
        name: The snapshot, as `find` takes it; empty for `Versions.before_newest`.
        compare: Tells what happened between two snapshots.
        dry_run: Only tell what would happen.

    Raises:
        OkrsiteError: There is no such snapshot, or none before the newest, or it came for a channel.
    """
    versions = read_versions(target)
    before = versions.newest
    chosen = find(versions, name) if name else _previous(versions)
    if chosen.is_draft:
        raise OkrsiteError(f"{chosen.id} was published for a channel only; publish its commit without --channel first.")
    listed = versions.listed
    place = listed.index(chosen)
    later = tuple(each for each in listed[:place] if not each.is_withdrawn)
    back: tuple[Version, ...] = ()
    if chosen.is_withdrawn:
        since = withdrawn_since(target, chosen.id)
        earlier = (each for each in listed[place:] if each.is_withdrawn)
        back = tuple(each for each in earlier if each is chosen or withdrawn_since(target, each.id) == since)
    if not dry_run and (later or back):
        for each in back:  # first: there is always one that can be the newest
            restore(target, each.id)
        for each in reversed(later):  # the newest last, so that what is the newest changes once
            withdraw(target, each.id, before.id if before else each.id)
        renew(target, compare)
    return RolledBack(before, chosen, later, back)


def _previous(versions: Versions) -> Version:
    if (previous := versions.before_newest) is not None:
        return previous
    raise OkrsiteError(
        "there is no snapshot before the newest to go back to."
        if versions.newest
        else "there is no snapshot: nothing has been published there yet."
    )

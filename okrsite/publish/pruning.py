"""Deletes the snapshots that the policy does not keep, the channels that are over, and what was left behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from okrsite.frozen import frozen
from okrsite.publish.listing import read_versions, renew
from okrsite.publish.marks import forget, remove_channel
from okrsite.publish.retention import Verdict, expired, grace_begins, verdicts
from okrsite.publish.target import Target
from okrsite.publish.versions import Compare, Versions
from okrsite.settings import PublishOptions

Report = Callable[[int, int], None]
"""Called with how much is done and how much there is to do."""


@frozen
class Pruned:
    """What pruning did, or would do.

    Attributes:
        verdicts: What became of each snapshot, the newest first.
        channels: The names of those that are over.
        leftovers: How many files or folders nothing needed any more; 0 in a dry run, which does not look.
        versions: What was there before.
    """

    verdicts: tuple[Verdict, ...]
    channels: tuple[str, ...]
    leftovers: int
    versions: Versions


def prune(
    target: Target,
    policy: PublishOptions,
    today: date,
    compare: Compare | None = None,
    report: Report | None = None,
    *,
    dry_run: bool = False,
) -> Pruned:
    """Delete what is not kept.

    It may be killed at any time: what is left then goes the next time.

    Args:
        target: Where.
        policy: What is kept.
        today: See `verdicts`.
        compare: Tells what happened between two snapshots: some get other neighbours.
        report: Told how many snapshots have been deleted.
        dry_run: Only tell what would happen.

    Raises:
        TargetError: The target failed.
    """
    versions = read_versions(target)
    over = expired(versions, today)
    found = verdicts(versions, policy, today, target.published)
    if dry_run:
        return Pruned(found, over, 0, versions)
    for name in over:
        remove_channel(target, name)
    gone = [each.version for each in found if not each.is_kept]
    for number, version in enumerate(reversed(gone), 1):  # the oldest first
        target.drop(version.id)
        forget(target, version.id, version.labels)
        if report is not None:
            report(number, len(gone))
    leftovers = target.clean(grace_begins(policy, today))
    if gone or over:
        renew(target, compare)
    return Pruned(found, over, leftovers, versions)

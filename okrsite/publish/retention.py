"""Which snapshots are kept, and why: a function of the list of versions, the portal's policy and a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from okrsite.frozen import frozen
from okrsite.publish.versions import Version, Versions
from okrsite.settings import PublishOptions

Why = Literal["newest", "before_newest", "label", "channel", "last", "day", "week", "cycle_end", "grace"]
PublishedAt = Callable[[str], datetime]
"""Tells when a snapshot came to the target, by its id. Asked where nothing else keeps it: it may take a request."""


@frozen
class Reason:
    """Why a snapshot is kept.

    Attributes:
        why: Which part of the policy keeps it.
        what: The label, the channel, the day, the week or the cycle; how many stay for ``last``; for ``grace`` the day
            from which on it may go.
    """

    why: Why
    what: str = ""


@frozen
class Verdict:
    """What becomes of a snapshot.

    Attributes:
        version: The snapshot.
        reasons: Why it is kept; none where it is not.
    """

    version: Version
    reasons: tuple[Reason, ...]

    @property
    def is_kept(self) -> bool:
        """Whether it stays."""
        return bool(self.reasons)


def verdicts(versions: Versions, policy: PublishOptions, today: date, published: PublishedAt) -> tuple[Verdict, ...]:
    """What becomes of each snapshot.

    Days and weeks count those that have snapshots, from the newest backwards. So a portal that rests for a while loses
    nothing, and neither does one with a commit whose clock was years ahead.

    Args:
        versions: What is at the target.
        policy: The portal's.
        today: From which on a channel's day of expiry and the time of grace are counted.
        published: See `PublishedAt`.

    Returns:
        In the order of the list, the newest first.
    """
    reasons: dict[str, list[Reason]] = {each.id: [] for each in versions.all}
    for id, reason in _reasons(versions, policy, today):
        if id in reasons:
            reasons[id].append(reason)
    for id, found in reasons.items():
        if not found and (until := _graced(published(id), policy)) > today:
            found.append(Reason("grace", until.isoformat()))
    return tuple(Verdict(each, tuple(reasons[each.id])) for each in versions.all)


def expired(versions: Versions, today: date) -> tuple[str, ...]:
    """The names of the channels that may go, sorted."""
    return tuple(sorted(name for name, each in versions.marks.channels.items() if each.expires <= today))


def grace_begins(policy: PublishOptions, today: date) -> datetime:
    """The moment after which whatever came to the target is in its time of grace."""
    return datetime.combine(today, time(), UTC) - timedelta(days=policy.grace_days)


def _graced(published: datetime, policy: PublishOptions) -> date:
    """The day from which on a snapshot is in its time of grace no more."""
    try:
        days = policy.grace_days + 1 if policy.grace_days else 0  # the first of them had begun before
        return published.astimezone(UTC).date() + timedelta(days=days)
    except OverflowError:  # a clock of the target that is very wrong
        return date.max


def _reasons(versions: Versions, policy: PublishOptions, today: date) -> Iterator[tuple[str, Reason]]:
    """Each snapshot that is kept, with each reason, the weightiest first."""
    current = [each for each in versions.listed if not each.is_withdrawn]
    if current:
        yield current[0].id, Reason("newest")
    if (before := versions.before_newest) is not None:
        yield before.id, Reason("before_newest")
    if policy.labelled:
        for each in versions.all:
            for label in each.labels:
                yield each.id, Reason("label", label)
    for name, channel in sorted(versions.marks.channels.items()):
        if channel.expires > today:
            yield channel.id, Reason("channel", name)
    for each in versions.listed[: policy.last]:
        yield each.id, Reason("last", str(policy.last))
    yield from _last_of_each(current, lambda each: each.as_of.isoformat(), "day", policy.days)
    yield from _last_of_each(current, _week, "week", policy.weeks)
    if policy.cycle_ends:
        with_cycle = [each for each in current if each.figures.cycle]
        yield from _last_of_each(with_cycle, lambda each: each.figures.cycle, "cycle_end", len(with_cycle))


def _week(version: Version) -> str:
    year, week, _ = version.as_of.isocalendar()
    return f"{year}-W{week:02}"


def _last_of_each(
    versions: Sequence[Version], of: Callable[[Version], str], why: Why, most: int
) -> Iterator[tuple[str, Reason]]:
    """The first in the list of each group, of as many groups as there may be."""
    seen: set[str] = set()
    for each in versions:
        if len(seen) >= most:
            return
        group = of(each)
        if group not in seen:
            seen.add(group)
            yield each.id, Reason(why, group)

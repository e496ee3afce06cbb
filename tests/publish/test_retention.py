"""Which snapshots the policy keeps: never the wrong ones, whatever the policy and the snapshots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from okrsite.publish.manifest import Figures
from okrsite.publish.marks import Channel, Marks
from okrsite.publish.retention import Why, expired, grace_begins, verdicts
from okrsite.publish.versions import Version, Versions, ordered
from okrsite.settings import PublishOptions

TODAY = date(2026, 6, 30)
NOTHING = PublishOptions(last=0, days=0, weeks=0, labelled=False, cycle_ends=False, grace_days=0)
Published = Mapping[str, datetime]


def version(count: int, as_of: date, *labels: str, line: int = 0, cycle: str = "", **more: bool) -> Version:
    """A snapshot of a commit so far in the history."""
    id = f"{as_of}-{line:03}{count:04}-00000000"
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Version(id, f"{line}-{count}", at, "", as_of, (line, count, as_of), Figures(cycle), labels, **more)


def of(*versions: Version, channels: Mapping[str, Channel] | None = None) -> Versions:
    """The list of these."""
    return Versions(tuple(ordered(versions)), Marks(channels=channels or {}))


def kept(versions: Versions, policy: PublishOptions, published: Published | None = None) -> dict[str, list[Why]]:
    """Why each that is kept is; without anything said, all were published long ago."""
    at = published or {}
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    found = verdicts(versions, policy, TODAY, lambda each: at.get(each, long_ago))
    assert [each.version for each in found] == list(versions.all)
    return {each.version.id: [reason.why for reason in each.reasons] for each in found if each.is_kept}


DAYS = st.dates(date(2025, 11, 1), date(2026, 6, 30))


@st.composite
def lists(draw: st.DrawFn) -> tuple[Versions, Published]:
    """Any list of versions, and when its snapshots were published."""
    drawn = draw(
        st.lists(
            st.builds(
                version,
                st.integers(1, 12),
                DAYS,
                line=st.integers(0, 1),
                cycle=st.sampled_from(["", "2026-Q1", "2026-Q2"]),
                is_draft=st.booleans(),
                is_withdrawn=st.booleans(),
            ),
            max_size=25,
            unique_by=lambda each: each.id,
        )
    )
    labelled = [replace(each, labels=("label",)) if draw(st.booleans()) else each for each in drawn]
    channels = {}
    if labelled:
        shown = draw(st.sampled_from(labelled))
        channels["a"] = Channel("a", shown.id, draw(st.dates(date(2026, 6, 1), date(2026, 7, 31))))
    published = {each.id: datetime.combine(draw(DAYS), datetime.min.time(), UTC) for each in labelled}
    return of(*labelled, channels=channels), published


COUNTS = st.integers(0, 12)
POLICIES = st.builds(
    PublishOptions,
    last=COUNTS,
    days=COUNTS,
    weeks=COUNTS,
    labelled=st.booleans(),
    cycle_ends=st.booleans(),
    grace_days=COUNTS,
)


@given(lists(), POLICIES)
def test_what_is_needed_stays(given: tuple[Versions, Published], policy: PublishOptions) -> None:
    """The newest, the one before it, and what a channel shows are kept by any policy; labelled ones if it says so."""
    versions, published = given
    ids = kept(versions, policy, published)
    current = [each.id for each in versions.listed if not each.is_withdrawn]
    assert {*current[:2]} <= {*ids}
    assert {each.id for each in versions.marks.channels.values() if each.expires > TODAY} <= {*ids}
    if policy.labelled:
        assert {each.id for each in versions.all if each.labels} <= {*ids}


@given(lists(), POLICIES, POLICIES)
def test_more_generous_never_drops_more(
    given: tuple[Versions, Published], one: PublishOptions, other: PublishOptions
) -> None:
    """A policy that keeps at least as much in every part keeps at least the same snapshots."""
    versions, published = given
    both = PublishOptions(
        last=max(one.last, other.last),
        days=max(one.days, other.days),
        weeks=max(one.weeks, other.weeks),
        labelled=one.labelled or other.labelled,
        cycle_ends=one.cycle_ends or other.cycle_ends,
        grace_days=max(one.grace_days, other.grace_days),
    )
    assert {*kept(versions, one, published), *kept(versions, other, published)} <= {*kept(versions, both, published)}


@given(lists(), POLICIES)
def test_pruning_twice_drops_nothing_more(given: tuple[Versions, Published], policy: PublishOptions) -> None:
    """What is kept is kept again when the rest is gone, and for the same reasons."""
    versions, published = given
    first = kept(versions, policy, published)
    left = replace(versions, all=tuple(each for each in versions.all if each.id in first))
    assert kept(left, policy, published) == first


@given(lists(), POLICIES)
def test_time_alone_brings_nothing_back(given: tuple[Versions, Published], policy: PublishOptions) -> None:
    """A day later nothing is kept that was not kept before."""
    versions, published = given
    later = verdicts(versions, policy, TODAY + timedelta(days=1), published.__getitem__)
    assert {each.version.id for each in later if each.is_kept} <= {*kept(versions, policy, published)}


def test_last_days_and_weeks() -> None:
    """Each part keeps the last of its groups, counted over days and weeks that have snapshots."""
    monday = date(2026, 6, 1)
    days = [monday + timedelta(days=each) for each in (0, 0, 1, 8, 8, 15)]  # three weeks
    made = [version(count, day) for count, day in enumerate(days, 1)]
    ids = [each.id for each in made]
    assert [*kept(of(*made), NOTHING)] == [ids[5], ids[4]]  # the newest, and what a rollback leads to
    assert [*kept(of(*made), replace(NOTHING, last=3))] == [ids[5], ids[4], ids[3]]
    assert [*kept(of(*made), replace(NOTHING, days=4))] == [ids[5], ids[4], ids[2], ids[1]]
    assert kept(of(*made), replace(NOTHING, weeks=9))[ids[2]] == ["week"]
    assert [*kept(of(*made), replace(NOTHING, weeks=9))] == [ids[5], ids[4], ids[2]]


def test_a_clock_that_was_ahead_costs_nothing() -> None:
    """A commit dated years ahead takes the place of one day, and does not push all others out."""
    made = [version(count, date(2026, 6, count)) for count in range(1, 11)]
    strange = version(11, date(2099, 1, 1))
    assert len(kept(of(*made, strange), replace(NOTHING, days=9))) == 9


def test_cycles_end_for_good() -> None:
    """The last snapshot of each cycle stays, however long ago; a withdrawn one is not the last of anything."""
    made = [
        version(1, date(2026, 3, 1), cycle="2026-Q1"),
        version(2, date(2026, 3, 31), cycle="2026-Q1"),
        version(3, date(2026, 3, 31), cycle="2026-Q1", is_withdrawn=True),
        *(version(count, date(2026, 6, count), cycle="2026-Q2") for count in range(4, 8)),
    ]
    found = kept(of(*made), replace(NOTHING, cycle_ends=True))
    assert found == {
        made[6].id: ["newest", "cycle_end"],
        made[5].id: ["before_newest"],
        made[1].id: ["cycle_end"],
    }


def test_previews_go_with_their_channel() -> None:
    """What came for a channel alone stays as long as that shows it, then for the time of grace."""
    draft = version(3, TODAY, is_draft=True)
    made = (version(1, TODAY), version(2, TODAY), draft)
    shown = of(*made, channels={"a": Channel("a", draft.id, TODAY + timedelta(days=1))})
    over = of(*made, channels={"a": Channel("a", draft.id, TODAY)})
    assert kept(shown, NOTHING)[draft.id] == ["channel"]
    assert (expired(shown, TODAY), expired(over, TODAY)) == ((), ("a",))
    assert draft.id not in kept(over, NOTHING)
    policy = replace(NOTHING, grace_days=7)
    within = {draft.id: datetime(2026, 6, 23, 0, 1, tzinfo=UTC)}
    before = {draft.id: datetime(2026, 6, 22, 23, 59, tzinfo=UTC)}
    assert kept(over, policy, within)[draft.id] == ["grace"]
    assert draft.id not in kept(over, policy, before)
    assert grace_begins(policy, TODAY) == datetime(2026, 6, 23, tzinfo=UTC)


def test_a_target_whose_clock_is_wrong() -> None:
    """A snapshot from the end of all time is in its time of grace."""
    made = [version(count, TODAY) for count in range(1, 4)]
    assert kept(of(*made), NOTHING, {made[0].id: datetime.max.replace(tzinfo=UTC)})[made[0].id] == ["grace"]

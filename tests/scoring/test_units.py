"""Units, levels and the portal in a cycle."""

from __future__ import annotations

from fractions import Fraction

from builders import make_check_in, make_cycle, make_key_result, make_objective, make_portal, make_unit
from hundred import HUNDRED, goal, iso, kr, on, reaching

from okrsite.model import Objective
from okrsite.scoring import CycleFigures, Figures, score


def figures(objectives: list[Objective], step: int, *others: str) -> Figures:
    """The figures of a portal with these objectives, and other units without any."""
    return score(make_portal(objectives, units=map(make_unit, others), cycles=[HUNDRED]), on(step))


def of_acme(objectives: list[Objective], step: int) -> CycleFigures:
    """The figures of the top unit."""
    return figures(objectives, step).units["acme"]["hundred"]


def test_a_unit_is_the_weighted_mean_of_what_rolls_up() -> None:
    """(2 x 0.2 + 1 x 0.8) / 3 = 0.4: closed ones count, drafts, postponed and cancelled ones do not."""
    found = of_acme(
        [
            reaching("0.2", "acme/hundred/a", weight=2),
            reaching("0.8", "acme/hundred/b", state="closed"),
            *(reaching("1", f"acme/hundred/{state}", state=state) for state in ("draft", "postponed", "cancelled")),
        ],
        50,
    )
    assert (found.progress, found.expected, found.status) == (Fraction(2, 5), Fraction(1, 2), "on_track")


def test_children_are_not_counted() -> None:
    """What departments reach shows in the company through roll-ups alone."""
    found = figures([reaching("0.2", "acme/hundred/a"), reaching("1", "acme/it/hundred/a")], 50)
    assert found.units["acme"]["hundred"].progress == Fraction(1, 5)
    assert found.units["acme/it"]["hundred"].progress == 1


def test_only_cycles_with_something_that_counts_have_figures() -> None:
    """Neither a draft nor a weight of 0 makes one; every unit is there all the same."""
    found = figures(
        [reaching("1", "acme/hundred/a", state="draft"), reaching("1", "acme/it/hundred/a", weight=0)], 50, "acme/pmo"
    )
    assert found.units == {"acme": {}, "acme/it": {}, "acme/pmo": {}}
    assert found.levels == {"corporate": {}, "department": {}, "team": {}}
    assert found.portal == {}


def test_a_weight_of_nothing_counts_for_everything_but_means() -> None:
    """Its confidence, its support and its reading do; achieved does not wait for it."""
    found = figures(
        [
            reaching("1", "acme/hundred/top"),
            goal(kr(readings={1: 100}), id="acme/it/hundred/a"),
            goal(
                kr(check_ins=[make_check_in(iso(1), 1, 8)]),
                id="acme/it/hundred/b",
                weight=0,
                supports=["acme/hundred/top"],
            ),
        ],
        50,
    ).units["acme/it"]["hundred"]
    assert (found.progress, found.status, found.confidence, found.alignment) == (1, "achieved", 8, Fraction(1, 2))
    unread = [goal(kr(), id="acme/hundred/a"), reaching("1", "acme/hundred/b", weight=0)]
    assert of_acme(unread, 50).status == "off_track"


def test_unit_status_without_readings() -> None:
    """Not started on the first day, no data after it."""
    assert [of_acme([goal(kr())], step).status for step in (0, 1)] == ["not_started", "no_data"]


def test_unit_confidence_is_a_plain_mean() -> None:
    """4 and 7, whatever they weigh; one has none, and a postponed one is not asked."""
    found = of_acme(
        [
            goal(kr(check_ins=[make_check_in(iso(1), 1, 4)]), id="acme/hundred/a", weight=9),
            goal(kr(check_ins=[make_check_in(iso(1), 1, 7)]), id="acme/hundred/b"),
            goal(kr(), id="acme/hundred/c"),
            goal(kr(check_ins=[make_check_in(iso(1), 1, 1)]), id="acme/hundred/d", state="postponed"),
        ],
        5,
    )
    assert found.confidence == Fraction(11, 2)


def test_alignment_is_the_share_that_supports_something() -> None:
    """One of two; the shelved one is not asked; there is nothing above the top."""
    found = figures(
        [
            reaching("1", "acme/hundred/top", supports=[]),
            reaching("1", "acme/it/hundred/a", supports=["acme/hundred/top"]),
            reaching("1", "acme/it/hundred/b"),
            reaching("1", "acme/it/hundred/c", state="postponed"),
        ],
        5,
    )
    assert found.units["acme/it"]["hundred"].alignment == Fraction(1, 2)
    assert found.units["acme"]["hundred"].alignment is None


def test_levels_are_plain_means_over_units_with_figures() -> None:
    """0.2 and 0.8 are 0.5, however many goals each unit has; the third has none and does not count."""
    found = figures(
        [
            reaching("0.1", "acme/it/hundred/a"),
            reaching("0.3", "acme/it/hundred/b", weight=1),
            reaching("0.8", "acme/hr/hundred/a", weight=7),
            goal(kr(), id="acme/pmo/hundred/a", state="draft"),
        ],
        60,
        "acme/law",
    )
    level = found.levels["department"]["hundred"]
    assert (level.progress, level.expected, level.status) == (Fraction(1, 2), Fraction(3, 5), "on_track")
    assert (level.alignment, level.confidence) == (None, None)
    assert found.levels["team"] == {}


def test_level_confidence_and_status() -> None:
    """The mean of 4 and 7; achieved once all are, and without data where none has any."""
    read = goal(kr(check_ins=[make_check_in(iso(1), 100, 4)]), id="acme/it/hundred/a")
    also = goal(kr(check_ins=[make_check_in(iso(1), 100, 7)]), id="acme/hr/hundred/a")
    unread = goal(kr(), id="acme/hr/hundred/a")
    assert figures([read, also], 5).levels["department"]["hundred"].confidence == Fraction(11, 2)
    assert figures([read, also], 5).levels["department"]["hundred"].status == "achieved"
    assert figures([read, unread], 5).levels["department"]["hundred"].status == "on_track"
    assert figures([unread], 5).levels["department"]["hundred"].status == "no_data"
    assert figures([unread], 0).levels["department"]["hundred"].status == "not_started"


def test_the_portal_is_the_mean_of_the_top() -> None:
    """Two companies at 0.2 and 0.6; departments do not count again."""
    found = figures(
        [
            reaching("0.2", "acme/hundred/a"),
            reaching("0.6", "zeta/hundred/a"),
            reaching("1", "acme/it/hundred/a"),
        ],
        50,
    ).portal["hundred"]
    assert (found.progress, found.status) == (Fraction(2, 5), "on_track")


def test_cycles_are_apart_and_in_order() -> None:
    """Each cycle has its own figures; the order is the portal's."""
    later = make_cycle("a-later", "2026-05-01", "2026-07-31")
    portal = make_portal(
        [make_objective("acme/a-later/x", [make_key_result(cycle=later)]), reaching("0.5", "acme/hundred/a")],
        cycles=[HUNDRED, later],
    )
    found = score(portal, on(50))
    assert list(found.units["acme"]) == list(found.portal) == ["hundred", "a-later"]
    assert found.units["acme"]["a-later"].status == "not_started"

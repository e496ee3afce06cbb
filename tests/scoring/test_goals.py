"""Objectives: means of their key results."""

from __future__ import annotations

from fractions import Fraction

from builders import make_check_in
from hundred import goal, iso, kr, objective_on, on, reaching


def test_progress_and_expected_are_weighted_means_of_scores() -> None:
    """(3 x 0.5 + 1 x 1) / 4 = 0.625 with 110% counting as 1; (3 x 0.4 + 1 x 0.8) / 4 = 0.5 expected on day 40."""
    objective = goal(kr("a", readings={1: 50}, weight=3), kr("b", readings={1: 110}, due=on(50)))
    figures = objective_on(objective, 40)
    assert (figures.progress, figures.expected) == (Fraction(5, 8), Fraction(1, 2))


def test_fractional_weights() -> None:
    """(0.5 x 1 + 0.25 x 0) / 0.75."""
    objective = goal(kr("a", readings={1: 100}, weight="0.5"), kr("b", readings={1: 0}, weight="0.25"))
    assert objective_on(objective, 40).progress == Fraction(2, 3)


def test_a_weight_of_nothing_still_reads_and_goes_stale() -> None:
    """Left out of progress, expected and achieved; its reading, confidence and staleness count."""
    silent = kr("silent", weight=0, due=on(20), check_ins=[make_check_in(iso(5), 10, 4)])
    objective = goal(kr("a", readings={1: 100}), silent)
    figures = objective_on(objective, 18)
    assert (figures.progress, figures.expected) == (1, Fraction(18, 100))
    assert (figures.status, figures.stale, figures.confidence) == ("achieved", True, 4)
    unread = objective_on(goal(kr("a"), silent), 18)
    assert (unread.progress, unread.status, unread.has_reading) == (0, "at_risk", True)


def test_no_data_means_none_at_all() -> None:
    """One reading among many is data."""
    assert objective_on(goal(kr("a"), kr("b")), 0).status == "not_started"
    assert objective_on(goal(kr("a"), kr("b")), 1).status == "no_data"
    assert objective_on(goal(kr("a"), kr("b", readings={0: 0})), 1).status == "on_track"


def test_achieved_needs_every_key_result_to_be() -> None:
    """A threshold that holds before its due date keeps the objective open, though its score is full."""
    objective = goal(kr("a", readings={1: 100}), kr("b", kind="at_most", target=5, due=on(60), readings={1: 5}))
    assert [(objective_on(objective, step).progress, objective_on(objective, step).status) for step in (59, 60)] == [
        (1, "on_track"),
        (1, "achieved"),
    ]


def test_confidence_is_the_mean_of_the_latest() -> None:
    """6 and 9, with the third silent: 7.5."""
    objective = goal(
        kr("a", check_ins=[make_check_in(iso(1), 1, 2), make_check_in(iso(5), 1, 6), make_check_in(iso(9), 1)]),
        kr("b", check_ins=[make_check_in(iso(3), confidence=9)], weight=5),
        kr("c"),
    )
    assert objective_on(objective, 10).confidence == Fraction(15, 2)
    assert objective_on(objective, 0).confidence is None


def test_covered_by_what_rolls_up() -> None:
    """Support of the objective or of a key result covers it; a draft's does not, a weight of 0 does."""
    objective = goal(kr("a"))

    def covered(**fields: object) -> bool:
        return objective_on(objective, 5, [reaching("1", "acme/it/hundred/x", **fields)]).covered

    assert covered(supports=["acme/hundred/goal"])
    assert covered(supports=["acme/hundred/goal/a"], weight=0, state="closed")
    assert not covered(supports=["acme/hundred/goal/a"], state="draft")
    assert not covered()


def test_what_rolls_up_nowhere_has_figures_of_its_own() -> None:
    """Postponed: progress, status, staleness, and no grade."""
    figures = objective_on(reaching("0.5", state="postponed"), 100)
    assert (figures.progress, figures.status, figures.stale, figures.grade) == (Fraction(1, 2), "off_track", True, None)

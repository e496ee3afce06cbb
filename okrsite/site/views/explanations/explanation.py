"""The record of a panel that explains a figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from okrsite.frozen import frozen
from okrsite.model import Source
from okrsite.site.views.goals import Link
from okrsite.site.views.some import Some, first

MOST_INPUTS = 12
"""How many inputs a panel lists; more would make it longer than its page."""

Thing = TypeVar("Thing")


@frozen
class Input:
    """One number that went into a figure.

    Attributes:
        label: What it is.
        value: As it is shown.
        on: The day it is from; None where it has none.
        link: Where it is explained itself; None where it is no goal's.
        source: The line of the content it was read from, where that is not the explained goal's own.
    """

    label: str
    value: str
    on: date | None = None
    link: Link | None = None
    source: Source | None = None


@frozen
class Step:
    """Another figure of the same goal, and how it follows: ``Expected``, ``44 of 89 days have passed ... = 49%``."""

    figure: str
    text: str


@frozen
class Explanation:
    """How a goal's figures came to be.

    Attributes:
        formula: Of its progress (of a KPI: its status), in words with the numbers.
        inputs: What went into that; of many the first.
        source: Where the goal stands in the content; None for what has no place of its own, such as a level.
        steps: The figures that follow from it.
        more: How many inputs are left out.
        rest: Where all of them are; None where nothing is left out or no page has them.
        anchor: The panel's id on its page.
    """

    formula: str
    inputs: tuple[Input, ...]
    source: Source | None = None
    steps: tuple[Step, ...] = ()
    more: int = 0
    rest: Link | None = None
    anchor: str = "okr_why"


def inputs_of(things: Sequence[Thing], make: Callable[[Thing], Input]) -> Some[Input]:
    """The inputs from the first of a list of things."""
    return first(things, MOST_INPUTS).each(make)

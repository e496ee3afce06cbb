"""Where an objective stands, in few numbers: what it is counted and put in order by among many."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from okrsite.scoring import Grade, Status

Ratio = tuple[int, int]
"""A share as numerator and denominator."""


class Standing(NamedTuple):
    """An objective as one of many: what it is counted and put in order by, of its figures and of itself.

    Attributes:
        score: What its owner says that it came to, as a text; None where nothing is said.
        is_told: Whether it has a closing note.
        supports: Whether it supports anything.
    """

    id: str
    state: str
    type: str
    owner: str
    rolls_up: bool
    status: Status
    progress_ratio: Ratio
    expected_ratio: Ratio
    confidence_ratio: Ratio | None
    grade: Grade | None
    owner_grade: Grade | None
    covered: bool
    score: str | None
    is_told: bool
    supports: bool

    @property
    def progress(self) -> Fraction:
        """As of its figures."""
        return Fraction(*self.progress_ratio)

    @property
    def expected(self) -> Fraction:
        """As of its figures."""
        return Fraction(*self.expected_ratio)

    @property
    def confidence(self) -> Fraction | None:
        """As of its figures."""
        return Fraction(*self.confidence_ratio) if self.confidence_ratio else None

"""Collects problems while reading goes on."""

from __future__ import annotations

from okrsite.model import Source
from okrsite.problems import Problem

MAX_IN_FILE = 1_000
"""Problems of the syntax, and of the values, of one file; more of them help nobody."""


class ProblemLog:
    """The problems found so far; reading adds to it and never stops at the first."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, code: str, place: Source, message: str, hint: str = "") -> None:
        """Note an error at a place."""
        self.problems.append(Problem(place.path, place.line, place.column, code, message, hint))

    def __len__(self) -> int:
        return len(self.problems)

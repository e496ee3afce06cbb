"""What is wrong with a portal: problems, and the one root of all exceptions.

Reading and rules return lists of [`Problem`][okrsite.problems.Problem]; nothing stops at the first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "notice"]
"""Errors fail a check and a build, warnings fail under ``--strict``, notices never fail."""


class Problem(NamedTuple):
    """One thing that is wrong, where it is, and what to do about it; sorted by place.

    A tuple, since a large portal has tens of thousands, made, compared and sorted each time.

    Attributes:
        path: The file, relative to the portal's folder, with forward slashes.
        line: Counted from 1.
        column: Counted from 1, in characters.
        code: ``OKR`` and three digits; stable, documented in ``docs/problems.md`` or ``docs/rules.md``.
        message: One sentence, without the place.
        hint: What to do next; empty where the message says it all.
        severity: Whether it fails a check.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}"


class OkrsiteError(Exception):
    """The root of every exception that okrsite raises on purpose; its text is fit for a user."""


class ContentError(OkrsiteError):
    """The content has errors, all of which are in ``problems``, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))

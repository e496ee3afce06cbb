"""What a build did."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from okrsite.problems import Problem

if TYPE_CHECKING:
    from okrsite.history import Revision


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did.

    Attributes:
        site_dir: Where the site is.
        pages: How many files okrsite has on the site itself.
        pages_made: How many goal pages were made.
        pages_kept: How many goal pages still are what the last build made of them.
        written: Files that differed.
        unchanged: Files left untouched.
        deleted: Files that were left over.
        charts_drawn: Charts drawn anew.
        charts_cached: Charts found in the cache.
        seconds: How long it took.
        problems: What the rules say.
        warnings: What MkDocs, a chart that could not be drawn, or a cut off history had to say.
        notices: That there is no history to show, and how to begin one.
        revision: The commit that was built; None for the files as they are.
    """

    site_dir: Path
    pages: int
    pages_made: int
    pages_kept: int
    written: int
    unchanged: int
    deleted: int
    charts_drawn: int
    charts_cached: int
    seconds: float
    problems: tuple[Problem, ...]
    warnings: tuple[str, ...]
    notices: tuple[str, ...] = ()
    revision: Revision | None = None

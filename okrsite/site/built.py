"""What a build did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from okrsite.frozen import frozen
from okrsite.problems import Problem, Severity

if TYPE_CHECKING:
    from okrsite.disk import Stat
    from okrsite.history import Revision


@frozen(kw_only=True)
class Built:
    """What a build did, in numbers and a few words: all that the next one says of itself where nothing changed.

    Attributes:
        site_dir: Where the site is.
        pages: How many files okrsite has on the site itself.
        pages_made: How many goal pages were made.
        pages_kept: How many goal pages still are what the last build made of them.
        written: Files that differed.
        unchanged: Files left untouched.
        deleted: Files that were left over.
        put_back: Files of a site that was gone, which are as they were; counted by what became of them, too.
        charts_drawn: Charts drawn anew.
        charts_cached: Charts found in the cache.
        seconds: How long it took.
        findings: What the rules say: how often, by severity.
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
    findings: Mapping[Severity, int]
    warnings: tuple[str, ...]
    notices: tuple[str, ...] = ()
    put_back: int = 0
    revision: Revision | None = None


@frozen(kw_only=True)
class BuildResult(Built):
    """What a build did and found.

    Attributes:
        problems: What the rules say, each with its place.
        files: What the system says of each file of the site, by its name.
    """

    problems: Sequence[Problem]
    files: Mapping[str, Stat]

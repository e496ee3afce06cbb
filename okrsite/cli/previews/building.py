"""Builds what a proposed change would be, and says what it does to the goals."""

from __future__ import annotations

from pathlib import Path

from okrsite.cli.files import write
from okrsite.cli.previews.bundle import ABOUT, COMMENT, SITE, About
from okrsite.exchange.differences import FORMATS as DIFFERENCES
from okrsite.exchange.differences import DifferenceReport
from okrsite.history import repository_of, revision_of
from okrsite.problems import ContentError
from okrsite.site.build import Report, build
from okrsite.site.commits.sides import Sides
from okrsite.site.options.config import load
from okrsite.site.words import ENGLISH_WORDS

LIMIT = 60_000
"""Characters of the comment: GitHub takes 65,536, and a link to the preview comes with it."""


def build_preview(config_file: Path, folder: Path, against: str, number: int, report: Report | None) -> int:
    """Build the commit that is checked out for its reviewers.

    Args:
        config_file: The portal's ``mkdocs.yml``.
        folder: Where to: the site, what differs, and whose it is.
        against: What the change would be merged into, such as ``origin/main``.
        number: Of the request; 0 where that is not known.
        report: Told of the build's progress.

    Returns:
        How many pages the site has.

    Raises:
        ContentError: The content has errors; what differs was written all the same, and says so.
        OkrsiteError: There is no such commit, or the configuration cannot be used.
    """
    revision = revision_of(repository_of(config_file.resolve().parent), "HEAD")
    comparison = Sides(lambda: config_file).compare(f"{against}...HEAD")
    comment = DIFFERENCES["markdown"](DifferenceReport(comparison, ENGLISH_WORDS, limit=LIMIT))
    write(folder / COMMENT, comment)
    try:
        name = load(config_file)[0].site_name
    except ContentError:
        name = ""
    write(folder / ABOUT, About(number, name, revision.at, revision.day).text())
    return build(config_file, folder / SITE, report=report, at="HEAD").pages

"""``okrsite diff``."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click

from okrsite.cli.options import as_of, examples, needed_config, optional_config_file

FORMATS = ("text", "json", "markdown")
LIMIT = 65_536
"""What GitHub takes as a comment."""


@click.command(
    epilog=examples(
        "okrsite diff",
        "okrsite diff 2026-01-01 2026-03-31",
        "okrsite diff origin/main...HEAD --format markdown > comment.md",
        "okrsite diff ../goals-before . --exit-code",
    )
)
@click.argument("a", default="HEAD")
@click.argument("b", required=False)
@optional_config_file
@as_of
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="json: for programs; markdown: a comment for a pull or merge request.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if any goal changed, its words included.")
@click.option(
    "--limit",
    type=click.IntRange(min=1000),
    metavar="CHARACTERS",
    help=f"How long the Markdown may be.  [default: {LIMIT}, GitHub's limit]",
)
@click.pass_context
def diff(
    ctx: click.Context,
    a: str,
    b: str | None,
    config_file: Path | None,
    as_of: date | None,
    format_name: str,
    exit_code: bool,
    limit: int | None,
) -> None:
    """Compare two states of the goals, not of their files.

    A (default: HEAD) and B (default: the work tree) are each a commit by any name that git knows, a day, a portal's
    folder or its mkdocs.yml, or an okrs.json. A..B is the same as A B; A...B begins where the two parted.

    Figures of both sides are computed for one day, so that what differs comes from the change and not from the time:
    --as-of, else the later of the two commits' days; for the work tree the day that build would take.
    """
    from okrsite.cli.places import forget_root
    from okrsite.cli.streams import colour_on, to_stdout
    from okrsite.exchange.differences import FORMATS as WRITERS
    from okrsite.exchange.differences import DifferenceReport
    from okrsite.site.commits.sides import Sides
    from okrsite.site.words import ENGLISH_WORDS

    forget_root(ctx)  # problems are told with the side that they are of
    found = Sides(lambda: needed_config(ctx, config_file)).compare(a, b, as_of)
    command = " ".join(word for word in ("okrsite", "diff", a, b or "") if word)
    if not re.fullmatch(r"[\w ./~^@:-]+", command, re.ASCII):
        command = "okrsite diff"
    report = DifferenceReport(found, ENGLISH_WORDS, command, colour_on("stdout"), limit or LIMIT)
    to_stdout(WRITERS[format_name](report))
    unreadable = found.difference is None
    ctx.exit(1 if unreadable or (exit_code and found.changed) else 0)

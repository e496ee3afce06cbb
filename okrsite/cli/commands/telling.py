"""``okrsite digest``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from okrsite.cli.options import as_of, config_file, examples


@click.command(
    epilog=examples(
        "okrsite digest",
        "okrsite digest --since 2w --unit acme/it --format markdown",
        "okrsite digest --since 2026-02-01 --format html > mail.html",
    )
)
@config_file
@as_of
@click.option(
    "--since",
    default="7d",
    show_default=True,
    metavar="TIME",
    help="How far back: days, weeks or months, such as 7d, 2w and 1m, or the first day, such as 2026-02-01.",
)
@click.option("--unit", metavar="ID", help="Of this unit and those below it alone.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("text", "markdown", "html", "json")),
    default="text",
    show_default=True,
    help="text: for a mail; markdown: for a chat; html: the body of a mail; json: for programs.",
)
def digest(config_file: Path, as_of: date | None, since: str, unit: str | None, format_name: str) -> None:
    """Say what changed lately, as a message for a mail or a chat.

    It speaks the portal's language. Links are there where mkdocs.yml has a site_url.
    """
    from okrsite.cli.digesting import first_day, message
    from okrsite.cli.streams import to_stdout

    try:
        first_day(since, date.max)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--since") from error
    to_stdout(message(config_file, as_of, since, unit, format_name))

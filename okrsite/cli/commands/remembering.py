"""``okrsite history``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from okrsite.cli.options import config_file, day, examples, output_format


@click.command(
    epilog=examples(
        "okrsite history",
        "okrsite history --since 2026-01-01",
        "okrsite history acme/it/2026-Q1/reliability",
        "okrsite history acme/it/kpis/availability --format json",
    )
)
@click.argument("id", required=False)
@config_file
@click.option("--since", callback=day, metavar="DATE", help="The first day that is told; default: from the beginning.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=100,
    show_default=True,
    metavar="N",
    help="How many check-ins, measurements and changes are told, the newest; 0 for all.",
)
@output_format
def history(id: str | None, config_file: Path, since: date | None, limit: int, format_name: str) -> None:
    """Tell how goals moved: check-ins from the content, changes from git, newest first.

    Without ID of the whole portal, else of the unit, objective, key result or KPI of that ID and all below it. Former
    IDs and those of goals that are gone work too.
    """
    from okrsite.cli.remembered import remembered
    from okrsite.cli.streams import console, to_stderr, to_stdout
    from okrsite.cli.views.happened import happened_view
    from okrsite.exchange.history_json import history_json_text
    from okrsite.site.words.ledger import gap_line

    found = remembered(config_file, id, since, limit)
    if format_name == "json":
        to_stdout(history_json_text(found.history, found.asked, found.happenings, found.broken, found.more))
    else:
        console().print(happened_view(found.ledgers, found.asked, found.happenings, found.broken, found.more))
    if missing := gap_line(found.history):
        to_stderr(missing)

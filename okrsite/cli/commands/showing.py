"""``okrsite show``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from okrsite.cli.options import as_of, at, config_file, examples, output_format


@click.command(
    epilog=examples(
        "okrsite show",
        "okrsite show acme/it",
        "okrsite show acme/it/2026-Q1/reliability | less",
        "okrsite show acme/it --format json",
        "okrsite show --at 2026-01-31",
    )
)
@click.argument("id", required=False)
@config_file
@at
@as_of
@output_format
def show(id: str | None, config_file: Path, at: str | None, as_of: date | None, format_name: str) -> None:
    """Show the goals in the terminal.

    Without ID the whole portal, else the unit, objective, key result or KPI of that ID.
    """
    from okrsite.cli.opened import opened
    from okrsite.cli.streams import console, to_stdout
    from okrsite.cli.views.goal import goal_view
    from okrsite.cli.views.portal import portal_view

    found = opened(config_file, as_of, at)
    if format_name == "json":
        from okrsite.cli.views.goal import goal_text

        to_stdout(goal_text(found.portal, found.figures, id))
        return
    if id is None:
        view = portal_view(found.portal, found.figures, found.settings.site_name)
    else:
        view = goal_view(found.portal, found.figures, id)
    console().print(view)

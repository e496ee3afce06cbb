"""``okrsite init``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from okrsite.cli.options import day, examples

TEMPLATES = ("starter", "blank")


@click.command(epilog=examples("okrsite init goals", "okrsite init goals --template blank --start 2026-01-05"))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path(), metavar="[DIR]")
@click.option(
    "--template",
    type=click.Choice(TEMPLATES),
    default=TEMPLATES[0],
    show_default=True,
    help="starter: the example portal, to look around and change; blank: one unit with one objective to fill in.",
)
@click.option(
    "--start",
    callback=day,
    metavar="DATE",
    help="First day of the blank portal's rollout plan; default: next Monday.",
)
def init(folder: Path, template: str, start: date | None) -> None:
    """Make a new portal, ready to build.

    DIR is made where there is none; the default is this folder.

    Files that are there are never overwritten.
    """
    from okrsite.cli.streams import to_stderr
    from okrsite.site.clock import today
    from okrsite.starter import create, next_monday, template_files

    if start and template != "blank":
        raise click.UsageError("--start is for --template blank; the example portal has dates of its own.")
    files = template_files(template, start or next_monday(today()))
    create(folder, files)
    to_stderr(f"{len(files)} files in {folder}{_next_steps(folder, template)}")


def _next_steps(folder: Path, template: str) -> str:
    enter = "" if folder == Path() else f"\n    cd {folder}"
    example = "\nThe example's figures are those of a fixed day: remove as_of from mkdocs.yml when the goals are yours."
    return f"""

Next:{enter}
    okrsite serve        # look at it; it follows what you change in content/
    okrsite check        # what is wrong or could be better
    okrsite build        # write the site
{example if template == "starter" else ""}""".rstrip()

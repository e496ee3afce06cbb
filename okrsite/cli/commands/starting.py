"""``okrsite init``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from okrsite.cli.options import day, examples
from okrsite.settings import CONFIG_NAMES

TEMPLATES = ("starter", "blank")
FORGES = ("github", "gitlab", "gitea", "forgejo")
SERVERS = ("nginx", "caddy", "container")


@click.command(
    epilog=examples(
        "okrsite init goals",
        "okrsite init goals --template blank --start 2026-01-05",
        "okrsite init --ci github",
        "okrsite init --serve nginx",
    )
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path(), metavar="[DIR]")
@click.option(
    "--template",
    type=click.Choice(TEMPLATES),
    help="starter: the example portal, to look around and change; blank: one unit with one objective to fill in.  "
    "[default: starter]",
)
@click.option(
    "--start",
    callback=day,
    metavar="DATE",
    help="First day of the blank portal's rollout plan; default: next Monday.",
)
@click.option(
    "--ci",
    type=click.Choice(FORGES),
    help="Also what checks and previews requests and publishes each push, at this forge.",
)
@click.option(
    "--serve",
    "server",
    type=click.Choice(SERVERS),
    help="Also a configuration for this web server; container: images that build and that serve.",
)
def init(folder: Path, template: str | None, start: date | None, ci: str | None, server: str | None) -> None:
    """Make a new portal, ready to build, or add to one.

    DIR is made where there is none; the default is this folder. In a portal's folder, --ci and --serve add to that
    portal.

    Files that are there are never overwritten.
    """
    from okrsite.cli.streams import to_stderr
    from okrsite.site.clock import today
    from okrsite.starter import create, next_monday, template_files
    from okrsite.starter.additions import Additions, ci_files, serve_files, together

    is_portal = any((folder / name).is_file() for name in CONFIG_NAMES)
    adds_only = is_portal and template is None and bool(ci or server)
    template = template or TEMPLATES[0]
    if start and (template != "blank" or adds_only):
        raise click.UsageError("--start is for --template blank; the example portal has dates of its own.")
    parts = [] if adds_only else [Additions(folder, template_files(template, start or next_monday(today())))]
    parts += [ci_files(ci, folder)] if ci else []
    parts += [serve_files(server, folder)] if server else []
    create(*together(parts))
    for part in parts if adds_only else parts[1:]:
        for path in sorted(part.files):
            to_stderr(f"wrote {_shown(part.top / path)}")
        for path in part.kept:
            to_stderr(f"kept {_shown(part.top / path)}{_needed(path.name)}")
    if not adds_only:
        to_stderr(f"{len(parts[0].files)} files in {folder}{_next_steps(folder, template)}")
    if ci or server:
        to_stderr("\nWhat to set before they do anything stands at the top of each file.")


def _shown(path: Path) -> str:
    """A path as it is seen from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _needed(name: str) -> str:
    """What a file that was there already needs."""
    if name == ".gitlab-ci.yml":
        return ": add to it\n    include:\n      - local: .gitlab/okrsite.yml"
    return ": okrsite has to be in it"


def _next_steps(folder: Path, template: str) -> str:
    enter = "" if folder == Path() else f"\n    cd {folder}"
    example = "\nThe example's figures are those of a fixed day: remove as_of from mkdocs.yml when the goals are yours."
    return f"""

Next:{enter}
    okrsite serve        # look at it; it follows what you change in content/
    okrsite check        # what is wrong or could be better
    okrsite build        # write the site
{example if template == "starter" else ""}""".rstrip()

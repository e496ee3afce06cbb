"""``okrsite hook``: what a plain git server does with what is pushed to it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from okrsite.cli.options import examples

_Function = TypeVar("_Function", bound=Callable[..., Any])

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:::|://)")
"""A target that is no folder."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What might tell the pusher's terminal to do something; commits and goals are anybody's."""


@click.group()
def hook() -> None:
    """Publish what is pushed to a git repository, by hooks in it."""


def _portal_folder(ctx: click.Context, param: click.Parameter, value: str) -> str:
    folder = value.strip("/").removeprefix("./")
    if folder in (".", ""):
        return ""
    if ".." in folder.split("/"):
        raise click.BadParameter("name a folder in the repository, such as goals.", ctx, param)
    return folder


def _portal(function: _Function) -> _Function:
    return click.option(
        "--portal",
        default="",
        callback=_portal_folder,
        metavar="FOLDER",
        help="The portal's folder in the repository; default: its top.",
    )(function)


@hook.command(
    epilog=examples(
        "okrsite hook install /srv/git/goals.git /srv/goals",
        "okrsite hook install /srv/git/goals.git s3://bucket/goals --check --branch main",
        "okrsite hook install /srv/git/company.git /srv/goals --portal goals",
    )
)
@click.argument("repository", metavar="REPO", type=click.Path(path_type=Path))
@click.argument("target")
@click.option("--check", is_flag=True, help="Also refuse a push whose goals have errors, with a pre-receive hook.")
@click.option("--branch", metavar="NAME", help="The branch that is published; default: the repository's own.")
@_portal
def install(repository: Path, target: str, check: bool, branch: str | None, portal: str) -> None:
    """Have each push published, by a hook in the repository that is pushed to.

    REPO is a bare repository (or one with a work tree), TARGET where snapshots go, as for "okrsite publish".

    The hook tells the pusher what was published and what changed. It fails no push: with errors, or without the
    target, the earlier snapshot stays. Hooks that are not okrsite's are left alone.
    """
    from okrsite.cli.hooks.scripts import Hooks, branch_of, repository_at
    from okrsite.cli.hooks.scripts import install as install_hooks
    from okrsite.cli.streams import to_stderr

    found = repository_at(repository)
    is_address = bool(ADDRESS.match(target))
    place = target if is_address else str(Path(target).absolute())
    chosen = branch or branch_of(found)
    written = install_hooks(Hooks(sys.executable, place, chosen, portal, check), found)
    for path in written:
        to_stderr(f"wrote {path}")
    refused = " A push with errors is refused." if check else ""
    to_stderr(f"Each push to {chosen} is published to {place}.{refused}")
    if is_address:
        to_stderr("The hook runs as whoever owns the repository's server: what the target needs has to be set there.")


def _repository(function: _Function) -> _Function:
    return click.option(
        "--repository",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path(),
        metavar="DIR",
        help="The repository; default: the folder that git runs hooks in.",
    )(function)


def _branch(function: _Function) -> _Function:
    return click.option("--branch", default="main", show_default=True, metavar="NAME", help="The branch to look at.")(
        function
    )


@hook.command(name="post-receive")
@click.argument("target")
@_repository
@_branch
@_portal
@click.pass_context
def post_receive(ctx: click.Context, target: str, repository: Path, branch: str, portal: str) -> None:
    """Publish what a push has brought; for a hook of that name.

    Reads git's lines from standard input: old commit, new commit and name of each branch that the push moves.
    """
    from okrsite.cli.hooks.updates import update_of

    update = update_of(branch, sys.stdin)
    if update is None:
        return
    if not update.new:
        _say(f"okrsite: {branch} is gone; its snapshots stay, and readers see what they saw.")
        return
    from okrsite.cli.hooks.arrivals import publish_update
    from okrsite.history import repository_of
    from okrsite.publish.targets import open_target
    from okrsite.site.publication.publishing import Place

    found = repository_of(repository)
    place = Place(found, portal, "mkdocs.yml", found.top)
    if not publish_update(update, branch, place, open_target(target), _say):
        ctx.exit(1)


@hook.command(name="pre-receive")
@_repository
@_branch
@_portal
@click.pass_context
def pre_receive(ctx: click.Context, repository: Path, branch: str, portal: str) -> None:
    """Refuse a push whose goals have errors; for a hook of that name.

    Reads the same lines from standard input.
    """
    from okrsite.cli.hooks.updates import update_of

    update = update_of(branch, sys.stdin)
    if update is None:
        return
    from okrsite.cli.hooks.refusals import is_refused

    if is_refused(update, repository, portal, _say):
        ctx.exit(1)


def _say(line: str) -> None:
    """Tell the pusher at once; whether somebody still listens does not matter."""
    from okrsite.cli.streams import to_stdout

    try:
        to_stdout(_CONTROL.sub("?", line.rstrip("\n")) + "\n")
    except OSError:
        return

"""``okrsite preview``: for the CI of pull and merge requests."""

from __future__ import annotations

import re
from pathlib import Path

import click

from okrsite.cli.options import config_file, examples

FORGES = ("github", "gitlab", "gitea", "forgejo")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_DAYS = 30


@click.group()
def preview() -> None:
    """Show reviewers of a request what it does; for CI.

    "build" runs what the request's author wrote: give that job no secrets. "offer" runs nothing of it.
    """


@preview.command(epilog=examples("okrsite preview build preview --against origin/main --number 12"))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@config_file
@click.option("--against", required=True, metavar="REV", help="What it would be merged into, such as origin/main.")
@click.option(
    "--number",
    type=click.IntRange(min=1),
    envvar=["OKRSITE_NUMBER", "CI_MERGE_REQUEST_IID"],
    help="The request's number; default: OKRSITE_NUMBER, CI_MERGE_REQUEST_IID.",
)
def build(folder: Path, config_file: Path, against: str, number: int | None) -> None:
    """Build the commit that is checked out, and say what it changes in the goals.

    FOLDER gets the site, the text of a comment, and a note of whose they are. Of content with errors there is no site,
    but the comment says what is wrong.
    """
    from okrsite.cli.previews.building import build_preview
    from okrsite.cli.progress import progress_bar
    from okrsite.cli.streams import to_stderr

    with progress_bar() as report:
        pages = build_preview(config_file, folder, against, number or 0, report)
    to_stderr(f"{pages} pages in {folder / 'site'}, and what differs in {folder / 'comment.md'}")


def _commit(ctx: click.Context, param: click.Parameter, value: str) -> str:
    if not _COMMIT.fullmatch(value):
        raise click.BadParameter("write the commit's id in full.", ctx, param)
    return value


@preview.command(
    epilog=examples(
        "okrsite preview offer preview s3://previews --forge github",
        "okrsite preview offer preview --forge gitlab --number 12",
    )
)
@click.argument("folder", type=click.Path(file_okay=False, exists=True, path_type=Path))
@click.argument("target", required=False, envvar="OKRSITE_PREVIEWS")
@click.option("--forge", "kind", type=click.Choice(FORGES), required=True, help="Where the request is.")
@click.option(
    "--commit",
    required=True,
    callback=_commit,
    envvar=["OKRSITE_COMMIT", "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "CI_COMMIT_SHA"],
    metavar="ID",
    help="What was built, as CI says; default: OKRSITE_COMMIT, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA, CI_COMMIT_SHA.",
)
@click.option(
    "--number",
    type=click.IntRange(min=1),
    envvar=["OKRSITE_NUMBER", "CI_MERGE_REQUEST_IID"],
    help="The request's number; default: OKRSITE_NUMBER, CI_MERGE_REQUEST_IID; with a token what the build noted.",
)
@click.option(
    "--repository",
    envvar=["GITHUB_REPOSITORY", "CI_PROJECT_ID"],
    default="",
    metavar="OWNER/NAME",
    help="The repository at the forge; default: GITHUB_REPOSITORY, CI_PROJECT_ID.",
)
@click.option(
    "--api",
    envvar=["GITHUB_API_URL", "CI_API_V4_URL"],
    default="",
    metavar="URL",
    help="The forge's interface; default: GITHUB_API_URL, CI_API_V4_URL.",
)
@click.option(
    "--address",
    envvar="OKRSITE_PREVIEWS_URL",
    default="",
    metavar="URL",
    help="Where reviewers open TARGET; default: OKRSITE_PREVIEWS_URL, then its own name.",
)
@click.option(
    "--days", type=click.IntRange(1, 3650), default=_DAYS, show_default=True, help="After how many it may be deleted."
)
@click.option("--token", envvar="OKRSITE_TOKEN", default="", hidden=True)
def offer(
    folder: Path,
    target: str | None,
    kind: str,
    commit: str,
    number: int | None,
    repository: str,
    api: str,
    address: str,
    days: int,
    token: str,
) -> None:
    """Publish a preview and say at its request where it is and what it changes.

    FOLDER is what "okrsite preview build" wrote, in another job. TARGET is where previews are published; default:
    OKRSITE_PREVIEWS; without one there is only the comment. What the author wrote runs in reviewers' browsers there:
    choose a host of its own.

    The comment is written with the token in OKRSITE_TOKEN, and brought up to date later; without a token there is none.
    """
    from okrsite.cli.previews.bundle import read_bundle
    from okrsite.cli.previews.forges import Forge
    from okrsite.cli.previews.offering import comment_of, confirmed, publish_preview, shelf
    from okrsite.cli.streams import to_stderr, to_stdout
    from okrsite.exchange.differences.as_markdown import MARKER
    from okrsite.publish.targets import open_target
    from okrsite.site.clock import today

    if token and not (repository and api):
        raise click.UsageError("a token needs the repository and the forge's interface: --repository, --api.")
    bundle = read_bundle(folder)
    forge = Forge(kind, api, repository, token) if token else None  # type: ignore[arg-type]  # click has checked it
    found = confirmed(bundle, commit, forge, number or 0)
    place = shelf(open_target(target), address, today(), days) if target and bundle.has_site else None
    shown = publish_preview(bundle, commit, found, place) if place else ""
    if shown:
        to_stdout(f"{shown}\n")
    if forge is None:
        to_stderr("no comment: there is no OKRSITE_TOKEN")
        return
    done = forge.put_comment(found, comment_of(bundle, commit, shown, place.expires if place else None), MARKER)
    to_stderr(f"{done} the comment at request {found}")

"""``okrsite build`` and ``okrsite serve``."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from pathlib import Path

import click

from okrsite.cli.options import as_of, at, config_file, examples, hands, hands_of, output_format
from okrsite.problems import ContentError


@click.command(
    epilog=examples(
        "okrsite build", "okrsite build -d public --as-of 2026-02-14", "okrsite build -d then --at 2026-01-31"
    )
)
@config_file
@at
@as_of
@click.option(
    "-d",
    "--site-dir",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to write the site; default: site_dir of the configuration, which is site/ beside it.",
)
@hands
@output_format
@click.pass_context
def build(
    ctx: click.Context,
    config_file: Path,
    at: str | None,
    as_of: date | None,
    site_dir: Path | None,
    jobs: int | None,
    executor: str | None,
    format_name: str,
) -> None:
    """Build the site: only what changed is written.

    The site that is there stays as it is until the new one is whole; a portal with errors leaves it untouched.
    """
    from okrsite.cli.streams import to_stderr, to_stdout
    from okrsite.cli.views.built import as_json, summary
    from okrsite.site.freshness.standstill import Standstill

    who = hands_of(ctx, jobs, executor)
    stands = None if at else Standstill(config_file.resolve(), site_dir)
    result = None if stands is None else stands.result(as_of)
    try:
        if result is None:
            from okrsite.cli.progress import progress_bar
            from okrsite.crew import AS_NEEDED

            hands = who or AS_NEEDED
            with nullcontext() if stands is None else stands.ahead(hands.may_copy):
                from okrsite.site.build import build as build_site

                with progress_bar() as report:
                    result = build_site(config_file, site_dir, as_of, report, at=at, hands=hands, stands=stands)
    except ContentError as error:
        if format_name == "json":
            from okrsite.exchange.problems import Report as ProblemReport
            from okrsite.exchange.problems import json_text

            to_stdout(json_text(ProblemReport(error.problems)))
        raise
    if format_name == "json":
        to_stdout(as_json(result))
    else:
        to_stderr(summary(result))


@click.command(epilog=examples("okrsite serve", "okrsite serve -a 127.0.0.1:8080"))
@config_file
@as_of
@click.option(
    "-a",
    "--address",
    default="127.0.0.1:8000",
    show_default=True,
    metavar="HOST:PORT",
    help="Where to serve it.",
)
def serve(config_file: Path, as_of: date | None, address: str) -> None:
    """Serve the site while it is edited: a saved file is shown at once.

    The page in the browser follows by itself and stays where it was. What is wrong lies over the last good page until
    it is mended. Pages are made as they are asked for; nothing is written.
    """
    from okrsite.site.serving import serve as serve_site

    serve_site(config_file, address, as_of)

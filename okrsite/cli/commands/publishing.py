"""``okrsite publish``."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from okrsite.cli.options import config_file, day, examples, hands, hands_of, output_format
from okrsite.problems import ContentError

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_DAYS = 36_500


def _day_or_today(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    if value != "today":
        return day(ctx, param, value)
    from okrsite.site.clock import today

    return today()


def _checked(check: str) -> Callable[[click.Context, click.Parameter, str], str]:
    """A callback that refuses names that cannot be one: before anything is built."""

    def callback(ctx: click.Context, param: click.Parameter, value: str) -> str:
        from okrsite.problems import OkrsiteError
        from okrsite.publish import marks

        try:
            return getattr(marks, check)(value) if value else value
        except OkrsiteError as error:
            raise click.BadParameter(str(error), ctx, param) from error

    return callback


@click.command(
    epilog=examples(
        "okrsite publish /srv/goals",
        "okrsite publish s3://bucket/goals --label 2026-Q1-close",
        "okrsite publish /srv/goals --channel previews/pr-123 --expires 30",
        "okrsite publish /srv/goals --as-of today",
        "okrsite publish /srv/goals --dry-run",
    )
)
@click.argument("target", required=False)
@config_file
@click.option(
    "--label",
    default="",
    callback=_checked("checked_label"),
    metavar="NAME",
    help="A label for the snapshot, such as 2026-Q1-close; another snapshot that had it loses it.",
)
@click.option(
    "--channel",
    default="",
    callback=_checked("checked_channel"),
    metavar="NAME",
    help="Show it in a channel, such as previews/pr-123, and never as the newest.",
)
@click.option(
    "--expires",
    metavar="DATE|DAYS",
    help="When the channel may be deleted: a day, or after so many days; default: channel_days of the configuration.",
)
@click.option(
    "--at",
    default="HEAD",
    metavar="REV_OR_DATE",
    help="The commit to publish, by any name that git knows, or the last one of a day; default: what is checked out.",
)
@click.option(
    "--as-of",
    callback=_day_or_today,
    metavar="DATE|today",
    help="The day that figures are computed for; default: the commit's. With today, a build every night moves on.",
)
@click.option(
    "--attestation",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE",
    help="Write the snapshot's provenance to a file too, for a tool that signs it.",
)
@click.option("--dry-run", is_flag=True, help="Build, and tell what would be published.")
@hands
@output_format
@click.pass_context
def publish(
    ctx: click.Context,
    target: str | None,
    config_file: Path,
    label: str,
    channel: str,
    expires: str | None,
    at: str,
    as_of: date | None,
    attestation: Path | None,
    dry_run: bool,
    jobs: int | None,
    executor: str | None,
    format_name: str,
) -> None:
    """Build the commit that is checked out and publish it as a snapshot.

    TARGET is a folder, or an address such as s3://bucket/goals; default: publish: {target: ...} of the configuration.
    Readers see the old portal until the new one is whole. A snapshot stays at its address and never changes; publishing
    the same commit as of the same day again changes nothing. A commit whose content has errors is not published.
    """
    from okrsite.cli.files import write
    from okrsite.cli.progress import progress_bars
    from okrsite.cli.streams import to_stderr, to_stdout
    from okrsite.cli.targets import target_to_publish
    from okrsite.cli.views.published import as_json, told
    from okrsite.crew import AS_NEEDED
    from okrsite.exchange.problems import Report as ProblemReport
    from okrsite.exchange.problems import json_text
    from okrsite.site.clock import today
    from okrsite.site.publication.publishing import place_of, publish_commit

    if channel and label:
        raise click.UsageError(
            "--label and --channel exclude each other: a label is for good, a channel's snapshot not."
        )
    if expires is not None and not channel:
        raise click.UsageError("--expires is about a channel: name one with --channel.")
    who = hands_of(ctx, jobs, executor)
    until = _expiry(ctx, expires, today()) if expires is not None else None
    place_to = target_to_publish(config_file, target)
    try:
        with progress_bars(("building", "pages"), ("publishing", "files")) as (building, sending):
            done = publish_commit(
                place_of(config_file),
                place_to,
                at=at,
                as_of=as_of,
                label=label,
                channel=channel,
                expires=until,
                dry_run=dry_run,
                today=today,
                report=building,
                sending=sending,
                hands=who or AS_NEEDED,
            )
    except ContentError as error:
        if format_name == "json":
            to_stdout(json_text(ProblemReport(error.problems)))
        raise
    if attestation is not None and not dry_run:
        write(attestation, done.published.attestation.decode())
    for warning in done.warnings:
        to_stderr(f"warning: {warning}")
    if format_name == "json":
        to_stdout(as_json(done, place_to, channel, dry_run=dry_run))
    else:
        to_stdout(told(done, place_to, channel, dry_run=dry_run))


def _expiry(ctx: click.Context, value: str, today: date) -> date:
    """The day from which on a channel may be deleted."""
    if re.fullmatch(r"[0-9]{1,6}d?", value):
        days = int(value.removesuffix("d"))
        if 1 <= days <= _MOST_DAYS:
            return today + timedelta(days=days)
        raise click.BadParameter(
            f"write 1 to {_MOST_DAYS} days, or a day such as 2026-02-14.", ctx, param_hint="--expires"
        )
    try:
        until = date.fromisoformat(value) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) else None
    except ValueError:  # such as 2026-02-30
        until = None
    if until is None:
        raise click.BadParameter(
            f"{value!r} is neither days nor a day; write e.g. 30 or 2026-02-14.", ctx, param_hint="--expires"
        )
    if until <= today:
        raise click.BadParameter(f"{value} is over: today is {today}.", ctx, param_hint="--expires")
    return until

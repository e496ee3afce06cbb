"""``okrsite snapshots``: what has been published, on any target."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from okrsite.cli.failures import Commands
from okrsite.cli.options import config_file, examples, optional_config_file, output_format

if TYPE_CHECKING:
    from okrsite.publish.target import Target

_Function = TypeVar("_Function", bound=Callable[..., Any])


def _words(metavar: str) -> Callable[[_Function], _Function]:
    """The target, which may be left out where ``mkdocs.yml`` names it, and what comes after it."""
    return click.argument("words", nargs=-1, metavar=metavar)


def _dry_run(function: _Function) -> _Function:
    return click.option("--dry-run", is_flag=True, help="Only tell what would happen.")(function)


def _counted(words: tuple[str, ...], least: int, most: int, usage: str) -> None:
    """Refuse too few or too many words."""
    if not least <= len(words) <= most:
        raise click.UsageError(f"write {usage}; the TARGET may be left out where mkdocs.yml names one.")


@click.group(
    cls=Commands,
    epilog=examples(
        "okrsite snapshots list /srv/goals",
        "okrsite snapshots show /srv/goals 2026-Q1-close",
        "okrsite snapshots prune --dry-run",
    ),
)
def snapshots() -> None:
    """Look after the snapshots that have been published.

    TARGET is what they were published to; it may be left out where mkdocs.yml has publish: {target: ...}.

    ID names a snapshot: its id or the beginning of it, a label, a channel, a day (the last snapshot of it, or before),
    the beginning of a commit's id, or newest.
    """


@snapshots.command("list", epilog=examples("okrsite snapshots list", "okrsite snapshots list s3://bucket/goals"))
@_words("[TARGET]")
@optional_config_file
@click.option("--limit", type=click.IntRange(min=0), default=30, show_default=True, help="How many; 0 for all.")
@output_format
def list_(words: tuple[str, ...], config_file: Path | None, limit: int, format_name: str) -> None:
    """List the snapshots, the newest first, and the channels."""
    from okrsite.cli.streams import console, to_stdout
    from okrsite.cli.targets import asked
    from okrsite.cli.views.snapshots import list_view
    from okrsite.publish.listing import read_versions
    from okrsite.publish.versions import json_text
    from okrsite.site.clock import today

    target, rest = asked(config_file, words)
    _counted(rest, 0, 0, "okrsite snapshots list [TARGET]")
    versions = read_versions(target)
    if format_name == "json":
        to_stdout(json_text(versions).decode())
    else:
        console().print(list_view(versions, target.name, today(), limit))


@snapshots.command(
    epilog=examples(
        "okrsite snapshots show",
        "okrsite snapshots show /srv/goals 2026-Q1-close",
        "okrsite snapshots show 2026-03-31",
        "okrsite snapshots show --manifest newest > manifest.json",
    )
)
@_words("[TARGET] [ID]")
@optional_config_file
@click.option("--manifest", is_flag=True, help="Print its manifest instead: the bytes that its attestation is about.")
@output_format
def show(words: tuple[str, ...], config_file: Path | None, manifest: bool, format_name: str) -> None:
    """Show a snapshot and what changed since the one before.

    Without ID it is the newest. Beside its commit, figures and files stands what it was built by.
    """
    from okrsite.cli.streams import console, to_stdout
    from okrsite.cli.targets import asked
    from okrsite.cli.views.snapshot import Shown, snapshot_json, snapshot_view
    from okrsite.publish.finding import NEWEST, find
    from okrsite.publish.listing import read_versions
    from okrsite.site.publication.neighbours import happened

    target, rest = asked(config_file, words)
    _counted(rest, 0, 1, "okrsite snapshots show [TARGET] [ID]")
    versions = read_versions(target, compare=None if manifest else happened)
    version = find(versions, rest[0] if rest else NEWEST)
    if manifest:
        to_stdout(target.manifest(version.id).text.decode())
        return
    shown = Shown(target, versions, version, target.manifest(version.id), target.published(version.id))
    if format_name == "json":
        to_stdout(snapshot_json(shown))
    else:
        console().print(snapshot_view(shown))


@snapshots.command(
    epilog=examples(
        "okrsite snapshots verify",
        "okrsite snapshots verify /srv/goals newest",
        "okrsite snapshots verify --repair",
        "okrsite snapshots verify --rebuild newest /srv/goals",
    )
)
@_words("[TARGET] [ID]...")
@optional_config_file
@click.option(
    "--repair", is_flag=True, help="Make anew what manifests and marks tell, and delete what was left behind."
)
@click.option("--rebuild", metavar="ID", help="Build this snapshot's commit again, and compare it with the snapshot.")
@output_format
@click.pass_context
def verify(
    ctx: click.Context,
    words: tuple[str, ...],
    config_file: Path | None,
    repair: bool,
    rebuild: str | None,
    format_name: str,
) -> None:
    """Compare every file with the SHA-256 in its snapshot's manifest.

    Without ID all snapshots are looked at, the list of versions, and what readers see as the newest. --repair writes
    the list, the pointer, and the addresses of channels anew. A file of a snapshot that is missing or altered cannot be
    made anew from what is there; the exit status is 1 then. --rebuild tells whether a snapshot is what its commit
    gives as of its day; the portal's repository has to have that commit.
    """
    from okrsite.cli.progress import progress_bar
    from okrsite.cli.streams import to_stdout
    from okrsite.cli.targets import asked, policy_of
    from okrsite.cli.views.verified import verified_json, verified_text
    from okrsite.publish.finding import find
    from okrsite.publish.listing import read_versions
    from okrsite.publish.retention import grace_begins
    from okrsite.publish.verifying import repair as mend
    from okrsite.publish.verifying import verify as look
    from okrsite.settings import PublishOptions
    from okrsite.site.clock import today
    from okrsite.site.publication.neighbours import happened

    target, rest = asked(config_file, words)
    if repair and rest:
        raise click.UsageError("--repair is about the whole target: name no ID.")
    if rebuild is not None:
        if repair or rest:
            raise click.UsageError("--rebuild is about one snapshot: leave --repair and other IDs out.")
        ctx.exit(_rebuilt(target, config_file, rebuild, format_name))
    with progress_bar("verifying", "snapshots") as report:
        if repair:
            policy = policy_of(config_file) if config_file else PublishOptions()
            found = mend(target, grace_begins(policy, today()), happened, report)
        else:
            versions = read_versions(target) if rest else None
            found = look(target, [find(versions, name).id for name in rest] if versions else (), report)
    to_stdout(verified_json(found) if format_name == "json" else verified_text(found, target.name))
    ctx.exit(1 if found.faults or not found.snapshots else 0)


def _rebuilt(target: Target, config_file: Path | None, name: str, format_name: str) -> int:
    """Build a snapshot again; gives the exit status."""
    from okrsite.cli.progress import progress_bar
    from okrsite.cli.streams import to_stdout
    from okrsite.cli.views.rebuilt import rebuilt_json, rebuilt_text
    from okrsite.publish.finding import find
    from okrsite.publish.listing import read_versions
    from okrsite.site.publication.publishing import place_of
    from okrsite.site.publication.rebuilding import rebuild

    if config_file is None:
        raise click.UsageError("--rebuild needs the portal: run it in the portal's folder, or name mkdocs.yml with -f.")
    id = find(read_versions(target), name).id
    with progress_bar("building", "pages") as report:
        found = rebuild(place_of(config_file), target, id, report)
    to_stdout(rebuilt_json(found) if format_name == "json" else rebuilt_text(found))
    return 0 if found.is_same else 1


@snapshots.command(epilog=examples("okrsite snapshots prune --dry-run", "okrsite snapshots prune /srv/goals"))
@_words("[TARGET]")
@config_file
@_dry_run
@output_format
def prune(words: tuple[str, ...], config_file: Path, dry_run: bool, format_name: str) -> None:
    """Delete the snapshots that the portal's policy does not keep.

    The policy is publish: {keep: ...} of the configuration. What readers see and the snapshot before it always stay.
    Channels that have expired go too. Nothing is asked: see what would go with --dry-run first.
    """
    from okrsite.cli.progress import progress_bar
    from okrsite.cli.streams import console, to_stdout
    from okrsite.cli.targets import asked, policy_of
    from okrsite.cli.views.pruned import pruned_json, pruned_view
    from okrsite.publish.pruning import prune as delete
    from okrsite.site.clock import today
    from okrsite.site.publication.neighbours import happened

    target, rest = asked(config_file, words)
    _counted(rest, 0, 0, "okrsite snapshots prune [TARGET]")
    policy = policy_of(config_file)
    with progress_bar("deleting", "snapshots") as report:
        done = delete(target, policy, today(), happened, report, dry_run=dry_run)
    if format_name == "json":
        to_stdout(pruned_json(done, dry_run=dry_run))
    else:
        console().print(pruned_view(done, dry_run=dry_run))


@snapshots.command(
    epilog=examples("okrsite snapshots rollback", "okrsite snapshots rollback /srv/goals 2026-03-31 --dry-run")
)
@_words("[TARGET] [ID]")
@optional_config_file
@_dry_run
@output_format
def rollback(words: tuple[str, ...], config_file: Path | None, dry_run: bool, format_name: str) -> None:
    """Have readers see an earlier snapshot again.

    Without ID it is the one before the newest. Later ones are withdrawn: they stay at their addresses and in the list,
    and the next commit that is published is the newest again. Rolling back to a withdrawn one takes that back.
    """
    from okrsite.cli.streams import to_stdout
    from okrsite.cli.targets import asked
    from okrsite.cli.views.rolled_back import rolled_back_json, rolled_back_text
    from okrsite.publish.rollback import roll_back
    from okrsite.site.publication.neighbours import happened

    target, rest = asked(config_file, words)
    _counted(rest, 0, 1, "okrsite snapshots rollback [TARGET] [ID]")
    done = roll_back(target, rest[0] if rest else "", happened, dry_run=dry_run)
    if format_name == "json":
        to_stdout(rolled_back_json(done, dry_run=dry_run))
    else:
        to_stdout(rolled_back_text(done, target.name, dry_run=dry_run))


@snapshots.command(
    epilog=examples(
        "okrsite snapshots label /srv/goals newest 2026-Q1-close",
        "okrsite snapshots label /srv/goals 2026-Q1-close --remove",
    )
)
@_words("[TARGET] [ID] LABEL")
@optional_config_file
@click.option("--remove", is_flag=True, help="Take the label away; no ID then.")
def label(words: tuple[str, ...], config_file: Path | None, remove: bool) -> None:
    """Give a snapshot a label, such as 2026-Q1-close.

    Labels stand first in the portal's choice of versions, and prune keeps labelled snapshots. A snapshot may have
    several; another one that had the label loses it.
    """
    from okrsite.cli.streams import to_stdout
    from okrsite.cli.targets import asked
    from okrsite.publish.labelling import label as give
    from okrsite.publish.labelling import unlabel
    from okrsite.site.publication.neighbours import happened

    target, rest = asked(config_file, words)
    if remove:
        _counted(rest, 1, 1, "okrsite snapshots label [TARGET] LABEL --remove")
        to_stdout(f"{rest[0]} is no label any more; it was at {unlabel(target, rest[0], happened)}\n")
        return
    _counted(rest, 2, 2, "okrsite snapshots label [TARGET] ID LABEL")
    version, had = give(target, rest[0], rest[1], happened)
    to_stdout(f"{version.id} is labelled {rest[1]}" + (f"; it was at {had} until now\n" if had else "\n"))

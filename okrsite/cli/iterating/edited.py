"""A portal opened to be changed, and the end of a command that changes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from okrsite.cli.opened import Opened, opened
from okrsite.cli.streams import to_stderr, to_stdout
from okrsite.cli.views.edited import as_json, files
from okrsite.editing import FileChange, diff, write
from okrsite.frozen import frozen


@frozen
class Editable:
    """A portal without errors, and where it is."""

    root: Path
    found: Opened


def editable(config_file: Path, as_of: date | None) -> Editable:
    """Read a portal to change it.

    Raises:
        ContentError: The content has errors.
        OkrsiteError: The configuration cannot be used.
    """
    return Editable(config_file.resolve().parent, opened(config_file, as_of))


def finish(
    portal: Editable,
    changes: Sequence[FileChange],
    lines: Sequence[str],
    told: dict[str, object],
    *,
    dry_run: bool,
    format_name: str,
) -> None:
    """Write what was changed, unless it is only to be shown, and say so.

    Raises:
        OkrsiteError: It cannot be written; then nothing is.
    """
    if dry_run and format_name == "text":
        to_stdout(diff(changes))
    if not dry_run:
        write(portal.root, portal.found.settings.content, changes)
    if format_name == "json":
        to_stdout(as_json(told, changes, dry_run=dry_run))
    else:
        to_stderr("\n".join([*lines, *files(changes, dry_run=dry_run)]))

"""Before a push is taken: content with errors is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from okrsite.cli.hooks.updates import Update
from okrsite.cli.opened import problems
from okrsite.exchange.problems import Report, text
from okrsite.history import repository_of, revision_of
from okrsite.problems import OkrsiteError
from okrsite.site.commits.committed import portal_of


def is_refused(update: Update, folder: Path, prefix: str, say: Callable[[str], None]) -> bool:
    """Whether what a push would move a branch to has errors, all of which the pusher is told.

    Args:
        update: What the push would do to the branch.
        folder: The repository.
        prefix: The portal's folder in it; empty for its top.
        say: Tells the pusher.
    """
    if not update.new:
        return False
    try:
        repository = repository_of(folder)
        revision = revision_of(repository, update.new)
        with portal_of(repository, revision, prefix) as committed:
            found = problems(committed.config_file, committed.day(None))
    except OkrsiteError as error:
        say(f"okrsite: refused: {error}")
        return True
    errors = [each for each in found if each.severity == "error"]
    if not errors:
        return False
    say(text(Report(errors)))
    say(f"okrsite: refused, since {revision.short} has errors. Mend them, commit, and push again.")
    return True

"""What happened to a portal's goals, read for a command."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from okrsite.cli.opened import opened
from okrsite.frozen import frozen
from okrsite.history import BrokenVersion, History, read_history
from okrsite.history.story import Asked, Happening, asked_for, broken_versions, near, story
from okrsite.problems import OkrsiteError
from okrsite.site.freshness.workfolder import work_folder
from okrsite.site.views import Gallery
from okrsite.site.views.ledger import Ledgers


@frozen
class Remembered:
    """What happened to a goal, or to all of them.

    Attributes:
        history: Everything that git knows.
        ledgers: Say what changed.
        asked: The goal; None for the whole portal.
        happenings: Newest first.
        broken: Versions of files that were passed over.
        more: How many older happenings are left out.
    """

    history: History
    ledgers: Ledgers
    asked: Asked | None
    happenings: Sequence[Happening]
    broken: Sequence[BrokenVersion]
    more: int


def remembered(config_file: Path, id: str | None, since: date | None, limit: int) -> Remembered:
    """What happened, newest first.

    Args:
        config_file: The portal's ``mkdocs.yml``.
        id: Of a goal, also a former one; None for the whole portal.
        since: The first day that is told; None for all.
        limit: How many happenings; 0 for all.

    Raises:
        ContentError: The content has errors.
        OkrsiteError: Nothing ever had that id; the text says what is near.
    """
    found = opened(config_file, None)
    root = config_file.resolve().parent
    history = read_history(root, found.settings, work_folder(root) / "history")
    asked = None
    if id is not None:
        asked = asked_for(found.portal, history, id)
        if asked is None:
            alike = near(found.portal, history, id)
            hint = f"Did you mean {' or '.join(alike)}?" if alike else "okrsite show lists the units."
            raise OkrsiteError(f"nothing has or had the id {id!r}. {hint}")
    happenings = story(found.portal, history, asked, since)
    shown = happenings[:limit] if limit else happenings
    broken = [each for each in broken_versions(found.portal, history, asked) if not since or each.commit.day >= since]
    ledgers = Ledgers(Gallery(found.portal, found.figures, history=history))
    return Remembered(history, ledgers, asked, shown, broken, len(happenings) - len(shown))

"""What a check found, kept for the next one: where nothing changed, it need not look again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter
from pathlib import Path

from okrsite.problems import Problem
from okrsite.settings import Settings
from okrsite.site.freshness.ground import Ground

_PARTS = attrgetter(*Problem._fields)
"""What a problem is made of, in a note."""


class Verdict:
    """The note of what a check found, and of all that it looked at.

    Args:
        config_file: The portal's ``mkdocs.yml``, resolved; not yet read.
    """

    def __init__(self, config_file: Path) -> None:
        self._ground = Ground(config_file, f"{config_file.stem}.check")

    def problems(self, as_of: date | None) -> tuple[Problem, ...] | None:
        """What a check would find; None where that may be something else than the last time.

        Args:
            as_of: The day that the check is for, as asked for.
        """
        said = self._ground.outcome(as_of)
        return None if said is None else tuple([Problem(*each) for each in said])

    def begin(self, content: Path) -> None:
        """Look at all that a check will read, before it does.

        Args:
            content: The content folder.
        """
        self._ground.begin(content)

    def end(self, problems: Sequence[Problem], settings: Settings, as_of: date, themes: Iterable[str]) -> None:
        """Leave the note for the next check.

        Args:
            problems: All of them, in their order.
            settings: The portal's options.
            as_of: The day that the check was for.
            themes: The folders of the theme.
        """
        with contextlib.suppress(OSError):
            self._ground.end(list(map(_PARTS, problems)), settings, as_of, themes)

"""What a check found, kept for the next one: where nothing changed, it need not look again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from okrsite.disk import Look
from okrsite.problems import Problem
from okrsite.settings import Settings
from okrsite.site.freshness.configured import Configured
from okrsite.site.freshness.ground import Ground


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
        return None if said is None else tuple(map(Problem._make, said))

    def configured(self) -> Configured | None:
        """What the configuration says, where the last check left that; asked after `problems`."""
        return self._ground.configured()

    def makers(self, themes: Iterable[str]) -> str:
        """What stands for okrsite and its theme.

        Args:
            themes: The folders of the theme.
        """
        return self._ground.makers(themes)

    def begin(self, content: Path) -> Look | None:
        """Look at all that a check will read, before it does; None where that cannot be.

        Args:
            content: The content folder.
        """
        return self._ground.begin(content)

    def has_untracked_caches(self) -> bool:
        """Whether it is known by now that none of okrsite's caches is under version control."""
        return self._ground.has_untracked_caches()

    def end(self, problems: Sequence[Problem], settings: Settings, as_of: date, themes: Iterable[str]) -> None:
        """Leave the note for the next check.

        Args:
            problems: All of them, in their order.
            settings: The portal's options.
            as_of: The day that the check was for.
            themes: The folders of the theme.
        """
        with contextlib.suppress(OSError):
            # Of what could be said in other languages, the text alone.
            said = tuple(
                [
                    (path, line, column, code, str(message), str(hint), severity)
                    for path, line, column, code, message, hint, severity in problems
                ]
            )
            self._ground.end(said, settings, as_of, themes)

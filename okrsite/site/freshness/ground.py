"""What the outcome of a run rests on: configuration, content, git, the day, and okrsite itself.

A look at the entries of files tells that all of it is as it was; so this loads neither MkDocs nor any content.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from okrsite.disk import UNSURE, Stat, below, moment, seal, seal_of, stat_of
from okrsite.history.git import GitError, repository_of
from okrsite.settings import Settings
from okrsite.site.clock import day
from okrsite.site.freshness.makers import look_of_makers, makers
from okrsite.site.freshness.notes import Note

_ELSEWHERE = re.compile(rb"!ENV|!!python|!relative|^INHERIT", re.MULTILINE)
"""What has a configuration depend on more than itself."""

_TRIES = 1000


class Ground:
    """The note of what a run read, and of what came of it.

    Args:
        config_file: The portal's ``mkdocs.yml``, resolved; it is looked at now, before it is read.
        name: Of the note.
    """

    def __init__(self, config_file: Path, name: str) -> None:
        self._config = config_file
        self._as_configured = stat_of(str(config_file))
        self._work = config_file.parent / ".okrsite"
        self._note = Note(self._work / "builds" / name)
        self._before: tuple[int, dict[str, Stat], str] | None = None

    def outcome(self, as_of: date | None) -> Any:
        """What came of the run that was noted; None where another run may have another outcome.

        Args:
            as_of: The day that figures are computed for, as asked for.
        """
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, IndexError):
            noted = self._note.read()
            settings = Settings(as_of=date.fromisoformat(noted["as_of"]) if noted["as_of"] else None)
            if (
                noted["config"] == str(self._config)  # a copy of the portal has a copy of the note
                and noted["day"] == day(as_of, settings).isoformat()
                and noted["looked"] == seal_of(noted["inputs"])
                and noted["git"] == _git(self._config.parent)
                and _are_makers(noted)
            ):
                return noted["outcome"]
        return None

    def begin(self, content: Path) -> None:
        """Look at all that a run will read, before it does.

        Args:
            content: The content folder.
        """
        with contextlib.suppress(OSError):
            self._note.drop()
            inputs = {str(self._config): self._as_configured or UNSURE, **below(str(content))}
            self.is_past(inputs.values())  # of what is saved twice within this moment, it reads the second
            self._before = moment(self._work), inputs, _git(self._config.parent)

    def is_firm(self) -> bool:
        """Whether something can be noted: all that was read is known, and whatever changes later leaves a trace."""
        if self._before is None or _ELSEWHERE.search(self._config.read_bytes()):
            return False
        began, inputs, _ = self._before
        return _latest(inputs.values()) < began

    def end(self, outcome: Any, settings: Settings, as_of: date, themes: Iterable[str]) -> None:
        """Leave the note for the next run.

        Args:
            outcome: What came of this one, as JSON has it.
            settings: The portal's options.
            as_of: The day that figures were computed for.
            themes: The folders of the theme, whose files count by what they hold.
        """
        if self._before is None or not self.is_firm() or not self._is_of_one_repository(settings):
            return
        began, inputs, git = self._before
        folders = list(themes)
        tools = look_of_makers(folders)
        self._note.write(
            {
                "config": str(self._config),
                "as_of": settings.as_of.isoformat() if settings.as_of else None,
                "day": as_of.isoformat(),
                "inputs": list(inputs),
                "looked": seal(inputs.values()),
                "git": git,
                "themes": folders,
                "tools": seal(tools.items()) if _latest(tools.values()) < began else None,
                "makers": makers(folders),
                "outcome": outcome,
            }
        )

    def is_past(self, stats: Iterable[Stat]) -> bool:
        """Whether whatever is done to some files from now on leaves another time behind: a few milliseconds later."""
        last = _latest(stats)
        return any(moment(self._work) > last for _ in range(_TRIES))

    def _is_of_one_repository(self, settings: Settings) -> bool:
        """Whether the goals are in the repository of the configuration, whose commit is noted, or both in none."""
        root = self._config.parent
        return _top(root) == _top(root / settings.content / settings.source)


def _latest(stats: Iterable[Stat]) -> int:
    """When something was last done to any of some files."""
    return max((max(stat[1:3]) for stat in stats), default=0)


def _are_makers(noted: dict[str, Any]) -> bool:
    """Whether okrsite and the theme are what they were: by a look at them, else by what they hold."""
    folders = noted["themes"]
    return noted["tools"] == seal(look_of_makers(folders).items()) or bool(noted["makers"] == makers(folders))


def _top(folder: Path) -> Path | None:
    try:
        return repository_of(folder).top
    except GitError:
        return None


def _git(root: Path) -> str:
    """What of git shows: the commit that history is told up to; and whether caches are in git."""
    try:
        repository = repository_of(root)
        tracked = repository.git("ls-files", "-z", "--", f"{repository.prefix}.okrsite")
        head = repository.git("rev-parse", "--verify", "HEAD")
    except GitError as error:
        return f"{error.kind} {error.message}"
    return f"{head.decode().strip()} {repository.is_shallow} {bool(tracked)}"

"""What the outcome of a run rests on: configuration, content, git, the day, and okrsite itself.

A look at the entries of files tells that all of it is as it was; so this loads neither MkDocs nor any content.
"""

from __future__ import annotations

import contextlib
import marshal
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from operator import itemgetter
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, NamedTuple

from okrsite.disk import UNSURE, Look, Stat, look_again, look_at, moment, seal, stat_of
from okrsite.history.git import GitError, repository_of
from okrsite.settings import Settings
from okrsite.site.clock import day
from okrsite.site.freshness.configured import Configured, packed, unpacked
from okrsite.site.freshness.makers import look_of_makers, makers
from okrsite.site.freshness.notes import Note

_ELSEWHERE = re.compile(rb"!ENV|!!python|!relative|INHERIT")
"""What has a configuration depend on more than itself."""

_TRACKED, _UNTRACKED = "tracked", "untracked"
_TRIES = 1000


class Noted(NamedTuple):
    """What a note says.

    Attributes:
        configured: What the configuration says.
        outcome: What came of the run, packed.
    """

    configured: Configured
    outcome: bytes


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
        self._noted: dict[str, Any] = {}
        self._looked: Look | None = None
        self._makers: dict[tuple[str, ...], tuple[Mapping[str, Stat], str]] = {}
        self._git_now = ""
        self._before: tuple[int, int, str] | None = None

    def outcome(self, as_of: date | None) -> Any:
        """What came of the run that was noted; None where another run may have another outcome.

        Args:
            as_of: The day that figures are computed for, as asked for.
        """
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, IndexError, EOFError):
            noted = self._note.read()
            if noted["config"] != [str(self._config), self._as_configured]:
                return None  # a copy of the portal has a copy of the note
            self._noted = noted
            before = Look(noted["folders"], noted["files"])
            self._looked = look_again(before)
            settings = Settings(as_of=date.fromisoformat(noted["as_of"]) if noted["as_of"] else None)
            if (
                self._looked == before
                and noted["day"] == day(as_of, settings).isoformat()
                and noted["git"] == _git(self._config.parent)
                and noted["makers"] == self.makers(noted["themes"])
            ):
                return marshal.loads(noted["outcome"])  # noqa: S302 - of a note with a checksum
        return None

    def configured(self) -> Configured | None:
        """What the configuration says, where that is in the note and `outcome` has looked; None where nobody knows."""
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, StopIteration, UnpicklingError):
            noted = self._noted
            if noted["settings"] and noted["makers"] == self.makers(noted["themes"]):
                return Configured(unpacked(noted["settings"]), Path(next(iter(noted["folders"]))), noted["themes"])
        return None

    def noted(self) -> Noted | None:
        """What came of the run that was noted, where `outcome` has looked and only content, git or the day may differ.

        Whoever goes on from it may read git from now on: `begin` will say no later commit than it has now.
        """
        configured = self.configured()
        if configured is None:
            return None
        self._git_now = _git(self._config.parent)
        return Noted(configured, self._noted["outcome"])

    def makers(self, themes: Iterable[str]) -> str:
        """As those of `okrsite.site.freshness.makers`; by a look at them where that is enough.

        Args:
            themes: The folders of the theme.
        """
        folders = tuple(themes)
        if folders not in self._makers:
            look = look_of_makers(folders)
            is_noted = self._noted.get("themes") == folders and self._noted.get("tools") == seal(look.items())
            self._makers[folders] = look, self._noted["makers"] if is_noted else makers(folders)
        return self._makers[folders][1]

    def begin(self, content: Path) -> Look | None:
        """Look at all that a run will read, before it does; None where that cannot be.

        Args:
            content: The content folder.
        """
        with contextlib.suppress(OSError):
            self._note.drop()
            if self._looked is None or next(iter(self._looked.folders), "") != str(content):
                self._looked = look_at(str(content))
            stats = [self._as_configured or UNSURE, *self._looked.folders.values(), *self._looked.files.values()]
            latest = _latest(stats)
            self._is_past(latest)  # of what is saved twice within this moment, it reads the second
            self._before = moment(self._work), latest, self._git_now or _git(self._config.parent)
            return self._looked
        return None

    def has_untracked_caches(self) -> bool:
        """Whether git was asked at the beginning, and said that none of okrsite's caches is under version control."""
        return self._before is not None and self._before[2].endswith(f" {_UNTRACKED}")

    def is_firm(self) -> bool:
        """Whether something can be noted: all that was read is known, and whatever changes later leaves a trace."""
        if self._before is None or _ELSEWHERE.search(self._config.read_bytes()):
            return False
        began, latest, _ = self._before
        return latest < began

    def end(self, outcome: Any, settings: Settings, as_of: date, themes: Iterable[str]) -> None:
        """Leave the note for the next run.

        Args:
            outcome: What came of this one, as a note has it.
            settings: The portal's options.
            as_of: The day that figures were computed for.
            themes: The folders of the theme, whose files count by what they hold.
        """
        if self._before is None or self._looked is None:
            return
        if not self.is_firm() or not self._is_of_one_repository(settings):
            return
        began, _, git = self._before
        folders = tuple(themes)
        made_by = self.makers(folders)
        tools = self._makers[folders][0]
        self._note.write(
            {
                "config": [str(self._config), self._as_configured],
                "as_of": settings.as_of.isoformat() if settings.as_of else None,
                "day": as_of.isoformat(),
                "folders": self._looked.folders,
                "files": self._looked.files,
                "git": git,
                "themes": folders,
                "tools": seal(tools.items()) if _latest(tools.values()) < began else None,
                "makers": made_by,
                "settings": packed(settings),
                "outcome": marshal.dumps(outcome),  # apart, since it is large and not always asked for
            }
        )

    def is_past(self, stats: Collection[Stat]) -> bool:
        """Whether whatever is done to some files from now on leaves another time behind: a few milliseconds later."""
        return self._is_past(_latest(stats))

    def _is_past(self, last: int) -> bool:
        return any(moment(self._work) > last for _ in range(_TRIES))

    def _is_of_one_repository(self, settings: Settings) -> bool:
        """Whether the goals are in the repository of the configuration, whose commit is noted, or both in none."""
        root = self._config.parent
        goals = (root / settings.content / settings.source).resolve()
        if goals.is_relative_to(root) and not any((folder / ".git").exists() for folder in _between(root, goals)):
            return True  # git looks for a repository upwards, from either of them
        return _top(root) == _top(goals)


def _latest(stats: Collection[Stat]) -> int:
    """When something was last done to any of some files."""
    return max(max(map(itemgetter(1), stats), default=0), max(map(itemgetter(2), stats), default=0))


def _between(root: Path, folder: Path) -> list[Path]:
    """The folders below one, down to another."""
    return [folder, *(each for each in folder.parents if each.is_relative_to(root) and each != root)]


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
    return f"{head.decode().strip()} {repository.is_shallow} {_TRACKED if tracked else _UNTRACKED}"

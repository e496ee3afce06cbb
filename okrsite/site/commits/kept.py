"""The commit that was published last and the site of it: kept, so that the next publishing only brings what differs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from okrsite.content import ContentCache
from okrsite.disk import UNSURE, Stat, look_at, moment, stat_of
from okrsite.history.checkout import Checkout, Entry
from okrsite.site.exports import SCHEMA
from okrsite.site.freshness.notes import Note
from okrsite.site.freshness.workfolder import scratch_folder, work_folder

_NAME = "published"
_LINK = "120000"
"""The mode of a link. None is kept: what is below one must never be written by way of it."""

_Said = tuple[str, str, Stat]
"""Of a file: its mode, the id of its blob, and what the system said of it when it had been brought."""


class KeptCommit:
    """Folders for a commit's files and for the site that is built of it, with what was left in them.

    Attributes:
        top: Stands for the top of the repository.
        site: Where to build.

    Args:
        folder: That they are in.
    """

    def __init__(self, folder: Path) -> None:
        self.top = folder / "commit"
        self.site = folder / "site"
        self._note = Note(folder / "commit.note")
        self._kept: dict[str, _Said] = {}
        self.top.mkdir(parents=True, exist_ok=True)
        if self.site.is_dir() and not (self.site / SCHEMA).is_file():
            shutil.rmtree(self.site)  # a build was killed before it had marked its folder

    def clear(self, checkout: Checkout) -> Collection[str]:
        """Delete all that a commit has otherwise or not at all, before anything of it is brought.

        Args:
            checkout: Of the commit, to `top`.

        Returns:
            The paths of what is left, which is as the commit has it.
        """
        noted = self._noted()
        self._note.drop()  # until all is there
        wanted: dict[str, Entry] = {}
        for path in noted.get("asked", ()):
            wanted |= {each.path: each for each in checkout.entries(path)}
        files: Mapping[str, _Said] = noted.get("files", {})
        look, begin = look_at(str(self.top)), len(str(self.top)) + 1
        self._kept = {}
        for place, stat in look.files.items():
            path = place[begin:].replace(os.sep, "/")
            entry = wanted.get(path)
            if entry is not None and entry.mode != _LINK and files.get(path) == (entry.mode, entry.id, stat):
                self._kept[path] = files[path]
            else:
                os.unlink(place)  # noqa: PTH108 - of thousands
        for folder in sorted(look.folders, key=len, reverse=True)[:-1]:
            with suppress(OSError):  # it holds something
                os.rmdir(folder)  # noqa: PTH106
        return self._kept

    def note(self, checkout: Checkout) -> None:
        """Delete what is left and was not asked for any more, and note the rest.

        Args:
            checkout: All of the commit has been brought with it.
        """
        for path in self._kept.keys() - checkout.brought.keys():
            (self.top / path).unlink()
            with suppress(OSError):  # the first one that holds something
                for folder in (self.top / path).relative_to(self.top).parents:
                    (self.top / folder).rmdir()
        now, files = moment(self.top.parent), {}
        for path, entry in checkout.brought.items():
            if path in self._kept:
                files[path] = self._kept[path]
            elif stat := stat_of(f"{self.top}/{path}"):
                files[path] = entry.mode, entry.id, stat if max(stat[1:3]) < now else UNSURE
        self._note.write({"asked": tuple(checkout.asked), "files": files})

    def _noted(self) -> Mapping[str, Any]:
        with suppress(OSError, ValueError, EOFError, TypeError):
            return self._note.read()
        return {}


@contextmanager
def kept_commit(home: Path) -> Iterator[KeptCommit]:
    """What was kept of the last commit, or, while somebody else is at it or nothing can be kept, empty folders.

    Args:
        home: The folder whose caches are used.
    """
    with ExitStack() as held:
        yield _kept(work_folder(home) / _NAME, held) or KeptCommit(held.enter_context(scratch_folder(home)))


def read_of_commits(home: Path) -> ContentCache:
    """What was read of commits; the first time what was read of the work tree, since that says nearly the same.

    Args:
        home: The folder whose caches are used.
    """
    work = work_folder(home)
    kept = work / "committed"
    if not kept.exists():
        with suppress(OSError):
            shutil.copytree(work / "content", kept)
    return ContentCache(kept)


def _kept(place: Path, held: ExitStack) -> KeptCommit | None:
    with suppress(OSError, ImportError):  # without locks, as on Windows, nobody can know who else is at it
        from okrsite.publish.targets.folder.locks import Locks  # noqa: PLC0415 - not on every system

        place.mkdir(exist_ok=True)
        leads_away = any(each.is_symlink() for each in (place, place / "commit", place / "site"))
        if not leads_away and held.enter_context(Locks(place / "lock").alone(0)):
            return KeptCommit(place)
    return None

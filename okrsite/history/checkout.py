"""The files of a commit in a folder of their own: no work tree, no index, no filter and no hook is touched.

A repository's content is untrusted: nothing is written outside the folder, and no link that is made leads out of it.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from okrsite.frozen import frozen
from okrsite.history.git import GitError, Repository, repository_of

_LINK, _SUBMODULE = "120000", "160000"
"""Modes; all others are those of plain files."""

_NOWHERE = ".leads-out-of-the-folder"
"""Where a link leads whose own way would leave the folder: it stays a link, so that it is refused as one."""


@frozen
class Entry:
    """A file, link or submodule of a commit.

    Attributes:
        mode: As git writes it, e.g. ``100644``.
        id: Of the blob; of a submodule its commit.
        path: Relative to the repository's top.
    """

    mode: str
    id: str
    path: str


@dataclass
class Checkout:
    """A folder that files of one commit are brought to, each at its place in the repository.

    Attributes:
        repository: Where the commit is.
        commit: Its id.
        top: The folder; it stands for the top of the repository.
        there: The paths of files that the folder has already, as they are in the commit.
        submodules: The commit of each submodule that was brought along, by its path relative to the top.
        missing: Why a submodule was not, likewise; its folder is empty.
        asked: The paths that were asked for.
        brought: What was brought, by its path relative to the top.
    """

    repository: Repository
    commit: str
    top: Path
    there: Collection[str] = ()
    submodules: dict[str, str] = field(default_factory=dict)
    missing: dict[str, GitError] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    brought: dict[str, Entry] = field(default_factory=dict)
    _listed: dict[str, list[Entry]] = field(default_factory=dict)

    def bring(self, path: str) -> bool:
        """Bring a file, or a folder with all below it.

        Args:
            path: Relative to the repository's top, no slash at its end; empty for everything.

        Returns:
            Whether the commit has it.

        Raises:
            GitError: A name cannot be written.
        """
        self.asked.append(path)
        entries = self.entries(path)
        self._write(self.repository, entries, "")
        return bool(entries)

    def entries(self, path: str) -> list[Entry]:
        """What the commit has at or below a path, as `bring` takes it."""
        if path not in self._listed:
            self._listed[path] = list(_entries(self.repository, self.commit, path))
        return self._listed[path]

    def need(self, path: str) -> None:
        """Make sure that nothing is missing at, above or below a path.

        Raises:
            GitError: A submodule is.
        """
        for missing, error in self.missing.items():
            if f"{missing}/".startswith(f"{path}/") or f"{path}/".startswith(f"{missing}/"):
                raise error

    def commit_of(self, path: str) -> str:
        """The commit that a path, relative to the top, comes from: that of a submodule if it is in one."""
        inside = [each for each in self.submodules if path == each or path.startswith(f"{each}/")]
        return self.submodules[max(inside, key=len)] if inside else self.commit

    def _write(self, repository: Repository, entries: list[Entry], above: str) -> None:
        entries = [each for each in entries if above + each.path not in self.brought]
        self.brought.update((above + each.path, each) for each in entries)
        blobs = [each for each in entries if each.mode != _SUBMODULE and above + each.path not in self.there]
        links: list[tuple[str, bytes]] = []
        for entry, (_, content) in zip(blobs, repository.blobs([each.id for each in blobs]), strict=True):
            path = above + entry.path
            if content is None:
                raise GitError("failed", f"git has lost the content of {path!r}", "`git fsck` says more")
            if entry.mode == _LINK:
                links.append((path, content))
            else:
                _write_file(self.top, path, content)
        # Last, so that no file is ever written by way of one, whatever the file system takes for the same name.
        for path, target in links:
            _write_link(self.top, path, target)
        for entry in entries:
            if entry.mode == _SUBMODULE:
                try:
                    self._submodule(repository, entry, above)
                except GitError as error:
                    _place(self.top, above + entry.path).mkdir(parents=True, exist_ok=True)
                    self.missing[above + entry.path] = error

    def _submodule(self, repository: Repository, entry: Entry, above: str) -> None:
        path = above + entry.path
        hint = "`git submodule update --init` brings it"
        folder = repository.top / entry.path
        found = repository_of(folder) if folder.is_dir() else None
        if found is None or found.prefix or found.top.resolve() != folder.resolve():
            raise GitError("failed", f"the submodule {path!r} is not there", hint)
        try:
            entries = list(_entries(found, entry.id, ""))
        except GitError as error:
            commit = entry.id[:10]
            hint = f"{hint}; or fetch it inside the submodule: `git fetch origin {commit}`"
            raise GitError("failed", f"the submodule {path!r} does not have its commit {commit}", hint) from error
        self.submodules[path] = entry.id
        self._write(found, entries, f"{path}/")


def _entries(repository: Repository, commit: str, path: str) -> Iterator[Entry]:
    """The files, links and submodules of a commit at or below a path; none where the commit does not have it.

    Raises:
        GitError: There is no such commit.
    """
    below = ("--", path) if path else ()
    listed = os.fsdecode(repository.git("ls-tree", "-r", "-z", "--full-tree", commit, *below))
    for line in listed.split("\0"):
        if line:
            what, _, name = line.partition("\t")
            mode, _, id = what.split(" ")
            yield Entry(mode, id, name)


def _place(top: Path, path: str) -> Path:
    """Where a path of a commit is written; names that mean something to a file system or to git are none."""
    parts = path.split("/")
    if any(part in ("", ".", "..") or part.lower() == ".git" or ("\\" in part and os.sep == "\\") for part in parts):
        raise GitError("failed", f"a file of that commit cannot be written: {path!r}", "its name is not one of a file")
    return top.joinpath(*parts)


def _write_file(top: Path, path: str, content: bytes) -> None:
    place = _place(top, path)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            file.write(content)
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from error


def _write_link(top: Path, path: str, target: bytes) -> None:
    place = _place(top, path)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(_inside(path, os.fsdecode(target)))
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from error


def _inside(path: str, target: str) -> str:
    """A link's target if it surely stays below the top, else one that leads nowhere.

    Folders of a commit are real ones, so steps up at the target's beginning are what they seem; a step up behind a
    name may follow another link.
    """
    parts = target.split("/")
    ups = next((place for place, part in enumerate(parts) if part != ".."), len(parts))
    leads_out = not target or target.startswith("/") or ".." in parts[ups:] or ups > path.count("/")
    return _NOWHERE if leads_out or "\0" in target else target


def _unwritable(path: str, error: Exception) -> GitError:
    why = getattr(error, "strerror", None) or str(error)
    return GitError("failed", f"a file of that commit cannot be written: {path!r}", why)

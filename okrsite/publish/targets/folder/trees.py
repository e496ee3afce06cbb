"""The directories of a snapshot by what they hold: those of several snapshots that hold the same are one on the disk.

A file system takes a block for each directory, and a portal of 2,000 goal pages has 3,700 of them. So a directory that
did not change is not made again: ``trees/ab/<hash>/`` has its files, and a relative symbolic link for each directory
below it. Files that did not change are hard links even so, and so are the links themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from okrsite.frozen import frozen
from okrsite.publish.manifest import FileEntry

TREES = "trees"
_DIGITS = 40
"""Of a tree's hash: a symbolic link of less than 60 characters takes no block of its own."""


@frozen
class Tree:
    """A directory.

    Attributes:
        hash: Over the names, sizes and digests of all that is in it.
        path: Where it is in the snapshot: one place of those that hold the same.
        files: By their names.
        below: The directories in it by their names.
    """

    hash: str
    path: str
    files: Mapping[str, FileEntry]
    below: Mapping[str, Tree]

    @property
    def name(self) -> str:
        """Its place relative to the target."""
        return f"{TREES}/{self.hash[:2]}/{self.hash[2:]}"

    def link_to(self, other: Tree) -> str:
        """What a symbolic link in this one's place says to lead to another."""
        return f"../../{other.hash[:2]}/{other.hash[2:]}"


def link_from_root(tree: Tree) -> str:
    """What a symbolic link says in a snapshot's own directory, ``s/<id>/``."""
    return f"../../{tree.name}"


def tree_of(files: Iterable[FileEntry]) -> Tree:
    """The directory that has all these files, with those below it."""
    files_in: dict[str, dict[str, FileEntry]] = {"": {}}
    below: dict[str, list[str]] = {"": []}
    for entry in files:
        folder, _, name = entry.stored_as.rpartition("/")
        if folder not in files_in:
            _make(folder, files_in, below)
        files_in[folder][name] = entry
    trees: dict[str, Tree] = {}
    for folder in sorted(files_in, key=len, reverse=True):  # what is below has a longer path
        trees[folder] = _tree(
            folder, files_in[folder], {path.rpartition("/")[2]: trees.pop(path) for path in below[folder]}
        )
    return trees[""]


def _make(folder: str, files_in: dict[str, dict[str, FileEntry]], below: dict[str, list[str]]) -> None:
    """Note a directory and, as far as they are not noted yet, those that it is in."""
    while folder not in files_in:
        files_in[folder] = {}
        below.setdefault(folder, [])
        parent = folder.rpartition("/")[0]
        below.setdefault(parent, []).append(folder)
        folder = parent


def _tree(path: str, files: dict[str, FileEntry], below: dict[str, Tree]) -> Tree:
    told = [f"{name}/{entry.size} {entry.sha256}" for name, entry in files.items()]
    told += [f"{name}/{tree.hash}" for name, tree in below.items()]
    digest = sha256("\0".join(sorted(told)).encode("utf-8", "surrogateescape")).hexdigest()
    return Tree(digest[:_DIGITS], path, dict(sorted(files.items())), dict(sorted(below.items())))


def trees_below(tree: Tree) -> Iterator[Tree]:
    """Every directory below one, each once, those within before those that hold them."""
    seen: set[str] = set()
    waiting: list[tuple[Tree, bool]] = [(each, False) for each in tree.below.values()]
    while waiting:
        each, is_done = waiting.pop()
        if is_done:
            yield each
        elif each.hash not in seen:
            seen.add(each.hash)
            waiting.append((each, True))
            waiting += [(one, False) for one in each.below.values()]

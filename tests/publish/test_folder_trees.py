"""Directories by what they hold."""

from __future__ import annotations

from okrsite.publish.manifest import FileEntry
from okrsite.publish.targets.folder.trees import link_from_root, tree_of, trees_below


def _entries(**sizes: int) -> list[FileEntry]:
    return [FileEntry(path.replace("__", "/"), size, f"{size:064x}") for path, size in sizes.items()]


def test_a_tree_is_told_by_what_it_holds() -> None:
    """The order of files says nothing; a name, a size, a digest, or a directory below says another tree."""
    files = _entries(a=1, b__c=2, b__d__e=3)
    same = tree_of(files)
    assert tree_of(reversed(files)) == same
    for other in (_entries(a=1, b__c=2, b__d__f=3), _entries(a=1, b__c=2, b__d__e=4), _entries(a=1, b__c=2, d__e=3)):
        assert tree_of(other).hash != same.hash
    assert tree_of(_entries(x__y=1)).below["x"].hash != tree_of(_entries(x__y__z=1)).below["x"].hash


def test_those_within_come_first_and_once() -> None:
    """A directory is made after all below it, and one that is in several places once."""
    root = tree_of(_entries(a__same__x=1, b__same__x=1, b__y=2, deep__a__b__c__d=3))
    order = [tree.hash for tree in trees_below(root)]
    assert len(order) == len(set(order))
    place = {hash: number for number, hash in enumerate(order)}
    for tree in trees_below(root):
        assert all(place[below.hash] < place[tree.hash] for below in tree.below.values())
    assert root.below["a"].below["same"].hash == root.below["b"].below["same"].hash


def test_links_are_short() -> None:
    """A link of less than 60 characters is kept in its inode: it takes no block."""
    root = tree_of(_entries(a__b__c=1))
    assert len(link_from_root(root.below["a"])) < 60
    assert len(root.below["a"].link_to(root.below["a"].below["b"])) < 60


def test_a_deep_path() -> None:
    """A thousand directories within each other are no deeper for the program."""
    path = "/".join("d" for _ in range(1000))
    assert len(list(trees_below(tree_of([FileEntry(f"{path}/f", 1, "0" * 64)])))) == 1000

"""What may go from a folder: what killed publishers left in ``staging/``, and trees and assets that no snapshot has."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from okrsite.publish.target import HASHED
from okrsite.publish.targets.folder.bringing import ASSETS
from okrsite.publish.targets.folder.disk import STAGING
from okrsite.publish.targets.folder.trees import TREES


def leftovers(folder: Path) -> list[Path]:
    """All that somebody is at work on, or was when they were killed."""
    place = folder / STAGING
    return sorted(place.iterdir()) if place.is_dir() else []


def sweep(folder: Path, is_dead: Callable[[Path], bool]) -> int:
    """Delete what nobody needs.

    Args:
        folder: The target's.
        is_dead: Whether nobody is at work any more on something in ``staging/``. While somebody is, trees and assets
            stay: those may be of a snapshot that is about to come.

    Returns:
        How many files and directories that was, each directory counted once with all that is in it.
    """
    gone = 0
    left = leftovers(folder)
    for each in left:
        if is_dead(each):
            _delete(each)
            gone += 1
    if gone < len(left):
        return gone
    needed = _Needed(folder)
    for fan in _folders(folder / TREES):
        for each in _folders(fan):
            if f"{fan.name}/{each.name}" not in needed.trees:
                # Out of the way first: a tree that is there is a whole one.
                out = folder / STAGING / f"{fan.name}{each.name}.gone"
                out.parent.mkdir(exist_ok=True)
                each.rename(out)
                _delete(out)
                gone += 1
    for name in sorted(_hashed_below(folder / ASSETS)):
        if name not in needed.assets:
            (folder / ASSETS / name).unlink(missing_ok=True)
            gone += 1
    return gone


class _Needed:
    """What the snapshots in a folder have, from the links on the disk: a damaged manifest takes nothing away.

    Attributes:
        trees: The names of trees below ``trees/``.
        assets: The paths of assets with a hash in their names, below ``assets/``.
    """

    def __init__(self, folder: Path) -> None:
        self.trees: set[str] = set()
        self.assets: set[str] = set()
        asset_trees: set[str] = set()
        for snapshot in _folders(folder / "s"):
            self._add(snapshot, folder / TREES)
            assets = snapshot / ASSETS
            if assets.is_dir() and (which := str(assets.resolve())) not in asset_trees:
                asset_trees.add(which)
                self.assets.update(_hashed_below(assets))

    def _add(self, snapshot: Path, trees: Path) -> None:
        waiting = [str(snapshot)]
        while waiting:
            with os.scandir(waiting.pop()) as found:
                links = [str(Path(each.path).readlink()) for each in found if each.is_symlink()]
            for link in links:
                name = "/".join(link.split("/")[-2:])
                if name not in self.trees and (trees / name).is_dir():
                    self.trees.add(name)
                    waiting.append(f"{trees}/{name}")


def _folders(place: Path) -> list[Path]:
    return sorted(each for each in place.iterdir() if each.is_dir()) if place.is_dir() else []


def _hashed_below(place: Path) -> Iterator[str]:
    for folder, _, names in os.walk(place, followlinks=True):
        prefix = Path(folder).relative_to(place).as_posix()
        paths = (name if prefix == "." else f"{prefix}/{name}" for name in names)
        yield from (path for path in paths if HASHED.fullmatch(f"{ASSETS}/{path}"))


def _delete(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)

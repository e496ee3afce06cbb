"""Where the files of a portal were when it was read last, so that after a save only what was saved is looked at."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from okrsite.content.folder import UnitFolder, Walk
from okrsite.content.kept.inventory import Inventory
from okrsite.disk import Look
from okrsite.frozen import frozen


class Places(NamedTuple):
    """Where the goals of a portal were, all of them where they belong: what a later process needs to know of it.

    Attributes:
        ids: Of all units, a parent before its children.
        folders: The goals' folder and all below it, by their paths below the portal's folder.
    """

    ids: Sequence[str]
    folders: Collection[str]

    def survey(self, look: Look, inventory: Inventory, root: Path, top: Path) -> Survey | None:
        """What may have changed by a look at all files; None where folders came or went.

        Args:
            look: At them as they are now.
            inventory: Knows what they were.
            root: The portal's folder.
            top: The goals' folder.
        """
        begin, inside = f"{root}{os.sep}", f"{top}{os.sep}"
        folders = {name for name in look.folders if f"{name}{os.sep}".startswith(inside)}
        if folders != {f"{begin}{name}" for name in self.folders}:
            return None
        changed = [name for name, (stat, _) in inventory.known.items() if look.files.get(name) != stat]
        new = [name for name in look.files if name not in inventory.known and name.startswith(inside)]
        return Survey(self.ids, {}, inventory, [*changed, *new])


@frozen
class Survey:
    """The folders and files of a portal, all of them where they belong.

    Attributes:
        ids: Of all units, a parent before its children.
        folders: Theirs by their ids, as far as they were looked through in this process.
        inventory: What the files hold.
        changed: The files that may have come, gone or changed since the folders were looked through.
    """

    ids: Sequence[str]
    folders: Mapping[str, UnitFolder]
    inventory: Inventory
    changed: Collection[str] = ()

    def after(self, changed: Collection[str], content: Path) -> Survey | None:
        """When some files may have changed; None where folders did, which bring files or take them along.

        Args:
            changed: Their paths on disk.
            content: The folder that all of them are in; None, too, where one is not.
        """
        if all(name.startswith(f"{content}{os.sep}") and self._is_file(name) for name in changed):
            return Survey(self.ids, self.folders, self.inventory.again(changed), changed)
        return None

    def unit_of(self, name: str) -> str:
        """The id of the unit that a file is of, or would be; empty for one outside of all units.

        Args:
            name: Relative to the goals' folder, with forward slashes.
        """
        return _unit_of(name, frozenset(self.ids))

    def below(self, unit: str) -> list[str]:
        """The ids of the units right below one."""
        return [each for each in self.ids if each.rpartition("/")[0] == unit]

    def changed_units(self, top: Path, walk: Walk) -> Mapping[str, UnitFolder] | None:
        """The units with a changed file, by id; None where there may be others than before, or something is wrong.

        Args:
            top: The goals' folder.
            walk: Looks through their folders.
        """
        known = dict.fromkeys(self.ids)
        found: dict[str, UnitFolder] = {}
        begin = f"{top}{os.sep}"
        for name in self.changed:
            if not name.startswith(begin):
                continue  # a rollout plan, or a written page
            id = _unit_of(name.removeprefix(begin).replace(os.sep, "/"), known)
            if not id:
                return None
            if id not in found:
                found[id], below = walk.unit(top / id, id)
                if below != self.below(id):
                    return None
        return None if walk.broken or len(walk.log) else found

    def _is_file(self, name: str) -> bool:
        """Whether there is a file of that name, or was one, or neither a file nor a folder."""
        if name in self.inventory.digests or os.path.isfile(name):  # noqa: PTH113 - a path object takes longer
            return True
        inside = f"{name}{os.sep}"
        return not os.path.lexists(name) and not any(file.startswith(inside) for file in self.inventory.digests)


def _unit_of(name: str, known: Collection[str]) -> str:
    """The id of the unit that a file belongs to; empty for one outside of all units."""
    while (name := name.rpartition("/")[0]) and name not in known:
        pass
    return name

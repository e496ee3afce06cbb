"""What reading a portal takes over from the last time: digests, parsed files, units that are as they were."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from pickle import UnpicklingError

from okrsite import __version__
from okrsite.content.cycles import KnownCycles
from okrsite.content.kept.folder import Blobs, KeptFolder
from okrsite.content.kept.inventory import Inventory, Signature
from okrsite.content.kept.packing import digest_of, packed, unpacked
from okrsite.content.kept.records import RolloutRecord, UnitRecord
from okrsite.content.kept.survey import Places, Survey
from okrsite.disk import moment

Parsed = tuple[str, object]
"""The digest of a file's content, and what that says."""

_COMMON = "*"  # no unit is called that
_UNITS = "units"
_DAMAGE = (UnpicklingError, ValueError, TypeError, AttributeError, EOFError, LookupError, ImportError, OverflowError)


class ContentCache:
    """Keeps what was read, in a folder and in memory: who reads twice with one cache gets the same objects again.

    The folder may be deleted at any time. What was written by another version, for another portal, or is damaged, is
    as good as not there.

    Args:
        folder: Made when there is something to keep.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        """Where it keeps what was read."""
        self._made_for: object = None
        self._goals: KeptFolder | None = None
        self._parsed: KeptFolder | None = None
        self._written: dict[str, UnitRecord] = {}
        self._common: object = None
        self._others: Mapping[str, Signature] = {}
        self.units: dict[str, UnitRecord] = {}
        """Those known to be without a problem, by id."""
        self.whole = False
        """Whether these are all units."""
        self.rollouts: RolloutRecord | None = None
        self.cycles: KnownCycles | None = None
        self.places: Places | None = None
        """Where the goals were when they were read last, if all were where they belong."""
        self.survey: Survey | None = None
        """Likewise, with their files as they were, if that was in this process."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing that was read is kept on disk."""
        return self._goals is None and not KeptFolder(self.folder / _UNITS, made_by()).names()

    def signatures(self, root: Path) -> dict[str, Signature]:
        """The signatures and digests of files, by their paths on disk."""
        if self._goals is None:
            self._load(self._kept_goals())
        inside = f"{root}{os.sep}"
        known = (self._others, *(record.signatures for record in self.units.values()))
        return {f"{inside}{name}": each for signatures in known for name, each in signatures.items()}

    def moment(self) -> int | None:
        """The file system's time, in nanoseconds; None where nothing can be kept."""
        with contextlib.suppress(OSError):
            return moment(self.folder)
        return None

    def turn_to(self, made_for: tuple[object, ...]) -> None:
        """Let go of all goals that were read for something else.

        Args:
            made_for: What every unit depends on: the settings that reading knows, and the digest of ``cycles.yml``.
        """
        if self._made_for != made_for:
            self._made_for = made_for
            self.units, self.rollouts, self.cycles, self.places = {}, None, None, None

    def parsed(self, unit: str, root: Path) -> dict[str, Parsed]:
        """What a unit's files said, by their paths on disk."""
        blobs = self._kept_parsed().get(unit)
        try:
            known = {} if blobs is None else unpacked(blobs[0])
            return {f"{root}{os.sep}{name}": each for name, each in known.items()}
        except _DAMAGE:
            return {}

    def keep(
        self,
        units: Mapping[str, UnitRecord],
        looked: Mapping[str, Iterable[str]],
        inventory: Inventory,
        root: Path,
        places: Places | None,
        *,
        whole: bool,
    ) -> None:
        """Keep what is known of a portal, instead of all that was known.

        Args:
            units: By id, those that were read without a problem.
            looked: The files of the units that were looked through.
            inventory: Has looked at these files, and at all others that count.
            root: The portal's folder.
            places: Where the units are, if all are where they belong.
            whole: Whether these are all units.
        """
        inside = f"{root}{os.sep}"
        others = {file.removeprefix(inside): each for file, each in inventory.signatures.items()}
        new = {id: record for id, record in units.items() if self._written.get(id) is not record}
        for id, files in looked.items():
            if (record := units.get(id)) is not None:
                signatures = {file.removeprefix(inside): each for file, each in inventory.signatures_of(files).items()}
                for file in signatures:
                    others.pop(file, None)
                if signatures != record.signatures:
                    record.signatures = signatures
                    new[id] = record
        rollouts = self.rollouts
        plans = None if rollouts is None else (rollouts.inputs, rollouts.asked, dict(rollouts.measures), rollouts.plans)
        common = (self._made_for, self.cycles, plans, whole, others, None if places is None else tuple(places))
        self.units, self.whole, self.places, self._others = dict(units), whole, places, others
        if new or common != self._common or units.keys() != self._written.keys():
            self._written, self._common = self.units, common
            blobs: dict[str, Blobs] = {id: record.kept() for id, record in new.items()}
            blobs[_COMMON] = (packed(common),)
            self._kept_goals().replace(blobs, [_COMMON, *units])

    def remember(self, units: Mapping[str, UnitRecord], *, whole: bool) -> None:
        """As `keep`, in memory alone: whoever reads again at once needs no more."""
        self.units, self.whole = dict(units), whole

    def aside(self, folder: Path) -> ContentCache:
        """Another one that knows the same goals, and keeps what is read with it elsewhere.

        Args:
            folder: Where.
        """
        other = ContentCache(folder)
        other._made_for, other.units, other.whole = self._made_for, self.units, self.whole
        other.rollouts, other.cycles = self.rollouts, self.cycles
        return other

    def contents(self) -> dict[str, bytes]:
        """What stands for all objectives and KPIs of each unit that was read without a problem, by its id."""
        return {id: record.content() for id, record in self.units.items()}

    @property
    def largest(self) -> int:
        """The bytes that the goals of the largest unit take as they are kept; 0 where none are."""
        return max((len(record.packed) for record in self.units.values()), default=0)

    def keep_parsed(self, parsed: Mapping[str, bytes], units: Iterable[str]) -> None:
        """Keep what files say.

        Args:
            parsed: Unit -> its files, as `packed_files` gives them.
            units: All that there are; what is kept of others is dropped.
        """
        self._kept_parsed().replace({unit: (blob,) for unit, blob in parsed.items()}, units)

    def _kept_goals(self) -> KeptFolder:
        if self._goals is None:
            self._goals = KeptFolder(self.folder / _UNITS, made_by())
        return self._goals

    def _kept_parsed(self) -> KeptFolder:
        if self._parsed is None:
            self._parsed = KeptFolder(self.folder / "files", made_by())
        return self._parsed

    def _load(self, kept: KeptFolder) -> None:
        blobs = kept.get(_COMMON)
        if blobs is None:
            return
        try:
            common = unpacked(blobs[0])
            made_for, cycles, plans, whole, others, places = common
            rollouts = None if plans is None else RolloutRecord(*plans)
            places = None if places is None else Places(*places)
            names = [name for name in kept.names() if name != _COMMON]
            units = {name: UnitRecord.of(*blobs) for name in names if (blobs := kept.get(name)) is not None}
        except _DAMAGE:
            return
        self._made_for, self._common, self.cycles, self.rollouts = made_for, common, cycles, rollouts
        self.units, self._written, self.places, self._others = units, units, places, others
        self.whole = bool(whole) and len(units) == len(names)


def packed_files(said: Mapping[str, Parsed], root: Path) -> bytes:
    """What a unit's files say, as it is kept.

    Args:
        said: By their paths on disk.
        root: The portal's folder.
    """
    inside = f"{root}{os.sep}"
    return packed({file.removeprefix(inside): each for file, each in said.items()})


@cache
def made_by() -> str:
    """What reads: okrsite's version, Python's, and the code of reading itself, so that a change of it is noticed."""
    package = Path(__file__).parents[2]
    code = [file for room in ("content", "model") for file in sorted((package / room).rglob("*.py"))]
    parts = [__version__.encode(), sys.version.encode(), *(file.read_bytes() for file in code)]
    return f"okrsite-{digest_of(b''.join(parts))}"

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
from okrsite.content.inventory import Inventory
from okrsite.content.kept import KeptFile, digest_of, packed, unpacked, write_kept
from okrsite.content.records import RolloutRecord, UnitRecord
from okrsite.content.survey import Survey
from okrsite.disk import Stat, moment

Parsed = tuple[str, object]
"""The digest of a file's content, and what that says."""

_HEADS = "*"  # no unit is called that
_DAMAGE = (UnpicklingError, ValueError, TypeError, AttributeError, EOFError, LookupError, ImportError, OverflowError)


class ContentCache:
    """Keeps what was read, in a folder and in memory: who reads twice with one cache gets the same objects again.

    The folder may be deleted at any time. What was written by another version, for another portal, or is damaged, is
    as good as not there.

    Args:
        folder: Made when there is something to keep.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made_for: object = None
        self._written: object = None
        self._signatures: dict[str, tuple[Stat, str]] | None = None
        self._parsed: KeptFile | None = None
        self.units: dict[str, UnitRecord] = {}
        """Those known to be without a problem, by id."""
        self.whole = False
        """Whether these are all units."""
        self.rollouts: RolloutRecord | None = None
        self.cycles: KnownCycles | None = None
        self.survey: Survey | None = None
        """Where the files were when they were read last in this process, if all were where they belong."""

    def signatures(self, root: Path) -> dict[str, tuple[Stat, str]]:
        """The signatures and digests of files, by their paths on disk."""
        if self._signatures is None:
            self._load()
        known = self._signatures or {}
        inside = f"{root}{os.sep}"
        return {f"{inside}{name}": each for name, each in known.items()}

    def moment(self) -> int | None:
        """The file system's time, in nanoseconds; None where nothing can be kept."""
        with contextlib.suppress(OSError):
            return moment(self._folder)
        return None

    def turn_to(self, made_for: tuple[object, ...]) -> None:
        """Let go of all goals that were read for something else.

        Args:
            made_for: What every unit depends on: the settings that reading knows, and the digest of ``cycles.yml``.
        """
        if self._made_for != made_for:
            self._made_for = made_for
            self.units, self.rollouts, self.cycles = {}, None, None

    def parsed(self, unit: str, root: Path) -> dict[str, Parsed]:
        """What a unit's files said, by their paths on disk."""
        if self._parsed is None:
            self._parsed = KeptFile(self._folder / "parsed", made_by())
        blob = self._parsed.get(unit)
        try:
            known = {} if blob is None else unpacked(blob)
            return {f"{root}{os.sep}{name}": each for name, each in known.items()}
        except _DAMAGE:
            return {}

    def keep(self, units: Mapping[str, UnitRecord], inventory: Inventory, root: Path, *, whole: bool) -> None:
        """Keep what is known of a portal, instead of all that was known.

        Args:
            units: By id, those that were read without a problem.
            inventory: Has looked at all files.
            root: The portal's folder.
            whole: Whether these are all units.
        """
        now = (self._made_for, self.cycles, self.rollouts, whole, {id: record.inputs for id, record in units.items()})
        if now == self._written and not inventory.changed and all(self.units[id] is units[id] for id in units):
            return
        self.units, self.whole, self._written = dict(units), whole, now
        inside = f"{root}{os.sep}"
        self._signatures = {file.removeprefix(inside): each for file, each in inventory.signatures.items()}
        rollouts = self.rollouts
        plans = None if rollouts is None else (rollouts.inputs, rollouts.asked, dict(rollouts.measures), rollouts.plans)
        heads = {id: record.head() for id, record in self.units.items()}
        blobs = {id: (record.pack(), record.content().hex()) for id, record in self.units.items()}
        for record in self.units.values():
            record.made = None  # packed they take a tenth of the memory, and who needs them unpacks a unit's
        head = packed((self._made_for, self._signatures, self.cycles, plans, whole, heads))
        blobs[_HEADS] = head, digest_of(head)
        write_kept(self._folder / "goals", made_by(), blobs)

    def remember(self, units: Mapping[str, UnitRecord], *, whole: bool) -> None:
        """As `keep`, in memory alone: whoever reads again at once needs no more."""
        self.units, self.whole, self._written = dict(units), whole, None

    def contents(self) -> dict[str, bytes]:
        """What stands for all objectives and KPIs of each unit that was read without a problem, by its id."""
        return {id: record.content() for id, record in self.units.items()}

    def keep_parsed(self, parsed: Mapping[str, Mapping[str, Parsed]], units: Iterable[str], root: Path) -> None:
        """Keep what files say.

        Args:
            parsed: Unit -> its files' paths on disk -> what they say.
            units: All that there are; what is kept of others is dropped.
            root: The portal's folder.
        """
        if self._parsed is None:
            self._parsed = KeptFile(self._folder / "parsed", made_by())
        inside = f"{root}{os.sep}"
        blobs = {
            unit: packed({file.removeprefix(inside): each for file, each in files.items()})
            for unit, files in parsed.items()
        }
        self._parsed.replace(blobs, units)

    def _load(self) -> None:
        kept = KeptFile(self._folder / "goals", made_by())
        self._signatures = {}
        head = kept.get(_HEADS)
        if head is None:
            return
        try:
            made_for, signatures, cycles, plans, whole, heads = unpacked(head)
            units = {id: UnitRecord(*head) for id, head in heads.items()}
            rollouts = None if plans is None else RolloutRecord(*plans)
        except _DAMAGE:
            return
        self._made_for, self._signatures, self.cycles, self.rollouts = made_for, signatures, cycles, rollouts
        for id, record in units.items():
            record.packed = kept.get(id) or b""
            record.stamp = bytes.fromhex(kept.digest(id)) if record.packed else b""
        self.units = {id: record for id, record in units.items() if record.packed}
        self.whole = bool(whole) and len(self.units) == len(units)
        inputs = {id: record.inputs for id, record in self.units.items()}
        self._written = (made_for, cycles, rollouts, self.whole, inputs)


@cache
def made_by() -> str:
    """What reads: okrsite's version, Python's, and the code of reading itself, so that a change of it is noticed."""
    package = Path(__file__).parents[1]
    code = [file for room in ("content", "model") for file in sorted((package / room).rglob("*.py"))]
    parts = [__version__.encode(), sys.version.encode(), *(file.read_bytes() for file in code)]
    return f"okrsite-{digest_of(b''.join(parts))}"

"""What the last check found in each unit, and the note of this one for the next."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from okrsite.settings import Settings
from okrsite.site.freshness import notefile
from okrsite.site.freshness.digests import digest_of
from okrsite.site.freshness.keptparts import KeptParts
from okrsite.site.freshness.key import options_of
from okrsite.site.inspection.inspection import Inspection


class LastCheck:
    """What the last check of a portal left, and what this one will.

    Attributes:
        parts: What was found, unit by unit.

    Args:
        file: The note.
    """

    def __init__(self, file: Path) -> None:
        self.parts = KeptParts()
        self._file = file

    def begin(self, makers: str, settings: Settings, inspection: Inspection, grounds: Mapping[str, bytes]) -> None:
        """Compare what was read then with what is there now.

        Args:
            makers: Of `okrsite.site.freshness.makers`.
            settings: The portal's options.
            inspection: What is checked.
            grounds: As of `KeptParts.begin`.
        """
        key = digest_of((makers, options_of(settings))).hex()
        last, units = notefile.read(self._file), inspection.portal.units
        self.parts.begin(last, key, inspection.roots, grounds, units, inspection)

    def end(self) -> None:
        """Leave the note for the next check."""
        notefile.write(self._file, self.parts.manifest({}))

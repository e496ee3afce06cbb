"""A kit, packed once and opened once by each worker elsewhere, whatever comes in how many tasks."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

from okrsite.crew.crew import CrewError, Kit


class Parcel:
    """What is sent. Unpacking runs code that it names, so it goes only to who is trusted to run this very okrsite.

    Attributes:
        edition: Of the code that packed it.
        edition_here: Gives that of the code where it is.
        digest: Of what is in it.

    Args:
        kit: Is pickled.

    Raises:
        CrewError: It cannot be pickled.
    """

    def __init__(self, kit: Kit) -> None:
        self.edition_here = type(kit).edition
        self.edition = self.edition_here()
        try:
            self._packed = pickle.dumps(kit, pickle.HIGHEST_PROTOCOL)
        except (pickle.PicklingError, AttributeError, TypeError) as error:
            raise CrewError(f"What workers need cannot be sent to them: {error}.") from error
        self.digest = hashlib.sha256(self._packed).hexdigest()

    def open(self, folder: Path | None = None) -> Callable[[Any], Any]:
        """What does the work.

        Args:
            folder: Where it may keep things.

        Raises:
            CrewError: The code here is not that which packed it; the same work would give other results.
        """
        if self.edition_here() != self.edition:
            raise CrewError(DIFFERS)
        kit: Kit = pickle.loads(self._packed)  # noqa: S301 - packed by the same code, for this process
        return kit.open(folder)


DIFFERS = (
    "The workers have another okrsite, or other versions of what it uses, and would make other pages. Install there "
    "what is installed here."
)

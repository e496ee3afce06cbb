"""Takes folders away without deleting them: a disk that has just deleted much is slow to make new files.

Linux' ext4 leaves the number of a deleted file alone for some seconds, and looks at it in vain for each new one. After
27,000 files were deleted, making as many took twice the time of the kernel, which neither CI nor a fresh clone meets.
"""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path


def set_aside(path: Path, top: Path) -> None:
    """Take a file or folder away; it may not be there.

    Args:
        path: What is to go.
        top: The folder of the site or portal; what goes is beside it until `delete_aside`.
    """
    aside = _aside(top)
    aside.mkdir(exist_ok=True)
    if path.exists():
        path.rename(next(place for number in count() if not (place := aside / str(number)).exists()))


def delete_aside(top: Path) -> None:
    """Delete all that was set aside of a site or portal."""
    shutil.rmtree(_aside(top), ignore_errors=True)


def _aside(top: Path) -> Path:
    return top.with_name(f"{top.name}-aside")

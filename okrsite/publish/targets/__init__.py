"""The places that snapshots can be published to; `open_target` chooses by how the user wrote it."""

from __future__ import annotations

import re
from pathlib import Path

from okrsite.publish.target import Target

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:::|://)")


def open_target(name: str) -> Target:
    """A place to publish to.

    Args:
        name: A folder, or an address that fsspec knows, such as ``s3://bucket/goals``.

    Raises:
        TargetError: Nothing can be published there.
    """
    if name.startswith("file://"):
        name = name.removeprefix("file://")
    if not _URL.match(name):
        from okrsite.publish.targets.folder import FolderTarget  # noqa: PLC0415 - only the one that is used

        return FolderTarget(Path(name))

    from okrsite.publish.targets.remote.opening import open_remote  # noqa: PLC0415 - likewise

    return open_remote(name)

"""fsspec's objects in memory, which all targets of a process share: to try things."""

from __future__ import annotations

from okrsite.publish.targets.remote.store import Store


class MemoryStore(Store):
    """A folder in memory."""

    has_folders = False

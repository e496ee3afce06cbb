"""What an author did since a portal was read."""

from __future__ import annotations

from collections.abc import Collection

from okrsite.frozen import frozen


@frozen
class Saved:
    """All that may be another than it was, so that nothing else is looked at.

    Attributes:
        files: By their paths on disk.
        commits: Whether ``HEAD`` may be another commit.
    """

    files: Collection[str]
    commits: bool

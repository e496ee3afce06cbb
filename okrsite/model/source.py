"""Where in the content a value stands."""

from __future__ import annotations

from okrsite.frozen import frozen


@frozen(order=True)
class Source:
    """A place in a content file.

    Attributes:
        path: Relative to the portal's folder (the one that holds ``mkdocs.yml``), with forward slashes.
        line: Counted from 1.
        column: Counted from 1.
    """

    path: str
    line: int = 1
    column: int = 1

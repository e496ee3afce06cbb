"""An objective through the cycles: what it carries on, and what carries it on."""

from __future__ import annotations

from okrsite.frozen import frozen
from okrsite.model import Portal
from okrsite.site.views.gallery import Gallery
from okrsite.site.views.goals import ObjectiveView
from okrsite.site.views.some import Some, first

MOST = 6
"""How many cycles back, and on, a page names: a year and a half of quarters."""


@frozen
class Chain:
    """The cycles around an objective.

    Attributes:
        earlier: What it carries on, the latest first.
        later: What carries it on, the next first; where it was split, all of them.
    """

    earlier: Some[ObjectiveView]
    later: Some[ObjectiveView]

    def __bool__(self) -> bool:
        return bool(self.earlier.shown or self.later.shown)


def chain(gallery: Gallery, id: str) -> Chain:
    """The chain that an objective is part of; each step leads to a cycle that begins earlier, or later, so it ends."""
    portal, view = gallery.portal, gallery.objectives.__getitem__
    earlier = []
    before = portal.objectives[id].continues
    while before is not None:
        earlier.append(before)
        before = portal.objectives[before].continues
    return Chain(first(earlier, MOST).each(view), first(_later(portal, id), MOST).each(view))


def _later(portal: Portal, id: str) -> list[str]:
    """What carries an objective on, step by step, each once."""
    found: dict[str, None] = {}
    waiting = [id]
    for each in waiting:
        for later in portal.continuing_ids.get(each, ()):
            if later not in found:
                found[later] = None
                waiting.append(later)
    return list(found)

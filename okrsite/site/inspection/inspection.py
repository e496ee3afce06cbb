"""Everything that is wrong with a portal that can be read: as a site, and as the rules see it; found unit by unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Protocol

from okrsite.day import Day
from okrsite.history import History
from okrsite.model import Portal
from okrsite.problems import Problem
from okrsite.reads import DAY
from okrsite.rules import Judge, OfUnit, judge
from okrsite.scoring import score
from okrsite.settings import Settings
from okrsite.site.contributions import kept_contributions
from okrsite.site.freshness.watched import watched
from okrsite.site.inspection.checks import site_problems
from okrsite.site.parts import MADE_NOW, Parts


class Judged(Protocol):
    """Goals that rules are applied to."""

    @property
    def judge(self) -> Judge:
        """Who applies them."""


def in_unit(goals: Judged, id: str) -> OfUnit:
    """What the rules find in a unit, and what it tells those that compare units."""
    return goals.judge.of_unit(id)


def in_english(goals: Judged, id: str) -> OfUnit:
    """The same for those who speak English only: in half of the room."""
    return goals.judge.of_unit(id, str)


def findings(goals: Judged, parts: Parts, found_in: Callable[[Judged, str], OfUnit] = in_unit) -> list[Problem]:
    """Everything that the rules find, sorted by place.

    Args:
        goals: In which it is found.
        parts: Has or makes what is found in each unit.
        found_in: Makes that.
    """
    return goals.judge.problems(lambda unit: parts.of(found_in, goals, unit))


class Inspection:
    """A portal as it is checked; what is read of it is noted.

    Attributes:
        portal: The goals.
        computed: Their figures.
        judge: Applies the rules to them.
        roots: What is read, by the first step of the ways to it.

    Args:
        portal: As read.
        history: How its goals moved.
        settings: The portal's options.
        as_of: The day that it is checked for.
        parts: Has or makes what is found in each unit.
    """

    def __init__(
        self, portal: Portal, history: History, settings: Settings, as_of: date, parts: Parts = MADE_NOW
    ) -> None:
        self.portal = watched("portal", portal)
        self._settings = settings
        self._parts = parts
        figures = score(self.portal, Day(as_of), settings.status, kept_contributions(self.portal, lambda: self, parts))
        self.computed = watched("figures", figures)
        self.judge: Judge = judge(self.portal, self.computed, settings.rules, watched("history", history))
        self.roots: Mapping[str, object] = {
            "portal": portal,
            "figures": figures,
            "history": history,
            DAY: figures.as_of,
        }

    def problems(self, root: Path) -> list[Problem]:
        """Everything that is wrong.

        Args:
            root: The portal's folder.
        """
        of_site = site_problems(self.portal, self._settings, root, self._parts)
        return [*of_site, *findings(self, self._parts, in_english)]

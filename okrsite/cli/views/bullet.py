"""A bullet bar in characters: how far a goal is, and a tick where it should be."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from rich.console import Console, ConsoleOptions, RenderableType
from rich.measure import Measurement
from rich.text import Text

from okrsite.cli.views.marks import STATUS_MARKS
from okrsite.frozen import frozen
from okrsite.scoring import Status

NARROW, WIDE = 8, 16
"""The least and the most characters of a bar."""


@frozen
class Bullet:
    """A bar as wide as there is room, within its limits."""

    progress: Fraction
    expected: Fraction
    status: Status

    def text(self, width: int) -> Text:
        """The bar in so many characters."""
        filled = int(self.progress * width + Fraction(1, 2))
        tick = min(int(self.expected * width), width - 1)
        bar = Text("█" * filled + "░" * (width - filled), no_wrap=True)
        bar.stylize(STATUS_MARKS[self.status][1], 0, filled)
        bar.stylize("dim", filled)
        return Text.assemble(bar[:tick], ("│", "bold"), bar[tick + 1 :], no_wrap=True)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        yield self.text(min(WIDE, options.max_width))

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(min(NARROW, options.max_width), min(WIDE, options.max_width))

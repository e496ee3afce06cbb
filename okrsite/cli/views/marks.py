"""Statuses as a terminal marks them: by shape, word and colour."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from rich.text import Text

from okrsite.model import Cycle
from okrsite.scoring import CycleFigures, ObjectiveFigures, Status
from okrsite.site.words import ENGLISH_WORDS as WORDS

STATUS_MARKS: Mapping[Status, tuple[str, str]] = MappingProxyType(
    {
        "achieved": ("✓", "blue"),
        "on_track": ("●", "green"),
        "at_risk": ("▲", "yellow"),
        "off_track": ("■", "red"),
        "no_data": ("◌", "dim"),
        "not_started": ("○", "dim"),
    }
)
"""Shape and colour of each status."""

KPI_COLOURS: Mapping[str, str] = MappingProxyType({"green": "green", "amber": "yellow", "red": "red"})
"""A KPI's status is a colour's name; it is shown in that colour."""


def status(value: Status) -> Text:
    """Shape and words in the status' colour."""
    shape, colour = STATUS_MARKS[value]
    return Text(f"{shape} {WORDS.status(value)}", style=colour)


def state(figures: CycleFigures | ObjectiveFigures, cycle: Cycle, as_of: date) -> Text:
    """Status, progress and expectation in a sentence, with the day of the cycle."""
    sentence = Text.assemble(
        status(figures.status),
        f": {WORDS.percent(figures.progress)} done, {WORDS.percent(figures.expected)} expected "
        f"({WORDS.time_in_cycle(cycle, as_of)})",
    )
    if figures.confidence is not None:
        sentence.append(f", confidence {WORDS.confidence(figures.confidence)}")
    return sentence

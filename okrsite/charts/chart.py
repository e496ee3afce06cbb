"""What a chart is: the name of a template, and the values that one drawing puts into it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from okrsite.problems import OkrsiteError

Row = Mapping[str, str | float | int]
"""One row of a data set: plain values only, dates as ISO text."""


class ChartError(OkrsiteError):
    """A chart could not be drawn; the page shows the text in its place and goes on."""


@dataclass(frozen=True)
class Chart:
    """One chart, ready to be drawn. It holds what it shows and nothing else, so that equal charts are drawn once.

    Attributes:
        template: The name of its template, see [`TEMPLATES`][okrsite.charts.templates.TEMPLATES].
        title: Its name for those who do not see it, and when the pointer rests on it; not drawn.
        description: What it shows, in a sentence or two, for those who do not see it.
        data: The rows of each of the template's data sets, by the data set's name.
        width: Of the plot without its margins, in CSS pixels; None for the template's own.
        height: Likewise.
    """

    template: str
    title: str
    description: str
    data: Mapping[str, Sequence[Row]]
    width: int | None = None
    height: int | None = None

    @cached_property
    def digest(self) -> str:
        """A hash of everything in the chart: the same in every process, other for any other chart.

        Raises:
            ChartError: A value is not a finite number or plain text.
        """
        try:
            parts = [self.template, self.title, self.description, self.data, self.width, self.height]
            text = json.dumps(parts, sort_keys=True, separators=(",", ":"), allow_nan=False)
        except (TypeError, ValueError) as error:
            raise ChartError(f"chart {self.title!r}: {error}") from error
        return hashlib.sha256(text.encode()).hexdigest()

"""What a chart is: the name of a template, and the values that one drawing puts into it."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

from okrsite.problems import OkrsiteError

Row = Mapping[str, str | float | int]
"""One row of a data set: plain values only, dates as ISO text."""


class ChartError(OkrsiteError):
    """A chart could not be drawn; the page shows the text in its place and goes on."""


Kind = Literal["text", "day", "share", "number"]
"""What the values of a column are: ``day`` is ISO text, ``share`` 0..1."""


class Column(NamedTuple):
    """What a point of a chart says.

    Attributes:
        title: e.g. ``Progress``; the head of the column in the downloaded table.
        field: Of the point's row.
        kind: How the value is shown.
        names: What readers see in place of the field's value, by that value as text; None where it is shown itself.
        unit: Of measure.
    """

    title: str
    field: str
    kind: Kind = "text"
    names: Mapping[str, str] | None = None
    unit: str = ""


class Points(NamedTuple):
    """What pointer and arrow keys find in a chart, and its downloaded table holds: the rows of some of its data sets.

    Attributes:
        sets: The names of the data sets.
        columns: What each row says, in order.
        x: The field that places a row across; ``x2`` the other end of it, where it is a bar.
        y: The field that places it up or down.
        line: The field that tells lines (or rows) apart; arrow keys go along one, or from one to the next.
    """

    sets: tuple[str, ...]
    columns: tuple[Column, ...]
    x: str
    y: str
    line: str
    x2: str = ""


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
        points: What its large view lets readers explore; not drawn on the page.
    """

    template: str
    title: str
    description: str
    data: Mapping[str, Sequence[Row]]
    width: int | None = None
    height: int | None = None
    points: Points | None = None

    @cached_property
    def digest(self) -> str:
        """A hash of everything in the chart: the same in every process, other for any other chart.

        Raises:
            ChartError: A value is no number or plain text.
        """
        points = self.points and (*self.points[:1], *map(tuple, self.points.columns), *self.points[2:])
        parts: Any = (self.template, self.title, self.description, self.data, self.width, self.height, points)
        try:
            # A fifth of the time that JSON takes; later versions of the format tell objects that are the same.
            return hashlib.sha256(marshal.dumps(parts, 2)).hexdigest()
        except ValueError as error:
            raise ChartError(f"chart {self.title!r}: {error}") from error

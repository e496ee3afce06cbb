"""Series as the points of sparklines, both axes 0..1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from okrsite.model import Kpi
from okrsite.scoring import drawable
from okrsite.site.views.goals import Band, Spark

SPARK_STEPS = 60
"""How many steps a sparkline has room for: about one a pixel."""

_MOST_MEASUREMENTS = 24


def progress_spark(series: Iterable[tuple[date, float]], start: date, end: date) -> Spark:
    """Progress over a cycle, in steps."""
    first, days = start.toordinal(), max((end - start).days, 1)
    steps = [(day.toordinal() - first, value) for day, value in series]
    if len(steps) > SPARK_STEPS:
        steps = list({passed * SPARK_STEPS // days: (passed, value) for passed, value in steps}.values())
    points: list[tuple[float, float]] = []
    for passed, value in steps:
        across = passed / days if 0 <= passed <= days else 0.0 if passed < 0 else 1.0
        up = value if 0.0 <= value <= 1.0 else 0.0 if value < 0.0 else 1.0
        if points:
            points.append((across, points[-1][1]))  # progress stays where it is until the next reading
        points.append((across, up))
    return tuple(points)


def kpi_spark(kpi: Kpi, series: Sequence[tuple[date, float]]) -> tuple[Spark, Band | None]:
    """A KPI's last measurements between the extremes of these and of its target, and where its target is met.

    Nothing of a KPI that has been measured less than twice.
    """
    series = series[-_MOST_MEASUREMENTS:]
    if len(series) < 2:
        return (), None
    target = kpi.target_band or ((kpi.target, kpi.target) if kpi.target is not None else ())
    limits = [drawable(limit) for limit in target]
    begin, days = series[0][0], max((series[-1][0] - series[0][0]).days, 1)
    values = [value for _, value in series]
    low, high = min([*values, *limits]), max([*values, *limits])
    span = high - low

    def up(value: float) -> float:
        return (value - low) / span if span else 0.5

    points = tuple(((day - begin).days / days, up(value)) for day, value in series)
    if not limits:
        return points, None
    ends = {"up": (up(limits[0]), 1.0), "down": (0.0, up(limits[-1])), "band": (up(limits[0]), up(limits[-1]))}
    return points, ends[kpi.direction]

"""The plan of a rollout: its tasks as bars over its months, what is done, what is expected, and today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from okrsite.charts import style
from okrsite.charts.chart import Chart, Row
from okrsite.charts.label import day, percent, two_lines
from okrsite.charts.rows import name_rows, row_names, row_scale, shown
from okrsite.charts.ticks import day_ticks, later

if TYPE_CHECKING:
    import altair as alt

_LEFT = 304
_RIGHT = 148
_ROW = 26
_PLOT = style.WIDE - _LEFT - _RIGHT
_LETTER = 7.2


class GanttMonth(NamedTuple):
    """A month of the plan: its title, first and last day."""

    title: str
    start: date
    end: date


class GanttTask(NamedTuple):
    """A task of the plan: its title, first and last day, progress and expected progress (shares 0..1), status."""

    title: str
    start: date
    end: date
    progress: float
    expected: float
    status: str


def template() -> alt.LayerChart:
    """Months as bands, tasks as bars filled so far as they are done, a tick where they should be, a rule for today."""
    import altair as alt  # noqa: PLC0415

    y = row_scale()
    months, tasks = alt.Chart(style.data("months")), alt.Chart(style.data("tasks"))
    today = alt.Chart(style.data("today"))
    whole = {"y": alt.value(0), "y2": alt.value(alt.expr("height"))}
    month_edge = {"y": alt.value(-56), "y2": alt.value(alt.expr("height"))}
    return style.framed(
        months.mark_rule(stroke=style.ink("line"), strokeWidth=1).encode(x=style.day_scale("start"), **month_edge),
        style.words("months", "title", style.day_scale("start"), style.from_top(-48), dx=4, fill=style.ink("ink-soft")),
        style.words("months", "more", style.day_scale("start"), style.from_top(-32), dx=4, fill=style.ink("ink-soft")),
        style.day_axis(),
        row_names(y, _LEFT),
        tasks.mark_bar(height=12, fill=style.ink("line")).encode(x=style.day_scale("start"), x2="end", y=y),
        tasks.mark_bar(height=12, fill=style.status_colour()).encode(x=style.day_scale("start"), x2="done", y=y),
        today.mark_rule(stroke=style.ink("ink"), strokeWidth=1.2).encode(x=style.day_scale(), **whole),
        style.words("today", "label", style.day_scale(), style.from_top(-4), dy=-2, align="center", fontWeight="bold"),
        alt.Chart(style.data("expected"))
        .mark_tick(thickness=2.5, size=20, color=style.ink("expected"), opacity=1)
        .encode(x=style.day_scale("at"), y=y),
        style.words("tasks", "share", style.from_right(46), y, align="right"),
        style.status_marks("tasks", style.from_right(58), y),
        style.words("tasks", "word", style.from_right(69), y),
        left=_LEFT,
        right=_RIGHT,
        top=62,
        bottom=30,
        height=_ROW,
        whole=style.WIDE,
    )


def rollout_gantt(
    title: str, months: Sequence[GanttMonth], tasks: Sequence[GanttTask], today: date | None = None
) -> Chart | None:
    """The chart of a plan, its tasks in the order given; None without months or tasks.

    This is the one chart that changes with the day. Only the first 60 tasks are drawn.

    Args:
        title: Of the chart, e.g. the plan's.
        months: In order.
        tasks: In order.
        today: The day to mark; None, or a day outside the plan, for none.
    """
    if not months or not tasks:
        return None
    drawn, rest = shown(tasks)
    start = min([month.start for month in months] + [task.start for task in drawn])
    end = max([month.end for month in months] + [task.end for task in drawn])
    end = later(end, 1)
    per_day = _PLOT / max(1, (end - start).days)
    names = name_rows([task.title for task in drawn], rest, _LEFT - 14)
    bands: list[Row] = []
    for month in months:
        room = ((month.end - month.start).days + 1) * per_day - 6
        first, second = two_lines(month.title, max(2, int(room / _LETTER)))
        bands.append({"start": month.start.isoformat(), "title": first, "more": second})
    marked: list[Row] = []
    if today is not None and start <= today < end:
        marked.append({"date": _within(today, today, 0.5), "label": f"today, {day(today)}"})
    return Chart(
        template="rollout_gantt",
        title=title,
        description=_description(months, drawn, today, rest),
        data={
            "days": day_ticks(start, later(end, -1)),
            "months": bands,
            "names": names,
            "tasks": [_bar(row, task) for row, task in enumerate(drawn)],
            "expected": [
                {"row": row, "at": _within(task.start, task.end, task.expected)}
                for row, task in enumerate(drawn)
                if task.expected > 0 and task.progress < 1
            ],
            "today": marked,
        },
        height=_ROW * len(names),
    )


def _bar(row: int, task: GanttTask) -> Row:
    return {
        "row": row,
        "start": task.start.isoformat(),
        "end": _within(task.start, task.end, 1),
        "done": _within(task.start, task.end, min(max(task.progress, 0.0), 1.0)),
        "share": percent(task.progress),
        "status": task.status,
        "word": style.STATUS_WORDS[task.status],
    }


def _within(start: date, end: date, share: float) -> str:
    """The moment a share into the days start..end, the last one included, to the minute in UTC."""
    minutes = round(((end - start).days + 1) * 24 * 60 * share)
    days, rest = divmod(minutes, 24 * 60)
    return f"{later(start, days).isoformat()}T{rest // 60:02}:{rest % 60:02}Z"


def _description(months: Sequence[GanttMonth], tasks: Sequence[GanttTask], today: date | None, rest: str) -> str:
    plan = f"The plan from {day(months[0].start, year=True)} to {day(months[-1].end, year=True)}"
    if today is not None:
        plan += f", on {day(today, year=True)}"
    told = "; ".join(f"{task.title} {percent(task.progress)}, {style.STATUS_WORDS[task.status]}" for task in tasks)
    return f"{plan}: {told}{'; ' + rest if rest else ''}."

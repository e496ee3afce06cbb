"""The plan of a rollout: its tasks as bars over its months, what is done, what is expected, and today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from okrsite.charts import style
from okrsite.charts.chart import Chart, Column, Points, Row
from okrsite.charts.label import percent, two_lines
from okrsite.charts.rows import by_row, name_rows, row_names, row_scale, shown, told
from okrsite.charts.ticks import day_ticks, later
from okrsite.languages import ENGLISH, Language

if TYPE_CHECKING:
    import altair as alt

LEFT = 304
RIGHT = 148
_ROW = 26
_PLOT = style.WIDE - LEFT - RIGHT
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
        row_names(y, LEFT),
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
        left=LEFT,
        right=RIGHT,
        top=62,
        bottom=30,
        height=_ROW,
        whole=style.WIDE,
    )


def rollout_gantt(
    title: str,
    months: Sequence[GanttMonth],
    tasks: Sequence[GanttTask],
    today: date | None = None,
    language: Language = ENGLISH,
) -> Chart | None:
    """The chart of a plan, its tasks in the order given; None without months or tasks.

    This is the one chart that changes with the day. Only the first 60 tasks are drawn.

    Args:
        title: Of the chart, e.g. the plan's.
        months: In order.
        tasks: In order.
        today: The day to mark; None, or a day outside the plan, for none.
        language: Of all words, days and numbers.
    """
    if not months or not tasks:
        return None
    drawn, rest = shown(tasks, language)
    start, end = gantt_days(months, drawn)
    per_day = _PLOT / max(1, (end - start).days)
    names = name_rows([task.title for task in drawn], rest, LEFT - 14)
    bands: list[Row] = []
    for month in months:
        room = ((month.end - month.start).days + 1) * per_day - 6
        first, second = two_lines(month.title, max(2, int(room / _LETTER)))
        bands.append({"start": month.start.isoformat(), "title": first, "more": second})
    marked: list[Row] = []
    if today is not None and start <= today < end:
        said = language.gettext("today, %(day)s", day=language.short_day(today))
        marked.append(
            {
                "date": _within(today, today, 0.5),
                "label": said,
            }
        )
    return Chart(
        template="rollout_gantt",
        title=title,
        description=_description(months, drawn, today, rest, language),
        data={
            "days": day_ticks(start, later(end, -1), language),
            "months": bands,
            "names": names,
            "tasks": [_bar(row, task, language) for row, task in enumerate(drawn)],
            "expected": [
                {"row": row, "at": _within(task.start, task.end, task.expected)}
                for row, task in enumerate(drawn)
                if task.expected > 0 and task.progress < 1
            ],
            "today": marked,
        },
        height=_ROW * len(names),
        points=Points(
            sets=("tasks",),
            columns=(
                Column(language.gettext("Task"), "row", names=by_row([task.title for task in drawn])),
                Column(language.gettext("From"), "start", "day"),
                Column(language.gettext("To"), "last", "day"),
                Column(language.gettext("Progress"), "share"),
                Column(language.gettext("Expected"), "wanted"),
                Column(language.gettext("Status"), "word"),
            ),
            x="start",
            x2="end",
            y="row",
            line="row",
        ),
    )


def gantt_days(months: Sequence[GanttMonth], tasks: Sequence[GanttTask]) -> tuple[date, date]:
    """The first day of a plan, and the day after its last: what the chart shows."""
    start = min([month.start for month in months] + [task.start for task in tasks])
    return start, later(max([month.end for month in months] + [task.end for task in tasks]), 1)


def _bar(row: int, task: GanttTask, language: Language) -> Row:
    return {
        "row": row,
        "start": task.start.isoformat(),
        "end": _within(task.start, task.end, 1),
        "done": _within(task.start, task.end, min(max(task.progress, 0.0), 1.0)),
        "last": task.end.isoformat(),
        "share": percent(task.progress, language),
        "wanted": percent(task.expected, language),
        "status": task.status,
        "word": style.status_words(language)[task.status],
    }


def _within(start: date, end: date, share: float) -> str:
    """The moment a share into the days start..end, the last one included, to the minute in UTC."""
    minutes = round(((end - start).days + 1) * 24 * 60 * share)
    days, rest = divmod(minutes, 24 * 60)
    return f"{later(start, days).isoformat()}T{rest // 60:02}:{rest % 60:02}Z"


def _description(
    months: Sequence[GanttMonth], tasks: Sequence[GanttTask], today: date | None, rest: str, language: Language
) -> str:
    words = style.status_words(language)
    each = told((f"{task.title} {percent(task.progress, language)}, {words[task.status]}" for task in tasks), rest)
    start, end = language.day(months[0].start), language.day(months[-1].end)
    if today is None:
        return language.gettext("The plan from %(start)s to %(end)s: %(each)s.", start=start, end=end, each=each)
    return language.gettext(
        "The plan from %(start)s to %(end)s, on %(today)s: %(each)s.",
        start=start,
        end=end,
        today=language.day(today),
        each=each,
    )

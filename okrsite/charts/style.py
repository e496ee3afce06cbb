"""How every chart looks: its inks, the marks of the six statuses, its letters and its frame.

Inks are CSS variables that the theme sets for light and dark, so that one drawing serves both, and print.
Altair is imported where it is used: reading a portal does not need it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from okrsite.languages import Language

if TYPE_CHECKING:
    import altair as alt

INKS = (
    "ink",
    "ink-soft",
    "line",
    "paper",
    "accent",
    "expected",
    "on-track",
    "at-risk",
    "off-track",
    "achieved",
    "no-data",
    "not-started",
    "band-green",
    "band-amber",
    "band-red",
    *(f"series-{number}" for number in range(1, 9)),
)
"""What a theme has to set, each as ``--okr-NAME``."""

SERIES = 8
"""How many inks there are for lines that have to be told apart."""

STATUSES = ("achieved", "on_track", "at_risk", "off_track", "no_data", "not_started")
"""The statuses in the order in which charts stack them."""

HOLLOW = ("no_data", "not_started")
"""The statuses whose mark is an outline."""

FONT_SIZE = 13
"""Of all letters, in CSS pixels if a chart is shown as it was drawn."""

WIDTH = 640
"""Of a whole chart, in CSS pixels, if it is shown as it was drawn."""

WIDE = 960
"""Of a chart with long names and much to show beside them."""

_SHAPES = {
    "achieved": "M-0.9,0.1L-0.3,0.7L0.9,-0.7",
    "on_track": "circle",
    "at_risk": "triangle-up",
    "off_track": "square",
    "no_data": "circle",
    "not_started": "circle",
}


def ink(name: str) -> str:
    """An ink of the theme, as a colour."""
    if name not in INKS:
        raise KeyError(name)
    return f"var(--okr-{name})"


def status_ink(status: str) -> str:
    """The ink of a status."""
    return ink(status.replace("_", "-"))


def status_words(language: Language) -> dict[str, str]:
    """What readers see of each of the `STATUSES`, in their order."""
    _ = language.gettext
    return {
        "achieved": _("achieved"),
        "on_track": _("on track"),
        "at_risk": _("at risk"),
        "off_track": _("off track"),
        "no_data": _("no data"),
        "not_started": _("not started"),
    }


def data(name: str) -> alt.NamedData:
    """A data set of a template, empty until a chart fills it."""
    import altair as alt  # noqa: PLC0415

    return alt.NamedData(name)


def looked_up(field: str, looks: Mapping[str, Any]) -> Any:
    """A property of a mark by a field of its row: the look that stands under the field's value."""
    import altair as alt  # noqa: PLC0415

    # Only the looks, which are the templates' own, become part of an expression; values of fields never do.
    return alt.expr(f"{json.dumps(looks)}[datum.{field}]")


def status_colour() -> Any:
    """The colour of a bar by the field ``status``."""
    return looked_up("status", {name: status_ink(name) for name in STATUSES})


def status_marks(source: str, x: Any, y: Any, *, on_bars: bool = False, **mark: Any) -> alt.Chart:
    """The mark of each row's field ``status``: told by its shape as well as by its ink.

    Args:
        source: The data set.
        x: Where, as for Altair.
        y: Where, as for Altair.
        on_bars: Whether marks stand on bars of their own ink, and so are drawn in that of the paper.
        mark: What else to say of the mark, such as how far it is beside its place.
    """
    import altair as alt  # noqa: PLC0415

    stroke = {name: status_ink(name) for name in STATUSES}
    if on_bars:
        stroke |= {name: ink("paper") for name in STATUSES if name not in HOLLOW}
    fill = stroke | dict.fromkeys(("achieved", *HOLLOW), "none")
    marks: alt.Chart = (
        alt.Chart(data(source))
        .mark_point(
            size=75,
            opacity=1,
            **mark,
            shape=looked_up("status", _SHAPES),
            fill=looked_up("status", fill),
            stroke=looked_up("status", stroke),
            strokeWidth=looked_up("status", {name: 2.2 if name == "achieved" else 1.6 for name in STATUSES}),
            strokeDash=looked_up("status", {name: [2, 2] if name == "no_data" else [] for name in STATUSES}),
        )
        .encode(x=x, y=y)
    )
    return marks


def words(source: str | alt.InlineData, field: str, x: Any, y: Any, **mark: Any) -> alt.Chart:
    """The text of a field of each row, in letters of the one size that charts have.

    Args:
        source: The data set, or its name.
        field: Which holds the text.
        x: Where, as for Altair.
        y: Where, as for Altair.
        mark: What differs from plain ink, left-aligned, in the middle of its height.
    """
    import altair as alt  # noqa: PLC0415

    # The middle of its height by hand: Vega would work it out from the size of the letters, which drawing leaves out.
    look: dict[str, Any] = {"align": "left", "baseline": "alphabetic", "dy": 4, "fill": ink("ink")} | mark
    text = alt.Chart(data(source) if isinstance(source, str) else source).mark_text(**look)
    placed: alt.Chart = text.encode(x=x, y=y, text=alt.Text(f"{field}:N"))
    return placed


def from_right(distance: int) -> Any:
    """A place so many pixels right of the plot's right edge."""
    import altair as alt  # noqa: PLC0415

    return alt.value(alt.expr(f"width + {distance}"))


def from_top(distance: int) -> Any:
    """A place so many pixels below the plot's top edge."""
    import altair as alt  # noqa: PLC0415

    return alt.value(distance)


def day_axis() -> alt.LayerChart:
    """The days below a plot, from the data set ``days``: rows of ``date`` and ``label``."""
    import altair as alt  # noqa: PLC0415

    x = day_scale()
    below = alt.value(alt.expr("height + 18"))
    tick = alt.Chart(data("days")).mark_rule(stroke=ink("line"), strokeWidth=1)
    return alt.LayerChart(
        layer=[
            tick.encode(x=x, y=alt.value(alt.expr("height")), y2=alt.value(alt.expr("height + 6"))),
            words("days", "label", x, below, align="center", fill=ink("ink-soft")),
        ]
    )


def day_scale(field: str = "date") -> alt.X:
    """A field of ISO dates along the plot; days are UTC, wherever the chart is drawn."""
    import altair as alt  # noqa: PLC0415

    return alt.X(f"{field}:T", scale=alt.Scale(type="utc", nice=False), axis=None)


def level_scale(top: float, field: str = "value") -> alt.Y:
    """A field of values 0..top up the plot."""
    import altair as alt  # noqa: PLC0415

    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=None)


def level_axis(y: alt.Y) -> alt.LayerChart:
    """Quiet rules, labelled left of the plot, from the data set ``levels``: rows of ``value`` and ``label``."""
    import altair as alt  # noqa: PLC0415

    rules = alt.Chart(data("levels")).mark_rule(stroke=ink("line"), strokeWidth=1)
    return alt.LayerChart(
        layer=[
            rules.encode(x=alt.value(0), x2=alt.value(alt.expr("width")), y=y),
            words("levels", "label", alt.value(-8), y, align="right", fill=ink("ink-soft")),
        ]
    )


def framed(
    *layers: alt.Chart | alt.LayerChart, left: int, right: int, top: int, bottom: int, height: int, whole: int = WIDTH
) -> alt.LayerChart:
    """The layers as one chart, margins and all as wide as `whole` says.

    Margins are given, not measured, and text has no size until the drawing is finished. Vega would measure each text to
    know its bounds: 1 ms a text, nine tenths of all the drawing, and the answer depends on the fonts of the machine.
    """
    import altair as alt  # noqa: PLC0415

    chart: alt.LayerChart = (
        alt.LayerChart(layer=list(layers))
        .properties(
            width=whole - left - right,
            height=height,
            padding={"left": left, "right": right, "top": top, "bottom": bottom},
            autosize=alt.AutoSizeParams(type="none"),
        )
        .configure(
            aria=False,
            background="transparent",
            view=alt.ViewConfig(stroke="transparent"),
            # Values are finite numbers and dates: looking for others took a third of the time.
            mark=alt.MarkConfig(invalid="show"),
            text=alt.MarkConfig(fontSize=0),
        )
    )
    return chart

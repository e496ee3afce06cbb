"""Cards and charts of goals within written pages."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from okrsite.charts import Chart, Line, objective_trend, portal_progress
from okrsite.frozen import frozen
from okrsite.site.pages.kpis import kpi_chart
from okrsite.site.views import Gallery, KeyResultView, KpiView, ObjectiveView, UnitView
from okrsite.site.written.called import Call
from okrsite.site.written.calls import EmbedCalls, Placeholder
from okrsite.site.written.targets import Goals

MOST_LINES = 8
_TAG = r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>"""


@frozen
class Embed:
    """A goal to show within a page.

    Attributes:
        kind: ``unit``, ``objective``, ``key_result`` or ``kpi``: what ``view`` is of.
        title: What readers see.
        address: Its page.
        view: The goal with its figures.
        objective: The objective of a key result.
        sentence: The state of a unit.
        chart: Where a chart is asked for and there is something to draw.
    """

    kind: str
    title: str
    address: str
    view: UnitView | ObjectiveView | KeyResultView | KpiView
    objective: ObjectiveView | None = None
    sentence: str = ""
    chart: Chart | None = None


Render = Callable[[Embed, str, str], str]
"""Lays a goal out as a ``card``, a ``chart`` or ``short``, on a page from which a base leads to the site's root."""


@dataclass(slots=True)
class Embeds:
    """Puts goals into written pages.

    Args:
        gallery: The goals with their figures.
        render: Lays them out.
        miss: Is told of an embedding that cannot be shown.
    """

    gallery: Gallery
    render: Render
    miss: Callable[[Call], None]
    _secret: str = field(default_factory=lambda: f"okrembed{secrets.token_hex(12)}x")
    _found: list[Embed] = field(default_factory=list)

    def extension(self) -> EmbedCalls:
        """For the converter of written pages."""
        return EmbedCalls(self._take)

    def show(self, gallery: Gallery) -> None:
        """Take the goals from another reading."""
        self.gallery = gallery
        self._found.clear()

    @property
    def _token(self) -> str:
        return rf"{self._secret}(\d+)z"

    def named(self, html: str) -> str:
        """The page with the goals' titles in their places."""
        if self._secret not in html:
            return html
        return re.sub(self._token, lambda found: escape(self._found[int(found[1])].title), html)

    def put_in(self, html: str, base: str) -> str:
        """A page that has been made safe, with the goals in the places of their placeholders."""
        if self._secret not in html:
            return html
        token = self._token

        def blocks(found: re.Match[str]) -> str:
            numbers = re.findall(token, found[1])
            return "".join(self._block(self._found[int(number)], base) for number in numbers)

        def inline(found: re.Match[str]) -> str:
            if found[0].startswith("<"):
                return self.named(found[0])
            return self.render(self._found[int(found[1])], "short", base)

        html = re.sub(rf"<p>\s*((?:{token.replace('(', '(?:')}(?:\s|<br>)*)+)</p>", blocks, html)
        return re.sub(f"{_TAG}|{token}", inline, html)

    def _take(self, call: Call) -> Placeholder | None:
        embed = None if call.id is None else embed_of(self.gallery, call.id, charted=call.name == "okr_chart")
        if embed is None:
            self.miss(call)
            return None
        self._found.append(embed)
        return Placeholder(f"{self._secret}{len(self._found) - 1}z", embed.title)

    def _block(self, embed: Embed, base: str) -> str:
        """A card, or a chart where one was asked for and there is something to draw."""
        return self.render(embed, "card" if embed.chart is None else "chart", base)


def embed_of(gallery: Gallery, id: str, *, charted: bool) -> Embed | None:
    """The goal of a full id; None where there is none."""
    goals, portal = Goals(gallery.portal), gallery.portal
    address = goals.address(id)
    if address is None:
        return None
    if id in portal.objectives:
        view = gallery.objectives[id]
        chart = _objective_chart(gallery, view) if charted else None
        return Embed("objective", view.objective.title, address, view, chart=chart)
    if id in portal.kpis:
        kpi = gallery.kpis[id]
        return Embed("kpi", kpi.kpi.name, address, kpi, chart=kpi_chart(gallery, kpi) if charted else None)
    if id in portal.key_results:
        above = gallery.objectives[portal.key_results[id].objective_id]
        kr = next(each for each in above.key_results if each.kr.id == id)
        chart = _key_result_chart(gallery, kr, above) if charted else None
        return Embed("key_result", kr.kr.title, address, kr, above, chart=chart)
    return _unit(gallery, id, address, charted=charted)


def _unit(gallery: Gallery, id: str, address: str, *, charted: bool) -> Embed:
    """A unit in its current cycle, or in the one that the id names."""
    unit_id, _, cycle_id = (id, "", "") if id in gallery.portal.units else id.rpartition("/")
    shown = gallery.shown_cycles(unit_id)
    view = gallery.unit(unit_id, cycle_id or (shown[-1].id if shown else None))
    cycle, figures = view.cycle, view.figures
    sentence = gallery.words.state(view.unit.name, figures, cycle, gallery.as_of) if figures and cycle else ""
    return Embed(
        "unit", view.unit.name, address, view, sentence=sentence, chart=_unit_chart(gallery, view) if charted else None
    )


def _objective_chart(gallery: Gallery, view: ObjectiveView) -> Chart:
    cycle, trends = view.cycle, gallery.trends
    lines = [Line(kr.kr.title, trends.key_result_trend(kr.kr.id)) for kr in view.key_results]
    title = gallery.words.language.gettext("Progress of: %(objective)s", objective=view.objective.title)
    progress = trends.objective_trend(view.objective.id)
    return objective_trend(title, cycle.start, cycle.end, progress, lines, gallery.words.language)


def _key_result_chart(gallery: Gallery, kr: KeyResultView, above: ObjectiveView) -> Chart:
    line = Line(kr.kr.title, gallery.trends.key_result_trend(kr.kr.id))
    return portal_progress(kr.kr.title, above.cycle.start, above.cycle.end, line, (), gallery.words.language)


def _unit_chart(gallery: Gallery, view: UnitView) -> Chart | None:
    cycle, trends = view.cycle, gallery.trends
    if cycle is None or view.figures is None:
        return None
    counting = [each for each in view.objectives if each.objective.rolls_up][:MOST_LINES]
    lines = [Line(each.objective.title, trends.objective_trend(each.objective.id)) for each in counting]
    language, whole = gallery.words.language, Line(view.unit.name, trends.unit_trend(view.unit.id, cycle.id))
    title = language.gettext("Progress of: %(objective)s", objective=view.unit.name)
    return portal_progress(title, cycle.start, cycle.end, whole, lines, language)

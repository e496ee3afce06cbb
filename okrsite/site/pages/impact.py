"""Impact: does it work? What changed since the rollout began, beside what was before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from okrsite.charts import Chart, kpi_trend
from okrsite.frozen import frozen
from okrsite.model import Cycle, Kpi
from okrsite.scoring import Comparison, Discipline, Side, Verdict, compare, discipline, periods_kept, unit_adoption
from okrsite.settings import IMPACT_AREAS
from okrsite.site import addresses
from okrsite.site.pages.page import Material, Page, PagePlan
from okrsite.site.views import Gallery, KpiView, Link
from okrsite.site.views.kept_units import standings
from okrsite.site.words import Words

_MOST_CYCLES = 8


@frozen
class ComparedKpi:
    """A KPI before and since.

    Attributes:
        sentence: What became of its mean.
        before: The mean and what it rests on, in words.
        since: Likewise.
        cautions: What speaks against reading too much into it.
        chart: Its measurements with a mark where the rollout began; None without any.
    """

    view: KpiView
    comparison: Comparison
    sentence: str
    before: str
    since: str
    cautions: tuple[str, ...]
    chart: Chart | None


@frozen
class ImpactArea:
    """One of the things that introducing goals is meant to better, with its KPIs."""

    id: str
    title: str
    question: str
    kpis: tuple[ComparedKpi, ...]


@frozen
class CycleRow:
    """A cycle: how many of its objectives that could support something do, and how regularly units checked in."""

    link: Link
    cycle: Cycle
    is_before: bool
    aligned: Fraction | None
    objectives: int
    discipline: Discipline


@frozen
class AdoptionStep:
    """How many units do something on the day before the rollout began, and now."""

    does: str
    before: int
    now: int


@frozen
class ImpactPage:
    """The impact page.

    Attributes:
        plan: The rollout whose beginning divides before from since, and where it is.
        began: Its first day.
        sentence: What became of the KPIs, counted.
        areas: Those with KPIs.
        without: What no KPI is named for.
        cycles: Newest first.
        adoption: What units do now and did before.
        units: How many there are.
        before: Check-in periods before the rollout.
        since: Check-in periods since.
    """

    plan: Link
    began: date
    sentence: str
    areas: tuple[ImpactArea, ...]
    without: tuple[str, ...]
    cycles: tuple[CycleRow, ...]
    adoption: tuple[AdoptionStep, ...]
    units: int
    before: Discipline
    since: Discipline

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The charts of all KPIs."""
        return tuple(each.chart for area in self.areas for each in area.kpis if each.chart)


def plans(material: Material) -> Iterator[PagePlan]:
    """The impact page; a portal without a rollout has none."""
    if material.gallery.portal.rollouts:
        yield PagePlan("impact/", _page)


def _page(material: Material) -> Page:
    record = _impact(material)
    _ = material.gallery.words.language.gettext
    return Page("impact/", "okr/impact.html", _("Impact"), record, (), record.sentence, record.charts)


def _impact(material: Material) -> ImpactPage:
    gallery, options = material.gallery, material.settings.impact
    plans = {each.rollout.id: each.rollout for each in gallery.figures.plans}
    plan = plans[options.rollout] if options.rollout else next(iter(plans.values()))
    began = plan.start
    titles = _titles(gallery.words)
    areas = tuple(
        ImpactArea(area, *titles[area], tuple(_compared(gallery, id, began) for id in options.kpis[area]))
        for area in IMPACT_AREAS
        if options.kpis.get(area)
    )
    rows = [_cycle(gallery, cycle, began) for cycle in gallery.portal.cycles.values() if cycle.start <= gallery.as_of]
    day_before = began - timedelta(days=1)
    cycles = gallery.portal.cycles.values()
    return ImpactPage(
        plan=Link(plan.title, f"rollout/#{addresses.rollout_plan(plan.id)}"),
        began=began,
        sentence=_sentence(gallery, began, [each for area in areas for each in area.kpis]),
        areas=areas,
        without=tuple(titles[area][0] for area in IMPACT_AREAS if not options.kpis.get(area)),
        cycles=tuple(row for row in reversed(rows) if row.objectives)[:_MOST_CYCLES],
        adoption=_adoption(gallery, day_before),
        units=len(gallery.portal.units),
        before=_sum(_discipline(gallery, each, date.min, day_before) for each in cycles),
        since=_sum(_discipline(gallery, each, began, gallery.as_of) for each in cycles),
    )


def _titles(words: Words) -> dict[str, tuple[str, str]]:
    """Area -> its name, and what it asks."""
    _ = words.language.gettext
    return {
        "productivity": (_("Productivity"), _("Do we finish more of what we set out to do?")),
        "engagement": (_("Engagement"), _("Do people come to work more willingly?")),
        "project_success": (_("Project success"), _("Do projects keep their promises?")),
        "alignment": (_("Alignment"), _("Do people know what their work is for, and does it add up?")),
    }


def _sentence(gallery: Gallery, began: date, compared: Sequence[ComparedKpi]) -> str:
    """The whole page in two sentences."""
    words = gallery.words
    _, plural = words.language.gettext, words.language.ngettext
    if gallery.as_of < began:
        return _("The rollout begins on %(day)s; until then this page gathers what is before.", day=words.day(began))
    since = _("The rollout began on %(day)s, %(ago)s.", day=words.day(began), ago=words.ago(began, gallery.as_of))
    if not compared:
        return since
    counts = Counter(each.comparison.verdict for each in compared)
    said: dict[Verdict, str] = {
        "better": plural("%(num)s is better", "%(num)s are better", counts["better"]),
        "worse": plural("%(num)s is worse", "%(num)s are worse", counts["worse"]),
        "same": plural("%(num)s is the same", "%(num)s are the same", counts["same"]),
        "unknown": plural("%(num)s cannot be compared yet", "%(num)s cannot be compared yet", counts["unknown"]),
    }
    found = ", ".join(text for verdict, text in said.items() if counts[verdict])
    few = sum(each.comparison.is_few and each.comparison.change is not None for each in compared)
    kpis = words.count(len(compared), "KPI")
    if not few:
        return since + " " + _("Of %(kpis)s, %(found)s.", kpis=kpis, found=found)
    return (
        since
        + " "
        + plural(
            "Of %(kpis)s, %(found)s; %(num)s of them rests on fewer than three measurements on a side.",
            "Of %(kpis)s, %(found)s; %(num)s of them rest on fewer than three measurements on a side.",
            few,
            kpis=kpis,
            found=found,
        )
    )


def _compared(gallery: Gallery, id: str, began: date) -> ComparedKpi:
    view = gallery.kpis[id]
    comparison = compare(view.kpi, began, gallery.as_of)
    say = _speaker(gallery.words, view.kpi)
    return ComparedKpi(
        view=view,
        comparison=comparison,
        sentence=_verdict(gallery.words, view.kpi, comparison, say),
        before=_side(gallery.words, comparison.before, say),
        since=_side(gallery.words, comparison.since, say),
        cautions=tuple(_cautions(gallery.words, comparison)),
        chart=_chart(gallery, view, began),
    )


def _speaker(words: Words, kpi: Kpi) -> Callable[[Fraction], str]:
    """Says means of a KPI with one decimal more than its measurements have."""
    places = [-int(each.value.as_tuple().exponent) for each in kpi.measurements]
    step = Decimal(1).scaleb(-min(max([*places, 0]) + 1, 4))

    def say(value: Fraction) -> str:
        exact = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(step, ROUND_HALF_EVEN)
        return words.measured(exact, kpi.unit_of_measure)

    return say


def _verdict(words: Words, kpi: Kpi, comparison: Comparison, say: Callable[[Fraction], str]) -> str:
    _ = words.language.gettext
    before, since, change = comparison.before, comparison.since, comparison.change
    if change is None or before.mean is None or since.mean is None:
        if before.mean is not None:
            return _("Nothing measured since the rollout began; %(before)s on average before.", before=say(before.mean))
        if since.mean is not None:
            return _("Nothing measured before the rollout began; %(since)s on average since.", since=say(since.mean))
        return _("Not measured yet.")
    values = {"before": say(before.mean), "since": say(since.mean), "change": _difference(words, kpi, change, say)}
    if comparison.verdict == "better":
        return _("Better: %(since)s on average since, %(before)s before, %(change)s.", **values)
    if comparison.verdict == "worse":
        return _("Worse: %(since)s on average since, %(before)s before, %(change)s.", **values)
    return _("The same: %(since)s on average since, %(before)s before.", **values)


def _difference(words: Words, kpi: Kpi, change: Fraction, say: Callable[[Fraction], str]) -> str:
    """How far the mean moved: ``7.2 points more``."""
    size = words.points(abs(change) / 100) if kpi.unit_of_measure == "%" else say(abs(change))
    if change > 0:
        return words.language.gettext("%(size)s more", size=size)
    return words.language.gettext("%(size)s less", size=size)


def _side(words: Words, side: Side, say: Callable[[Fraction], str]) -> str:
    """What a mean rests on: ``58.2% in 6 measurements, the last of 31 Mar 2026: 61%``."""
    if side.mean is None or side.last is None:
        return words.language.gettext("no measurement")
    return words.language.ngettext(
        "%(mean)s in %(num)s measurement, of %(day)s",
        "%(mean)s in %(num)s measurements, the last %(last)s on %(day)s",
        side.count,
        mean=say(side.mean),
        last=say(Fraction(side.last.value)),
        day=words.day(side.last.date),
    )


def _cautions(words: Words, comparison: Comparison) -> Iterator[str]:
    _ = words.language.gettext
    if comparison.verdict == "unknown":
        return
    if comparison.is_few:
        yield _("Fewer than three measurements on a side: too few to say much.")
    if comparison.is_usual:
        yield _("The change is no larger than what was usual before.")
    if comparison.was_under_way:
        yield _("It was getting better before the rollout, too.")


def _chart(gallery: Gallery, view: KpiView, began: date) -> Chart | None:
    kpi = view.kpi
    band, amber = kpi.target_band, kpi.amber_band
    return kpi_trend(
        kpi.name,
        [(each.date, float(each.value)) for each in kpi.measurements if each.date <= gallery.as_of],
        direction=kpi.direction,
        target=(float(band[0]), float(band[1])) if band else float(kpi.target or 0),
        amber=(float(amber[0]), float(amber[1])) if amber else None if kpi.amber is None else float(kpi.amber),
        unit=kpi.unit_of_measure,
        mark=(began, gallery.words.language.gettext("rollout begins")),
        language=gallery.words.language,
    )


def _cycle(gallery: Gallery, cycle: Cycle, began: date) -> CycleRow:
    counting, below, aligned = gallery.part(_counts, cycle.id)
    return CycleRow(
        link=Link(cycle.name, addresses.cycle(cycle.id)),
        cycle=cycle,
        is_before=cycle.end < began,
        aligned=Fraction(aligned, below) if below else None,
        objectives=counting,
        discipline=_discipline(gallery, cycle, date.min, gallery.as_of),
    )


def _counts(gallery: Gallery, cycle_id: str) -> tuple[int, int, int]:
    """How many objectives of a cycle count, how many of these could support something, and how many do."""
    units = gallery.units_in.get(cycle_id, ())
    counting = [(id, each) for id in units for each in standings(gallery, id, cycle_id) if each.rolls_up]
    below = [each.supports for id, each in counting if gallery.portal.units[id].parent]
    return len(counting), len(below), sum(below)


def _discipline(gallery: Gallery, cycle: Cycle, first: date, last: date) -> Discipline:
    return Discipline(*gallery.part(_kept, cycle.id, first.isoformat(), last.isoformat()))


def _kept(gallery: Gallery, cycle_id: str, first: str, last: str) -> tuple[int, int]:
    """How many check-in periods of a cycle within two days were kept, and how many there were."""
    units = (gallery.part(_periods_kept, id, cycle_id) for id in gallery.units_in.get(cycle_id, ()))
    found = discipline(gallery.portal.cycles[cycle_id], units, date.fromisoformat(first), date.fromisoformat(last))
    return found.kept, found.total


def _periods_kept(gallery: Gallery, unit_id: str, cycle_id: str) -> tuple[int, ...] | None:
    return periods_kept(gallery.portal, unit_id, gallery.portal.cycles[cycle_id])


def _adoption(gallery: Gallery, day_before: date) -> tuple[AdoptionStep, ...]:
    _ = gallery.words.language.gettext
    ids = gallery.portal.units
    now = [gallery.figures.adoption[id] for id in ids]
    then = [gallery.part(_adopted, id, day_before.isoformat()) for id in ids]
    measured = [day for id in ids if (day := gallery.part(_first_measured, id)) is not None]

    def measuring(by: date) -> int:
        return sum(day <= by.toordinal() for day in measured)

    return (
        AdoptionStep(
            _("have objectives"), sum(has for has, _checks_in in then), sum(each.has_objectives for each in now)
        ),
        AdoptionStep(_("measure a KPI"), measuring(day_before), measuring(gallery.as_of)),
        AdoptionStep(
            _("are checking in"), sum(checks_in for _has, checks_in in then), sum(each.checks_in for each in now)
        ),
    )


def _adopted(gallery: Gallery, unit_id: str, day: str) -> tuple[bool, bool]:
    """Whether a unit had objectives on a day, and whether it was checking in."""
    found = unit_adoption(gallery.portal, date.fromisoformat(day))[unit_id]
    return found.has_objectives, found.checks_in


def _first_measured(gallery: Gallery, unit_id: str) -> int | None:
    """The number of the day on which a unit first measured a KPI; None where it has not."""
    kpis = gallery.portal.kpis_by_unit[unit_id]
    return min((kpi.measurements[0].date.toordinal() for kpi in kpis if kpi.measurements), default=None)


def _sum(parts: Iterator[Discipline]) -> Discipline:
    found = list(parts)
    return Discipline(sum(each.kept for each in found), sum(each.total for each in found))

"""What changed in words, in the portal's language: in a sentence, and in a line for each thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from okrsite.site.messages.lines import Line, said, short
from okrsite.site.views.arrivals import Arrived
from okrsite.site.views.ledger import Entry, Ledgers, Moved, Shift, Step
from okrsite.site.views.news import News, Turned, unit_of
from okrsite.site.words import Words


def in_short(words: Words, news: News, also: int = 0) -> str:
    """What changed, counted: ``12 check-ins, 1 target moved, 1 objective achieved``; the rarest kinds of news last.

    Empty where nothing changed.

    Args:
        words: Says it.
        news: What changed.
        also: How many check-ins there are beside those of the news.
    """
    plural, check_ins = words.language.ngettext, len(news.check_ins) + also
    parts = [words.count(check_ins, "check-in")] if check_ins else []
    if news.moved:
        fields: dict[tuple[str, str], set[str]] = {}  # a commit that moves several of one goal counts once for it
        for change in news.moved:
            fields.setdefault((change.commit.id, change.goal), set()).add(change.field)
        number = len(fields)
        targets = all("target" in each and each <= {"target", "title"} for each in fields.values())
        moved = plural("%(num)s goalpost moved", "%(num)s goalposts moved", number)
        parts.append(plural("%(num)s target moved", "%(num)s targets moved", number) if targets else moved)
    if news.came:
        parts.append(plural("%(num)s new goal", "%(num)s new goals", len(news.came)))
    if news.ended:
        parts.append(plural("%(num)s goal ended", "%(num)s goals ended", len(news.ended)))
    ways = Counter("achieved" if each.now == "achieved" else each.is_better for each in news.turned)
    if ways["achieved"]:
        parts.append(plural("%(num)s objective achieved", "%(num)s objectives achieved", ways["achieved"]))
    if ways[True]:
        better = plural("%(num)s objective with a better status", "%(num)s objectives with a better status", ways[True])
        parts.append(better)
    if ways[False]:
        worse = plural("%(num)s objective with a worse status", "%(num)s objectives with a worse status", ways[False])
        parts.append(worse)
    if news.kpis:
        parts.append(plural("%(num)s KPI with another status", "%(num)s KPIs with another status", len(news.kpis)))
    if news.edited:
        parts.append(plural("%(num)s reading edited", "%(num)s readings edited", len(news.edited)))
    return ", ".join(parts)


def in_a_sentence(words: Words, news: News, also: int = 0) -> str:
    """The same as a sentence; also where nothing changed."""
    told = in_short(words, news, also)
    return f"{told}." if told else words.language.gettext("Nothing changed.")


class NewsLines:
    """Tells news in lines.

    Args:
        ledgers: Of the portal.
        with_unit: Whether each goal is told with its unit's name, for news of many units.
    """

    def __init__(self, ledgers: Ledgers, *, with_unit: bool = False) -> None:
        self.ledgers = ledgers
        self._with_unit = with_unit
        self.words = ledgers.gallery.words

    def check_in(self, item: Arrived) -> Line:
        """What came in for a key result."""
        title = self._named(item.kr.title, item.unit_id)
        return Line(title, said(self.words, item.reading, item.kr, item.before), item.address)

    def turned(self, each: Turned) -> Line:
        """Which status became which."""
        became = f"{self.words.status(each.before)} → {self.words.status(each.now)}"
        return Line(self._named(each.link.title, each.unit_id), became, each.link.address)

    def commit(self, entry: Entry) -> Iterator[Line]:
        """What a commit did, a line a goal: who and when at the end, and after the first why."""
        for place, moved in enumerate(entry.moved):
            title, done = self.goal(moved)
            origin = self.origin(entry, why=place == 0)
            yield Line(title, f"{done}; {origin}", moved.goal.address if moved.goal else "")

    def goal(self, moved: Moved) -> tuple[str, str]:
        """A goal, and what was done to it."""
        done = "; ".join(map(_step, moved.steps))
        shift = f" ({self._shift(moved.shift)})" if moved.shift else ""
        change = moved.steps[0].change
        title = moved.goal.title if moved.goal else change.title
        return self._named(title, "" if change.sort == "unit" else unit_of(change)), f"{done}{shift}"

    def origin(self, entry: Entry, *, why: bool = True) -> str:
        """Who, when and why: ``17 Feb, Grace Hopper: Be honest about uptime``."""
        who = f"{self.words.short_day(entry.commit.day)}, {short(entry.commit.author)}"
        return f"{who}: {short(entry.commit.subject)}" if why and entry.commit.subject else who

    def _named(self, title: str, unit_id: str) -> str:
        """A goal's title, with its unit where that is asked for and is still there."""
        unit = self.ledgers.gallery.portal.units.get(unit_id) if self._with_unit else None
        return f"{short(title)} ({unit.name})" if unit else short(title)

    def _shift(self, shift: Shift) -> str:
        if shift.of_kpi:
            return f"{shift.name} {self.words.status(shift.before)} → {self.words.status(shift.after)}"
        return f"{shift.name} {shift.before} → {shift.after}"


def _step(step: Step) -> str:
    """What changed: ``target 100% → 80%``."""
    if not step.after:
        return step.text
    return f"{step.text} {step.before} → {step.after}" if step.before else f"{step.text} {step.after}"

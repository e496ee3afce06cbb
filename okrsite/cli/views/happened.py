"""What happened to goals, as a newspaper column: newest first, by day and person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from okrsite.history import BrokenVersion, Commit, History
from okrsite.history.story import Asked, Happening
from okrsite.site.views.ledger import Entry, Ledgers, Moved
from okrsite.site.words import ENGLISH_WORDS as WORDS

_ROOM = (0, 0, 0, 2)


def happened_view(
    ledgers: Ledgers,
    asked: Asked | None,
    happenings: Sequence[Happening],
    broken: Sequence[BrokenVersion],
    more: int,
) -> RenderableType:
    """What happened, under the name of the goal that was asked for.

    Args:
        ledgers: Of the portal, to say changes.
        asked: The goal; None for the whole portal.
        happenings: Newest first.
        broken: Versions of files that were passed over.
        more: How many older happenings are left out.
    """
    parts: list[RenderableType] = list(_head(asked)) if asked else []
    # In a unit, titles alone would not tell goals apart.
    units = ledgers.gallery.portal.units
    named = asked is None or asked.id in units or any(each.sort == "unit" for each in happenings)
    for key, group in groupby(happenings, _key):
        parts += [Text(), *_told(ledgers, key, list(group), asked, named=named)]
    if not happenings:
        parts += [Text(), Text("Nothing has happened, as far as history is known.")]
    if more:
        parts += [Text(), Text(f"and {more:,} earlier; --limit 0 shows all", style="dim")]
    parts += _passed_over(broken)
    parts += _limits(ledgers.gallery.history)
    return Group(*parts[1:] if not asked and parts else parts)


def _head(asked: Asked) -> Iterator[Text]:
    yield Text(asked.title, style="bold")
    yield Text(f"{asked.id}, no longer there" if asked.gone else asked.id, style="dim")
    if asked.former:
        yield Text(f"{asked.former} is called {asked.id} now", style="dim")


def _key(each: Happening) -> tuple[date, str, str]:
    """What is told under one heading: a commit, what one person checked in on a day, the measurements of a day."""
    if each.change is not None:
        return each.day, "commit", each.change.commit.id
    return (each.day, "check-in", each.check_in.by) if each.check_in else (each.day, "measured", "")


def _told(
    ledgers: Ledgers, key: tuple[date, str, str], group: Sequence[Happening], asked: Asked | None, *, named: bool
) -> Iterator[RenderableType]:
    day, kind, by = key
    if kind == "commit":
        changes = [each.change for each in reversed(group) if each.change]
        entries = ledgers.entries(changes, asked.id if asked else "")
        yield from (part for entry in entries for part in _entry(entry, named=named))
        return
    who = f" {by}" if by else ""
    yield Text.assemble((WORDS.day(day), "bold"), ("  checked in" if kind == "check-in" else "  measured", "dim"), who)
    for each in reversed(group):
        yield Padding(_reading(each, named=named), _ROOM, expand=False)


def _entry(entry: Entry, *, named: bool) -> Iterator[RenderableType]:
    yield Text.assemble(
        (WORDS.day(entry.commit.day), "bold"), f"  {entry.commit.author}  ", (_origin(entry.commit), "dim")
    )
    for moved in entry.moved:
        for line in _moved(moved, named=named):
            yield Padding(line, _ROOM, expand=False)
    if entry.commit.subject:
        yield Padding(Text(f"“{entry.commit.subject}”", style="italic"), _ROOM, expand=False)
        if entry.rest:
            yield from (Padding(Text(line, style="dim"), _ROOM, expand=False) for line in entry.rest.splitlines())


def _origin(commit: Commit) -> str:
    return f"#{commit.request} {commit.short}" if commit.request else commit.short


def _moved(moved: Moved, *, named: bool) -> Iterator[Text]:
    if moved.goal:
        id = f"  {moved.steps[0].change.goal}" if named else ""
        yield Text.assemble((moved.goal.title, "bold"), (f"  {moved.goal.note}{id}", "dim"))
    for step in moved.steps:
        line = Text(step.text)
        if step.after:
            line.append(f" {step.before} →" if step.before else "", style="dim")
            line.append(f" {step.after}", style="bold")
        if step.easier:
            line.append("  easier", style="dim")
        if step.change.what == "goalpost" and not step.change.in_cycle and step.change.sort != "unit":
            line.append("  while planning", style="dim")
        yield line
    if moved.shift:
        shift = moved.shift
        before, after = (
            (WORDS.status(shift.before), WORDS.status(shift.after)) if shift.of_kpi else (shift.before, shift.after)
        )
        yield Text(f"{shift.name} {before} → {after}", style="dim")


def _reading(each: Happening, *, named: bool) -> Text:
    line = Text(each.title)
    if each.measurement is not None:
        line.append(f" {WORDS.measured(each.measurement.value, each.unit_of_measure)}", style="bold")
        note = each.measurement.note
    elif each.check_in is not None:
        own = each.check_in
        if own.value is not None:
            line.append(f" {WORDS.measured(own.value, each.unit_of_measure)}", style="bold")
        if own.confidence is not None:
            line.append(f"  confidence {WORDS.confidence(own.confidence)}", style="dim")
        note = own.note
    else:
        note = ""
    if note:
        line.append(f"  {note}")
    return line.append(f"  {each.goal}", style="dim") if named else line


def _passed_over(broken: Sequence[BrokenVersion]) -> list[RenderableType]:
    if not broken:
        return []
    lines = [
        Padding(
            Text.assemble(
                f"{WORDS.day(each.commit.day)}  {each.path}: {each.why}  ",
                (f"{each.commit.author}  {_origin(each.commit)}", "dim"),
            ),
            _ROOM,
            expand=False,
        )
        for each in broken
    ]
    return [Text(), Text("Versions that could not be read and are passed over", style="bold"), *lines]


def _limits(history: History) -> list[RenderableType]:
    """From when on history is known."""
    if history.gap is not None or history.since is None:
        return []
    return [Text(), Text(f"History begins on {WORDS.day(history.since)}.", style="dim")]

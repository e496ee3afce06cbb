"""The snapshots of a target as a table, and its channels as another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from okrsite.cli.views.marks import STATUS_MARKS
from okrsite.publish.manifest import Figures
from okrsite.publish.versions import Version, Versions
from okrsite.site.words import ENGLISH_WORDS as WORDS


def list_view(versions: Versions, name: str, today: date, limit: int) -> RenderableType:
    """What there is, the newest first.

    Args:
        versions: What is at the target.
        name: The target's.
        today: From which on channels have expired.
        limit: How many snapshots are listed; 0 for all.
    """
    listed = versions.listed
    if not versions.all:
        return Text(f"Nothing has been published to {name} yet.")
    shown = listed[: limit or len(listed)]
    parts: list[RenderableType] = []
    if listed:
        table = _table("snapshot", "marks", "cycle", "status", "commit")
        for each in shown:
            id = Text(each.id, style="dim" if each.is_withdrawn else "")
            marks = Text(", ").join(marks_of(each, versions))
            table.add_row(id, marks, each.figures.cycle, state(each.figures), Text(each.subject))
        parts.append(table)
    if len(shown) < len(listed):
        parts += [Text(), Text(f"and {len(listed) - len(shown):,} earlier; --limit 0 shows all", style="dim")]
    if versions.marks.channels:
        parts += [Text(), _channels(versions, today)]
    return Group(*parts)


def marks_of(version: Version, versions: Versions) -> Iterator[Text]:
    """What is said of a snapshot: newest, withdrawn, its labels, the channels that show it."""
    if versions.newest is not None and version.id == versions.newest.id:
        yield Text("newest", style="green")
    if version.is_withdrawn:
        yield Text("withdrawn", style="yellow")
    for label in version.labels:
        yield Text(label, style="bold")
    for name, channel in sorted(versions.marks.channels.items()):
        if channel.id == version.id:
            yield Text(name, style="cyan")


def state(figures: Figures) -> Text:
    """How the portal stood, by shape and share."""
    if figures.progress is None:
        return Text("no figures", style="dim")
    shape, colour = next((mark for name, mark in STATUS_MARKS.items() if name == figures.status), ("", "dim"))
    return Text(f"{shape} {WORDS.percent(figures.progress)}".strip(), style=colour)


def _channels(versions: Versions, today: date) -> Table:
    table = _table("channel", "expires", "snapshot")
    for name, channel in sorted(versions.marks.channels.items()):
        over = channel.expires <= today
        until = Text(WORDS.day(channel.expires) + (" (over)" if over else ""), style="yellow" if over else "")
        table.add_row(Text(name, style="cyan"), until, Text(channel.id))
    return table


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for name in columns:
        words = name in ("marks", "commit", "channel")
        table.add_column(name, no_wrap=not words, overflow="fold")
    return table

"""Snapshots by what people call them: an id or its beginning, a label, a channel, a day, a commit, `newest`."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches

from okrsite.problems import OkrsiteError
from okrsite.publish.versions import Version, Versions

NEWEST = "newest"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COMMIT = re.compile(r"[0-9a-f]{4,64}")
_LISTED = 5


def find(versions: Versions, name: str) -> Version:
    """The snapshot that somebody means.

    Args:
        versions: What is at the target.
        name: An id, or so much of its beginning that no other begins with it; ``newest``; a label; a channel; a day,
            for the last snapshot of that day or before; the beginning of a commit's id, for the latest snapshot of it.

    Raises:
        OkrsiteError: There is none, or there are several.
    """
    if (version := versions.version(name)) is not None:
        return version
    marks = versions.marks
    channel = marks.channels.get(name)
    id = marks.labels.get(name) or (channel.id if channel else "")
    if name == NEWEST and not id:
        id = versions.newest.id if versions.newest else ""
    if id and (version := versions.version(id)) is not None:
        return version
    if _DAY.fullmatch(name):
        return _of_day(versions, name)
    begun = [each for each in versions.all if each.id.startswith(name)] if name else []
    if len(begun) > 1:
        ids = ", ".join(each.id for each in begun[:_LISTED]) + (", ..." if len(begun) > _LISTED else "")
        raise OkrsiteError(f"'{name}' may mean {len(begun)} snapshots: {ids}. Write more of the id.")
    if not begun and _COMMIT.fullmatch(name):
        begun = [each for each in versions.all if each.commit.startswith(name)]
    if begun:
        return begun[0]
    raise _unknown(versions, name)


def _of_day(versions: Versions, name: str) -> Version:
    """The last that is of a day, or before."""
    try:
        day = date.fromisoformat(name)
    except ValueError as error:
        raise OkrsiteError(f"'{name}' is not a day: there is none like it.") from error
    found = [each for each in versions.listed if each.as_of <= day]
    if not found:
        raise OkrsiteError(f"there is no snapshot of {day} or before.")
    return max(found, key=lambda each: (each.as_of, not each.is_withdrawn, each.order))


def _unknown(versions: Versions, name: str) -> OkrsiteError:
    if not versions.all:
        return OkrsiteError(f"there is no snapshot '{name}': nothing has been published there yet.")
    near = get_close_matches(name, [*versions.marks.labels, *versions.marks.channels], 1)
    hint = f"did you mean '{near[0]}'?" if near else "`okrsite snapshots list` tells what there is."
    return OkrsiteError(f"there is no snapshot '{name}'; {hint}")

"""What is said of snapshots after they were made: labels, channels, drafts and withdrawals, each a small file.

The list of versions can be made anew from manifests and marks alone: nothing of it is lost when it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date

from okrsite.frozen import frozen
from okrsite.problems import OkrsiteError
from okrsite.publish.target import Target

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:$|-[0-9a-f]{7})")
_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_CHANNEL = re.compile(r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*")
LABELS, CHANNELS, DRAFTS, WITHDRAWN = "marks/labels", "marks/channels", "marks/drafts", "marks/withdrawn"


@frozen
class Channel:
    """What a channel shows at the moment.

    Attributes:
        name: Such as ``previews/pr-123``.
        id: The snapshot's.
        expires: From this day on it may be deleted.
    """

    name: str
    id: str
    expires: date


@frozen
class Marks:
    """All that is said of the snapshots of a target.

    Attributes:
        labels: Label -> the id of its snapshot.
        channels: By name.
        drafts: Ids of snapshots that came for a channel only: never the newest, and in no list.
        withdrawn: Ids that a rollback has passed over: not the newest any more.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, Channel] = field(default_factory=dict)
    drafts: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()


def checked_label(label: str) -> str:
    """A label that can be one.

    Raises:
        OkrsiteError: It has other characters than letters, digits, dots, hyphens and underscores, or too many, or it is
            a day, an id or ``newest``.
    """
    if label == "newest" or _DAY.match(label):
        raise OkrsiteError(f"'{label}' cannot be a label: it means a snapshot by itself. Write e.g. close-2026-Q1.")
    if not _LABEL.fullmatch(label):
        raise OkrsiteError(
            f"'{label}' cannot be a label: use letters, digits, dots and hyphens, such as 2026-Q1-close."
        )
    return label


def checked_channel(channel: str) -> str:
    """A channel's name that can be one.

    Raises:
        OkrsiteError: It has other characters than lower-case letters, digits, hyphens and slashes between words.
    """
    if not _CHANNEL.fullmatch(channel) or len(channel) > 100:
        raise OkrsiteError(f"'{channel}' cannot be a channel: use words such as previews/pr-123, in lower case.")
    return channel


def read_marks(target: Target) -> Marks:
    """All marks of a target; one that cannot be understood counts as absent."""
    labels, channels = {}, {}
    for name in target.names(LABELS):
        said = _said(target.read(f"{LABELS}/{name}"))
        if isinstance(said.get("id"), str):
            labels[name] = said["id"]
    for file in target.names(CHANNELS):
        said, name = _said(target.read(f"{CHANNELS}/{file}")), file.replace("~", "/")
        try:
            channels[name] = Channel(name, said["id"], date.fromisoformat(said["expires"]))
        except (KeyError, ValueError):
            continue
    return Marks(labels, channels, frozenset(target.names(DRAFTS)), frozenset(target.names(WITHDRAWN)))


def put_label(target: Target, label: str, id: str) -> None:
    """Give a snapshot a label; one that had it before loses it."""
    target.write(f"{LABELS}/{checked_label(label)}", _text(id=id))


def put_channel(target: Target, channel: Channel) -> None:
    """Have a channel show a snapshot."""
    name = checked_channel(channel.name).replace("/", "~")
    target.write(f"{CHANNELS}/{name}", _text(id=channel.id, expires=channel.expires.isoformat()))


def remove_label(target: Target, label: str) -> None:
    """Take a label away."""
    target.remove(f"{LABELS}/{checked_label(label)}")


def remove_channel(target: Target, name: str) -> None:
    """End a channel: first its address, then what is said of it."""
    target.show_channel(name, None)
    target.remove(f"{CHANNELS}/{checked_channel(name).replace('/', '~')}")


def withdraw(target: Target, id: str, since: str) -> None:
    """Pass over a snapshot.

    Args:
        target: Where it is.
        id: The snapshot's.
        since: What was the newest when this was decided: what one decision withdrew comes back together.
    """
    target.write(f"{WITHDRAWN}/{id}", _text(newest=since))


def restore(target: Target, id: str) -> None:
    """Take a withdrawal back."""
    target.remove(f"{WITHDRAWN}/{id}")


def withdrawn_since(target: Target, id: str) -> str:
    """What was the newest when a snapshot was withdrawn; the snapshot itself where that is not known."""
    said = _said(target.read(f"{WITHDRAWN}/{id}"))
    return str(said.get("newest", id))


def forget(target: Target, id: str, labels: Iterable[str] = ()) -> None:
    """Delete what is said of a snapshot that is gone; channels apart, which have addresses of their own."""
    for label in labels:
        remove_label(target, label)
    for folder in (DRAFTS, WITHDRAWN):
        target.remove(f"{folder}/{id}")


def _text(**values: str) -> bytes:
    return (json.dumps(values) + "\n").encode()


def _said(text: bytes | None) -> dict[str, str]:
    try:
        said = json.loads(text or b"{}")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}

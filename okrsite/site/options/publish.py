"""The option ``publish``: where snapshots go, how they are stored, and which are kept."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from okrsite.settings import PublishOptions

Fault = tuple[str, str]
"""What is wrong, and a hint."""

_EXAMPLE = "write e.g. {target: /srv/goals, keep: {last: 30, days: 31}}"
_COMPRESSIONS = ("both", "only", "none")
_MOST = 100_000
_KEEP: Mapping[str, tuple[str, int | None]] = {
    "last": ("last", 1),
    "days": ("days", 0),
    "weeks": ("weeks", 0),
    "grace": ("grace_days", 0),
    "labelled": ("labelled", None),
    "cycle_ends": ("cycle_ends", None),
}
"""What may stand below ``keep``: the field it becomes, and the least number; None for yes or no."""
_NAMES = ("target", "compression", "channel_days", "keep")


def read_publish(value: object) -> tuple[PublishOptions, list[Fault]]:
    """The option from what stands in the configuration, and everything that is wrong with it.

    Args:
        value: As YAML has it.
    """
    if not isinstance(value, dict):
        return PublishOptions(), [(f"publish: '{value}' is not a mapping", _EXAMPLE)]
    found: dict[str, Any] = {}
    faults = _unknown(value, _NAMES, "publish")
    if "target" in value:
        if isinstance(value["target"], str) and value["target"].strip():
            found["target"] = value["target"]
        else:
            faults.append((f"publish: target is {value['target']!r}", "write a folder, or e.g. s3://bucket/goals"))
    if "compression" in value:
        if value["compression"] in _COMPRESSIONS:
            found["compression"] = value["compression"]
        else:
            faults.append((f"publish: compression is {value['compression']!r}", "write both, only or none"))
    if "channel_days" in value:
        faults += _number("channel_days", value["channel_days"], 1, "channel_days", found)
    faults += _keep(value.get("keep", {}), found)
    return PublishOptions(**found), faults


def _keep(value: object, found: dict[str, Any]) -> list[Fault]:
    if not isinstance(value, dict):
        return [(f"publish: keep is '{value}', not a mapping", "write e.g. {last: 30, days: 31, weeks: 53}")]
    faults = _unknown(value, tuple(_KEEP), "publish: keep")
    for name, (field, least) in _KEEP.items():
        if name not in value:
            continue
        if least is not None:
            faults += _number(f"keep: {name}", value[name], least, field, found)
        elif isinstance(value[name], bool):
            found[field] = value[name]
        else:
            faults.append((f"publish: keep: {name} is {value[name]!r}", "write true or false"))
    return faults


def _number(name: str, value: object, least: int, field: str, found: dict[str, Any]) -> list[Fault]:
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= _MOST:
        found[field] = value
        return []
    return [(f"publish: {name} is {value!r}", f"write a whole number, {least} or more")]


def _unknown(value: dict[Any, Any], known: tuple[str, ...], where: str) -> list[Fault]:
    faults = []
    for name in value:
        if name not in known:
            near = get_close_matches(str(name), known, 1)
            hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(known)}"
            faults.append((f"{where}: there is no '{name}'", hint))
    return faults

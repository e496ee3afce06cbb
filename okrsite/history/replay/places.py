"""Which file below the goals' folder is what, by its name alone."""

from __future__ import annotations

from functools import lru_cache

from pydantic_core import PydanticCustomError

from okrsite.content import MEETING, FileKind, parse_day, why_no_id
from okrsite.frozen import frozen


@frozen
class Place:
    """What a file is.

    Attributes:
        kind: What it should hold.
        unit: The id of the unit that it belongs to; empty for ``cycles.yml``.
        cycle: Of objectives, the cycle that its name gives, whether there is such a cycle or not.
        name: Of one objective its id, of measurements their KPI's, of check-ins the date.
    """

    kind: FileKind
    unit: str = ""
    cycle: str = ""
    name: str = ""


@lru_cache(maxsize=65536)
def place_of(path: str) -> Place | None:
    """What a file is; None where no goals are in it.

    Args:
        path: Relative to the goals' folder, with forward slashes.
    """
    if path == "cycles.yml":
        return Place("cycles")
    *folders, name = path.split("/")
    stem, dot, ending = name.rpartition(".")
    if not folders or not dot or not stem:
        return None
    if ending == "md" and len(folders) > 1 and _is_id(stem):
        *folders, cycle = folders
        return Place("objective", unit, cycle, stem) if (unit := _unit(folders)) else None
    if ending == "csv" and folders[-1] == "kpis":
        return Place("measurements", unit, name=stem) if (unit := _unit(folders[:-1])) and _is_id(stem) else None
    if ending != "yml":
        return None
    if folders[-1] == "check-ins":
        return Place("check_ins", unit, name=stem[:10]) if (unit := _unit(folders[:-1])) and _is_day(stem) else None
    unit = _unit(folders)
    if not unit:
        return None
    if stem in ("unit", "kpis"):
        return Place("unit" if stem == "unit" else "kpis", unit)
    return Place("objectives", unit, stem)


def _unit(folders: list[str]) -> str:
    """The id of the unit whose folder that is; empty where it is none's."""
    return "/".join(folders) if folders and all(map(_names_unit, folders)) else ""


def _names_unit(name: str) -> bool:
    return name not in ("kpis", "check-ins") and _is_id(name)


def _is_id(name: str) -> bool:
    return why_no_id(name) is None


def _is_day(stem: str) -> bool:
    if not MEETING.fullmatch(stem):
        return False
    try:
        parse_day(stem[:10])
    except PydanticCustomError:
        return False
    return True

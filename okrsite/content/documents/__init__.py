"""What each content file may say: one class a file, with the entries it holds.

They serve three ends: reading, the JSON Schema for editors, and the list of keys in the documentation.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from okrsite.content.documents.check_ins import CheckInsFile
    from okrsite.content.documents.cycles import CyclesFile
    from okrsite.content.documents.kpis import KpisFile
    from okrsite.content.documents.objectives import ObjectiveFile, ObjectivesFile
    from okrsite.content.documents.rollout import RolloutFile
    from okrsite.content.documents.unit import UnitFile

__all__ = [
    "CheckInsFile",
    "CyclesFile",
    "KpisFile",
    "ObjectiveFile",
    "ObjectivesFile",
    "RolloutFile",
    "UnitFile",
]

_IN = MappingProxyType(
    {
        "CheckInsFile": "check_ins",
        "CyclesFile": "cycles",
        "KpisFile": "kpis",
        **dict.fromkeys(("ObjectiveFile", "ObjectivesFile"), "objectives"),
        "RolloutFile": "rollout",
        "UnitFile": "unit",
    }
)


def __getattr__(name: str) -> Any:
    """A class when somebody reads such a file: pydantic takes long to build each."""
    if name not in _IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_IN[name]}"), name)

"""What other programs read: the goals and their figures as JSON, CSV and JSON Schema; problems in tools' formats."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from okrsite.exchange.goals_csv import okrs_csv
    from okrsite.exchange.goals_json import goal_json, okrs_json, okrs_json_text
    from okrsite.exchange.goals_schema import okrs_schema
    from okrsite.exchange.goals_state import state_of_json

__all__ = ["goal_json", "okrs_csv", "okrs_json", "okrs_json_text", "okrs_schema", "state_of_json"]

_LOADED_WHEN_USED = MappingProxyType(
    {
        "okrs_csv": "goals_csv",
        **dict.fromkeys(("goal_json", "okrs_json", "okrs_json_text"), "goals_json"),
        "okrs_schema": "goals_schema",
        "state_of_json": "goals_state",
    }
)


def __getattr__(name: str) -> Any:
    """What knows the goals; who shows problems needs none of it."""
    if name not in _LOADED_WHEN_USED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LOADED_WHEN_USED[name]}"), name)

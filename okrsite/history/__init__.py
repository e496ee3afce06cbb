"""History: how goals moved, from git. What the portal was on any day, and how two states of it differ."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from okrsite.history.git import GitError, Repository, head_files, repository_of

if TYPE_CHECKING:
    from okrsite.history.comparing.comparison import Comparison, Side, SideKind, compared
    from okrsite.history.comparing.difference import Difference, difference
    from okrsite.history.comparing.portals import state_of
    from okrsite.history.comparing.records import PortalState
    from okrsite.history.goalposts import GOALPOSTS, WORDS, FieldChange, Sort, Value, changed_fields, sort_of
    from okrsite.history.ledger import NO_HISTORY, BrokenVersion, Change, Commit, Effect, Gap, History, Known
    from okrsite.history.reading import read_history
    from okrsite.history.revisions import Revision, fork_of, is_revision, renamed_files, revision_of

__all__ = [
    "GOALPOSTS",
    "NO_HISTORY",
    "WORDS",
    "BrokenVersion",
    "Change",
    "Commit",
    "Comparison",
    "Difference",
    "Effect",
    "FieldChange",
    "Gap",
    "GitError",
    "History",
    "Known",
    "PortalState",
    "Repository",
    "Revision",
    "Side",
    "SideKind",
    "Sort",
    "Value",
    "changed_fields",
    "compared",
    "difference",
    "fork_of",
    "head_files",
    "is_revision",
    "read_history",
    "renamed_files",
    "repository_of",
    "revision_of",
    "sort_of",
    "state_of",
]

_LOADED_WHEN_USED = MappingProxyType(
    {
        **dict.fromkeys(("Comparison", "Side", "SideKind", "compared"), "comparing.comparison"),
        **dict.fromkeys(("Difference", "difference"), "comparing.difference"),
        "state_of": "comparing.portals",
        "PortalState": "comparing.records",
        **dict.fromkeys(
            ("GOALPOSTS", "WORDS", "FieldChange", "Sort", "Value", "changed_fields", "sort_of"), "goalposts"
        ),
        **dict.fromkeys(
            ("NO_HISTORY", "BrokenVersion", "Change", "Commit", "Effect", "Gap", "History", "Known"), "ledger"
        ),
        "read_history": "reading",
        **dict.fromkeys(("Revision", "fork_of", "is_revision", "renamed_files", "revision_of"), "revisions"),
    }
)


def __getattr__(name: str) -> Any:
    """What knows goals takes long to load; git alone does not."""
    if name not in _LOADED_WHEN_USED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LOADED_WHEN_USED[name]}"), name)

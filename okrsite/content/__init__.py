"""Reading: the content folder to a valid portal, or to everything that is wrong with it."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from okrsite.content.folder import MEETING, RESERVED_PATHS
from okrsite.content.kept.cache import ContentCache
from okrsite.content.reader import Reading, read_portal
from okrsite.content.syntax.days import parse_day
from okrsite.content.syntax.ids import why_no_id
from okrsite.content.syntax.log import ProblemLog
from okrsite.content.syntax.prose import TANGLE_HINT, tangle
from okrsite.content.syntax.text import read_text
from okrsite.content.syntax.wording import shown

if TYPE_CHECKING:
    from okrsite.content.schemas import SCHEMAS, schema_of
    from okrsite.content.syntax.frontmatter import front_matter_problems
    from okrsite.content.versions import DOCUMENTS, FileKind, FileVersion, read_version

__all__ = [
    "DOCUMENTS",
    "MEETING",
    "RESERVED_PATHS",
    "SCHEMAS",
    "TANGLE_HINT",
    "ContentCache",
    "FileKind",
    "FileVersion",
    "ProblemLog",
    "Reading",
    "front_matter_problems",
    "parse_day",
    "read_portal",
    "read_text",
    "read_version",
    "schema_of",
    "shown",
    "tangle",
    "why_no_id",
]

_LOADED_WHEN_USED = MappingProxyType(
    {
        "front_matter_problems": "syntax.frontmatter",
        **dict.fromkeys(("SCHEMAS", "schema_of"), "schemas"),
        **dict.fromkeys(("DOCUMENTS", "FileKind", "FileVersion", "read_version"), "versions"),
    }
)


def __getattr__(name: str) -> Any:
    """What needs the documents, which take long to load."""
    if name not in _LOADED_WHEN_USED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LOADED_WHEN_USED[name]}"), name)

"""What differs between two states of a portal, for people, programs and pull requests: one file a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from okrsite.exchange.differences.as_json import json_text
from okrsite.exchange.differences.as_markdown import MARKER, markdown
from okrsite.exchange.differences.as_text import text
from okrsite.exchange.differences.report import DifferenceReport

__all__ = ["FORMATS", "MARKER", "DifferenceReport", "json_text", "markdown", "text"]

FORMATS: Mapping[str, Callable[[DifferenceReport], str]] = MappingProxyType(
    {"text": text, "json": json_text, "markdown": markdown}
)
"""What writes each format, by the name it has for ``--format``."""

"""Problems as text for people and in the formats of the tools that show them: one file a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from okrsite.exchange.problems.as_github import github
from okrsite.exchange.problems.as_gitlab import gitlab
from okrsite.exchange.problems.as_json import json_text
from okrsite.exchange.problems.as_sarif import sarif
from okrsite.exchange.problems.as_text import counted, text
from okrsite.exchange.problems.report import Report

__all__ = ["FORMATS", "Report", "counted", "json_text", "text"]

FORMATS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {"text": text, "json": json_text, "github": github, "gitlab": gitlab, "sarif": sarif}
)
"""Every format by the name that the command line gives it. A new one is a file and an entry here."""

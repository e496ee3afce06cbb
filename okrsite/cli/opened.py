"""A portal read and scored for a command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from okrsite.codes import CODES, Code
from okrsite.content import ContentCache, read_portal
from okrsite.history import read_history
from okrsite.model import Portal
from okrsite.problems import ContentError, Problem
from okrsite.rules import RULES, check
from okrsite.scoring import score
from okrsite.scoring.figures import Figures
from okrsite.settings import Settings
from okrsite.site.checks import site_problems
from okrsite.site.clock import day
from okrsite.site.committed import committed_portal
from okrsite.site.config import load
from okrsite.site.workfolder import work_folder, work_folder_problems


@dataclass(frozen=True, slots=True)
class Opened:
    """A portal without errors, with its figures on one day."""

    settings: Settings
    portal: Portal
    figures: Figures


def opened(config_file: Path, option: date | None, at: str | None = None) -> Opened:
    """Read a portal and compute its figures.

    Args:
        config_file: The portal's ``mkdocs.yml``.
        option: The day that was asked for.
        at: A day or commit to read it from instead of the work tree.

    Raises:
        ContentError: The content has errors.
        OkrsiteError: The configuration cannot be used, or there is no such commit.
    """
    if at is not None:
        with committed_portal(config_file, at) as committed:
            return _opened(committed.config_file, committed.day(option), keep=False)
    return _opened(config_file, option, keep=True)


def _opened(config_file: Path, option: date | None, *, keep: bool) -> Opened:
    settings, root = load(config_file)
    reading = read_portal(root, settings, _kept(root) if keep else None)
    if reading.portal is None:
        raise ContentError(reading.problems)
    return Opened(settings, reading.portal, score(reading.portal, day(option, settings), settings.status))


def problems(config_file: Path, option: date | None) -> tuple[Problem, ...]:
    """Everything that is wrong with a portal, sorted by place: configuration, content, pages, and what the rules say.

    Where the content has errors, these are all: rules and pages need a portal that can be read.

    Raises:
        OkrsiteError: The configuration cannot be used at all.
    """
    try:
        settings, root = load(config_file)
    except ContentError as error:
        return error.problems
    as_of = day(option, settings)
    reading = read_portal(root, settings, _kept(root))
    if reading.portal is None:
        return reading.problems
    portal = reading.portal
    figures = score(portal, as_of, settings.status)
    history = read_history(root, settings, work_folder(root) / "history")
    said = check(portal, figures, settings, history)
    found = (*work_folder_problems(root), *reading.problems, *site_problems(portal, settings, root), *said)
    return tuple(sorted(found))


def _kept(root: Path) -> ContentCache:
    return ContentCache(work_folder(root) / "content")


def codes() -> Mapping[str, Code]:
    """What every code stands for, structural ones and rules alike."""
    return {**CODES, **{rule.code: Code(rule.code, rule.summary, rule.reason, rule.mend) for rule in RULES}}

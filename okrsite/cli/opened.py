"""A portal read and scored for a command."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from okrsite.content import ContentCache, read_portal
from okrsite.content.garbage import rarely_collected
from okrsite.disk import Look
from okrsite.frozen import frozen
from okrsite.history import read_history
from okrsite.model import Portal
from okrsite.problems import ContentError, Problem
from okrsite.scoring import score
from okrsite.scoring.figures import Figures
from okrsite.settings import Settings
from okrsite.site.clock import day
from okrsite.site.freshness.configured import Configured
from okrsite.site.freshness.grounds import grounds_of, told_grounds
from okrsite.site.freshness.verdict import Verdict
from okrsite.site.freshness.workfolder import work_folder, work_folder_problems
from okrsite.site.inspection.inspection import Inspection
from okrsite.site.inspection.lastcheck import LastCheck


@frozen
class Opened:
    """A portal without errors, with its figures on one day.

    Attributes:
        known: What it was read with; None where nothing is kept.
    """

    settings: Settings
    portal: Portal
    figures: Figures
    known: ContentCache | None


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
        from okrsite.site.commits.committed import committed_portal

        with committed_portal(config_file, at) as committed:
            return _opened(committed.config_file, committed.day(option), keep=False)
    return _opened(config_file, option, keep=True)


@rarely_collected()
def _opened(config_file: Path, option: date | None, *, keep: bool) -> Opened:
    from okrsite.site.options.config import load

    settings, root = load(config_file)
    known = _kept(root) if keep else None
    reading = read_portal(root, settings, known)
    if reading.portal is None:
        raise ContentError(reading.problems)
    return Opened(settings, reading.portal, score(reading.portal, day(option, settings), settings.status), known)


@rarely_collected()
def problems(config_file: Path, option: date | None, verdict: Verdict | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with a portal, sorted by place: configuration, content, pages, and what the rules say.

    Where the content has errors, these are all: rules and pages need a portal that can be read.

    Args:
        config_file: The portal's ``mkdocs.yml``.
        option: The day that was asked for.
        verdict: What the last check found, if that was looked for already.

    Raises:
        OkrsiteError: The configuration cannot be used at all.
    """
    config_file = config_file.resolve()
    verdict = verdict or Verdict(config_file)
    configured = verdict.configured()
    if configured is not None:
        return _noted_problems(config_file, configured, option, verdict)
    from okrsite.site.options.config import is_okrsites_own, mkdocs_config, settings_of

    try:
        config = mkdocs_config(config_file)
        settings = settings_of(config)
    except ContentError as error:
        return error.problems
    configured = Configured(settings, Path(config.docs_dir), tuple(config.theme.dirs))
    if is_okrsites_own(config):
        return _noted_problems(config_file, configured, option, verdict)
    return _problems(config_file, configured, day(option, settings), verdict)


def _noted_problems(
    config_file: Path, configured: Configured, option: date | None, verdict: Verdict
) -> tuple[Problem, ...]:
    """What a check finds, and a note of it for the next one."""
    settings, as_of = configured.settings, day(option, configured.settings)
    look = verdict.begin(configured.content)
    found = _problems(config_file, configured, as_of, verdict, look)
    verdict.end(found, settings, as_of, configured.themes)
    return found


def _problems(
    config_file: Path, configured: Configured, as_of: date, verdict: Verdict, look: Look | None = None
) -> tuple[Problem, ...]:
    root, work, settings = config_file.parent, work_folder(config_file.parent), configured.settings
    kept, last = _kept(root), LastCheck(work / "builds" / f"{config_file.stem}.checked")
    reading = read_portal(root, settings, kept, look=look)
    if reading.portal is None:
        return reading.problems
    history = read_history(root, settings, work / "history")
    inspection = Inspection(reading.portal, history, settings, as_of, last.parts)
    makers = verdict.makers(configured.themes)
    grounds = grounds_of(reading.portal, history, as_of, kept.contents(), told_grounds(history))
    last.begin(makers, settings, inspection, grounds)
    found = inspection.problems(root)
    last.end()
    of_folder = () if verdict.has_untracked_caches() else work_folder_problems(root)
    return tuple(sorted((*of_folder, *reading.problems, *found)))


def _kept(root: Path) -> ContentCache:
    return ContentCache(work_folder(root) / "content")

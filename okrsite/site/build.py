"""``okrsite build``: MkDocs builds beside, and what differs is brought over; until then the old site stays whole."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import cast

from jinja2 import TemplateError, TemplateSyntaxError
from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from okrsite.content.garbage import count_as_old, rarely_collected
from okrsite.crew import AS_NEEDED, Hands
from okrsite.problems import OkrsiteError
from okrsite.site.built import BuildResult
from okrsite.site.commits.committed import Committed, committed_portal
from okrsite.site.exports import SCHEMA
from okrsite.site.freshness.ahead import Ahead
from okrsite.site.freshness.lastbuild import LastBuild
from okrsite.site.freshness.makers import makers
from okrsite.site.freshness.standstill import Standstill
from okrsite.site.freshness.workfolder import scratch_folder, work_folder
from okrsite.site.options.config import is_okrsites_own, mkdocs_config, what_mkdocs_says
from okrsite.site.output.sitefolder import SiteFolder
from okrsite.site.plugin import OkrsitePlugin
from okrsite.site.words.ledger import gap_line
from okrsite.site.written.folder import links_to_written

_UNBORN = ("no_git", "no_repository", "no_commit")
"""What a portal that lies in no repository has in place of a history: nothing went wrong."""

_EXTENSIONS = {
    *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "md_in_html"),
    *("meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks"),
}
"""Python-Markdown's own extensions."""

Report = Callable[[int, int], None]
"""Told how many pages are done, and of how many."""


def build(
    config_file: Path,
    site_dir: Path | None = None,
    as_of: date | None = None,
    report: Report | None = None,
    site_url: str | None = None,
    at: str | None = None,
    hands: Hands = AS_NEEDED,
    stands: Standstill | None = None,
) -> BuildResult:
    """Build a portal.

    Args:
        config_file: The portal's ``mkdocs.yml``.
        site_dir: Where to; ``site_dir`` of the configuration where not given.
        as_of: The day that figures are computed for; else the environment, the configuration or the clock says.
        report: Told of the progress.
        site_url: In place of the configuration's.
        at: A day, or any name of a commit that git knows, to build the portal from that commit; the work tree and the
            index are left alone. Where figures are not computed for another day, it is that of the commit.
        hands: Who may be asked to make pages; the bytes are the same.
        stands: Has looked already whether anything changed, for the same folder and address.

    Raises:
        ContentError: The content has errors; nothing was written.
        GitError: There is no such commit, or the portal was not there.
        OkrsiteError: The configuration cannot be used, MkDocs or a template failed, or the folder holds something else.
    """
    begun = time.perf_counter()
    config_file = config_file.resolve()
    if at is None:
        stands = stands or Standstill(config_file, site_dir, site_url)
        return _build(begun, config_file, site_dir, as_of, report, site_url, None, stands, hands)
    with committed_portal(config_file, at) as committed:
        site_dir = site_dir or Path(mkdocs_config(config_file).site_dir)
        day = committed.day(as_of)
        return _build(begun, committed.config_file, site_dir, day, report, site_url, committed, None, hands)


def build_committed(
    committed: Committed,
    site_dir: Path,
    as_of: date | None = None,
    report: Report | None = None,
    hands: Hands = AS_NEEDED,
) -> BuildResult:
    """Build a portal from a commit that has been brought already; see `build`.

    Args:
        committed: The commit's files.
        site_dir: Where to.
        as_of: The day that figures are computed for; by default the commit's.
        report: Told of the progress.
        hands: Who may be asked to make pages.
    """
    begun = time.perf_counter()
    return _build(begun, committed.config_file, site_dir, committed.day(as_of), report, None, committed, None, hands)


@rarely_collected()
def _build(
    begun: float,
    config_file: Path,
    site_dir: Path | None,
    as_of: date | None,
    report: Report | None,
    site_url: str | None,
    committed: Committed | None,
    stands: Standstill | None,
    hands: Hands,
) -> BuildResult:
    config = mkdocs_config(config_file)
    target = (site_dir or Path(config.site_dir)).resolve()
    home = committed.home if committed else config_file.parent
    content = Path(config.docs_dir).resolve()
    _check_target(target, home, Path(committed.at_home(str(content))) if committed else content)
    work = work_folder(home)
    still = stands if _is_its_own(config) else None
    ahead = Ahead() if still is None else still.begin(content)
    try:
        with scratch_folder(home) as staging:
            config.site_dir = str(staging / "site")
            if site_url is not None:
                config.site_url = site_url
            plugin = cast(OkrsitePlugin, config.plugins["okrsite"])
            made: list[Generator[tuple[str, bytes | None], None, None]] = []
            plugin.as_of, plugin.deliver, plugin.committed, plugin.hands = as_of, made.append, committed, hands
            site = SiteFolder(target)
            made_by = (makers if still is None else still.makers)(config.theme.dirs)
            last = LastBuild(work / "builds", site, made_by, ahead) if is_okrsites_own(config) else None
            plugin.last, plugin.ahead = last, ahead
            if _is_its_own(config):  # whoever else has a say may look at goals
                plugin.written_below = partial(links_to_written, folder=staging / "written")
            warnings = _run(config)
            plugin.renderer.compile_templates()
            count_as_old()
            # Only now, since MkDocs counts its warnings last when it is strict.
            with closing(made[0]) as files:  # whoever works for it must not outlast a failure
                pages = _bring(site, files, staging / "site", plugin.site.expected_pages, report)
            findings = plugin.site.problems.counts
            if last is not None:
                last.end()
    except TemplateError as error:
        raise OkrsiteError(template_failure(error)) from error
    charts = plugin.site.charts
    history = plugin.site.history
    missing = [gap_line(history)] if history.gap else []
    unborn = history.gap is not None and history.gap.kind in _UNBORN
    said = [*warnings, *plugin.renderer.failures, *([] if unborn else missing)]
    result = BuildResult(
        site_dir=target,
        pages=pages,
        pages_made=plugin.site.pages_made,
        pages_kept=last.kept if last else 0,
        written=site.counts.written,
        unchanged=site.counts.unchanged,
        deleted=site.counts.deleted,
        put_back=site.counts.put_back,
        charts_drawn=charts.drawn,
        charts_cached=charts.cached,
        seconds=time.perf_counter() - begun,
        revision=committed.revision if committed else None,
        findings=findings,
        problems=plugin.site.problems,
        files={name: file.stat for name, file in site.files.items()},
        warnings=tuple(map(committed.at_home, said) if committed else said),
        notices=tuple(missing) if unborn else (),
    )
    if still is not None:
        still.end(result, site.looks, plugin.site.settings, plugin.site.gallery.as_of, config.theme.dirs)
    return result


def _is_its_own(config: MkDocsConfig) -> bool:
    """Whether nobody reads anything beside content, configuration and theme: extensions of Markdown may."""
    return is_okrsites_own(config) and set(config.markdown_extensions) <= _EXTENSIONS


def template_failure(error: TemplateError) -> str:
    """Which template failed, and why; it is most likely one of the portal's own."""
    place = f"{error.filename or error.name}:{error.lineno}: " if isinstance(error, TemplateSyntaxError) else ""
    return f"{place}a template of the theme failed: {error.message}"


def _bring(
    site: SiteFolder, files: Iterator[tuple[str, bytes | None]], staging: Path, total: int, report: Report | None
) -> int:
    """Bring the site's folder to what it should hold; returns how many files okrsite made itself."""
    done = 0
    for name, content in files:
        if content is not None:
            site.put(name, content)
        done += 1
        if report is not None and done % 20 == 0:
            report(min(done, total), total)
    site.put_folder(staging)
    site.finish()
    if report is not None:
        report(total, total)
    return done


def _run(config: MkDocsConfig) -> list[str]:
    """Let MkDocs build; its warnings are returned, its failures become okrsite's."""
    with what_mkdocs_says() as said:
        try:
            config.plugins.on_startup(command="build", dirty=False)
            build_with_mkdocs(config)
        except (MkDocsException, SystemExit) as error:
            told = "\n".join([*said, str(error)]).strip()
            raise OkrsiteError(f"MkDocs could not build the written pages: {told}") from error
        finally:
            config.plugins.on_shutdown()
    return said


def _check_target(target: Path, root: Path, content: Path) -> None:
    """A build deletes what is left over in its folder, so it takes only an empty one or a site.

    Raises:
        OkrsiteError: The folder holds something else.
    """
    if root.is_relative_to(target) or content.is_relative_to(target):
        raise OkrsiteError(f"The site cannot be built into {target}, which holds the portal itself.")
    if target.is_relative_to(content):
        raise OkrsiteError(f"The site cannot be built into {target}, which is among the portal's content.")
    if target.is_file():
        raise OkrsiteError(f"The site cannot be built into {target}: it is a file.")
    if target.is_dir() and any(target.iterdir()) and not (target / SCHEMA).is_file():
        hint = "choose an empty folder, or empty it yourself"
        raise OkrsiteError(
            f"{target} is not empty and holds no site of okrsite; a build would delete its files: {hint}."
        )

"""After a push: what arrived is published, and the pusher is told what it did to the goals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from okrsite.cli.hooks.updates import Update
from okrsite.cli.views.published import address
from okrsite.exchange.problems import Report, counted, text
from okrsite.history import revision_of
from okrsite.problems import ContentError, OkrsiteError, Problem
from okrsite.publish.target import Target
from okrsite.site.clock import today
from okrsite.site.publication.publishing import Place, Publication, publish_commit

Say = Callable[[str], None]

LINES, FINDINGS = 40, 5
"""How much of the comparison, and how many findings of the rules, a pusher is shown."""


def publish_update(update: Update, branch: str, place: Place, target: Target, say: Say) -> bool:
    """Publish what a push has moved a branch to.

    Args:
        update: What it did to the branch, which is still there.
        branch: Its short name.
        place: Where the portal is.
        target: Where to publish.
        say: Tells the pusher.

    Returns:
        Whether it is published.
    """
    say(f"okrsite: publishing {branch} {update.new[:10]} ...")
    try:
        done = publish_commit(place, target, at=update.new, today=today)
    except ContentError as error:
        say(text(Report(error.problems)))
        say(f"okrsite: not published: {_short(error.problems)} in {update.new[:10]}. {_still(target)}")
        return False
    except OkrsiteError as error:
        say(f"okrsite: not published: {error}\n{_still(target)}")
        return False
    for part in (_published(done, update, target), _changed(update, place), _findings(done.built.problems)):
        for line in part:
            say(line)
    return True


def _published(done: Publication, update: Update, target: Target) -> Iterator[str]:
    published = done.published
    id = published.manifest.id
    again = "was published already" if published.was_there else "is published"
    yield f'okrsite: {update.new[:10]} "{published.manifest.origin.subject}" {again}.'
    version = published.versions.version(id)
    if published.newest == id:
        yield f"    Readers see it now: {address(target, target.newest_at or f's/{id}/')}"
    elif version is not None and version.is_withdrawn:
        yield f"    Readers go on seeing {published.newest}: a rollback has passed over this commit."
    else:
        yield f"    Readers go on seeing {published.newest}, which is later."
    yield f"    It stays at {address(target, f's/{id}/')}"
    for warning in done.warnings:
        yield f"    warning: {warning}"


def _changed(update: Update, place: Place) -> Iterator[str]:
    """What happened to the goals since what the branch had before, in short."""
    if not update.old:
        return
    # Only now, when readers have the new snapshot: what is loaded here would have kept them waiting.
    from okrsite.exchange.differences import FORMATS as DIFFERENCES
    from okrsite.exchange.differences import DifferenceReport
    from okrsite.site.commits.sides import compare_commits
    from okrsite.site.words import ENGLISH_WORDS

    repository = place.repository
    try:
        commits = [revision_of(repository, id) for id in (update.old, update.new)]
        found = compare_commits(repository, commits[0], commits[1], place.prefix, place.config_name)
    except OkrsiteError:
        yield f"\nWhat changed cannot be told: {update.old[:10]} had errors or no portal."
        return
    _, _, below = DIFFERENCES["text"](DifferenceReport(found, ENGLISH_WORDS)).partition("\n")
    told = below.strip("\n").split("\n")
    yield f"\nSince {update.old[:10]}:"
    yield from _indented(told[:LINES])
    if len(told) > LINES:
        yield f"    … {len(told) - LINES} more lines: okrsite diff {update.old[:10]} {update.new[:10]}"


def _indented(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"    {line}" if line else "" for line in lines)


def _findings(problems: Sequence[Problem]) -> Iterator[str]:
    """What the rules say: notices depend on the day, not on the push, so they are only counted."""
    if problems:
        yield f"\nokrsite check: {_short(problems)}"
        shown = [each for each in problems if each.severity != "notice"]
        yield from (f"    {problem}" for problem in shown[:FINDINGS])
        if len(shown) > FINDINGS:
            yield f"    … and {len(shown) - FINDINGS} more"


def _short(problems: Sequence[Problem]) -> str:
    return counted(Report(problems).counts)


def _still(target: Target) -> str:
    try:
        id = target.pointer()
    except OkrsiteError:
        return "Readers see what they saw."
    return f"Readers go on seeing {id}." if id else "There is no snapshot yet."

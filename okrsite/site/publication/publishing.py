"""A commit, built and published: what `okrsite publish` and git's hooks do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from okrsite.content.garbage import rarely_collected
from okrsite.crew import AS_NEEDED, Hands, meanwhile
from okrsite.frozen import frozen
from okrsite.history import GitError, Repository, Revision, repository_of, revision_of
from okrsite.history.revisions import FETCH_ALL, details_of, is_dirty, relation_of
from okrsite.problems import OkrsiteError
from okrsite.publish.attestation import Source
from okrsite.publish.listing import read_versions
from okrsite.publish.manifest import Origin
from okrsite.publish.marks import checked_channel, checked_label
from okrsite.publish.publishing import Published, Wish, publish
from okrsite.publish.retention import expired
from okrsite.publish.target import Target
from okrsite.publish.versions import Compare, Versions
from okrsite.settings import PublishOptions
from okrsite.site.build import Report, build_committed
from okrsite.site.built import BuildResult
from okrsite.site.commits.committed import portal_of
from okrsite.site.commits.kept import kept_commit
from okrsite.site.options.config import mkdocs_config, settings_of
from okrsite.site.publication.digests import kept_digests
from okrsite.site.publication.neighbours import happened
from okrsite.site.publication.provenance import built_by


@frozen
class Place:
    """Where a portal is in a repository.

    Attributes:
        repository: It may be a bare one.
        prefix: The portal's folder relative to the repository's top, without a slash at its end.
        config_name: What its configuration is called.
        home: The folder that its caches are in: the portal's own, of a bare repository that.
    """

    repository: Repository
    prefix: str
    config_name: str
    home: Path

    @property
    def is_bare(self) -> bool:
        """Whether the repository has no work tree."""
        return not (self.repository.top / ".git").exists()


@frozen
class Publication:
    """What came of it.

    Attributes:
        built: What the build did.
        published: What publishing did.
        warnings: What the user should know, such as that the work tree has changes that were not published.
    """

    built: BuildResult
    published: Published
    warnings: tuple[str, ...]


def place_of(config_file: Path) -> Place:
    """Where the portal of a configuration in a work tree is.

    Raises:
        GitError: It is in no repository.
    """
    home = config_file.resolve().parent
    repository = repository_of(home)
    return Place(repository, repository.prefix.rstrip("/"), config_file.name, home)


def publish_commit(
    place: Place,
    target: Target,
    *,
    at: str = "HEAD",
    as_of: date | None = None,
    label: str = "",
    channel: str = "",
    expires: date | None = None,
    dry_run: bool = False,
    today: Callable[[], date],
    compare: Compare = happened,
    report: Report | None = None,
    sending: Report | None = None,
    hands: Hands = AS_NEEDED,
) -> Publication:
    """Build a commit and publish it as a snapshot.

    Args:
        place: Where the portal is.
        target: Where to publish.
        at: The commit, by any name that git knows.
        as_of: The day that figures are computed for; by default the commit's.
        label: A label for the snapshot; empty for none.
        channel: The channel that shall show it instead of readers' newest; empty for none.
        expires: When the channel expires; by default after the days that the configuration says.
        dry_run: Only tell what would happen.
        today: Asked for channels that are not given a day.
        compare: Tells what happened between two snapshots.
        report: Told of the build's progress, in pages.
        sending: Told of files that are sent.
        hands: Who may be asked to make pages.

    Raises:
        ContentError: The content of the commit has errors; nothing was published.
        GitError: There is no such commit, or its history is cut off.
        OkrsiteError: The configuration cannot be used, or the target failed.
    """
    if label:
        checked_label(label)
    if channel:
        checked_channel(channel)
    repository = place.repository
    if (names := sys.getfilesystemencoding().lower()) != "utf-8":
        raise OkrsiteError(
            f"Files would be named in {names} here, and readers' links would not find them: set PYTHONUTF8=1."
        )
    if repository.is_shallow:
        raise GitError("shallow", "a shallow clone cannot be published: its pages would lack their history", FETCH_ALL)
    revision = revision_of(repository, at)
    if not dry_run:
        with target.publishing():  # what nothing can be published to is told of before anything is built
            pass
    there = read_versions(target)
    with (
        kept_commit(place.home) as kept,
        meanwhile(lambda: [*_of_work_tree(place, target, revision, at)]) as left_out,
        portal_of(repository, revision, place.prefix, place.config_name, place.home, kept) as committed,
    ):
        warnings = left_out()
        if revision.day > today():
            warnings.append(f"the commit's date is in the future, {revision.day}; check the clock of whoever made it")
        config = mkdocs_config(committed.config_file)
        settings = settings_of(config)
        built = build_committed(committed, kept.site, as_of, report, hands)
        origin = _origin(repository, revision, committed.day(as_of), settings.site_name)
        expires = expires or (today() + timedelta(days=settings.publish.channel_days) if channel else None)
        with kept_digests(kept.site, built.files) as digests, rarely_collected():
            published = publish(
                kept.site,
                origin,
                target,
                lambda other: relation_of(repository, other, revision.id),
                built_by(repository, config),
                _wish(settings.publish, label, channel, expires, dry_run),
                compare,
                sending,
                Source(settings.repo_url, place.prefix, committed.config_file.name),
                digests,
            )
    warnings += _of_target(there, published, label, today())
    return Publication(built, published, (*warnings, *built.warnings))


def _of_work_tree(place: Place, target: Target, revision: Revision, at: str) -> Iterator[str]:
    """What the user should know of what is not published."""
    if (
        at == "HEAD"
        and not place.is_bare
        and is_dirty(place.repository, place.prefix, _inside(place.repository, target))
    ):
        yield f"the work tree has changes that are not committed; {revision.short} is published without them"


def _of_target(there: Versions, published: Published, label: str, today: date) -> Iterator[str]:
    """What the user should know of the target."""
    if published.rewrote:
        yield (
            f"history was rewritten: the newest snapshot showed {published.rewrote[:10]}, which this commit does not "
            "rest on; it stays at its address"
        )
    if label and (had := there.marks.labels.get(label)) not in (None, published.manifest.id):
        yield f"the label {label} was at {had} until now"
    if over := [name for name in expired(there, today) if name in published.versions.marks.channels]:
        names = ", ".join(over)
        yield f"expired: {names}; `okrsite snapshots prune` deletes what only expired channels show"


def _inside(repository: Repository, target: Target) -> str:
    """Where a folder that is published to is in the work tree; empty where it is not in it."""
    try:
        return Path(target.name).resolve().relative_to(repository.top.resolve()).as_posix()
    except (ValueError, OSError):
        return ""


def _wish(options: PublishOptions, label: str, channel: str, expires: date | None, dry_run: bool) -> Wish:
    return Wish(label, channel, expires, dry_run, options.compression)


def _origin(repository: Repository, revision: Revision, as_of: date, portal: str) -> Origin:
    details = details_of(repository, revision.id)
    return Origin(revision.id, revision.at, details.subject, details.count, as_of, portal)

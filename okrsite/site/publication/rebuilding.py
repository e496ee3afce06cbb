"""A published snapshot, built again from its commit: whether the files are the same, and what may explain it if not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from okrsite.frozen import frozen
from okrsite.history import GitError, Repository, Revision, revision_of
from okrsite.history.revisions import FETCH_ALL
from okrsite.problems import OkrsiteError
from okrsite.publish.files import Compression, site_files
from okrsite.publish.manifest import FileEntry, Manifest, ManifestError
from okrsite.publish.target import Target
from okrsite.site.build import Report, build_committed
from okrsite.site.commits.committed import portal_of
from okrsite.site.freshness.workfolder import scratch_folder
from okrsite.site.options.config import mkdocs_config
from okrsite.site.publication.provenance import built_by
from okrsite.site.publication.publishing import Place

What = Literal["differs", "missing", "new"]
"""How a file that was built again stands to the published one: of other content, not made again, or not published."""


@frozen
class Tool:
    """Something that makes sites, in another version than then.

    Attributes:
        name: ``okrsite``, ``python``, ``git``, or a package's.
        then: The version that made the snapshot; empty where it was not there.
        now: The one here; likewise.
    """

    name: str
    then: str
    now: str


@frozen
class Rebuilt:
    """What building again gave.

    Attributes:
        manifest: The snapshot's.
        differing: The files that are not the same, by path; those of a compressed copy only where the plain one is.
        tools: What has another version now.
    """

    manifest: Manifest
    differing: Mapping[str, What]
    tools: tuple[Tool, ...]

    @property
    def is_same(self) -> bool:
        """Whether every byte is the same."""
        return not self.differing


def rebuild(place: Place, target: Target, id: str, report: Report | None = None) -> Rebuilt:
    """Build what a snapshot shows again, and compare it with the snapshot's manifest.

    Whether the target still has what its manifest says is not looked at: that is `verifying.verify`'s part.

    Args:
        place: Where the portal is.
        target: Where the snapshot is.
        id: The snapshot's, in full.
        report: Told of the build's progress, in pages.

    Raises:
        ContentError: The content of the commit has errors for this okrsite.
        GitError: The repository has not got the commit, or not its whole history.
        OkrsiteError: The commit cannot be built here, or the target failed.
    """
    try:
        manifest = target.manifest(id)
    except ManifestError as error:
        what = f"the manifest of {id} is not what it was: okrsite snapshots verify tells what is wrong"
        raise OkrsiteError(f"{what} ({error}).") from error
    revision = _revision(place.repository, manifest)
    with (
        portal_of(place.repository, revision, place.prefix, place.config_name, place.home) as committed,
        scratch_folder(place.home) as folder,
    ):
        site = folder / "site"
        build_committed(committed, site, manifest.origin.as_of, report)
        files = site_files(site, _compression(manifest)).entries
        here = built_by(place.repository, mkdocs_config(committed.config_file))
    return Rebuilt(manifest, dict(_differing(manifest.files, files)), tuple(_tools(manifest.built_by, here)))


def _revision(repository: Repository, manifest: Manifest) -> Revision:
    commit = manifest.origin.commit
    if repository.is_shallow:
        raise GitError("shallow", "a shallow clone cannot build a snapshot again: it lacks history", FETCH_ALL)
    try:
        return revision_of(repository, commit)
    except GitError as error:
        raise GitError(
            "failed",
            f"this repository has no commit {commit[:10]}, which {manifest.id} shows",
            "run this in the portal's repository; `git fetch` brings what is new, and history that was rewritten may "
            "have lost it",
        ) from error


def _compression(manifest: Manifest) -> Compression:
    if any(entry.encoding for entry in manifest.files.values()):
        return "only"
    both = any(path.endswith(".gz") and path.removesuffix(".gz") in manifest.files for path in manifest.files)
    return "both" if both else "none"


def _differing(then: Mapping[str, FileEntry], now: Mapping[str, FileEntry]) -> Iterator[tuple[str, What]]:
    for path in sorted(then.keys() | now.keys()):
        what = _what(then.get(path), now.get(path))
        plain = path.removesuffix(".gz")
        if what and (plain == path or _what(then.get(plain), now.get(plain)) is None):
            yield path, what


def _what(then: FileEntry | None, now: FileEntry | None) -> What | None:
    if then is None or now is None:
        return None if then is now else "new" if then is None else "missing"
    return None if (then.sha256, then.encoding) == (now.sha256, now.encoding) else "differs"


def _tools(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Tool]:
    for name in sorted(then.keys() | now.keys(), key=lambda name: (name != "okrsite", name)):
        if then.get(name) != now.get(name):
            yield Tool(name, then.get(name, ""), now.get(name, ""))

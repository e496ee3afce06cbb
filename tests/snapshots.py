"""A snapshot, published for real from a repository."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gitrepos import Repo
from portalfiles import MKDOCS, SMALL, put

from okrsite.publish.target import Target
from okrsite.publish.targets import open_target
from okrsite.site.publication.publishing import Publication, place_of, publish_commit

ADDRESS = "repo_url: https://ada:secret@forge.example/acme/goals\n"
OPTIONS = "okrsite:\n      as_of: 2026-02-14\n"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot, where it came from and where it is.

    Attributes:
        repo: Its portal is in the folder ``goals``.
        target: A folder.
        publication: What publishing did.
    """

    repo: Repo
    target: Target
    publication: Publication

    @property
    def config_file(self) -> Path:
        """The portal's configuration."""
        return self.repo.path / "goals/mkdocs.yml"

    @property
    def id(self) -> str:
        """The snapshot's."""
        return self.publication.published.manifest.id


def published(folder: Path) -> Snapshot:
    """Publish a portal with a history, names of every kind, and a work tree that is a mess.

    Args:
        folder: For the repository and the target.
    """
    repo = Repo(folder / "repo")
    put(repo.path / "goals", {**SMALL, "mkdocs.yml": MKDOCS.replace(OPTIONS, "okrsite\n") + ADDRESS})
    repo.write(".gitignore", ".okrsite/\nsite/\n")
    repo.commit("first", "2026-02-13")
    repo.move("goals/content/okrs/acme/it", "goals/content/okrs/acme/platform")
    for file in (repo.path / "goals/content").rglob("*"):
        if file.suffix in (".md", ".yml"):
            file.write_text(file.read_text(encoding="utf-8").replace("acme/it", "acme/platform"), encoding="utf-8")
    repo.write("goals/content/guide/größe.md", "# Größe\n")
    repo.commit("Grüße: renamed (#7)", "2026-02-14T20:30:00-0500")
    repo.write("goals/content/okrs/acme/unit.yml", "name: [\n")
    repo.write("goals/content/guide/new.md", "# Not committed\n")
    target = open_target(str(folder / "target"))
    publication = publish_commit(place_of(repo.path / "goals/mkdocs.yml"), target, today=lambda: date(2026, 3, 1))
    return Snapshot(repo, target, publication)

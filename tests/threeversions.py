"""Three versions of a portal, published for real: a goal that comes, one that goes, one that changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gitrepos import Repo
from portalfiles import MKDOCS, SMALL, warm

from okrsite.publish.targets import open_target
from okrsite.site.publication.publishing import place_of, publish_commit

ACME = "content/okrs/acme/2026-Q1"
COMES = SMALL[f"{ACME}/trust.md"].replace("Customers trust us", "Everybody can reach us")
GOES = SMALL[f"{ACME}/trust.md"].replace("Customers trust us", "Our paper forms are easy")
CHANNEL = "previews/pr-123"


@dataclass(frozen=True, slots=True)
class Versions:
    """A folder with three versions and the preview of a fourth.

    Attributes:
        target: The folder.
        first: The id of the oldest: it has the objective ``forms``, and the label ``kick-off``.
        second: Likewise of the one after it: ``forms`` has gone.
        newest: Likewise: ``reach`` has come, and ``trust`` has another target.
        draft: Likewise of the preview.
    """

    target: Path
    first: str
    second: str
    newest: str
    draft: str


def publish_three(folder: Path) -> Versions:
    """Commit and publish, one after the other, into ``target`` of a folder."""
    repo, target = Repo(folder / "repo"), folder / "target"
    warm(repo.path)
    repo.write_all({**SMALL, "mkdocs.yml": MKDOCS.replace("okrsite:\n      as_of: 2026-02-14\n", "okrsite\n")})
    repo.write_all({".gitignore": ".okrsite/\n", f"{ACME}/forms.md": GOES})
    commits = [repo.commit("Goals of the quarter", "2026-02-10")]
    repo.remove(f"{ACME}/forms.md")
    commits.append(repo.commit("No more paper <b>forms</b>", "2026-02-14"))
    repo.write(f"{ACME}/reach.md", COMES)
    repo.write(f"{ACME}/trust.md", SMALL[f"{ACME}/trust.md"].replace("target: 40", "target: 36"))
    commits.append(repo.commit("Reach, and a lower target of trust", "2026-02-20"))
    repo.branch("pr-123")
    repo.write("content/index.md", "# Our goals\n\nShorter.\n")
    commits.append(repo.commit("A shorter welcome", "2026-02-21"))
    done = [
        publish_commit(
            place_of(repo.path / "mkdocs.yml"),
            open_target(str(target)),
            at=commit,
            label=label,
            channel=channel,
            today=lambda: date(2026, 3, 1),
        ).published.manifest.id
        for commit, label, channel in zip(commits, ("kick-off", "", "", ""), ("", "", "", CHANNEL), strict=True)
    ]
    return Versions(target, *done)

"""``okrsite publish``: what a commit becomes, what is said of it, and what is refused before anything is built."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

UNIT = "content/okrs/organisation/unit.yml"


def publish(run: Any, portal: Any, *words: str) -> dict[str, Any]:
    """Publish, and what programs are told."""
    result = run("publish", portal.target, "--format", "json", *words, cwd=portal.repo.path)
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


def test_a_commit_after_another(run: Any, published: Any) -> None:
    """A person reads what was published, where it is, and what changed; the same again changes nothing."""
    target, path = published.target, published.repo.path
    head = published.rename("Acme")
    dry = run("publish", target, "--dry-run", cwd=path)
    assert (dry.exit_code, dry.stderr) == (0, "")
    assert dry.stdout.startswith(f"would publish 2026-02-10-{head[:7]}-")
    assert "it would be what readers see\n" in dry.stdout
    assert dry.stdout.endswith("nothing was published: this was a dry run\n")
    assert len([*(target / "s").iterdir()]) == 1

    result = run("publish", target, "--label", "first-quarter", cwd=path)
    assert (result.exit_code, result.stderr) == (0, "")
    first, *lines = result.stdout.splitlines()
    id = first.removeprefix("published ")
    said = dict(line.strip().split(None, 1) for line in lines if line.startswith("  "))
    assert said["commit"] == f"{head[:10]} of 10 Feb 2026  Call it Acme"
    assert said["address"] == f"{target}/s/{id}/index.html"
    assert Path(said["address"]).is_file()
    assert said["changes"].startswith("1 unit changed; since 2026-02-01-")
    assert said["labels"] == "first-quarter"
    assert said["newest"] == f"yes: readers see it at {target}/current/index.html"
    assert dry.stdout.partition("files    ")[2].partition(" ")[0] == said["files"].partition(" ")[0]
    assert run("publish", target, cwd=path).stdout.startswith(f"unchanged: {id}\n")


def test_order_days_and_warnings(run: Any, published: Any) -> None:
    """An older commit does not become the newest; another day is another snapshot; the user is warned of the rest."""
    repo = published.repo
    later = published.rename("Acme")
    nightly = publish(run, published, "--as-of", "2026-02-12")
    assert (nightly["commit"], nightly["as_of"], nightly["is_newest"]) == (later, "2026-02-12", True)
    old = publish(run, published, "--at", "2026-02-05", "--as-of", "2026-02-13")
    assert (old["subject"], old["is_newest"], old["newest"]) == ("Begin", False, nightly["id"])
    repo.write("content/index.md", "# Changed\n")
    dirty = run("publish", published.target, "--dry-run", cwd=repo.path)
    assert "changes that are not committed" in dirty.stderr
    assert f"no: readers see {nightly['id']}" in dirty.stdout
    repo.git("checkout", "-q", "content/index.md")
    repo.git("reset", "-q", "--hard", "HEAD~1")
    published.rename("Acme again", "2099-02-11")
    forced = publish(run, published)
    assert forced["is_newest"]
    assert "in the future" in forced["warnings"][0]
    assert f"history was rewritten: the newest snapshot showed {later[:10]}" in forced["warnings"][1]


def test_channels(run: Any, published: Any) -> None:
    """A preview has an address of its own and is never the newest; one that has expired is told of."""
    target = published.target
    published.rename("Acme")
    result = run("publish", target, "--channel", "previews/pr-1", "--expires", "3", cwd=published.repo.path)
    assert result.exit_code == 0, result.output
    assert "previews/pr-1, until " in result.stdout
    assert "newest" not in result.stdout
    id = result.stdout.splitlines()[0].removeprefix("published ")
    assert f"../../../s/{id}/" in (target / "channels/previews/pr-1/index.html").read_text(encoding="utf-8")
    assert (target / "current").resolve().name.startswith("2026-02-01-")
    name = target / "marks/channels/previews~pr-1"
    name.write_text(json.dumps({"id": id, "expires": "2026-01-01"}), encoding="utf-8")
    live = publish(run, published)
    assert (live["was_there"], live["is_newest"]) == (True, True)
    assert "expired: previews/pr-1" in live["warnings"][0]


def test_target_of_the_configuration(run: Any, published: Any, tmp_path: Path) -> None:
    """It need not be named, is seen from the portal's folder, and a folder in the work tree is no change to it."""
    repo = published.repo
    config = (repo.path / "mkdocs.yml").read_text(encoding="utf-8")
    assert "\n  - okrsite\n" in config
    repo.write("mkdocs.yml", config.replace("  - okrsite\n", "  - okrsite: {publish: {target: here}}\n"))
    published.commit("Name a target")
    for _ in range(2):
        result = run("publish", "-f", "goals/mkdocs.yml", cwd=tmp_path)
        assert (result.exit_code, result.stderr) == (0, "")
    assert (repo.path / "here/current/index.html").is_file()
    shown = run("snapshots", "show", "-f", "goals/mkdocs.yml", "newest", cwd=tmp_path)
    assert "Name a target" in shown.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "name the TARGET"),
        (["out", "--label", "a b"], "cannot be a label"),
        (["out", "--channel", "PR"], "cannot be a channel"),
        (["out", "--label", "a", "--channel", "b"], "exclude each other"),
        (["out", "--expires", "3"], "name one with --channel"),
        (["out", "--channel", "a", "--expires", "0"], "write 1 to"),
        (["out", "--channel", "a", "--expires", "2026-02-30"], "neither days nor a day"),
        (["out", "--channel", "a", "--expires", "2020-01-01"], "is over"),
        (["out", "--as-of", "tomorrow"], "is not a day"),
        (["site/deep"], "a build would delete snapshots"),
        (["content"], "snapshots would become content"),
    ],
)
def test_wrong_usage(run: Any, portal: Path, words: list[str], said: str) -> None:
    """What cannot be is said before anything is built, with status 2."""
    result = run("publish", *words, cwd=portal)
    assert result.exit_code == 2, result.output
    assert said in " ".join(result.stderr.split())
    assert not (portal / ".okrsite/content").exists()


def test_what_cannot_be_published(run: Any, published: Any, tmp_path: Path) -> None:
    """A folder with other things, a revision that is not there, content with errors: all with status 1."""
    path = published.repo.path
    (tmp_path / "full").mkdir()
    (tmp_path / "full/thesis.doc").touch()
    assert "holds other things" in run("publish", tmp_path / "full", cwd=path).stderr
    result = run("publish", published.target, "--at", "nowhere", cwd=path)
    assert (result.exit_code, "there is no revision" in result.stderr) == (1, True)
    published.repo.write(UNIT, "name: [\n")
    published.repo.write("content/okrs/organisation/2026-Q1.yml", "objectives: 5\n")
    published.commit("Break it")
    result = run("publish", published.target, "--format", "json", cwd=path)
    assert result.exit_code == 1
    assert len({each["path"] for each in json.loads(result.stdout)["problems"]}) == 2
    assert len([*(published.target / "s").iterdir()]) == 1

"""A snapshot is built again from its commit and compared with what was published."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from gitrepos import Repo
from snapshots import Snapshot

from okrsite.cli import okrsite
from okrsite.cli.views.rebuilt import rebuilt_text
from okrsite.history import GitError
from okrsite.problems import OkrsiteError
from okrsite.publish.publishing import publish
from okrsite.publish.targets import open_target
from okrsite.site.publication.publishing import place_of
from okrsite.site.publication.rebuilding import Rebuilt, Tool, rebuild


def test_it_is_what_its_commit_gives(snapshot: Snapshot) -> None:
    """The commit, built again as of its day, has the same files, made by the same versions."""
    words = (
        "snapshots",
        "verify",
        "--rebuild",
        snapshot.id[:18],
        snapshot.target.name,
        "-f",
        str(snapshot.config_file),
    )
    done = CliRunner().invoke(okrsite, words)
    assert done.exit_code == 0, done.output
    total = len(snapshot.publication.published.manifest.files)
    assert f"as of 2026-02-15: all {total} files are the same\n" in done.stdout


def test_what_is_not_the_same_is_named(snapshot: Snapshot, tmp_path: Path) -> None:
    """A page that is another, one that its commit does not give and one that is not there; and other versions."""
    site = tmp_path / "site"
    shutil.copytree(Path(snapshot.target.name, "s", snapshot.id), site)
    for made in (*site.rglob("*.gz"), site / "manifest.json", site / "attestation.json"):
        made.unlink()
    page = site / "owners/index.html"
    page.write_bytes(page.read_bytes() + b"<!-- -->")
    (site / "more.html").write_text("more")
    (site / "sitemap.xml").unlink()
    manifest = snapshot.publication.published.manifest
    other = open_target(str(tmp_path / "target"))
    tools = {**manifest.built_by, "okrsite": "0.0.9", "markdown": "3.0"}
    del tools["nh3"]
    forged = publish(site, manifest.origin, other, lambda _: "before", tools).manifest
    words = ("snapshots", "verify", "--rebuild", forged.id, other.name, "--format", "json", "-f", snapshot.config_file)
    done = CliRunner().invoke(okrsite, [str(word) for word in words])
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    assert told["differing"] == [
        {"path": "more.html", "what": "missing"},
        {"path": "owners/index.html", "what": "differs"},
        {"path": "sitemap.xml", "what": "new"},
    ]
    assert [(tool["name"], tool["then"]) for tool in told["versions"]] == [
        *(("okrsite", "0.0.9"), ("markdown", "3.0"), ("nh3", None))
    ]


def test_what_may_explain_it(snapshot: Snapshot) -> None:
    """Other versions do; without them the snapshot is not to be trusted, and that is said."""
    manifest = snapshot.publication.published.manifest
    found = Rebuilt(manifest, {"index.html": "differs"}, (Tool("okrsite", "0.0.9", "0.1.0"), Tool("nh3", "", "1")))
    assert rebuilt_text(found).splitlines()[1:] == [
        "  differs  index.html",
        "other versions may explain it; install those that made the snapshot, and try again:",
        "  okrsite 0.0.9 then, 0.1.0 now",
        "  nh3 none then, 1 now",
    ]
    assert "may not be what its commit gives" in rebuilt_text(replace(found, tools=()))
    assert "though made with other versions:\n  okrsite" in rebuilt_text(replace(found, differing={}))


def test_the_commit_is_not_there(snapshot: Snapshot, tmp_path: Path) -> None:
    """Another repository, or one whose history was rewritten: what is missing, and what to do."""
    other = Repo(tmp_path)
    other.write("mkdocs.yml", "site_name: x\n")
    other.commit("another")
    with pytest.raises(GitError, match=r"has no commit [0-9a-f]{10}, which 2026-02-15-.* shows: run this in"):
        rebuild(place_of(tmp_path / "mkdocs.yml"), snapshot.target, snapshot.id)


def test_a_manifest_that_was_altered(snapshot: Snapshot, tmp_path: Path) -> None:
    """It is no manifest of what was published, so nothing is built."""
    shutil.copytree(snapshot.target.name, tmp_path / "target", symlinks=True)
    file = tmp_path / "target/s" / snapshot.id / "manifest.json"
    text = file.read_text(encoding="utf-8")
    file.unlink()
    digest = snapshot.publication.published.manifest.files["sitemap.xml"].sha256
    file.write_text(text.replace(digest, "0" * 64), encoding="utf-8")
    with pytest.raises(OkrsiteError, match="is not what it was: okrsite snapshots verify"):
        rebuild(place_of(snapshot.config_file), open_target(str(tmp_path / "target")), snapshot.id)


def test_wrong_usage(snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One snapshot at a time, and nothing else with it."""
    monkeypatch.chdir(tmp_path)
    words = ["snapshots", "verify", snapshot.target.name, "--rebuild", "newest"]
    done = CliRunner().invoke(okrsite, [*words, "--repair"])
    assert (done.exit_code, "--rebuild is about one snapshot" in done.stderr) == (2, True)
    done = CliRunner().invoke(okrsite, words)
    assert (done.exit_code, "--rebuild needs the portal" in done.stderr) == (2, True)

"""``okrsite snapshots``: what a person and a program are told of what has been published."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from okrsite.cli import okrsite


def told(run: Any, *words: str | Path, status: int = 0) -> Any:
    """What a program is told."""
    result = run("snapshots", *words, "--format", "json")
    assert result.exit_code == status, result.output
    return json.loads(result.stdout)


def said(run: Any, *words: str | Path, status: int = 0) -> str:
    """What a person is told."""
    result = run("snapshots", *words)
    assert result.exit_code == status, result.output
    return str(result.stdout)


@pytest.fixture(scope="module")
def _three(_first_published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A target with two commits, a label on the first, and a preview of the first on a later day."""
    folder = tmp_path_factory.mktemp("three")
    for name in ("goals", "out"):
        shutil.copytree(_first_published / name, folder / name, symlinks=True)
    config = ["-f", str(folder / "goals/mkdocs.yml")]
    for words in (
        ["snapshots", "label", str(folder / "out"), "newest", "begin"],
        ["publish", str(folder / "out"), *config, "--channel", "previews/pr-1", "--as-of", "2026-02-20"],
        ["publish", str(folder / "out"), *config, "--as-of", "2026-02-10"],
    ):
        result = CliRunner().invoke(okrsite, words, catch_exceptions=False)
        assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def target(_three: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, the test's alone; commands run beside it, where no portal is."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(_three / "out", tmp_path / "out", symlinks=True))


@pytest.fixture
def ids(run: Any, target: Path) -> list[str]:
    """The ids in the list, the newest first."""
    return [each["id"] for each in told(run, "list", target)["snapshots"]]


def test_list(run: Any, target: Path, ids: list[str], tmp_path: Path) -> None:
    """The newest first, labels and channels beside them; the list of a place where nothing is, is empty."""
    lines = said(run, "list", target).splitlines()
    assert lines[1].split()[:2] == [ids[0], "newest"]
    assert lines[2].split()[:2] == [ids[1], "begin"]
    assert lines[5].split()[0] == "previews/pr-1"
    assert "and 1 earlier" in said(run, "list", target, "--limit", "1")
    assert "Nothing has been published to" in said(run, "list", tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_show(run: Any, target: Path, ids: list[str]) -> None:
    """What a snapshot is, by whatever it is called."""
    for name in ("begin", ids[1], "2026-02-05"):
        assert told(run, "show", target, name)["id"] == ids[1]
    found = told(run, "show", target)
    assert (found["id"], found["newest"], found["since"], found["labels"]) == (ids[0], True, ids[1], [])
    assert found["channels"] == []
    assert found["files"] > 50
    preview = said(run, "show", target, "previews/pr-1")
    assert "as of       20 Feb 2026" in preview
    assert "okrsite 0." in preview
    assert "there is no snapshot 'x'" in run("snapshots", "show", target, "x").stderr


def test_the_manifest(run: Any, target: Path, ids: list[str]) -> None:
    """Byte for byte what the attestation beside it is about."""
    printed = run("snapshots", "show", target, "begin", "--manifest").stdout_bytes
    statement = json.loads((target / "s" / ids[1] / "attestation.json").read_bytes())
    assert statement["subject"][0]["digest"]["sha256"] == sha256(printed).hexdigest()
    assert json.loads(printed)["id"] == ids[1]


def test_verify(run: Any, target: Path, ids: list[str]) -> None:
    """Status 0 and how much was looked at, or 1 and what is wrong; --repair mends the list."""
    assert "all as they should be" in said(run, "verify", target)
    (target / "versions.json").unlink()
    assert "versions.json is missing" in said(run, "verify", target, status=1)
    assert "mended: versions.json is missing" in said(run, "verify", target, "--repair")
    page = target / "s" / ids[0] / "index.html"
    page.unlink()
    page.write_text("Nothing to see here.", encoding="utf-8")
    assert f"{ids[0]}:\n  altered    index.html\n" in said(run, "verify", target, status=1)
    found = told(run, "verify", target, "newest", status=1)
    assert found["faults"] == [{"id": ids[0], "path": "index.html", "what": "altered"}]
    assert told(run, "verify", target, "begin")["snapshots"] == 1
    assert "nothing has been published" in said(run, "verify", target / "nowhere", status=1)
    assert run("snapshots", "verify", target, "newest", "--repair").exit_code == 2


def test_rollback(run: Any, target: Path, ids: list[str]) -> None:
    """Readers see the one before; the line that says how to undo it can be typed."""
    assert f"readers would see {ids[1]}" in said(run, "rollback", target, "--dry-run")
    text = said(run, "rollback", target)
    assert text.startswith(f"readers see {ids[1]}")
    assert (target / "current").resolve().name == ids[1]
    assert "withdrawn" in said(run, "list", target).splitlines()[1]
    undo = text.strip().rpartition("\n")[2].removeprefix("to undo: okrsite snapshots ")
    assert told(run, *undo.split())["restored"] == [ids[0]]
    assert (target / "current").resolve().name == ids[0]
    assert "nothing changed" in said(run, "rollback", target, "newest")


def test_label(run: Any, target: Path, ids: list[str]) -> None:
    """Given, moved and taken away, and told each time."""
    assert said(run, "label", target, "newest", "close") == f"{ids[0]} is labelled close\n"
    assert said(run, "label", target, "begin", "close") == f"{ids[1]} is labelled close; it was at {ids[0]} until now\n"
    assert told(run, "list", target)["snapshots"][1]["labels"] == ["begin", "close"]
    assert f"it was at {ids[1]}" in said(run, "label", target, "close", "--remove")
    assert "there is no label 'close'; there are begin" in run("snapshots", "label", target, "close", "--remove").stderr
    assert "for a channel only" in run("snapshots", "label", target, "previews/pr-1", "close").stderr
    assert run("snapshots", "label", target, "newest").exit_code == 2


def test_prune(run: Any, target: Path, ids: list[str], portal: Path) -> None:
    """By the portal's policy: each snapshot with why it stays or goes; without a portal there is no policy."""
    assert run("snapshots", "prune", target).exit_code == 2
    config = (portal / "mkdocs.yml").read_text(encoding="utf-8")
    keep = "{last: 1, days: 0, weeks: 0, grace: 0, labelled: false, cycle_ends: false}"
    named = f"  - okrsite: {{publish: {{target: {target}, keep: {keep}}}}}\n"
    (portal / "mkdocs.yml").write_text(config.replace("  - okrsite\n", named), encoding="utf-8")
    (target / "marks/channels/previews~pr-1").write_text('{"id": "x", "expires": "2026-01-01"}', encoding="utf-8")
    dry = run("snapshots", "prune", "--dry-run", cwd=portal)
    assert dry.exit_code == 0, dry.output
    lines = [line.split(None, 2) for line in dry.stdout.splitlines()]
    assert lines[1][:2] == ["stays", ids[0]]
    assert "a rollback leads to it" in dry.stdout
    assert "would go" in dry.stdout
    assert "channel previews/pr-1 would end" in dry.stdout
    assert "1 of 3 snapshots would go; nothing was deleted" in dry.stdout
    done = told(run, "prune")
    assert [each["kept"] for each in done["snapshots"]].count(False) == 1
    assert done["channels"] == ["previews/pr-1"]
    assert sorted(each.name for each in (target / "s").iterdir()) == sorted(ids)
    assert "0 of 2 snapshots went" in said(run, "prune")


def test_which_target(run: Any, target: Path) -> None:
    """Without a portal the target is named first; words too many and a target that is none are wrong usage."""
    assert run("snapshots", "list").exit_code == 2
    assert run("snapshots", "list", target, "newest").exit_code == 2
    assert run("snapshots", "show", target, "newest", "newest").exit_code == 2

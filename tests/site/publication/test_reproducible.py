"""A commit gives the same snapshot, byte by byte, wherever, whenever and by whomever it is published."""

from __future__ import annotations

import json
import os
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from portalfiles import run
from snapshots import Snapshot

from okrsite.cli import okrsite
from okrsite.problems import OkrsiteError
from okrsite.publish.attestation import NAME as ATTESTATION
from okrsite.site.publication.publishing import place_of, publish_commit

ELSEWHERE = """
import os, sys
from datetime import date
from pathlib import Path
from okrsite.history import repository_of
from okrsite.publish.targets import open_target
from okrsite.site.publication.publishing import Place, publish_commit
os.umask(0o077)
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
home = Path(sys.argv[1])
place = Place(repository_of(home), "goals", "mkdocs.yml", home)
done = publish_commit(place, open_target(sys.argv[2]), at="main", today=lambda: date(2026, 3, 1))
print(done.built.charts_drawn, done.built.charts_cached)
"""
SETTINGS = """\
[log]
showRoot = false
date = relative
[diff]
orderFile = {order}
renames = false
[i18n]
logOutputEncoding = ISO-8859-1
"""


def _files(target: Path, id: str) -> dict[str, bytes]:
    top = target / "s" / id
    found: dict[str, bytes] = {}
    for folder, _, names in os.walk(top, followlinks=True):
        for name in names:
            file = Path(folder, name)
            found[file.relative_to(top).as_posix()] = file.read_bytes()
    return found


def test_the_same_snapshot_elsewhere(snapshot: Snapshot, tmp_path: Path) -> None:
    """All files, the manifest and the attestation are the same from another kind of clone at another path.

    Nothing is cached there; time zone, locale, hash seed, umask, fonts and the number of processors are others, and
    git's user has odd settings.
    """
    bare = tmp_path / "a longer name" / "goals.git"
    snapshot.repo.git("clone", "-q", "--bare", ".", str(bare))
    settings = tmp_path / "settings"
    settings.write_text(SETTINGS.format(order=tmp_path / "order"))
    (tmp_path / "order").write_text("*unit*\n*.md\n")
    (tmp_path / "temporary").mkdir()
    environ = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "77",
        "FONTCONFIG_FILE": os.devnull,
        "GIT_CONFIG_GLOBAL": str(settings),
        "TMPDIR": str(tmp_path / "temporary"),
        "SOURCE_DATE_EPOCH": "1",
    }
    there = tmp_path / "there"
    (tmp_path / "elsewhere.py").write_text(ELSEWHERE)
    done = run("elsewhere", bare, there, cwd=tmp_path, **environ)
    assert done.returncode == 0, done.stderr
    drawn, cached = map(int, done.stdout.split())
    assert drawn > 0 == cached
    one, two = _files(Path(snapshot.target.name), snapshot.id), _files(there, snapshot.id)
    assert one.keys() == two.keys() >= {"manifest.json", ATTESTATION, "guide/größe/index.html", "index.html.gz"}
    assert [name for name in one if one[name] != two[name]] == []
    assert "guide/new/index.html" not in one
    for secret in (str(snapshot.repo.path), str(tmp_path), "/okrsite-", "secret"):
        assert [name for name, content in one.items() if secret.encode() in content] == [], secret


def test_names_that_readers_could_not_find(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where files are not named in UTF-8, nothing is published: on the web they would be at other addresses."""
    monkeypatch.setattr("sys.getfilesystemencoding", lambda: "iso8859-1")
    with pytest.raises(OkrsiteError, match=r"named in iso8859-1 here.*PYTHONUTF8=1"):
        publish_commit(place_of(snapshot.config_file), snapshot.target, today=lambda: date(2026, 3, 1))


def test_work_that_is_not_committed(snapshot: Snapshot) -> None:
    """It is not published, and that is said."""
    assert any("changes that are not committed" in warning for warning in snapshot.publication.warnings)


def test_an_attestation_to_sign(snapshot: Snapshot, tmp_path: Path) -> None:
    """The statement that stands beside the manifest, about its very bytes, is handed on, also of what was there."""
    file = tmp_path / "out/attestation.json"
    words = ("publish", snapshot.target.name, "-f", str(snapshot.config_file), "--attestation", str(file))
    done = CliRunner().invoke(okrsite, words)
    assert done.exit_code == 0, done.output
    there = Path(snapshot.target.name, "s", snapshot.id)
    assert file.read_bytes() == (there / ATTESTATION).read_bytes()
    told = json.loads(file.read_bytes())
    assert told["subject"][0]["digest"]["sha256"] == sha256((there / "manifest.json").read_bytes()).hexdigest()
    parameters = told["predicate"]["buildDefinition"]["externalParameters"]
    assert (parameters["folder"], parameters["repository"]) == ("goals", "https://forge.example/acme/goals")
